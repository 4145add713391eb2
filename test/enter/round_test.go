package enter

import (
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"leerkring/block/condition"
	"leerkring/block/plan"
	"leerkring/block/plan/takeover"
	"leerkring/internal/clock"
	"leerkring/internal/docread"
	"leerkring/internal/i18n"
	"leerkring/internal/paper"
	"leerkring/publish"
	"leerkring/trajectory"
)

// words of a sector, so that no label holds by its words alone.
var sectors = []i18n.Words{
	{"docenten": "docenten", "leerlingen": "leerlingen"}, {"docenten": "leraren", "leerlingen": "kinderen"}, {"docenten": "opleiders", "leerlingen": "studenten in het mbo"},
}

// odd are words that could be taken for something else, or that a file has to write in its own way.
var odd = []string{
	"# geen kop", "- een streep vooraan", "1. eerst dit", "2 lessen per week bezoeken", "Wie: wij allemaal", "Tijd: later bepalen", "Doel 2", "Acties", "Doelen: nee",
	"met een\ttab", "<w:p> & \"aanhaling\" en 'enkel'", "naïef, Łódź en e\u0301cole", "🙂 samen 👩🏽‍🏫", "_", "^", "…", "wie · wat · waar", "a–b—c", "٣ مرحبا", "vast\u00a0bij\u00a0elkaar",
	"regel een\nregel twee", "Waarom dit plan", "We merken het aan: iets", "Resultaat: meer rust", "nog iets, en nog iets.", "Eindigt op een dubbele punt:", "Verbeterplan: een woord", "(Kees, 12 januari)", "o met spaties", "3) drie",
	"een heel lange regel die niet met een punt eindigt en daarna nog lang doorgaat\nen op de volgende met een kleine letter begint",
}

// writer makes words.
type writer struct {
	*rand.Rand
	n int
}

func (w *writer) maybe(s string) string {
	if w.IntN(3) == 0 {
		return ""
	}
	return s
}

// says are words that no other place in the plan has.
func (w *writer) says(most int) string {
	w.n++
	s := fmt.Sprintf("Zin %d", w.n)
	switch w.IntN(4) {
	case 0:
		s = odd[w.IntN(len(odd))] + fmt.Sprintf(" (%d)", w.n)
	case 1:
		s += " " + strings.Repeat("heel lang ", most/12)
	case 2:
		s += " over wat we doen. En nog één zin?"
	}
	return strings.TrimSpace(string([]rune(s)[:min(len([]rune(s)), most)]))
}

func (w *writer) line(most int) string { return strings.Join(strings.Fields(w.says(most)), " ") }

func (w *writer) day() clock.Date {
	return clock.Date(fmt.Sprintf("20%02d-%02d-%02d", 24+w.IntN(4), 1+w.IntN(12), 1+w.IntN(28)))
}

// written is a plan of a size, with everything that it can hold or less.
func (w *writer) written(size int, owner string) (plan.Head, plan.OwnPaper) {
	h := plan.Head{Why: w.says(900) + "\n\n" + w.says(200), Keep: w.maybe(w.says(300)), With: w.maybe(w.line(60))}
	h.Strategy = []plan.Strategy{"", plan.Pilot, plan.Whole}[w.IntN(3)]
	var p plan.OwnPaper
	add := func(i plan.Item, serves int) {
		p.Items = append(p.Items, plan.OwnItem{Digest: fmt.Sprint(len(p.Items)), Item: i, Serves: serves})
	}
	goals := min(size, 12)
	for range goals {
		add(plan.Goal{Text: w.says(250), Approach: w.maybe(w.says(500)), Teachers: w.maybe(w.says(500)), Pupils: w.maybe(w.says(500)), Result: w.maybe(w.says(500)), NoticedBy: w.maybe(w.says(500))}, 0)
	}
	for range min(3*size, 60) {
		a := plan.Action{Text: w.says(250), Who: w.maybe(w.line(40)), When: w.maybe(w.line(60)), Hours: w.maybe(w.line(100)), Pilot: w.maybe(w.line(200))}
		if w.IntN(3) == 0 {
			a.OwnerID = owner
		}
		switch w.IntN(5) {
		case 0:
			a.FromOn = w.day()
			a.ToOn = a.FromOn
		case 1:
			a.FromOn = w.day()
		case 2:
			a.ToOn = w.day()
		case 3:
			a.FromOn, a.ToOn = w.day(), w.day()
			if a.FromOn > a.ToOn {
				a.FromOn, a.ToOn = a.ToOn, a.FromOn
			}
		}
		add(a, w.IntN(goals+1))
	}
	for range min(size, 24) {
		add(plan.Core{Text: w.says(250)}, 0)
		add(plan.Room{Text: w.says(250)}, 0)
		hearing := plan.Hearing{Who: w.line(100), What: w.says(250), When: w.maybe(w.line(80))}
		look := plan.Look{Question: w.line(250), How: w.maybe(w.line(200)), Who: w.maybe(w.line(100))}
		if w.IntN(2) == 0 {
			hearing.On, look.On = w.day(), w.day()
		}
		add(hearing, 0)
		add(look, 0)
	}
	return h, p
}

