//go:build browser

package browser

import (
	"bytes"
	"fmt"
	"image/png"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"
)

func TestMain(m *testing.M) { Main(m) }

// site serves pages from a table, with the policy that the product has.
func site(t *testing.T, pages map[string]string) string {
	t.Helper()
	mux := http.NewServeMux()
	for path, html := range pages {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data:; form-action 'self'")
			switch {
			case strings.HasSuffix(path, ".js"):
				w.Header().Set("Content-Type", "text/javascript")
				fmt.Fprint(w, html)
			default:
				fmt.Fprintf(w, `<!doctype html><html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>%s</title><link rel="icon" href="data:,"></head><body><main><h1>Kop</h1>%s</main></body></html>`, path, html)
			}
		})
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server.URL
}

// heard is a test that remembers what it was told, for helpers that must fail.
type heard struct {
	testing.TB
	cleanups []func()
	said     []string
}

func (h *heard) Helper()          {}
func (h *heard) Cleanup(f func()) { h.cleanups = append(h.cleanups, f) }
func (h *heard) Errorf(format string, args ...any) {
	h.said = append(h.said, fmt.Sprintf(format, args...))
}
func (h *heard) Fatalf(format string, args ...any) {
	h.Errorf(format, args...)
	panic(h)
}

// failing runs f with a test that may fail, and gives what it said.
func failing(t *testing.T, f func(t testing.TB)) string {
	t.Helper()
	h := &heard{TB: t}
	func() {
		defer func() {
			if r := recover(); r != nil && r != any(h) {
				panic(r)
			}
		}()
		f(h)
	}()
	for _, clean := range h.cleanups {
		clean()
	}
	return strings.Join(h.said, "\n")
}

func TestAPersonReadsFillsAndPresses(t *testing.T) {
	address := site(t, map[string]string{
		"/": `<form action="/done"><p><label>Naam <input name="name" value="oud"></label></p>
			<p><label for="when">Dag</label> <input id="when" type="date" name="when"></p>
			<p><label for="year">Leerjaar</label> <select id="year" name="year"><option>1</option><option>2</option></select></p>
			<p><label><input type="checkbox" name="yes" value="1"> Ik doe mee</label></p>
			<p><label for="story">Verhaal</label> <textarea id="story" name="story"></textarea></p>
			<button>Bewaar het</button></form><details><summary>Meer weten?</summary><p>Dit is meer.</p></details>`,
		"/done": `<p>Dat is <b>bewaard</b>.</p>`,
	})
	p := New(t, address).Person("Noor")
	p.Goto("/")
	p.Fill("Naam", "Zoë")
	p.Fill("Dag", "2026-03-19")
	p.Fill("Leerjaar", "2")
	p.Fill("Verhaal", "eerste\ntweede")
	p.Choose("Ik doe mee")
	p.Choose("Ik doe mee") // stays on
	if !p.Chosen("Ik doe mee") || p.Value("Naam") != "Zoë" || p.Value("Verhaal") != "eerste\ntweede" {
		t.Errorf("fields: %v %q %q", p.Chosen("Ik doe mee"), p.Value("Naam"), p.Value("Verhaal"))
	}
	p.NotSee("Dit is meer.")
	p.Click("Meer weten?")
	p.See("Dit is meer.")
	p.Click("Bewaar het")
	p.See("Dat is bewaard.")
	if got, want := p.Path(), "/done?name=Zo%C3%AB&when=2026-03-19&year=2&yes=1&story=eerste%0D%0Atweede"; got != want {
		t.Errorf("sent %s", got)
	}
	if p.Clicks() != 3 {
		t.Errorf("%d clicks", p.Clicks())
	}
	p.Back()
	if p.Title() != "/" || !p.Has("Bewaar het") {
		t.Errorf("back at %q", p.Title())
	}
}

func TestTheKeyboardReachesThings(t *testing.T) {
	p := New(t, site(t, map[string]string{"/": `<p><a href="/">Eerste</a> <button>Tweede</button></p>`})).Person("Noor")
	p.Goto("/")
	p.Press(kb.Tab)
	if got := p.Focused(); got != "Eerste" {
		t.Errorf("first stop %q", got)
	}
	p.Press(kb.Tab)
	if got := p.Focused(); got != "Tweede" {
		t.Errorf("second stop %q", got)
	}
}

