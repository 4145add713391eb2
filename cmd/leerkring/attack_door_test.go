package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"leerkring/access"
	"leerkring/account"
	"leerkring/block/session"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/web"
	"leerkring/writing"
)

// privateThingsLeaveNoTrace: what a member keeps for herself changes no page of anybody else.
func privateThingsLeaveNoTrace(t *testing.T, s *siege) {
	watchers := []*caller{s.caller("leader"), s.caller("admin"), s.caller("privacy"), s.caller("board"), s.caller("lead"), s.caller("staff"), s.caller("guest")}
	look := func() map[string]string {
		out := map[string]string{}
		for _, c := range watchers {
			for _, page := range s.walk(c) {
				out[c.name+" "+page] = same(s.get(c, page).body)
			}
		}
		return out
	}
	before := look()
	member := s.caller("member")
	drafts := writing.NewDrafts(s.h.db, s.h.clock)
	for _, r := range pages() { // a draft of every form there could be
		if below(r) {
			_, err := drafts.Save(t.Context(), member.id, strings.TrimPrefix(fill(r.Pattern, s.target, newID()), "/"), writing.Body{"body": "Dit is alleen van mij."})
			s.ok(err)
		}
	}
	known, err := school.Knows(t.Context(), s.h.db, member.id)
	s.ok(err)
	s.ok(s.h.weeks.NotNow(t.Context(), known, "round/"+newID()))
	for _, card := range s.h.library.Cards() {
		s.ok(s.h.blocks.coach.PutAway(t.Context(), known.Who, s.target, card.ID, true))
	}
	s.holdsACircle(t, known.Who, watchers)
	after := look()
	for page, body := range before {
		if after[page] != body {
			t.Errorf("%s: not the same as before", page)
		}
		if strings.Contains(after[page], "Dit is alleen van mij") {
			t.Errorf("%s shows what is private", page)
		}
	}
	if len(before) < 40 {
		t.Errorf("only %d pages were looked at", len(before))
	}
}

// holdsACircle holds an intervisie with a private story, among colleagues who are not watching: it is
// set up, held, written in and closed.
func (s *siege) holdsACircle(t *testing.T, host access.Who, watchers []*caller) {
	t.Helper()
	watching := []string{host.ID}
	for _, c := range watchers {
		watching = append(watching, c.id)
	}
	others, err := db.All(t.Context(), s.h.db, `select p.id from person p join staff f on f.person_id = p.id where f.school_id = $1 and p.state = 'active' and p.id not in `+db.In("$2")+`
		and not exists (select 1 from role r where r.person_id = p.id) order by p.id limit 4`, db.Str, s.schoolID, watching)
	s.ok(err)
	sessions := s.h.blocks.sessions
	id, err := sessions.Plan(t.Context(), host, session.Plan{SchoolID: s.schoolID, MethodID: "incidentmethode", TrajectoryID: s.target, Title: "Dit is alleen van mij", StartsAt: s.h.clock.Now(), PresenterID: others[0], People: others})
	s.ok(err)
	for _, other := range others {
		known, err := school.Knows(t.Context(), s.h.db, other)
		s.ok(err)
		s.ok(sessions.Join(t.Context(), known.Who, id, true))
		if other == others[0] {
			_, err = sessions.Write(t.Context(), known.Who, id, "vertellen.deed", "", 0, "Dit is alleen van mij: ik liep weg.", "")
			s.ok(err)
		}
	}
	s.ok(sessions.Begin(t.Context(), host, id))
	s.ok(sessions.Close(t.Context(), host, id))
	writer, err := school.Knows(t.Context(), s.h.db, others[1])
	s.ok(err)
	card, err := sessions.Write(t.Context(), writer.Who, id, "afronden.eigen", "", 0, "Dit is alleen van mij: eerst tellen.", "")
	s.ok(err)
	for _, c := range append(watchers, s.caller("member")) { // who held the circle too
		for _, act := range []string{"ask", "tell", "keep", "share", "erase"} {
			got := s.ask(c, http.MethodPost, "/cards/"+card+"/"+act, url.Values{"tried": {"yes"}, "kind": {"insight"}, "body": {"Van een ander"}, "trajectory": {s.target}}.Encode())
			if gone := s.ask(c, http.MethodPost, "/cards/"+newID()+"/"+act, ""); got.status != http.StatusNotFound || same(got.body) != same(gone.body) {
				t.Errorf("%s %s the card of somebody else: %d, where there is none %d", c.name, act, got.status, gone.status)
			}
		}
	}
	s.exec(`update session set closed_at = $2 where id = $1`, id, s.h.clock.Now().AddDate(0, 0, -15)) // asked after by now
	s.exec(`update session_card set made_at = $2 where id = $1`, card, s.h.clock.Now().AddDate(0, 0, -15))
	ready, err := sessions.CardReady(t.Context(), writer.Who, clock.On(s.h.clock.Now(), clock.Zone("")))
	s.ok(err)
	if !ready {
		t.Error("the writer is not asked after the card")
	}
}