// spoken is a text as a paper keeps it: its words, whatever spaces stand between them.
func spoken(s string) string { return strings.Join(strings.Fields(paper.Clean(s)), " ") }

// fields are all words of a plan by their field, as far as a paper shows them.
func fields(page plan.Page) []string {
	h := page.Plan.Head
	out := []string{"why " + spoken(h.Why), "keep " + spoken(h.Keep), "start " + string(h.Strategy) + " " + spoken(h.With)}
	goals := map[string]int{}
	for _, g := range page.Goals {
		goals[g.ID] = g.Number
		for _, l := range append(g.Is.Chain(), plan.Link{Name: "text", Text: g.Is.Text}, plan.Link{Name: "noticed", Text: g.Is.NoticedBy}) {
			out = append(out, fmt.Sprintf("goal %d %s %s", g.Number, l.Name, spoken(l.Text)))
		}
	}
	// on paper actions stand below their goals
	for n := range len(page.Goals) + 1 {
		for _, a := range page.Actions {
			if at := goals[a.Is.GoalID]; at == (n+1)%(len(page.Goals)+1) {
				who := a.Is.Who
				if name := page.People[a.Is.OwnerID].Name; name != "" {
					who = strings.TrimSuffix(name+", "+who, ", ")
				}
				out = append(out, fmt.Sprintf("action for %d: %s | who %s | %s %s %s | %s | %s", at, spoken(a.Is.Text), spoken(who), a.Is.FromOn, a.Is.ToOn, spoken(a.Is.When), spoken(a.Is.Hours), spoken(a.Is.Pilot)))
			}
		}
	}
	for _, x := range page.Core {
		out = append(out, "core "+spoken(x.Is.Text))
	}
	for _, x := range page.Room {
		out = append(out, "room "+spoken(x.Is.Text))
	}
	for _, x := range page.Hearings {
		out = append(out, fmt.Sprintf("hearing %s | %s | %s %s", spoken(x.Is.Who), spoken(x.Is.What), x.Is.On, spoken(x.Is.When)))
	}
	for _, x := range page.Looks {
		out = append(out, fmt.Sprintf("look %s | %s | %s | %s", x.Is.On, spoken(x.Is.Question), spoken(x.Is.How), spoken(x.Is.Who)))
	}
	return out
}

// press is what puts a plan on paper.
func (w *town) press() *publish.Press {
	return &publish.Press{Trajectories: w.walks, Plans: w.plans, Conditions: condition.NewService(w.walks, w.clock), Clock: w.clock}
}

func (w *town) pageOf(id string) (trajectory.Seen, plan.Page) {
	w.t.Helper()
	seen, err := w.walks.Reach(w.t.Context(), w.d, w.who("lead"), id)
	w.ok(err)
	page, err := w.plans.Page(w.t.Context(), w.d, seen)
	w.ok(err)
	return seen, page
}

// printed is a plan on paper, as a file.
func (w *town) printed(id, lang string, words i18n.Words, f publish.Format) []byte {
	w.t.Helper()
	seen, _ := w.pageOf(id)
	doc, err := w.press().Plan(w.t.Context(), w.d, seen, publish.Say{T: i18n.Must(publish.Texts).Texts(lang, words, nil)})
	w.ok(err)
	raw, err := f.Make(doc)
	w.ok(err)
	return raw
}