func TestWhatIsNotThereOrUnclearIsSaid(t *testing.T) {
	address := site(t, map[string]string{"/": `<p><button>Bewaar</button> <button>Bewaar</button></p>`})
	for name, want := range map[string]string{"Weg ermee": `nothing is called "Weg ermee"; there is button "Bewaar"`, "Bewaar": `2 things are called "Bewaar"`} {
		said := failing(t, func(t testing.TB) {
			p := New(t, address).Person("Noor")
			p.Goto("/")
			p.waits = 0
			p.Click(name)
		})
		if !strings.Contains(said, want) {
			t.Errorf("%s: said %q", name, said)
		}
	}
	said := failing(t, func(t testing.TB) {
		p := New(t, address).Person("Noor")
		p.Goto("/")
		p.waits = 0
		p.See("Iets anders")
	})
	if !strings.Contains(said, `does not see "Iets anders"`) {
		t.Errorf("said %q", said)
	}
}

func TestAThingUnderAnotherCannotBePressed(t *testing.T) {
	address := site(t, map[string]string{"/": `<p><button>Onder</button></p><div id="lid"></div><script src="/lid.js"></script>`,
		"/lid.js": `Object.assign(document.getElementById("lid").style, {position: "fixed", inset: 0})`})
	said := failing(t, func(t testing.TB) {
		p := New(t, address).Person("Noor")
		p.Goto("/")
		p.waits = 0
		p.Click("Onder")
	})
	if !strings.Contains(said, `button "Onder" lies under <div id="lid"`) {
		t.Errorf("said %q", said)
	}
}

func TestPeopleAreApart(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("who"); err == nil {
			fmt.Fprintf(w, "Jij bent %s.", c.Value)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "who", Value: r.URL.Query().Get("who")})
		fmt.Fprint(w, "Wie ben jij?")
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	b := New(t, server.URL)
	noor, bram := b.Person("Noor"), b.Person("Bram")
	noor.Goto("/?who=Noor")
	bram.Goto("/?who=Bram")
	bram.See("Wie ben jij?")
	noor.Reload()
	noor.See("Jij bent Noor.")
	bram.Reload()
	bram.See("Jij bent Bram.")
}

func TestScreensAreWideOrNarrowLightOrDark(t *testing.T) {
	address := site(t, map[string]string{"/": `<p id="said"></p><script src="/say.js"></script>`,
		"/say.js": `document.getElementById("said").textContent = innerWidth + (matchMedia("(prefers-color-scheme: dark)").matches ? " donker" : " licht")`})
	p := New(t, address).Person("Noor")
	p.Goto("/")
	p.See("1280 licht")
	p.Look(Phone, Dark)
	p.Reload()
	p.See("390 donker")
	if p.Sideways() != 0 {
		t.Errorf("%d pixels to the side", p.Sideways())
	}
}

func TestWithoutScriptAPageStillReadsAndSends(t *testing.T) {
	address := site(t, map[string]string{
		"/":       `<p id="said">Zonder script.</p><script src="/say.js"></script><form action="/done"><label>Naam <input name="name"></label> <button>Stuur</button></form>`,
		"/say.js": `document.getElementById("said").textContent = "Met script."`,
		"/done":   `<p>Gestuurd.</p>`,
	})
	p := New(t, address).Person("Noor", NoScript)
	p.Goto("/")
	p.See("Zonder script.")
	p.Fill("Naam", "Noor")
	p.Click("Stuur")
	p.See("Gestuurd.")
	if p.Path() != "/done?name=Noor" {
		t.Errorf("sent %s", p.Path())
	}
}

func TestAccessibilityFaultsAreFoundAndNothingElse(t *testing.T) {
	address := site(t, map[string]string{"/good": `<p>Niets mis.</p>`, "/bad": `<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></p>`})
	p := New(t, address).Person("Noor")
	p.Goto("/good")
	p.Axe()
	said := failing(t, func(t testing.TB) {
		p := New(t, address).Person("Bram")
		p.Goto("/bad")
		p.Axe()
	})
	if !strings.Contains(said, "image-alt") {
		t.Errorf("said %q", said)
	}
}

