package kept_test

import (
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/access/register"
	"leerkring/internal/clock"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	accountweb "leerkring/web/account"
	"leerkring/web/kept"
	"leerkring/web/room/roomtest"
)

// all holds something on every line, each kept as long as what is most private.
func all() register.List {
	var list register.List
	for _, l := range kept.Lines() {
		for _, p := range l.Places {
			list = append(list, register.Table(register.Entry{Table: p, Owner: "kept", Purpose: "kept.what", Class: access.VeryPrivate, Retention: register.KeepCircle, Erase: register.EraseRow}, "id")...)
		}
	}
	return list
}

func open(t *testing.T) (*roomtest.Site, string) {
	t.Helper()
	d := dbtest.SQLite(t)
	c := clock.NewFake(time.Date(2026, 11, 9, 9, 0, 0, 0, time.UTC))
	found, err := school.NewService(d, c).Found(t.Context(), school.Founding{Board: "Kust", School: school.School{Name: "Het Baken", Sector: school.Flanders}, AdminName: "Noor Haddad", AdminEmail: "noor@baken.example"})
	if err != nil {
		t.Fatal(err)
	}
	library, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	s := roomtest.New(t, d, c, library, kept.Texts, register.Texts, accountweb.Texts)
	rm := &kept.Room{Kept: all()}
	s.Route("GET", "/kept", rm.Register)
	s.Route("GET", "/kept/paper", rm.Paper)
	return s, found.AdminID
}

func TestThePaperSpeaksToTheCouncilOfEachSector(t *testing.T) {
	t.Parallel()
	s, admin := open(t)
	for sector, council := range map[string]string{"po": "(MR)", "vo": "(MR)", "mbo": "studentenraad", "vl": "(LOC)", "": "(MR)", "maan": "(MR)"} {
		s.Get("", "/kept/paper?sector="+sector).Has(t, council)
	}
	s.Get(admin, "/kept/paper?sector=mbo").Has(t, "(LOC)") // the own school's, whatever is asked
}

func TestThePaperSaysWhatTheMatrixSays(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	page := s.Get("", "/kept/paper")
	page.Has(t, "Wat je typt, je eigen week en wat je wegklikte", "nooit", "Tot 30 dagen na de bijeenkomst")
	hidden := page.Body[strings.Index(page.Body, `id="niet"`):strings.Index(page.Body, `id="lang"`)]
	for _, says := range []string{"Wat er in een intervisie is geschreven", "Je werkdagen", "Wie in een ronde nog niet gehoord is"} {
		if !strings.Contains(hidden, says) {
			t.Errorf("what leaders do not see leaves out: %s", says)
		}
	}
	if strings.Contains(hidden, "Wat er besloten is") {
		t.Error("a decision is said to be hidden from leaders")
	}
}

func TestTheWholeRegister(t *testing.T) {
	t.Parallel()
	s, admin := open(t)
	for _, who := range []string{"", admin} {
		s.Get(who, "/kept").Has(t, "Heel persoonlijk", "Het gaat helemaal weg.", `href="/kept/paper"`)
	}
}

func TestGapsAreFound(t *testing.T) {
	t.Parallel()
	list := append(all(), register.Table(register.Entry{Table: "diary", Owner: "kept", Purpose: "kept.what", Class: access.Personal, Retention: register.KeepOwn, Erase: register.EraseRow}, "id")...)
	got := strings.Join(kept.Gaps(list, []access.Kind{access.Video, access.Plan}), ", ")
	for _, want := range []string{"kind video", "place diary", "place that is not kept: database"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not found in %q", want, got)
		}
	}
	if strings.Contains(got, "plan") {
		t.Errorf("the plan is told of, and stands in %q", got)
	}
}
