package contribution

import (
	"flag"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/why"
)

// A blind round betrays nothing before it closes: whatever people do in whatever order,
// no read of anybody else shows the words, the id or the writer of a sealed answer.
func TestABlindRoundBetraysNothing(t *testing.T) {
	fewer(t, "30") // each is a school week on a real database
	h := newHouse(t, dbtest.SQLite(t))
	rapid.Check(t, func(r *rapid.T) {
		h.clock.Move(24 * time.Hour)
		h.walk = h.begin("noor", true)
		w := &blindWorld{schoolhouse: h, r: r, answers: map[string]sealed{}, link: h.link("f1.q3")}
		if rapid.Bool().Draw(r, "candidates") {
			w.focus = h.cluster("Lezen")
		}
		w.round = h.opens(NewRound{ElementID: "f1.q3", Form: Blind, Audience: rapid.SampledFrom([]Audience{Team, School}).Draw(r, "audience"), ClosesOn: h.today().Add(2)})
		// The link was made before the round; a pupil may use it from now on.
		r.Repeat(map[string]func(*rapid.T){
			"":         w.nothingBetrayed,
			"answer":   w.answer,
			"edit":     w.edit,
			"withdraw": w.withdraw,
			"pupil":    w.pupil,
			"pry":      w.pry,
			"elsewhere": func(r *rapid.T) {
				_, err := h.said.Add(h.ctx, h.who(rapid.SampledFrom(members).Draw(r, "who")), h.walk, Answer{ElementID: "f1.q1", Words: Words{Body: "open en bloot"}})
				h.ok(err)
			},
			"away":  func(r *rapid.T) { h.away(rapid.SampledFrom(members).Draw(r, "who"), h.today().Add(1)) },
			"job":   func(*rapid.T) { _, err := h.said.CloseDue(h.ctx); h.ok(err) },
			"hours": func(*rapid.T) { h.clock.Move(7 * time.Hour) },
			"close": func(r *rapid.T) {
				if rapid.IntRange(0, 9).Draw(r, "really") == 0 {
					if err := h.said.Close(h.ctx, h.who("noor"), h.walk, w.round); err != nil && !errs.Is(err, errs.KindConflict) {
						r.Fatal(err)
					}
				}
			},
		})
		for _, name := range members { // the next trajectory begins with everybody there
			h.away(name, "")
		}
	})
}

// fewer runs less checks than rapid does by itself, unless somebody asks for a number.
func fewer(t *testing.T, n string) {
	t.Helper()
	checks := flag.Lookup("rapid.checks")
	if old := checks.Value.String(); old == checks.DefValue {
		if err := checks.Value.Set(n); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = checks.Value.Set(old) }) // it was its value before
	}
}

type sealed struct{ writer, word string }

// blindWorld is one trajectory with a blind round, and what was said in it.
type blindWorld struct {
	*schoolhouse
	r       *rapid.T
	round   string
	link    string
	focus   string
	answers map[string]sealed // by id, of colleagues, as far as they still stand
	order   []string          // their ids as they came
	words   []sealed          // every secret word ever written; a pupil's writer is ""
}

func (w *blindWorld) secret(writer string) string {
	word := fmt.Sprintf("geheim-%d-%d.", w.clock.Now().UnixNano(), len(w.words))
	w.words = append(w.words, sealed{writer, word})
	return word
}

func (w *blindWorld) isOpen() bool { return w.schoolhouse.round("noor", w.round).IsOpen }

func (w *blindWorld) answer(r *rapid.T) {
	name := rapid.SampledFrom(append([]string{"leyla", "wim", "ilse"}, members...)).Draw(r, "who")
	wasOpen := w.isOpen()
	words := Words{Kind: rapid.SampledFrom([]Kind{Voice, Worry, Solution}).Draw(r, "kind"), Body: w.secret(name), OtherSound: rapid.Bool().Draw(r, "other sound")}
	id, err := w.said.Add(w.ctx, w.who(name), w.walk, Answer{ElementID: "f1.q3", FocusPointID: w.focus, Words: words})
	if errs.IsAbsent(err) && !slices.Contains(members, name) { // not asked by a round of the group
		w.words = w.words[:len(w.words)-1]
		return
	}
	w.ok(err)
	if wasOpen {
		w.answers[id] = sealed{name, words.Body}
		w.order = append(w.order, id)
	}
}

func (w *blindWorld) anAnswer(r *rapid.T) (string, sealed) {
	if len(w.order) == 0 {
		r.Skip("nobody has answered yet")
	}
	id := rapid.SampledFrom(w.order).Draw(r, "answer")
	return id, w.answers[id]
}

func (w *blindWorld) edit(r *rapid.T) {
	id, a := w.anAnswer(r)
	base := rapid.IntRange(1, 3).Draw(r, "base") // now and then an old version: a clash, and both kept
	if _, err := w.said.Edit(w.ctx, w.who(a.writer), w.walk, id, base, Words{Body: w.secret(a.writer)}); err != nil {
		r.Fatal(err)
	}
}

