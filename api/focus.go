package api

import (
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/school"
)

func (a *API) ofFocus() []route {
	return []route{
		get("/focus-points", access.List, access.FocusPoint, "list-focus-points", "Focus points of a school.", a.focusPoints),
		makes("/focus-points", access.Create, access.FocusPoint, "suggest-focus-point", "Suggest a focus point for the school.", a.suggest),
		get("/focus-points/{focus}", access.Read, access.FocusPoint, "read-focus-point", "A focus point.", a.focusPoint),
		does("PUT", "/focus-points/{focus}", access.Edit, access.FocusPoint, "reword-focus-point", "Change its words.", a.rewordFocus).onVersion(),
		does("PUT", "/focus-points/{focus}/choice", access.Decide, access.FocusPoint, "choose-focus-point", "Choose it, park it or pass it on.", a.chooseFocus).onVersion(),
	}
}

// FocusPoint is a theme that a school may choose to improve.
type FocusPoint struct {
	Tagged
	ID           string     `json:"id"`
	SchoolID     string     `json:"school_id"`
	TrajectoryID string     `json:"trajectory_id,omitempty" doc:"The trajectory whose exploration brought it up."`
	Letter       string     `json:"letter,omitempty"`
	Title        string     `json:"title"`
	Body         string     `json:"body,omitempty"`
	State        string     `json:"state" enum:"proposed,chosen,running,parked,done,stopped,passed_on"`
	VisionLineID string     `json:"vision_line_id,omitempty"`
	ParkedFor    string     `json:"parked_for,omitempty"`
	KeeperID     string     `json:"keeper_id,omitempty"`
	Reason       string     `json:"reason,omitempty"`
	BackOn       clock.Date `json:"back_on,omitempty" format:"date"`
	Year         string     `json:"year,omitempty" doc:"Name of the school year that it was chosen for."`
	MadeAt       time.Time  `json:"made_at"`
}

func focusPoint(f school.FocusPoint) FocusPoint {
	return FocusPoint{Tagged: tagged(f.Version), ID: f.ID, SchoolID: f.SchoolID, TrajectoryID: f.TrajectoryID, Letter: f.Letter, Title: f.Title, Body: f.Body, State: string(f.State),
		VisionLineID: f.VisionLineID, ParkedFor: f.ParkedFor, KeeperID: f.KeeperID, Reason: f.Reason, BackOn: f.BackOn, Year: f.Year, MadeAt: f.MadeAt}
}

func (a *API) focusPoints(c *call, in *inSchool) (List[FocusPoint], error) {
	list, err := a.Schools.FocusPoints(c.ctx, c.who, c.school(in.School))
	if err != nil {
		return List[FocusPoint]{}, err
	}
	return piece(in.Paged, list, func(f school.FocusPoint) string { return f.ID }, focusPoint)
}

// FocusAt is one focus point.
type FocusAt struct {
	Focus string `path:"focus"`
}

func (a *API) focusPoint(c *call, in *FocusAt) (FocusPoint, error) {
	f, err := a.Schools.FocusByID(c.ctx, c.who, in.Focus)
	return focusPoint(f), err
}

// FocusWords are the words of a focus point.
type FocusWords struct {
	Title        string `json:"title"`
	Body         string `json:"body,omitempty" lines:"many"`
	VisionLineID string `json:"vision_line_id,omitempty" doc:"The sentence of the vision that it belongs to."`
}

func (w FocusWords) words() school.FocusWords {
	return school.FocusWords{Title: w.Title, Body: w.Body, VisionLineID: w.VisionLineID}
}

type inSuggest struct {
	Body struct {
		FocusWords
		SchoolID string   `json:"school_id,omitempty" doc:"Your own school when you name none."`
		Teams    []string `json:"team_ids,omitempty" maxItems:"100"`
	}
}

func (a *API) suggest(c *call, in *inSuggest) (receipt, error) {
	b := in.Body
	f, err := a.Schools.Suggest(c.ctx, c.who, school.NewFocus{SchoolID: c.school(b.SchoolID), Title: b.Title, Body: b.Body, VisionLineID: b.VisionLineID, TeamIDs: b.Teams})
	return made(f.ID, err)
}

type inRewordFocus struct {
	FocusAt
	Body FocusWords
}

func (a *API) rewordFocus(c *call, in *inRewordFocus) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	return did(a.Schools.EditFocus(c.ctx, c.who, in.Focus, base, in.Body.words()))
}

// FocusChoice is what a leader decides about a focus point.
type FocusChoice struct {
	State     string     `json:"state" enum:"proposed,chosen,running,parked,done,stopped,passed_on"`
	ParkedFor string     `json:"parked_for,omitempty" doc:"Name of the school year for which it is parked."`
	KeeperID  string     `json:"keeper_id,omitempty" doc:"Who keeps an eye on it."`
	BackOn    clock.Date `json:"back_on,omitempty" format:"date"`
	Reason    string     `json:"reason,omitempty" lines:"many"`
}

type inChoice struct {
	FocusAt
	Body FocusChoice
}

func (a *API) chooseFocus(c *call, in *inChoice) (receipt, error) {
	base, err := c.base(0)
	if err != nil {
		return done, err
	}
	b := in.Body
	return did(a.Schools.ChooseFocus(c.ctx, c.who, in.Focus, base, school.FocusChoice{State: school.FocusState(b.State), ParkedFor: b.ParkedFor, KeeperID: b.KeeperID, BackOn: b.BackOn, Reason: b.Reason}))
}
