package contribution

import (
	"bytes"
	"errors"
	"image"
	"image/jpeg"
	"slices"
	"testing"

	"leerkring/internal/blob"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/media"
)

// camera takes pictures for people of a schoolhouse.
type camera struct {
	h *schoolhouse
	m *media.Service
}

func newCamera(h *schoolhouse) camera {
	h.t.Helper()
	files, err := blob.Open(h.t.TempDir())
	h.ok(err)
	return camera{h, media.NewService(h.db, h.clock, files)}
}

func (c camera) takes(name string) media.Placed {
	c.h.t.Helper()
	var b bytes.Buffer
	c.h.ok(jpeg.Encode(&b, image.NewRGBA(image.Rect(0, 0, 40, 30)), nil))
	p, err := c.m.Take(c.h.ctx, c.h.who(name), c.h.founded.SchoolID, b.Bytes())
	c.h.ok(err)
	return media.Placed{ID: p.ID, Alt: "Drie pijlen naar het midden"}
}

func (c camera) says(name, element string, list ...media.Placed) string {
	c.h.t.Helper()
	id, err := c.h.said.Add(c.h.ctx, c.h.who(name), c.h.walk, Answer{ElementID: element, Words: Words{Body: "Dit hing aan de wand."}, Pictures: list})
	c.h.ok(err)
	return id
}

func (c camera) sees(name, id, picture string) bool {
	c.h.t.Helper()
	seen, err := c.h.walks.Reach(c.h.ctx, c.h.db, c.h.who(name), c.h.walk)
	if err == nil {
		_, err = c.h.said.Picture(c.h.ctx, c.h.db, seen, id, picture)
	}
	if err != nil && !errs.IsAbsent(err) {
		c.h.t.Errorf("%s: %v", name, err)
	}
	return err == nil
}

func TestAPictureStandsBesideWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := newCamera(h)
		p := c.takes("joost")
		id := c.says("joost", "f1.q1", p)
		other := h.says("samira", "f1.q1", "Zonder foto.")
		all, err := h.said.All(h.ctx, h.db, h.seen("noor"), h.seen("noor").VisitID, "f1.q1")
		h.ok(err)
		if len(all) != 2 || len(all[0].Pictures) != 0 || len(all[1].Pictures) != 1 || all[1].Pictures[0].Alt != p.Alt || all[1].Pictures[0].Width != 40 {
			t.Fatalf("%+v", all)
		}
		page, err := h.said.Stage(h.ctx, h.db, h.seen("noor"))
		h.ok(err)
		if got := page.Questions["f1.q1"].Newest; len(got) != 2 || len(got[1].Pictures) != 1 {
			t.Errorf("the stage page: %+v", got)
		}
		if c.sees("noor", other, p.ID) || c.sees("noor", ident.At(h.clock.Now()), p.ID) || c.sees("noor", id, ident.At(h.clock.Now())) {
			t.Error("a picture beside words that it does not belong to")
		}
		// A journal entry has no text.
		log := h.log()
		if n := len(log); log[n-2] != "contribution.added by joost" {
			t.Errorf("%v", log)
		}
		h.absent("somebody else adds one", func() error {
			return h.said.AddPicture(h.ctx, h.who("noor"), h.walk, id, media.Placed{ID: p.ID, Alt: "x"})
		})
		h.absent("somebody else removes it", func() error { return h.said.RemovePicture(h.ctx, h.who("noor"), h.walk, id, p.ID) })
		h.refused("somebody's waiting picture in another's answer", "media.gone", func() error {
			_, err := h.said.Add(h.ctx, h.who("noor"), h.walk, Answer{ElementID: "f1.q1", Words: Words{Body: "Mijn woorden."}, Pictures: []media.Placed{{ID: p.ID, Alt: "x"}}})
			return err
		})
		second := c.takes("joost")
		h.ok(h.said.AddPicture(h.ctx, h.who("joost"), h.walk, id, second))
		if got := h.one("kim", id).Pictures; len(got) != 2 {
			t.Errorf("%d pictures", len(got))
		}
		h.ok(h.said.RemovePicture(h.ctx, h.who("joost"), h.walk, id, p.ID))
		if got := h.one("kim", id).Pictures; len(got) != 1 || got[0].ID != second.ID || c.sees("joost", id, p.ID) {
			t.Errorf("after removing: %+v", got)
		}
		if n := slices.Index(h.log(), "contribution.pictured by joost"); n < 0 {
			t.Errorf("%v", h.log())
		}
	})
}

