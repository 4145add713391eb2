package whole

import (
	"html"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"leerkring/internal/db"
	"leerkring/internal/dbtest"
)

// TestProofA_BadInputFromOutside sends what no form of ours sends, from outside: each gets
// one clear message in the language of the person; nothing is lost, nothing is kept that
// should not be, and nothing of the machinery shows.
func TestProofA_BadInputFromOutside(t *testing.T) {
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		dir := t.TempDir()
		badInput(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), "--empty", "--data", dir)
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		address := dbtest.PostgresURL(t)
		badInput(t, address, "--empty", "--data", t.TempDir(), "--database", address)
	})
}

// bad is one request that no page of ours makes.
type bad struct {
	method, path, body string
	header             []string
	status             int
	nl, en             string // what the page says
	still              string // what was typed, and is in the page
}

func badInput(t *testing.T, address string, args ...string) {
	p := Demo(t, args...)
	c, stranger := p.SignedIn("kartrekker"), p.Stranger()
	at := "/trajectories/" + c.Begin("Van 3 naar 4 havo/vwo", "verken")
	word := strings.TrimSpace(strings.Repeat("woord ", 1200))
	answer := url.Values{"element": {"f1.q1"}, "kind": {"voice"}, "body": {"Wat ik zeg."}}
	with := func(name, value string) string {
		v := url.Values{}
		for k, list := range answer {
			v[k] = list
		}
		v.Set(name, value)
		return v.Encode()
	}
	const gone, nothing = "06h25zrz68n8tkbp5cem3x13v0", "Deze pagina is er niet, of niet voor jou"
	link := c.spentLink(p)
	rows := map[string]bad{
		"an unknown id":                {"GET", "/trajectories/" + gone, "", nil, 404, nothing, "This page is not there, or not for you", ""},
		"an id that is none":           {"GET", "/trajectories/1%27%20or%201=1", "", nil, 404, nothing, "", ""},
		"a form for an unknown id":     {"POST", "/trajectories/" + gone + "/answers", answer.Encode(), nil, 404, nothing, "", ""},
		"an unknown question":          {"POST", at + "/answers", with("element", "f9.q9"), nil, 404, "", "", ""},
		"a text that is too long":      {"POST", at + "/answers", with("body", word), nil, 422, "Maak het iets korter.", "Make it a little shorter.", word},
		"a form of two megabytes":      {"POST", "/week/later", url.Values{"item": {strings.Repeat("a", 2<<20)}}.Encode(), nil, 413, "Ga een pagina terug. Je tekst staat er nog.", "", ""},
		"an answer of two megabytes":   {"POST", at + "/answers", with("body", strings.Repeat("a", 2<<20)), nil, 422, "Maak het iets korter.", "Make it a little shorter.", ""},
		"bytes that are no letters":    {"POST", at + "/answers", with("body", "kapot \xff\xfe"), nil, 422, "", "", "kapot "},
		"half a sign":                  {"POST", at + "/answers", answer.Encode() + "&body=%zz", nil, 422, "Je formulier kwam niet heel aan.", "Your form did not arrive in one piece.", ""},
		"a choice that is not offered": {"POST", at + "/answers", with("kind", "boss"), nil, 422, "", "", "Wat ik zeg."},
		"another kind of body":         {"POST", at + "/answers", `{"body":"x"}`, []string{"Content-Type", "application/json"}, 422, "Je formulier kwam niet heel aan.", "", ""},
		"a form from elsewhere":        {"POST", at + "/answers", answer.Encode(), []string{"Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site"}, 403, "", "", ""},
		"a form from nowhere":          {"POST", at + "/answers", answer.Encode(), []string{"Origin", ""}, 403, "", "", ""},
		"a question twice":             {"GET", "/trajectories?state=active&state=done", "", nil, 400, "", "", ""},
		"a link that was used":         {"POST", link, "device=own", nil, 422, "Deze link is al gebruikt.", "This link has been used already.", ""},
		"a link that never was":        {"GET", "/invitations/" + strings.Repeat("a", 43), "", nil, 422, "Deze link werkt niet meer.", "This link no longer works.", ""},
		"a pupil's link that ended":    {"POST", "/say/" + strings.Repeat("a", 43), "body=Hoi", nil, 404, nothing, "", ""},
		"a live page of nothing":       {"GET", "/live/trajectories/" + gone, "", []string{"Accept", "text/event-stream"}, 404, "", "", ""},
	}
	for name, b := range rows {
		for _, lang := range []string{"nl", "en"} {
			want := b.nl
			if lang == "en" {
				want = b.en
			}
			who := c
			if strings.Contains(name, "link") {
				who = stranger
			}
			who.speaks(lang, who == c)
			status, body := who.send(b)
			text := html.UnescapeString(body)
			if status != b.status {
				t.Errorf("%s: %d, want %d", name, status, b.status)
			}
			if !strings.Contains(text, want) {
				t.Errorf("%s (%s): does not say %q", name, lang, want)
			}
			if b.still != "" && !strings.Contains(text, b.still) {
				t.Errorf("%s: what was typed is gone", name)
			}
			if m := machinery.FindString(text); m != "" || !strings.Contains(body, `<html lang="`+lang+`"`) && status != 403 {
				t.Errorf("%s (%s): shows %q, or speaks another language", name, lang, m)
			}
		}
	}
	c.speaks("nl", true)
	twoTabs(t, c, at)
	p.Kill()
	onlyWhatWasMeant(t, address)
	if log := p.Log(); strings.Contains(log, "level=ERROR") || strings.Contains(log, "goroutine") {
		t.Errorf("the log: %s", log)
	}
}

