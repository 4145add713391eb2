package takeover_test

import (
	"strings"
	"testing"

	"leerkring/block/plan"
	"leerkring/block/plan/takeover"
	"leerkring/internal/docread"
)

// short is a proposal in one text: where, what, who, from, until, when.
func short(text string) string {
	var out []string
	for _, l := range takeover.Place(docread.FromPlain(text), "2025-11-19").Lines {
		out = append(out, strings.TrimRight(strings.Join([]string{string(l.To), l.Text, l.Who, string(l.From), string(l.Until), l.When}, "|"), "|"))
	}
	return strings.Join(out, "\n")
}

func TestWhereALineGoes(t *testing.T) {
	for name, x := range map[string]struct{ text, want string }{
		"a list under a heading": {"# Doelen\n- Elke dag lezen.\n- Minder verzuim.", "goal|Elke dag lezen.\ngoal|Minder verzuim."},
		"English":                {"# Goals\n- Read every day.\n\n# Actions\n- Fill the shelf (Tom, 3 February 2026)", "goal|Read every day.\naction|Fill the shelf|Tom|2026-02-03|2026-02-03"},
		"a table":                {"# Acties\nWat\tWie\tGereed\nKast vullen\tTom\t1-2-2026", "action|Kast vullen|Tom||2026-02-01"},
		"a time in words":        {"# Acties\nWat\tWie\tWanneer\nKast vullen\tTom\tvoor de vakantie", "action|Kast vullen|Tom|||voor de vakantie"},
		"a day that is none":     {"# Acties\nWat\tWanneer\nKast vullen\t31 februari 2026", "action|Kast vullen||||31 februari 2026"},
		"everybody and own":      {"# Afspraken\n- Rustig binnen.\n\n# Eigen keuze\n- Het boek.", "core|Rustig binnen.\nroom|Het boek."},
		"who hears what":         {"# Communicatie\n- Ouders: de nieuwsbrief", "hearing|de nieuwsbrief|Ouders"},
		"looking back":           {"# Evaluatie\n- 20 april 2026: lukt het?", "look|lukt het?||2026-04-20|2026-04-20"},
		"what is unclear":        {"Losse zin vooraf.\n\nNog een losse zin.\n\n# Begroting\n- Twaalfhonderd euro", "beside|Losse zin vooraf.\nbeside|Nog een losse zin.\nbeside|Twaalfhonderd euro"},
	} {
		if got := short(x.text); got != x.want {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, x.want)
		}
	}
}

func TestAGoalHasItsChain(t *testing.T) {
	p := takeover.Place(docread.FromPlain("# Doelen\n## Doel 1: Iedereen leest\nAanpak: elke dag een kwartier\nResultaat: meer plezier\n\n# Acties\nDoel\tWat\tWie\nDoel 1\tKast vullen\tTom"), "2025-11-19")
	if len(p.Lines) != 2 || p.Lines[0].Approach != "elke dag een kwartier" || p.Lines[0].Result != "meer plezier" || p.Lines[1].Goal != p.Lines[0].Key {
		t.Fatalf("%+v", p.Lines)
	}
	paper := takeover.Paper("Leesplan", takeover.Settle(p.Lines, takeover.Terms{}))
	if len(paper.Items) != 2 || paper.Items[1].Serves != 1 {
		t.Errorf("%+v", paper.Items)
	}
}

func TestWhatIsChosenGoesThere(t *testing.T) {
	lines := takeover.Place(docread.FromPlain("# Doelen\n- Lezen.\n- Rekenen.\n\n# Acties\n- Iets doen."), "2025-11-19").Lines
	chosen := map[string]takeover.Target{lines[0].Key: takeover.Leave, lines[1].Key: takeover.Why, lines[2].Key: takeover.Hearing, "nobody": takeover.Goal}
	got := takeover.Settle(lines, takeover.Terms{Choices: chosen})
	if got[0].To != takeover.Leave || got[1].To != takeover.Why || got[2].To != takeover.Beside || len(got[2].Why) == 0 || got[2].Why[0].Key != "plan.hearing_who" {
		t.Errorf("%+v", got)
	}
	stands := plan.Standing{Says: map[string]string{plan.Says("lezen"): "x"}}
	if got := takeover.Settle(lines, takeover.Terms{Stands: stands}); !got[0].Stands || got[1].Stands {
		t.Errorf("%+v", got)
	}
	if paper := takeover.Paper("Leesplan", got); len(paper.Items) != 0 || len(paper.Why) != 1 || len(paper.Beside) != 1 {
		t.Errorf("%+v", paper)
	}
}

func TestAPieceBecomesAnItem(t *testing.T) {
	item, err := takeover.AsItem("Ouders: de\nnieuwsbrief", takeover.Hearing, "2025-11-19")
	if h, ok := item.(plan.Hearing); err != nil || !ok || h.Who != "Ouders" || h.What != "de nieuwsbrief" {
		t.Errorf("%+v %v", item, err)
	}
	if _, err := takeover.AsItem("x", takeover.Leave, "2025-11-19"); err == nil {
		t.Error("what is no item became one")
	}
	if item, err := takeover.AsItem("20 april 2026", takeover.Look, "2025-11-19"); err != nil || item.Check() != nil && item.(plan.Look).Question == "" {
		t.Errorf("%+v %v", item, err)
	}
}
