package trajectory_test

import (
	"slices"
	"testing"

	"leerkring/internal/i18n"
	"leerkring/internal/page"
	"leerkring/method"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

// What a gate of our own packs is read off from has words in both languages.
func TestEveryCriterionSaysWhatItIsReadFrom(t *testing.T) {
	t.Parallel()
	library, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	catalog := i18n.Must(trajectoryweb.Texts, page.Texts, ui.TextFiles)
	n := 0
	for _, pack := range library.List() {
		for _, stage := range pack.Stages {
			for _, c := range stage.Gate {
				for _, f := range c.From {
					n++
					for _, lang := range []string{"nl", "en"} {
						if key := "trajectory.fact_" + string(f); !catalog.Texts(lang, nil, nil).Has(key) {
							t.Errorf("%s in %s: no words for %s in %s", c.ID, pack.ID, f, lang)
						}
					}
				}
			}
		}
	}
	if n < 15 {
		t.Errorf("only %d facts were looked at", n)
	}
}

// A team sees the parts in which its way of working asks something.
func TestASmallRoundIsNotGivenEveryPart(t *testing.T) {
	t.Parallel()
	library, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	for id, want := range map[string][]string{
		"verbetercyclus": {"status", "explore", "sources", "plan", "meetings", "monitor", "agreement", "people", "history"},
		"kleine-ronde":   {"status", "plan", "meetings", "monitor", "people", "history"},
	} {
		pack, ok := library.Latest(id)
		if !ok {
			t.Fatal(id)
		}
		var got []string
		for _, part := range []string{"status", "explore", "sources", "plan", "meetings", "monitor", "agreement", "people", "history"} {
			if trajectoryweb.Walks(pack, part) {
				got = append(got, part)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", id, got, want)
		}
	}
}
