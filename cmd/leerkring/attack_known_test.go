package main

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"testing"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
)

// TestProofA_NobodyLearnsWhoHasAnAccount (T-A2): a known and an unknown address get the
// same answer from every door that takes one, in the same time: medians of two hundred
// tries, taken in turn, differ by less than ten milliseconds.
func TestProofA_NobodyLearnsWhoHasAnAccount(t *testing.T) {
	t.Parallel()
	eachSiege(t, func(t *testing.T, s *siege) {
		known, err := db.One(t.Context(), s.h.db, `select email from person where id = $1`, db.Str, s.caller("staff").id)
		s.ok(err)
		unknown := "q" + known[1:]
		s.sameAnswer("asking a link", 200, s.caller("anonymous"), "/sign-in", known, unknown, func(email string) url.Values { return url.Values{"email": {email}, "next": {"/week"}} })
		// Somebody who has an account elsewhere, and somebody who has none.
		s.sameAnswer("asking in a guest", 3, s.caller("lead"), "/trajectories/"+s.target+"/people", "oda@vloed.example", "ada@vloed.example",
			func(email string) url.Values {
				return url.Values{"name": {"Oda Ver"}, "email": {email}, "role": {"guest"}}
			})
		// A passkey is asked without a name: there is nothing to tell apart.
		first, second := s.ask(s.caller("anonymous"), http.MethodPost, "/passkeys/sign-in", ""), s.ask(s.caller("anonymous"), http.MethodPost, "/passkeys/sign-in", "")
		if first.status != second.status || len(first.body) != len(second.body) {
			t.Errorf("two questions for a passkey: %d of %d bytes, %d of %d", first.status, len(first.body), second.status, len(second.body))
		}
	})
}

// own are values that are new in every answer, to whomever.
var own = regexp.MustCompile(`=[A-Za-z0-9_-]{43};|name="idempotency_key" value="[0-9a-z]+"`)

func (s *siege) sameAnswer(what string, tries int, c *caller, path, known, unknown string, form func(email string) url.Values) {
	s.t.Helper()
	took := map[string][]time.Duration{}
	var seen []string
	for range tries {
		for _, email := range []string{known, unknown} {
			s.clock.Move(4 * time.Minute) // no mailbox and no address is full
			began := clock.System{}.Now()
			got := s.ask(c, http.MethodPost, path, form(email).Encode())
			took[email] = append(took[email], clock.System{}.Now().Sub(began))
			got.header.Del("X-Request-Id")
			got.header.Del("Date")
			said := http.StatusText(got.status) + own.ReplaceAllString(got.body, "")
			for _, name := range slices.Sorted(maps.Keys(got.header)) {
				for _, v := range got.header.Values(name) {
					said += "\n" + name + ": " + own.ReplaceAllString(v, "")
				}
			}
			if !slices.Contains(seen, said) {
				seen = append(seen, said)
			}
			if got.status >= http.StatusBadRequest {
				s.t.Fatalf("%s: %d", what, got.status)
			}
		}
	}
	if len(seen) != 1 {
		s.t.Errorf("%s: %d answers where there must be one:\n%s\n\nand\n%s", what, len(seen), seen[0], seen[1])
	}
	if tries < 100 {
		return
	}
	slices.Sort(took[known])
	slices.Sort(took[unknown])
	a, b := took[known][tries/2], took[unknown][tries/2]
	s.t.Logf("%s: median %s for a known address, %s for an unknown one", what, a, b)
	if a-b > 10*time.Millisecond || b-a > 10*time.Millisecond {
		s.t.Errorf("%s: median %s for a known address, %s for an unknown one", what, a, b)
	}
}
