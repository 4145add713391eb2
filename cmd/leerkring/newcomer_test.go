package main

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	"leerkring/block/agreement"
	"leerkring/internal/clock"
	"leerkring/internal/mail"
	"leerkring/school"
	"leerkring/trajectory"
)

// starters is a school that works here since March, with a team, who leads it, who leads
// the school, and a calendar with an autumn break. It is October.
type starters struct {
	*hands
	team string
}

func eachStarters(t *testing.T, f func(t *testing.T, s *starters)) {
	eachHands(t, func(t *testing.T, r *hands) {
		s := &starters{hands: r}
		ctx, admin := t.Context(), r.known("admin").Who
		var err error
		s.team, err = r.h.schools.AddTeam(ctx, admin, r.school, school.Department, "Sectie talen")
		r.ok(err)
		for _, name := range []string{"anna", "bas", "cato"} {
			r.exec(`insert into team_member (team_id, person_id) values ($1, $2)`, s.team, r.people[name])
		}
		r.ok(r.h.schools.Appoint(ctx, admin, r.school, r.people["cato"], access.Role{Kind: access.RoleTeamLeader, SchoolID: r.school, TeamID: s.team}))
		r.leader("colleague")
		r.people["board"], err = r.h.schools.AddStaff(ctx, admin, r.school, school.NewStaff{Name: "Hanneke Vos", Email: "hanneke@baken.example", Active: true, OfBoard: true})
		r.ok(err)
		other, err := r.h.schools.Found(ctx, school.Founding{Board: "Stichting Duin", School: school.School{Name: "De Vloed"}, AdminName: "Oda Ver", AdminEmail: "oda@vloed.example"})
		r.ok(err)
		r.people["elsewhere"] = other.AdminID
		for _, y := range []school.Year{{Name: "2026–2027", Starts: "2026-08-01", Ends: "2027-07-31"}} {
			r.ok(r.h.schools.AddYear(ctx, admin, r.school, y))
		}
		r.ok(r.h.schools.AddPeriods(ctx, admin, r.school, []school.Period{{Kind: school.Holiday, Name: "herfstvakantie", From: "2026-10-17", To: "2026-10-25"}}))
		s.on("2026-10-05")
		f(t, s)
	})
}

// on is another day, at ten; who signed in before does so again.
func (s *starters) on(day clock.Date) {
	s.clock.Set(day.At(10, 0, time.UTC))
	s.cookies = map[string]string{}
}

func (s *starters) joins(key, name string, teams ...string) {
	s.t.Helper()
	id, err := s.h.schools.AddStaff(s.t.Context(), s.known("admin").Who, s.school, school.NewStaff{Name: name, Email: key + "@baken.example", Active: true, TeamIDs: teams})
	s.ok(err)
	s.people[key] = id
}

// page makes a page 'Zo werken wij' in a trajectory.
func (s *starters) page(at, title string) {
	s.t.Helper()
	ctx, lead := s.t.Context(), s.known("lead").Who
	_, err := s.h.blocks.agreements.Say(ctx, lead, at, 0, agreement.Words{Title: title})
	s.ok(err)
	line, err := s.h.blocks.agreements.Propose(ctx, lead, at, agreement.Line{Kind: agreement.Core, Body: "Wij beginnen met een succes."})
	s.ok(err)
	s.ok(s.h.blocks.agreements.Settle(ctx, lead, at, line))
}

const startersPath = "/newcomers"

