//go:build browser

package journey

import (
	"path/filepath"
	"regexp"
	"testing"

	"leerkring/method"
	methodweb "leerkring/web/method"
)

// farthest is how many clicks from home a started way of working may be.
const farthest = 3

// begun is the address of a trajectory or of a session that is there.
var begun = regexp.MustCompile(`^/(trajectories|sessions)/[0-9a-z]{26}(\?|$)`)

// TestProofB_StartsAnyMethodInThreeClicks lets a teacher who never saw the product start every
// way of working of the library: from home, without a detour, and with nothing but a name for
// it. What cannot be started yet is as near, and says so.
func TestProofB_StartsAnyMethodInThreeClicks(t *testing.T) {
	library, err := method.Builtin()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s := open(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), "--data", dir)
	noor := s.comes("docent")
	words := library.Words("vo", "nl", nil)
	started := 0
	for _, pack := range library.List() {
		s.step(pack.ID, func() {
			noor.Goto("/week")
			before := noor.Clicks()
			noor.Click("Begin iets nieuws")
			noor.Click(words.Render(pack.Need))
			switch pack.Begins() {
			case method.BeginsTrajectory:
				noor.Fill("Hoe noemen jullie het?", "Met "+pack.ID)
				noor.Click("Begin")
			case method.BeginsSession:
				noor.Click("Zet klaar")
			default:
				noor.See("Starten kan later")
			}
			if n := noor.Clicks() - before; n > farthest {
				t.Errorf("%s takes %d clicks from home", pack.ID, n)
			}
			if methodweb.Start(pack) == "" {
				return
			}
			if started++; !begun.MatchString(noor.Path()) {
				t.Errorf("%s is not started: %s", pack.ID, noor.Path())
			}
		})
	}
	t.Logf("%d of %d ways of working start in at most %d clicks from home", started, len(library.List()), farthest)
	if started < 20 {
		t.Errorf("only %d ways can be started", started)
	}
}
