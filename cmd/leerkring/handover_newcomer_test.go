package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/handover"
	"leerkring/internal/clock"
)

// eachHelped is a school in October where anna helps Sara, who is new.
func eachHelped(t *testing.T, f func(t *testing.T, s *starters)) {
	eachStarters(t, func(t *testing.T, s *starters) {
		s.joins("sara", "Sara Yilmaz", s.team)
		s.ok(s.h.schools.NameHelper(t.Context(), s.known("cato").Who, s.school, s.people["sara"], s.people["anna"], ""))
		f(t, s)
	})
}

// proposes asserts whom a page to hand over has chosen for Sara before anybody touches it: nobody
// chooses for the reader of a form here.
func (s *starters) proposes(page, want string) {
	s.t.Helper()
	_, list, ok := strings.Cut(page, `name="`+s.key()+`"`)
	list, _, _ = strings.Cut(list, "</select>")
	if got := regexp.MustCompile(`value="([^"]*)" selected`).FindStringSubmatch(list); !ok || got == nil || got[1] != s.people[want] {
		s.t.Errorf("proposed is not %s: %v", want, got)
	}
}

const helpsSara = "Helpt een nieuwe collega op weg: Sara Yilmaz"

// helper asserts who helps Sara, as everybody sees it; "" for nobody.
func (s *starters) helper(want string) {
	s.t.Helper()
	if want == "" {
		s.tells("sara", "/week", "Wie je op weg helpt, is nog open")
	} else {
		s.tells("sara", "/week", want+" helpt je op weg")
	}
	for _, name := range []string{"anna", "bas", "dirk"} {
		if name == want {
			s.tells(name, "/week", "Je helpt Sara op weg")
			s.tells(name, "/handover", helpsSara)
		} else {
			s.hides(name, "/week", "Je helpt Sara op weg")
		}
	}
}

func (s *starters) key() string { return "to-helper:" + s.school + "/" + s.people["sara"] }

// Who helps somebody on the way falls ill: with the rest it goes to a colleague of the newcomer's team, the
// newcomer sees who it is now, and on the day it comes back.
func TestProofF_HelpingANewcomerGoesAlong(t *testing.T) {
	eachHelped(t, func(t *testing.T, s *starters) {
		s.joins("tom", "Tom de Wit", s.team)
		page := s.sees("anna", "/handover")
		s.proposes(page, "bas")
		for _, name := range []string{"Sara Yilmaz<", "Tom de Wit"} {
			if strings.Contains(page, ">"+name) {
				t.Errorf("%s could take it over", name)
			}
		}
		for _, name := range []string{"sara", "tom", "elsewhere", "board"} { // a form of somebody's own making
			form := url.Values{"lasts": {"away"}, "until": {"2026-10-30"}, s.key(): {s.people[name]}}
			if code := s.send("anna", http.MethodPost, "/handover", form).Code; code != http.StatusUnprocessableEntity {
				t.Errorf("to %s: %d", name, code)
			}
		}
		s.helper("anna")
		if s.known("anna").Person.AwayUntil != "" {
			t.Error("what was refused left anna away")
		}

		if code := s.presses("anna", "/handover", "/handover", "until", "2026-10-30"); code != http.StatusSeeOther {
			t.Fatal(code)
		}
		s.helper("bas")
		s.tells("bas", "/week", "anna gaf je werk door")
		s.tells("bas", "/handover", "Van anna")
		s.tells("anna", "/handover", "nu bij bas")
		s.tells("cato", startersPath, "bas helpt Sara op weg.")
		for _, name := range []string{"lead", "member", "admin", "cato"} {
			s.hides(name, "/handover", "op weg")
		}
		s.hides("admin", "/admin/people/"+s.people["anna"], "op weg")

		item := "/handover/items/" + s.one(`select id from handover_item where kind = 'helper'`)
		if code := s.presses("bas", "/handover", item+"/pass-on", "to", s.people["tom"]); code != http.StatusUnprocessableEntity {
			t.Errorf("passed on to who is new: %d", code)
		}
		s.hides("bas", "/handover", "Tom de Wit") // nor offered
		s.presses("bas", "/handover", item+"/pass-on", "to", s.people["dirk"])
		s.helper("dirk")
		s.turn(time.Date(2026, 10, 29, 22, 50, 0, 0, time.UTC))
		s.helper("dirk")
		s.turn(time.Date(2026, 10, 29, 23, 0, 0, 0, time.UTC)) // midnight, after the clock went back
		s.helper("anna")
		s.hides("dirk", "/handover", helpsSara)
	})
}