// Somebody begins in October: three pages to read and nobody yet who helps; the leader names a
// colleague with one press; a page is read; six school weeks later it is over.
func TestProofF_ANewcomerGetsThreePagesAndOneColleague(t *testing.T) {
	eachStarters(t, func(t *testing.T, s *starters) {
		s.page(s.at, "Elke les een succes")
		for _, title := range []string{"Rust in de pauze", "Huiswerk", "Toetsen"} {
			s.clock.Move(24 * time.Hour)
			at, err := s.h.trajectories.Begin(t.Context(), s.known("lead").Who, trajectory.Start{SchoolID: s.school, MethodID: "verbetercyclus", Title: title, Open: true})
			s.ok(err)
			s.page(at, title)
		}
		s.on("2026-10-12")
		for _, name := range []string{"anna", "colleague", "cato", "admin"} {
			s.hides(name, "/week", "Nieuw op school")
		}
		s.joins("sara", "Sara Yilmaz", s.team)
		sara := s.people["sara"]

		s.tells("sara", "/week", "Je eerste weken")
		s.tells("sara", "/week", "Wie je op weg helpt, is nog open")
		s.tells("sara", "/week", "3 bladzijden om te lezen")
		for _, title := range []string{"Toetsen", "Huiswerk", "Rust in de pauze"} { // the newest
			s.tells("sara", "/week", title)
		}
		s.hides("sara", "/week", "Elke les een succes")

		s.tells("colleague", "/week", "Sara Yilmaz is net begonnen.")
		s.follows("colleague", "/week", startersPath)
		s.tells("colleague", startersPath, "Voorstel: anna, ook van Sectie talen.")
		pressed := s.pressed
		if code := s.presses("colleague", startersPath, startersPath+"/"+sara+"/colleague"); code != http.StatusSeeOther {
			t.Fatalf("naming: %d", code)
		}
		if s.pressed != pressed+1 {
			t.Error("naming takes more than one press")
		}
		s.tells("sara", "/week", "anna helpt je op weg")
		s.tells("anna", "/week", "Je helpt Sara op weg")
		for _, name := range []string{"bas", "lead", "member", "admin", "board"} {
			s.hides(name, "/week", "Sara")
			if s.send(name, http.MethodGet, startersPath, nil).Code == http.StatusOK {
				s.hides(name, startersPath, "Sara")
			}
		}

		toetsen := s.one(`select t.id from trajectory t where t.title = $1`, "Toetsen")
		before := s.others()
		s.follows("sara", "/week", "/trajectories/"+toetsen+"/agreement")
		s.presses("sara", "/trajectories/"+toetsen+"/agreement", "/trajectories/"+toetsen+"/agreement/read")
		s.tells("sara", "/week", "Toetsen voor de hele school Gelezen")
		if after := s.others(); after != before {
			t.Error("what Sara read changed a page of somebody else")
		}

		s.on("2026-11-27") // the sixth school week: the autumn break did not count
		s.tells("sara", "/week", "Je eerste weken")
		s.tells("anna", "/week", "Je helpt Sara op weg")
		s.on("2026-11-30")
		for _, name := range []string{"sara", "anna", "colleague", "cato"} {
			s.hides(name, "/week", "Je eerste weken")
			s.hides(name, "/week", "op weg")
			s.hides(name, "/week", "Nieuw op school")
			s.tells(name, startersPath, "heb je hier niets te doen")
		}
	})
}

// others are the pages of everybody but Sara on which it could be betrayed what she reads.
func (s *starters) others() string {
	all := ""
	for _, name := range []string{"colleague", "cato", "anna", "bas", "admin"} {
		for _, path := range []string{"/week", startersPath, "/people/" + s.people["sara"]} {
			all += name + path + spoken(s.sees(name, path)) + "\n"
		}
	}
	return all
}

// Either of the two lets go; a colleague of the team offers; of two one is first.
func TestProofF_ANewcomerIsHelpedByWhoOffers(t *testing.T) {
	eachStarters(t, func(t *testing.T, s *starters) {
		s.joins("sara", "Sara Yilmaz", s.team)
		at := startersPath + "/" + s.people["sara"]
		s.tells("bas", startersPath, "Nog niemand helpt Sara op weg")
		s.presses("bas", startersPath, at+"/offer")
		s.tells("bas", "/week", "Je helpt Sara op weg")
		late := s.send("anna", http.MethodPost, at+"/offer", url.Values{"school": {s.school}})
		if !strings.Contains(spoken(late.Body.String()), "Een collega was net eerder") || late.Code == http.StatusSeeOther {
			t.Errorf("the second who offers hears %d", late.Code)
		}
		s.presses("bas", "/week", at+"/stop")
		s.tells("sara", "/week", "Wie je op weg helpt, is nog open")
		s.presses("cato", startersPath+"/"+s.people["sara"]+"/form", at+"/colleague", "helper", s.people["anna"])
		s.tells("sara", "/week", "anna helpt je op weg")
		s.exec(`update person set state = 'left' where id = $1`, s.people["anna"])
		s.tells("sara", "/week", "Wie je op weg helpt, is nog open")
		s.tells("cato", startersPath, "Voorstel: bas")

		s.presses("sara", "/week", at+"/stop")
		s.hides("sara", "/week", "Je eerste weken")
		s.hides("cato", startersPath, "Sara")
		s.presses("sara", startersPath, at+"/again")
		s.tells("sara", "/week", "Je eerste weken")
	})
}

