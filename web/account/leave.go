package account

import (
	"io"
	"net/http"
	"strconv"
	"time"

	"leerkring/access"
	"leerkring/internal/errs"
	bye "leerkring/leaving"
	"leerkring/web/room"
	"leerkring/web/ui"
)

const leavePath = "/account/leave"

// exportRow is one file as the page shows it.
type exportRow struct {
	ID, Title, Note, Busy string
	Done, Steps           string
	Ready                 bool
}

type kindRow struct{ What, N string }

type leavePage struct {
	r       *room.Request
	Fresh   bool // shown lately who they are: what is only theirs may be counted
	Files   []exportRow
	Busy    bool
	Asked   string // when the erasure runs; "" when none is asked
	Running bool
	Goes    []kindRow
	Stays   []kindRow
	Blocks  []ui.Link
	Sure    ui.Set
	Carries bool // work that is better handed over first
}

// Goodbye is where somebody takes their things along, or asks that they are erased.
func (rm *Room) Goodbye(r *room.Request) error {
	if err := access.Must(r.Who(), access.Read, access.Object{Kind: access.PersonalExport, BoardID: r.Who().BoardID, OwnerID: r.Who().ID}); err != nil {
		return err
	}
	p := leavePage{r: r, Fresh: rm.Private(r) == nil}
	files, err := rm.Leaving.Taken(r.Ctx(), r.Who())
	if err != nil {
		return err
	}
	for _, e := range files {
		p.Files = append(p.Files, fileRow(r, e))
		p.Busy = p.Busy || e.Busy()
	}
	if err := rm.erasing(&p); err != nil {
		return err
	}
	h := r.Head(r.T.T("account.leave_title"), "")
	h.Lead = r.T.T("account.leave_lead")
	h.Crumbs = []ui.Link{{Text: r.T.T("menu.account"), Href: "/account"}}
	r.Style(&h, "account")
	return r.Page(h, leave(p))
}

func fileRow(r *room.Request, e bye.Export) exportRow {
	row := exportRow{ID: e.ID, Ready: e.Ready(), Title: r.T.T("account.leave_file", "moment", r.T.Moment(e.AskedAt))}
	switch {
	case e.Busy() && e.Steps > 0:
		row.Busy, row.Done, row.Steps = r.T.T("account.leave_busy_at", "n", e.Done*100/e.Steps), strconv.Itoa(e.Done), strconv.Itoa(e.Steps)
	case e.Busy():
		row.Busy = r.T.T("account.leave_busy")
	case e.Ready():
		row.Note = r.T.T("account.leave_ready", "size", size(r, e.Bytes), "until", r.T.DateLong(r.T.Day(e.EndsAt)))
	default:
		row.Note = r.T.T("account.leave_failed")
	}
	return row
}

// size is how large a file is, for people.
func size(r *room.Request, n int64) string {
	if n >= 1e6 {
		return r.T.Decimal(float64(n)/1e6, 1) + " MB"
	}
	return r.T.Decimal(float64(max(n, 1000))/1e3, 0) + " kB"
}

// erasing fills in how it stands with erasing.
func (rm *Room) erasing(p *leavePage) error {
	r := p.r
	e, open, err := rm.Leaving.Waiting(r.Ctx(), r.Who(), r.Who().ID)
	if err != nil {
		return err
	}
	if open {
		p.Running = !e.Asked()
		p.Asked = r.T.T("account.erase_waits")
		if !e.RunsAt.IsZero() {
			p.Asked = r.T.T("account.erase_runs", "date", r.T.DateLong(r.T.Day(e.RunsAt)))
		}
		return nil
	}
	blocks, err := rm.Leaving.Blocks(r.Ctx(), r.Who().ID)
	if err != nil {
		return err
	}
	if p.Carries, err = rm.Carries(r.Ctx(), r.Known); err != nil {
		return err
	}
	for _, b := range blocks {
		if b.Kind == "admin" {
			p.Blocks = append(p.Blocks, ui.Link{Text: r.T.T("account.erase_block_admin"), Href: "/admin"})
		} else {
			p.Blocks = append(p.Blocks, ui.Link{Text: r.T.T("account.erase_block_lead", "title", b.Title), Href: "/trajectories/" + b.ID + "/people"})
		}
	}
	p.Sure = ui.Set{Name: "sure", Legend: r.T.T("account.erase_sure"), Options: []ui.Option{{Value: "yes", Text: r.T.T("account.erase_sure_yes"), On: r.Was("sure", "") == "yes"}}, Many: true, Error: r.Error("sure")}
	if !p.Fresh {
		return nil
	}
	lines, err := rm.Leaving.Report(r.Ctx(), r.Who())
	for _, l := range lines {
		row := kindRow{r.T.T(l.Purpose), r.T.Number(l.N)}
		if l.Goes {
			p.Goes = append(p.Goes, row)
		} else {
			p.Stays = append(p.Stays, row)
		}
	}
	return err
}

