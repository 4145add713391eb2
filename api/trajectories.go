package api

import (
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/trajectory"
)

func (a *API) ofTrajectories() []route {
	return []route{
		get("/trajectories", access.List, access.Trajectory, "list-trajectories", "Trajectories that you may read.", a.trajectories),
		makes("/trajectories", access.Create, access.Trajectory, "begin-trajectory", "Begin a trajectory. You lead it.", a.begin),
		get("/trajectories/{id}", access.Read, access.Trajectory, "read-trajectory", "A trajectory with its way so far, its gate, and where it can go.", a.trajectory),
		does("PUT", "/trajectories/{id}", access.Lead, access.Trajectory, "edit-trajectory", "Change title, question, openness, teams and sponsor.", a.editTrajectory).onVersion(),
		does("POST", "/trajectories/{id}/move", access.Lead, access.Trajectory, "move-trajectory", "Go on to the next stage, or back to an earlier one.", a.move).onVersion(),
		does("PUT", "/trajectories/{id}/state", access.Lead, access.Trajectory, "set-trajectory-state", "Rest, stop, end or take up.", a.setState).onVersion(),
		does("PUT", "/trajectories/{id}/gate/{element}", access.Edit, access.Trajectory, "call-gate", "What the team itself says of a criterion.", a.callGate),
		makes("/trajectories/{id}/cycles", access.Lead, access.Trajectory, "next-cycle", "Begin the next cycle from this one.", a.nextCycle).below("/trajectories"),
		get("/trajectories/{id}/people", access.Read, access.Membership, "list-participants", "Who takes part.", a.participants),
	}
}

// Trajectory is one team on its way.
type Trajectory struct {
	Tagged
	ID            string     `json:"id"`
	SchoolID      string     `json:"school_id"`
	Title         string     `json:"title"`
	Question      string     `json:"question,omitempty"`
	MethodID      string     `json:"method_id"`
	MethodVersion string     `json:"method_version"`
	StageID       string     `json:"stage_id"`
	Round         int        `json:"round"`
	State         string     `json:"state" enum:"draft,active,paused,stopped,done"`
	StateReason   string     `json:"state_reason,omitempty"`
	StateUntil    clock.Date `json:"state_until,omitempty" format:"date"`
	Open          bool       `json:"open" doc:"All staff of the school may read and react."`
	TeamIDs       []string   `json:"team_ids"`
	SponsorID     string     `json:"sponsor_id,omitempty"`
	FocusPointID  string     `json:"focus_point_id,omitempty"`
	PredecessorID string     `json:"predecessor_id,omitempty"`
	MyRole        string     `json:"my_role,omitempty" enum:"lead,stand_in,member,guest,begeleider"`
	StartedOn     clock.Date `json:"started_on" format:"date"`
	MadeAt        time.Time  `json:"made_at"`
}

func trajectoryOf(s trajectory.Seen) Trajectory {
	return Trajectory{Tagged: tagged(s.Version), ID: s.ID, SchoolID: s.SchoolID, Title: s.Title, Question: s.Question, MethodID: s.MethodID, MethodVersion: s.MethodVersion,
		StageID: s.StageID, Round: s.Round, State: string(s.State), StateReason: s.StateReason, StateUntil: s.StateUntil, Open: s.Open, TeamIDs: all(s.TeamIDs), SponsorID: s.SponsorID,
		FocusPointID: s.FocusPointID, PredecessorID: s.PredecessorID, MyRole: string(s.Role), StartedOn: s.StartedOn, MadeAt: s.MadeAt}
}

func (a *API) trajectories(c *call, in *Paged) (List[Trajectory], error) {
	list, err := a.Trajectories.List(c.ctx, c.who)
	if err != nil {
		return List[Trajectory]{}, err
	}
	return piece(*in, list, func(s trajectory.Seen) string { return s.ID }, trajectoryOf)
}

// TrajectoryPage is a trajectory with its way.
type TrajectoryPage struct {
	Trajectory
	Visits []Visit `json:"visits" doc:"Stays in stages, in order."`
	Gate   []Call  `json:"gate" doc:"How the criteria of this stage stand."`
	Steps  []Step  `json:"steps" doc:"Where it can go from here."`
}

