package agreement

import (
	"strconv"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/web/room"
	trajectoryweb "leerkring/web/trajectory"
	"leerkring/web/ui"
)

type versionPage struct {
	r        *room.Request
	Base     string
	Paper    paper
	Reason   string
	Sentence string
	Audience ui.Audience
}

// Version shows the page as it was fixed under a number.
func (rm *Room) Version(r *room.Request) error {
	id, err := r.ID("id")
	if err != nil {
		return err
	}
	number, err := strconv.Atoi(r.Path("number"))
	if err != nil {
		return errs.Absent()
	}
	q := rm.Trajectories.DB()
	seen, err := rm.Trajectories.Reach(r.Ctx(), q, r.Who(), id)
	if err != nil {
		return err
	}
	fixed, people, err := rm.Agreements.Version(r.Ctx(), q, seen, number)
	if err != nil {
		return err
	}
	in, err := rm.Trajectories.Participants(r.Ctx(), q, seen)
	if err != nil {
		return err
	}
	p := versionPage{r: r, Base: base(id), Paper: paperOf(r, seen.School, fixed.Body, people), Reason: fixed.Reason}
	p.Sentence, p.Audience = trajectoryweb.WhoSees(r, seen, access.AgreementPage, in)
	p.Paper.Version = r.T.T("agreement.version", "number", number, "date", r.T.DateLong(fixed.On))
	h := trajectoryweb.Head(r, seen, r.T.T("agreement.version_short", "number", number))
	h.Heading = ""
	r.Style(&h, "agreement")
	return r.Page(h, version(p))
}
