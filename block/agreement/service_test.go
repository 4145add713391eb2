package agreement_test

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"leerkring/block/agreement"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/trajectory"
	"leerkring/writing"
)

func TestAPageGrowsTogether(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		core := w.whole()
		v := w.view("guest")
		if v.Words.Title != "Rust in de pauze" || len(v.Words.Steps) != 2 || len(v.Core) != 1 || v.Core[0].ID != core || len(v.Room) != 1 || !v.Ready.All() || v.MayEdit || v.MayReact {
			t.Errorf("page %+v", v)
		}
		if p := v.People[w.people["second"]]; p.Name != "Naam second" || v.Care.CaretakerID != w.people["second"] || v.CareSince != today {
			t.Errorf("care %+v", v.Care)
		}
		if got := w.log(7); !slices.Equal(got, []string{"trajectory.begun", "agreement_page.changed", "agreement.proposed", "agreement.settled", "agreement.proposed", "agreement.settled", "agreement_page.cared_for"}) {
			t.Errorf("journal %v", got)
		}
	})
}

func TestAnHourSettlesAgreements(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		first, err := w.agreed("member", "hour-1", "Wij beginnen met iets uit een les.")
		w.ok(err)
		_, err = w.agreed("member", "hour-2", "Wij sluiten op tijd.")
		w.ok(err)
		got, err := w.pages.OfMeetings(w.ctx, w.d, w.seen("colleague"), []string{"hour-1", "hour-0"})
		w.ok(err)
		if len(got) != 1 || got[0].ID != first || got[0].MeetingID != "hour-1" || got[0].Kept != "" {
			t.Errorf("agreed %+v", got)
		}
		if v := w.view("lead"); len(v.Also) != 2 || len(v.Core) != 0 || v.Also[0].State != agreement.Standing || v.Also[0].Since != today {
			t.Errorf("it stands, and is not on the page yet: %+v", v.Also)
		}
		w.ok(w.pages.HowItWent(w.ctx, w.who("second"), w.id, today, map[string]agreement.Kept{first: agreement.KeptOpen}))
		w.ok(w.pages.HowItWent(w.ctx, w.who("second"), w.id, today, map[string]agreement.Kept{first: agreement.KeptPartly}))
		if got, err = w.pages.OfMeetings(w.ctx, w.d, w.seen("member"), []string{"hour-1"}); err != nil || got[0].Kept != agreement.KeptPartly {
			t.Errorf("how it went %+v %v", got, err)
		}
		if v := w.view("member"); v.Also[0].KeptOn != today || v.Also[0].Kept != agreement.KeptPartly {
			t.Errorf("kept %+v", v.Also[0])
		}
		w.ok(w.pages.Place(w.ctx, w.who("lead"), w.id, first, true, agreement.Core))
		if v := w.view("member"); len(v.Core) != 1 || len(v.Also) != 1 {
			t.Errorf("placed %+v", v)
		}
		w.refused("an empty one", "agreement.line_empty", func() error { _, err := w.agreed("member", "hour-1", " "); return err })
		w.absent("a guest agrees to nothing", func() error { _, err := w.agreed("guest", "hour-1", "Wij wachten af."); return err })
		if none, err := w.pages.OfMeetings(w.ctx, w.d, w.seen("member"), nil); err != nil || none != nil {
			t.Errorf("of no meeting %v %v", none, err)
		}
		long, err := w.agreed("member", "hour-1", "Wij "+strings.Repeat("a", 150))
		w.ok(err)
		w.refused("too long for the page", "agreement.long_for_page", func() error {
			return w.pages.Place(w.ctx, w.who("lead"), w.id, long, true, agreement.Room)
		})
	})
}

