package trajectory

import (
	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// After the summer a team goes on, rests, stops, or is done.
const (
	afterOn    = "on"
	afterRest  = "rest"
	afterStop  = "stop"
	afterDone  = "done"
	restedDays = 30 // after the first school day, when nobody says otherwise
)

type afterPage struct {
	r      *room.Request
	Seen   trajectory.Seen
	Said   string // that the team goes on, when that was said
	Set    ui.Set
	Reason ui.Field
	Until  ui.Field
	None   bool // the school named no year
}

// YearForm asks a lead how the team goes on after the school year.
func (rm *Room) YearForm(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	seen, turn, err := rm.afterYear(r, id)
	if err != nil {
		return err
	}
	on, err := rm.Trajectories.GoingOn(r.Ctx(), turn.From.ID)
	if err != nil {
		return err
	}
	p := afterPage{r: r, Seen: seen, None: turn.From.ID == ""}
	if on[id] {
		p.Said = r.T.T("trajectory.after_said", "year", turn.From.Name)
	}
	p.Set = ui.Set{Name: "after", Legend: r.T.T("trajectory.after_ask"), Error: r.Error("after"), Wide: true}
	for _, way := range []string{afterOn, afterRest, afterStop, afterDone} {
		p.Set.Options = append(p.Set.Options, ui.Option{Value: way, Text: r.T.T("trajectory.after_" + way), Note: r.T.T("trajectory.after_" + way + "_note"), On: r.Was("after", "") == way})
	}
	p.Reason = r.Field("reason", "trajectory.rest_reason_label", "")
	p.Reason.Hint, p.Reason.Voice, p.Reason.Rows, p.Reason.Max = r.T.T("trajectory.after_reason_hint"), true, 2, 600
	p.Until = r.Field("until", "trajectory.rest_until_label", string(turn.Calendar.NextSchoolDay(turn.FirstDay.Add(restedDays))))
	p.Until.Type = "date"
	h := head(r, seen, r.T.T("trajectory.after_title"))
	h.Lead = r.T.T("trajectory.after_lead")
	return r.Page(h, afterForm(p))
}

// afterYear is a trajectory for who leads it, with the turn of its school.
func (rm *Room) afterYear(r *room.Request, id string) (trajectory.Seen, school.YearTurn, error) {
	seen, err := rm.Trajectories.Reach(r.Ctx(), rm.Trajectories.DB(), r.Who(), id)
	if err != nil {
		return seen, school.YearTurn{}, err
	}
	if err := seen.Must(access.Lead, access.Trajectory, ""); err != nil {
		return seen, school.YearTurn{}, err
	}
	turn, err := rm.Schools.TurnAt(r.Ctx(), seen.SchoolID)
	return seen, turn, err
}

// AfterYear keeps what the lead says.
func (rm *Room) AfterYear(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	way := f.Choice("after", afterOn, afterRest, afterStop, afterDone)
	reason, until, version := f.Text("reason", 2000), f.Date("until"), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.YearForm)
	}
	if way == afterOn {
		_, turn, err := rm.afterYear(r, id)
		if err == nil && turn.From.ID == "" {
			err = errs.Invalid("trajectory.after_no_year")
		}
		if err == nil {
			err = rm.Trajectories.GoOn(r.Ctx(), r.Who(), id, turn.From.ID)
		}
		if err != nil {
			return r.Refused(err, rm.YearForm)
		}
		return r.Said("/trajectories/"+id, "after_on")
	}
	to := map[string]trajectory.State{afterRest: trajectory.Paused, afterStop: trajectory.Stopped, afterDone: trajectory.Done}[way]
	if to != trajectory.Paused {
		until = ""
	}
	if err := rm.Trajectories.SetState(r.Ctx(), r.Who(), id, version, to, reason, until); err != nil {
		return r.Refused(err, rm.YearForm)
	}
	if to == trajectory.Done {
		return r.Said("/trajectories/"+id+"/agreement", "after_done")
	}
	return r.Said("/trajectories/"+id, "state_"+string(to))
}
