package authoring_test

import (
	"strings"
	"testing"
	"time"

	"leerkring/authoring"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/trajectory"
	"leerkring/writing"
)

func (w *town) rows() string {
	w.t.Helper()
	return must(db.One(w.t.Context(), w.d, `select (select count(*) from own_pack) || ' ' || (select count(*) from own_pack_version) || ' ' || (select count(*) from text_version) || ' ' || (select count(*) from journal)`, db.Str))(w.t)
}

func (w *town) bring(name, schoolID, source string) (string, bool) {
	w.t.Helper()
	look := must(w.own.LookAt(w.t.Context(), w.who(name), schoolID, []byte(source)))(w.t)
	if len(look.Problems) > 0 {
		w.t.Fatal(look.Problems)
	}
	id, changed, err := w.own.BringIn(w.t.Context(), w.who(name), schoolID, []byte(source), look.Digest)
	w.ok(err)
	return id, changed
}

func TestAFileGoesToAnotherSchoolAndBack(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.copy("maker", "kleine-ronde")
		w.change("maker", id, "begin", func(b writing.Body) { b["questions.kr.1.text.nl"] = "Wat wordt anders?" })
		w.publish("maker", id)
		name, source, err := w.own.Take(t.Context(), w.who("colleague"), id, "1.0.0")
		w.ok(err)
		if name != id+"-1.0.0" || !strings.HasPrefix(string(source), "--- # pack.yaml\nid: "+id) {
			t.Errorf("%s %.80s", name, source)
		}
		if here, changed := w.bring("colleague", w.schoolID, string(source)); here != id || changed {
			t.Error("a file of our own changed something here")
		}
		look := must(w.own.LookAt(t.Context(), w.who("outsider"), w.otherID, source))(t)
		if look.Into != "" || look.Same || len(look.Differences) != 2 {
			t.Errorf("%+v", look.Differences)
		}
		there, changed := w.bring("outsider", w.otherID, string(source))
		if !changed || there == id || !strings.HasPrefix(there, "kleine-ronde-x") {
			t.Errorf("%s %v", there, changed)
		}
		before := w.rows()
		again, changed := w.bring("outsider", w.otherID, strings.ReplaceAll(string(source), "\n", "\r\n"))
		if again != there || changed || w.rows() != before {
			t.Errorf("a second time changed something: %s %v %s %s", again, changed, before, w.rows())
		}
		p := must(w.own.One(t.Context(), w.who("outsider"), there))(t)
		if p.MadeBy != w.people["outsider"] || p.Published != "" || p.SchoolID != w.otherID || p.Base() == nil || p.Draft.ID != there {
			t.Errorf("%+v", p)
		}
		if _, ok := must(w.own.Library(t.Context(), w.d, w.otherID))(t).Latest(there); ok {
			t.Error("a file was published by itself")
		}
		must(w.own.Publish(t.Context(), w.who("outsider"), there, p.Version))(t)
		must(w.walks.Begin(t.Context(), w.who("outsider"), trajectory.Start{SchoolID: w.otherID, MethodID: there, Title: "Bij ons"}))(t)
		newer := strings.Replace(string(source), "Wat wordt anders?", "Wat wordt beter?", 1)
		look = must(w.own.LookAt(t.Context(), w.who("outsider"), w.otherID, []byte(newer)))(t)
		if look.Into != there || len(look.Differences) != 1 || look.Differences[0].After.NL != "Wat wordt beter?" {
			t.Errorf("%+v", look)
		}
		w.bring("outsider", w.otherID, newer)
		p = must(w.own.One(t.Context(), w.who("outsider"), there))(t)
		if _, q, _ := p.Draft.Question("kr.1"); q.Text.NL != "Wat wordt beter?" || p.Parts["begin"] != 2 || p.Parts["pack"] != 1 {
			t.Errorf("%+v %v", q, p.Parts)
		}
		old := must(writing.At(t.Context(), w.d, authoring.RefOf(there, "begin"), 1))(t)
		if old.Body["questions.kr.1.text.nl"] != "Wat wordt anders?" {
			t.Error("what stood there is lost")
		}
		if _, _, err := w.own.BringIn(t.Context(), w.who("outsider"), w.otherID, source, look.Digest); !errs.Is(err, errs.KindConflict) {
			t.Errorf("another file than the one that was looked at: %v", err)
		}
		if w.one(id).Source != string(source) {
			t.Error("the school that it came from was touched")
		}
	})
}

