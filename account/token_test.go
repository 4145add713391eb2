package account_test

import (
	"strings"
	"testing"
	"time"

	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
)

func TestATokenWorksForItsOwnerUntilItEnds(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in, who := h.signIn(account.Own), h.who(h.teacher)
		secret, made, err := h.door.CreateToken(h.ctx, who, in.SignIn, account.NewToken{Name: "  rooster\x00 ", Scope: account.ScopeWrite, ExpiresAt: h.clock.Now().Add(48 * time.Hour)})
		must(t, err)
		if !strings.HasPrefix(secret, "lk_") || made.Name != "rooster" || h.post.last(t).Kind != account.LetterToken {
			t.Errorf("token %q %+v", secret, made)
		}
		ctx, queries := db.Counting(h.ctx)
		got, err := h.door.AuthenticateToken(ctx, secret)
		must(t, err)
		if queries() > 2 || got.PersonID != h.teacher || got.BoardID != h.founded.BoardID || got.Scope != account.ScopeWrite {
			t.Errorf("%d queries, %+v", queries(), got)
		}
		for _, s := range []string{"", "lk_", strings.TrimPrefix(secret, "lk_"), "lk_" + ident.Secret(), in.Secret, "lk_" + in.Secret} {
			if _, err := h.door.AuthenticateToken(h.ctx, s); !errs.IsAbsent(err) {
				t.Errorf("%q: %v", s, err)
			}
		}
		if h.isIn(secret) || h.isIn(strings.TrimPrefix(secret, "lk_")) {
			t.Error("a token is no cookie")
		}
		list, err := h.door.Tokens(h.ctx, in.SignIn)
		must(t, err)
		if len(list) != 1 || list[0].ID != made.ID || list[0].UsedOn != clock.Date("2026-03-19") {
			t.Errorf("tokens %+v", list)
		}
		h.clock.Move(48 * time.Hour)
		_, err = h.door.AuthenticateToken(h.ctx, secret)
		absent(t, err)
	})
}

func TestTokensAreMadeAndEndedByTheirOwner(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		in, admin := h.signIn(account.Own), h.adminSignIn()
		who := h.who(h.teacher)
		ok := account.NewToken{Name: "x", Scope: account.ScopeRead}
		for name, c := range map[string]struct {
			bend func(n *account.NewToken)
			key  string
		}{
			"no name":              {func(n *account.NewToken) { n.Name = " \u200b " }, "account.token_name"},
			"another scope":        {func(n *account.NewToken) { n.Scope = "private" }, "account.token_scope"},
			"it ended before":      {func(n *account.NewToken) { n.ExpiresAt = h.clock.Now() }, "account.token_end"},
			"longer than one year": {func(n *account.NewToken) { n.ExpiresAt = h.clock.Now().Add(367 * 24 * time.Hour) }, "account.token_end"},
		} {
			n := ok
			c.bend(&n)
			if _, _, err := h.door.CreateToken(h.ctx, who, in.SignIn, n); errs.FieldsOf(err) == nil || errs.FieldsOf(err)[0].Key != c.key {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, _, err := h.door.CreateToken(h.ctx, h.who(h.founded.AdminID), in.SignIn, ok)
		absent(t, err) // not for somebody else

		secret, made, err := h.door.CreateToken(h.ctx, who, in.SignIn, ok)
		must(t, err)
		absent(t, h.door.RevokeToken(h.ctx, admin.SignIn, made.ID))
		_, err = h.door.AuthenticateToken(h.ctx, secret)
		must(t, err)
		must(t, h.door.RevokeToken(h.ctx, in.SignIn, made.ID))
		_, err = h.door.AuthenticateToken(h.ctx, secret)
		absent(t, err)

		secret, _, err = h.door.TokenFor(h.ctx, h.teacher, ok)
		must(t, err)
		must(t, h.door.RevokeTokens(h.ctx, h.who(h.founded.AdminID), h.teacher))
		_, err = h.door.AuthenticateToken(h.ctx, secret)
		absent(t, err)

		for range 20 {
			_, _, err = h.door.TokenFor(h.ctx, h.teacher, ok)
			must(t, err)
		}
		_, _, err = h.door.TokenFor(h.ctx, h.teacher, ok)
		refused(t, err, "account.tokens_many")
		h.clock.Move(12 * time.Hour)
		_, _, err = h.door.CreateToken(h.ctx, who, in.SignIn, ok)
		refused(t, err, account.ConfirmFirst)
		if n := h.count(`select count(*) from security_log where kind = 'token.made'`); n != 22 {
			t.Errorf("%d tokens noted", n)
		}
		guest, _ := h.invited("s.bos@hetbaken.nl")
		_, _, err = h.door.TokenFor(h.ctx, guest, ok)
		absent(t, err) // not active yet
	})
}
