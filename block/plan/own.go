package plan

import (
	"cmp"
	"context"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/trajectory"
	"leerkring/why"
)

// OwnPaper is what a team takes over from a plan that it had already.
type OwnPaper struct {
	Title     string    // that it gives itself; "" when it has none
	Why, Keep []OwnText // put behind what stands there
	Start     *OwnStart // nil when it does not say
	Items     []OwnItem
	Beside    []OwnText // what has no place yet
}

// OwnStart is with whom the team begins.
type OwnStart struct {
	Digest   string
	Strategy Strategy
	With     string
}

func (p OwnPaper) empty() bool {
	return len(p.Why)+len(p.Keep)+len(p.Items)+len(p.Beside) == 0 && p.Start == nil
}

// OwnText are words from it. Digest names the line that they were read from.
type OwnText struct{ Digest, Head, Text string }

// OwnItem is an item from it. Serves is which of the items it serves: 1 is the first, 0 is none.
type OwnItem struct {
	Digest string
	Item   Item
	Serves int
}

// TakenOver is what became of an own paper.
type TakenOver struct{ Placed, Beside, Stood int }

// Bounds of what waits beside a plan.
const (
	maxWaiting = 1000
	maxPiece   = 20_000
)

// Says is a text as it is compared: its words, small, without accents and signs.
func Says(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.Is(unicode.Mn, r):
			return -1
		case unicode.IsLetter(r), unicode.IsDigit(r):
			return unicode.ToLower(r)
		}
		return ' '
	}, norm.NFKD.String(s))
	return strings.Join(strings.Fields(s), " ")
}

// SaysOf is what an item says, to find one that says the same.
func SaysOf(i Item) string {
	switch x := i.(type) {
	case Goal:
		return Says(x.Text)
	case Action:
		return Says(x.Text + " " + x.Who)
	case Core:
		return Says(x.Text)
	case Room:
		return Says(x.Text)
	case Hearing:
		return Says(x.Who + " " + x.What)
	case Look:
		return Says(x.Question)
	}
	return ""
}

// Standing is what stands in a plan already, for who wants to take something over.
type Standing struct {
	Draft     bool // it may be filled from a paper
	Count     map[Kind]int
	Says      map[string]string // what an item says → its id
	Taken     map[string]bool   // lines that were taken over before, by digest
	Why, Keep string
	Strategy  Strategy
	With      string
}

// Room is how many more of a kind fit.
func (s Standing) Room(k Kind) int { return most[k] - s.Count[k] }

// Most is how many of a kind a plan holds.
func Most(k Kind) int { return most[k] }

func standingOf(p Plan, entries []Entry, lines []lineRow, owners map[string]string) Standing {
	s := Standing{Draft: p.State == Concept, Count: map[Kind]int{}, Says: map[string]string{}, Taken: map[string]bool{}, Why: p.Head.Why, Keep: p.Head.Keep, Strategy: p.Head.Strategy, With: p.Head.With}
	for _, e := range entries {
		s.Count[e.Kind]++
		if says := SaysOf(e.Item); s.Says[says] == "" {
			s.Says[says] = e.ID
		}
		if a, ok := e.Item.(Action); ok && owners[a.OwnerID] != "" { // on paper its owner is a word
			a.Who = strings.TrimSpace(owners[a.OwnerID] + " " + a.Who)
			s.Says[cmp.Or(SaysOf(a), e.ID)] = e.ID
		}
	}
	for _, l := range lines {
		s.Taken[l.Digest] = l.State != lineAway
	}
	return s
}

// Stands tells what a plan holds, to who may fill it. Who: those who take part.
func (s *Service) Stands(ctx context.Context, q db.Queryer, seen trajectory.Seen) (Standing, error) {
	if err := seen.Must(access.Create, access.Plan, ""); err != nil {
		return Standing{}, err
	}
	return standingIn(ctx, q, seen.ID)
}

func standingIn(ctx context.Context, q db.Queryer, trajectoryID string) (Standing, error) {
	p, err := planOf(ctx, q, trajectoryID)
	if err != nil {
		return Standing{}, err
	}
	entries, err := entriesOf(ctx, q, trajectoryID)
	if err != nil {
		return Standing{}, err
	}
	lines, err := linesOf(ctx, q, trajectoryID)
	if err != nil {
		return Standing{}, err
	}
	owners, err := ownersOf(ctx, q, trajectoryID)
	return standingOf(p, entries, lines, owners), err
}

// TakeOver fills a draft from a plan that the team had already. What stands or was taken over
// before is left as it is. Who: those who take part.
func (s *Service) TakeOver(ctx context.Context, who access.Who, trajectoryID string, p OwnPaper) (TakenOver, error) {
	var out TakenOver
	err := s.trajectories.Act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		var err error
		out, err = s.takeOver(ctx, tx, seen, p, now)
		return err
	})
	return out, errs.Because(err, "take over a plan in trajectory %s", trajectoryID)
}

// BeginFrom begins a trajectory with a plan that the team had already, in one act: both are
// there, or neither is. Who: those who may begin one.
func (s *Service) BeginFrom(ctx context.Context, who access.Who, st trajectory.Start, p OwnPaper) (string, TakenOver, error) {
	var out TakenOver
	id, err := s.trajectories.BeginWith(ctx, who, st, func(tx *db.Tx, id string) error {
		seen, err := s.trajectories.Reach(ctx, tx, who, id)
		if err != nil {
			return err
		}
		out, err = s.takeOver(ctx, tx, seen, p, s.clock.Now())
		return err
	})
	return id, out, err
}