// TestProofF1_AHostilePackFileIsRefusedSoon: whatever a file tries, it is refused with what to
// do, within two seconds, and nothing changes.
func TestProofF1_AHostilePackFileIsRefusedSoon(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.copy("maker", "kleine-ronde")
		good := strings.Replace(w.one(id).Source, "id: "+id, "id: ronde-van-elders", 1)
		const mark = "--- # pack.yaml\n"
		edit := func(old, new string) string {
			if !strings.Contains(good, old) {
				t.Fatalf("no %q", old)
			}
			return strings.Replace(good, old, new, 1)
		}
		fill := func(s string) string { return strings.Repeat(s, (authoring.MaxFile-100)/len(s)) }
		for name, source := range map[string]string{
			"nothing": "", "only spaces": "  \n ", "plain text": "Beste collega’s,", "a zip": "PK\x03\x04" + strings.Repeat("\x00", 4000), "a picture": "\x89PNG\r\n\x1a\n", "html": "<script>alert(1)</script>",
			"an id of ours": edit("id: ronde-van-elders", "id: verbetercyclus"), "aliases": mark + "a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]\n", "a merge key": mark + "<<: {id: a}\n", "a tag": mark + "id: !!python/object x\n",
			"a path out": edit("--- # 1-begin.yaml", "--- # ../../1-begin.yaml"), "an absolute path": edit("--- # 1-begin.yaml", "--- # /etc/passwd"), "a case clash": good + "--- # PACK.yaml\nid: a\n",
			"a file twice": good + "--- # pack.yaml\nid: a\n", "a NUL": edit("kind: method", "kind: me\x00thod"), "an escape": edit("kind: method", "kind: \x1b[31m"), "hidden letters": edit("kind: method", "kind: met\u202ehod"),
			"one endless line": mark + fill("a"), "too large": good + "# " + strings.Repeat("a", authoring.MaxFile), "brackets": mark + fill("["), "braces": mark + fill("{a: "), "dashes": mark + fill("- "), "many files": fill("--- # a.yaml\n"),
			"ever deeper": mark + strings.Repeat("a:\n ", 3000), "the wrong type": edit("weeks: 6", "weeks: [6]"), "no number": edit("weeks: 6", "weeks: zes"), "rights": edit("weeks: 6", "weeks: 6\nowner: bea"), "a role with rights": edit("roles:\n", "roles:\n  - {id: x, admin: true}\n"),
			"another school": edit("weeks: 6", "weeks: 6\nschool_id: "+w.otherID), "cut off": good[:len(good)/2], "no English": edit("    en: ", "    de: "), "a session that is nowhere": good + "activities:\n  - {id: a1, weight: more, session: nergens, text: {nl: a, en: b}}\n",
			"an id that is a path": edit("id: ronde-van-elders", "id: ../x"), "an address that runs": good + "resources:\n  - {id: r1, weight: more, name: {nl: a, en: b}, url: \"javascript:alert(1)\"}\n",
		} {
			before := w.rows()
			start := time.Now()
			look, err := w.own.LookAt(t.Context(), w.who("maker"), w.schoolID, []byte(source))
			if took := time.Since(start); took > 2*time.Second {
				t.Errorf("%s took %v", name, took)
			}
			if err == nil && len(look.Problems) == 0 || err != nil && !errs.Is(err, errs.KindInvalid) {
				t.Errorf("%s: %v %v", name, err, look.Problems)
			}
			for _, p := range look.Problems {
				if p.In("nl") == "" || strings.HasPrefix(p.In("nl"), "method.") {
					t.Errorf("%s: %+v says nothing", name, p)
				}
			}
			if _, _, err := w.own.BringIn(t.Context(), w.who("maker"), w.schoolID, []byte(source), look.Digest); err == nil || w.rows() != before {
				t.Errorf("%s: came in", name)
			}
		}
	})
}

// TestProofF5_NothingInAFileIsARight: who brings a file in is its maker, whatever it says, and
// it lands in the school of that person as a draft.
func TestProofF5_NothingInAFileIsARight(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.copy("maker", "kleine-ronde")
		w.publish("maker", id)
		_, source, err := w.own.Take(t.Context(), w.who("maker"), id, "")
		w.ok(err)
		before := w.one(id)
		there, _ := w.bring("elsewhere", w.second, strings.Replace(string(source), "Onze ronde", "Andere ronde", 1))
		if there == id {
			t.Error("a file took the place of another school’s pack")
		}
		if now := w.one(id); now.Source != before.Source || now.Version != before.Version {
			t.Error("another school’s pack was changed by a file")
		}
		if _, err := w.own.LookAt(t.Context(), w.who("elsewhere"), w.schoolID, source); !errs.IsAbsent(err) {
			t.Errorf("looked at another school: %v", err)
		}
		if _, _, err := w.own.BringIn(t.Context(), w.who("outsider"), w.schoolID, source, ""); !errs.IsAbsent(err) {
			t.Errorf("brought in at another school: %v", err)
		}
		if _, err := method.Builtin(); err != nil {
			t.Error(err)
		}
	})
}
