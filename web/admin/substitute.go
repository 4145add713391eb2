package admin

import (
	"leerkring/access"
	"leerkring/handover"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/internal/ident"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// standIn is who stands in for somebody, as who looks after the account sees it: who and which
// days, and nothing of the work.
type standIn struct {
	Shown  bool
	Rows   []standing
	Who    ui.Field
	People []ui.Option
	From   ui.Field
	Until  ui.Field
	Open   bool
}

type standing struct{ ID, Text string }

// standInOf reads it. The page is the same whatever somebody carries.
func (rm *Room) standInOf(r *room.Request, d desk, a school.Account) (standIn, error) {
	if rm.Handovers == nil || a.Guest || a.State == school.Left || !d.may(access.Manage, access.Account) {
		return standIn{}, nil
	}
	list, err := rm.Handovers.SubstitutesOf(r.Ctx(), r.Who(), d.School, a.ID)
	if err != nil {
		return standIn{}, err
	}
	all, err := rm.Schools.Accounts(r.Ctx(), r.Who(), d.School.ID)
	if err != nil {
		return standIn{}, err
	}
	names := map[string]string{}
	s := standIn{Shown: true, Open: r.Error("substitute") != "" || r.Error("from_on") != "" || r.Error("until_on") != ""}
	for _, x := range all {
		names[x.ID] = x.Name
		if x.ID != a.ID && !x.Guest && (x.State == school.Active || x.State == school.Invited) {
			s.People = append(s.People, ui.Option{Value: x.ID, Text: x.Name, On: r.Was("substitute", "") == x.ID})
		}
	}
	i18n.Sort(r.T, s.People, func(o ui.Option) string { return o.Text })
	s.People = append([]ui.Option{{Text: r.T.T("admin.choose_colleague")}}, s.People...)
	for _, h := range list {
		s.Rows = append(s.Rows, standing{ID: h.ID, Text: r.T.T("admin.stands_in", "name", names[h.ToID], "from", r.T.Date(h.FromOn), "until", r.T.Date(h.UntilOn))})
	}
	s.Who = r.Field("substitute", "admin.substitute_who", "")
	s.From, s.Until = r.Field("from_on", "admin.substitute_from", ""), r.Field("until_on", "admin.substitute_until", "")
	s.From.Type, s.Until.Type = "date", "date"
	s.From.Hint = r.T.T("admin.substitute_from_hint")
	return s, nil
}

// Substitute says who stands in for somebody, and when.
func (rm *Room) Substitute(r *room.Request) error {
	d, a, err := rm.account(r, access.Manage)
	if err != nil {
		return err
	}
	f := r.Form()
	x := handover.Standing{ToID: f.ID("substitute"), FromOn: f.Date("from_on"), UntilOn: f.Date("until_on")}
	if err := f.Err(); err != nil {
		return r.Refused(err, rm.Person)
	}
	if a.Guest || rm.Handovers == nil {
		return errs.Absent()
	}
	if _, err := rm.Handovers.Announce(r.Ctx(), r.Who(), d.School.ID, a.ID, x); err != nil {
		return r.Refused(err, rm.Person)
	}
	return r.Said(d.path("/admin/people/"+a.ID)+"#substitute", "admin_substitute")
}

// StopSubstitute ends it early.
func (rm *Room) StopSubstitute(r *room.Request) error {
	d, a, err := rm.account(r, access.Manage)
	if err != nil {
		return err
	}
	id := r.Path("standing")
	if !ident.Valid(id) || rm.Handovers == nil {
		return errs.Absent()
	}
	if err := rm.Handovers.Stop(r.Ctx(), r.Who(), d.School.ID, a.ID, id); err != nil {
		return r.Refused(err, rm.Person)
	}
	return r.Said(d.path("/admin/people/"+a.ID)+"#substitute", "admin_substitute_stopped")
}
