package method_test

import (
	"strings"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/method"
	"leerkring/school"
	methodweb "leerkring/web/method"
	"leerkring/web/room/roomtest"
)

// house is these pages, for somebody of a school.
type house struct {
	*roomtest.Site
	library *method.Library
	teacher string
}

func open(t *testing.T) house {
	t.Helper()
	d := dbtest.SQLite(t)
	c := clock.NewFake(time.Date(2026, 3, 19, 14, 0, 0, 0, time.UTC))
	schools := school.NewService(d, c)
	found := must(schools.Found(t.Context(), school.Founding{Board: "Kust", School: school.School{Name: "Het Baken"}, AdminName: "Noor Haddad", AdminEmail: "noor@baken.example"}))(t)
	library := must(method.Builtin())(t)
	s := roomtest.New(t, d, c, library, methodweb.Texts)
	var rm *methodweb.Room
	s.Route("GET", "/methods", rm.List)
	s.Route("GET", "/methods/{id}", rm.One)
	s.Route("GET", "/words", rm.Words)
	s.Route("GET", "/further-reading", rm.Further)
	s.Route("GET", "/coach", rm.Coach)
	return house{s, library, found.AdminID}
}

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}

func TestEveryWayOfWorkingCanBeLookedAt(t *testing.T) {
	t.Parallel()
	h := open(t)
	list := h.Get(h.teacher, "/methods")
	for _, p := range h.library.List() {
		list.Has(t, `href="/methods/`+p.ID+`"`)
		page := h.Get(h.teacher, "/methods/"+p.ID)
		page.Has(t, "<h1>")
		switch start := methodweb.Start(p); {
		case start == "":
			page.Has(t, "Dit kun je nu bekijken. Starten kan later.")
			page.Lacks(t, `class="btn btn--primary"`)
		default:
			page.Has(t, `href="`+start+`"`)
			page.Lacks(t, "Starten kan later.")
		}
		for _, s := range p.Stages {
			page.Has(t, `id="stage-`+s.ID+`"`)
		}
	}
	for name, got := range map[string]roomtest.Reply{"an unknown way": h.Get(h.teacher, "/methods/no-such-way"), "nobody": h.Get("", "/methods"), "nobody, one": h.Get("", "/methods/troika")} {
		if !errs.IsAbsent(got.Err) {
			t.Errorf("%s: %v", name, got.Err)
		}
	}
}

func TestTheWords(t *testing.T) {
	t.Parallel()
	h := open(t)
	all := h.Get(h.teacher, "/words")
	for _, g := range h.library.Glossary() {
		all.Has(t, `id="`+g.ID+`"`)
		for _, id := range g.See {
			all.Has(t, `href="/words#`+id+`"`)
		}
	}
	h.Get(h.teacher, "/words?q=LEERLING").Has(t, `id="pupil"`)
	h.Get(h.teacher, "/words?q=xyzzy").Has(t, "Niets gevonden voor ‘xyzzy’.")
	h.Get(h.teacher, "/words?q=%3Cb%3E").Lacks(t, "<b>‘", "‘<b>")
	h.Get(h.teacher, "/words?q="+strings.Repeat("a", 5000)).Has(t, "Niets gevonden")
}

func TestEveryTipCanBeLeafedThrough(t *testing.T) {
	t.Parallel()
	h := open(t)
	told, parts := 0, map[method.Audience]bool{}
	for _, c := range h.library.Cards() {
		if parts[c.Role] {
			continue
		}
		parts[c.Role] = true
		page := h.Get(h.teacher, "/coach?for="+string(c.Role))
		page.Lacks(t, "{team}", "[team]", "[number]")
		told += strings.Count(page.Body, "<li><p>")
	}
	if told != len(h.library.Cards()) {
		t.Errorf("%d of %d tips are shown", told, len(h.library.Cards()))
	}
	if h.Get(h.teacher, "/coach").Body != h.Get(h.teacher, "/coach?for=nobody").Body {
		t.Error("a part that nobody plays shows the first")
	}
}

func TestWhatLiesOutsideIsMarkedAsLeaving(t *testing.T) {
	t.Parallel()
	h := open(t)
	page := h.Get(h.teacher, "/further-reading")
	n := 0
	for _, p := range h.library.List() {
		for _, list := range append([][]method.Resource{p.Resources}, resources(p)...) {
			for _, r := range list {
				if r.URL != "" {
					n++
				}
			}
		}
	}
	if got := strings.Count(page.Body, `rel="noopener noreferrer"`); got != n || n == 0 {
		t.Errorf("%d links leave, %d resources have an address", got, n)
	}
	if strings.Contains(page.Body, `src="http`) {
		t.Error("something of outside is fetched")
	}
}

func resources(p *method.Pack) [][]method.Resource {
	var out [][]method.Resource
	for _, s := range p.Stages {
		out = append(out, s.Resources)
	}
	return out
}

func TestTheTextsAreWhole(t *testing.T) {
	t.Parallel()
	catalog := i18n.Must(methodweb.Texts)
	library := must(method.Builtin())(t)
	var keys []string
	for _, a := range method.Audiences {
		keys = append(keys, "for_"+string(a))
	}
	for _, b := range method.Blocks {
		keys = append(keys, "block_"+string(b))
	}
	for _, f := range method.Fills {
		keys = append(keys, "fill_"+f)
	}
	for _, s := range method.Sectors {
		keys = append(keys, "sector_"+string(s))
	}
	for _, p := range library.List() {
		keys = append(keys, "stages_"+string(p.Shape))
		if p.Session.Circle != "" {
			keys = append(keys, "circle_"+string(p.Session.Circle))
		}
		for _, s := range p.Stages {
			if l := s.Live; l.Turns != "" {
				keys = append(keys, "turns_"+string(l.Turns))
			}
		}
	}
	for _, key := range keys {
		for _, lang := range []string{"nl", "en"} {
			if !catalog.Texts(lang, nil, nil).Has("method." + key) {
				t.Errorf("no %s text for method.%s", lang, key)
			}
		}
	}
}
