package admin

import (
	"time"

	"leerkring/backup"
	"leerkring/internal/errs"
	"leerkring/web/room"
)

// fact is one line about backups: what, and how it stands.
type fact struct{ What, Stands string }

type backupsPage struct {
	desk
	Facts []fact
	Warn  string
	Never bool // never tried
}

// Backups tells when the last backup was made, whether it was read back, and whether one
// was ever restored to try it. It shows and opens nothing that is in one.
func (rm *Room) Backups(r *room.Request) error {
	d, err := rm.at(r, "backups")
	if err != nil {
		return err
	}
	whole, err := rm.Schools.ForBoard(r.Ctx(), r.Who(), d.School)
	if err != nil {
		return err
	}
	if !whole { // it is about the whole house
		return errs.Absent()
	}
	s, err := backup.Of(r.Ctx(), rm.DB)
	if err != nil {
		return err
	}
	p := backupsPage{desk: d, Never: s.Tried.IsZero()}
	switch {
	case s.Made.IsZero():
		p.Warn = r.T.T("admin.backup_none")
	case s.Warns(r.Now()):
		p.Warn = r.T.T("admin.backup_late", "n", backup.Days(s.Made, r.Now()))
	}
	moment := func(at time.Time, never string) string {
		if at.IsZero() {
			return r.T.T(never)
		}
		return r.T.Moment(at)
	}
	p.Facts = []fact{{r.T.T("admin.backup_last"), moment(s.Made, "admin.backup_never")}}
	if !s.Made.IsZero() {
		p.Facts = append(p.Facts, fact{r.T.T("admin.backup_size"), bytes(r, s.Bytes)}, fact{r.T.T("admin.backup_checked"), moment(s.Checked, "admin.backup_unchecked")})
	}
	p.Facts = append(p.Facts, fact{r.T.T("admin.backup_tried"), moment(s.Tried, "admin.backup_untried")})
	if !s.BeforeUpgrade.IsZero() {
		p.Facts = append(p.Facts, fact{r.T.T("admin.backup_upgrade"), r.T.Moment(s.BeforeUpgrade)})
	}
	return r.Page(d.head(r.T.T("admin.backups_title"), r.T.T("admin.backups_lead")), backups(p))
}

// bytes is a size for people.
func bytes(r *room.Request, n int64) string {
	switch {
	case n >= 1e9:
		return r.T.Decimal(float64(n)/1e9, 1) + " GB"
	case n >= 1e6:
		return r.T.Decimal(float64(n)/1e6, 1) + " MB"
	}
	return r.T.Decimal(float64(n)/1e3, 0) + " kB"
}