// Nobody outside the team and its leaders sees or names anything, by page or by form.
func TestProofF_ANewcomerIsNobodyElsesBusiness(t *testing.T) {
	eachStarters(t, func(t *testing.T, s *starters) {
		s.joins("sara", "Sara Yilmaz", s.team)
		at := startersPath + "/" + s.people["sara"]
		state := func() string {
			return s.one(`select cast((select count(*) from newcomer) as text) || '/' || cast((select count(*) from journal where kind like 'newcomer.%') as text)`)
		}
		before := state()
		for _, name := range []string{"lead", "member", "admin", "board", "elsewhere", "bas", "sara"} {
			fields := url.Values{"school": {s.school}, "helper": {s.people["anna"]}, "was": {""}}
			acts := []string{"/colleague"}
			if name != "bas" {
				acts = append(acts, "/offer")
			}
			if name != "sara" {
				acts = append(acts, "/stop")
			}
			for _, act := range acts {
				if code := s.send(name, http.MethodPost, at+act, fields).Code; code != http.StatusNotFound {
					t.Errorf("%s posts %s: %d", name, act, code)
				}
			}
			if code := s.send(name, http.MethodGet, at+"/form", nil).Code; code != http.StatusNotFound {
				t.Errorf("%s opens the form: %d", name, code)
			}
			if out := s.send(name, http.MethodGet, startersPath, nil); name != "bas" && name != "sara" && strings.Contains(out.Body.String(), "Sara") {
				t.Errorf("%s sees that Sara is new", name)
			}
		}
		if after := state(); after != before {
			t.Errorf("something was left behind: %s, %s", before, after)
		}
	})
}

// posts is the mail of Monday that somebody gets now, as text without the link that stops it; "" when none comes.
func (s *starters) posts(name string) string {
	s.t.Helper()
	m, sends, err := s.h.notify.Build(s.t.Context(), mail.Message{PersonID: s.people[name], At: s.clock.Now()})
	s.ok(err)
	if !sends {
		return ""
	}
	if html := spoken(m.HTML); !strings.Contains(strings.Join(strings.Fields(m.Text), " "), s.beside(html)) {
		s.t.Errorf("%s reads something else in the text than in the page: %s\n%s", name, m.Text, html)
	}
	return strings.ReplaceAll(m.Text, m.Unsubscribe, "")
}

// beside is what the mail says of somebody new.
func (s *starters) beside(text string) string {
	at := strings.Index(text, "Je eerste weken")
	if at < 0 {
		return ""
	}
	line, _, _ := strings.Cut(text[at:], " Open Mijn week")
	return line
}

func (s *starters) reads(at string) {
	s.t.Helper()
	s.presses("sara", "/trajectories/"+at+"/agreement", "/trajectories/"+at+"/agreement/read")
}

