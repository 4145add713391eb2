package session_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"leerkring/access"
	block "leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/method"
	"leerkring/school"
	"leerkring/task"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/room/roomtest"
	"leerkring/web/session"
)

// hall is a school with two people and the pages of their event.
type hall struct {
	t                *testing.T
	site             *roomtest.Site
	sessions         *block.Service
	trajectories     *trajectory.Service
	maker, colleague access.Who
	team             string
}

func newHall(t *testing.T, d *db.DB) *hall {
	t.Helper()
	now := clock.NewFake(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))
	library, err := method.Builtin()
	fine(t, err)
	schools, trajectories := school.NewService(d, now), trajectory.NewService(d, now, library)
	h := &hall{t: t, trajectories: trajectories, sessions: block.NewService(d, now, trajectories, nil)}
	found, err := schools.Found(t.Context(), school.Founding{Board: "Stichting Kust", School: school.School{Name: "Het Baken"}, AdminName: "Bea Heer", AdminEmail: "bea@baken.example"})
	fine(t, err)
	who := func(id string) access.Who {
		k, err := school.Knows(t.Context(), d, id)
		fine(t, err)
		return k.Who
	}
	admin := who(found.AdminID)
	h.team, err = schools.AddTeam(t.Context(), admin, found.SchoolID, school.TeamKind("stream"), "Onderbouw")
	fine(t, err)
	add := func(name string) access.Who {
		id, err := schools.AddStaff(t.Context(), admin, found.SchoolID, school.NewStaff{Name: name, Email: strings.ToLower(name[:3]) + "@baken.example", Active: true, TeamIDs: []string{h.team}})
		fine(t, err)
		return who(id)
	}
	h.maker, h.colleague = add("Marieke de Wit"), add("Joost Verhagen")
	h.site = roomtest.New(t, d, now, library, block.Texts, session.Texts, task.Texts)
	rm := &session.Room{Sessions: h.sessions, Trajectories: trajectories, Schools: schools}
	for at, f := range map[string]room.Handler{
		"GET /sessions": rm.List, "GET /sessions/new": rm.New, "POST /sessions": rm.Plan, "GET /sessions/{id}": rm.Show, "GET /sessions/{id}/offers": rm.Offers, "GET /sessions/{id}/offers/new": rm.NewOffer,
		"POST /sessions/{id}/offers": rm.Propose, "POST /sessions/{id}/offers/open": rm.OpenReady, "GET /sessions/{id}/offers/{offer}": rm.Offer, "POST /sessions/{id}/offers/{offer}": rm.ChangeOffer,
		"POST /sessions/{id}/offers/{offer}/open": rm.OpenOffer, "POST /sessions/{id}/offers/{offer}/drop": rm.DropOffer, "POST /sessions/{id}/choices": rm.Choose, "POST /sessions/{id}/seats": rm.Seat,
		"GET /sessions/{id}/programme": rm.Programme, "GET /sessions/{id}/rooms": rm.Rooms, "POST /sessions/{id}/organisers": rm.Organise,
	} {
		verb, pattern, _ := strings.Cut(at, " ")
		h.site.Route(verb, pattern, f)
	}
	return h
}

