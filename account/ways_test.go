package account_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/account"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/dbtest"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
)

// T-A2: an address that somebody has and one that nobody has cannot be told apart.
func TestKnownAndUnknownAddressesGetTheSameAnswer(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		const tries = 200
		var known, unknown []time.Duration
		measure := func(email string) time.Duration {
			h.clock.Move(4 * time.Minute) // so that no mailbox is full
			started := clock.System{}.Now()
			ticket, err := h.door.RequestLink(h.ctx, email, "/week", "10.0.0.1")
			took := clock.System{}.Now().Sub(started)
			must(t, err)
			if len(ticket) != 43 {
				t.Fatalf("ticket of %d characters", len(ticket))
			}
			return took
		}
		for range tries {
			known = append(known, measure("n.haddad@hetbaken.nl"))
			unknown = append(unknown, measure("nobody@hetbaken.nl"))
		}
		if a, b := median(known), median(unknown); a-b > 10*time.Millisecond || b-a > 10*time.Millisecond {
			t.Errorf("known %v, unknown %v", a, b)
		}
		if h.post.count() != tries {
			t.Errorf("%d letters for %d links", h.post.count(), tries)
		}

		mine, _ := h.letter("n.haddad@hetbaken.nl")
		nobody, err := h.door.RequestLink(h.ctx, "nobody@hetbaken.nl", "/week", "10.0.0.1")
		must(t, err)
		_, a := h.door.SpendCode(h.ctx, mine, "BCDF GHJK", browser(account.Own))
		_, b := h.door.SpendCode(h.ctx, nobody, "BCDF GHJK", browser(account.Own))
		if a == nil || b == nil || a.Error() != b.Error() {
			t.Errorf("a wrong code for a known address: %v, for an unknown one: %v", a, b)
		}
		h.clock.Move(31 * time.Minute)
		_, a = h.door.SpendCode(h.ctx, mine, "BCDF GHJK", browser(account.Own))
		_, b = h.door.SpendCode(h.ctx, nobody, "BCDF GHJK", browser(account.Own))
		if a == nil || b == nil || a.Error() != b.Error() {
			t.Errorf("too late for a known address: %v, for an unknown one: %v", a, b)
		}
	})
}

// T-A2: also after the owner used the link, the browser that asked learns nothing.
func TestAStrangersTicketDoesNotTellThatTheOwnerCameIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		ticket, l := h.letter("n.haddad@hetbaken.nl")
		_, before := h.door.SpendCode(h.ctx, ticket, "BCDFGHJK", browser(account.Own))
		_, err := h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
		must(t, err)
		_, after := h.door.SpendCode(h.ctx, ticket, "BCDFGHJK", browser(account.Own))
		if before == nil || after == nil || before.Error() != after.Error() {
			t.Errorf("before: %v, after: %v", before, after)
		}
	})
}

func median(list []time.Duration) time.Duration {
	slices.Sort(list)
	return list[len(list)/2]
}

func TestAMailLinkWorksOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		_, l := h.letter("  N.Haddad@HetBaken.nl ")
		if !strings.HasPrefix(l.URL, base+account.SignInPath) || l.Kind != account.LetterLink || l.PersonID != h.teacher || l.Language != "nl" || l.Board != "Stichting Baken" || !l.Secret() {
			t.Fatalf("letter %+v", l)
		}
		secret := secretOf(l.URL)
		for range 3 { // a scanner opens it, twice; the person once
			page, err := h.door.CheckLink(h.ctx, secret)
			must(t, err)
			if page.Name != "Noor Haddad" || page.Invitation {
				t.Errorf("page %+v", page)
			}
		}
		_, err := h.door.Accept(h.ctx, secret, browser(account.Own))
		refused(t, err, "account.link_over") // a link to sign in is no invitation
		in, err := h.door.SpendLink(h.ctx, secret, browser(account.Own))
		must(t, err)
		if in.Next != "/week" || in.First || !h.isIn(in.Secret) {
			t.Errorf("entered %+v", in)
		}
		_, err = h.door.SpendLink(h.ctx, secret, browser(account.Own))
		refused(t, err, "account.link_used")
		_, err = h.door.CheckLink(h.ctx, secret)
		refused(t, err, "account.link_used")
		if n := h.count(`select count(*) from sign_in`); n != 1 {
			t.Errorf("%d sign-ins from one link", n)
		}

		_, l = h.letter("n.haddad@hetbaken.nl")
		h.clock.Move(30 * time.Minute)
		_, err = h.door.CheckLink(h.ctx, secretOf(l.URL))
		refused(t, err, "account.link_over")
		_, err = h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
		refused(t, err, "account.link_over")
	})
}

