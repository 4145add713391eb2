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
