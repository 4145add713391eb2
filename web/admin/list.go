package admin

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/internal/page"
	"leerkring/roster"
	"leerkring/web/room"
)

// sent is the form of a list as it came in.
type sent struct {
	Proposal roster.Proposal
	Digest   string
	When     string
	On       clock.Date
	Show     []string
	FromFile bool
	LeftOut  roster.LeftOut
}

// read reads the form: a file goes before what stands in the box, and becomes what stands there.
func (rm *Room) read(r *room.Request) (sent, error) {
	f := r.Form()
	s := sent{Digest: f.Line("digest", 100), When: f.Choice("when", whens...), On: f.Date("on"), Show: f.Choices("show", groups...)}
	s.Proposal.Text = f.Text("people", roster.MaxText)
	s.Proposal.Columns, s.Proposal.Choices = choices(f)
	s.LeftOut = roster.LeftOut{Pupils: f.Int("pupils", 0, 1<<20), Parents: f.Int("parents", 0, 1<<20), Others: f.Int("others", 0, 1<<20)}
	file, ok := f.File("file")
	if err := f.Err(); err != nil || !ok {
		return s, err
	}
	if file.TooBig {
		return s, errs.Invalid("roster.file_large").On("file")
	}
	sheet, err := roster.ReadFile(file.Data)
	if err != nil {
		return s, err
	}
	text := sheet.Text()
	if len(text) > roster.MaxText {
		return s, errs.Invalid("roster.file_large").On("file")
	}
	s.Proposal, s.FromFile, s.LeftOut = roster.Proposal{Text: text}, true, sheet.LeftOut
	f.Set("people", text)
	return s, nil
}

// choices reads what an admin chose: the name of each field says about which row, team or column.
func choices(f *page.Form) (map[int]roster.Column, roster.Choices) {
	columns := map[int]roster.Column{}
	c := roster.Choices{Emails: map[string]string{}, Days: map[string][]int{}, Same: map[string]string{}, Yes: map[string]bool{}, Teams: map[string]string{}, Leave: map[string]bool{}}
	c.Org = f.Line("org", 200)
	for _, name := range f.Names() {
		kind, key, ok := strings.Cut(name, "-")
		if !ok {
			continue
		}
		switch kind {
		case "col":
			if i, err := strconv.Atoi(key); err == nil {
				columns[i] = roster.Column(f.Line(name, 20))
			}
		case "e":
			c.Emails[key] = f.Line(name, 200)
		case "d":
			if f.Bool("k-" + key) { // only when it was said that they are right
				for _, d := range f.Choices(name, "1", "2", "3", "4", "5") {
					c.Days[key] = append(c.Days[key], int(d[0]-'0'))
				}
			}
		case "s":
			c.Same[key] = f.Line(name, 40)
		case "y":
			c.Yes[key] = f.Bool(name)
		case "t":
			c.Teams[key] = f.Line(name, 40)
		case "l":
			c.Leave[key] = f.Line(name, 10) == "leaves"
		}
	}
	for i, col := range columns {
		if col == "nothing" {
			columns[i] = roster.Nothing
		}
	}
	return columns, c
}

// LookAtList tells what a list would do; nothing changes.
func (rm *Room) LookAtList(r *room.Request) error {
	s, err := rm.read(r)
	if err != nil {
		return r.Refused(err, rm.Add)
	}
	return rm.show(r, s)
}

// show shows what a list would do. When its columns are not clear, the page asks for them.
func (rm *Room) show(r *room.Request, s sent) error {
	d, err := rm.at(r, "add")
	if err != nil {
		return err
	}
	found, err := rm.Roster.LookAt(r.Ctx(), r.Who(), d.School.ID, s.Proposal)
	if err != nil && !errs.Is(err, errs.KindInvalid) {
		return err
	}
	if err != nil {
		r.Err = err
		if len(found.Layout.Columns) == 0 {
			return r.Refused(err, rm.Add)
		}
	}
	l, e := rm.lookOf(d, s, found)
	if e != nil {
		return e
	}
	if err != nil {
		l.Digest, l.Sums = "", nil
	}
	return rm.add(r, l)
}