func TestALineIsChangedWithAReason(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		id := w.whole()
		l := agreement.Line{Kind: agreement.Core, Body: "Wij staan bij de deur, ook bij regen.", Quality: "Iedereen hoort zijn naam."}
		w.refused("without a reason", "agreement.reason", func() error {
			_, err := w.pages.Reword(w.ctx, w.who("member"), w.id, id, 1, l, " ")
			return err
		})
		w.ok(clean(w.pages.Reword(w.ctx, w.who("member"), w.id, id, 1, l, "Bij regen stond er niemand.")))
		clash, err := w.pages.Reword(w.ctx, w.who("second"), w.id, id, 1, agreement.Line{Kind: agreement.Core, Body: "Wij staan op het plein."}, "Anders")
		w.ok(err)
		v := w.view("second")
		if clash == nil || clash.Theirs["body"] != l.Body || v.Core[0].Body != l.Body || v.Core[0].Quality != l.Quality || v.Waiting[id]["body"] != "Wij staan op het plein." {
			t.Errorf("both are kept: %+v %+v", clash, v.Waiting)
		}
		if other := w.view("member"); len(other.Waiting) != 0 {
			t.Errorf("what waits is shown to its writer: %v", other.Waiting)
		}
		w.ok(w.pages.LetGo(w.ctx, w.who("second"), w.id, id))
		if v := w.view("second"); len(v.Waiting) != 0 {
			t.Errorf("let go %v", v.Waiting)
		}
		history, err := writing.History(w.ctx, w.d, writing.Ref{Kind: "agreement", ID: id})
		w.ok(err)
		if len(history) != 3 || history[1].Reason != "Bij regen stond er niemand." {
			t.Errorf("history %+v", history)
		}
		w.ok(w.pages.Retire(w.ctx, w.who("lead"), w.id, id, "Dit doet iedereen al."))
		if v := w.view("member"); len(v.Core) != 0 || len(v.Retired) != 1 || v.Retired[0].RetiredOn != today {
			t.Errorf("retired %+v", v.Retired)
		}
		w.refused("words of what was let go", "agreement.is_retired", func() error {
			_, err := w.pages.Reword(w.ctx, w.who("member"), w.id, id, 3, l, "toch")
			return err
		})
	})
}

func TestThePageHoldsSevenAndFive(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		var last string
		for i := range 7 {
			last = w.line(agreement.Core, fmt.Sprint("Wij doen dit ", i))
		}
		for i := range 5 {
			w.line(agreement.Room, fmt.Sprint("Zelf kiezen ", i))
		}
		eighth, err := w.pages.Propose(w.ctx, w.who("member"), w.id, agreement.Line{Kind: agreement.Core, Body: "Wij doen nog iets"})
		w.ok(err)
		w.refused("an eighth", "agreement.core_full", func() error { return w.pages.Settle(w.ctx, w.who("lead"), w.id, eighth) })
		w.refused("changed into own choice", "agreement.room_full", func() error {
			_, err := w.pages.Reword(w.ctx, w.who("lead"), w.id, last, 1, agreement.Line{Kind: agreement.Room, Body: "Zelf kiezen"}, "Anders")
			return err
		})
		w.ok(w.pages.Place(w.ctx, w.who("lead"), w.id, last, false, ""))
		w.ok(w.pages.Settle(w.ctx, w.who("lead"), w.id, eighth))
		w.refused("back on a full page", "agreement.core_full", func() error {
			return w.pages.Place(w.ctx, w.who("lead"), w.id, last, true, agreement.Core)
		})
		if v := w.view("member"); len(v.Core) != 7 || len(v.Room) != 5 || len(v.Also) != 1 {
			t.Errorf("page %d %d %d", len(v.Core), len(v.Room), len(v.Also))
		}
	})
}