func (w *blindWorld) withdraw(r *rapid.T) {
	id, a := w.anAnswer(r)
	w.ok(w.said.Withdraw(w.ctx, w.who(a.writer), w.walk, id))
	delete(w.answers, id)
	w.order = slices.DeleteFunc(w.order, func(x string) bool { return x == id })
}

func (w *blindWorld) pupil(*rapid.T) {
	if err := w.said.AddByLink(w.ctx, w.link, "", w.secret("")); err != nil {
		w.t.Fatal(err)
	}
}

// pry tries every act on somebody else's sealed answer.
func (w *blindWorld) pry(r *rapid.T) {
	id, a := w.anAnswer(r)
	name := rapid.SampledFrom([]string{"noor", "joost", "leyla", "ilse"}).Draw(r, "who")
	if a.writer == name || !w.isOpen() {
		return
	}
	who := w.who(name)
	_, e1 := w.said.Reply(w.ctx, who, w.walk, id, "x", "")
	_, e2 := w.said.Settle(w.ctx, who, w.walk, id, 0, Taken, "x")
	_, e3 := w.said.Cluster(w.ctx, who, w.walk, "Titel", "", "", []string{id})
	_, e4 := w.said.Edit(w.ctx, who, w.walk, id, 1, Words{Body: "x"})
	for i, err := range []error{e1, e2, e3, e4, w.said.Withdraw(w.ctx, who, w.walk, id), w.said.MoveSignal(w.ctx, who, w.walk, id, "")} {
		if !errs.IsAbsent(err) {
			r.Fatalf("act %d of %s on a sealed answer: %v", i, name, err)
		}
	}
}

// nothingBetrayed reads everything, after every act as a colleague and as somebody who
// takes part, whoever comes by.
func (w *blindWorld) nothingBetrayed(r *rapid.T) {
	open := w.isOpen()
	var first RoundView
	for i, name := range []string{
		rapid.SampledFrom([]string{"leyla", "wim", "ilse", "admin"}).Draw(r, "colleague"),
		rapid.SampledFrom(members).Draw(r, "reader"),
	} {
		text, view := w.everything(r, name)
		if open {
			w.check(r, name, text)
		}
		if view.Unheard != nil {
			r.Fatalf("%s sees who has not answered a blind round", name)
		}
		view.Mine, view.Asked, view.MayClose = false, false, false
		if i == 0 {
			first = view
		} else if sees(w.tt(), view) != sees(w.tt(), first) {
			r.Fatalf("%s sees another round than a colleague: %+v, %+v", name, view, first)
		}
	}
	if open {
		entries, err := journal.Trajectory(w.ctx, w.db, w.walk, 1000)
		w.ok(err)
		for _, e := range entries {
			if a, ok := w.answers[e.ObjectID]; ok && e.ActorID != house {
				r.Fatalf("the journal names %s, who answered as %s", w.name(e.ActorID), a.writer)
			}
		}
	}
}

func (w *blindWorld) tt() *testing.T { return w.t.(*testing.T) }

// check looks for the words and the ids of others in what a person sees.
func (w *blindWorld) check(r *rapid.T, name, text string) {
	for _, s := range w.words {
		if s.writer != name && strings.Contains(text, s.word) {
			r.Fatalf("%s reads what %q wrote in a sealed round", name, s.writer)
		}
	}
	for id, a := range w.answers {
		if a.writer != name && strings.Contains(text, id) {
			r.Fatalf("%s sees that %s answered", name, a.writer)
		}
	}
}

// everything is what a person can read of a trajectory, as one text.
func (w *blindWorld) everything(r *rapid.T, name string) (string, RoundView) {
	who, seen := w.who(name), w.seen(name)
	ctx, d := w.ctx, w.db
	collect := []any{}
	add := func(x any, err error) {
		if err != nil {
			r.Fatal(err)
		}
		collect = append(collect, x)
	}
	add(w.said.Stage(ctx, d, seen))
	add(w.said.Explore(ctx, d, seen, ""))
	add(w.said.All(ctx, d, seen, seen.VisitID, "f1.q3"))
	add(w.said.List(ctx, d, seen, "", maxShown))
	add(w.said.Reactions(ctx, d, seen, "focus_point", w.focus))
	add(w.said.Asked(ctx, who, w.today()))
	add(w.said.Facts(ctx, d, seen))
	add(why.All(ctx, d, seen.ID))
	found, err := w.said.ByID(ctx, d, seen, w.order)
	add(found, err)
	for id, a := range w.answers {
		c, err := w.said.One(ctx, d, seen, id)
		if err == nil {
			c.ID = "" // asked for by id
		} else if !errs.IsAbsent(err) {
			r.Fatal(err)
		}
		if a.writer != name && err == nil && w.isOpen() {
			r.Fatalf("%s opens the answer of %s", name, a.writer)
		}
		if _, err := w.said.History(ctx, d, seen, id); err == nil && a.writer != name {
			r.Fatalf("%s opens the history of %s's answer", name, a.writer)
		}
	}
	view, err := w.said.Round(ctx, d, seen, w.round)
	if err != nil {
		r.Fatal(err)
	}
	return sees(w.tt(), collect), view
}
