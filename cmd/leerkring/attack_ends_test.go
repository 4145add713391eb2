package main

import (
	"bufio"
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"leerkring/account"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/trajectory"
	"leerkring/web"
)

// signInsEnd (T-A1): a planted cookie is worth nothing, and what must end a sign-in ends it
// for pages, open streams and the other node, within five seconds.
func signInsEnd(t *testing.T, s *siege) {
	other, err := build(t.Context(), settings{Database: s.database, Data: s.h.set.Data, BaseURL: s.base.String(), Clock: s.clock, Log: slog.New(slog.DiscardHandler), LogKey: []byte("a key of thirty-two bytes, or so")})
	s.ok(err)
	defer func() { other.hub.Close(); s.ok(other.db.Close()) }()
	member := s.caller("member").id
	in := func(c *caller) (here, there bool) {
		r := httptest.NewRequest(http.MethodGet, s.base.String()+"/week", nil)
		r.Header.Set("Cookie", "__Host-leerkring="+c.cookie)
		w := httptest.NewRecorder()
		other.handler.ServeHTTP(w, r)
		return s.get(c, "/week").status == http.StatusOK, w.Code == http.StatusOK
	}
	enter := func(old string) *caller {
		link, err := s.h.accounts.LinkFor(t.Context(), member)
		s.ok(err)
		path := strings.TrimPrefix(link, s.base.String())
		got := s.ask(&caller{name: "somebody", cookie: old}, http.MethodPost, path, "device=own")
		cookie, _, _ := strings.Cut(strings.TrimPrefix(got.header.Get("Set-Cookie"), "__Host-leerkring="), ";")
		if got.status != http.StatusSeeOther || cookie == "" || cookie == old {
			t.Fatalf("signing in: %d, the cookie is new: %v", got.status, cookie != old)
		}
		return &caller{name: "member", id: member, cookie: cookie}
	}
	planted := &caller{name: "planted", cookie: ident.Secret()}
	first := enter(planted.cookie)
	second := enter(first.cookie)
	for what, c := range map[string]*caller{"a planted cookie": planted, "the sign-in before, in the same browser": first} {
		if here, there := in(c); here || there {
			t.Errorf("%s opens the house: here %v, on the other node %v", what, here, there)
		}
	}
	out := s.ask(second, http.MethodPost, "/sign-out", "")
	if !strings.Contains(out.header.Get("Clear-Site-Data"), "storage") || !slices.ContainsFunc(out.header.Values("Set-Cookie"), func(c string) bool {
		return strings.HasPrefix(c, "__Host-leerkring=;") && strings.Contains(c, "Max-Age=0")
	}) {
		t.Errorf("signing out leaves things behind: %v", out.header)
	}
	if here, there := in(second); here || there {
		t.Error("still in after signing out")
	}
	for what, end := range map[string]func() error{
		"another role": func() error {
			return s.h.db.Write(t.Context(), func(tx *db.Tx) error {
				return s.h.accounts.RightsChanged(t.Context(), tx, s.boardID, member, s.caller("admin").id)
			})
		},
		"a suspension": func() error { return s.h.accounts.Suspend(t.Context(), s.who(s.caller("admin").id), member) },
	} {
		c := enter("")
		if here, there := in(c); !here || !there {
			t.Fatal("a full sign-in must open both nodes")
		}
		ended := s.stream(c, "/live/trajectories/"+s.target)
		s.ok(end())
		if here, there := in(c); here || there {
			t.Errorf("%s: still in, here %v, on the other node %v", what, here, there)
		}
		select {
		case <-ended:
		case <-time.After(5 * time.Second):
			t.Errorf("%s: the open stream is still open after five seconds", what)
		}
		if what == "a suspension" {
			s.ok(s.h.accounts.Restore(t.Context(), s.who(s.caller("admin").id), member))
		}
		if here, there := in(c); here || there {
			t.Errorf("%s: what ended came back", what)
		}
	}
	s.caller("member").cookie = s.signIn(member) // that one ended with the others
}

// stream opens a live page and tells when the house ends it.
func (s *siege) stream(c *caller, path string) <-chan struct{} {
	s.t.Helper()
	ctx, cancel := context.WithCancel(s.t.Context())
	s.t.Cleanup(cancel)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+s.base.Host+path, nil)
	s.ok(err)
	r.Header.Set("Cookie", "__Host-leerkring="+c.cookie)
	r.Header.Set("Accept", "text/event-stream")
	resp, err := s.client.Do(r)
	s.ok(err)
	if resp.StatusCode != http.StatusOK {
		s.t.Fatalf("%s: %d", path, resp.StatusCode)
	}
	ended := make(chan struct{})
	go func() {
		_, _ = io.Copy(io.Discard, bufio.NewReader(resp.Body)) // however it ends
		_ = resp.Body.Close()
		close(ended)
	}()
	return ended
}

