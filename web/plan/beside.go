package plan

import (
	"errors"
	"slices"
	"strconv"

	"leerkring/access"
	"leerkring/block/plan"
	"leerkring/block/plan/takeover"
	"leerkring/internal/errs"
	"leerkring/web/room"
	"leerkring/web/ui"
	"leerkring/writing"
)

// besidePart is what waits beside the plan, from a plan that the team had already.
type besidePart struct {
	Title string
	Rows  []besideRow
}

// besideRow is one line of it; who only reads has no choice.
type besideRow struct {
	ID, Head, Text, Action, Label string
	Hidden                        []ui.Pair
	Choose                        *ui.Field
	To                            []ui.Option
	Words                         ui.Field // to shorten it
}

// besideTargets are where a line that waits can go.
var besideTargets = []takeover.Target{takeover.Action, takeover.Goal, takeover.Core, takeover.Room, takeover.Hearing, takeover.Look, takeover.Why}

// longestPiece is what the field of a line takes; more is cut by nobody, and refused.
const longestPiece = 20_000

func (p *showPage) beside() *besidePart {
	if len(p.Plan.Beside) == 0 {
		return nil
	}
	b := &besidePart{Title: p.r.T.T("plan.beside_title", "n", len(p.Plan.Beside))}
	for _, x := range p.Plan.Beside {
		row := besideRow{ID: "line-" + x.ID, Head: x.Head, Text: x.Text, Action: p.Base + "/beside/" + x.ID}
		if p.Plan.MayEdit {
			p.choices(&row, x)
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

// choices are what somebody can do with a line: choose its place, change its words. What was
// typed is in the line whose form came back.
func (p *showPage) choices(row *besideRow, x plan.Piece) {
	t, to, text := p.r.T, "to-"+x.ID, "text-"+x.ID
	typed := p.r.Error(to) != "" || p.r.Error(text) != ""
	row.Label = t.T("plan.beside_form", "line", short(x.Text, 60))
	row.Hidden = p.r.Hidden(ui.Pair{Name: "version", Value: strconv.Itoa(x.Version)})
	row.Choose = &ui.Field{Name: "to", ID: "f-" + to, Label: t.T("plan.beside_where"), Error: p.r.Error(to)}
	for _, target := range besideTargets {
		row.To = append(row.To, ui.Option{Value: string(target), Text: t.T("takeover.to_" + string(target)), On: typed && p.r.Typed.Typed("to") == string(target)})
	}
	row.Words = ui.Field{Name: "text", ID: "f-" + text, Label: t.T("plan.beside_words"), Value: x.Text, Error: p.r.Error(text), Rows: 3, Wide: true}
	if typed {
		row.Words.Value = p.r.Typed.Typed("text")
	}
}

// Piece gives something that waits beside the plan its place or other words, or puts it away.
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
	to, away, keep := takeover.Target(f.Line("to", 20)), f.Bool("away"), f.Bool("keep")
	var e *plan.PieceEdit
	if f.Has("text") { // a form without the field leaves the words as they are
		e = &plan.PieceEdit{Base: f.Int("version", 0, 1<<30), Text: f.Text("text", 2*longestPiece)}
	}
	if err := f.Err(); err != nil {
		return r.Refused(tied(err, line), rm.Show)
	}
	var clash *writing.Clash
	said, below := "plan_piece_placed", "#beside"
	switch {
	case away:
		said, err = "plan_piece_away", rm.Plans.PutAway(r.Ctx(), r.Who(), seen.ID, line)
	case keep && e != nil:
		said, below = "plan_piece_kept", "#line-"+line
		clash, err = rm.Plans.EditPiece(r.Ctx(), r.Who(), seen.ID, line, *e)
	case !slices.Contains(besideTargets, to):
		err = errs.Invalid("form.choice").On("to")
	case to == takeover.Why:
		clash, err = rm.Plans.PieceToWhy(r.Ctx(), r.Who(), seen.ID, line, e)
	default:
		clash, err = rm.Plans.PlacePiece(r.Ctx(), r.Who(), seen.ID, line, e, func(text string) (plan.Item, error) { return takeover.AsItem(text, to, seen.Today()) })
	}
	if err == nil && clash != nil { // both texts are kept: what was typed is in the field, what stands above it
		err = errs.Conflict("plan.beside_changed").On("text")
	}
	if err != nil {
		return r.Refused(tied(err, line), rm.Show)
	}
	return r.Said(at(seen.ID)+below, said)
}

// tied ties what is refused to the field of one line, among many with the same names: a place
// to the choice, everything else to the words.
func tied(err error, line string) error {
	for _, f := range errs.FieldsOf(err) {
		switch {
		case f.Key == "plan.piece_settled": // the line is gone from the page
			return err
		case f.Name == "to":
			return on(err, "to-"+line)
		}
	}
	return on(err, "text-"+line)
}

// on ties an error to a field.
func on(err error, field string) error {
	var e *errs.Error
	if errors.As(err, &e) {
		return e.On(field)
	}
	return err
}
