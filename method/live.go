package method

// This file is the part of the format for what people do together at one time: a
// session. Its stages follow each other by the clock; a cycle's stages by choice.

// Session is what a pack of shape session says beside its stages.
type Session struct {
	// Circle says how far goes what is said.
	Circle Circle `yaml:"circle" json:"circle,omitempty"`
	Group  Group  `yaml:"group" json:"group,omitzero"`
	// Rung is how much it asks to be seen: 1 tells a success, 2 shows material, 3 brings an own
	// case, 4 opens the classroom, 5 shows oneself on video.
	Rung int `yaml:"rung" json:"rung,omitempty" pack:"rung"`
	// EveryDays is the usual rhythm of a standing session; zero when it is held once.
	EveryDays int `yaml:"every_days" json:"every_days,omitempty" pack:"count"`
	// Rules are read aloud at the start, at most four; the house rules when nothing is said.
	Rules   []Line `yaml:"rules" json:"rules,omitempty"`
	UseWhen []Line `yaml:"use_when" json:"use_when,omitempty"`
	NotWhen []Line `yaml:"not_when" json:"not_when,omitempty"`
	// Host are sentences that whoever leads may say aloud.
	Host []Line `yaml:"host" json:"host,omitempty"`
	// Pitfalls are what often goes wrong, with what to do.
	Pitfalls []Line `yaml:"pitfalls" json:"pitfalls,omitempty"`
	// Laps repeats a run of stages, for each person in turn or a number of times.
	Laps Laps `yaml:"laps" json:"laps,omitzero"`
	// Before and After are what is arranged around the session.
	Before []Moment `yaml:"before" json:"before,omitempty"`
	After  []Moment `yaml:"after" json:"after,omitempty"`
	// Offers are tables or workshops that people choose from.
	Offers Offers `yaml:"offers" json:"offers,omitzero"`
	// Sources are whose work the form rests on, as plain references.
	Sources []string `yaml:"sources" json:"sources,omitempty"`
	// Published says which numbers come from a publication and which are ours.
	Published Text `yaml:"published" json:"published,omitzero"`
}

// Circle says how far goes what is said in a session.
type Circle string

// A closed circle keeps all with those who were there from the start, and is erased; in a team
// circle what is written belongs to the work of that team; a school circle is open to everybody.
const (
	CircleClosed Circle = "closed"
	CircleTeam   Circle = "team"
	CircleSchool Circle = "school"
)

// Group is how many people a session is for.
type Group struct {
	Min   int `yaml:"min" json:"min,omitempty" pack:"count"`
	Ideal int `yaml:"ideal" json:"ideal,omitempty" pack:"count"`
	Max   int `yaml:"max" json:"max,omitempty" pack:"count"`
}

// Laps repeats the stages From to To, in order.
type Laps struct {
	From string `yaml:"from" json:"from,omitempty" pack:"id"`
	To   string `yaml:"to" json:"to,omitempty" pack:"id"`
	// Times is how often; zero is once for each person, and then the role in Turn goes round.
	Times int    `yaml:"times" json:"times,omitempty" pack:"count"`
	Turn  string `yaml:"turn" json:"turn,omitempty" pack:"id"`
}

