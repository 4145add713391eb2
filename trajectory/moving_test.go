package trajectory_test

import (
	"testing"

	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/school"
	"leerkring/trajectory"
)

func TestTheBoardSeesHowManyAndWhere(t *testing.T) {
	each(t, func(t *testing.T, w *town) {
		// hans answers for something at the board and is nobody's colleague; of two schools, who looks after both adds him
		w.exec(`insert into role (id, person_id, kind, board_id, made_at) values ($1, $2, 'admin', $3, $4)`, ident.At(w.clock.Now()), w.people["elsewhere"], w.board, w.clock.Now())
		w.people["hans"] = must(w.schools.AddStaff(t.Context(), w.who("elsewhere"), w.schoolID, school.NewStaff{Name: "Hans Bestuur", Email: "hans@kust.example", Active: true, OfBoard: true}))(t)
		w.begin("lead", trajectory.Start{Title: "Alleen de groep", StageID: "doe"})
		w.begin("member", trajectory.Start{Open: true, MethodID: "kleine-ronde"})
		w.begin("outsider", trajectory.Start{SchoolID: w.otherID, Open: true})
		w.begin("lead", trajectory.Start{Open: true, Draft: true})

		got := must(w.walks.Moving(t.Context(), w.who("hans")))(t)
		var said []string
		for _, m := range got {
			said = append(said, m.School+" "+m.MethodID+" "+m.StageID)
			if m.Number != 1 || m.SchoolID != w.schoolID {
				t.Errorf("%+v", m)
			}
		}
		if len(said) != 3 || said[0] != "Het Baken kleine-ronde begin" || said[1] != "Het Baken verbetercyclus doe" || said[2] != "Het Baken verbetercyclus verken" {
			t.Errorf("of the own board, without drafts: %q", said)
		}
		if list := must(w.walks.List(t.Context(), w.who("hans")))(t); len(list) != 0 {
			t.Errorf("the board reads no trajectory: %d", len(list))
		}
		if _, err := w.walks.Reach(t.Context(), w.d, w.who("hans"), w.id); !errs.IsAbsent(err) {
			t.Errorf("nor one by its id: %v", err)
		}
		for _, name := range []string{"lead", "colleague", "admin", "guest", "outsider"} {
			if got := must(w.walks.Moving(t.Context(), w.who(name)))(t); len(got) != 0 {
				t.Errorf("%s sees figures of the board: %+v", name, got)
			}
		}
		if got := must(w.walks.Moving(t.Context(), w.who("leader")))(t); len(got) != 3 {
			t.Errorf("the leader may read them all: %+v", got)
		}
		here := must(w.schools.School(t.Context(), w.who("lead"), w.schoolID))(t)
		w.ok(w.walks.SetState(t.Context(), w.who("lead"), w.id, 1, trajectory.Stopped, "Het past niet meer.", ""))
		if n := must(w.walks.Figures(t.Context(), w.who("hans"), here, nil))(t); len(n) != 2 || n[trajectory.Active] != 2 || n[trajectory.Stopped] != 1 {
			t.Errorf("figures of one school, without drafts: %v", n)
		}
		if n := must(w.walks.Figures(t.Context(), w.who("hans"), here, []string{w.id}))(t); len(n) != 1 || n[trajectory.Active] != 2 {
			t.Errorf("but for what ended before: %v", n)
		}
		for _, name := range []string{"lead", "colleague", "admin", "outsider"} {
			if _, err := w.walks.Figures(t.Context(), w.who(name), here, nil); !errs.IsAbsent(err) {
				t.Errorf("%s reads figures of the school: %v", name, err)
			}
		}
		there := false
		for _, a := range must(w.schools.Accounts(t.Context(), w.who("admin"), w.schoolID))(t) {
			there = there || a.ID == w.people["hans"]
		}
		if !there {
			t.Error("an admin looks after the account of the board")
		}
	})
}