func TestTwoWhoWriteTheWordsAtOnceLoseNothing(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.words(0, "Rust")
		names, clashes := []string{"member", "second"}, make([]*writing.Clash, 2)
		var wg sync.WaitGroup
		for i, name := range names {
			who := w.who(name)
			wg.Go(func() {
				var err error
				if clashes[i], err = w.pages.Say(w.ctx, who, w.id, 1, agreement.Words{Title: "Van " + name}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		late := 0
		if clashes[1] != nil {
			late = 1
		}
		v := w.view(names[late])
		if clashes[late] == nil || clashes[1-late] != nil || v.Words.Title != "Van "+names[1-late] || v.Waiting["words"]["title"] != "Van "+names[late] {
			t.Errorf("clashes %v, page %+v", clashes, v)
		}
		w.ok(w.pages.LetGo(w.ctx, w.who(names[late]), w.id, "words"))
		if v := w.view(names[late]); len(v.Waiting) != 0 {
			t.Errorf("let go %v", v.Waiting)
		}
	})
}

func TestVersionsOfThePage(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.words(0, "Rust")
		w.refused("too little", "agreement.nothing_to_fix", func() error { _, err := w.pages.Fix(w.ctx, w.who("lead"), w.id, ""); return err })
		id := w.whole2()
		n, err := w.pages.Fix(w.ctx, w.who("second"), w.id, "") // who keeps it alive may
		w.ok(err)
		if n != 1 {
			t.Errorf("number %d", n)
		}
		w.refused("nothing is different", "agreement.nothing_changed", func() error { _, err := w.pages.Fix(w.ctx, w.who("lead"), w.id, "x"); return err })
		w.ok(clean(w.pages.Reword(w.ctx, w.who("member"), w.id, id, 1, agreement.Line{Kind: agreement.Core, Body: "Wij groeten bij naam."}, "Korter")))
		w.refused("without a reason", "agreement.version_reason", func() error { _, err := w.pages.Fix(w.ctx, w.who("lead"), w.id, ""); return err })
		_, err = w.pages.Fix(w.ctx, w.who("lead"), w.id, "Eén zin, één keer.")
		w.ok(err)
		old, people, err := w.pages.Version(w.ctx, w.d, w.seen("colleague"), 1)
		w.ok(err)
		if old.Body.Core[0].Body != "Wij staan bij de deur." || people[w.people["second"]].Name != "Naam second" || old.On != today {
			t.Errorf("first version %+v", old)
		}
		if v := w.view("member"); len(v.Versions) != 2 || v.Number() != 2 || v.Changed || v.Versions[0].Reason != "Eén zin, één keer." {
			t.Errorf("versions %+v", v.Versions)
		}
		if _, _, err := w.pages.Version(w.ctx, w.d, w.seen("member"), 3); err == nil {
			t.Error("a number that is not there")
		}
	})
}

// whole2 is a page with words that stands already, with a line and somebody who keeps it.
func (w *town) whole2() string {
	id := w.line(agreement.Core, "Wij staan bij de deur.")
	w.care(0, agreement.Care{CaretakerID: w.people["second"], ReviewOn: today.Add(90)})
	return id
}

func TestOnlyNamesOfWhoSignedAndOnlyForWhoKeepsIt(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.refused("nothing to read yet", "agreement.nothing_to_read", func() error { return w.pages.Sign(w.ctx, w.who("member"), w.id, false) })
		w.whole()
		w.ok(w.pages.Sign(w.ctx, w.who("leader"), w.id, false))
		w.ok(w.pages.Sign(w.ctx, w.who("member"), w.id, false))
		w.ok(w.pages.Sign(w.ctx, w.who("member"), w.id, false)) // pressed twice
		for _, name := range []string{"lead", "leader", "member", "guest", "coach"} {
			v := w.view(name)
			if v.SignedBy != nil || v.Signed != (name == "leader" || name == "member") {
				t.Errorf("%s sees %v, own %v", name, v.SignedBy, v.Signed)
			}
			for id := range v.People {
				if id == w.people["leader"] {
					t.Errorf("%s gets the name of who signed", name)
				}
			}
		}
		for _, name := range []string{"second", "colleague"} { // caretaker and stand-in
			if v := w.view(name); !slices.Equal(v.SignedBy, []string{w.people["leader"], w.people["member"]}) || v.Signed {
				t.Errorf("%s sees %v", name, v.SignedBy)
			}
		}
		w.ok(w.pages.Sign(w.ctx, w.who("leader"), w.id, true))
		if v := w.view("second"); !slices.Equal(v.SignedBy, []string{w.people["member"]}) {
			t.Errorf("taken back: %v", v.SignedBy)
		}
		if got := w.log(3); !slices.Equal(got, []string{"agreement_page.read", "agreement_page.read", "agreement_page.unread"}) {
			t.Errorf("journal %v", got)
		}
	})
}