// Line is one short sentence of a list.
type Line struct {
	ID     string   `yaml:"id" json:"id" pack:"required,id"`
	Text   Text     `yaml:"text" json:"text" pack:"required"`
	Covers []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Moment is something to do some days before or after.
type Moment struct {
	ID      string   `yaml:"id" json:"id" pack:"required,id"`
	Days    int      `yaml:"days" json:"days,omitempty" pack:"count"`
	Minutes int      `yaml:"minutes" json:"minutes,omitempty" pack:"minutes"`
	Text    Text     `yaml:"text" json:"text" pack:"required"`
	Covers  []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Offers are tables or workshops beside each other, with places.
type Offers struct {
	// Name is what one is called, such as workshop or table.
	Name Text `yaml:"name" json:"name,omitzero"`
	// Rounds are the stages in which they run.
	Rounds []string `yaml:"rounds" json:"rounds,omitempty" pack:"id"`
	// Places is how many one usually holds.
	Places int `yaml:"places" json:"places,omitempty" pack:"count"`
	// Asks are what whoever offers one fills in.
	Asks []Field `yaml:"asks" json:"asks,omitempty"`
}

// Live is how one stage of a session runs.
type Live struct {
	Minutes int   `yaml:"minutes" json:"minutes,omitempty" pack:"minutes"`
	Timer   Timer `yaml:"timer" json:"timer,omitempty"`
	Turns   Turns `yaml:"turns" json:"turns,omitempty"`
	// Speaker is the role that has the floor when turns are one, and that answers in a round or a queue.
	Speaker string `yaml:"speaker" json:"speaker,omitempty" pack:"id"`
	// Silent is the role that listens; Turned sits with the back to the others.
	Silent string `yaml:"silent" json:"silent,omitempty" pack:"id"`
	Turned bool   `yaml:"turned" json:"turned,omitempty"`
	// TurnSeconds is the limit of one turn in a round.
	TurnSeconds int `yaml:"turn_seconds" json:"turn_seconds,omitempty" pack:"count"`
	// Extend is how often two minutes may be added; two when nothing is said, none by a hard timer.
	Extend int `yaml:"extend" json:"extend,omitempty" pack:"count"`
	// Prompts are sentences to begin with.
	Prompts []Line `yaml:"prompts" json:"prompts,omitempty"`
	// Shows are fields of earlier stages that lie on the table again.
	Shows []string `yaml:"shows" json:"shows,omitempty" pack:"id"`
	// Mark lets people choose among what was written earlier.
	Mark Mark `yaml:"mark" json:"mark,omitzero"`
	// Board names a part of the team's own work that is on the table here.
	Board Board `yaml:"board" json:"board,omitempty"`
	// Process says that this step asks how the session went: then nobody is asked it again at the end.
	Process bool `yaml:"process" json:"process,omitempty"`
}

// Timer says what happens when a stage has had its minutes.
type Timer string

// Hard goes on by itself, soft only warns, none has no clock.
const (
	TimerSoft Timer = "soft"
	TimerHard Timer = "hard"
	TimerNone Timer = "none"
)

// Turns says who has the floor.
type Turns string

// One role speaks; a round goes past everybody and one may pass; in a queue whoever raised a hand
// and has not spoken goes first; free is everybody; silent writes; pairs talk by two; break is no talk.
const (
	TurnsOne    Turns = "one"
	TurnsRound  Turns = "round"
	TurnsQueue  Turns = "queue"
	TurnsFree   Turns = "free"
	TurnsSilent Turns = "silent"
	TurnsPairs  Turns = "pairs"
	TurnsBreak  Turns = "break"
)

// Board is a part of the team's own work.
type Board string

// Tasks are what people do by a date, goals are what the team counts together.
const (
	BoardTasks Board = "tasks"
	BoardGoals Board = "goals"
)

// Mark is a choice among what was written in a field.
type Mark struct {
	Field string `yaml:"field" json:"field,omitempty" pack:"id"`
	// By is the role that marks; everybody when nothing is said.
	By string `yaml:"by" json:"by,omitempty" pack:"id"`
	// Votes is how many each may give; Options are words to put on each.
	Votes   int    `yaml:"votes" json:"votes,omitempty" pack:"count"`
	Options []Chip `yaml:"options" json:"options,omitempty"`
}

// Field is a place to write in, in a session or on a form.
type Field struct {
	ID   string `yaml:"id" json:"id" pack:"required,id"`
	Text Text   `yaml:"text" json:"text" pack:"required"`
	Hint Text   `yaml:"hint" json:"hint,omitzero"`
	// By is the role that writes; everybody when nothing is said.
	By string `yaml:"by" json:"by,omitempty" pack:"id"`
	// For is who reads it, Reveal when.
	For    Reader `yaml:"for" json:"for,omitempty"`
	Reveal Reveal `yaml:"reveal" json:"reveal,omitempty"`
	// Opens is the stage at which a later field opens.
	Opens string `yaml:"opens" json:"opens,omitempty" pack:"id"`
	// Most is how many each may write; one when nothing is said.
	Most int `yaml:"most" json:"most,omitempty" pack:"count"`
	// Choices are chosen from instead of writing.
	Choices []Chip `yaml:"choices" json:"choices,omitempty"`
	// Becomes is what it turns into at the end.
	Becomes Harvest  `yaml:"becomes" json:"becomes,omitempty"`
	Covers  []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Reader says who reads a field.
type Reader string

// Self is only the writer, presenter a card for whoever brought the case, circle everybody there.
const (
	ForCircle    Reader = "circle"
	ForSelf      Reader = "self"
	ForPresenter Reader = "presenter"
)

// Reveal says when a field is read.
type Reveal string

// Now as it is written, all-in when everybody is done or the stage ends, later at a stage.
const (
	RevealNow   Reveal = "now"
	RevealAllIn Reveal = "all-in"
	RevealLater Reveal = "later"
)

// Harvest is what a field turns into at the end.
type Harvest string

// An insight may be shared further, an intention is somebody's own, an agreement is what a team
// always does, a task one person does by a date.
const (
	HarvestInsight   Harvest = "insight"
	HarvestIntention Harvest = "intention"
	HarvestAgreement Harvest = "agreement"
	HarvestTask      Harvest = "task"
)

// Asked is how an instrument asks: its scale, and what a name is.
type Asked struct {
	Scale      []Chip     `yaml:"scale" json:"scale,omitempty"`
	Names      Names      `yaml:"names" json:"names,omitempty"`
	SmallGroup SmallGroup `yaml:"small_group" json:"small_group,omitempty"`
	// Talk is the question for the conversation that follows.
	Talk Text `yaml:"talk" json:"talk,omitzero"`
}

// Statement is one line of an instrument to agree with, more or less.
type Statement struct {
	ID   string `yaml:"id" json:"id" pack:"required,id"`
	Text Text   `yaml:"text" json:"text" pack:"required"`
	// Reversed is worded the other way: to agree is less.
	Reversed bool     `yaml:"reversed" json:"reversed,omitempty"`
	Covers   []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

func (Circle) values() []string { return words(CircleClosed, CircleTeam, CircleSchool) }
func (Timer) values() []string  { return words(TimerSoft, TimerHard, TimerNone) }
func (Turns) values() []string {
	return words(TurnsOne, TurnsRound, TurnsQueue, TurnsFree, TurnsSilent, TurnsPairs, TurnsBreak)
}
func (Board) values() []string  { return words(BoardTasks, BoardGoals) }
func (Reader) values() []string { return words(ForCircle, ForSelf, ForPresenter) }
func (Reveal) values() []string { return words(RevealNow, RevealAllIn, RevealLater) }
func (Harvest) values() []string {
	return words(HarvestInsight, HarvestIntention, HarvestAgreement, HarvestTask)
}

// Minutes is how long the stages of a pack take together, each once.
func (p *Pack) Minutes() int {
	sum := 0
	for _, s := range p.Stages {
		sum += s.Live.Minutes
	}
	return sum
}

// Field finds a field by its id, with the stage that has it.
func (p *Pack) Field(id string) (*Stage, *Field, bool) {
	for i := range p.Stages {
		for j := range p.Stages[i].Fields {
			if p.Stages[i].Fields[j].ID == id {
				return &p.Stages[i], &p.Stages[i].Fields[j], true
			}
		}
	}
	return nil, nil, false
}