// machinery are words that only those who build it understand.
var machinery = regexp.MustCompile(`goroutine |panic|\.go:\d|SQLSTATE|sqlite|\bpgx\b|runtime error|errs\.|<nil>|%!`)

// speaks sets the language of somebody's pages.
func (c *Client) speaks(lang string, signedIn bool) {
	c.t.Helper()
	path := "/account/language"
	if !signedIn {
		path = "/language"
	}
	if status, _, err := c.Post(path, url.Values{"language": {lang}}); err != nil || status != http.StatusOK {
		c.t.Fatalf("language: %d %v", status, err)
	}
}

// send sends one request as it is.
func (c *Client) send(b bad) (int, string) {
	c.t.Helper()
	r, err := http.NewRequest(b.method, c.base+b.path, strings.NewReader(b.body))
	if err != nil {
		c.t.Fatal(err)
	}
	if b.method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Header.Set("Origin", c.base)
	}
	for i := 0; i+1 < len(b.header); i += 2 {
		r.Header.Set(b.header[i], b.header[i+1])
		if b.header[i+1] == "" {
			r.Header.Del(b.header[i])
		}
	}
	res, err := c.http.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	return res.StatusCode, string(body)
}

// spentLink asks a link by mail, reads it in the outbox of the demo, and spends it.
func (c *Client) spentLink(p *Program) string {
	c.t.Helper()
	other := p.Stranger()
	if status, _, err := other.Post("/sign-in", url.Values{"email": {p.Role("kartrekker").Email}}); err != nil || status != http.StatusOK {
		c.t.Fatalf("asking a link: %d %v", status, err)
	}
	_, body, err := c.Get("/outbox")
	if err != nil {
		c.t.Fatal(err)
	}
	found := regexp.MustCompile(`/sign-in/link/[A-Za-z0-9_-]{43}`).FindString(body)
	if status, _, err := other.Post(found, url.Values{"device": {"own"}}); found == "" || err != nil || status != http.StatusOK {
		c.t.Fatalf("spending %q: %d %v", found, status, err)
	}
	return found
}