func TestSomethingPinches(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.whole()
		id, err := w.pages.Remark(w.ctx, w.who("leader"), w.id, "Wie is een collega als ik alleen sta?")
		w.ok(err)
		w.ok(clean(w.pages.Answer(w.ctx, w.who("colleague"), w.id, id, 0, "Komt in versie 2.")))
		clash, err := w.pages.Answer(w.ctx, w.who("lead"), w.id, id, 0, "Weet ik niet.")
		w.ok(err)
		if v := w.view("member"); clash == nil || len(v.Remarks) != 1 || v.Remarks[0].Answer != "Komt in versie 2." || v.People[v.Remarks[0].PersonID].Name != "Naam leader" {
			t.Errorf("remarks %+v", v.Remarks)
		}
		w.absent("somebody else takes it away", func() error { return w.pages.Withdraw(w.ctx, w.who("lead"), w.id, id) })
		w.absent("who only takes part does not answer", func() error { _, err := w.pages.Answer(w.ctx, w.who("member"), w.id, id, 1, "Zelf weten."); return err })
		w.ok(w.pages.Withdraw(w.ctx, w.who("leader"), w.id, id))
		left, err := db.All(w.ctx, w.d, `select body from text_version where object_kind in ('agreement_remark', 'agreement_answer') and body <> '{}'`, db.Str)
		w.ok(err)
		if v := w.view("member"); len(v.Remarks) != 0 || len(left) != 0 {
			t.Errorf("taken away: %v %v", v.Remarks, left)
		}
		w.refused("an empty one", "agreement.remark_empty", func() error { _, err := w.pages.Remark(w.ctx, w.who("leader"), w.id, " "); return err })
	})
}

func TestOfACareTaskOnlyTheLastDayStays(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.whole()
		w.ok(w.pages.CareDone(w.ctx, w.who("second"), w.id, "zorg.1"))
		w.clock.Move(24 * 3600e9)
		w.ok(w.pages.CareDone(w.ctx, w.who("colleague"), w.id, "zorg.1"))
		if v := w.view("second"); len(v.Done) != 1 || v.Done["zorg.1"] != today.Add(1) || !v.Keeps {
			t.Errorf("done %v", v.Done)
		}
		for _, name := range []string{"lead", "member", "leader"} {
			if v := w.view(name); v.Done != nil {
				t.Errorf("%s sees when the caretaker did what: %v", name, v.Done)
			}
		}
		w.absent("a task that is none", func() error { return w.pages.CareDone(w.ctx, w.who("second"), w.id, "zorg.9") })
		w.absent("of somebody else", func() error { return w.pages.CareDone(w.ctx, w.who("member"), w.id, "zorg.1") })
	})
}

func TestACheckMovesTheDayToLookAgain(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.refused("no page yet", "agreement.nothing_to_read", func() error {
			_, err := w.pages.Check(w.ctx, w.who("member"), w.id, agreement.Held{Yes: 3, Wanted: agreement.WantedYes})
			return err
		})
		w.whole()
		_, err := w.pages.Check(w.ctx, w.who("member"), w.id, agreement.Held{Yes: 10, Almost: 3, Wanted: agreement.WantedChanged, Note: "Bij regen klopt de ronde niet."})
		w.ok(err)
		v := w.view("colleague")
		if len(v.Checks) != 1 || v.Checks[0].Hands() != 13 || v.Checks[0].On != today || v.Care.ReviewOn != agreement.HalfYear(today) {
			t.Errorf("check %+v, again on %s", v.Checks, v.Care.ReviewOn)
		}
		if got := w.log(1); got[0] != "agreement_page.checked" {
			t.Errorf("journal %v", got)
		}
		columns, err := db.All(w.ctx, w.d, `
			/*sqlite: select c.name from pragma_table_info('agreement_check') c */
			/*postgres: select column_name from information_schema.columns where table_name = 'agreement_check' */`, db.Str)
		w.ok(err)
		for _, c := range columns {
			if strings.Contains(c, "person") || strings.HasSuffix(c, "_by") {
				t.Errorf("a check keeps %s", c)
			}
		}
	})
}

