package api

import (
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
)

// TrajectoryWords are what a lead says about a trajectory.
type TrajectoryWords struct {
	Title     string   `json:"title"`
	Question  string   `json:"question,omitempty" lines:"many"`
	Open      bool     `json:"open" doc:"All staff of the school may read and react."`
	TeamIDs   []string `json:"team_ids,omitempty" maxItems:"100" doc:"The teams that it touches."`
	SponsorID string   `json:"sponsor_id,omitempty" doc:"Who stands behind it in the leadership."`
}

// Earlier is a stage that a team walked before it came here.
type Earlier struct {
	StageID string `json:"stage_id"`
	Text    string `json:"text,omitempty" lines:"many"`
	Link    string `json:"link,omitempty"`
}

type inBegin struct {
	Body struct {
		TrajectoryWords
		SchoolID     string    `json:"school_id,omitempty" doc:"Your own school when you name none."`
		MethodID     string    `json:"method_id"`
		StageID      string    `json:"stage_id,omitempty" doc:"Where it begins; the first stage when you name none."`
		Before       []Earlier `json:"before,omitempty" maxItems:"50" doc:"Stages that the team walked before."`
		FocusPointID string    `json:"focus_point_id,omitempty"`
		Draft        bool      `json:"draft,omitempty" doc:"Nobody else sees it yet."`
	}
}

func (a *API) begin(c *call, in *inBegin) (receipt, error) {
	b := in.Body
	st := trajectory.Start{SchoolID: c.school(b.SchoolID), MethodID: b.MethodID, Title: b.Title, Question: b.Question, StageID: b.StageID,
		FocusPointID: b.FocusPointID, TeamIDs: b.TeamIDs, SponsorID: b.SponsorID, Open: b.Open, Draft: b.Draft}
	for _, e := range b.Before {
		st.Before = append(st.Before, trajectory.Before{StageID: e.StageID, Text: e.Text, Link: e.Link})
	}
	if err := a.sameSchool(c, st.SchoolID, st.SponsorID, st.FocusPointID); err != nil {
		return done, err
	}
	id, err := a.Trajectories.Begin(c.ctx, c.who, st)
	return made(id, err)
}

// sameSchool refuses a sponsor who does not lead the school, and a focus point of another.
func (a *API) sameSchool(c *call, schoolID, sponsorID, focusID string) error {
	if sponsorID != "" {
		leaders, err := a.Schools.Leaders(c.ctx, c.who, schoolID)
		if err != nil {
			return err
		}
		if _, err := one(leaders, func(p school.Person) bool { return p.ID == sponsorID }); err != nil {
			return err
		}
	}
	if focusID == "" {
		return nil
	}
	f, err := a.Schools.FocusByID(c.ctx, c.who, focusID)
	if err == nil && f.SchoolID != schoolID {
		err = errs.Absent()
	}
	return err
}

type inEditTrajectory struct {
	Below
	Body TrajectoryWords
}

func (a *API) editTrajectory(c *call, in *inEditTrajectory) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	seen, err := c.seen(in.ID)
	if err != nil {
		return done, err
	}
	b := in.Body
	if b.SponsorID != seen.SponsorID {
		if err := a.sameSchool(c, seen.SchoolID, b.SponsorID, ""); err != nil {
			return done, err
		}
	}
	return did(a.Trajectories.Edit(c.ctx, c.who, in.ID, base, trajectory.Change{Title: b.Title, Question: b.Question, Open: b.Open, TeamIDs: b.TeamIDs, SponsorID: b.SponsorID}))
}

type inMove struct {
	Below
	Body struct {
		Move    string `json:"move" enum:"forward,back"`
		StageID string `json:"stage_id" doc:"One of the steps that the trajectory shows."`
		Reason  string `json:"reason,omitempty" lines:"many" doc:"Needed to go back, and to go on while a core criterion is open."`
	}
}

func (a *API) move(c *call, in *inMove) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return did(a.Trajectories.Move(c.ctx, c.who, in.ID, base, trajectory.Step{Move: trajectory.Move(in.Body.Move), StageID: in.Body.StageID}, in.Body.Reason))
}

type inState struct {
	Below
	Body struct {
		State  string     `json:"state" enum:"active,paused,stopped,done"`
		Reason string     `json:"reason,omitempty" lines:"many" doc:"Needed to rest and to stop."`
		Until  clock.Date `json:"until,omitempty" format:"date" doc:"Of a rest."`
	}
}

func (a *API) setState(c *call, in *inState) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return did(a.Trajectories.SetState(c.ctx, c.who, in.ID, base, trajectory.State(in.Body.State), in.Body.Reason, in.Body.Until))
}

type inGate struct {
	Below
	Element string `path:"element"`
	Body    struct {
		State string `json:"state" enum:"met,partly,open,read" doc:"read takes the team's own call back."`
		Note  string `json:"note,omitempty" lines:"many"`
	}
}

func (a *API) callGate(c *call, in *inGate) (receipt, error) {
	value := trajectory.Reading(in.Body.State)
	if value == "read" {
		value = ""
	}
	return did(a.Trajectories.CallGate(c.ctx, c.who, in.ID, in.Element, value, in.Body.Note))
}

type inCycle struct {
	Below
	Body struct {
		Title    string `json:"title"`
		Question string `json:"question,omitempty" lines:"many"`
		StageID  string `json:"stage_id,omitempty"`
	}
}

func (a *API) nextCycle(c *call, in *inCycle) (receipt, error) {
	id, err := a.Trajectories.NextCycle(c.ctx, c.who, in.ID, in.Body.Title, in.Body.Question, in.Body.StageID)
	return made(id, err)
}