// What changed meanwhile stays: the weeks are over, the newcomer knows the way, a leader named another.
func TestProofF_HelpingANewcomerIsSettledMeanwhile(t *testing.T) {
	for how, change := range map[string]struct {
		until clock.Date
		do    func(s *starters)
		then  string
	}{
		"the weeks are over": {"2026-12-15", func(*starters) {}, "over"},
		"knows the way": {"2026-10-30", func(s *starters) {
			s.ok(s.h.schools.StopHelp(s.t.Context(), s.known("sara").Who, s.school, s.people["sara"]))
		}, "over"},
		"another was named": {"2026-10-30", func(s *starters) {
			s.ok(s.h.schools.NameHelper(s.t.Context(), s.known("cato").Who, s.school, s.people["sara"], s.people["dirk"], s.people["bas"]))
		}, "dirk"},
		"who got it let go": {"2026-10-30", func(s *starters) {
			s.ok(s.h.schools.StopHelp(s.t.Context(), s.known("bas").Who, s.school, s.people["sara"]))
		}, ""},
	} {
		t.Run(how, func(t *testing.T) {
			eachHelped(t, func(t *testing.T, s *starters) {
				s.presses("anna", "/handover", "/handover", "until", string(change.until))
				s.helper("bas")
				change.do(s)
				s.turn(change.until.At(9, 0, time.UTC))
				s.cookies = map[string]string{}
				if change.then == "over" {
					for _, name := range []string{"anna", "bas", "sara", "cato"} {
						s.hides(name, "/week", "op weg")
						s.hides(name, "/handover", "op weg")
					}
				} else {
					s.helper(change.then)
				}
				for _, name := range []string{"anna", "bas"} {
					if change.then != name {
						s.hides(name, "/handover", helpsSara)
					}
				}
				if n := s.one(`select cast(count(*) as text) from handover where ended_at is null`); n != "0" {
					t.Errorf("%s still open", n)
				}
			})
		})
	}
}

// A substitute gets it with the rest and gives it back; who is new too helps nobody. When the account of the
// other is closed meanwhile, the newcomer keeps who helps.
func TestProofF_HelpingANewcomerGoesToASubstitute(t *testing.T) {
	eachHelped(t, func(t *testing.T, s *starters) {
		s.stands("anna", "dirk", "10-07", "10-30")
		s.turn(time.Date(2026, 10, 7, 7, 0, 0, 0, time.UTC))
		s.helper("dirk")
		s.turn(time.Date(2026, 10, 30, 7, 0, 0, 0, time.UTC))
		s.cookies = map[string]string{}
		s.helper("anna")

		s.joins("tom", "Tom de Wit")
		s.stands("anna", "tom", "11-02", "11-04")
		s.turn(time.Date(2026, 11, 2, 7, 0, 0, 0, time.UTC))
		s.helper("anna")
		s.turn(time.Date(2026, 11, 4, 7, 0, 0, 0, time.UTC))
		s.helper("anna")

		s.stands("anna", "dirk", "11-05", "11-10")
		s.turn(time.Date(2026, 11, 5, 7, 0, 0, 0, time.UTC))
		s.closes("anna", false)
		s.turn(time.Date(2026, 11, 10, 7, 0, 0, 0, time.UTC))
		s.cookies = map[string]string{}
		s.tells("sara", "/week", "dirk helpt je op weg")
		s.tells("dirk", "/week", "Je helpt Sara op weg")
	})
}

// Somebody leaves: what they gave for good stays given. Who gave nothing leaves the newcomer with nobody, which
// is told to the newcomer, and a leader names again.
func TestProofF_HelpingANewcomerEndsWithWhoLeaves(t *testing.T) {
	eachHelped(t, func(t *testing.T, s *starters) {
		s.presses("anna", "/handover", "/handover", "lasts", string(handover.Good))
		s.closes("anna", false)
		s.turn(time.Date(2026, 10, 20, 7, 0, 0, 0, time.UTC)) // longer than it can be taken back
		s.cookies = map[string]string{}
		s.tells("sara", "/week", "bas helpt je op weg")
		s.hides("bas", "/handover", "Van anna")

		s.ok(s.h.schools.NameHelper(t.Context(), s.known("cato").Who, s.school, s.people["sara"], s.people["dirk"], s.people["bas"]))
		s.proposes(s.sees("dirk", "/handover"), "bas") // of her team, though dirk carries nothing else
		s.ok(s.h.schools.NameHelper(t.Context(), s.known("cato").Who, s.school, s.people["sara"], s.people["bas"], s.people["dirk"]))

		s.closes("bas", false)
		s.tells("sara", "/week", "Wie je op weg helpt, is nog open")
		s.tells("cato", "/week", "Wie helpt op weg?")
		s.presses("cato", startersPath+"/"+s.people["sara"]+"/form", startersPath+"/"+s.people["sara"]+"/colleague", "helper", s.people["dirk"])
		s.tells("sara", "/week", "dirk helpt je op weg")
	})
}
