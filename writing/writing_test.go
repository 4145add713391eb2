package writing_test

import (
	"fmt"
	"maps"
	"testing"
	"time"

	"pgregory.net/rapid"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/writing"
)

var (
	now  = time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC)
	page = writing.Ref{Kind: "plan", ID: "p"}
)

func keep(t testing.TB, d *db.DB, s writing.Save) (int, *writing.Clash) {
	t.Helper()
	if s.Ref == (writing.Ref{}) {
		s.Ref = page
	}
	s.Now = now
	var version int
	var clash *writing.Clash
	if err := d.Write(t.Context(), func(tx *db.Tx) (err error) {
		version, clash, err = writing.Keep(t.Context(), tx, s)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return version, clash
}

func history(t testing.TB, d *db.DB) []writing.Version {
	t.Helper()
	list, err := writing.History(t.Context(), d, page)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func text(s string) writing.Body { return writing.Body{"why": s} }

func TestEveryVersionStays(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for i, words := range []string{"Eerst", "Dan", ""} {
			if v, clash := keep(t, d, writing.Save{AuthorID: "noor", Base: i, Current: i, Body: text(words), Reason: "omdat"}); v != i+1 || clash != nil {
				t.Fatalf("version %d, clash %v", v, clash)
			}
		}
		all := history(t, d)
		if len(all) != 3 || all[0].Body["why"] != "Eerst" || all[1].Version != 2 || all[1].Base != 1 || all[2].Kept != "current" || all[2].Reason != "omdat" || !all[2].MadeAt.Equal(now) {
			t.Errorf("%+v", all)
		}
		if v, err := writing.At(t.Context(), d, page, 2); err != nil || v.Body["why"] != "Dan" {
			t.Errorf("%+v %v", v, err)
		}
		if _, err := writing.At(t.Context(), d, page, 9); !errs.IsAbsent(err) {
			t.Errorf("a version that never was: %v", err)
		}
	})
}

func TestWhoIsLateOverwritesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep(t, d, writing.Save{AuthorID: "noor", Body: text("Van Noor")})
		v, clash := keep(t, d, writing.Save{AuthorID: "sem", Base: 0, Current: 1, Body: text("Van Sem")})
		if v != 1 || clash == nil || clash.Theirs["why"] != "Van Noor" || clash.AuthorID != "noor" || clash.Yours["why"] != "Van Sem" || clash.Current != 1 || clash.Ref != page {
			t.Fatalf("%d %+v", v, clash)
		}
		waiting, err := writing.Waiting(t.Context(), d, page, "sem")
		if err != nil || len(waiting) != 1 || waiting[0].ID != clash.YoursID || waiting[0].Kept != "conflict" {
			t.Errorf("%+v %v", waiting, err)
		}
		if others, err := writing.Waiting(t.Context(), d, page, "noor"); err != nil || len(others) != 0 {
			t.Errorf("what waits is its author's: %v %v", others, err)
		}
		if got, err := writing.At(t.Context(), d, page, 1); err != nil || got.Body["why"] != "Van Noor" {
			t.Errorf("the text that stands: %+v %v", got, err)
		}
		// merged in the page: the words stay, and nothing waits any more
		if v, clash := keep(t, d, writing.Save{AuthorID: "sem", Base: 1, Current: 1, Body: text("Van Noor en Sem")}); v != 2 || clash != nil {
			t.Fatalf("%d %+v", v, clash)
		}
		if err := d.Write(t.Context(), func(tx *db.Tx) error { return writing.Merged(t.Context(), tx, page, "sem") }); err != nil {
			t.Fatal(err)
		}
		if waiting, err = writing.Waiting(t.Context(), d, page, "sem"); err != nil || len(waiting) != 0 {
			t.Errorf("%+v %v", waiting, err)
		}
		if all := history(t, d); len(all) != 3 || all[1].Kept != "merged" || all[1].Body["why"] != "Van Sem" {
			t.Errorf("%+v", all)
		}
	})
}

func TestTheSameWordsAreNoClash(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep(t, d, writing.Save{AuthorID: "noor", Body: text("Samen")})
		if v, clash := keep(t, d, writing.Save{AuthorID: "sem", Base: 0, Current: 1, Body: text("Samen")}); v != 1 || clash != nil {
			t.Errorf("%d %+v", v, clash)
		}
		if len(history(t, d)) != 1 {
			t.Error("nothing was added")
		}
		for _, other := range []writing.Body{{}, {"why": "Samen", "how": ""}, {"how": "Samen"}} {
			if _, clash := keep(t, d, writing.Save{AuthorID: "sem", Base: 0, Current: 1, Body: other}); clash == nil {
				t.Errorf("%v is not the same", other)
			}
		}
	})
}

func TestErasingTakesTheWords(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		keep(t, d, writing.Save{AuthorID: "noor", Body: text("Weg"), Reason: "ook weg"})
		keep(t, d, writing.Save{AuthorID: "sem", Base: 0, Current: 1, Body: text("Ook")})
		other := writing.Ref{Kind: "plan", ID: "other"}
		keep(t, d, writing.Save{Ref: other, AuthorID: "noor", Body: text("Blijft")})
		if err := d.Write(t.Context(), func(tx *db.Tx) error { return writing.Erase(t.Context(), tx, page) }); err != nil {
			t.Fatal(err)
		}
		all := history(t, d)
		for _, v := range all {
			if len(v.Body) != 0 || v.Reason != "" {
				t.Errorf("%+v", v)
			}
		}
		if len(all) != 2 {
			t.Errorf("that there were versions stays: %d", len(all))
		}
		if v, err := writing.At(t.Context(), d, other, 1); err != nil || v.Body["why"] != "Blijft" {
			t.Errorf("another object: %+v %v", v, err)
		}
	})
}

// T-R4: whatever order people read and save in, every text that was sent is the current
// one, in the history, or waiting beside it.
func TestProofR4_EveryTextStaysWhateverTheOrder(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		run := 0
		rapid.Check(t, func(r *rapid.T) {
			run++
			ref := writing.Ref{Kind: "plan", ID: fmt.Sprint("run ", run)}
			current := 0
			read := map[string]int{} // what each person has on screen
			sent := map[string]int{}
			for i := range rapid.IntRange(1, 30).Draw(r, "saves") {
				who := rapid.SampledFrom([]string{"noor", "sem", "leyla"}).Draw(r, "who")
				if rapid.Bool().Draw(r, "reads first") {
					read[who] = current
				}
				words := rapid.SampledFrom([]string{"a", "b", fmt.Sprint("text ", i)}).Draw(r, "words")
				sent[words]++
				v, clash := keep(t, d, writing.Save{Ref: ref, AuthorID: who, Base: read[who], Current: current, Body: text(words)})
				switch {
				case clash == nil && v == current+1:
					current, read[who] = v, v
				case clash == nil: // the same words stand already
				case clash.Yours["why"] != words:
					r.Fatalf("the clash lost %q", words)
				}
			}
			all, err := writing.History(t.Context(), d, ref)
			if err != nil {
				r.Fatal(err)
			}
			kept := map[string]int{}
			for _, v := range all {
				kept[v.Body["why"]]++
			}
			for words := range maps.Keys(sent) {
				if kept[words] == 0 {
					r.Fatalf("%q is gone", words)
				}
			}
		})
	})
}