// noTokenAnywhere (T-L2): what opens something stands in no log and no table, leaves by no
// Referer, and no address is made from what a request says of its host.
func noTokenAnywhere(t *testing.T, s *siege) {
	lead, nobody := s.caller("lead"), s.caller("anonymous")
	email, err := db.One(t.Context(), s.h.db, `select email from person where id = $1`, db.Str, s.caller("staff").id)
	s.ok(err)
	evil := func(r *http.Request) {
		r.Host = "evil.example"
		for _, name := range []string{"X-Forwarded-Host", "X-Original-Host", "X-Host", "Forwarded"} {
			r.Header.Set(name, "host=evil.example")
		}
		r.Header.Set("X-Forwarded-Proto", "http")
	}
	s.clock.Move(time.Hour) // no mailbox is full
	asked := s.ask(nobody, http.MethodPost, "/sign-in", url.Values{"email": {email}}.Encode(), evil)
	link := s.mailed(account.SignInPath)
	letter, err := db.One(t.Context(), s.h.db, `select body_text || body_html || subject from mail order by id desc limit 1`, db.Str)
	s.ok(err)
	if asked.status != http.StatusSeeOther || link == "" || strings.Contains(letter, "evil") {
		t.Errorf("asking by a poisoned host: %d, and the letter says evil: %v", asked.status, strings.Contains(letter, "evil"))
	}
	for _, page := range append(s.walk(lead)[:20], "/sign-in", link, "/no-such-page") {
		got := s.ask(lead, http.MethodGet, page, "", evil)
		if strings.Contains(got.body, "evil.example") || strings.Contains(got.header.Get("Location"), "evil") {
			t.Errorf("GET %s: an address made from the Host", page)
		}
	}

	secret := s.pupilLink(lead)
	token, _, err := s.h.accounts.TokenFor(t.Context(), lead.id, account.NewToken{Name: "probe", Scope: account.ScopeRead})
	s.ok(err)
	bearer := func(r *http.Request) { r.Header.Set("Authorization", "Bearer "+token) }
	opened := link[strings.LastIndexByte(link, '/')+1:]
	spent := s.ask(nobody, http.MethodPost, link, "device=own")
	cookie, _, _ := strings.Cut(strings.TrimPrefix(spent.header.Get("Set-Cookie"), "__Host-leerkring="), ";")
	if spent.status != http.StatusSeeOther || strings.Contains(spent.header.Get("Location"), opened) {
		t.Errorf("spending a link: %d to %q", spent.status, spent.header.Get("Location"))
	}
	for _, address := range []string{link, "/say/" + secret, "/say/" + secret + "x", "/sign-in/link/" + opened + "x", "/invitations/" + opened} { // used, wrong, and right
		got := s.get(nobody, address)
		if got.header.Get("Referrer-Policy") != "no-referrer" {
			t.Errorf("a page with a secret in its address (%d) lets it leave: %q", got.status, got.header.Get("Referrer-Policy"))
		}
		s.ask(nobody, http.MethodPost, address, "body=x")
	}
	s.ask(nobody, http.MethodGet, "/api/v1/trajectories/"+s.target, "", bearer)
	s.ask(nobody, http.MethodGet, "/api/v1/trajectories?token="+token, "", bearer)
	dump := strings.Builder{}
	for _, c := range columnsOf(t, s.h.db) {
		if c.Table == "mail" { // a letter that waits holds its link, and is emptied at sending
			continue
		}
		all, err := db.All(t.Context(), s.h.db, `select coalesce(cast("`+c.Column+`" as text), '') from "`+c.Table+`"`, db.Str)
		s.ok(err)
		dump.WriteString(strings.Join(all, "\n"))
	}
	log := s.log.String()
	if len(log) < 10_000 || dump.Len() < 100_000 {
		t.Fatalf("too little to look in: %d bytes of log, %d of tables", len(log), dump.Len())
	}
	for what, word := range map[string]string{"a link": opened, "a link for pupils": secret, "a token": token, "a cookie": cookie, "the cookie of the lead": lead.cookie, "a mail address": email} {
		if what != "a mail address" && strings.Contains(dump.String(), word) {
			t.Errorf("%s stands in a table", what)
		}
		if strings.Contains(log, word) {
			t.Errorf("%s stands in the log", what)
		}
	}
}

