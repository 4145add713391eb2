package browser

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/cdproto/cdp"
)

// thing is something on the page with a name, as a screen reader hears it.
type thing struct {
	id   cdp.BackendNodeID
	role string
	name string
}

var (
	pressable = []string{"button", "link", "checkbox", "radio", "switch", "tab", "menuitem", "option", "DisclosureTriangle", "summary"}
	fillable  = []string{"textbox", "searchbox", "combobox", "spinbutton", "Date", "InputTime", "listbox", "slider"}
	choosable = []string{"checkbox", "radio", "switch", "option"}
)

// find gives the one thing of these roles with this name. The whole name wins
// over a part of it; two that fit equally well are a mistake of the page or test.
func (p *Person) find(roles []string, name string) (thing, error) {
	all, err := p.things(roles)
	if err != nil {
		return thing{}, err
	}
	for _, fits := range []func(string) bool{
		func(n string) bool { return n == name },
		func(n string) bool { return strings.Contains(strings.ToLower(n), strings.ToLower(name)) },
	} {
		found := slices.DeleteFunc(slices.Clone(all), func(one thing) bool { return !fits(one.name) })
		switch {
		case len(found) == 1:
			return found[0], nil
		case len(found) > 1:
			return thing{}, fmt.Errorf("%d things are called %q: %s", len(found), name, list(found))
		}
	}
	return thing{}, fmt.Errorf("nothing is called %q; there is %s", name, list(all))
}

// things reads the accessibility tree, which works without script too.
func (p *Person) things(roles []string) ([]thing, error) {
	tree, err := ask(p, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		return nil, err
	}
	var found []thing
	for _, node := range tree.Nodes {
		role := word(node.Role)
		if node.Ignored || node.BackendDOMNodeID == 0 || !slices.Contains(roles, role) {
			continue
		}
		found = append(found, thing{node.BackendDOMNodeID, role, tidy(word(node.Name))})
	}
	return found, nil
}

func word(v *accessibility.Value) string {
	var s string
	if v != nil {
		// A value that is no text has no name.
		_ = json.Unmarshal(v.Value, &s)
	}
	return s
}

func tidy(text string) string { return strings.Join(strings.Fields(text), " ") }

func list(things []thing) string {
	if len(things) == 0 {
		return "nothing of that kind"
	}
	var names []string
	for _, one := range things {
		names = append(names, fmt.Sprintf("%s %q", one.role, one.name))
	}
	return strings.Join(names, ", ")
}