func TestLookingBackOnACycle(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		e := agreement.Evaluation{Well: "We luisterden.", Otherwise: "Eerder tellen.", Problem: agreement.Smaller, Outcome: agreement.GoBack, BackTo: "verdiep"}
		w.ok(clean(w.pages.Evaluate(w.ctx, w.who("member"), w.id, 0, e)))
		clash, err := w.pages.Evaluate(w.ctx, w.who("second"), w.id, 0, agreement.Evaluation{Well: "Anders.", Problem: agreement.Gone, Outcome: agreement.KeepIt})
		w.ok(err)
		v := w.view("second")
		if clash == nil || v.Looked.BackTo != "verdiep" || v.Looked.Version != 1 || v.Waiting["evaluation"]["well"] != "Anders." {
			t.Errorf("looked back %+v, waiting %v", v.Looked, v.Waiting)
		}
		w.ok(w.pages.LetGo(w.ctx, w.who("second"), w.id, "evaluation"))
		if v := w.view("second"); len(v.Waiting) != 0 {
			t.Errorf("let go %v", v.Waiting)
		}
		e.Outcome, e.BackTo = agreement.NewCycle, ""
		w.ok(clean(w.pages.Evaluate(w.ctx, w.who("second"), w.id, 1, e)))
		if v := w.view("member"); v.Looked.Outcome != agreement.NewCycle || v.Looked.Version != 2 {
			t.Errorf("corrected %+v", v.Looked)
		}
		w.refused("back to a stage that one cannot go to", "agreement.back_to", func() error {
			_, err := w.pages.Evaluate(w.ctx, w.who("member"), w.id, 2, agreement.Evaluation{Well: "x", Problem: agreement.Gone, Outcome: agreement.GoBack, BackTo: "borg"})
			return err
		})
	})
}

// acts are all acts that change something, with what who may do nothing of: the lead's own
// acts are listed apart.
func (w *town) acts(name, standing, proposed, remark string) map[string]func() error {
	who := w.who(name)
	return map[string]func() error{
		"say": func() error { return clean(w.pages.Say(w.ctx, who, w.id, 1, agreement.Words{Title: "Iets"})) },
		"arrange": func() error {
			return clean(w.pages.Arrange(w.ctx, who, w.id, 1, agreement.Care{Hours: "een uur"}))
		},
		"propose": func() error {
			_, err := w.pages.Propose(w.ctx, who, w.id, agreement.Line{Kind: agreement.Core, Body: "Wij doen iets."})
			return err
		},
		"reword": func() error {
			return clean(w.pages.Reword(w.ctx, who, w.id, standing, 1, agreement.Line{Kind: agreement.Core, Body: "Wij doen iets."}, "Daarom"))
		},
		"how it went": func() error {
			return w.pages.HowItWent(w.ctx, who, w.id, today, map[string]agreement.Kept{standing: agreement.KeptMet})
		},
		"check": func() error {
			_, err := w.pages.Check(w.ctx, who, w.id, agreement.Held{Yes: 1, Wanted: agreement.WantedYes})
			return err
		},
		"evaluate": func() error {
			return clean(w.pages.Evaluate(w.ctx, who, w.id, 0, agreement.Evaluation{Well: "x", Problem: agreement.Gone, Outcome: agreement.KeepIt}))
		},
		"let go": func() error { return w.pages.LetGo(w.ctx, who, w.id, "words") },
		"settle": func() error { return w.pages.Settle(w.ctx, who, w.id, proposed) },
		"retire": func() error { return w.pages.Retire(w.ctx, who, w.id, standing, "Daarom") },
		"place":  func() error { return w.pages.Place(w.ctx, who, w.id, standing, false, "") },
		"fix":    func() error { _, err := w.pages.Fix(w.ctx, who, w.id, "Daarom"); return err },
		"answer": func() error { return clean(w.pages.Answer(w.ctx, who, w.id, remark, 0, "Ja.")) },
		"care":   func() error { return w.pages.CareDone(w.ctx, who, w.id, "zorg.1") },
	}
}

