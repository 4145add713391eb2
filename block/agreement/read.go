package agreement

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/writing"
)

// View is the page with everything around it, as one person sees it.
type View struct {
	Page
	Ready    Ready
	Core     []Agreement // standing and on the page
	Room     []Agreement
	Proposed []Agreement
	Also     []Agreement // standing, and not on the page: settled in an hour
	Retired  []Agreement
	Versions []Fixed // the newest first
	Checks   []Held  // the newest first
	Remarks  []Remark
	Done     map[string]clock.Date // when each of the caretaker's tasks was done last; for whoever keeps the page
	Signed   bool                  // the person asking put their name
	SignedBy []string              // names' ids of who signed, for whoever keeps the page; nil for others
	Looked   Evaluation            // how the group looked back in this stay
	Waiting  map[string]writing.Body
	People   map[string]school.Person
	MayEdit  bool // write, check, evaluate
	MayLead  bool // settle, fix, answer
	MayReact bool // sign, remark
	Keeps    bool // the person asking keeps the page alive
}

// Standing are all agreements that stand, on the page or not.
func (v View) Standing() []Agreement { return slices.Concat(v.Core, v.Room, v.Also) }

// Number is that of the newest fixed version, nought before the first.
func (v View) Number() int {
	if len(v.Versions) == 0 {
		return 0
	}
	return v.Versions[0].Number
}

// Now is what stands on the page now.
func (v View) Now() Snapshot { return snapshot(v.Page, slices.Concat(v.Core, v.Room)) }

// Show reads the page of a trajectory that is seen, in a constant number of queries.
// Absent for who may not read it.
func (s *Service) Show(ctx context.Context, q db.Queryer, seen trajectory.Seen) (View, error) {
	v := View{}
	if err := seen.Must(access.Read, access.AgreementPage, ""); err != nil {
		return v, err
	}
	var err error
	if v.Page, err = pageOf(ctx, q, seen.ID); err != nil {
		return v, err
	}
	v.MayEdit, v.MayLead, v.MayReact = may(seen, v.Page, access.Edit), may(seen, v.Page, access.Settle), may(seen, v.Page, access.React)
	v.Keeps = v.Page.Keeps(seen.Who.ID)
	lines, err := linesOf(ctx, q, seen.ID)
	if err != nil {
		return v, err
	}
	v.Ready = ready(v.Page, lines, seen.Today())
	v.sort(lines)
	if v.Looked, err = evaluationOf(ctx, q, seen.ID, seen.VisitID); err != nil {
		return v, err
	}
	if err := v.around(ctx, q, seen); err != nil {
		return v, err
	}
	if v.Waiting, err = waiting(ctx, q, seen, v.Looked.ID); err != nil {
		return v, err
	}
	v.People, err = school.Names(ctx, q, seen.School.BoardID, v.people())
	return v, err
}

func (v *View) sort(lines []Agreement) {
	for _, a := range lines {
		switch {
		case a.State == Retired:
			v.Retired = append(v.Retired, a)
		case a.State == Proposed:
			v.Proposed = append(v.Proposed, a)
		case !a.OnPage:
			v.Also = append(v.Also, a)
		case a.Kind == Core:
			v.Core = append(v.Core, a)
		default:
			v.Room = append(v.Room, a)
		}
	}
}

// around reads what stands beside the page.
func (v *View) around(ctx context.Context, q db.Queryer, seen trajectory.Seen) error {
	var err error
	if v.Versions, err = versionsOf(ctx, q, seen.ID); err != nil {
		return err
	}
	if v.Checks, err = checksOf(ctx, q, seen.ID); err != nil {
		return err
	}
	if v.Remarks, err = remarksOf(ctx, q, seen.ID); err != nil {
		return err
	}
	if err = v.signed(ctx, q, seen); err != nil || !v.Keeps {
		return err
	}
	v.Done, err = doneOf(ctx, q, seen.ID)
	return err
}

// signed reads names only as far as the person asking may see them: the own one, and for
// whoever keeps the page those of all who signed.
func (v *View) signed(ctx context.Context, q db.Queryer, seen trajectory.Seen) error {
	all := slices.Contains(v.Page.MaySeeSigned(), seen.Who.ID)
	ids, err := db.All(ctx, q, `select r.person_id from agreement_read r join person p on p.id = r.person_id
		where r.trajectory_id = $1 and (r.person_id = $2 or $3) order by p.name, p.id`, db.Str, seen.ID, seen.Who.ID, all)
	v.Signed = slices.Contains(ids, seen.Who.ID)
	if all {
		v.SignedBy = ids
	}
	return err
}

type doneRow struct {
	trajectoryID, itemID string
	on                   clock.Date
}

func doneOf(ctx context.Context, q db.Queryer, trajectoryID string) (map[string]clock.Date, error) {
	rows, err := db.All(ctx, q, `select trajectory_id, item_id, done_on from agreement_care_done where trajectory_id = $1`, doneFields, trajectoryID)
	out := make(map[string]clock.Date, len(rows))
	for _, r := range rows {
		out[r.itemID] = r.on
	}
	return out, err
}

func doneFields(r *doneRow) []any { return []any{&r.trajectoryID, &r.itemID, &r.on} }

// waiting are the texts that the person asking wrote beside those that stand, by what they
// are of: words, care, evaluation, or the id of an agreement. One query for the page.
func waiting(ctx context.Context, q db.Queryer, seen trajectory.Seen, evaluationID string) (map[string]writing.Body, error) {
	type row struct {
		kind, id string
		body     writing.Body
	}
	rows, err := db.All(ctx, q, `select v.object_kind, v.object_id, v.body from text_version v
		where v.author_id = $2 and v.kept = 'conflict' and (
			(v.object_kind in ('agreement_words', 'agreement_care') and v.object_id = $1)
			or (v.object_kind = 'evaluation' and v.object_id = $3)
			or (v.object_kind = 'agreement' and v.object_id in (select id from agreement where trajectory_id = $1)))
		order by v.made_at, v.id`, func(r *row) []any { return []any{&r.kind, &r.id, db.JSON(&r.body)} }, seen.ID, seen.Who.ID, evaluationID)
	out := make(map[string]writing.Body, len(rows))
	for _, r := range rows {
		switch r.kind {
		case wordsText:
			out["words"] = r.body
		case careText:
			out["care"] = r.body
		case "evaluation":
			out["evaluation"] = r.body
		default:
			out[r.id] = r.body
		}
	}
	return out, err
}

// people are those whose names the page shows.
func (v View) people() []string {
	ids := append(v.Page.Care.people(), v.SignedBy...)
	for _, r := range v.Remarks {
		ids = append(ids, r.PersonID)
	}
	for _, f := range v.Versions {
		ids = append(ids, f.Body.Caretaker, f.Body.StandIn)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

// Version returns the page as it was fixed under a number, with the names on it. Absent
// for who may not read it, and for a number that is not there.
func (s *Service) Version(ctx context.Context, q db.Queryer, seen trajectory.Seen, number int) (Fixed, map[string]school.Person, error) {
	if err := seen.Must(access.Read, access.AgreementPage, ""); err != nil {
		return Fixed{}, nil, err
	}
	list, err := versionsOf(ctx, q, seen.ID)
	if err != nil {
		return Fixed{}, nil, err
	}
	at := slices.IndexFunc(list, func(f Fixed) bool { return f.Number == number })
	if at < 0 {
		return Fixed{}, nil, errs.Absent()
	}
	people, err := school.Names(ctx, q, seen.School.BoardID, []string{list[at].Body.Caretaker, list[at].Body.StandIn})
	return list[at], people, err
}