func (s *Service) takeOver(ctx context.Context, tx *db.Tx, seen trajectory.Seen, p OwnPaper, now time.Time) (TakenOver, error) {
	if err := seen.Must(access.Create, access.Plan, ""); err != nil {
		return TakenOver{}, err
	}
	stands, err := standingIn(ctx, tx, seen.ID)
	if err != nil {
		return TakenOver{}, err
	}
	if !stands.Draft {
		return TakenOver{}, errs.Conflict("plan.own_no_draft")
	}
	w := &taking{work: work{tx: tx, seen: seen, now: now, s: s}, stands: stands, paper: ident.At(now)}
	if w.plan, err = planOf(ctx, tx, seen.ID); err != nil {
		return TakenOver{}, err
	}
	if p = w.fresh(p); p.empty() {
		return w.out, nil
	}
	for _, step := range []func(context.Context, OwnPaper) error{w.open, w.head, w.items, w.beside} {
		if err := step(ctx, p); err != nil {
			return TakenOver{}, err
		}
	}
	return w.out, nil
}

// taking is one paper on its way into a plan.
type taking struct {
	work
	stands Standing
	paper  string // its id
	place  int    // of the next line
	known  []string
	out    TakenOver
}

// fresh leaves out what stands. What an item serves keeps its number: known are the ids of
// those that stand already.
func (w *taking) fresh(p OwnPaper) OwnPaper {
	texts := func(list []OwnText, head string) []OwnText {
		var out []OwnText
		for _, t := range list {
			if w.stands.Taken[t.Digest] || strings.TrimSpace(t.Text) == "" || InHead(head, t.Text) {
				w.out.Stood++
				continue
			}
			out = append(out, t)
		}
		return out
	}
	n := OwnPaper{Title: p.Title, Why: texts(p.Why, w.plan.Head.Why), Keep: texts(p.Keep, w.plan.Head.Keep), Beside: texts(p.Beside, ""), Items: p.Items, Start: p.Start}
	if p.Start != nil && (w.stands.Taken[p.Start.Digest] || w.plan.Head.begins()) {
		n.Start = nil
		w.out.Stood++
	}
	left := 0
	for _, x := range p.Items {
		id := w.stands.Says[SaysOf(x.Item)]
		if id == "" && w.stands.Taken[x.Digest] {
			id = "gone" // it was changed or taken away since
		}
		w.known = append(w.known, id)
		if id != "" {
			w.out.Stood++
			left++
		}
	}
	if left == len(p.Items) {
		n.Items = nil
	}
	return n
}

func (w *taking) open(ctx context.Context, p OwnPaper) error {
	if err := w.begin(ctx); err != nil {
		return err
	}
	return insertPaper(ctx, w.tx, w.paper, w.seen.ID, cutTo(p.Title, maxShort), w.seen.Who.ID, w.now)
}

// items puts the items in the plan as if they were typed, each with where it came from.
func (w *taking) items(ctx context.Context, p OwnPaper) error {
	ids := make([]string, len(w.known))
	for i, x := range p.Items {
		if ids[i] = w.known[i]; ids[i] != "" {
			continue
		}
		if ids[i] = w.stands.Says[SaysOf(x.Item)]; ids[i] != "" {
			continue // the paper says it twice
		}
		item := x.Item
		if a, ok := item.(Action); ok && x.Serves > 0 && x.Serves <= i && ids[x.Serves-1] != "gone" {
			a.GoalID = ids[x.Serves-1]
			item = a
		}
		if err := item.Check(); err != nil {
			return err
		}
		w.stands.Count[item.Kind()]++
		e, err := w.added(ctx, item, w.stands.Count[item.Kind()])
		if err != nil {
			return err
		}
		if err := w.link(ctx, why.Ref{Kind: paperKind, ID: w.paper}, why.Became, e.Ref()); err != nil {
			return err
		}
		if err := w.line(ctx, OwnText{Digest: x.Digest}, linePlaced); err != nil {
			return err
		}
		ids[i], w.stands.Says[SaysOf(item)] = e.ID, e.ID
		w.out.Placed++
	}
	return nil
}

// added puts an item in the plan, with its entry.
func (w *work) added(ctx context.Context, item Item, at int) (Entry, error) {
	if err := w.seen.Must(access.Create, item.Kind().Access(), ""); err != nil {
		return Entry{}, err
	}
	e, err := w.put(ctx, item, at)
	if err != nil {
		return e, err
	}
	return e, w.changed(ctx, "added", e.Ref(), 0, 1)
}

// beside keeps what has no place.
func (w *taking) beside(ctx context.Context, p OwnPaper) error {
	waiting, err := waitingIn(ctx, w.tx, w.seen.ID)
	if err != nil {
		return err
	}
	if waiting+len(p.Beside) > maxWaiting {
		return errs.Invalid("plan.own_many", "n", maxWaiting)
	}
	for _, t := range p.Beside {
		if tooLong(t.Text) {
			return errs.Invalid("form.too_long_max", "max", maxPiece)
		}
		if err := w.line(ctx, t, lineWaiting); err != nil {
			return err
		}
		w.out.Beside++
	}
	if len(p.Beside) == 0 {
		return nil
	}
	return w.note(ctx, "put_beside", w.self(), w.plan.Version, w.plan.Version)
}

func (w *taking) line(ctx context.Context, t OwnText, state lineState) error {
	w.place++
	return insertLine(ctx, w.tx, w.seen.ID, w.paper, lineRow{Piece: Piece{ID: ident.At(w.now), Head: cutTo(t.Head, maxSentence), Text: strings.TrimSpace(t.Text)},
		Position: w.place, Digest: t.Digest, State: state}, w.seen.Who.ID, w.now)
}

func cutTo(s string, n int) string {
	r := []rune(strings.TrimSpace(s))
	return string(r[:min(len(r), n)])
}
