package markup

import "strings"

var (
	blocks = set("address article aside blockquote details dialog div dl fieldset figure footer form h1 h2 h3 h4 h5 h6 header hr main nav ol p pre section table ul")
	// phrasing elements hold no blocks.
	phrasing    = set("a abbr b button dt em h1 h2 h3 h4 h5 h6 i label legend mark output p small span strong summary time")
	headings    = set("h1 h2 h3 h4 h5 h6")
	holdsHeads  = set("summary legend")
	interactive = set("a button details input label select textarea summary")
	pressed     = set("a button")

	mustHaveName = set("a button h1 h2 h3 h4 h5 h6 label legend summary th caption option title")

	parents = map[string]map[string]bool{
		"li": set("ul ol menu template"), "dt": set("dl div"), "dd": set("dl div"), "option": set("select optgroup datalist"),
		"tr": set("tbody thead tfoot"), "td": set("tr"), "th": set("tr"), "tbody": set("table"), "thead": set("table"),
		"col": set("colgroup"), "caption": set("table"), "legend": set("fieldset"), "summary": set("details"), "textpath": set("text"),
	}
	children = map[string]map[string]bool{
		"ul": set("li template script"), "ol": set("li template script"), "tr": set("td th"), "table": set("caption colgroup thead tbody tfoot"),
		"select": set("option optgroup"), "dl": set("dt dd div"), "tbody": set("tr"), "thead": set("tr"),
	}
)

// nesting checks what may stand in what.
func (c *checker) nesting(t token) {
	parent := c.parent()
	if want, ok := parents[t.name]; ok && parent != "" && !want[parent] {
		c.fault("%s stands in %s", describe(t), parent)
	}
	if may, ok := children[parent]; ok && !may[t.name] {
		c.fault("%s holds %s", parent, describe(t))
	}
	if blocks[t.name] {
		for i := len(c.stack) - 1; i >= 0 && phrasing[c.stack[i].name]; i-- {
			outer := c.stack[i].name
			if outer == "a" || headings[t.name] && holdsHeads[outer] {
				continue // takes over what its own parent may hold
			}
			c.fault("%s stands in %s", describe(t), describe(c.stack[i].token))
			break
		}
	}
	if interactive[t.name] {
		if outer := c.inside(pressed); outer != nil && !isHidden(t) {
			c.fault("%s stands in %s: both can be pressed", describe(t), describe(outer.token))
		}
	}
	if t.name == "form" {
		if outer := c.inside(set("form")); outer != nil {
			c.fault("%s stands in another form", describe(t))
		}
	}
}

func isHidden(t token) bool { kind, _ := t.get("type"); return t.name == "input" && kind == "hidden" }

// policy checks what the content security policy forbids.
func (c *checker) policy(t token) {
	if t.name == "style" {
		c.fault("a style element stands in the page")
	}
	if t.name == "script" && !t.has("src") {
		c.fault("a script stands in the page")
	}
	for _, a := range t.attrs {
		if a.name == "style" {
			c.fault("%s has a style attribute", describe(t))
		}
		if strings.HasPrefix(a.name, "on") {
			c.fault("%s has a handler in %s", describe(t), a.name)
		}
		if strings.HasPrefix(strings.TrimSpace(strings.ToLower(a.value)), "javascript:") {
			c.fault("%s runs script from %s", describe(t), a.name)
		}
	}
}

var unlabelled = set("hidden submit button image reset")

// naming checks that what can be used or looked at has a name.
func (c *checker) naming(t token) {
	if v, _ := t.get("aria-hidden"); v != "true" && (t.has("aria-label") || t.name == "img" && t.has("alt")) {
		c.nameOpen()
	}
	switch t.name {
	case "img":
		if !t.has("alt") {
			c.fault("%s has no alt", describe(t))
		}
	case "svg":
		v, _ := t.get("aria-hidden")
		if v != "true" && !t.has("aria-label") && !t.has("aria-labelledby") && c.inside(set("svg")) == nil {
			c.fault("%s is neither named nor hidden", describe(t))
		}
	case "input", "select", "textarea":
		kind, _ := t.get("type")
		if t.name == "input" && unlabelled[kind] || t.has("aria-label") || t.has("aria-labelledby") || c.inside(set("label")) != nil {
			return
		}
		id, _ := t.get("id")
		c.namelessly = append(c.namelessly, field{describe(t), id})
	}
}
