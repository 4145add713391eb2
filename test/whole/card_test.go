package whole

import (
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"leerkring/internal/db"
)

var cardAct = regexp.MustCompile(`(/cards/[0-9a-z]{26})/(?:tell|keep|ask)`)

// TestProofB_WhatSomebodyTookAlongComesBack takes the own card that a teacher of the demo wrote at the
// end of an intervisie. Fourteen days after the session it is in her own week, folded, and in nobody
// else's; who made the session, the leader and the administrator find nothing and can do nothing.
// After six weeks the card is still there, and is asked after once more.
func TestProofB_WhatSomebodyTookAlongComesBack(t *testing.T) {
	dir := t.TempDir()
	const words = "Eerst zeggen wat ik zie, dan pas wat ik vind."
	roles := []string{"kartrekker", "schoolleider", "beheerder"}
	p := Demo(t, "--data", dir)
	at := func(days int) {
		t.Helper()
		p.Kill()
		held(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), days)
		p = Demo(t, "--data", dir)
	}
	open := func(role, path string, status int) string {
		t.Helper()
		got, body, err := p.SignedIn(role).Get(path)
		if err != nil || got != status {
			t.Fatalf("%s %s: %d %v", role, path, got, err)
		}
		return body
	}
	week := func(ready bool) {
		t.Helper()
		if body := open("docent", "/week", http.StatusOK); strings.Contains(body, `href="/cards"`) != ready || strings.Contains(body, words) {
			t.Errorf("the week says that something is ready: %v; or shows the card", !ready)
		}
	}

	at(13)
	week(false)
	at(14)
	week(true)
	page := open("docent", "/cards", http.StatusOK)
	m := cardAct.FindStringSubmatch(page)
	if m == nil || !strings.Contains(page, words) || !strings.Contains(page, "Je nam dit mee. Is het gelukt?") {
		t.Fatal("the card is not asked after")
	}
	for _, role := range roles {
		if body := open(role, "/week", http.StatusOK) + open(role, "/cards", http.StatusOK); strings.Contains(body, words) || strings.Contains(body, "Er staat iets van jezelf klaar") {
			t.Errorf("%s sees that there is a card", role)
		}
		for _, act := range []string{"ask", "tell", "keep", "share", "erase"} {
			if status, _, err := p.SignedIn(role).Post(m[1]+"/"+act, url.Values{"tried": {"yes"}, "kind": {"insight"}, "body": {"x"}}); err != nil || status != http.StatusNotFound {
				t.Errorf("%s %s: %d %v", role, act, status, err)
			}
		}
	}
	status, body, err := p.SignedIn("docent").Post(m[1]+"/tell", url.Values{"tried": {"partly"}, "body": {"In 4v2 wel, in 3h nog niet."}})
	if err != nil || status != http.StatusOK || !strings.Contains(body, "Voor een deel") {
		t.Fatalf("tells: %d %v", status, err)
	}
	week(false)
	at(43)
	week(true)
	if page := open("docent", "/cards", http.StatusOK); !strings.Contains(page, words) || !strings.Contains(page, "Wat hiervan is nuttig voor je team?") || !strings.Contains(page, "In 4v2 wel") {
		t.Error("after six weeks the card is not asked after")
	}
	for _, role := range roles {
		if body := open(role, "/week", http.StatusOK) + open(role, "/cards", http.StatusOK); strings.Contains(body, words) || strings.Contains(body, "Er staat iets van jezelf klaar") {
			t.Errorf("%s sees that there is a card", role)
		}
	}
}

// held moves the sessions of a demo that stands still to so many days ago, and takes its holidays and
// busy weeks away: what is tried here may not depend on the day of the test.
func held(t *testing.T, address string, days int) {
	t.Helper()
	d, err := db.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	}()
	at := time.Now().AddDate(0, 0, -days)
	err = d.Write(t.Context(), func(tx *db.Tx) error {
		for _, x := range []struct {
			sql  string
			args []any
		}{
			{`delete from calendar_period`, nil},
			{`update person set away_until_on = null`, nil},
			{`update session set closed_at = $1 where state = 'closed'`, []any{at}},
			{`update session_card set made_at = $1, tried_on = case when tried_on is null then null else $2 end`, []any{at, at.AddDate(0, 0, 14).Format(time.DateOnly)}},
		} {
			if _, err := db.Exec(t.Context(), tx, x.sql, x.args...); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
