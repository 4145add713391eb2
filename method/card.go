package method

// Card is a line of the coach: shown alone, when its fact holds, with its
// reason. It can always be put away.
type Card struct {
	ID     string `yaml:"id" json:"id" pack:"required,id"`
	Weight Weight `yaml:"weight" json:"weight,omitempty"`
	// Block is where the card may appear; anywhere when nothing is said.
	Block Block `yaml:"block" json:"block,omitempty"`
	// Phases are stage ids; every stage when nothing is said.
	Phases []string `yaml:"phases" json:"phases,omitempty" pack:"id"`
	// Role is who sees it.
	Role    Audience `yaml:"role" json:"role" pack:"required"`
	When    Fact     `yaml:"when" json:"when" pack:"required"`
	AtLeast int      `yaml:"at_least" json:"at_least,omitempty" pack:"count"`
	Text    Text     `yaml:"text" json:"text" pack:"required"`
	// Because is the reason, about the work and never about a person.
	Because  Text     `yaml:"because" json:"because" pack:"required"`
	Strength Strength `yaml:"strength" json:"strength,omitempty"`
	Covers   []string `yaml:"covers" json:"covers,omitempty" pack:"row"`

	file string
}

// GlossaryEntry explains one word in one or two sentences.
type GlossaryEntry struct {
	ID      string `yaml:"id" json:"id" pack:"required,id"`
	Term    Text   `yaml:"term" json:"term" pack:"required"`
	Meaning Text   `yaml:"meaning" json:"meaning" pack:"required"`
	// Sectors gives the term where a kind of school has another word.
	Sectors map[Sector]Text `yaml:"sectors" json:"sectors,omitempty"`
	// See are ids of entries to read next.
	See    []string `yaml:"see" json:"see,omitempty" pack:"id"`
	Covers []string `yaml:"covers" json:"covers,omitempty" pack:"row"`

	file string
}

// TermFor is the word that a sector uses for this.
func (g GlossaryEntry) TermFor(sector Sector) Text {
	if own, ok := g.Sectors[sector]; ok {
		return own
	}
	return g.Term
}
