//go:build browser

package sweep

import (
	"html"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"leerkring/web"
)

// routes are the pages of the map: what a browser can ask for by an address.
func routes() []web.Route {
	return slices.DeleteFunc(web.Routes(web.Rooms{}), func(r web.Route) bool { return r.Method != http.MethodGet })
}

// atlas finds the line of the map for an address.
type atlas struct{ mux *http.ServeMux }

func newAtlas() atlas {
	mux := http.NewServeMux()
	for _, r := range routes() {
		mux.Handle(r.Method+" "+r.Pattern, http.NotFoundHandler())
	}
	return atlas{mux}
}

// pattern is the line of the map that an address belongs to, or nothing.
func (a atlas) pattern(address string) string {
	r, err := http.NewRequest(http.MethodGet, address, nil)
	if err != nil {
		return ""
	}
	_, pattern := a.mux.Handler(r)
	return strings.TrimPrefix(pattern, http.MethodGet+" ")
}

// seen is a page as somebody saw it.
type seen struct {
	who     *somebody
	address string
	pattern string
	forms   []form
	marks   []string // what kinds of element stand on it
	hostile bool     // it shows words that were planted
}

// ofEach is how many pages of one kind somebody opens in one trajectory: a fifth answer
// looks like the fourth.
const ofEach = 4

var (
	link       = regexp.MustCompile(`<a\b[^>]*?\shref="(/[^"#]*)`)
	anyID      = regexp.MustCompile(id)
	trajectory = regexp.MustCompile(`/trajectories/[0-9a-z]{26}`)
)

// crawl walks everybody along every link that their pages show, from the pages that need
// no id and from more.
func (s *school) crawl(t *testing.T, more ...string) []seen {
	t.Helper()
	from := []string{"/week", "/trajectories"}
	for _, r := range routes() {
		if !strings.Contains(r.Pattern, "{") {
			from = append(from, r.Pattern)
		}
	}
	from = append(from, more...)
	a, all, told := newAtlas(), []seen{}, map[string]bool{}
	for _, who := range s.people {
		queue, done, times := slices.Clone(from), map[string]bool{}, map[string]int{}
		for len(queue) > 0 {
			address := queue[0]
			queue = queue[1:]
			pattern := a.pattern(address)
			key := pattern + trajectory.FindString(address)
			if done[address] || pattern == "" || times[key] >= ofEach || notPages[pattern] != "" {
				continue
			}
			done[address] = true
			got := who.get(t, address)
			if got.status >= http.StatusInternalServerError {
				t.Errorf("%s as %s: %d", address, who.name, got.status)
			}
			if got.status != http.StatusOK || a.pattern(got.path) != pattern {
				continue
			}
			times[key]++
			if same := twins(got.body); len(same) > 0 && !told[pattern+same[0]] {
				told[pattern+same[0]] = true
				t.Errorf("%s as %s: a fold and a button in it are both called %q: who listens cannot tell them apart", address, who.name, same)
			}
			all = append(all, seen{who, address, pattern, forms(got.body), markup(got.body), strings.Contains(got.body, "zq:")})
			for _, m := range link.FindAllStringSubmatch(got.body, -1) {
				queue = append(queue, html.UnescapeString(m[1]))
			}
		}
	}
	return all
}

// choose keeps pages until everything that stands on any page stands on one that is kept,
// and every line of the map has one: so every state is looked at, and none twice.
func choose(all []seen) []seen {
	var kept []seen
	marks, lines := map[string]bool{}, map[string]bool{}
	for {
		best, most := -1, 0
		for i, p := range all {
			n := 0
			for _, m := range p.marks {
				if !marks[m] {
					n++
				}
			}
			if !lines[p.pattern] {
				n++
			}
			if n > most {
				best, most = i, n
			}
		}
		if best < 0 {
			return kept
		}
		p := all[best]
		kept = append(kept, p)
		lines[p.pattern] = true
		for _, m := range p.marks {
			marks[m] = true
		}
	}
}

