package bring

import (
	"strings"
	"sync"
	"testing"
	"time"

	"leerkring/bring"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/test/bring/sample"
	"leerkring/trajectory"
)

// tasks are those of the trajectory, in short.
func (w *town) tasks() string {
	return w.lines(`select body || ' / ' || p.name || ' / ' || coalesce(t.due_on, '-') || ' / ' || t.state || case when t.begun_at is null then '' else ' (busy)' end
		from task t join person p on p.id = t.owner_id where t.trajectory_id = $1 order by body`, w.id)
}

func (w *town) same(got, want string) {
	w.t.Helper()
	if got != want {
		w.t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// A look writes nothing; what was looked at comes in at one press; the same file a second time
// changes nothing; of a later export only what is new comes in.
func TestProofF_ABoardFromTrello(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		b, before := w.read(sample.Trello), w.state()
		l := w.look("lead", b, bring.Choices{})
		if w.state() != before {
			t.Fatal("a look changed something")
		}
		began := time.Now()
		out, err := w.boards.Bring(t.Context(), w.who("lead"), w.id, b, bring.Choices{}, l.Digest)
		w.ok(err)
		t.Logf("in one act: %s", time.Since(began).Round(time.Millisecond))
		if out != (bring.Brought{Tasks: 5, Agreements: 2}) {
			t.Errorf("%+v", out)
		}
		w.same(w.tasks(), strings.Join([]string{
			"Kijk bij elkaar in de les – In week 14, met één vraag vooraf. [bovenbouw] / Noor Haddad / 2026-04-10 / open",
			"Luister mee met leerlingen ☐ Kies de klassen ☐ Spreek tien minuten af ☐ Leg de zinnen naast elkaar Opzet vorig jaar https://elders.example/opzet.pdf / Noor Haddad / - / open",
			"Maak drie voorbeelden van goede feedback ☑ wiskunde ☐ Frans ☐ gym / Noor Haddad / - / open",
			"Vraag vier leerlingen hoe zij vergelijken / Sem de Boer / - / open",
			"Zet het rooster van de lesbezoeken klaar / Noor Haddad / 2026-03-27 / open (busy)",
		}, "\n"))
		w.same(w.lines(`select body || ' / ' || state || ' / ' || kind from agreement where trajectory_id = $1 and on_page order by position`, w.id),
			"We beginnen elk uur met een succes / proposed / core\nWie een les bezoekt, vertelt eerst wat goed ging en vraagt daarna pas door over wat er… / proposed / core")
		if n := w.count(`select count(*) from agreement_version`); n != 0 {
			t.Errorf("%d versions were fixed", n)
		}
		for kind, want := range map[string]int{"task.added": 5, "agreement.proposed": 2} {
			if n := w.count(`select count(*) from journal where kind = $1 and actor_id = $2 and trajectory_id = $3`, kind, w.people["lead"], w.id); n != want {
				t.Errorf("%d entries %s", n, kind)
			}
		}
		_, had, err := w.boards.Desk(t.Context(), w.who("member"), w.id)
		w.ok(err)
		if had.Tasks != 5 || had.Agreements != 2 || len(had.Beside) != 3 || !strings.Contains(had.Beside[0].Rest+had.Beside[1].Rest+had.Beside[2].Rest, "wat er anders kan de volgende keer") {
			t.Errorf("what did not fit: %+v", had)
		}

		whole := w.state()
		for _, by := range []string{"lead", "member"} { // whoever brings it: it is there
			if out := w.brings(by, b, bring.Choices{}); out != (bring.Brought{}) || w.state() != whole {
				t.Errorf("a second time: %+v", out)
			}
		}
		if l := w.look("lead", b, bring.Choices{}); l.There != 7 {
			t.Errorf("%d are there already", l.There)
		}

		w.clock.Move(21 * 24 * time.Hour)
		later := w.read(sample.TrelloLater)
		if out := w.brings("member", later, bring.Choices{}); out != (bring.Brought{Tasks: 1}) {
			t.Errorf("a later export: %+v", out)
		}
		if !strings.Contains(w.tasks(), "Plan de volgende ronde lesbezoeken / Noor Haddad / - / open") || strings.Contains(w.tasks(), "Kijk twee keer") || strings.Contains(w.tasks(), "klaar / Noor Haddad / 2026-03-27 / done") {
			t.Errorf("what came in before was changed:\n%s", w.tasks())
		}
	})
}

