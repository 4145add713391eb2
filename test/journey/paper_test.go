//go:build browser

package journey

import (
	"bytes"
	"path/filepath"
	"testing"
)

// TestProofF_ThePaperForTheCouncil prints the paper of each sector, in both languages, for
// somebody who is not signed in: it fills two sheets of A4, and no more.
func TestProofF_ThePaperForTheCouncil(t *testing.T) {
	dir := t.TempDir()
	s := open(t, "sqlite:"+filepath.Join(dir, "leerkring.db"), "--data", dir)
	for _, lang := range []string{"English", "Nederlands"} {
		p := s.browser.Person("somebody of the council")
		p.Goto("/sign-in")
		if lang == "Nederlands" { // the other one is what a browser asks for here
			p.Click(lang)
		}
		for _, sector := range []string{"po", "vo", "mbo", "vl"} {
			p.Goto("/kept/paper?sector=" + sector)
			if px := p.Sideways(); px > 0 {
				t.Errorf("%s, %s: %d pixels too wide", sector, lang, px)
			}
			if n := bytes.Count(p.Paper("paper/"+sector+"-"+lang), []byte("/Type /Page\n")); n != 2 {
				t.Errorf("%s, %s: prints on %d sheets, not on two", sector, lang, n)
			}
		}
		p.Axe()
		p.Goto("/kept")
		p.Axe()
	}
}
