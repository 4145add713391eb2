//go:build browser

package browser

import (
	"regexp"
	"strconv"
	"testing"
)

// The style of every page: what must hold whatever a page puts in it.

func TestPaperIsA4WithoutWhatIsPrivate(t *testing.T) {
	_, address := newSchool(t, `<p class="private">Alleen voor mij.</p><p class="no-print btn">Knop</p><p>Voor iedereen.</p>`)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	paper := p.Paper("style/paper")
	box := regexp.MustCompile(`/MediaBox \[0 0 ([0-9.]+) ([0-9.]+)\]`).FindSubmatch(paper)
	if box == nil {
		t.Fatal("the paper has no size")
	}
	wide, _ := strconv.ParseFloat(string(box[1]), 64)
	high, _ := strconv.ParseFloat(string(box[2]), 64)
	if wide < 594 || wide > 596 || high < 841 || high > 843 {
		t.Errorf("paper of %s by %s points is no A4", box[1], box[2])
	}
	p.OnPaper()
	p.See("Voor iedereen.")
	p.NotSee("Alleen voor mij.")
	p.NotSee("Knop")
}

func TestFontsAreOurs(t *testing.T) {
	_, address := newSchool(t, `<p>Gewoon.</p><p class="voice">De stem.</p>`)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	loaded := Eval[[]string](p, `document.fonts.ready.then((fonts) => [...fonts].filter((f) => f.status === "loaded").map((f) => f.family.replaceAll('"', "")).sort())`)
	if len(loaded) != 2 || loaded[0] != "Atkinson Next" || loaded[1] != "Literata" {
		t.Errorf("loaded %q", loaded)
	}
	var bytes int64
	for _, r := range p.Requests() {
		if r.Type == "Font" {
			bytes += r.Bytes
		}
	}
	if bytes == 0 || bytes > 70_000 {
		t.Errorf("fonts weigh %d bytes", bytes)
	}
}

func TestHiddenIsHidden(t *testing.T) {
	_, address := newSchool(t, `<p class="btn" hidden>Weg.</p><p>Er is niets.</p>`)
	p := New(t, address).Person("Noor")
	p.Goto("/page")
	p.See("Er is niets.")
	p.NotSee("Weg.")
}