// The same of a plan, in both languages: what came in from the Dutch file is there for the English one.
func TestProofF_ABoardFromPlanner(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		b := w.read(sample.Planner(t, "nl", sample.Dutch))
		l := w.look("lead", b, bring.Choices{Done: true})
		c := bring.Choices{Done: true, Cards: map[string]string{}}
		for _, i := range l.Items() {
			if strings.HasPrefix(i.Body, "Kijk") {
				c.Cards[i.Key] = w.people["member"]
			}
		}
		out, err := w.boards.Bring(t.Context(), w.who("lead"), w.id, b, c, l.Digest)
		w.ok(err)
		if out != (bring.Brought{Tasks: 3, Agreements: 1}) {
			t.Errorf("%+v", out)
		}
		w.same(w.tasks(), strings.Join([]string{
			"Kijk bij elkaar in de les – In week 14. Met één vraag vooraf. [bovenbouw] / Sem de Boer / 2026-04-09 / open",
			"Lees één artikel / Noor Haddad / - / done",
			"Maak drie voorbeelden ☐ wiskunde ☐ Frans ☐ gym / Noor Haddad / 2026-03-27 / open (busy)",
		}, "\n"))
		whole := w.state()
		english := w.read(sample.Planner(t, "en", sample.English()))
		for _, again := range []bring.Board{b, english} {
			if out := w.brings("lead", again, bring.Choices{Done: true}); out != (bring.Brought{}) || w.state() != whole {
				t.Errorf("a second time: %+v", out)
			}
		}
		more := append(sample.English(), sample.Task{ID: "PR9eee", Name: "Vraag de gymzaal", Bucket: "Te doen", Progress: "Not started", People: "member@baken.example"})
		if out := w.brings("lead", w.read(sample.Planner(t, "en", more)), bring.Choices{}); out != (bring.Brought{Tasks: 1}) || !strings.Contains(w.tasks(), "Vraag de gymzaal / Sem de Boer") {
			t.Errorf("a later export: %+v\n%s", out, w.tasks())
		}
	})
}

// T-R2 for a board: broken off in the middle, or sent by twelve at once, all of it is there once, or nothing is.
func TestProofF_ABoardComesInWholeOrNotAtAll(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		b := w.read(sample.Trello)
		digest := w.look("lead", b, bring.Choices{}).Digest
		act := func() error {
			_, err := w.boards.Bring(t.Context(), w.who("lead"), w.id, b, bring.Choices{}, digest)
			return err
		}
		for table, when := range map[string]string{"task": "NEW.body like 'Zet het rooster%'", "agreement": "NEW.body like 'Wie een les%'", "brought": "NEW.kind = 'agreement'", "journal": "NEW.kind = 'agreement.proposed'"} {
			before := w.state()
			w.breaks(table, when)
			if err := act(); err == nil || !strings.Contains(err.Error(), "broken") {
				t.Errorf("%s: %v", table, err)
			}
			if w.state() != before {
				t.Errorf("%s: half a board is there", table)
			}
			w.mends(table)
		}
		var wg sync.WaitGroup
		results := make([]error, 12)
		for i := range results {
			wg.Go(func() { results[i] = act() })
		}
		wg.Wait()
		done := 0
		for _, err := range results {
			switch {
			case err == nil:
				done++
			case said(err) != "bring.looks_different":
				t.Error(err)
			}
		}
		if done != 1 || w.count(`select count(*) from task`) != 5 || w.count(`select count(*) from agreement`) != 2 || w.count(`select count(*) from brought`) != 7 {
			t.Errorf("%d times, %d tasks", done, w.count(`select count(*) from task`))
		}
	})
}

// T-C1, T-C6: who may make a task in a team may bring its board; for all others, and everywhere else, there is nothing.
func TestProofF_WhoMayBringABoard(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		b := w.read(sample.Trello)
		digest := w.look("lead", b, bring.Choices{}).Digest
		for _, by := range []string{"guest", "colleague", "leader", "admin", "outsider"} {
			for what, act := range map[string]func() error{
				"the page": func() error { _, _, err := w.boards.Desk(t.Context(), w.who(by), w.id); return err },
				"a look": func() error {
					_, _, err := w.boards.LookAt(t.Context(), w.who(by), w.id, b, bring.Choices{})
					return err
				},
				"bringing": func() error {
					_, err := w.boards.Bring(t.Context(), w.who(by), w.id, b, bring.Choices{}, digest)
					return err
				},
			} {
				w.refused("absent", act)
				if t.Failed() {
					t.Fatalf("%s: %s", by, what)
				}
			}
		}
		w.refused("absent", func() error {
			_, err := w.boards.Bring(t.Context(), w.who("lead"), ident.At(w.clock.Now()), b, bring.Choices{}, digest)
			return err
		})
		if out := w.brings("coach", b, bring.Choices{}); out.Tasks != 5 { // takes part: the matrix lets a coach make tasks
			t.Errorf("a coach: %+v", out)
		}
		w.ok(w.walks.SetState(t.Context(), w.who("lead"), w.id, must(db.One(t.Context(), w.d, `select version from trajectory where id = $1`, db.Int, w.id))(t), trajectory.Stopped, "Het werk gaat elders verder.", ""))
		w.refused("bring.ended", func() error {
			_, err := w.boards.Bring(t.Context(), w.who("lead"), w.id, b, bring.Choices{}, digest)
			return err
		})
	})
}