func aGuestKnowsOneTrajectory(t *testing.T, s *siege) {
	guest := s.caller("guest")
	titles, err := db.All(t.Context(), s.h.db, `select title from trajectory where id <> $1`, db.Str, s.own)
	s.ok(err)
	names, err := db.All(t.Context(), s.h.db, `select name from person where id not in (select person_id from participant where trajectory_id = $1)`, db.Str, s.own)
	s.ok(err)
	pages := s.walk(guest)
	if len(pages) < 3 {
		t.Fatalf("the guest walks only %v", pages)
	}
	for _, page := range pages {
		body := s.get(guest, page).body
		for _, word := range append(titles, names...) {
			if strings.Contains(body, word) {
				t.Errorf("%s tells a guest of %q", page, word)
			}
		}
		if strings.Contains(body, s.target) {
			t.Errorf("%s leads a guest elsewhere", page)
		}
	}
}

func aPendingSignInOpensNothing(t *testing.T, s *siege) {
	lead := s.caller("lead")
	waiting := &caller{name: "waiting", id: lead.id, cookie: s.signIn(lead.id)}
	if got := s.get(waiting, "/week"); got.status != http.StatusOK {
		t.Fatalf("a full sign-in: %d", got.status)
	}
	s.exec(`update sign_in set pending = true where person_id = $1 and id = (select max(id) from sign_in where person_id = $1)`, lead.id)
	before := s.digest()
	for _, r := range pages() {
		if r.Door != web.SignedIn {
			continue
		}
		address := fill(r.Pattern, s.target, newID())
		got := s.ask(waiting, r.Method, address, "body=Anders")
		switch {
		case r.Method != http.MethodGet && got.status != http.StatusUnauthorized:
			t.Errorf("%s %s: %d", r.Method, r.Pattern, got.status)
		case r.Method == http.MethodGet && (got.status != http.StatusSeeOther || !strings.HasPrefix(got.header.Get("Location"), "/sign-in")) && got.status != http.StatusUnauthorized:
			t.Errorf("GET %s: %d to %q", r.Pattern, got.status, got.header.Get("Location"))
		}
		if strings.HasPrefix(r.Pattern, "/live/") {
			got = s.ask(waiting, r.Method, address, "", func(q *http.Request) { q.Header.Set("Accept", "text/event-stream") })
			if got.status != http.StatusUnauthorized {
				t.Errorf("stream %s: %d", r.Pattern, got.status)
			}
		}
	}
	s.unchanged(before, "a pending sign-in")
	// once confirmed elsewhere it would be full again; a suspended person never is
	s.exec(`update sign_in set pending = false where person_id = $1`, lead.id)
	s.exec(`update person set state = 'suspended' where id = $1`, lead.id)
	if got := s.get(waiting, "/trajectories/"+s.target); got.status != http.StatusSeeOther {
		t.Errorf("suspended: %d", got.status)
	}
	s.exec(`update person set state = 'active' where id = $1`, lead.id)
	for _, wrong := range []string{"x", strings.Repeat("a", 43), waiting.cookie + "x", waiting.cookie[:42]} {
		if got := s.get(&caller{name: "wrong", cookie: wrong}, "/week"); got.status != http.StatusSeeOther {
			t.Errorf("a cookie that is not: %d", got.status)
		}
	}
}

func theWayBackIsOurs(t *testing.T, s *siege) {
	nobody := s.caller("anonymous")
	evil := []string{"//evil.example", `/\evil.example`, `\\evil.example`, "https://evil.example/", "http:evil.example", "javascript:alert(1)", "/\t/evil.example", "/%2f/evil.example/..//x", "///evil.example", "/trajectories/..//evil.example", "@evil.example", "/x\r\nLocation: https://evil.example"}
	email, err := db.One(t.Context(), s.h.db, `select email from person where id = $1`, db.Str, s.caller("staff").id)
	s.ok(err)
	for i, next := range evil {
		got := s.get(nobody, "/sign-in?next="+url.QueryEscape(next))
		if got.status >= 500 || strings.Contains(got.body, "evil.example") || strings.Contains(got.body, "javascript:") {
			t.Errorf("next=%q: %d, and it stands in the page", next, got.status)
		}
		if i > 3 { // mail is limited per address
			continue
		}
		asked := s.ask(nobody, http.MethodPost, "/sign-in", url.Values{"email": {email}, "next": {next}}.Encode())
		if asked.status != http.StatusSeeOther && asked.status != http.StatusUnprocessableEntity && asked.status != http.StatusTooManyRequests {
			t.Errorf("asking with next=%q: %d", next, asked.status)
		}
		s.spend(next)
	}
	for _, next := range evil {
		if to := account.CleanNext(next); to != "" && !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") {
			t.Errorf("%q became %q", next, to)
		}
	}
	for _, referer := range []string{"https://evil.example/x", s.base.String() + "//evil.example", s.base.String() + "@evil.example/"} {
		got := s.ask(s.caller("staff"), http.MethodPost, "/language", "language=en", func(r *http.Request) { r.Header.Set("Referer", referer) })
		if to := got.header.Get("Location"); strings.Contains(to, "evil.example") {
			t.Errorf("Referer %q leads to %q", referer, to)
		}
	}
}

