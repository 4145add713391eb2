package ui

// Set is a question with options to choose from.
type Set struct {
	Name    string
	ID      string // "f-" and the name when empty
	Legend  string
	Quiet   bool // the legend is for screen readers only
	Hint    string
	Error   string
	Options []Option
	Many    bool // more than one may be chosen
	Row     bool // options side by side where there is room
	Wide    bool
	Form    string // id of its form when it stands outside
}

func (s Set) id() string {
	if s.ID != "" {
		return s.ID
	}
	return "f-" + s.Name
}

func (s Set) class() string {
	return classes("field", when(s.Error != "", "field--error"), when(s.Wide, "field--wide"))
}

func (s Set) describedBy() string {
	return ids(when(s.Hint != "", s.id()+"-hint"), when(s.Error != "", s.id()+"-error"))
}

func (s Set) kind() string {
	if s.Many {
		return "checkbox"
	}
	return "radio"
}

// choiceID names the first option as the set itself, so that a link from the
// summary of errors lands on something that can be filled in.
func (s Set) choiceID(i int) string {
	if i == 0 {
		return s.id()
	}
	return s.id() + "-" + s.Options[i].Value
}
