package contribution

import (
	"slices"
	"testing"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/school"
	"leerkring/why"
)

func (h *schoolhouse) explore(name string) Explored {
	h.t.Helper()
	x, err := h.said.Explore(h.ctx, h.db, h.seen(name), "")
	h.ok(err)
	return x
}

func (h *schoolhouse) cluster(title string, signals ...string) string {
	h.t.Helper()
	id, err := h.said.Cluster(h.ctx, h.who("noor"), h.walk, title, "", "", signals)
	h.ok(err)
	return id
}

func (h *schoolhouse) vision(body string) string {
	h.t.Helper()
	id, err := h.schools.AddVisionLine(h.ctx, h.who("ilse"), h.founded.SchoolID, body)
	h.ok(err)
	return id
}

func TestSignalsBecomeCandidates(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		line := h.vision("Taal opent deuren")
		a := h.says("joost", "f1.q1", "Ze lezen de vraag niet.")
		b, err := h.said.Add(h.ctx, h.who("samira"), h.walk, Answer{ElementID: "f1.q2", Words: Words{Kind: Fact, Body: "Een op de drie.", Source: "toets"}})
		h.ok(err)
		h.ok(h.said.AddByLink(h.ctx, h.link("f1.q2"), "", "Ik lees het drie keer."))
		p := h.all("noor", "f1.q2")[1].ID
		loose := h.says("kim", "f1.q1", "De start van de les.")
		id, err := h.said.Cluster(h.ctx, h.who("samira"), h.walk, "Lezen in elk vak", "Bij vijf vakken", line, []string{a, b, p})
		h.ok(err)
		x := h.explore("leyla")
		if len(x.Signals) != 4 || x.Loose != 1 || len(x.Candidates) != 1 {
			t.Fatalf("explored %+v", x)
		}
		c := x.Candidates[0]
		slices.Sort(c.Signals)
		want := []string{a, b, p}
		slices.Sort(want)
		if c.ID != id || c.Letter != "A" || c.Title != "Lezen in elk vak" || c.Body != "Bij vijf vakken" || c.VisionLine != "Taal opent deuren" || c.State != school.Proposed ||
			!slices.Equal(c.Signals, want) || c.Pupils != 1 || c.Facts != 1 || c.Subjects != 2 || c.Figure != nil || c.Mine != nil {
			t.Errorf("candidate %+v", c)
		}
		other := h.cluster("De start van de les", a)
		x = h.explore("noor")
		if got := x.Candidates[1]; got.ID != other || !slices.Equal(got.Signals, []string{a}) || got.Letter != "B" || len(x.Candidates[0].Signals) != 2 {
			t.Errorf("a signal lies with two candidates: %+v", x.Candidates)
		}
		h.ok(h.said.MoveSignal(h.ctx, h.who("joost"), h.walk, loose, other))
		h.ok(h.said.MoveSignal(h.ctx, h.who("joost"), h.walk, a, ""))
		x = h.explore("noor")
		if got := x.Candidates[1]; !slices.Equal(got.Signals, []string{loose}) || x.Loose != 1 {
			t.Errorf("moved into %+v, loose %d", got, x.Loose)
		}
		h.ok(h.said.Withdraw(h.ctx, h.who("kim"), h.walk, loose))
		if x := h.explore("noor"); len(x.Candidates[1].Signals) != 0 || len(x.Signals) != 3 {
			t.Errorf("withdrawn words still carry a candidate: %+v", x.Candidates[1])
		}
		if log := h.log(); !slices.Contains(log, "focus_point.proposed by samira") || !slices.Contains(log, "contribution.moved by joost") {
			t.Errorf("journal %v", log)
		}
	})
}

func TestRewordingACandidate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		id := h.cluster("Huiswerk")
		line := h.vision("Leerlingen sturen zelf")
		reword := func(name string, version int, line string) func() error {
			return func() error {
				return h.said.RewordFocus(h.ctx, h.who(name), h.walk, id, version, school.FocusWords{Title: "Huiswerk met een doel", VisionLineID: line})
			}
		}
		h.absent("by a colleague", reword("leyla", 1, ""))
		h.absent("with a sentence of no vision", reword("joost", 1, "nowhere"))
		h.ok(reword("joost", 1, line)())
		if c := h.explore("noor").Candidates[0]; c.Title != "Huiswerk met een doel" || c.VisionLine != "Leerlingen sturen zelf" || c.Version != 2 {
			t.Errorf("reworded %+v", c)
		}
		h.refusedConflict("on an old version", "form.changed_meanwhile", reword("noor", 1, ""))
		h.ok(h.schools.ChooseFocus(h.ctx, h.who("ilse"), id, 2, school.FocusChoice{State: school.Parked, ParkedFor: "2026–2027", KeeperID: h.ids["leyla"], Reason: "Eerst een gesprek."}))
		if c := h.explore("noor").Candidates[0]; c.State != school.Parked || c.Keeper != "leyla Jansen" || c.ParkedFor != "2026–2027" || c.Reason != "Eerst een gesprek." {
			t.Errorf("chosen %+v", c)
		}
		h.refusedConflict("after the choice", "contribution.focus_chosen", reword("noor", 3, ""))
	})
}

func TestAVisionOfAnotherSchoolIsAbsent(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		other, err := h.schools.Found(h.ctx, school.Founding{Board: "Ander", School: school.School{Name: "De Kreek"}, AdminName: "Vera Vos", AdminEmail: "vera@kreek.example"})
		h.ok(err)
		h.ok(d.Write(h.ctx, func(tx *db.Tx) error {
			_, err := db.Exec(h.ctx, tx, `insert into vision_line (id, school_id, position, body) values ('line', $1, 1, 'Van een ander')`, other.SchoolID)
			return err
		}))
		h.absent("clustering below it", func() error {
			_, err := h.said.Cluster(h.ctx, h.who("noor"), h.walk, "Lezen", "", "line", nil)
			return err
		})
		focus := h.cluster("Lezen")
		reaction, err := h.said.React(h.ctx, h.who("leyla"), h.walk, Reaction{About: why.Ref{Kind: "focus_point", ID: focus}, Words: Words{Body: "Zijn wij dit?"}})
		h.ok(err)
		h.absent("a reaction as a signal", func() error { return h.said.MoveSignal(h.ctx, h.who("noor"), h.walk, reaction, focus) })
	})
}

func TestAnAnswerMayChooseACandidate(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := h.cluster("Lezen")
		id, err := h.said.Add(h.ctx, h.who("kim"), h.walk, Answer{ElementID: "f1.q1", FocusPointID: c, Words: Words{Body: "Want bij mij stranden ze op de vraag."}})
		h.ok(err)
		if got := h.explore("noor").Signals[0]; got.ID != id || got.FocusPointID != c {
			t.Errorf("chosen %+v", got)
		}
	})
}