// mailed is the address in the newest letter.
func (s *siege) mailed(path string) string {
	s.t.Helper()
	text, err := db.All(s.t.Context(), s.h.db, `select body_text from mail order by id desc limit 1`, db.Str)
	s.ok(err)
	if len(text) == 0 {
		s.t.Error("no letter was written")
		return ""
	}
	_, secret, found := strings.Cut(text[0], s.base.String()+path)
	if !found {
		s.t.Errorf("no link to %s in the letter", path)
		return ""
	}
	secret, _, _ = strings.Cut(secret, "\n")
	return path + strings.TrimSpace(secret)
}

// aLetterBringsAGuestIn: asked in by a page, in by the letter, once, and only there.
func aLetterBringsAGuestIn(t *testing.T, s *siege) {
	nobody := s.caller("anonymous")
	asked := s.ask(s.caller("lead"), http.MethodPost, "/trajectories/"+s.target+"/people", url.Values{"name": {"Eva Vos"}, "email": {"eva@x.example"}, "role": {"guest"}}.Encode(),
		func(r *http.Request) { r.Host = s.base.Host; r.Header.Set("X-Forwarded-Host", "evil.example") })
	if asked.status != http.StatusSeeOther {
		t.Fatalf("asking in: %d", asked.status)
	}
	address := s.mailed(account.InvitationPath)
	if address == "" {
		return
	}
	for range 2 { // a mail scanner opens every link, more than once
		if got := s.get(nobody, address); got.status != http.StatusOK || got.header.Get("Set-Cookie") != "" {
			t.Errorf("opening the link: %d, %q", got.status, got.header.Get("Set-Cookie"))
		}
	}
	in := s.ask(nobody, http.MethodPost, address, "device=own")
	cookie, _, _ := strings.Cut(strings.TrimPrefix(in.header.Get("Set-Cookie"), "__Host-leerkring="), ";")
	if in.status != http.StatusSeeOther || cookie == "" {
		t.Fatalf("accepting: %d", in.status)
	}
	eva := &caller{name: "eva", cookie: cookie}
	for path, want := range map[string]int{"/trajectories/" + s.target: http.StatusOK, "/trajectories/" + s.own: http.StatusNotFound} {
		if got := s.get(eva, path); got.status != want {
			t.Errorf("%s: %d, want %d", path, got.status, want)
		}
	}
	for _, method := range []string{http.MethodGet, http.MethodPost} { // dead from now on
		if got := s.ask(nobody, method, address, "device=own"); got.status == http.StatusSeeOther || strings.Contains(got.header.Get("Set-Cookie"), "__Host-leerkring=") && !strings.Contains(got.header.Get("Set-Cookie"), "Max-Age=0") {
			t.Errorf("%s on a spent invitation: %d", method, got.status)
		}
	}
}

// spend opens the newest link that was mailed, and looks where it leads.
func (s *siege) spend(next string) {
	s.t.Helper()
	address := s.mailed("/sign-in/link/")
	if address == "" {
		return
	}
	if opened := s.get(s.caller("anonymous"), address); opened.status != http.StatusOK || opened.header.Get("Referrer-Policy") != "no-referrer" {
		s.t.Errorf("the page of a link: %d, %q", opened.status, opened.header.Get("Referrer-Policy"))
	}
	got := s.ask(s.caller("anonymous"), http.MethodPost, address, "device=own")
	if to := got.header.Get("Location"); got.status != http.StatusSeeOther || strings.Contains(to, "evil") || strings.HasPrefix(to, "//") || !strings.HasPrefix(to, "/") {
		s.t.Errorf("next=%q leads to %q (%d)", next, to, got.status)
	}
	cookie := got.header.Get("Set-Cookie")
	for _, part := range []string{"__Host-leerkring=", "; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"} {
		if !strings.Contains(cookie, part) {
			s.t.Errorf("the cookie lacks %q", part)
		}
	}
	if strings.Contains(cookie, "Domain=") {
		s.t.Error("the cookie names a domain")
	}
	if again := s.ask(s.caller("anonymous"), http.MethodPost, address, "device=own"); again.status == http.StatusSeeOther {
		s.t.Error("a link was spent twice")
	}
}