var (
	tag     = regexp.MustCompile(`(?s)<(/?)([a-z0-9]+)\b((?:[^>"]|"[^"]*")*)>`)
	classes = regexp.MustCompile(`\bclass="([^"]*)"`)
	says    = regexp.MustCompile(`\b(role|type|aria-[a-z]+|open|disabled|required|checked|readonly|data-[a-z-]+)\b`)
	number  = regexp.MustCompile(`[0-9]+`)
	quoted  = regexp.MustCompile(`"[^"]*"`)
)

// markup is what kinds of element stand on a page: the tag with its classes and what it says
// of itself, and what it stands in.
func markup(body string) []string {
	var out []string
	var stack []string
	found := map[string]bool{}
	for _, m := range tag.FindAllStringSubmatch(body, -1) {
		name := m[2]
		if m[1] == "/" {
			if n := len(stack); n > 0 {
				stack = stack[:n-1]
			}
			continue
		}
		kind := name
		if c := classes.FindStringSubmatch(m[3]); c != nil {
			words := strings.Fields(number.ReplaceAllString(c[1], "#"))
			slices.Sort(words)
			kind += "." + strings.Join(slices.Compact(words), ".")
		}
		attributes := says.FindAllString(quoted.ReplaceAllString(m[3], ""), -1)
		slices.Sort(attributes)
		if len(attributes) > 0 {
			kind += "[" + strings.Join(slices.Compact(attributes), " ") + "]"
		}
		above := ""
		if n := len(stack); n > 0 {
			above = stack[n-1]
		}
		if mark := above + " > " + kind; !found[mark] {
			found[mark] = true
			out = append(out, mark)
		}
		if !slices.Contains(void, name) && !strings.HasSuffix(m[3], "/") {
			stack = append(stack, kind)
		}
	}
	return out
}

// void are elements that nothing stands in.
var void = []string{"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}

// notPages are lines of the map that show no page of their own, and why.
var notPages = map[string]string{
	"/{$}":                                    "leads on to Mijn week",
	"/live/week":                              "a stream",
	"/live/trajectories/{id}":                 "a stream",
	"/live/sessions/{id}":                     "a stream",
	"/own-methods/{id}/file":                  "a file to keep",
	"/trajectories/{id}/plan/paper/{format}":  "a file to keep",
	"/trajectories/{id}/plan/poster/{format}": "a file to keep",
	"/trajectories/{id}/meetings/{meeting}/paper/{format}":               "a file to keep",
	"/trajectories/{id}/agreement/paper/{format}":                        "a file to keep",
	"/sign-in/school/{login}":                                            "the way back from a login: leads on, or says why not (judged in test/journey)",
	"/account/leave/exports/{export}":                                    "a file to keep",
	"/calendar/{file}":                                                   "a calendar, for programs",
	"/trajectories/{id}/contributions/{contribution}/pictures/{picture}": "a photo",
}

var inner = regexp.MustCompile(`(?s)<(/?)(details|summary|button)\b((?:[^>"]|"[^"]*")*)>`)

// twins are the names that a fold shares with a button or a fold in it.
func twins(body string) []string {
	var out, folds []string
	names := func(at []int, closing string) string {
		text, _, _ := strings.Cut(body[at[1]:], closing)
		for _, p := range property.FindAllStringSubmatch(body[at[6]:at[7]], -1) {
			if p[1] == "aria-label" {
				text = p[2]
			}
		}
		return strings.Join(strings.Fields(html.UnescapeString(tag.ReplaceAllString(text, " "))), " ")
	}
	for _, at := range inner.FindAllStringSubmatchIndex(body, -1) {
		closing, kind := body[at[2]:at[3]] == "/", body[at[4]:at[5]]
		switch {
		case kind == "details" && !closing:
			folds = append(folds, "")
		case kind == "details" && len(folds) > 0:
			folds = folds[:len(folds)-1]
		case closing:
		default:
			name := names(at, "</"+kind+">")
			above := folds
			if kind == "summary" && len(folds) > 0 {
				folds[len(folds)-1], above = name, folds[:len(folds)-1]
			}
			if slices.Contains(above, name) {
				out = append(out, name)
			}
		}
	}
	return out
}
