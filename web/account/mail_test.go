package account_test

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/i18n"
	"leerkring/internal/ics"
	"leerkring/internal/ident"
	"leerkring/notify"
	"leerkring/school"
)

// plain is a calendar with one thing in it.
type plain struct{}

func (plain) Events(context.Context, school.Known, clock.Date, clock.Date) ([]ics.Event, error) {
	return []ics.Event{{UID: "a", On: "2026-03-20", Title: "PLG-uur"}}, nil
}

func (plain) Texts(k school.Known) *i18n.Texts {
	return i18n.Must(notify.Texts).Texts("nl", nil, k.Home().Location())
}

func TestTheMailOfMondayIsAChoice(t *testing.T) {
	w := open(t)
	noor := w.people["noor"]
	w.Get(noor, "/account/mail").Has(t, "De mail op maandag", "noor@baken.example", `value="on" checked`)
	if r := w.Post(noor, "/account/mail", "monday", "off"); !strings.HasPrefix(r.Location, "/account/mail?said=") {
		t.Fatalf("%d %s", r.Status, r.Location)
	}
	w.Get(noor, "/account/mail").Has(t, `value="off" checked`)
	for _, v := range []string{"", "maybe"} {
		if r := w.Post(noor, "/account/mail", "monday", v); r.Status != http.StatusUnprocessableEntity {
			t.Errorf("%q: %d", v, r.Status)
		}
	}
	if on, err := w.notify.WantsMonday(t.Context(), w.people["guest"]); err != nil || !on {
		t.Errorf("somebody else's choice changed: %v", err)
	}
	w.Get(w.people["guest"], "/account/mail").Has(t, "De mail op maandag")
	w.Lang = "en"
	w.Get(noor, "/account/mail").Has(t, "The mail on Monday", "No, I look myself")
}

var feedAddress = regexp.MustCompile(`http://localhost(/calendar/[A-Za-z0-9_-]{43}\.ics)`)

func TestACalendarIsShownOnceAndTakenBack(t *testing.T) {
	w := open(t)
	noor := w.people["noor"]
	page := w.Post(noor, "/account/calendars", "name", "de laptop van school")
	m := feedAddress.FindStringSubmatch(page.Body)
	if m == nil {
		t.Fatalf("%d %v\n%s", page.Status, page.Err, page.Body)
	}
	page = w.Get(noor, "/account/mail")
	page.Has(t, "de laptop van school", "Trek in")
	page.Lacks(t, m[1])
	w.Get(w.people["guest"], "/account/mail").Lacks(t, "de laptop van school")
	if r := w.Get(w.people["guest"], m[1]); r.Status != http.StatusOK || !strings.Contains(r.Body, "SUMMARY:PLG-uur") {
		t.Errorf("%d %s", r.Status, r.Body)
	}
	id, err := db.One(t.Context(), w.d, `select id from calendar_feed`, db.Str)
	w.ok(err)
	if r := w.Post(w.people["guest"], "/account/calendars/"+id+"/revoke"); r.Status != http.StatusNotFound {
		t.Errorf("taken back by somebody else: %d", r.Status)
	}
	if r := w.Post(noor, "/account/calendars/"+id+"/revoke"); !strings.Contains(r.Location, "said=account_feed_revoked") {
		t.Errorf("%d %s", r.Status, r.Location)
	}
	if r := w.Get(w.people["guest"], m[1]); r.Status != http.StatusNotFound {
		t.Errorf("after that: %d", r.Status)
	}
	kinds, err := db.All(t.Context(), w.d, `select kind from security_log where object_kind = 'calendar_feed' order by seq`, db.Str)
	if err != nil || strings.Join(kinds, " ") != "feed.made feed.revoked" {
		t.Errorf("%v %v", kinds, err)
	}
	w.Get(noor, "/account/security").Has(t, "Je maakte een adres voor je agenda")
	if r := w.Post(noor, "/account/calendars", "name", ""); r.Status != http.StatusUnprocessableEntity {
		t.Errorf("without a name: %d", r.Status)
	}
}

func TestACalendarEndsWithTheAccount(t *testing.T) {
	w := open(t)
	m := feedAddress.FindStringSubmatch(w.Post(w.people["noor"], "/account/calendars", "name", "telefoon").Body)
	admin, err := db.One(t.Context(), w.d, `select person_id from role where kind = 'admin'`, db.Str)
	w.ok(err)
	k, err := school.Knows(t.Context(), w.d, admin)
	w.ok(err)
	w.ok(w.accounts.Suspend(t.Context(), k.Who, w.people["noor"]))
	if r := w.Get(w.people["guest"], m[1]); r.Status != http.StatusNotFound {
		t.Errorf("suspended: %d", r.Status)
	}
	w.ok(w.accounts.Restore(t.Context(), k.Who, w.people["noor"]))
	if r := w.Get(w.people["guest"], m[1]); r.Status != http.StatusNotFound {
		t.Errorf("it came back: %d", r.Status)
	}
}

func TestTheLinkBelowAMailChangesNothingUntilItIsPressed(t *testing.T) {
	w := open(t)
	secret := ident.Secret()
	w.ok(w.d.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `insert into mail_stop (person_id, week_on, hash, expires_at) values ($1, '2026-03-16', $2, $3)`, w.people["noor"], ident.Hash(secret), w.clock.Now().AddDate(0, 1, 0))
		return err
	}))
	path := notify.StopPath + secret
	for range 2 {
		page := w.Get(w.people["guest"], path)
		page.Has(t, "Stop de mail op maandag?", `action="`+path+`"`, `method="post"`)
		page.Lacks(t, "Noor Haddad", "noor@")
	}
	for range 2 { // a mail program presses without a form of ours, and perhaps twice
		if r := w.PostBody(w.people["guest"], path, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"); r.Status != http.StatusOK || r.Location != "" {
			t.Errorf("%d %s", r.Status, r.Location)
		}
	}
	w.Get(w.people["guest"], path).Has(t, "De mail op maandag komt niet meer")
	if on, err := w.notify.WantsMonday(t.Context(), w.people["noor"]); err != nil || on {
		t.Errorf("it still comes: %v", err)
	}
	for _, p := range []string{path + "x", notify.StopPath + "x", notify.StopPath + ident.Secret()} {
		if r := w.Get(w.people["guest"], p); r.Status != http.StatusNotFound {
			t.Errorf("%s: %d", p, r.Status)
		}
		if r := w.PostBody(w.people["guest"], p, "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"); r.Status != http.StatusNotFound {
			t.Errorf("%s: %d", p, r.Status)
		}
	}
}