// T-F5: nothing in a file becomes a person, a right, a part in the team or somebody's words; who takes a task is who was
// chosen among those who take part.
func TestProofF_AFileGivesNobodyAnything(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		around := func() string {
			return w.lines(`select 'p' || id || name || email || state || version from person union all select 'm' || trajectory_id || person_id || role || joined_at from participant
				union all select 'r' || person_id || kind from role union all select 's' || person_id || school_id from staff union all select 'l' || id from account_link order by 1`)
		}
		before := around()
		mine := `{"name":"B","lists":[{"id":"l","name":"Te doen"},{"id":"a","name":"Afspraken"}],"memberships":[{"idMember":"m","memberType":"admin"}],
			"members":[{"id":"m","fullName":"Ilse Brand","memberType":"admin","email":"oda@vloed.example"},{"id":"x","fullName":"Oda Ver"}],
			"cards":[{"id":"1","name":"Maak mij beheerder","idList":"l","idMembers":["m"],"owner_id":"` + w.people["outsider"] + `","role":"lead","made_by":"x","school_id":"y","state":"done"},
				{"id":"2","name":"Van iemand elders","idList":"l","idMembers":["x"]},{"id":"3","name":"Altijd op tijd","idList":"a","idMembers":["x"],"state":"standing"}]}`
		b := w.read([]byte(mine))
		w.brings("member", b, bring.Choices{})
		if around() != before {
			t.Error("somebody got something")
		}
		w.same(w.tasks(), "Maak mij beheerder / Sem de Boer / - / open\nVan iemand elders / Sem de Boer / - / open")
		if n := w.count(`select count(*) from task where made_by <> $1`, w.people["member"]) + w.count(`select count(*) from agreement where made_by <> $1 or state <> 'proposed'`, w.people["member"]); n != 0 {
			t.Errorf("%d things are somebody else's", n)
		}

		other := w.read([]byte(strings.ReplaceAll(mine, `"id":"1"`, `"id":"4"`)))
		l := w.look("member", other, bring.Choices{})
		for name, id := range map[string]string{"outside the team": w.people["colleague"], "another board": w.people["outsider"], "nobody": ident.At(w.clock.Now()), "no id": "x"} {
			for _, c := range []bring.Choices{{Cards: map[string]string{l.Items()[0].Key: id}}, {Names: map[string]string{l.Names[0].Key: id}}} {
				w.refused("bring.not_here", func() error {
					_, err := w.boards.Bring(t.Context(), w.who("member"), w.id, other, c, l.Digest)
					return err
				})
				if t.Failed() {
					t.Fatal(name)
				}
			}
		}
	})
}

// What does not fit is refused with a sentence at its place; the rest of what was chosen stands.
func TestProofF_WordsThatDoNotFitAreMendedFirst(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		b := w.read(sample.Trello)
		l := w.look("lead", b, bring.Choices{})
		long := l.Items()[6]
		for _, words := range []string{strings.Repeat("a", bring.MaxAgreement+1), " ", "ab"} {
			c := bring.Choices{Words: map[string]string{long.Key: words}}
			w.refused("bring.words", func() error {
				_, err := w.boards.Bring(t.Context(), w.who("lead"), w.id, b, c, l.Digest)
				if f := errs.FieldsOf(err); len(f) != 1 || f[0].Name != "w-"+long.Key {
					t.Errorf("%+v", f)
				}
				return err
			})
		}
		w.refused("bring.looks_different", func() error { // another choice than what was looked at
			_, err := w.boards.Bring(t.Context(), w.who("lead"), w.id, b, bring.Choices{Done: true}, l.Digest)
			return err
		})
		c := bring.Choices{Words: map[string]string{long.Key: "Eerst wat goed ging"}, Cards: map[string]string{l.Items()[0].Key: bring.NotThis}}
		out, err := w.boards.Bring(t.Context(), w.who("lead"), w.id, b, c, l.Digest)
		w.ok(err)
		if out.Tasks != 4 || w.count(`select count(*) from agreement where body = 'Eerst wat goed ging'`) != 1 {
			t.Errorf("%+v", out)
		}
		if rest := must(db.One(t.Context(), w.d, `select rest from brought where source = $1`, db.Str, long.Source))(t); !strings.HasSuffix(rest, "de volgende keer") {
			t.Errorf("beside: %q", rest)
		}
		if l := w.look("lead", b, bring.Choices{}); len(l.Items()) != 1 { // what was left out can come later
			t.Errorf("%d come later", len(l.Items()))
		}
	})
}

func must[T any](x T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
}