func TestAPageThatAsksAnotherHostOrThrowsFails(t *testing.T) {
	address := site(t, map[string]string{
		"/host":   `<p><img alt="weg" src="http://elsewhere.invalid/x.png"></p>`,
		"/throw":  `<script src="/throw.js"></script>`,
		"/inline": `<script>1</script>`, "/throw.js": `throw new Error("kapot")`,
	})
	for path, want := range map[string]string{
		"/host": "asked another host: http://elsewhere.invalid/x.png", "/throw": "Error: kapot", "/inline": "Content Security Policy",
	} {
		said := failing(t, func(t testing.TB) { New(t, address).Person("Noor").Goto(path) })
		if !strings.Contains(said, want) {
			t.Errorf("%s: said %q", path, said)
		}
	}
	p := New(t, address).Person("Noor")
	p.Goto("/throw")
	p.Allow("kapot")
}

func TestRequestsAreCounted(t *testing.T) {
	p := New(t, site(t, map[string]string{"/": `<script src="/a.js"></script>`, "/a.js": `1`})).Person("Noor")
	p.Goto("/")
	all := p.Requests()
	if len(all) != 2 || all[0].Status != 200 || all[0].Type != "Document" || all[1].Type != "Script" || all[1].Bytes == 0 {
		t.Errorf("requests: %v", all)
	}
}

func TestTheNetworkGoesAndComes(t *testing.T) {
	address := site(t, map[string]string{"/": `<p id="said"></p><script src="/a.js"></script>`, "/ping": `ja`, "/a.js": `
		const say = (t) => (document.getElementById("said").textContent = t);
		addEventListener("offline", () => fetch("/ping").then(() => say("bereikt"), () => say("weg")));
		addEventListener("online", () => fetch("/ping").then(() => say("terug"), () => say("nog weg")));`})
	p := New(t, address).Person("Noor")
	p.Goto("/")
	p.Offline(true)
	p.See("weg")
	p.Offline(false)
	p.See("terug")
}

func TestPicturesAndPaperAreKept(t *testing.T) {
	p := New(t, site(t, map[string]string{"/": `<p>Een blad.</p>`})).Person("Noor", Phone)
	p.Goto("/")
	p.Picture("harness/telefoon")
	paper := p.Paper("harness/blad")
	if !bytes.HasPrefix(paper, []byte("%PDF-")) {
		t.Error("paper is no PDF")
	}
	root, err := moduleRoot()
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.Open(filepath.Join(root, "out", "pictures", "harness", "telefoon.png"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil || picture.Bounds().Dx() != 390 {
		t.Errorf("picture: %v %v", picture.Bounds(), err)
	}
}

func TestAPasskeyIsMadeAndUsed(t *testing.T) {
	address := Localhost(site(t, map[string]string{
		"/": `<p><button id="make">Maak een sleutel</button> <button id="use">Gebruik de sleutel</button></p><p id="said"></p><script src="/a.js"></script>`,
		"/a.js": `
		const say = (t) => (document.getElementById("said").textContent = t);
		const challenge = new Uint8Array(16);
		document.getElementById("make").onclick = () => navigator.credentials.create({publicKey: {challenge, rp: {name: "Leerkring"},
			user: {id: challenge, name: "noor", displayName: "Noor"}, pubKeyCredParams: [{type: "public-key", alg: -7}, {type: "public-key", alg: -257}],
			authenticatorSelection: {residentKey: "required", userVerification: "required"}}}).then(() => say("gemaakt"), (e) => say("niet gemaakt " + e.name));
		document.getElementById("use").onclick = () => navigator.credentials.get({publicKey: {challenge, userVerification: "required"}}).then(() => say("binnen"), (e) => say("buiten"));`}))
	p := New(t, address).Person("Noor")
	device := p.Passkey()
	p.Goto("/")
	p.Click("Maak een sleutel")
	p.See("gemaakt")
	if device.Count() != 1 {
		t.Errorf("%d passkeys", device.Count())
	}
	p.Click("Gebruik de sleutel")
	p.See("binnen")
	device.Refuse(true)
	p.Click("Gebruik de sleutel")
	p.See("buiten")
}

func TestAFileIsChosen(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lijst.csv")
	if err := os.WriteFile(path, []byte("naam\nNoor\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	address := site(t, map[string]string{"/": `<p><label for="f">Bestand</label> <input id="f" type="file"></p><p id="said"></p><script src="/a.js"></script>`,
		"/a.js": `document.getElementById("f").onchange = (e) => (document.getElementById("said").textContent = e.target.files[0].name)`})
	p := New(t, address).Person("Noor")
	p.Goto("/")
	p.Upload("Bestand", path)
	p.See("lijst.csv")
}