func TestACodeWorksOnceInItsOwnBrowser(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		ticket, l := h.letter("n.haddad@hetbaken.nl")
		other, _ := h.letter("n.haddad@hetbaken.nl")
		_, err := h.door.SpendCode(h.ctx, other, l.Code, browser(account.Own))
		refused(t, err, "account.code_wrong")
		_, err = h.door.SpendCode(h.ctx, ident.Secret(), l.Code, browser(account.Own))
		refused(t, err, "account.link_over")
		_, err = h.door.SpendCode(h.ctx, ticket, "1234", browser(account.Own))
		refused(t, err, "account.code_shape")
		in, err := h.door.SpendCode(h.ctx, ticket, strings.ToLower(l.Code), browser(account.Shared))
		must(t, err)
		if in.SignIn.PersonID != h.teacher || in.SignIn.Device != account.Shared {
			t.Errorf("entered %+v", in)
		}
		_, err = h.door.SpendCode(h.ctx, ticket, l.Code, browser(account.Own))
		refused(t, err, "account.code_wrong")
		_, err = h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
		refused(t, err, "account.link_used")
	})
}

func TestTwoAtOnceSpendALinkOnce(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		ticket, l := h.letter("n.haddad@hetbaken.nl")
		got := together(8, func(i int) error {
			var err error
			if i%2 == 0 {
				_, err = h.door.SpendLink(h.ctx, secretOf(l.URL), browser(account.Own))
			} else {
				_, err = h.door.SpendCode(h.ctx, ticket, l.Code, browser(account.Own))
			}
			return err
		})
		if got.done != 1 || got.refused != 7 {
			t.Errorf("%+v", got)
		}
		if n := h.count(`select count(*) from sign_in`); n != 1 {
			t.Errorf("%d sign-ins", n)
		}
	})
}

type outcome struct {
	done, refused int
	others        []error
}

// together runs f so many times at once and counts how it went.
func together(n int, f func(i int) error) (out outcome) {
	var wg sync.WaitGroup
	var mu sync.Mutex
	for i := range n {
		wg.Go(func() {
			err := f(i)
			mu.Lock()
			defer mu.Unlock()
			switch {
			case err == nil:
				out.done++
			case errs.Is(err, errs.KindInvalid):
				out.refused++
			default:
				out.others = append(out.others, err)
			}
		})
	}
	wg.Wait()
	return out
}

func TestOneLinkForEachBoard(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		h.clock.Move(time.Second)
		second, err := h.school.Found(h.ctx, school.Founding{Board: "Stichting Oever", School: school.School{Name: "De Oever"}, AdminName: "Noor Haddad", AdminEmail: "n.haddad@hetbaken.nl"})
		must(t, err)
		ticket, _ := h.letter("n.haddad@hetbaken.nl")
		if h.post.count() != 2 {
			t.Fatalf("%d letters for two accounts", h.post.count())
		}
		a, b := h.post.letters[0], h.post.letters[1]
		if a.Board != "Stichting Baken" || b.Board != "Stichting Oever" || a.URL == b.URL || a.Code == b.Code {
			t.Fatalf("letters %+v %+v", a, b)
		}
		in, err := h.door.SpendCode(h.ctx, ticket, b.Code, browser(account.Own))
		must(t, err)
		if in.SignIn.PersonID != second.AdminID || in.SignIn.BoardID != second.BoardID {
			t.Errorf("entered %+v", in)
		}
		in, err = h.door.SpendLink(h.ctx, secretOf(a.URL), browser(account.Own))
		must(t, err)
		if in.SignIn.PersonID != h.teacher {
			t.Errorf("entered %+v", in)
		}
	})
}