func headersAndOrigins(t *testing.T, s *siege) {
	lead, before := s.caller("lead"), s.digest()
	for _, r := range pages() {
		address := fill(r.Pattern, s.target, newID())
		for _, c := range []*caller{lead, s.caller("anonymous")} {
			if r.Method == http.MethodGet {
				s.guarded(r, s.get(c, address))
				continue
			}
			for name, change := range map[string]func(q *http.Request){
				"another site": func(q *http.Request) {
					q.Header.Set("Sec-Fetch-Site", "cross-site")
					q.Header.Set("Origin", "https://evil.example")
				},
				"a sister site": func(q *http.Request) {
					q.Header.Set("Sec-Fetch-Site", "same-site")
					q.Header.Set("Origin", "https://x."+s.base.Host)
				},
				"an old browser":  func(q *http.Request) { q.Header.Del("Sec-Fetch-Site"); q.Header.Set("Origin", "https://evil.example") },
				"a hidden origin": func(q *http.Request) { q.Header.Del("Sec-Fetch-Site"); q.Header.Set("Origin", "null") },
				"typed":           func(q *http.Request) { q.Header.Set("Sec-Fetch-Site", "none"); q.Header.Del("Origin") },
				"no word of where": func(q *http.Request) {
					q.Header.Del("Sec-Fetch-Site")
					q.Header.Del("Origin")
					q.Header.Set("Cookie", "__Host-leerkring="+lead.cookie)
				},
			} {
				got := s.ask(c, r.Method, address, "body=Van+een+ander", change)
				if got.status != http.StatusForbidden {
					t.Errorf("%s %s from %s: %d", r.Method, r.Pattern, name, got.status)
				}
				s.guarded(r, got)
			}
		}
	}
	for _, address := range []string{"/no-such-page", "/healthz", "/readyz", "/api/v1/nothing", "/trajectories?x=1&x=2", "/trajectories/" + s.target + "/"} {
		s.guarded(web.Route{Pattern: address}, s.get(lead, address))
	}
	page := s.get(lead, "/week")
	for _, file := range assetsOf(page.body) {
		got := s.get(s.caller("anonymous"), file)
		if got.status != http.StatusOK {
			t.Errorf("%s: %d", file, got.status)
		}
		s.guarded(web.Route{Pattern: file}, got)
	}
	if big := s.ask(lead, http.MethodPost, "/drafts", "body="+strings.Repeat("a", 2<<20)); big.status != http.StatusRequestEntityTooLarge {
		t.Errorf("two megabytes: %d", big.status)
	}
	s.unchanged(before, "what came from elsewhere")
}

// guarded holds the headers of one reply.
func (s *siege) guarded(r web.Route, got answer) {
	s.t.Helper()
	policy := got.header.Get("Content-Security-Policy")
	for _, part := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action "} {
		if !strings.Contains(policy, part) {
			s.t.Errorf("%s (%d): the policy lacks %s: %q", r.Pattern, got.status, part, policy)
		}
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") || strings.Contains(policy, "http") {
		s.t.Errorf("%s: the policy lets others in: %q", r.Pattern, policy)
	}
	want := map[string]string{"X-Content-Type-Options": "nosniff", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Referrer-Policy": "same-origin"}
	if r.Door == web.ByLink || r.Pattern == "/sign-in/school/{login}" { // what a login sends along stands in the address
		want["Referrer-Policy"] = "no-referrer"
	}
	if r.Pattern != "/healthz" && r.Pattern != "/readyz" { // asked on the machine itself
		want["Strict-Transport-Security"] = "max-age=31536000"
	}
	for name, value := range want {
		if got.header.Get(name) != value {
			s.t.Errorf("%s (%d): %s is %q", r.Pattern, got.status, name, got.header.Get(name))
		}
	}
	if r.Handler != nil && !strings.Contains(got.header.Get("Cache-Control"), "no-store") {
		s.t.Errorf("%s (%d): may be kept: %q", r.Pattern, got.status, got.header.Get("Cache-Control"))
	}
	if strings.HasPrefix(got.header.Get("Content-Type"), "text/html") && (strings.Contains(got.body, " style=\"") || strings.Contains(got.body, "<script>") || strings.Contains(got.body, " onclick=")) {
		s.t.Errorf("%s: something in the page itself that the policy would stop", r.Pattern)
	}
}

// assetsOf are the files that a page asks for.
func assetsOf(body string) []string {
	var out []string
	for _, part := range strings.Split(body, `"`) {
		if strings.HasPrefix(part, "/assets/") {
			out = append(out, part)
		}
	}
	return out
}
