package trajectory

import (
	"slices"
	"strings"
	"unicode/utf8"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
)

// Step is a move that a team may make from where it stands.
type Step struct {
	Move    Move
	StageID string
}

// Steps returns where a team may go from a stage: on to the next, and back to the
// stages that the pack names. Both are offered side by side.
func Steps(pack *method.Pack, stageID string) []Step {
	var out []Step
	i := slices.IndexFunc(pack.Stages, func(s method.Stage) bool { return s.ID == stageID })
	if i < 0 {
		return nil
	}
	if i+1 < len(pack.Stages) {
		out = append(out, Step{MoveForward, pack.Stages[i+1].ID})
	}
	for _, back := range pack.Stages[i].BackTo {
		out = append(out, Step{MoveBack, back})
	}
	return out
}

// CheckMove refuses a move that the pack does not know, one without its reason, and one
// of a team that is not on its way. open is the number of core criteria that are not
// met: going on with open ones is allowed, knowingly and with a reason.
func CheckMove(pack *method.Pack, t Trajectory, to Step, open int, reason string) (string, error) {
	if t.State != Active {
		return "", errs.Invalid("trajectory.not_active")
	}
	if !slices.Contains(Steps(pack, t.StageID), to) {
		return "", errs.Invalid("trajectory.no_such_step").On("stage")
	}
	reason = strings.TrimSpace(reason)
	if utf8.RuneCountInString(reason) > maxReason {
		return "", errs.Invalid("form.too_long_max", "max", maxReason).On("reason")
	}
	if to.Move == MoveBack && reason == "" {
		return "", errs.Invalid("trajectory.back_reason").On("reason")
	}
	if to.Move == MoveForward && open > 0 && reason == "" {
		return "", errs.Invalid("trajectory.open_reason", "n", open).On("reason")
	}
	return reason, nil
}

// Rest is the state of a trajectory that its own team sets in one tap: rest until a
// day, stop, go on, or done.
func (t Trajectory) Rest(to State, reason string, until, today clock.Date) (Trajectory, error) {
	allowed := map[State][]State{
		Draft:   {Active, Stopped},
		Active:  {Paused, Stopped, Done},
		Paused:  {Active, Stopped},
		Stopped: {Active},
		Done:    {Active},
	}
	if !slices.Contains(allowed[t.State], to) {
		return t, errs.Invalid("trajectory.state_move").On("state")
	}
	var err error
	if to == Paused || to == Stopped {
		if reason, err = checkReason(reason, "trajectory.rest_reason"); err != nil {
			return t, err
		}
	}
	if to == Paused && (until <= today || today.Days(until) > 400) {
		return t, errs.Invalid("trajectory.rest_until").On("until")
	}
	t.State, t.StateReason, t.StateUntil = to, strings.TrimSpace(reason), ""
	if to == Paused {
		t.StateUntil = until
	}
	return t, nil
}

// Loops returns the visits that were steps back, in order: they are drawn and told.
func Loops(visits []Visit) []Visit {
	var out []Visit
	for _, v := range visits {
		if v.Move == MoveBack {
			out = append(out, v)
		}
	}
	return out
}

// Visited reports whether a stage was walked, here or before.
func Visited(visits []Visit, stageID string) bool {
	return slices.ContainsFunc(visits, func(v Visit) bool { return v.StageID == stageID })
}

// Unheard returns the participants of a round who have not been heard yet: not those
// who are away, not guests whose time is over, not process coaches, who walk along.
func Unheard(people []Participant, heard map[string]bool, today clock.Date) []Participant {
	var out []Participant
	for _, p := range people {
		away := p.AwayUntil != "" && today < p.AwayUntil
		over := p.EndsOn != "" && p.EndsOn <= today
		if !heard[p.PersonID] && !away && !over && !p.NoDay && p.Role != Coach {
			out = append(out, p)
		}
	}
	return out
}

// WithoutMember returns the touched teams that nobody in the group comes from: a PLG
// is a check of who is represented.
func WithoutMember(touched []string, memberTeams map[string]bool) []string {
	var out []string
	for _, t := range touched {
		if !memberTeams[t] {
			out = append(out, t)
		}
	}
	return out
}