// The mail of Monday tells who is new what Mijn week tells: who helps, and which pages were not read yet; and who
// helps, whom. It comes as long as there is a page to read; of what was read nobody else's mail says anything.
func TestProofF_ANewcomerReadsItInTheMailOfMonday(t *testing.T) {
	eachStarters(t, func(t *testing.T, s *starters) {
		ctx := t.Context()
		s.page(s.at, "Elke les een succes")
		s.clock.Move(24 * time.Hour)
		toetsen, err := s.h.trajectories.Begin(ctx, s.known("lead").Who, trajectory.Start{SchoolID: s.school, MethodID: "verbetercyclus", Title: "Toetsen", Open: true})
		s.ok(err)
		s.page(toetsen, "Toetsen")
		s.ok(s.h.schools.AddPeriods(ctx, s.known("admin").Who, s.school, []school.Period{{Kind: school.Busy, Name: "toetsweek", From: "2026-11-02", To: "2026-11-06"}}))
		s.on("2026-10-12")
		s.joins("sara", "Sara Yilmaz", s.team)
		sara := s.people["sara"]
		tells := func(want string) {
			t.Helper()
			if got := s.beside(strings.Join(strings.Fields(s.posts("sara")), " ")); got != want {
				t.Errorf("sara's mail says %q, want %q", got, want)
			}
		}
		tells("Je eerste weken: wie je op weg helpt, is nog open. Vraag er gerust naar in je team. Dit kun je nog lezen: ‘Toetsen’ en ‘Elke les een succes’.")
		s.ok(s.h.schools.NameHelper(ctx, s.known("colleague").Who, s.school, sara, s.people["anna"], ""))
		tells("Je eerste weken: anna helpt je op weg. Dit kun je nog lezen: ‘Toetsen’ en ‘Elke les een succes’.")
		if got := s.posts("anna"); got != "" {
			t.Errorf("whoever helps has nothing to do, and gets a mail: %s", got)
		}
		s.task("anna", "Voorbeelden ophalen", "meeting", "x")
		if got := s.posts("anna"); strings.Count(got, "Je helpt Sara op weg.") != 1 {
			t.Errorf("whoever helps is not told: %s", got)
		}
		for _, name := range []string{"bas", "colleague", "cato", "lead", "admin"} {
			s.task(name, "Iets anders", "meeting", "x")
			if got := s.posts(name); got == "" || strings.Contains(got, "Sara") || strings.Contains(got, "Toetsen") {
				t.Errorf("%s reads of it: %s", name, got)
			}
		}

		before := s.posts("anna") + s.posts("cato") + s.posts("colleague")
		s.reads(toetsen)
		tells("Je eerste weken: anna helpt je op weg. Dit kun je nog lezen: ‘Elke les een succes’.")
		if after := s.posts("anna") + s.posts("cato") + s.posts("colleague"); after != before {
			t.Errorf("what sara read changed the mail of somebody else: %s\n%s", before, after)
		}
		for day, comes := range map[clock.Date]bool{"2026-10-19": false, "2026-10-26": true, "2026-11-02": false, "2026-11-23": true, "2026-11-30": false} { // the holiday, the busy week, and six school weeks later
			s.on(day)
			if got := s.posts("sara"); (got != "") != comes {
				t.Errorf("on %s: %q", day, got)
			}
		}
		s.on("2026-11-02")
		if got := s.posts("anna"); strings.Contains(got, "Sara") {
			t.Errorf("in a busy week: %s", got)
		}

		s.on("2026-11-09")
		s.presses("sara", "/week", startersPath+"/"+sara+"/stop")
		if got := s.posts("sara") + s.posts("anna"); strings.Contains(got, "eerste weken") || strings.Contains(got, "Sara") {
			t.Errorf("who knows the way: %s", got)
		}
		s.presses("sara", startersPath, startersPath+"/"+sara+"/again")
		s.reads(s.at)
		if got := s.posts("sara"); got != "" {
			t.Errorf("all was read, and a mail comes: %s", got)
		}
		s.task("sara", "De sleutel ophalen", "meeting", "x")
		tells("Je eerste weken: anna helpt je op weg.")
		s.closes("anna", false)
		tells("Je eerste weken: wie je op weg helpt, is nog open. Vraag er gerust naar in je team.")
	})
}

// A school that comes in is new to nobody, however many come in.
func TestProofF_ANewcomerIsNobodyInASchoolThatBegins(t *testing.T) {
	eachHands(t, func(t *testing.T, r *hands) {
		for i := range 60 {
			key := fmt.Sprintf("mens%d", i)
			id, err := r.h.schools.AddStaff(t.Context(), r.known("admin").Who, r.school, school.NewStaff{Name: "Mens " + key, Email: key + "@baken.example", Active: true})
			r.ok(err)
			r.people[key] = id
		}
		r.leader("colleague")
		for _, name := range []string{"mens0", "mens59", "colleague", "member"} {
			r.hides(name, "/week", "Je eerste weken")
			r.hides(name, "/week", "Nieuw op school")
			r.tells(name, startersPath, "heb je hier niets te doen")
		}
	})
}
