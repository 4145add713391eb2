package plan

import (
	"errors"

	"leerkring/access"
	"leerkring/block/plan"
	"leerkring/block/plan/takeover"
	"leerkring/internal/errs"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// besidePart is what waits beside the plan, from a plan that the team had already.
type besidePart struct {
	Title string
	Rows  []besideRow
}

// besideRow is one line of it; who only reads has no choice.
type besideRow struct {
	Head, Text, Action string
	Choose             *ui.Field
	To                 []ui.Option
}

// besideTargets are where a line that waits can go.
var besideTargets = []takeover.Target{takeover.Action, takeover.Goal, takeover.Core, takeover.Room, takeover.Hearing, takeover.Look, takeover.Why}

func (p *showPage) beside() *besidePart {
	if len(p.Plan.Beside) == 0 {
		return nil
	}
	t := p.r.T
	b := &besidePart{Title: t.T("plan.beside_title", "n", len(p.Plan.Beside))}
	for _, x := range p.Plan.Beside {
		row := besideRow{Head: x.Head, Text: x.Text, Action: p.Base + "/beside/" + x.ID}
		if p.Plan.MayEdit {
			name := "to-" + x.ID
			row.Choose = &ui.Field{Name: "to", ID: "f-" + name, Label: t.T("plan.beside_where"), Error: p.r.Error(name)}
			for _, to := range besideTargets {
				row.To = append(row.To, ui.Option{Value: string(to), Text: t.T("takeover.to_" + string(to)), On: p.r.Error(name) != "" && p.r.Typed.Typed("to") == string(to)})
			}
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

// Piece gives something that waits beside the plan its place, or puts it away.
func (rm *Room) Piece(r *room.Request) error {
	seen, err := rm.reach(r)
	if err != nil {
		return err
	}
	if err := seen.Must(access.Edit, access.Plan, ""); err != nil {
		return err
	}
	line, err := r.ID("line")
	if err != nil {
		return err
	}
	f := r.Form()
	to, away := takeover.Target(f.Line("to", 20)), f.Bool("away")
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Show)
	}
	said := "plan_piece_placed"
	switch {
	case away:
		said, err = "plan_piece_away", rm.Plans.PutAway(r.Ctx(), r.Who(), seen.ID, line)
	case to == takeover.Why:
		err = rm.Plans.PieceToWhy(r.Ctx(), r.Who(), seen.ID, line)
	default:
		err = rm.Plans.PlacePiece(r.Ctx(), r.Who(), seen.ID, line, func(text string) (plan.Item, error) { return takeover.AsItem(text, to, seen.Today()) })
	}
	if err != nil {
		return r.Refused(on(err, "to-"+line), rm.Show)
	}
	return r.Said(at(seen.ID)+"#beside", said)
}

// on ties what is refused to the field of one line, among many with the same names.
func on(err error, field string) error {
	var e *errs.Error
	if errors.As(err, &e) && len(e.Fields) > 0 {
		return e.On(field)
	}
	return err
}
