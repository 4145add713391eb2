package writing_test

import (
	"strings"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/writing"
)

// desk is a database with two people who type.
type desk struct {
	t         *testing.T
	d         *db.DB
	clock     *clock.Fake
	drafts    *writing.Drafts
	noor, sem string
}

func eachDesk(t *testing.T, f func(t *testing.T, w *desk)) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		c := clock.NewFake(now)
		w := &desk{t: t, d: d, clock: c, drafts: writing.NewDrafts(d, c)}
		s := school.NewService(d, c)
		for i, name := range []string{"Noor Haddad", "Sem Bakker"} {
			f, err := s.Found(t.Context(), school.Founding{Board: name, School: school.School{Name: "Het Baken"}, AdminName: name, AdminEmail: "x@baken.example"})
			if err != nil {
				t.Fatal(err)
			}
			*[]*string{&w.noor, &w.sem}[i] = f.AdminID
		}
		f(t, w)
	})
}

func (w *desk) save(person, key string, b writing.Body) {
	w.t.Helper()
	if _, err := w.drafts.Save(w.t.Context(), person, key, b); err != nil {
		w.t.Fatal(err)
	}
}

func (w *desk) of(person, key string) writing.Draft {
	w.t.Helper()
	x, err := w.drafts.Of(w.t.Context(), person, key)
	if err != nil {
		w.t.Fatal(err)
	}
	return x
}

func TestADraftIsThereAgain(t *testing.T) {
	eachDesk(t, func(t *testing.T, w *desk) {
		w.save(w.noor, "plan/1", writing.Body{"why": "Half", "how": ""})
		w.clock.Move(time.Minute)
		w.save(w.noor, "plan/1", writing.Body{"why": "Half af", "how": "é\n\"x\""})
		got := w.of(w.noor, "plan/1")
		if got.Body["why"] != "Half af" || got.Body["how"] != "é\n\"x\"" || !got.SavedAt.Equal(now.Add(time.Minute)) {
			t.Errorf("%+v", got)
		}
		if n := journalled(t, w.d); n != 2 { // the two schools of the desk
			t.Errorf("drafts were journalled: %d entries", n)
		}
		if other := w.of(w.noor, "plan/2"); other.Body != nil || !other.SavedAt.IsZero() {
			t.Errorf("a form without a draft: %+v", other)
		}
	})
}

func journalled(t *testing.T, d *db.DB) int {
	t.Helper()
	n, err := db.One(t.Context(), d, `select count(*) from journal`, db.Int)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestADraftIsItsWritersAlone(t *testing.T) {
	eachDesk(t, func(t *testing.T, w *desk) {
		w.save(w.noor, "plan/1", writing.Body{"why": "Van Noor"})
		w.save(w.sem, "plan/1", writing.Body{"why": "Van Sem"})
		if w.of(w.noor, "plan/1").Body["why"] != "Van Noor" || w.of(w.sem, "plan/1").Body["why"] != "Van Sem" {
			t.Error("two people, two drafts")
		}
		if under, err := w.drafts.Under(t.Context(), w.sem, "plan/"); err != nil || len(under) != 1 || under["plan/1"]["why"] != "Van Sem" {
			t.Errorf("%v %v", under, err)
		}
		w.save(w.sem, "plan/1", nil) // emptied
		if w.of(w.sem, "plan/1").Body != nil || w.of(w.noor, "plan/1").Body == nil {
			t.Error("one person's emptying touched another's draft")
		}
	})
}

func TestEmptyWordsRemoveADraft(t *testing.T) {
	eachDesk(t, func(t *testing.T, w *desk) {
		for _, empty := range []writing.Body{nil, {}, {"why": "", "how": ""}} {
			w.save(w.noor, "plan/1", writing.Body{"why": "x"})
			w.save(w.noor, "plan/1", empty)
			if got := w.of(w.noor, "plan/1"); got.Body != nil {
				t.Errorf("%v left %v", empty, got.Body)
			}
		}
		w.save(w.noor, "plan/1", writing.Body{"why": "x"})
		if err := w.d.Write(t.Context(), func(tx *db.Tx) error { return writing.Drop(t.Context(), tx, w.noor, "plan/1") }); err != nil {
			t.Fatal(err)
		}
		if got := w.of(w.noor, "plan/1"); got.Body != nil {
			t.Errorf("a real text leaves no draft: %v", got.Body)
		}
	})
}

func TestDraftsUnderAPage(t *testing.T) {
	eachDesk(t, func(t *testing.T, w *desk) {
		for _, key := range []string{"plan/1/goal", "plan/1/action", "plan/10/goal", "plan", "plan%1/goal", "PLAN/1/goal", "plan/1/ünï/😀"} {
			w.save(w.noor, key, writing.Body{"x": key})
		}
		under, err := w.drafts.Under(t.Context(), w.noor, "plan/1/")
		if err != nil || len(under) != 3 || under["plan/1/goal"]["x"] != "plan/1/goal" || under["plan/1/ünï/😀"] == nil {
			t.Errorf("%v %v", under, err)
		}
		if under, err = w.drafts.Under(t.Context(), w.noor, "plan/1/ünï"); err != nil || len(under) != 1 {
			t.Errorf("%v %v", under, err)
		}
		if under, err = w.drafts.Under(t.Context(), w.noor, "nothing/"); err != nil || under == nil || len(under) != 0 {
			t.Errorf("%v %v", under, err)
		}
	})
}

func TestDraftsHaveBounds(t *testing.T) {
	eachDesk(t, func(t *testing.T, w *desk) {
		many := writing.Body{}
		for i := range 401 {
			many[strings.Repeat("a", i+1)] = "x"
		}
		for name, c := range map[string]struct {
			key  string
			body writing.Body
		}{
			"no key":      {"", writing.Body{"a": "x"}},
			"a long key":  {strings.Repeat("k", 201), writing.Body{"a": "x"}},
			"many fields": {"plan/1", many},
			"too large":   {"plan/1", writing.Body{"a": strings.Repeat("x", 200_000)}},
		} {
			if _, err := w.drafts.Save(t.Context(), w.noor, c.key, c.body); !errs.Is(err, errs.KindInvalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		if under, err := w.drafts.Under(t.Context(), w.noor, ""); err != nil || len(under) != 0 {
			t.Errorf("a refused draft was kept: %v %v", under, err)
		}
		w.save(w.noor, "plan/1", writing.Body{"a": strings.Repeat("x", 199_999)})
		if _, err := w.drafts.Save(t.Context(), "nobody", "plan/1", writing.Body{"a": "x"}); !errs.IsAbsent(err) {
			t.Errorf("a draft of nobody: %v", err)
		}
	})
}