// Visit is one stay in a stage.
type Visit struct {
	ID        string    `json:"id"`
	Number    int       `json:"number"`
	StageID   string    `json:"stage_id"`
	Round     int       `json:"round"`
	Move      string    `json:"move" enum:"start,forward,back,before"`
	Reason    string    `json:"reason,omitempty"`
	Link      string    `json:"link,omitempty"`
	DecidedBy string    `json:"decided_by,omitempty"`
	EnteredAt time.Time `json:"entered_at"`
	LeftAt    time.Time `json:"left_at,omitzero"`
}

// Call is a criterion as it stands.
type Call struct {
	ID     string `json:"id"`
	Text   string `json:"text"`
	Weight string `json:"weight" enum:"core,when-stuck,more"`
	State  string `json:"state" enum:"met,partly,open"`
	Read   string `json:"read" enum:"met,partly,open" doc:"What the work done says, whatever the team called."`
	Called bool   `json:"called"`
	Note   string `json:"note,omitempty"`
}

// Step is a move that a team may make.
type Step struct {
	Move    string `json:"move" enum:"forward,back"`
	StageID string `json:"stage_id"`
}

// Below is a thing below one trajectory.
type Below struct {
	ID string `path:"id" doc:"Id of the trajectory."`
}

func (b Below) trajectoryID() string { return b.ID }

// BelowPaged is a collection below one trajectory.
type BelowPaged struct {
	Below
	Paged
}

func (a *API) trajectory(c *call, in *Below) (TrajectoryPage, error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return TrajectoryPage{}, err
	}
	p := TrajectoryPage{Trajectory: trajectoryOf(seen), Visits: []Visit{}, Gate: []Call{}, Steps: []Step{}}
	visits, err := a.Trajectories.Visits(c.ctx, a.DB, seen)
	if err != nil {
		return p, err
	}
	for _, v := range visits {
		p.Visits = append(p.Visits, Visit{v.ID, v.Number, v.StageID, v.Round, string(v.Move), v.Reason, v.Link, v.DecidedBy, v.EnteredAt, v.LeftAt})
	}
	return p, a.gateOf(c, seen, &p)
}

func (a *API) gateOf(c *call, seen trajectory.Seen, p *TrajectoryPage) error {
	pack, err := a.Trajectories.PackOf(c.ctx, a.DB, seen.Trajectory)
	if err != nil {
		return err
	}
	for _, s := range trajectory.Steps(pack, seen.StageID) {
		p.Steps = append(p.Steps, Step{string(s.Move), s.StageID})
	}
	stage, ok := pack.Stage(seen.StageID)
	if !ok {
		return nil
	}
	facts, err := a.Trajectories.Facts(c.ctx, a.DB, seen)
	if err != nil {
		return err
	}
	calls, err := a.Trajectories.Calls(c.ctx, a.DB, seen)
	if err != nil {
		return err
	}
	w := c.words()
	for _, g := range trajectory.Gate(stage, facts, calls) {
		p.Gate = append(p.Gate, Call{g.ID, w.Render(g.Text), string(g.Weight), string(g.State), string(g.Read), g.Called, g.Note})
	}
	return nil
}

// Participant is somebody who takes part.
type Participant struct {
	ID           string     `json:"id"`
	Name         string     `json:"name"`
	Role         string     `json:"role" enum:"lead,member,guest,begeleider"`
	Constituency string     `json:"constituency,omitempty" doc:"Whom this person brings in."`
	StandInID    string     `json:"stand_in_id,omitempty"`
	EndsOn       clock.Date `json:"ends_on,omitempty" format:"date"`
}

func (a *API) participants(c *call, in *BelowPaged) (List[Participant], error) {
	seen, err := c.seen(in.ID)
	if err != nil {
		return List[Participant]{}, err
	}
	if err := seen.Must(access.Read, access.Membership, ""); err != nil {
		return List[Participant]{}, err
	}
	people, err := a.Trajectories.Participants(c.ctx, a.DB, seen)
	if err != nil {
		return List[Participant]{}, err
	}
	return piece(in.Paged, people, func(p trajectory.Participant) string { return p.PersonID }, func(p trajectory.Participant) Participant {
		return Participant{p.PersonID, p.Name, string(p.Role), p.Constituency, p.StandInID, p.EndsOn}
	})
}
