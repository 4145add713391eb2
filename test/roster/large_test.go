package roster

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"leerkring/roster"
)

// large is a list of so many people in forty teams.
func large(n int) string {
	var b strings.Builder
	b.WriteString("Personeelsnummer\tNaam\tE-mail\tTeams\tWerkdagen\tFunctie\n")
	for i := range n {
		fmt.Fprintf(&b, "%d\tVoornaam%d van den Achternaam%d\tpersoon%d@baken.example\tSectie %d, Afdeling %d\tma di do\tdocent\n", i, i, i, i, i%30, i%10)
	}
	return b.String()
}

// TestProofF_RosterFiveThousand brings five thousand people in, in one act; a second time nothing
// changes; a small change is found among them. How long it took is told.
func TestProofF_RosterFiveThousand(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		const n = 5000
		p := text(large(n))
		p.Choices.Teams = map[string]string{}
		began := time.Now()
		l := w.look(p)
		t.Logf("a look at %d people: %s", n, time.Since(began).Round(time.Millisecond))
		if roster.Count(l.Findings, roster.Unclear) != n || len(l.Findings) != n {
			t.Fatalf("%d findings, %d unclear", len(l.Findings), roster.Count(l.Findings, roster.Unclear))
		}
		for _, f := range l.Findings[:60] {
			for _, name := range f.Missing {
				p.Choices.Teams[roster.TeamKey(name)] = roster.MakeIt
			}
		}
		began = time.Now()
		out, err := w.rosters.BringIn(t.Context(), w.who("admin"), w.id, p, l.Digest, roster.Invitation{Send: true})
		w.ok(err)
		t.Logf("in one act, with invitations: %s", time.Since(began).Round(time.Millisecond))
		if out.New != n || len(w.post.letters) != n || w.count(`select count(*) from person where state = 'invited'`) != n || w.count(`select count(*) from team`) != 41 || w.count(`select count(*) from team_member`) != 2*n {
			t.Fatalf("%+v, %d letters", out, len(w.post.letters))
		}
		journal := w.count(`select count(*) from journal`)
		p.Choices = roster.Choices{}
		began = time.Now()
		if out := w.brings(p); out != (roster.Brought{}) || w.count(`select count(*) from journal`) != journal {
			t.Errorf("a second time: %+v", out)
		}
		t.Logf("a second time: %s", time.Since(began).Round(time.Millisecond))
		changed := strings.Replace(strings.Replace(p.Text, "ma di do", "ma di", 1), "persoon77@", "p77@", 1)
		changed = changed[:strings.LastIndex(strings.TrimSpace(changed), "\n")+1]
		l = w.look(text(changed))
		if a, b := roster.Count(l.Findings, roster.Changed), roster.Count(l.Findings, roster.Leaving); a != 2 || b != 1 {
			t.Errorf("%d changed, %d leaving", a, b)
		}
	})
}
