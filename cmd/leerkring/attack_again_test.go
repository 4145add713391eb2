package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"leerkring/internal/db"
)

// sentAgain (T-R6): what is sent twice is done once, by whoever has no sign-in too; and a
// reply that was lost after the commit is a page of the house, not a second act.
func sentAgain(t *testing.T, s *siege) {
	lead := s.caller("lead")
	count := func(sql string, args ...any) int {
		n, err := db.One(t.Context(), s.h.db, sql, db.Int, args...)
		s.ok(err)
		return n
	}
	invited := url.Values{"name": {"Ilse Buiten"}, "email": {"ilse@buiten.example"}, "role": {"guest"}, "idempotency_key": {strings.Repeat("h", 20)}}
	page := "/trajectories/" + s.target + "/people"
	letters := count(`select count(*) from mail`)
	first := s.ask(lead, http.MethodPost, page, invited.Encode())
	if first.status != http.StatusSeeOther {
		t.Fatalf("asking in: %d", first.status)
	}
	s.exec(`update idempotency set status = 0, location = '' where key = $1`, strings.Repeat("h", 20)) // as if the house had stopped between the commit and its reply
	before := s.digest()
	again := s.ask(lead, http.MethodPost, page, invited.Encode(), func(r *http.Request) { r.Header.Set("Referer", s.base.String()+page) })
	if again.status != http.StatusSeeOther || again.header.Get("Location") != page {
		t.Errorf("after a lost reply: %d to %q", again.status, again.header.Get("Location"))
	}
	s.unchanged(before, "a form whose reply was lost")
	if n := count(`select count(*) from mail`) - letters; n != 1 {
		t.Errorf("%d letters for one guest", n)
	}

	secret := s.pupilLink(lead)
	form := s.get(s.caller("anonymous"), "/say/"+secret)
	key := once.FindString(form.body)
	if form.status != http.StatusOK || key == "" {
		t.Fatalf("the form of a pupil: %d, key %q", form.status, key)
	}
	said := url.Values{"body": {"Eén keer gezegd, twee keer gedrukt."}, "idempotency_key": {key[strings.LastIndexByte(key, '"')+1:]}}
	one := s.ask(s.caller("anonymous"), http.MethodPost, "/say/"+secret, said.Encode())
	before = s.digest()
	for _, c := range []*caller{s.caller("anonymous"), s.caller("member")} { // also where a colleague is signed in: a pupil's words are nobody's
		two := s.ask(c, http.MethodPost, "/say/"+secret, said.Encode())
		if one.status != http.StatusOK || two.status != one.status || c.id == "" && same(two.body) != same(one.body) {
			t.Errorf("a pupil presses twice: %d, then %d as %s", one.status, two.status, c.name)
		}
	}
	s.unchanged(before, "a pupil who presses twice")
	if n := count(`select count(*) from contribution where body = $1`, said.Get("body")); n != 1 {
		t.Errorf("a pupil said it %d times", n)
	}
	moments, err := db.All(t.Context(), s.h.db, `select made_at from idempotency where actor_id = 'pupil'`, db.Str)
	s.ok(err)
	if len(moments) != 1 || !strings.Contains(moments[0], "T00:00:00.000") {
		t.Errorf("the moment at which a pupil wrote is kept: %v", moments)
	}
	if n := count(`select count(*) from idempotency where location like '%'||$1||'%'`, secret); n != 0 {
		t.Error("the secret of a link is kept with a reply")
	}
}

// pupilLink is the secret of a link for pupils to a question of the target.
func (s *siege) pupilLink(c *caller) string {
	s.t.Helper()
	seen, err := s.h.trajectories.Reach(s.t.Context(), s.h.db, s.who(c.id), s.target)
	s.ok(err)
	pack, err := s.h.trajectories.PackOf(s.t.Context(), s.h.db, seen.Trajectory)
	s.ok(err)
	for _, stage := range pack.Stages {
		for _, q := range stage.Questions {
			secret, err := s.h.trajectories.MakeLink(s.t.Context(), s.who(c.id), s.target, q.ID)
			if err == nil && s.get(s.caller("anonymous"), "/say/"+secret).status == http.StatusOK {
				return secret
			}
		}
	}
	s.t.Fatal("no link for pupils could be made")
	return ""
}
