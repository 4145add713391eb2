package trajectory

import (
	"slices"

	"leerkring/access"
	"leerkring/method"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// movePage asks for the reason of a step, and says what stays.
type movePage struct {
	r      *room.Request
	Seen   trajectory.Seen
	To     step
	Open   []criterion
	Reason ui.Field
	Back   bool
}

// MoveForm shows what a step means before it is made.
func (rm *Room) MoveForm(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	if err := seen.Must(access.Lead, access.Trajectory, ""); err != nil {
		return err
	}
	pack, err := rm.Trajectories.PackOf(r.Ctx(), q, seen.Trajectory)
	if err != nil {
		return err
	}
	stage := r.R.URL.Query().Get("to")
	if r.Err != nil {
		stage = r.Typed.Typed("to")
	}
	all := steps(r, pack, seen)
	i := slices.IndexFunc(all, func(s step) bool { return s.Stage == stage })
	if i < 0 {
		return r.Go("/trajectories/" + id)
	}
	p := movePage{r: r, Seen: seen, To: all[i], Back: all[i].Move == string(trajectory.MoveBack)}
	if present, ok := pack.Stage(seen.StageID); ok && !p.Back {
		facts, err := rm.Trajectories.Facts(r.Ctx(), q, seen)
		if err != nil {
			return err
		}
		calls, err := rm.Trajectories.Calls(r.Ctx(), q, seen)
		if err != nil {
			return err
		}
		core, _ := gate(r, trajectory.Gate(present, facts, calls))
		for _, c := range core {
			if c.State != trajectory.Met {
				p.Open = append(p.Open, c)
			}
		}
	}
	p.Reason = r.Field("reason", "trajectory.reason_"+p.To.Move, "")
	p.Reason.Voice, p.Reason.Max, p.Reason.Rows = true, 600, 3
	if !p.Back && len(p.Open) == 0 {
		p.Reason.Label = r.T.T("trajectory.reason_free")
	}
	return r.Page(head(r, seen, p.To.Text), moveForm(p))
}

// Move makes the step.
func (rm *Room) Move(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	to := trajectory.Step{Move: trajectory.Move(f.Choice("move", string(trajectory.MoveForward), string(trajectory.MoveBack))), StageID: f.Line("to", 60)}
	reason, version := f.Text("reason", 2000), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.MoveForm)
	}
	if err := rm.Trajectories.Move(r.Ctx(), r.Who(), id, version, to, reason); err != nil {
		return r.Refused(err, rm.MoveForm)
	}
	return r.Said("/trajectories/"+id, "moved_"+string(to.Move))
}

// CallGate keeps what the team says of a criterion.
func (rm *Room) CallGate(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	value, note := f.Line("value", 10), f.Line("note", 600)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	if err := rm.Trajectories.CallGate(r.Ctx(), r.Who(), id, r.Path("element"), trajectory.Reading(value), note); err != nil {
		return r.Refused(err, rm.Show)
	}
	return r.Said("/trajectories/"+id+"#gate", "gate_called")
}

type settingsPage struct {
	r        *room.Request
	Seen     trajectory.Seen
	Title    ui.Field
	Question ui.Field
	Teams    []ui.Option
	Leaders  []ui.Option
	Open     bool
	States   []ui.Option
	Stages   []ui.Option
	Pack     *method.Pack
}

// Settings shows what a lead can change: words, who may read, rest and stop, next cycle.
func (rm *Room) Settings(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	if err := seen.Must(access.Lead, access.Trajectory, ""); err != nil {
		return err
	}
	teams, err := rm.Schools.Teams(r.Ctx(), r.Who(), seen.SchoolID)
	if err != nil {
		return err
	}
	leaders, err := rm.Schools.Leaders(r.Ctx(), r.Who(), seen.SchoolID)
	if err != nil {
		return err
	}
	pack, err := rm.Trajectories.PackOf(r.Ctx(), q, seen.Trajectory)
	if err != nil {
		return err
	}
	p := settingsPage{r: r, Seen: seen, Pack: pack, Open: seen.Open, Title: r.Field("title", "trajectory.title_label", seen.Title), Question: r.Field("question", "trajectory.question_label", seen.Question)}
	p.Title.Max, p.Question.Max, p.Question.Voice, p.Question.Rows = 100, 400, true, 2
	for _, t := range teams {
		p.Teams = append(p.Teams, ui.Option{Value: t.ID, Text: t.Name, On: r.WasOn("teams", t.ID, slices.Contains(seen.TeamIDs, t.ID))})
	}
	p.Leaders = sponsors(r, leaders, seen.SponsorID)
	part := partNames(r, pack)
	for _, s := range pack.Stages {
		p.Stages = append(p.Stages, ui.Option{Value: s.ID, Text: r.Pack(s.Name), Group: part[s.Part], On: s.ID == pack.Stages[0].ID})
	}
	return r.Page(head(r, seen, r.T.T("trajectory.settings_title")), settings(p))
}

func sponsors(r *room.Request, leaders []school.Person, sponsor string) []ui.Option {
	out := []ui.Option{{Text: r.T.T("trajectory.no_sponsor")}}
	for _, l := range leaders {
		out = append(out, ui.Option{Value: l.ID, Text: l.Name, On: l.ID == r.Was("sponsor", sponsor)})
	}
	return out
}

// Edit keeps the changed words and settings.
func (rm *Room) Edit(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	c := trajectory.Change{Title: f.Line("title", 200), Question: f.Text("question", 2000), Open: !f.Bool("closed"), TeamIDs: f.IDs("teams", 100), SponsorID: f.ID("sponsor")}
	version := f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Settings)
	}
	if err := rm.Trajectories.Edit(r.Ctx(), r.Who(), id, version, c); err != nil {
		return r.Refused(err, rm.Settings)
	}
	return r.Said("/trajectories/"+id, "trajectory_changed")
}

// SetState rests, stops, ends or takes up a trajectory.
func (rm *Room) SetState(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	to := trajectory.State(f.Choice("state", "active", "paused", "stopped", "done"))
	reason, until, version := f.Text("reason", 2000), f.Date("until"), f.Int("version", 0, 1<<30)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Settings)
	}
	if err := rm.Trajectories.SetState(r.Ctx(), r.Who(), id, version, to, reason, until); err != nil {
		return r.Refused(err, rm.Settings)
	}
	return r.Said("/trajectories/"+id, "state_"+string(to))
}

// NextCycle begins a new cycle from this one.
func (rm *Room) NextCycle(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	f := r.Form()
	title, question, stage := f.Line("next_title", 200), f.Text("next_question", 2000), f.Line("stage", 60)
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Settings)
	}
	next, err := rm.Trajectories.NextCycle(r.Ctx(), r.Who(), id, title, question, stage)
	if err != nil {
		return r.Refused(err, rm.Settings)
	}
	return r.Said("/trajectories/"+next, "next_cycle")
}