// twoBoards (T-C6): what another board has is not there, by page, stream, invitation or file.
func twoBoards(t *testing.T, s *siege) {
	theirs := s.who(s.caller("other").id)
	there, err := s.h.trajectories.Begin(t.Context(), theirs, trajectory.Start{SchoolID: theirs.Schools[0], MethodID: "kleine-ronde", Title: "Aan de andere kant", Open: true})
	s.ok(err)
	nothing := map[string]string{}
	before, tried := s.digest(), 0
	for _, c := range s.cast {
		if c.name == "other" || c.id == "" {
			continue
		}
		nothing[c.name] = same(s.get(c, "/trajectories/"+newID()).body)
		for _, r := range pages() {
			if !below(r) {
				continue
			}
			address := fill(r.Pattern, there, newID())
			got := s.ask(c, r.Method, address, "body=Van+hier&version=1")
			tried++
			switch {
			case r.Method == http.MethodGet && (got.status != http.StatusNotFound || same(got.body) != nothing[c.name]):
				t.Errorf("GET %s of another board as %s: %d", r.Pattern, c.name, got.status)
			case got.status != http.StatusNotFound && got.status != http.StatusUnprocessableEntity:
				t.Errorf("%s %s of another board as %s: %d", r.Method, r.Pattern, c.name, got.status)
			}
		}
		for _, address := range []string{"/people/" + theirs.ID, "/people?school=" + theirs.Schools[0], "/school?school=" + theirs.Schools[0], "/admin/people/" + theirs.ID, "/admin?school=" + theirs.Schools[0]} {
			if got := s.get(c, address); strings.Contains(got.body, "Oda Ver") || strings.Contains(got.body, "De Vloed") {
				t.Errorf("%s shows %s somebody of another board", address, c.name)
			}
		}
	}
	for _, name := range []string{"lead", "leader"} { // nobody is asked over the wall, by id
		_, err := s.h.trajectories.Invite(t.Context(), s.who(s.caller(name).id), s.target, trajectory.Invitation{PersonID: theirs.ID, Role: trajectory.Member}, s.h.schools)
		if !errs.IsAbsent(err) && !errs.Is(err, errs.KindInvalid) {
			t.Errorf("%s asks in somebody of another board: %v", name, err)
		}
	}
	s.unchanged(before, "another board")
	for _, c := range []*caller{s.caller("other")} { // and the other way round, with all there is here
		for _, page := range s.walk(c) {
			if got := s.get(c, page); strings.Contains(got.body, s.target) || strings.Contains(got.body, "Baken") {
				t.Errorf("%s tells %s of this board", page, c.name)
			}
		}
	}
	if tried < 500 {
		t.Errorf("only %d addresses were tried", tried)
	}
}

// fieldsNobodyAskedFor (T-C3): a form with more in it than the page has, sent by who may.
func fieldsNobodyAskedFor(t *testing.T, s *siege) {
	extra := url.Values{"role": {"poison-role"}, "owner_id": {newID()}, "school_id": {newID()}, "board_id": {newID()}, "person_id": {newID()}, "author_id": {newID()}, "id": {newID()}, "made_by": {newID()},
		"anonymous": {"poison-anonymous"}, "created_at": {"1999-09-09T00:00:00.000000Z"}, "made_at": {"1998-08-08T00:00:00.000000Z"}, "state": {"poison-state"}, "guest": {"poison-guest"}}
	sent := 0
	for _, name := range []string{"lead", "member"} {
		c := s.caller(name)
		for _, f := range s.forms(c) {
			if strings.HasPrefix(f.route.Pattern, "/sign-out") || strings.HasPrefix(f.route.Pattern, "/account") || f.route.Door != web.SignedIn {
				continue
			}
			for field, value := range extra {
				if !f.fields.Has(field) {
					f.fields[field] = value
				}
			}
			got := s.ask(c, http.MethodPost, f.action, f.fields.Encode())
			if got.status >= http.StatusInternalServerError {
				t.Errorf("POST %s: %d", f.action, got.status)
			}
			if got.status == http.StatusSeeOther {
				sent++
			}
		}
	}
	if sent < 15 {
		t.Errorf("only %d forms were done", sent)
	}
	for _, c := range columnsOf(t, s.h.db) {
		all, err := db.All(t.Context(), s.h.db, `select coalesce(cast("`+c.Column+`" as text), '') from "`+c.Table+`"`, db.Str)
		s.ok(err)
		column := strings.Join(all, "\n")
		for field, value := range extra {
			if strings.Contains(column, value[0]) {
				t.Errorf("the field %s came into %s.%s", field, c.Table, c.Column)
			}
		}
	}
	t.Logf("%d forms done with fields that nobody asked for", sent)
}
