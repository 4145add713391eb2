package contribution

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
)

func (h *schoolhouse) link(element string) string {
	h.t.Helper()
	secret, err := h.walks.MakeLink(h.ctx, h.who("noor"), h.walk, element)
	h.ok(err)
	return secret
}

func (h *schoolhouse) all(reader, element string) []Contribution {
	h.t.Helper()
	seen := h.seen(reader)
	list, err := h.said.All(h.ctx, h.db, seen, seen.VisitID, element)
	h.ok(err)
	return list
}

func TestAPupilAnswersWithoutAName(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		secret := h.link("f1.q2")
		form, err := h.said.PupilForm(h.ctx, d, secret)
		h.ok(err)
		if form.ElementID != "f1.q2" || form.Question.ID != "f1.q2" || form.Maker != "noor Jansen" || form.School != "Het Baken" || !form.AllStaff || form.Sealed {
			t.Errorf("the form says %+v", form)
		}
		h.clock.Move(3*time.Hour + 7*time.Minute)
		h.ok(h.said.AddByLink(h.ctx, secret, "leerlingen", " Ik lees het drie keer. "))
		got := h.all("leyla", "f1.q2")
		if len(got) != 1 {
			t.Fatalf("%d answers", len(got))
		}
		c := got[0]
		if c.Body != "Ik lees het drie keer." || c.Chip != "leerlingen" || c.Kind != Voice || c.By != (Author{Pupil: true}) || !c.MadeAt.IsZero() || c.MadeOn != "2026-03-02" || !ident.Valid(c.ID) {
			t.Errorf("shown %+v", c)
		}
		type kept struct{ author, made string }
		row, err := db.One(h.ctx, d, `select coalesce(author_id, ''), made_at from contribution`, func(k *kept) []any { return []any{&k.author, &k.made} })
		h.ok(err)
		if row.author != "" || row.made != "2026-03-01T23:00:00.000000Z" { // midnight at school
			t.Errorf("kept %+v", row)
		}
		for _, e := range must(journal.Of(h.ctx, d, "contribution", c.ID))(t) {
			if e.ActorID != "pupil" || e.At.Format(db.TimeLayout) != row.made {
				t.Errorf("the journal knows %+v", e)
			}
		}
		versions, err := db.One(h.ctx, d, `select count(*) from text_version where object_kind <> 'trajectory'`, db.Int)
		h.ok(err)
		if versions != 0 || strings.Contains(h.dump(), secret) {
			t.Error("more is kept of a pupil than the words and the day")
		}
	})
}

func must[T any](x T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func TestALinkWorksForItsQuestionWhileItIsOpen(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		first := h.walk
		secret := h.link("f1.q1")
		h.walk = h.begin("noor", true)
		h.ok(h.said.AddByLink(h.ctx, secret, "", "Alleen hier."))
		places, err := db.All(h.ctx, d, `select trajectory_id || ' ' || element_id from contribution`, db.Str)
		h.ok(err)
		if len(places) != 1 || places[0] != first+" f1.q1" {
			t.Errorf("the answer went to %v", places)
		}
		h.walk = first
		add := func(secret, chip, text string) func() error {
			return func() error { return h.said.AddByLink(h.ctx, secret, chip, text) }
		}
		h.absent("a secret that is none", add("raad maar", "", "x"))
		h.refused("an empty answer", "contribution.body_empty", add(secret, "", " "))
		h.refused("a very long answer", "form.too_long_max", add(secret, "", strings.Repeat("a", maxPupil+1)))
		h.refused("a label of another question", "form.choose", add(secret, "cijfers", "x"))
		h.absent("a question that is blind and not asked yet", add(h.link("f1.q3"), "", "x"))

		links, err := h.walks.Links(h.ctx, d, h.seen("noor"))
		h.ok(err)
		for _, l := range links {
			h.ok(h.walks.CloseLink(h.ctx, h.who("noor"), h.walk, l.ID))
		}
		h.absent("a link that was closed", add(secret, "", "x"))
		h.absent("the form of a link that was closed", func() error { _, err := h.said.PupilForm(h.ctx, d, secret); return err })

		again := h.link("f1.q1")
		h.ok(h.walks.SetState(h.ctx, h.who("noor"), h.walk, h.seen("noor").Version, "paused", "We rusten.", h.today().Add(9)))
		h.absent("a trajectory that rests", add(again, "", "x"))
		h.ok(h.walks.SetState(h.ctx, h.who("noor"), h.walk, h.seen("noor").Version, "active", "", ""))
		h.ok(h.said.AddByLink(h.ctx, again, "", "Weer open."))
		h.clock.Move(15 * 24 * time.Hour)
		h.absent("a link whose time is over", add(again, "", "x"))
	})
}

