package bring

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/ident"
)

// Into is what the cards of a list become.
type Into string

// What cards become.
const (
	AsTask    Into = "todo"
	AsBusy    Into = "busy"
	AsDone    Into = "done"
	Agreement Into = "agreement"
	Out       Into = "out" // nothing
)

// Intos are all of them, in the order in which they are offered.
var Intos = []Into{AsTask, AsBusy, AsDone, Agreement, Out}

// Longest texts, as the rooms hold them that keep a task and an agreement; and how much
// comes in at once: a board that people can still read.
const (
	MaxTask      = 300
	MaxAgreement = 90
	MaxAtOnce    = 300
	leastLetters = 3
)

// NotThis is what is chosen of a card to leave it where it is.
const NotThis = "out"

// Choices are what somebody chose about a board; what is not in it goes as proposed.
type Choices struct {
	Lists    map[string]Into   // by the key of a list
	Names    map[string]string // by the key of a name: a person
	Cards    map[string]string // by the key of a card: a person, or NotThis
	Words    map[string]string // by the key of a card: words that fit
	Done     bool              // also cards that are done
	Archived bool              // also cards from the archive
	Steps    bool              // lines of checklists that do not fit become tasks
	Days     Days              // where the file leaves a doubt
}

// Person is somebody who can take a task.
type Person struct{ ID, Name, Email string }

// Known is what the board meets here.
type Known struct {
	People     []Person
	Me         string
	There      map[string]bool // by source: what came in before
	Zone       *time.Location
	Agreements bool // whether the person asking may propose them
}

// Item is one thing that comes in.
type Item struct {
	Key    string
	Source string
	Into   Into
	Body   string
	Rest   string // all that the card says, when it does not all fit
	Mend   bool   // the words are too long for their place
	Name   string // on the card: who takes it
	Owner  string
	Away   bool // left where it is
	Due    clock.Date
}

// Column is a list of the board, with what it becomes.
type Column struct {
	Key, Name string
	Into      Into
	Cards     int // that could come, now or before
	Items     []Item
	Done      int // left out
	Archived  int // left out
	There     int // came in before
	Wait      int // for another time
}

// Asked is a name on cards, with who it is here.
type Asked struct {
	Key, Name string // "" for cards without a name
	Owner     string
	Sure      bool // somebody here has that name or address, and nobody else
	Cards     int
}

// Look is what a board would become; nothing has changed yet.
type Look struct {
	Board   Board
	Columns []Column
	Names   []Asked
	Done    int // cards left out because they are done
	Old     int // because they are in the archive
	There   int // that came in before
	Wait    int // for another time
	Steps   int // lines of checklists that fit nowhere
	Digest  string
}

// Items are all that comes in, also what is left where it is.
func (l Look) Items() []Item {
	var out []Item
	for _, c := range l.Columns {
		out = append(out, c.Items...)
	}
	return out
}

// Coming counts what comes in.
func (l Look) Coming() (tasks, agreements int) {
	for _, i := range l.Items() {
		switch {
		case i.Away:
		case i.Into == Agreement:
			agreements++
		default:
			tasks++
		}
	}
	return tasks, agreements
}

// Key makes a short name of something of a board, for a form.
func Key(parts ...string) string { return ident.Hash(strings.Join(parts, "\x1f"))[:20] }

// Sort finds out what a board becomes. It writes nothing and asks nobody.
func Sort(b Board, k Known, c Choices) Look {
	s := sorter{b: b, k: k, c: c, look: Look{Board: b}, order: cmp.Or(b.Days, DayFirst)}
	if b.Doubt && (c.Days == DayFirst || c.Days == MonthFirst) {
		s.order = c.Days
	}
	s.people()
	for _, l := range b.Lists {
		if len(l.Cards) > 0 {
			s.column(l)
		}
	}
	s.look.Names = s.names()
	s.digest()
	return s.look
}

type sorter struct {
	b     Board
	k     Known
	c     Choices
	look  Look
	order Days
	came  int
	by    map[string]string // folded name or address → person, "" when two have it
	asked []string
	count map[string]int
	lists map[string]int
	taken map[string]bool // sources of this very board: nothing comes in twice
}

func (s *sorter) people() {
	s.by, s.count, s.lists, s.taken = map[string]string{}, map[string]int{}, map[string]int{}, map[string]bool{}
	for _, p := range s.k.People {
		for _, name := range []string{fold(p.Name), strings.ToLower(p.Email)} {
			if name == "" {
				continue
			}
			if other, taken := s.by[name]; taken && other != p.ID {
				s.by[name] = ""
				continue
			}
			s.by[name] = p.ID
		}
	}
}

func (s *sorter) column(l List) {
	s.lists[l.Name]++
	col := Column{Key: Key("list", l.Name, strconv.Itoa(s.lists[l.Name])), Name: l.Name, Into: Guess(l.Name)}
	if l.Archived {
		col.Into = Out
	}
	if into, chosen := s.c.Lists[col.Key]; chosen && slices.Contains(Intos, into) {
		col.Into = into
	}
	if col.Into == Agreement && !s.k.Agreements {
		col.Into = Out
	}
	for _, card := range l.Cards {
		s.card(&col, l, card)
	}
	s.look.Done, s.look.Old, s.look.There, s.look.Wait = s.look.Done+col.Done, s.look.Old+col.Archived, s.look.There+col.There, s.look.Wait+col.Wait
	s.look.Columns = append(s.look.Columns, col)
}