func fine(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// plans plans a study day by one tick, for a team or for the whole school, and returns where it lives.
func (h *hall) plans(lang string) string {
	h.t.Helper()
	group, words := h.team, "Onderbouw (2 mensen)"
	if lang == "en" {
		group, words = "everyone", "Onderbouw (2 people)"
	}
	h.site.Get(h.maker.ID, "/sessions/new?method=studiedag").Has(h.t, words, `value="everyone"`)
	r := h.site.Post(h.maker.ID, "/sessions", "method", "studiedag", "title", "Feedback", "date", "2026-04-02", "time", "09:00", "teams", group)
	if !strings.HasPrefix(r.Location, "/sessions/") {
		h.t.Fatalf("planned, and came to %q (%d): %v", r.Location, r.Status, r.Err)
	}
	return r.Location
}

// fields are those of a whole offer.
func (h *hall) fields(title string, places int, more ...string) []string {
	pack, _ := h.trajectories.Library().Latest("studiedag")
	out := []string{"title", title, "places", fmt.Sprint(places), "rounds", "workshop-een", "hosts", h.maker.ID, "follow_on", "2026-05-20", "follow_text", "Tien minuten in het overleg", "about", "Kijken naar werk", "room", "Lokaal 12"}
	for _, f := range pack.Session.Offers.Asks {
		out = append(out, f.ID, "Zo doen we dat")
	}
	return append(out, more...)
}

func (h *hall) offer(at, title string) string {
	h.t.Helper()
	p, err := h.sessions.Programme(h.t.Context(), h.maker, strings.TrimPrefix(at, "/sessions/"))
	fine(h.t, err)
	for _, o := range p.Offers {
		if o.Title == title {
			return o.ID
		}
	}
	h.t.Fatalf("no offer %q", title)
	return ""
}

func TestAStudyDayFromProposalToRoute(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := newHall(t, d)
		for _, lang := range []string{"nl", "en"} {
			h.site.Lang = lang
			at := h.plans(lang)
			h.site.Get(h.colleague.ID, at).Has(t, at+"/offers")
			h.site.Get(h.maker.ID, at+"/offers/new").Has(t, "offer.bron")
			if r := h.site.Post(h.maker.ID, at+"/offers", "title", "", "places", "0", "rounds", "workshop-een"); r.Status != 422 {
				t.Errorf("an offer without a name: %d", r.Status)
			}
			h.site.Post(h.maker.ID, at+"/offers", "title", "Onaf", "places", "4", "rounds", "workshop-een", "hosts", h.maker.ID)
			h.site.Post(h.maker.ID, at+"/offers", h.fields("Kijken", 1)...)
			h.site.Post(h.maker.ID, at+"/offers", h.fields("Doen", 1)...)
			half, look, do := h.offer(at, "Onaf"), h.offer(at, "Kijken"), h.offer(at, "Doen")
			h.site.Get(h.maker.ID, at+"/programme").Has(t, "Onaf", "Kijken", at+"/offers/open")
			if r := h.site.Post(h.maker.ID, at+"/offers/"+half+"/open"); r.Status != 422 {
				t.Errorf("an offer without what follows is opened: %d", r.Status)
			}
			h.site.Get(h.colleague.ID, at+"/offers").Lacks(t, "Kijken")
			h.site.Post(h.maker.ID, at+"/offers/open")
			chosen := h.site.Get(h.colleague.ID, at+"/offers")
			chosen.Has(t, "Kijken", "Lokaal 12", "Doen")
			chosen.Lacks(t, "Onaf")
			h.site.Get(h.colleague.ID, at+"/offers/"+look).Has(t, "Zo doen we dat", "Tien minuten in het overleg")
			h.site.Get(h.maker.ID, at+"/offers/"+look).Has(t, `name="version"`)
			h.site.Post(h.maker.ID, at+"/offers/"+look, h.fields("Kijken", 2, "version", "2")...)
			if r := h.site.Post(h.colleague.ID, at+"/choices", "round", "workshop-een", "wish1", look, "wish2", look); r.Status != 422 {
				t.Errorf("the same wish twice: %d", r.Status)
			}
			if r := h.site.Post(h.colleague.ID, at+"/choices", "round", "workshop-een", "wish1", look, "wish2", do); !strings.HasSuffix(r.Location, "said=session_placed") {
				t.Errorf("chose, and came to %q", r.Location)
			}
			h.site.Get(h.colleague.ID, at+"/offers").Has(t, "Lokaal 12", "Marieke")
			for _, page := range []string{"/programme", "/rooms"} {
				if r := h.site.Get(h.colleague.ID, at+page); r.Err == nil {
					t.Errorf("who does not organise opens %s", page)
				}
			}
			h.site.Get(h.maker.ID, at+"/rooms").Has(t, "Joost Verhagen")
			if r := h.site.Post(h.maker.ID, at+"/organisers", "person", ""); r.Status != 422 {
				t.Errorf("nobody is asked along: %d", r.Status)
			}
			h.site.Post(h.maker.ID, at+"/organisers", "person", h.colleague.ID, "yes", "yes")
			h.site.Get(h.colleague.ID, at+"/programme").Has(t, "Joost Verhagen", "Marieke de Wit")
			h.site.Post(h.maker.ID, at+"/organisers", "person", h.colleague.ID, "yes", "no")
			h.site.Post(h.colleague.ID, at+"/choices", "round", "workshop-een")
			if r := h.site.Post(h.maker.ID, at+"/seats", "round", "workshop-een", "person", h.colleague.ID, "offer", do); !strings.HasSuffix(r.Location, "said=session_seated") {
				t.Errorf("seated a colleague, and came to %q", r.Location)
			}
			h.site.Post(h.maker.ID, at+"/offers/"+do+"/drop")
			h.site.Get(h.colleague.ID, at+"/offers").Has(t, "Doen")
			h.site.Get(h.colleague.ID, at+"/offers/"+do)
		}
	})
}
