package account_test

import (
	"slices"
	"testing"
	"time"

	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/ident"
)

// T-A1: a planted cookie is worth nothing, and what ends a sign-in ends it at once.
func TestSignInsCannotBeFixedAndEndAtOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		node := h.service(account.Config{BaseURL: base}) // a second node on the same database
		planted := ident.Secret()
		_, l := h.letter("n.haddad@hetbaken.nl")
		b := browser(account.Own)
		b.Old = planted
		first, err := h.door.SpendLink(h.ctx, secretOf(l.URL), b)
		must(t, err)
		if first.Secret == planted || h.isIn(planted) {
			t.Fatal("the planted reference opens the house")
		}

		_, l = h.letter("n.haddad@hetbaken.nl")
		b.Old = first.Secret
		again, err := h.door.SpendLink(h.ctx, secretOf(l.URL), b)
		must(t, err)
		if again.Secret == first.Secret || h.isIn(first.Secret) {
			t.Error("signing in again in one browser must end the reference before it")
		}

		phone, tablet := h.signIn(account.Own), h.signIn(account.Shared)
		must(t, h.door.SignOut(h.ctx, tablet.SignIn))
		if h.isIn(tablet.Secret) || !h.isIn(phone.Secret) {
			t.Error("signing out ends this browser and no other")
		}
		must(t, h.door.EndOthers(h.ctx, phone.SignIn))
		if h.isIn(again.Secret) || !h.isIn(phone.Secret) {
			t.Error("ending the others must leave this one")
		}
		admin := h.adminSignIn()
		must(t, h.db.Write(h.ctx, func(tx *db.Tx) error {
			return h.door.RightsChanged(h.ctx, tx, h.founded.BoardID, h.teacher, h.founded.AdminID)
		}))
		if _, err := node.Authenticate(h.ctx, phone.Secret); err == nil {
			t.Error("another role must end the sign-ins on every node")
		}

		phone = h.signIn(account.Own)
		must(t, h.door.Suspend(h.ctx, h.who(h.founded.AdminID), h.teacher))
		if _, err := node.Authenticate(h.ctx, phone.Secret); err == nil {
			t.Error("a suspension must end the sign-ins on every node")
		}
		must(t, h.door.Restore(h.ctx, h.who(h.founded.AdminID), h.teacher))
		if h.isIn(phone.Secret) {
			t.Error("what a suspension ended must not come back")
		}
		if !h.isIn(admin.Secret) {
			t.Error("somebody else's sign-in must go on")
		}
	})
}

func TestReferencesAreKeptAsHashesAndRead(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in := h.signIn(account.Own)
		if n := h.count(`select count(*) from sign_in where hash = $1`, in.Secret); n != 0 {
			t.Error("the reference stands in the database")
		}
		ctx, queries := db.Counting(h.ctx)
		got, err := h.door.Authenticate(ctx, in.Secret)
		must(t, err)
		if queries() != 1 {
			t.Errorf("%d queries to know who asks", queries())
		}
		if got.PersonID != h.teacher || got.BoardID != h.founded.BoardID || got.Device != account.Own || got.Way != account.ByMail || got.Browser != "Firefox, Windows" || !got.Private(h.clock.Now()) {
			t.Errorf("sign-in %+v", got)
		}
		for _, s := range []string{"", "x", in.Secret + "x", in.Secret[:42], ident.Secret(), "' or 1=1 --", in.SignIn.ID} {
			if h.isIn(s) {
				t.Errorf("%q opens the house", s)
			}
		}
	})
}

func TestASignInEndsByTime(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		own, other, shared := h.signIn(account.Own), h.signIn(account.Other), h.signIn(account.Shared)
		for range 3 { // used every ten minutes, a shared computer stays
			h.clock.Move(10 * time.Minute)
			if !h.isIn(shared.Secret) {
				t.Fatal("a shared computer in use is out")
			}
		}
		h.clock.Move(15 * time.Minute)
		if h.isIn(shared.Secret) || !h.isIn(other.Secret) {
			t.Error("after a quarter of rest only the shared computer is out")
		}
		h.clock.Move(8 * time.Hour)
		if h.isIn(other.Secret) || !h.isIn(own.Secret) {
			t.Error("after a working day only the own device is in")
		}
		for range 3 { // a fortnightly rhythm keeps it
			h.clock.Move(25 * 24 * time.Hour)
			if !h.isIn(own.Secret) {
				t.Fatal("an own device in use is out")
			}
		}
		h.clock.Move(16 * 24 * time.Hour)
		if h.isIn(own.Secret) {
			t.Error("after ninety days an own device asks again")
		}
	})
}

func TestTheOwnListTellsDaysOnly(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		first := h.signIn(account.Own)
		h.clock.Move(26 * time.Hour)
		second := h.signIn(account.Other)
		admin := h.adminSignIn()
		if !h.isIn(first.Secret) {
			t.Fatal("out")
		}
		list, err := h.door.SignIns(h.ctx, second.SignIn)
		must(t, err)
		ids := make([]string, len(list))
		for i, s := range list {
			ids[i] = s.ID
			if s.SeenOn != clock.Date("2026-03-20") {
				t.Errorf("seen on %s", s.SeenOn)
			}
		}
		if !slices.Equal(ids, []string{second.SignIn.ID, first.SignIn.ID}) {
			t.Errorf("own sign-ins %v", ids)
		}
		absent(t, h.door.End(h.ctx, admin.SignIn, first.SignIn.ID))
		if !h.isIn(first.Secret) {
			t.Error("somebody else's sign-in was ended")
		}
		must(t, h.door.End(h.ctx, second.SignIn, first.SignIn.ID))
		if h.isIn(first.Secret) {
			t.Error("an ended sign-in goes on")
		}
	})
}

func TestReadingGoesOnWhenUseCannotBeWritten(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in := h.signIn(account.Own)
		h.clock.Move(48 * time.Hour)
		switch d.Engine() {
		case db.SQLite:
			h.exec(`create trigger no_room before update on sign_in begin select raise(abort, 'disk full'); end`)
		case db.Postgres:
			h.exec(`create function no_room() returns trigger language plpgsql as 'begin raise exception ''disk full''; end'`)
			h.exec(`create trigger no_room before update on sign_in for each row execute function no_room()`)
		}
		if !h.isIn(in.Secret) {
			t.Error("somebody who is in must stay in when nothing can be written")
		}
	})
}
