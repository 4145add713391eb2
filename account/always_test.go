package account_test

import (
	"testing"

	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
)

func TestWhetherAPasskeyIsAlwaysAskedIsTheOwnersToKnow(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in := h.signIn(account.Own).SignIn
		other := h.adminSignIn().SignIn
		asked := func(in account.SignIn) bool {
			t.Helper()
			on, err := h.door.AlwaysPasskey(h.ctx, in)
			must(t, err)
			return on
		}
		if asked(in) {
			t.Error("it is asked before anybody chose so")
		}
		must(t, h.db.Write(h.ctx, func(tx *db.Tx) error {
			_, err := db.Exec(h.ctx, tx, `insert into account (person_id, passkey_always) values ($1, $2) on conflict (person_id) do update set passkey_always = excluded.passkey_always`, in.PersonID, true)
			return err
		}))
		if !asked(in) || asked(other) {
			t.Errorf("own %t, another's %t", asked(in), asked(other))
		}
	})
}
