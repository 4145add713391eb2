package ui

import (
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/a-h/templ"
)

func head() PageHead {
	return PageHead{
		Texts: words("en"), Title: "Plan", Theme: "dark", Zone: "Europe/Amsterdam",
		Styles: []string{"/a.css"}, Scripts: []string{"/a.js"}, Fonts: []string{"/a.woff2"}, Mark: "/m.svg",
		Rooms:  []Room{{Name: "Week", Href: "/", Icon: "calendar-days"}, {Name: "Trajectories", Href: "/t", Icon: "orbit", Current: true}},
		Search: "/search",
		Menu: &Menu{Person: Person{Name: "Noor Haddad"}, Items: []MenuItem{
			{Text: "Account", Icon: "user", Href: "/account"}, {Text: "Sign out", Icon: "log-out", Action: "/sign-out"},
		}},
		Live: "/live/x", Flash: &Flash{Text: "Done <b>"},
		Heading: "The plan", Lead: "One sentence.", Crumbs: []Link{{"Up", "/up"}},
	}
}

func TestLayoutHasAllThatAPageNeeds(t *testing.T) {
	t.Parallel()
	html := render(t, Layout(head(), templ.Raw("<p>body</p>")))
	has(t, html, `<html lang="en" data-theme="dark" data-zone="Europe/Amsterdam">`, "<title>Plan – Leerkring</title>",
		`<link rel="stylesheet" href="/a.css">`, `<script type="module" src="/a.js"></script>`, `href="/a.woff2" crossorigin`,
		`data-live="/live/x"`, `data-unsent="ui.unsent"`, `href="#main"`, `<main class="page" id="main"`, "<h1>The plan</h1>", "Done &lt;b&gt;",
		`aria-label="ui.menu initials NH name Noor Haddad"`, `<form method="post" action="/sign-out">`, "<p>body</p>")
	if n := strings.Count(html, `aria-current="page"`); n != 1 {
		t.Errorf("%d rooms are the current one", n)
	}
}

func TestLayoutWithoutAPersonShowsNoMenus(t *testing.T) {
	t.Parallel()
	html := render(t, Layout(PageHead{Texts: words("nl")}, templ.NopComponent))
	has(t, html, `<html lang="nl">`, "<title>Leerkring</title>", `href="/"`)
	lacks(t, html, "usermenu", "mainnav", "data-live", "<h1>", "toast")
}

func TestABadAddressIsNotFollowed(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]templ.Component{
		"link button": LinkButton(Btn{Text: "x"}, " javascript:alert(1)"),
		"entry":       EntryRow(Entry{Title: "x", Href: "javascript:alert(1)"}),
		"form":        Form(FormOf{Action: "javascript:alert(1)"}),
		"wheel":       Wheel(WheelOf{Segments: []Segment{{Href: "javascript:alert(1)"}, {}, {}}}),
	} {
		if html := render(t, c); strings.Contains(strings.ToLower(html), "javascript:") {
			t.Errorf("%s: %s", name, html)
		}
	}
}

func TestFrameSaysTheSameInBothLanguages(t *testing.T) {
	t.Parallel()
	keys := map[string]map[string]string{}
	for _, lang := range []string{"nl", "en"} {
		var file struct{ UI map[string]string }
		if _, err := toml.DecodeFS(TextFiles, "text."+lang+".toml", &file); err != nil {
			t.Fatal(err)
		}
		keys[lang] = file.UI
	}
	html := render(t, Layout(head(), templ.NopComponent)) + render(t, BoardPage(head(), Board{Parts: []Step{{}}}, templ.NopComponent))
	for key := range keys["nl"] {
		if keys["en"][key] == "" || keys["nl"][key] == "" {
			t.Errorf("ui.%s is missing in a language", key)
		}
		if !strings.Contains(html, "ui."+key) {
			t.Errorf("ui.%s is used nowhere", key)
		}
	}
	if len(keys["en"]) != len(keys["nl"]) {
		t.Errorf("%d and %d texts", len(keys["nl"]), len(keys["en"]))
	}
}

func TestUnknownIconFailsThePage(t *testing.T) {
	t.Parallel()
	var b strings.Builder
	if err := Icon("no-such-thing", Medium).Render(t.Context(), &b); err == nil {
		t.Error("it was drawn")
	}
	if !HasIcon("check") || HasIcon("no-such-thing") || len(IconNames()) < 200 {
		t.Error("the set is not what it was")
	}
}
