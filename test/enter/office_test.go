package enter

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"leerkring/block/plan/takeover"
	"leerkring/internal/dbtest"
	"leerkring/publish"
)

// Our own paper that was opened and saved by an office program, in the other format, comes back as
// it would have before.
func TestProofF_OurOwnPaperSavedByAnOffice(t *testing.T) {
	t.Parallel()
	office, err := exec.LookPath("soffice")
	if err != nil {
		t.Fatalf("%v: install libreoffice-writer-nogui, or let the test command do it", err)
	}
	w := newTown(t, dbtest.SQLite(t))
	x := &writer{Rand: rand.New(rand.NewPCG(4, 7))}
	head, own := x.written(5, "")
	_, err = w.plans.EditHead(t.Context(), w.who("lead"), w.id, 0, head)
	w.ok(err)
	_, err = w.plans.TakeOver(t.Context(), w.who("lead"), w.id, own)
	w.ok(err)
	for _, f := range []struct{ from, to publish.Format }{{publish.Word, publish.ODT}, {publish.ODT, publish.Word}} {
		raw := w.printed(w.id, "nl", sectors[0], f.from)
		dir := t.TempDir()
		name := filepath.Join(dir, "plan."+string(f.from))
		w.ok(os.WriteFile(name, raw, 0o600))
		out, err := exec.CommandContext(t.Context(), office, "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--convert-to", string(f.to), "--outdir", dir, name).CombinedOutput()
		if err != nil {
			t.Fatalf("%v\n%s", err, out)
		}
		saved, err := os.ReadFile(filepath.Join(dir, "plan."+string(f.to)))
		w.ok(err)
		was, is := told(back(t, raw)), told(back(t, saved))
		for i := range max(len(was), len(is)) {
			if i >= len(was) || i >= len(is) || was[i] != is[i] {
				t.Errorf("%s saved as %s, line %d:\nwas %s\nis  %s", f.from, f.to, i, at(was, i), at(is, i))
			}
		}
	}
}

func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return "nothing more"
}

// told is a proposal line by line, with every field.
func told(p takeover.Proposal) []string {
	out := []string{p.Title}
	for _, l := range p.Lines {
		l.Key, l.Goal = "", ""
		out = append(out, strings.Join(strings.Fields(fmt.Sprintf("%+v", l)), " "))
	}
	return out
}