// TakeAlong asks for a file with everything.
func (rm *Room) TakeAlong(r *room.Request) error {
	if err := rm.Private(r); err != nil {
		return rm.Refused(r, err, leavePath, rm.Goodbye)
	}
	if _, err := rm.Leaving.Take(r.Ctx(), r.Who()); err != nil {
		return r.Refused(err, rm.Goodbye)
	}
	return r.Said(leavePath+"#files", "account_leave_asked")
}

// DropFile throws a file away before its time.
func (rm *Room) DropFile(r *room.Request) error {
	id, err := r.ID("export")
	if err != nil {
		return err
	}
	if err := rm.Leaving.Discard(r.Ctx(), r.Who(), id); err != nil {
		return err
	}
	return r.Said(leavePath+"#files", "account_leave_dropped")
}

// lookAgain is how often it is asked, while a file goes, whether it may still go.
const lookAgain = 2 * time.Second

// File gives a file to its owner. Whoever loses the right to it while it goes gets half of it.
func (rm *Room) File(r *room.Request) error {
	id, err := r.ID("export")
	if err != nil {
		return err
	}
	if err := rm.Private(r); err != nil {
		if asksToConfirm(err) {
			return r.Go(confirmAt(leavePath))
		}
		return err
	}
	e, f, err := rm.Leaving.Fetch(r.Ctx(), r.Who(), id)
	if err != nil {
		return err
	}
	defer func() { _ = f.Close() }() // it was only read
	h := r.W.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", `attachment; filename="leerkring-`+e.AskedAt.In(r.T.Zone()).Format("20060102")+`.zip"`)
	h.Set("Content-Length", strconv.FormatInt(e.Bytes, 10))
	h.Set("Cache-Control", "private, no-store")
	r.W.WriteHeader(http.StatusOK)
	if r.R.Method == http.MethodHead {
		return nil
	}
	looked := r.Now()
	for {
		if _, err := io.CopyN(r.W, f, 256<<10); err != nil { // also io.EOF: all of it went
			return nil
		}
		if r.Now().Sub(looked) > lookAgain {
			if _, err := rm.here(r); err != nil || !rm.Leaving.Still(r.Ctx(), r.Who().ID, e.ID) {
				return nil
			}
			looked = r.Now()
		}
	}
}

// AskErase asks that everything of who asks is erased.
func (rm *Room) AskErase(r *room.Request) error {
	f := r.Form()
	sure := f.Choices("sure", "yes")
	if len(sure) == 0 {
		f.Refuse("sure", "account.erase_sure_first")
	}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Goodbye)
	}
	if err := rm.Private(r); err != nil {
		return rm.Refused(r, err, leavePath, rm.Goodbye)
	}
	if _, err := rm.Leaving.AskOwn(r.Ctx(), r.Who()); err != nil {
		return r.Refused(err, rm.Goodbye)
	}
	return r.Said(leavePath+"#erase", "account_erase_asked")
}

// KeepAll takes the own erasure back.
func (rm *Room) KeepAll(r *room.Request) error {
	err := rm.Leaving.CallBack(r.Ctx(), r.Who())
	if errs.Is(err, errs.KindInvalid) {
		return r.Refused(err, rm.Goodbye)
	}
	if err != nil {
		return err
	}
	return r.Said(leavePath+"#erase", "account_erase_back")
}