func TestPupilsInABlindRound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		round := h.opens(NewRound{ElementID: "f1.q3", Form: Blind})
		secret := h.link("f1.q3")
		form, err := h.said.PupilForm(h.ctx, d, secret)
		h.ok(err)
		if !form.Sealed {
			t.Error("the form does not say that nobody reads it yet")
		}
		h.ok(h.said.AddByLink(h.ctx, secret, "", "Lezen!"))
		if got := h.all("noor", "f1.q3"); len(got) != 0 {
			t.Errorf("a pupil's words are read before the round opens: %+v", got)
		}
		if v := h.round("noor", round); v.Answered != 0 || v.Of != 5 {
			t.Errorf("a pupil counts in the round of the group: %+v", v)
		}
		h.ok(h.said.Close(h.ctx, h.who("noor"), h.walk, round))
		if got := h.all("noor", "f1.q3"); len(got) != 1 || got[0].Late {
			t.Errorf("after closing %+v", got)
		}
	})
}

func TestALeadTakesAPupilsWordsAway(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.ok(h.said.AddByLink(h.ctx, h.link("f1.q1"), "", "Meester Jan doet dit nooit."))
		id := h.all("noor", "f1.q1")[0].ID
		for _, name := range []string{"joost", "leyla", "ilse"} {
			h.absent(name+" takes it away", func() error { return h.said.Withdraw(h.ctx, h.who(name), h.walk, id) })
		}
		h.absent("a lead changes it", func() error {
			_, err := h.said.Edit(h.ctx, h.who("noor"), h.walk, id, 1, Words{Body: "Anders."})
			return err
		})
		_, err := h.said.Reply(h.ctx, h.who("leyla"), h.walk, id, "Dank je.", "")
		h.ok(err)
		_, err = h.said.Settle(h.ctx, h.who("joost"), h.walk, id, 0, Partly, "We vragen het na.")
		h.ok(err)
		h.ok(h.said.Withdraw(h.ctx, h.who("noor"), h.walk, id))
		got := h.all("noor", "f1.q1")
		if len(got) != 1 || got[0].Withdrawn != ByLead || got[0].Body != "" || len(got[0].Replies) != 1 || strings.Contains(h.dump(), "Meester Jan") {
			t.Errorf("in its place stands %+v", got)
		}
	})
}

func TestALinkHasAnEndAndABottom(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		secret := h.link("f1.q1")
		h.ok(h.said.AddByLink(h.ctx, secret, "", "De eerste."))
		seen := h.seen("noor")
		h.ok(d.Write(h.ctx, func(tx *db.Tx) error {
			for i := range maxByLink - 2 {
				c := Contribution{ID: fmt.Sprintf("%026d", i), TrajectoryID: h.walk, VisitID: seen.VisitID, ElementID: "f1.q1", Kind: Voice, Body: "nog een", By: Author{Pupil: true}, MadeAt: start, MadeOn: "2026-03-02"}
				if err := insert(h.ctx, tx, c); err != nil {
					return err
				}
			}
			return nil
		}))
		var wg sync.WaitGroup
		var mu sync.Mutex
		full := 0
		for range 4 { // one place is left for four at once
			wg.Add(1)
			go func() {
				defer wg.Done()
				err := h.said.AddByLink(h.ctx, secret, "", "De laatste.")
				mu.Lock()
				defer mu.Unlock()
				if errs.Is(err, errs.KindLimited) {
					full++
				} else if err != nil {
					t.Error(err)
				}
			}()
		}
		wg.Wait()
		n, err := db.One(h.ctx, d, `select count(*) from contribution`, db.Int)
		h.ok(err)
		if n != maxByLink || full != 3 {
			t.Errorf("%d kept, %d refused", n, full)
		}
	})
}
