// Package week is Mijn week: at most five things that are asked of a person, each with
// its minutes and its reason, and what happens on which day.
//
// It counts nothing about the person and remembers only «not now» until a day. In a busy
// week, in a holiday and while somebody is away nothing is asked, except what the person
// took on and a decision that closes this week.
package week

import (
	"cmp"
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
)

// Most is how many things a week asks of a person.
const Most = 5

// Ask is one thing that is asked of a person.
type Ask struct {
	Item      string // names the thing for «not now», such as round/ID
	Kind      Kind
	TextKey   string // the sentence, with Args
	Args      []any
	Voice     string // the question or words that it is about, when a person wrote them
	WhyKey    string // why it is here
	WhyArgs   []any
	DoKey     string // what the button says
	DoArgs    []any
	Link      string
	Minutes   int
	DueOn     clock.Date // "" without a date
	LastOn    clock.Date // the person's own last working day up to DueOn, when that is an earlier one; "" else
	Own       bool       // the person took it on: always shown
	Closing   bool       // it closes, and the person's voice would be missing
	SchoolID  string
	LaterOK   bool // may be put off
	SettleURL string
	Private   bool // of the person's own: the row says only that it is there, and a mail that something is ready
}

// Kind is what sort of thing is asked; it decides the order among equals.
type Kind int

// The kinds, the most pressing first.
const (
	Decide Kind = iota
	Answer
	Prepare
	Promise
	Task
	Read
	Own // something of the person's own
)

// Happening is something on a day of the week.
type Happening struct {
	At      time.Time
	On      clock.Date
	Title   string
	NoteKey string
	Args    []any
	Place   string
	Link    string
	Meets   bool // people come together: the next one stands beside the week
}

// Source tells what it asks of a person and what happens in a week.
type Source interface {
	Asks(ctx context.Context, k school.Known, today clock.Date) ([]Ask, error)
	Happens(ctx context.Context, k school.Known, from, to clock.Date) ([]Happening, error)
}

// Week is a person's week.
type Week struct {
	Monday  clock.Date
	Today   clock.Date
	Asks    []Ask
	Waiting int // how many more stand ready for later
	Days    []Day
	Next    *Happening // when people come together next, at most three weeks from now
	Quiet   string     // holiday, busy or away: why little is asked; "" in an ordinary week
	Name    string     // the name of the holiday or busy period
	Until   clock.Date

	Calendar school.Calendar // of the school, as it was read
}

// Day is one working day with what happens on it.
type Day struct {
	On     clock.Date
	Today  bool
	Events []Happening
	Free   string // name of the holiday
}

// Minutes is what the asks take together.
func (w Week) Minutes() int {
	n := 0
	for _, a := range w.Asks {
		n += a.Minutes
	}
	return n
}

// State is what a day means for asking.
type State struct {
	Quiet string
	Name  string
	Until clock.Date
}

// Choose picks what is asked now: at most five, the most pressing first. What the
// person took on, and a decision that closes this week, are not held back by anything.
func Choose(asks []Ask, later map[string]bool, quiet bool, today clock.Date) (now []Ask, waiting int) {
	sunday := today.Monday().Add(6)
	var list []Ask
	for _, a := range asks {
		presses := a.Own || a.closes(sunday)
		if later[a.Item] && !a.Own {
			continue
		}
		if quiet && !presses {
			waiting++
			continue
		}
		list = append(list, a)
	}
	slices.SortStableFunc(list, func(a, b Ask) int {
		if d := compareDue(a, b); d != 0 {
			return d
		}
		return int(a.Kind) - int(b.Kind)
	})
	kept := 0
	for _, a := range list {
		if kept < Most || a.Own || a.Private || a.closes(sunday) {
			now = append(now, a)
			if !a.Own && !a.Private { // the cap holds for what the organisation asks
				kept++
			}
			continue
		}
		waiting++
	}
	return now, waiting
}

// last is the last day on which the person can still do it at work; "" without a date.
func (a Ask) last() clock.Date { return cmp.Or(a.LastOn, a.DueOn) }

// closes reports whether the person's voice would be missing after this week.
func (a Ask) closes(sunday clock.Date) bool {
	return a.Closing && a.last() != "" && a.last() <= sunday
}

func compareDue(a, b Ask) int {
	x, y := a.last(), b.last()
	if x == "" {
		x = "9999"
	}
	if y == "" {
		y = "9999"
	}
	switch {
	case x < y:
		return -1
	case x > y:
		return 1
	}
	return 0
}

// Service puts weeks together.
type Service struct {
	db      *db.DB
	clock   clock.Clock
	schools *school.Service
	sources []Source
}

// NewService returns the weeks of a database; the sources are the rooms that ask something.
func NewService(d *db.DB, c clock.Clock, s *school.Service, sources ...Source) *Service {
	return &Service{d, c, s, sources}
}