func (s *sorter) card(col *Column, l List, card Card) {
	source := s.b.source(card.ID)
	if s.k.There[source] {
		col.There++
		s.steps(col, card) // chosen later, they may still come
		return
	}
	if title(card, l) == "" || s.taken[source] {
		return
	}
	s.taken[source] = true
	col.Cards++
	into := col.Into
	switch {
	case into == Out:
		return
	case card.Archived && !s.c.Archived:
		col.Archived++
		return
	case card.Done && into != AsDone && into != Agreement:
		if !s.c.Done {
			col.Done++
			return
		}
		into = AsDone
	case card.Busy && into == AsTask:
		into = AsBusy
	}
	if s.came >= MaxAtOnce {
		col.Wait++
		return
	}
	s.came++
	col.Items = append(col.Items, s.item(source, into, card, l))
	s.steps(col, card)
}

// item is a card as it comes in.
func (s *sorter) item(source string, into Into, card Card, l List) Item {
	i := Item{Key: Key(source), Source: source, Into: into, Due: due(card.Due, s.order, s.k.Zone)}
	most := MaxTask
	if into == Agreement {
		most, i.Due = MaxAgreement, ""
	}
	whole := fits(card, l, most)
	i.Body = whole.text
	if !whole.all {
		i.Rest, i.Mend = card.whole(), whole.cut
	}
	if w, typed := s.c.Words[i.Key]; typed && i.Mend {
		i.Body = line(w)
	}
	if len(card.People) > 0 {
		i.Name = card.People[0]
	}
	return s.owned(i)
}

// owned says who takes an item: as chosen for it, else for the name on it, else who has that name here.
func (s *sorter) owned(i Item) Item {
	if chosen := s.c.Cards[i.Key]; chosen == NotThis {
		i.Away = true
	} else {
		i.Owner = chosen
	}
	if i.Into == Agreement {
		i.Owner = ""
		return i
	}
	if s.count[i.Name]++; s.count[i.Name] == 1 {
		s.asked = append(s.asked, i.Name)
	}
	if i.Owner == "" {
		i.Owner, _ = s.whois(i.Name)
	}
	return i
}

// whois is who a name is taken for: a suggestion, until somebody chooses.
func (s *sorter) whois(name string) (id string, sure bool) {
	id = s.by[fold(name)]
	if strings.Contains(name, "@") {
		id = cmp.Or(s.by[strings.ToLower(name)], id)
	}
	sure = id != "" && name != ""
	if !sure {
		id = s.k.Me
	}
	return cmp.Or(s.c.Names[Key("name", name)], id), sure
}

func (s *sorter) names() []Asked {
	var out []Asked
	for _, name := range s.asked {
		a := Asked{Key: Key("name", name), Name: name, Cards: s.count[name]}
		a.Owner, a.Sure = s.whois(name)
		out = append(out, a)
	}
	slices.SortStableFunc(out, func(x, y Asked) int { return cmp.Compare(btoi(x.Name == ""), btoi(y.Name == "")) })
	return out
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// steps are the open lines of a checklist that does not fit in the text of its card: tasks of their own,
// when somebody wants that.
func (s *sorter) steps(col *Column, card Card) {
	if col.Into == Out || col.Into == Agreement || card.Done || fits(card, List{}, MaxTask).steps {
		return
	}
	same := map[string]int{} // lines with the same words are told apart
	for _, step := range card.Steps {
		id := step.ID
		if id == "" {
			id = fold(step.Text)
			same[id]++
			id += "=" + strconv.Itoa(same[id])
		}
		source := s.b.source(card.ID + "\x1f" + id)
		if step.Done || s.k.There[source] || s.taken[source] {
			continue
		}
		s.taken[source] = true
		if s.look.Steps++; !s.c.Steps {
			continue
		}
		if s.came >= MaxAtOnce {
			col.Wait++
			continue
		}
		s.came++
		i := Item{Key: Key(source), Source: source, Into: col.Into, Due: due(card.Due, s.order, s.k.Zone)}
		full := card.Name + ": " + step.Text
		if i.Body = cut(full, MaxTask); i.Body != full {
			i.Rest, i.Mend = full, true
		}
		if w, typed := s.c.Words[i.Key]; typed && i.Mend {
			i.Body = line(w)
		}
		if len(card.People) > 0 {
			i.Name = card.People[0]
		}
		col.Items = append(col.Items, s.owned(i))
	}
}

// digest is of what could come in, whatever was chosen of each: when it is another than what
// was looked at, somebody has to look again.
func (s *sorter) digest() {
	var all []string
	for _, i := range s.look.Items() {
		all = append(all, i.Source+string(i.Into))
	}
	s.look.Digest = Key(append([]string{"look"}, all...)...)
}

func long(s string, most int) bool { return utf8.RuneCountInString(s) > most }
