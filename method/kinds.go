package method

// The closed lists of the format. Each type gives its values to the check and
// to the editor schema, so that a word is added in one place.

// Kind says what a pack is for.
type Kind string

// A team walks a method and asks or looks with an instrument.
const (
	KindMethod     Kind = "method"
	KindInstrument Kind = "instrument"
)

// Shape is how a pack looks on screen.
type Shape string

// A cycle is drawn as a wheel, a page is one sheet, steps are a list with parts,
// a session is held at one time, by the clock.
const (
	ShapeCycle   Shape = "cycle"
	ShapePage    Shape = "page"
	ShapeSteps   Shape = "steps"
	ShapeSession Shape = "session"
)

// Weight says how soon a reader meets an element.
type Weight string

// Core is all that a team needs to go on, WhenStuck is offered by the coach,
// More waits behind one link.
const (
	Core      Weight = "core"
	WhenStuck Weight = "when-stuck"
	More      Weight = "more"
)

// Form says when answers to a question are seen.
type Form string

// FormBlind hides answers until all are in or the round closes, then shows
// them with names. FormCount keeps one total that the group counts together.
const (
	FormOpen  Form = "open"
	FormBlind Form = "blind"
	FormCount Form = "count"
)

// Names says who may know whose answer it is.
type Names string

// NamesHidden keeps the author unseen, NamesAnonymous never keeps the author.
const (
	NamesShown     Names = "shown"
	NamesHidden    Names = "hidden"
	NamesAnonymous Names = "anonymous"
)

// SmallGroup is what a group does instead when it is too small to hide a name.
type SmallGroup string

// Cards are written and read out by the facilitator, a round is spoken, a
// joint count keeps one total.
const (
	SmallGroupCards SmallGroup = "cards"
	SmallGroupRound SmallGroup = "round"
	SmallGroupCount SmallGroup = "joint-count"
)

// Strength is how sure a why is. The words belong to it, not a number.
type Strength string

// From research that shows it to a plain choice about manners.
const (
	Firm            Strength = "firm"
	Indication      Strength = "indication"
	FirstImpression Strength = "first-impression"
	Reasoning       Strength = "reasoning"
	Choice          Strength = "choice"
)

// Block is a building block of the product. A new block is a new package under
// block/ and one word here.
type Block string

// Blocks are all building blocks that a pack may name.
var Blocks = []Block{
	"contribution", "evidence", "condition", "plan", "decision", "meeting", "monitor", "agreement",
	"session", "growth", "visit", "scan", "knowledge", "expertise", "task",
}

// Sector is a kind of school with words of its own.
type Sector string

// Sectors are all kinds of school; the first is the one to fall back on.
var Sectors = []Sector{"vo", "po", "mbo", "vl"}

// Audience is who meets a coach card.
type Audience string

// Audiences are all parts that a coach card may speak to.
var Audiences = []Audience{
	"lead", "leader", "participant", "receiver", "organiser", "caretaker", "presenter", "host", "observer", "coach",
}

func (Kind) values() []string       { return words(KindMethod, KindInstrument) }
func (Shape) values() []string      { return words(ShapeCycle, ShapePage, ShapeSteps, ShapeSession) }
func (Weight) values() []string     { return words(Core, WhenStuck, More) }
func (Form) values() []string       { return words(FormOpen, FormBlind, FormCount) }
func (Names) values() []string      { return words(NamesShown, NamesHidden, NamesAnonymous) }
func (SmallGroup) values() []string { return words(SmallGroupCards, SmallGroupRound, SmallGroupCount) }
func (Strength) values() []string {
	return words(Firm, Indication, FirstImpression, Reasoning, Choice)
}
func (Block) values() []string    { return words(Blocks...) }
func (Sector) values() []string   { return words(Sectors...) }
func (Audience) values() []string { return words(Audiences...) }

// closed is a type whose values are a closed list.
type closed interface{ values() []string }

func words[T ~string](list ...T) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = string(w)
	}
	return out
}
