package browser

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Stop is where the keyboard stands after a press of Tab.
type Stop struct {
	Name, Kind string
	Wrong      string // what somebody who cannot use a mouse would run into
}

// where tells about what has focus, and what is wrong with it: a focus that cannot be seen, lies
// under something else, or comes before what had focus before (the skip link begins a new round). The native box of a choice may
// be drawn by what stands around it: then the ring is there.
const where = `(() => {
	const e = document.activeElement, said = (x) => (x ?? "").trim().replace(/\s+/g, " ");
	if (!e || e === document.body || e === document.documentElement) { window.stood = null; return {name: "", kind: "page", wrong: ""}; }
	const name = said(e.getAttribute("aria-label") ?? (e.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim())
		|| said([...(e.labels ?? [])].map((l) => l.innerText).join(" ")) || said(e.innerText) || said(e.querySelector("title")?.textContent) || said(e.value);
	const around = [e, ...(e.labels ?? []), e.nextElementSibling, e.parentElement, e.closest("label")?.firstElementChild].filter(Boolean);
	const ring = around.some((x) => { const s = getComputedStyle(x); return (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0); }) || [...e.querySelectorAll("*")].some((x) => { const s = getComputedStyle(x); return s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.stroke !== "none" && x.matches("path") && e.matches("a"); });
	const places = [e, ...(e.labels ?? [])].map((x) => x.getBoundingClientRect()).filter((r) => r.width > 1 && r.height > 1);
	const seen = places.some((r) => {
		const x = Math.min(Math.max(r.x + Math.min(r.width / 2, 40), 1), innerWidth - 1), y = Math.min(Math.max(r.y + r.height / 2, 1), innerHeight - 1);
		const top = document.elementFromPoint(x, y);
		return r.bottom > 0 && r.top < innerHeight && top && (top === e || e.contains(top) || top.contains(e) || around.some((a) => a.contains(top)));
	});
	const back = !e.matches(".skip") && window.stood && window.stood !== e && window.stood.isConnected && !(window.stood.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING);
	const inside = window.stood === e; // a part of a date or a time: the browser draws that
	window.stood = e;
	const wrong = inside ? "" : [!e.matches(":focus-visible") && "has no visible focus", !ring && "has no ring", !seen && "cannot be seen", back && "comes before what had focus before", e.tabIndex > 0 && "jumps the queue"].filter(Boolean).join(", ");
	return {name, kind: e.localName + (e.type ? " " + e.type : ""), wrong};
})()`

// Tab goes on with the keyboard to the next thing that can have focus.
func (p *Person) Tab() Stop {
	p.t.Helper()
	p.do("press Tab", chromedp.KeyEvent(kb.Tab))
	return Eval[Stop](p, where)
}

// Stands tells where the keyboard is without moving it.
func (p *Person) Stands() Stop {
	p.t.Helper()
	return Eval[Stop](p, where)
}

// named are roles that a screen reader names; text between them is left out, so that a tree
// says how a page is built and not what it tells.
var named = []string{
	"banner", "navigation", "main", "contentinfo", "region", "complementary", "form", "search", "heading", "link", "button", "textbox", "searchbox", "combobox",
	"checkbox", "radio", "switch", "radiogroup", "group", "spinbutton", "Date", "InputTime", "DisclosureTriangle", "dialog", "alert", "status", "img", "image", "table", "progressbar", "slider", "meter",
}

var (
	days   = regexp.MustCompile(`(?i)\b(maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag|vandaag|morgen|overmorgen|gisteren|eergisteren)\b`)
	short  = regexp.MustCompile(`\b(ma|di|wo|do|vr|za|zo|jan|feb|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec)\b`)
	months = regexp.MustCompile(`(?i)\b(januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december)\b`)
	digits = regexp.MustCompile(`[0-9]+`)
)

// Timeless takes out of a text what is another on another day: days, months, numbers.
func Timeless(text string) string {
	for _, dated := range []*regexp.Regexp{days, short, months} {
		text = dated.ReplaceAllString(text, "DATE")
	}
	return digits.ReplaceAllString(text, "#")
}

// Tree is what a screen reader finds on the page below the first landmark of this role:
// roles and names, one a line, the deeper the further in.
func (p *Person) Tree(landmark string) string {
	p.t.Helper()
	tree, err := ask(p, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		p.fail("tree: %v", err)
	}
	nodes := map[accessibility.NodeID]*accessibility.Node{}
	for _, n := range tree.Nodes {
		nodes[n.NodeID] = n
	}
	var out strings.Builder
	var walk func(n *accessibility.Node, depth int, on bool)
	walk = func(n *accessibility.Node, depth int, on bool) {
		role, name := word(n.Role), once(Timeless(tidy(word(n.Name))))
		on = on || role == landmark
		if on && !n.Ignored && slices.Contains(named, role) && (name != "" || role != "group" && role != "form" && role != "img" && role != "image") {
			fmt.Fprintf(&out, "%s%s %s%s\n", strings.Repeat("  ", depth), role, name, state(n))
			depth++
		}
		for _, id := range n.ChildIDs {
			if child := nodes[id]; child != nil {
				walk(child, depth, on)
			}
		}
	}
	if len(tree.Nodes) > 0 {
		walk(tree.Nodes[0], 0, landmark == "")
	}
	return out.String()
}

// once takes a name that says all it says twice for one: some versions of Chromium tell the
// button of their own date field that way.
func once(name string) string {
	if half := len(name) / 2; len(name)%2 == 1 && name[half] == ' ' && name[:half] == name[half+1:] {
		return name[:half]
	}
	return name
}

// state is what is said beside the name: open or shut, on or off, wrong, asked.
func state(n *accessibility.Node) string {
	var said []string
	for _, x := range n.Properties {
		v := strings.Trim(string(x.Value.Value), `"`)
		switch name := string(x.Name); {
		case name == "expanded" && v == "true", name == "checked" && v == "true", name == "invalid" && v == "true", name == "required" && v == "true", name == "disabled" && v == "true":
			said = append(said, name)
		}
	}
	if len(said) == 0 {
		return ""
	}
	return " (" + strings.Join(said, ", ") + ")"
}