// textOf is a file in its plain form.
func textOf(t *testing.T, raw []byte) string {
	t.Helper()
	text, err := docread.File(raw)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

func back(t *testing.T, raw []byte) takeover.Proposal {
	t.Helper()
	return takeover.Place(docread.FromPlain(textOf(t, raw)), today, publish.Forms()...)
}

// Our own plan on paper comes back as the plan that it was: every word in the field that it came
// from, and nothing beside.
func TestProofF_OurOwnPaperComesBack(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		seed := uint64(20251119)
		for i, size := range []int{0, 1, 2, 5, 24} {
			for _, lang := range []string{"nl", "en"} {
				seed++
				x := &writer{Rand: rand.New(rand.NewPCG(seed, 7))}
				title, question := fmt.Sprintf("Lezen & schrijven %d %s", i, lang), "Waarom lezen onze brugklassers thuis zo weinig, en wat helpt? "+strings.Repeat("lang ", 50)
				if size == 1 {
					question = "Zonder vraagteken.\nEn op twee regels"
				}
				id, err := w.walks.Begin(t.Context(), w.who("lead"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: title, Question: question, Open: true})
				w.ok(err)
				if size > 0 {
					head, paper := x.written(size, w.people["member"])
					w.exec(`insert into participant (trajectory_id, person_id, role, joined_at) values ($1, $2, 'member', $3)`, id, w.people["member"], w.clock.Now())
					_, err = w.plans.EditHead(t.Context(), w.who("lead"), id, 0, head)
					w.ok(err)
					_, err = w.plans.TakeOver(t.Context(), w.who("lead"), id, paper)
					w.ok(err)
				}
				_, before := w.pageOf(id)
				for _, f := range []publish.Format{publish.Word, publish.ODT} {
					name := fmt.Sprintf("size %d, %s, %s", size, lang, f)
					p := back(t, w.printed(id, lang, sectors[i%len(sectors)], f))
					if p.Title != title || len(p.Lines) == 0 || p.Lines[0].To != takeover.Question || spoken(p.Lines[0].Text) != spoken(question) {
						t.Fatalf("%s: %q %+v", name, p.Title, p.Lines)
					}
					lines := takeover.Settle(p.Lines, takeover.Terms{Begins: true, Stands: plan.Standing{Draft: true}})
					for _, l := range lines {
						if l.To == takeover.Beside {
							t.Errorf("%s: beside: %q under %q %v", name, l.Whole(), l.Head, l.Why)
						}
					}
					again, out, err := w.plans.BeginFrom(t.Context(), w.who("lead"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: p.Title, Open: true}, takeover.Paper("Leesplan", lines))
					w.ok(err)
					if out.Beside != 0 || out.Stood != 0 {
						t.Errorf("%s: %+v", name, out)
					}
					_, after := w.pageOf(again)
					was, is := fields(before), fields(after)
					for n := range max(len(was), len(is)) {
						a, b := "", ""
						if n < len(was) {
							a = was[n]
						}
						if n < len(is) {
							b = is[n]
						}
						if a != b {
							t.Errorf("%s:\nwas %q\nis  %q", name, a, b)
						}
					}
					// in the trajectory that it came from everything stands
					stands, err := w.plans.Stands(t.Context(), w.d, mustReach(t, w, id))
					w.ok(err)
					for _, l := range takeover.Settle(p.Lines, takeover.Terms{Asked: question, Stands: stands}) {
						if !l.Stands {
							t.Errorf("%s: read into its own plan: %q goes to %s", name, l.Whole(), l.To)
						}
					}
					whole := w.state()
					got, err := w.plans.TakeOver(t.Context(), w.who("lead"), id, takeover.Paper("Leesplan", takeover.Settle(p.Lines, takeover.Terms{Asked: question, Stands: stands})))
					w.ok(err)
					if got.Placed+got.Beside != 0 || w.state() != whole {
						t.Errorf("%s: its own plan changed: %+v", name, got)
					}
				}
			}
		}
	})
}

func mustReach(t *testing.T, w *town, id string) trajectory.Seen {
	t.Helper()
	seen, err := w.walks.Reach(t.Context(), w.d, w.who("lead"), id)
	if err != nil {
		t.Fatal(err)
	}
	return seen
}

// edited are changes that people make to a paper in between, with what then goes beside.
var edited = map[string]struct {
	change func(text string) string
	beside []string
	differ func(fields []string) []string
}{
	"nothing":                {func(s string) string { return s }, nil, nil},
	"the line above is gone": {func(s string) string { return cutLine(s, "Verbeterplan, nog een concept") }, nil, nil},
	"pasted, so that nothing marks a heading": {func(s string) string { return regexp.MustCompile(`(?m)^#+ `).ReplaceAllString(s, "") }, nil, nil},
	"a part in between": {func(s string) string {
		return strings.Replace(s, "## Acties", "## Begroting\n\nHet kost twaalfhonderd euro.\n\n## Acties", 1)
	}, []string{"Het kost twaalfhonderd euro."}, nil},
	"a sentence below the chain": {func(s string) string {
		return strings.Replace(s, "## Acties", "Hier praten we nog over door.\n\n## Acties", 1)
	}, []string{"Hier praten we nog over door."}, nil},
	"a goal without a number": {func(s string) string {
		return strings.Replace(s, "### Doel 1", "- Ook thuis lezen.\n\n### Doel 1", 1)
	}, nil, func(f []string) []string {
		for i := range f {
			f[i] = strings.NewReplacer("goal 1 ", "goal 2 ", "action for 1", "action for 2").Replace(f[i])
		}
		return append(f, "goal 1 text Ook thuis lezen.", "goal 1 approach ", "goal 1 teachers ", "goal 1 pupils ", "goal 1 result ", "goal 1 noticed ")
	}},
	"capitals and another apostrophe": {func(s string) string {
		return strings.NewReplacer("## Waarom dit plan", "## WAAROM DIT PLAN", "collega’s", "collega's").Replace(s)
	}, nil, nil},
	"an action more": {func(s string) string {
		return strings.Replace(s, "\n\n## Wat is nodig", "\n9. Boeken kopen\tRosa\t3–20 februari 2026\n\n## Wat is nodig", 1)
	}, nil, func(f []string) []string {
		return append(f, "action for 1: Boeken kopen | who Rosa | 2026-02-03 2026-02-20  |  | ")
	}},
	"a column more": {func(s string) string {
		return strings.NewReplacer("Wat\tWie\tWanneer\n", "Wat\tWie\tWanneer\tKosten\n", "12 januari 2026\n", "12 januari 2026\t80 euro\n").Replace(s)
	}, []string{"Kast vullen – Kosten: 80 euro"}, nil},
}