var leading = []string{"settle", "retire", "place", "fix", "answer", "care"}

func TestRightsPerRole(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		standing := w.whole()
		w.care(1, agreement.Care{CaretakerID: w.people["second"]}) // the colleague stands in no more
		proposed, err := w.pages.Propose(w.ctx, w.who("member"), w.id, agreement.Line{Kind: agreement.Core, Body: "Wij doen nog iets."})
		w.ok(err)
		remark, err := w.pages.Remark(w.ctx, w.who("colleague"), w.id, "Er wringt iets.")
		w.ok(err)
		for _, name := range []string{"colleague", "leader", "guest", "outsider", "admin"} {
			for act, do := range w.acts(name, standing, proposed, remark) {
				w.absent(name+" "+act, do)
			}
		}
		for _, name := range []string{"guest", "outsider"} {
			w.absent(name+" signs", func() error { return w.pages.Sign(w.ctx, w.who(name), w.id, false) })
			w.absent(name+" remarks", func() error { _, err := w.pages.Remark(w.ctx, w.who(name), w.id, "Er wringt iets."); return err })
		}
		member := w.acts("coach", standing, proposed, remark)
		for _, act := range leading {
			w.absent("who only takes part does "+act, member[act])
		}
		w.ok(w.pages.Retire(w.ctx, w.who("member"), w.id, proposed, "")) // the own proposal
		w.closeIn()
		w.absent("a colleague of a closed trajectory signs", func() error { return w.pages.Sign(w.ctx, w.who("colleague"), w.id, false) })
		w.refused("a caretaker who could not open it", "agreement.not_here", func() error {
			return clean(w.pages.Arrange(w.ctx, w.who("member"), w.id, 2, agreement.Care{CaretakerID: w.people["colleague"]}))
		})
		seen := w.seen("lead")
		w.ok(w.trajectories.SetState(w.ctx, w.who("lead"), w.id, seen.Version, trajectory.Done, "", ""))
		w.ok(w.pages.CareDone(w.ctx, w.who("second"), w.id, "zorg.1")) // caring begins when the trajectory ends
		w.ok(w.acts("member", standing, proposed, remark)["check"]())
	})
}

func TestAThingOfAnotherTrajectoryIsAbsent(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		standing := w.whole()
		remark, err := w.pages.Remark(w.ctx, w.who("colleague"), w.id, "Er wringt iets.")
		w.ok(err)
		w.id = w.other
		all := w.acts("lead", standing, standing, remark)
		for _, act := range []string{"reword", "how it went", "settle", "retire", "place", "answer"} {
			w.absent(act, all[act])
		}
		w.absent("withdraw", func() error { return w.pages.Withdraw(w.ctx, w.who("colleague"), w.id, remark) })
		if v := w.view("lead"); v.Begun() || len(v.Core) != 0 || len(v.Remarks) != 0 {
			t.Errorf("the other page is empty: %+v", v)
		}
	})
}

func TestPeopleOfElsewhereKeepNothingAlive(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		for _, name := range []string{"outsider", "guest"} {
			w.refused(name, "agreement.not_here", func() error {
				return clean(w.pages.Arrange(w.ctx, w.who("member"), w.id, 0, agreement.Care{CaretakerID: w.people[name]}))
			})
		}
		w.refused("nobody at all", "agreement.not_here", func() error {
			return clean(w.pages.Arrange(w.ctx, w.who("member"), w.id, 0, agreement.Care{BuddyID: "no-such-person"}))
		})
	})
}

func TestThePageAsksAConstantNumberOfQueries(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		count := func() int {
			seen := w.seen("second")
			ctx, n := db.Counting(w.ctx)
			if _, err := w.pages.Show(ctx, w.d, seen); err != nil {
				t.Fatal(err)
			}
			return n()
		}
		w.whole()
		few := count()
		for i := range 4 {
			w.line(agreement.Core, fmt.Sprint("Wij doen ook ", i))
			_, err := w.pages.Remark(w.ctx, w.who("leader"), w.id, "Er wringt iets.")
			w.ok(err)
			_, err = w.pages.Check(w.ctx, w.who("member"), w.id, agreement.Held{Yes: 1, Wanted: agreement.WantedYes})
			w.ok(err)
		}
		if many := count(); many != few || many > 10 {
			t.Errorf("%d queries, then %d", few, many)
		}
	})
}