// BringIn does what was shown and chosen, all of it or nothing.
func (rm *Room) BringIn(r *room.Request) error {
	d, err := rm.at(r, "add")
	if err != nil {
		return err
	}
	s, err := rm.read(r)
	if err != nil {
		return r.Refused(err, rm.Add)
	}
	if s.FromFile { // a file that nobody has looked at
		return rm.show(r, s)
	}
	found, err := rm.Roster.LookAt(r.Ctx(), r.Who(), d.School.ID, s.Proposal)
	if errs.Is(err, errs.KindInvalid) {
		return rm.show(r, s)
	}
	if err != nil {
		return err
	}
	if roster.Sensitive(found.Findings, s.Proposal.Choices) {
		if err := rm.Door.Confirmed(r); err != nil {
			r.Err = errs.Invalid("admin.list_confirm") // the page keeps the list: nobody is led away from it
			return rm.show(r, s)
		}
	}
	inv, err := d.invitation(s)
	if err != nil {
		r.Err = err
		return rm.show(r, s)
	}
	out, err := rm.Roster.BringIn(r.Ctx(), r.Who(), d.School.ID, s.Proposal, s.Digest, inv)
	if errs.Is(err, errs.KindConflict) || errs.Is(err, errs.KindInvalid) {
		r.Err = err
		return rm.show(r, s)
	}
	if err != nil {
		return err
	}
	switch {
	case inv.Send && out.New > 0 && !inv.At.IsZero():
		return r.Said(d.path("/admin"), "admin_brought_later")
	case inv.Send && out.New > 0:
		return r.Said(d.path("/admin"), "admin_brought_invited")
	}
	return r.Said(d.path("/admin"), "admin_brought")
}

// whens are the moments at which invitations leave.
var whens = []string{"now", "monday", "day", "later"}

// morning is when letters leave on a day that was chosen.
const morningHour, morningMinute = 7, 30

// invitation is when the new ones are invited, on the clock of the school.
func (d desk) invitation(s sent) (roster.Invitation, error) {
	zone, today := d.School.Location(), clock.On(d.r.Now(), d.School.Location())
	switch s.When {
	case "now":
		return roster.Invitation{Send: true}, nil
	case "monday":
		return roster.Invitation{Send: true, At: nextMonday(d.r.Now(), zone)}, nil
	case "day":
		if s.On <= today || today.Days(s.On) > 60 {
			return roster.Invitation{}, errs.Invalid("admin.invite_day_far").On("on")
		}
		return roster.Invitation{Send: true, At: s.On.At(morningHour, morningMinute, zone)}, nil
	}
	return roster.Invitation{}, nil
}

// nextMonday is the first Monday morning that is still to come.
func nextMonday(now time.Time, zone *time.Location) time.Time {
	day := clock.On(now, zone)
	for day.Weekday() != time.Monday || !day.At(morningHour, morningMinute, zone).After(now) {
		day = day.Add(1)
	}
	return day.At(morningHour, morningMinute, zone)
}

// Rest gives the rows that wait as a file, with what is to be mended: nothing changes.
func (rm *Room) Rest(r *room.Request) error {
	d, err := rm.at(r, "add")
	if err != nil {
		return err
	}
	s, err := rm.read(r)
	if err != nil {
		return r.Refused(err, rm.Add)
	}
	found, err := rm.Roster.LookAt(r.Ctx(), r.Who(), d.School.ID, s.Proposal)
	if err != nil {
		if errs.Is(err, errs.KindInvalid) {
			return rm.show(r, s)
		}
		return err
	}
	raw, err := roster.Workbook(found.Rest(r.T.T("roster.rest_line"), r.T.T("roster.rest_why"), r.Say))
	if err != nil {
		return err
	}
	r.W.Header().Set("Content-Disposition", `attachment; filename="`+r.T.T("admin.rest_file")+`.xlsx"`)
	page.Send(r.W, r.R, http.StatusOK, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", raw)
	return nil
}

// InviteWaiting sends another invitation to all who have not come in yet.
func (rm *Room) InviteWaiting(r *room.Request) error {
	d, err := rm.at(r, "people")
	if err != nil {
		return err
	}
	if _, err := rm.Roster.InviteWaiting(r.Ctx(), r.Who(), d.School.ID); err != nil {
		return r.Refused(err, rm.People)
	}
	return r.Said(d.with("/admin", "show", "invited"), "admin_invited_again")
}
