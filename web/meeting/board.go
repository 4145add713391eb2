package meeting

import (
	"net/http"
	"slices"

	"leerkring/block/meeting"
	"leerkring/internal/errs"
	"leerkring/internal/page"
	"leerkring/trajectory"
	"leerkring/web/room"
	"leerkring/web/ui"
)

type boardPage struct {
	*hourPage
	Parts []part
	Last  []settled
}

// Board is the hour on the big screen: the question large, what is brought in as it comes,
// and the two fields that are never one. Nothing private is on it.
func (rm *Room) Board(r *room.Request) error {
	base, err := rm.open(r)
	if err != nil {
		return err
	}
	if base.Hour.State == meeting.Cancelled {
		return r.Go(base.Path)
	}
	base.writing = r.R.URL.Query().Get("field")
	p := &boardPage{hourPage: base, Parts: base.told(), Last: base.lastTime()}
	h := base.head(base.title())
	var steps []ui.Step
	for i, x := range p.Parts {
		s := ui.Step{Name: r.T.T("meeting.step", "n", i+1, "name", x.Label)}
		switch {
		case x.Here:
			s.Passage = ui.Here
		case x.Past:
			s.Passage = ui.Past
		}
		steps = append(steps, s)
	}
	return r.Render(statusOf(r), ui.BoardPage(h, ui.Board{Title: r.T.T("meeting.board_title"), Where: p.Seen.Title, Parts: steps, Foot: boardFoot(p)}, board(p)))
}

// statusOf is 200, or that of the refusal for a form that comes back.
func statusOf(r *room.Request) int {
	if r.Err != nil {
		return page.Status(r.Err)
	}
	return http.StatusOK
}

// current is the part that is going on, nil before and after.
func (p *boardPage) current() *part {
	if at := p.now(); at >= 0 {
		return &p.Parts[at]
	}
	return nil
}

type closePage struct {
	*hourPage
	Present []ui.Option
}

// CloseForm asks who was there, and for one next step when there is none yet.
func (rm *Room) CloseForm(r *room.Request) error {
	base, err := rm.open(r)
	if err != nil {
		return err
	}
	if !base.Hour.MayLead {
		return errs.Absent()
	}
	if base.Hour.State != meeting.Live {
		return r.Go(base.Path)
	}
	p := &closePage{hourPage: base}
	for _, x := range base.People {
		if x.Role == trajectory.Guest && !slices.Contains(base.Hour.Guests, x.PersonID) {
			continue
		}
		away := x.AwayUntil != "" && base.Seen.Today() < x.AwayUntil
		p.Present = append(p.Present, ui.Option{Value: x.PersonID, Text: x.Name, On: r.WasOn("present", x.PersonID, !away)})
	}
	h := base.head(r.T.T("meeting.close_title"))
	h.Lead = r.T.T("meeting.close_lead")
	h.Live = "" // somebody fills this in
	return r.Page(h, closing(p))
}

// looksBack reports whether the group is now at the round along last time.
func (p *boardPage) looksBack() bool {
	x := p.current()
	return x != nil && x.Item.Reason == meeting.BecauseLast && len(p.Last) > 0
}
