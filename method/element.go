package method

// Question is one open question to a team, with the block that holds answers.
type Question struct {
	ID     string `yaml:"id" json:"id" pack:"required,id"`
	Weight Weight `yaml:"weight" json:"weight" pack:"required"`
	Block  Block  `yaml:"block" json:"block" pack:"required"`
	// Form says when answers are seen; open when nothing is said.
	Form Form `yaml:"form" json:"form,omitempty"`
	// Names says who may know whose answer it is; shown when nothing is said.
	Names Names `yaml:"names" json:"names,omitempty"`
	// SmallGroup is how a group does it that is too small for Names.
	SmallGroup SmallGroup `yaml:"small_group" json:"small_group,omitempty"`
	Text       Text       `yaml:"text" json:"text" pack:"required"`
	Why        Text       `yaml:"why" json:"why" pack:"required"`
	// Strength is how sure the why is; empty for common sense.
	Strength Strength `yaml:"strength" json:"strength,omitempty"`
	// Example is one possible answer in each sector that has its own.
	Example map[Sector]Text `yaml:"example" json:"example,omitempty"`
	// Chips are labels to put on an answer.
	Chips []Chip `yaml:"chips" json:"chips,omitempty"`
	// AskFurther is the follow-up that a lead may ask aloud.
	AskFurther Text `yaml:"ask_further" json:"ask_further,omitzero"`
	// When is the fact at which the coach offers a when-stuck question.
	When    Fact `yaml:"when" json:"when,omitempty"`
	AtLeast int  `yaml:"at_least" json:"at_least,omitempty" pack:"count"`
	// LookedBack says that the group answers it as well when it looks back on the cycle.
	LookedBack bool     `yaml:"looked_back" json:"looked_back,omitempty"`
	Covers     []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Chip is a label to put on an answer. Its id is unique within its question.
type Chip struct {
	ID     string   `yaml:"id" json:"id" pack:"required,id"`
	Text   Text     `yaml:"text" json:"text" pack:"required"`
	Covers []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Activity is something to do; always optional to open.
type Activity struct {
	ID       string   `yaml:"id" json:"id" pack:"required,id"`
	Weight   Weight   `yaml:"weight" json:"weight" pack:"required"`
	Block    Block    `yaml:"block" json:"block,omitempty"`
	Name     Text     `yaml:"name" json:"name,omitzero"`
	Text     Text     `yaml:"text" json:"text" pack:"required"`
	Why      Text     `yaml:"why" json:"why,omitzero"`
	Strength Strength `yaml:"strength" json:"strength,omitempty"`
	Minutes  int      `yaml:"minutes" json:"minutes,omitempty" pack:"minutes"`
	// Session is the pack of a session that is held here.
	Session string   `yaml:"session" json:"session,omitempty" pack:"packid"`
	When    Fact     `yaml:"when" json:"when,omitempty"`
	AtLeast int      `yaml:"at_least" json:"at_least,omitempty" pack:"count"`
	Covers  []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Checklist is a short list to walk through once.
type Checklist struct {
	ID     string   `yaml:"id" json:"id" pack:"required,id"`
	Weight Weight   `yaml:"weight" json:"weight" pack:"required"`
	Name   Text     `yaml:"name" json:"name" pack:"required"`
	Why    Text     `yaml:"why" json:"why,omitzero"`
	Items  []Item   `yaml:"items" json:"items" pack:"required"`
	Covers []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Item is one line of a checklist.
type Item struct {
	ID     string   `yaml:"id" json:"id" pack:"required,id"`
	Text   Text     `yaml:"text" json:"text" pack:"required"`
	Covers []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Criterion is one sentence of a gate. It is read off from facts: nobody ticks
// a box, and it never blocks the way on or back.
type Criterion struct {
	ID     string `yaml:"id" json:"id" pack:"required,id"`
	Weight Weight `yaml:"weight" json:"weight" pack:"required"`
	Text   Text   `yaml:"text" json:"text" pack:"required"`
	Why    Text   `yaml:"why" json:"why,omitzero"`
	// From are the facts it is read off from.
	From   []Fact   `yaml:"from" json:"from" pack:"required"`
	Covers []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Artefact is what a stage leaves behind.
type Artefact struct {
	ID     string   `yaml:"id" json:"id" pack:"required,id"`
	Weight Weight   `yaml:"weight" json:"weight" pack:"required"`
	Block  Block    `yaml:"block" json:"block,omitempty"`
	Name   Text     `yaml:"name" json:"name" pack:"required"`
	Text   Text     `yaml:"text" json:"text" pack:"required"`
	Why    Text     `yaml:"why" json:"why,omitzero"`
	Covers []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Note is a short line that is good to know: a principle, a pitfall.
type Note struct {
	ID       string   `yaml:"id" json:"id" pack:"required,id"`
	Weight   Weight   `yaml:"weight" json:"weight" pack:"required"`
	Text     Text     `yaml:"text" json:"text" pack:"required"`
	Why      Text     `yaml:"why" json:"why,omitzero"`
	Strength Strength `yaml:"strength" json:"strength,omitempty"`
	Covers   []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}

// Resource points to something outside. The product never fetches it.
type Resource struct {
	ID     string   `yaml:"id" json:"id" pack:"required,id"`
	Weight Weight   `yaml:"weight" json:"weight" pack:"required"`
	Name   Text     `yaml:"name" json:"name" pack:"required"`
	Text   Text     `yaml:"text" json:"text,omitzero"`
	URL    string   `yaml:"url" json:"url,omitempty" pack:"url"`
	Covers []string `yaml:"covers" json:"covers,omitempty" pack:"row"`
}