// Words without their picture are not kept, and a picture is not placed without its words.
func TestAnAnswerAndItsPictureAreOneAct(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := newCamera(h)
		p := c.takes("joost")
		h.refused("without saying what it shows", "media.alt_empty", func() error {
			_, err := h.said.Add(h.ctx, h.who("joost"), h.walk, Answer{ElementID: "f1.q1", Words: Words{Body: "Woorden."}, Pictures: []media.Placed{{ID: p.ID}}})
			return err
		})
		h.refused("without words", "contribution.body_empty", func() error {
			_, err := h.said.Add(h.ctx, h.who("joost"), h.walk, Answer{ElementID: "f1.q1", Pictures: []media.Placed{p}})
			return err
		})
		once := db.Once(h.ctx, h.ids["joost"], "one and the same form")
		answer := Answer{ElementID: "f1.q1", Words: Words{Body: "Woorden."}, Pictures: []media.Placed{p}}
		if _, err := h.said.Add(once, h.who("joost"), h.walk, answer); err != nil {
			t.Fatal(err)
		}
		before := h.dump()
		if _, err := h.said.Add(db.Once(h.ctx, h.ids["joost"], "one and the same form"), h.who("joost"), h.walk, answer); !errors.Is(err, db.ErrRepeated) {
			t.Errorf("sent twice: %v", err)
		}
		if h.dump() != before {
			t.Error("the second sending left something behind")
		}
	})
}

func TestThePictureGoesWithTheWords(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		c := newCamera(h)
		p := c.takes("joost")
		id := c.says("joost", "f1.q1", p)
		h.ok(h.said.Withdraw(h.ctx, h.who("joost"), h.walk, id))
		if c.sees("joost", id, p.ID) || c.sees("noor", id, p.ID) || len(h.one("joost", id).Pictures) > 0 {
			t.Error("the words are gone, their picture is not")
		}
		rows, err := db.One(h.ctx, h.db, `select count(*) from picture`, db.Int)
		h.ok(err)
		jobs, err := db.One(h.ctx, h.db, `select count(*) from job where kind = 'picture.remove'`, db.Int)
		h.ok(err)
		if rows != 0 || jobs != 1 {
			t.Errorf("%d rows, %d files to remove", rows, jobs)
		}
	})
}

// The right of a picture is that of its words: for each role, open and closed to the
// school, and while a blind round hides them.
func TestProofC1_WhoSeesAPicture(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHouse(t, d)
		h.guests()
		c := newCamera(h)
		p := c.takes("joost")
		id := c.says("joost", "f1.q1", p)
		expect := func(when string, names ...string) {
			t.Helper()
			for _, name := range []string{"noor", "joost", "samira", "eva", "coen", "wim", "ilse", "admin"} {
				if got, want := c.sees(name, id, p.ID), slices.Contains(names, name); got != want {
					t.Errorf("%s: %s sees it: %v, want %v", when, name, got, want)
				}
			}
			if _, err := h.walks.Reach(h.ctx, h.db, h.elsewhere(), h.walk); !errs.IsAbsent(err) {
				t.Errorf("%s: another board: %v", when, err)
			}
		}
		expect("open to the school", "noor", "joost", "samira", "eva", "coen", "wim", "ilse", "admin")
		h.sets(`update trajectory set open = false where id = $1`, h.walk)
		expect("for the group", "noor", "joost", "samira", "eva", "coen")
		h.sets(`update participant set ends_on = $2 where trajectory_id = $1 and person_id = '`+h.ids["eva"]+`'`, h.walk, h.today())
		expect("after the guest's last day", "noor", "joost", "samira", "coen")
		h.sets(`update trajectory set open = true where id = $1`, h.walk)

		blind := h.opens(NewRound{ElementID: "f1.q2", Form: Blind})
		q := c.takes("samira")
		hidden := c.says("samira", "f1.q2", q)
		for _, name := range []string{"noor", "joost", "coen", "wim", "ilse"} {
			if c.sees(name, hidden, q.ID) {
				t.Errorf("%s sees a picture of an open blind round", name)
			}
		}
		if !c.sees("samira", hidden, q.ID) {
			t.Error("its writer does not")
		}
		h.ok(h.said.Close(h.ctx, h.who("noor"), h.walk, blind))
		if !c.sees("joost", hidden, q.ID) {
			t.Error("after the round it is still hidden")
		}
	})
}

func (h *schoolhouse) sets(sql string, args ...any) {
	h.t.Helper()
	h.ok(h.db.Write(h.ctx, func(tx *db.Tx) error {
		_, err := db.Exec(h.ctx, tx, sql, args...)
		return err
	}))
}
