package account_test

import (
	"testing"
	"time"

	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/ledger"
	"leerkring/school"
)

// TestProofR7_WhatEndedAtTheDoorStaysEnded does again on an older house what the ledger
// says, and leaves what was made after that moment.
func TestProofR7_WhatEndedAtTheDoorStaysEnded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		phone, laptop := h.signIn(account.Own), h.signIn(account.Other)
		token, _, err := h.door.TokenFor(h.ctx, h.teacher, account.NewToken{Name: "timetable", Scope: account.ScopeRead})
		must(t, err)
		_, letter := h.letter("n.haddad@hetbaken.nl")
		h.clock.Move(time.Minute)
		number := 0
		replay := func(kind string, ids ...string) {
			t.Helper()
			number++
			n, err := ledger.Apply(h.ctx, d, account.Replays(), []ledger.Entry{{ID: "06h25zrz68n8tkbp5cem3x13v" + string(rune('0'+number)), At: h.clock.Now(), Kind: kind, IDs: ids}})
			if err != nil || n != 1 {
				t.Fatalf("%s: %d %v", kind, n, err)
			}
		}
		id := func(sql string) string {
			t.Helper()
			v, err := db.One(h.ctx, d, sql, db.Str)
			must(t, err)
			return v
		}
		replay("sign_in.ended", id(`select id from sign_in where device = 'own' and person_id = '`+h.teacher+`'`))
		if h.isIn(phone.Secret) || !h.isIn(laptop.Secret) {
			t.Error("one sign-in ends, and that one")
		}
		h.clock.Move(time.Minute)
		later := h.signIn(account.Own)
		h.clock.Move(-30 * time.Second)
		replay("sign_ins.ended", h.teacher)
		if h.isIn(laptop.Secret) || !h.isIn(later.Secret) {
			t.Error("what was made later stays")
		}
		h.clock.Move(30 * time.Second)
		replay("link.spent", id(`select id from account_link where spent_at is null and kind = 'sign_in' order by made_at limit 1`))
		if _, err := h.door.SpendLink(h.ctx, secretOf(letter.URL), browser(account.Own)); err == nil {
			t.Error("a link that was spent opens again")
		}
		replay("person.suspended", h.teacher)
		if h.state(h.teacher) != string(school.Suspended) || h.isIn(later.Secret) {
			t.Error("who was suspended is in")
		}
		replay("person.restored", h.teacher)
		if _, err := h.door.AuthenticateToken(h.ctx, token); h.state(h.teacher) != string(school.Active) || err == nil {
			t.Errorf("a token comes back with its owner, or its owner does not: %s", h.state(h.teacher))
		}
		must(t, d.Write(h.ctx, func(tx *db.Tx) error { return account.CloseAll(h.ctx, tx) }))
		if n := h.count(`select (select count(*) from sign_in) + (select count(*) from account_link) + (select count(*) from api_token)`); n != 0 {
			t.Errorf("%d things are open after all was closed", n)
		}
	})
}