func TestAMailboxIsNotFlooded(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		for range 9 {
			h.letter("n.haddad@hetbaken.nl")
		}
		if n := h.post.count(); n != 5 {
			t.Errorf("%d letters in a quarter", n)
		}
		h.clock.Move(15 * time.Minute)
		h.letter("n.haddad@hetbaken.nl")
		if n := h.post.count(); n != 6 {
			t.Errorf("%d letters after it", n)
		}
		before := h.post.count()
		for range 60 { // somebody goes on asking: each quarter five letters still come through
			h.clock.Move(time.Minute)
			h.letter("n.haddad@hetbaken.nl")
		}
		if n := h.post.count() - before; n < 15 || n > 21 {
			t.Errorf("%d letters in an hour of asking", n)
		}
		for i := 0; ; i++ {
			_, err := h.door.RequestLink(h.ctx, "nobody@hetbaken.nl", "", "10.9.9.9")
			if errs.Is(err, errs.KindLimited) && i == 300 {
				break
			}
			if err != nil || i > 300 {
				t.Fatalf("ask %d: %v", i, err)
			}
		}
		_, err := h.door.RequestLink(h.ctx, "no address", "", "10.0.0.1")
		refused(t, err, "school.email_shape")
	})
}

// T-L3 for sign-in codes: guessing stops after sixty in a minute, and stops nobody else.
func TestGuessingCodesIsLimitedPerLink(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		victim, _ := h.letter("n.haddad@hetbaken.nl")
		guess := func(address string) error {
			_, err := h.door.SpendCode(h.ctx, victim, "BCDFGHJK", account.Browser{Address: address})
			return err
		}
		for i := range 60 { // from two addresses, so that only the link is counted full
			refused(t, guess([]string{"10.0.0.8", "10.0.0.9"}[i%2]), "account.code_wrong")
		}
		if err := guess("10.0.0.7"); !errs.Is(err, errs.KindLimited) || errs.FieldsOf(err)[0].Key != "account.too_often" || errs.FieldsOf(err)[0].Args[1] != 1 {
			t.Fatalf("the sixty-first: %v", err)
		}
		own, l := h.letter("n.haddad@hetbaken.nl")
		_, err := h.door.SpendCode(h.ctx, own, l.Code, account.Browser{Address: "10.0.0.7"})
		must(t, err) // the owner comes in on her own
		h.clock.Move(time.Minute)
		refused(t, guess("10.0.0.7"), "account.code_wrong")
	})
}

func TestGuessingLinksIsLimitedPerAddress(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		h := open(t, d)
		guess := func(address string) error {
			_, err := h.door.SpendLink(h.ctx, ident.Secret(), account.Browser{Address: address})
			return err
		}
		got := together(80, func(int) error { return guess("10.6.6.6") })
		if got.done != 0 || got.refused != 60 || len(got.others) != 20 || !errs.Is(got.others[0], errs.KindLimited) {
			t.Errorf("80 guesses at once: %d in, %d refused, %d limited", got.done, got.refused, len(got.others))
		}
		again := h.service(account.Config{BaseURL: base}) // a restart forgets nothing
		if _, err := again.SpendLink(h.ctx, ident.Secret(), account.Browser{Address: "10.6.6.6"}); !errs.Is(err, errs.KindLimited) {
			t.Errorf("after a restart: %v", err)
		}
		_, l := h.letter("n.haddad@hetbaken.nl")
		_, err := h.door.SpendLink(h.ctx, secretOf(l.URL), account.Browser{Address: "10.0.0.1"})
		must(t, err)
		for range 70 { // successes are free
			_, l := h.letter("n.haddad@hetbaken.nl")
			h.clock.Move(5 * time.Minute)
			_, err := h.door.SpendLink(h.ctx, secretOf(l.URL), account.Browser{Address: "10.0.0.1"})
			must(t, err)
		}
	})
}