func TestWhatIsDueForWhoKeepsIt(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		w.whole()
		due := func(name string, day clock.Date) []agreement.Due {
			list, err := w.pages.DueFor(w.ctx, w.who(name), day, day.Add(6))
			w.ok(err)
			return list
		}
		if list := due("second", today); len(list) != 0 {
			t.Errorf("nothing yet: %+v", list)
		}
		later := today.Add(40)
		if list := due("second", later); len(list) != 1 || list[0].Item.ID != "zorg.1" || list[0].On != today.Add(42) || list[0].Title != "Rust in de pauze" {
			t.Errorf("the first task: %+v", list)
		}
		if list := due("second", today.Add(88)); len(list) != 2 || !list[0].Review || list[0].On != today.Add(90) {
			t.Errorf("and the day to look again: %+v", list)
		}
		for _, name := range []string{"colleague", "lead", "leader", "outsider"} {
			if list := due(name, later); len(list) != 0 {
				t.Errorf("%s is asked nothing: %+v", name, list)
			}
		}
		w.exec(`update person set away_until_on = $2 where id = $1`, w.people["second"], later.Add(3))
		if list := due("colleague", later); len(list) != 1 {
			t.Errorf("the stand-in, while the caretaker is away: %+v", list)
		}
		seen := w.seen("lead")
		w.ok(w.trajectories.SetState(w.ctx, w.who("lead"), w.id, seen.Version, trajectory.Stopped, "Het is voorbij.", ""))
		if list := due("second", later); len(list) != 0 {
			t.Errorf("what stopped asks nothing: %+v", list)
		}
	})
}

func TestFactsOfATrajectory(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		state := func(want map[string]trajectory.Reading) {
			t.Helper()
			facts, err := w.pages.Facts(w.ctx, w.d, w.seen("lead"))
			w.ok(err)
			if len(facts) != 6 {
				t.Errorf("facts %v", facts)
			}
			for id, v := range facts {
				if v.State != want[string(id)] {
					t.Errorf("%s is %s, want %s", id, v.State, want[string(id)])
				}
			}
		}
		open := map[string]trajectory.Reading{"agreement_page_ready": "open", "caretaker_with_stand_in": "open", "recurring_agenda_item": "open", "newcomer_buddy": "open", "no_check_half_year": "open", "looked_back": "open"}
		state(open)
		w.whole()
		met := map[string]trajectory.Reading{"agreement_page_ready": "met", "caretaker_with_stand_in": "met", "recurring_agenda_item": "met", "newcomer_buddy": "met", "no_check_half_year": "open", "looked_back": "open"}
		state(met)
		_, err := w.pages.Fix(w.ctx, w.who("lead"), w.id, "")
		w.ok(err)
		w.clock.Move(183 * 24 * 3600e9)
		met["no_check_half_year"], met["agreement_page_ready"] = "met", "partly"
		state(met)
		_, err = w.pages.Check(w.ctx, w.who("member"), w.id, agreement.Held{Yes: 4, Wanted: agreement.WantedYes})
		w.ok(err)
		met["no_check_half_year"], met["agreement_page_ready"] = "open", "met"
		state(met)
		w.ok(clean(w.pages.Evaluate(w.ctx, w.who("member"), w.id, 0, agreement.Evaluation{Well: "Klein begonnen.", Problem: agreement.Smaller, Outcome: agreement.KeepIt})))
		met["looked_back"] = "met"
		state(met)
		w.exec(`update trajectory set visit_id = $2 where id = $1`, w.id, "another-visit") // a new stay in the stage
		if facts, err := w.pages.Facts(w.ctx, w.d, w.seen("lead")); err != nil || facts["looked_back"].State != trajectory.Open {
			t.Errorf("looking back holds for its own stay: %v %v", facts, err)
		}
	})
}
