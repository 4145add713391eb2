package method

import "slices"

// Pack is one method or instrument, whole: the file pack.yaml with its stages.
type Pack struct {
	// ID is also the name of the folder. It never changes and is never reused.
	ID string `yaml:"id" json:"id" pack:"required,packid"`
	// Version goes up with every change; running trajectories keep theirs.
	Version string `yaml:"version" json:"version" pack:"required,version"`
	// BasedOn is the pack that a school made this one from.
	BasedOn Base `yaml:"based_on" json:"based_on,omitzero"`
	// Kind says whether a team walks it or asks with it.
	Kind Kind `yaml:"kind" json:"kind" pack:"required"`
	// Shape says how it looks on screen.
	Shape Shape `yaml:"shape" json:"shape" pack:"required"`
	Name  Text  `yaml:"name" json:"name" pack:"required"`
	// Need completes the sentence ‘We want to …’ when a team chooses.
	Need    Text `yaml:"need" json:"need" pack:"required"`
	Summary Text `yaml:"summary" json:"summary" pack:"required"`
	// Duration is said in words, such as ‘five phases, half a year’.
	Duration Text `yaml:"duration" json:"duration" pack:"required"`
	// Weeks is the usual length, for the calendar. Zero for an instrument and a session.
	Weeks int    `yaml:"weeks" json:"weeks,omitempty" pack:"weeks"`
	Roles []Role `yaml:"roles" json:"roles,omitempty"`
	// Order lists the stage ids in the order of their files.
	Order []string `yaml:"stages" json:"stages" pack:"required,id"`
	// Covers are rows that the pack carries as a whole.
	Covers    []string   `yaml:"covers" json:"covers,omitempty" pack:"row"`
	Notes     []Note     `yaml:"notes" json:"notes,omitempty"`
	Resources []Resource `yaml:"resources" json:"resources,omitempty"`
	// Parts group the stages, such as plan, do, check and act; a stage names its part.
	Parts []Chip `yaml:"parts" json:"parts,omitempty"`
	// Session is how a pack of shape session runs.
	Session Session `yaml:"session" json:"session,omitzero"`
	// Asked is how an instrument asks.
	Asked Asked `yaml:"asked" json:"asked,omitzero"`

	// Stages are read from their own files, in the order of Order.
	Stages []Stage `yaml:"-" json:"-"`

	dir   string // the folder in the content, empty when read back
	files []file
	hash  string
}

// Base is one version of the pack that another was made from. It is a word of its writer: it
// shows differences and gives nothing.
type Base struct {
	Pack    string `yaml:"pack" json:"pack,omitempty" pack:"packid"`
	Version string `yaml:"version" json:"version,omitempty" pack:"version"`
}

// Role is a part that somebody plays while this pack runs. It gives no rights:
// those come from access.
type Role struct {
	ID     string   `yaml:"id" json:"id" pack:"required,id"`
	Weight Weight   `yaml:"weight" json:"weight,omitempty"`
	Name   Text     `yaml:"name" json:"name" pack:"required"`
	Text   Text     `yaml:"text" json:"text" pack:"required"`
	Why    Text     `yaml:"why" json:"why,omitzero"`
	Covers []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Stage is one phase or step: the file <number>-<id>.yaml.
type Stage struct {
	ID     string `yaml:"id" json:"id" pack:"required,id"`
	Number int    `yaml:"number" json:"number" pack:"required,count"`
	Name   Text   `yaml:"name" json:"name" pack:"required"`
	// Aim is the one sentence that matters on the stage page.
	Aim Text `yaml:"aim" json:"aim" pack:"required"`
	// Asks is the question of the whole stage, in a few words.
	Asks Text `yaml:"asks" json:"asks" pack:"required"`
	// BackTo names the stages one may return to from here.
	BackTo     []string    `yaml:"back_to" json:"back_to,omitempty" pack:"id"`
	Covers     []string    `yaml:"covers" json:"covers,omitempty" pack:"row"`
	Questions  []Question  `yaml:"questions" json:"questions,omitempty"`
	Activities []Activity  `yaml:"activities" json:"activities,omitempty"`
	Checklists []Checklist `yaml:"checklists" json:"checklists,omitempty"`
	Gate       []Criterion `yaml:"gate" json:"gate,omitempty"`
	Artefacts  []Artefact  `yaml:"artefacts" json:"artefacts,omitempty"`
	Notes      []Note      `yaml:"notes" json:"notes,omitempty"`
	Resources  []Resource  `yaml:"resources" json:"resources,omitempty"`
	// Part is the part of the pack that this stage belongs to.
	Part string `yaml:"part" json:"part,omitempty" pack:"id"`
	// Live is how the stage runs in a session; Fields are places to write in.
	Live   Live    `yaml:"live" json:"live,omitzero"`
	Fields []Field `yaml:"fields" json:"fields,omitempty"`
	// Statements are what an instrument asks.
	Statements []Statement `yaml:"statements" json:"statements,omitempty"`
}

// Stage finds a stage by its id.
func (p *Pack) Stage(id string) (*Stage, bool) {
	for i := range p.Stages {
		if p.Stages[i].ID == id {
			return &p.Stages[i], true
		}
	}
	return nil, false
}

// Uses reports whether a question or an artefact of the pack is made in one of these blocks.
func (p *Pack) Uses(blocks ...Block) bool {
	for _, s := range p.Stages {
		if slices.ContainsFunc(s.Questions, func(q Question) bool { return slices.Contains(blocks, q.Block) }) ||
			slices.ContainsFunc(s.Artefacts, func(a Artefact) bool { return slices.Contains(blocks, a.Block) }) {
			return true
		}
	}
	return false
}

// Question finds a question by its id, with the stage that asks it.
func (p *Pack) Question(id string) (*Stage, *Question, bool) {
	for i := range p.Stages {
		for j := range p.Stages[i].Questions {
			if p.Stages[i].Questions[j].ID == id {
				return &p.Stages[i], &p.Stages[i].Questions[j], true
			}
		}
	}
	return nil, nil, false
}