// Of returns the week of the person asking.
func (s *Service) Of(ctx context.Context, k school.Known) (Week, error) {
	sc := k.Home()
	today := clock.On(s.clock.Now(), sc.Location())
	w := Week{Today: today, Monday: shown(today)}
	cal, err := s.schools.Calendar(ctx, sc.ID)
	if err != nil {
		return w, err
	}
	st := StateOf(cal, k, today)
	w.Calendar = cal
	w.Quiet, w.Name, w.Until = st.Quiet, st.Name, st.Until
	later, err := s.later(ctx, k.Who, today)
	if err != nil {
		return w, err
	}
	var asks []Ask
	var happens []Happening
	for _, src := range s.sources {
		a, err := src.Asks(ctx, k, today)
		if err != nil {
			return w, err
		}
		h, err := src.Happens(ctx, k, w.Monday, w.Monday.Add(ahead))
		if err != nil {
			return w, err
		}
		asks, happens = append(asks, a...), append(happens, h...)
	}
	lastDays(asks, cal, k.Person, today)
	w.Asks, w.Waiting = Choose(asks, later, w.Quiet != "", today)
	slices.SortStableFunc(happens, func(a, b Happening) int { return a.At.Compare(b.At) })
	w.Days = days(w.Monday, today, cal, happens, sc.Location())
	w.Next = next(happens, s.clock.Now())
	return w, nil
}

// lastDays says of each thing with a date which working day is the person's last one before
// it, where that is another than for everybody: who works Monday and Tuesday is asked in time
// for a Friday.
func lastDays(asks []Ask, cal school.Calendar, p school.Person, today clock.Date) {
	for i, a := range asks {
		if a.DueOn == "" {
			continue
		}
		if last := cal.LastDay(p, today, a.DueOn); last != a.DueOn && last != cal.LastDay(school.Person{}, today, a.DueOn) {
			asks[i].LastOn = last
		}
	}
}

// ahead is how many days after Monday are looked at: what comes next may be after the
// week that is shown.
const ahead = 20

// shown is the Monday of the week that a day is about: in a weekend people look forward.
func shown(today clock.Date) clock.Date {
	if day := today.Weekday(); day == time.Saturday || day == time.Sunday {
		return today.Monday().Add(7)
	}
	return today.Monday()
}

// lasts is how long something that has begun is still the next thing to come to.
const lasts = 30 * time.Minute

// next is when people come together next; list stands in the order of time.
func next(list []Happening, now time.Time) *Happening {
	for _, h := range list {
		if h.Meets && h.At.Add(lasts).After(now) {
			return &h
		}
	}
	return nil
}

// StateOf tells whether this is an ordinary day for a person.
func StateOf(cal school.Calendar, k school.Known, today clock.Date) State {
	if k.Person.Away(today) {
		return State{Quiet: "away", Until: k.Person.AwayUntil}
	}
	if p, ok := cal.Holiday(today); ok {
		return State{Quiet: "holiday", Name: p.Name, Until: p.To}
	}
	if p, ok := cal.BusyWeek(today, k.Who.Teams); ok {
		return State{Quiet: "busy", Name: p.Name, Until: p.To}
	}
	return State{}
}

// days are the working days of a week; happens stands in the order of time.
func days(monday, today clock.Date, cal school.Calendar, happens []Happening, zone *time.Location) []Day {
	var out []Day
	for i := range 5 {
		d := Day{On: monday.Add(i)}
		d.Today = d.On == today
		if p, ok := cal.Holiday(d.On); ok {
			d.Free = p.Name
		}
		for _, h := range happens {
			on := h.On
			if on == "" {
				on = clock.On(h.At, zone)
			}
			if on == d.On {
				d.Events = append(d.Events, h)
			}
		}
		out = append(out, d)
	}
	return out
}

func (s *Service) later(ctx context.Context, who access.Who, today clock.Date) (map[string]bool, error) {
	items, err := db.All(ctx, s.db, `select item from week_later where person_id = $1 and until_on > $2`, db.Str, who.ID, today)
	out := make(map[string]bool, len(items))
	for _, i := range items {
		out[i] = true
	}
	return out, err
}

// NotNow puts a thing off until next Monday. Nobody else ever sees that, and what is over
// is forgotten. Who: the person.
func (s *Service) NotNow(ctx context.Context, k school.Known, item string) error {
	if item == "" || len(item) > 120 {
		return nil
	}
	today := clock.On(s.clock.Now(), k.Home().Location())
	until := today.Monday().Add(7)
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `delete from week_later where until_on < $1`, today.Monday()); err != nil {
			return err
		}
		_, err := db.Exec(ctx, tx, `insert into week_later (person_id, item, until_on) values ($1, $2, $3)
			on conflict (person_id, item) do update set until_on = excluded.until_on`, k.Who.ID, item, until)
		return err
	})
}
