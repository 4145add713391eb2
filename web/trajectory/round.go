package trajectory

import (
	"slices"

	"leerkring/trajectory"
	"leerkring/web/ui"
)

// rounds tells which round this is when there are more, and offers the next one behind the last
// stage: while it has not begun, to who leads.
func (rm *Room) rounds(p *showPage) error {
	list, err := rm.Trajectories.Rounds(p.r.Ctx(), p.Seen)
	if err != nil {
		return err
	}
	t := p.r.T
	begun := false
	for _, x := range list {
		l := ui.Link{Text: t.T("trajectory.round", "number", x.Round)}
		if x.ID != p.Seen.ID {
			l.Href = "/trajectories/" + x.ID
			if x.Title != p.Seen.Title {
				l.Text = t.T("trajectory.round_titled", "number", x.Round, "title", x.Title)
			}
		}
		begun = begun || x.Round > p.Seen.Round
		p.Wheel.Rounds = append(p.Wheel.Rounds, l)
	}
	p.Wheel.RoundsOf = t.T("trajectory.rounds")
	if last := p.Pack.Stages[len(p.Pack.Stages)-1]; p.CanLead && !begun && p.Seen.StageID == last.ID && slices.Contains([]trajectory.State{trajectory.Active, trajectory.Done}, p.Seen.State) {
		p.Next = t.T("trajectory.begin_round", "number", p.Seen.Round+1)
	}
	return nil
}