func cutLine(text, line string) string {
	return strings.Replace(text, line+"\n", "", 1)
}

// A paper that was edited in between still comes back; what was added goes where it would go in
// any other plan.
func TestProofF_OurOwnPaperEdited(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		_, err := w.plans.EditHead(t.Context(), w.who("lead"), w.id, 0, plan.Head{Why: "Brugklassers lezen weinig.", Keep: "De leesclub.", Strategy: plan.Pilot})
		w.ok(err)
		_, err = w.plans.TakeOver(t.Context(), w.who("lead"), w.id, plan.OwnPaper{Items: []plan.OwnItem{
			{Digest: "a", Item: plan.Goal{Text: "Iedereen leest.", Approach: "Elke dag een kwartier", Result: "Meer plezier"}},
			{Digest: "b", Item: plan.Action{Text: "Kast vullen", Who: "Noor", FromOn: "2026-01-12", ToOn: "2026-01-12"}, Serves: 1},
			{Digest: "c", Item: plan.Hearing{Who: "Ouders", What: "de nieuwsbrief"}}, {Digest: "d", Item: plan.Look{Question: "Lukt het?", On: "2026-04-20"}},
		}})
		w.ok(err)
		_, err = w.press().Conditions.Add(t.Context(), w.who("lead"), w.id, condition.New{Words: condition.Words{Kind: condition.Time, Text: "Een vast uur in het rooster"}})
		w.ok(err)
		text, err := docread.File(w.printed(w.id, "nl", sectors[0], publish.Word))
		w.ok(err)
		_, page := w.pageOf(w.id)
		was := fields(page)
		for name, x := range edited {
			changed := x.change(text)
			if name != "nothing" && changed == text {
				t.Errorf("%s: nothing was changed", name)
			}
			p := takeover.Place(docread.FromPlain(changed), today, publish.Forms()...)
			lines := takeover.Settle(p.Lines, takeover.Terms{Begins: true, Stands: plan.Standing{Draft: true}})
			var beside []string
			for _, l := range lines {
				if l.To == takeover.Beside {
					beside = append(beside, l.Whole())
				}
			}
			expected := append([]string{"Een vast uur in het rooster – nog niet gevraagd"}, x.beside...) // a need has no place in a plan
			slices.Sort(expected)
			slices.Sort(beside)
			if !slices.Equal(beside, expected) {
				t.Errorf("%s: beside are %q", name, beside)
			}
			stands, err := w.stands("lead")
			w.ok(err)
			needs, err := w.press().Conditions.Needs(t.Context(), w.d, mustReach(t, w, w.id))
			w.ok(err)
			for _, l := range takeover.Settle(p.Lines, takeover.Terms{Needs: needs, Stands: stands}) {
				if strings.HasPrefix(l.Text, "Een vast uur") && (l.To != takeover.Leave || !l.Stands) {
					t.Errorf("%s: a need of its own goes to %s", name, l.To)
				}
			}
			id, _, err := w.plans.BeginFrom(t.Context(), w.who("lead"), trajectory.Start{SchoolID: w.schoolID, MethodID: "verbetercyclus", Title: name, Open: true}, takeover.Paper("Leesplan", lines))
			w.ok(err)
			_, after := w.pageOf(id)
			want := slices.Clone(was)
			if x.differ != nil {
				want = x.differ(want)
			}
			is := fields(after)
			slices.Sort(want)
			slices.Sort(is)
			if strings.Join(want, "\n") != strings.Join(is, "\n") {
				t.Errorf("%s: it became\n%s\nnot\n%s", name, strings.Join(is, "\n"), strings.Join(want, "\n"))
			}
		}
	})
}