// twoTabs changes one text in two tabs that were opened at the same time.
func twoTabs(t *testing.T, c *Client, at string) {
	t.Helper()
	if status, _, err := c.Post(at+"/answers", url.Values{"element": {"f1.q1"}, "kind": {"voice"}, "body": {"Zoals het begon."}}); err != nil || status != http.StatusOK {
		t.Fatalf("an answer: %d %v", status, err)
	}
	_, page, _ := c.Get(at + "/questions/f1.q1")
	one := regexp.MustCompile(at + `/contributions/[0-9a-z]{26}`).FindString(page)
	edit := func(text string) (int, string) {
		status, body, err := c.Post(one+"/edit", url.Values{"version": {"1"}, "kind": {"voice"}, "body": {text}})
		if err != nil {
			t.Fatal(err)
		}
		return status, html.UnescapeString(body)
	}
	if status, _ := edit("Uit de eerste tab."); status != http.StatusOK {
		t.Fatalf("the first tab: %d", status)
	}
	status, body := edit("Uit de tweede tab.")
	body = regexp.MustCompile(`</?mark>`).ReplaceAllString(body, "") // what differs is marked
	if status != http.StatusConflict || !strings.Contains(body, "Uit de eerste tab.") || !strings.Contains(body, "Uit de tweede tab.") {
		t.Errorf("the second tab: %d, and it shows not both", status)
	}
	both := func() bool { // whoever left that page finds both again
		_, later, _ := c.Get(one)
		return strings.Contains(later, "Uit de tweede tab.</textarea>") && strings.Contains(later, "Uit de <mark>eerste</mark> tab.")
	}
	if !both() {
		t.Error("the text of the second tab does not wait on the page")
	}
	if status, _, err := c.Post(one+"/edit", url.Values{"version": {"2"}, "kind": {"voice"}, "body": {"Uit beide tabs."}}); err != nil || status != http.StatusOK || both() {
		t.Errorf("merging: %d %v, or it still waits", status, err)
	}
}

// onlyWhatWasMeant looks in the database: of all that was sent only the answer of the two
// tabs came in.
func onlyWhatWasMeant(t *testing.T, address string) {
	t.Helper()
	d, err := db.Open(t.Context(), address)
	must(t, err)
	defer func() { must(t, d.Close()) }()
	bodies, err := db.All(t.Context(), d, `select body from contribution`, db.Str)
	if err != nil || len(bodies) != 1 || bodies[0] != "Uit beide tabs." {
		t.Errorf("%q %v", bodies, err)
	}
	kept, err := db.All(t.Context(), d, `select body from text_version where kept = 'merged'`, db.Str)
	if err != nil || len(kept) != 1 || !strings.Contains(kept[0], "Uit de tweede tab.") {
		t.Errorf("the text of the second tab is not kept: %q %v", kept, err)
	}
}

// TestProofA_BadPacks: whoever wrote a pack is told where to mend it: file, line, element,
// and what was expected. Nothing is taken over.
func TestProofA_BadPacks(t *testing.T) {
	t.Parallel()
	good := filepath.Join("..", "..", "content", "methods", "kleine-ronde")
	for name, x := range map[string]struct {
		file, old, now string
		says           []string
	}{
		"wrong YAML":            {"pack.yaml", "id:", "id: [", []string{"pack.yaml:"}},
		"no YAML at all":        {"pack.yaml", "", "\x00\x01\x02", []string{"pack.yaml"}},
		"an unknown word":       {"pack.yaml", "id:", "colour: red\nid:", []string{"pack.yaml:", "colour"}},
		"an alias":              {"pack.yaml", "id:", "x: &a 1\ny: *a\nid:", []string{"pack.yaml:"}},
		"a language that lacks": {"pack.yaml", "en:", "fr:", []string{"pack.yaml:", "en"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "pack")
			must(t, os.CopyFS(dir, os.DirFS(good)))
			file := filepath.Join(dir, x.file)
			raw, err := os.ReadFile(file)
			must(t, err)
			text := x.now
			if x.old != "" {
				if !strings.Contains(string(raw), x.old) {
					t.Fatalf("%s has no %q", x.file, x.old)
				}
				text = strings.Replace(string(raw), x.old, x.now, 1)
			}
			must(t, os.WriteFile(file, []byte(text), 0o600))
			out, err := exec.Command(Binary(t), "methods", "check", dir).CombinedOutput()
			exit, _ := err.(*exec.ExitError)
			if exit == nil || exit.ExitCode() != 1 {
				t.Fatalf("%v: %s", err, out)
			}
			for _, say := range x.says {
				if !strings.Contains(string(out), say) {
					t.Errorf("does not say %q:\n%s", say, out)
				}
			}
			if m := machinery.FindString(string(out)); m != "" {
				t.Errorf("shows %q:\n%s", m, out)
			}
			t.Logf("%s", out)
		})
	}
}
