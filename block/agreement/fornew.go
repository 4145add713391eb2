package agreement

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/trajectory"
	"leerkring/writing"
)

// MostForNew is how many pages somebody new is given to read.
const MostForNew = 3

// ForNew is a page for somebody new to read.
type ForNew struct {
	TrajectoryID string
	Title        string
	Of           Near
	Team         string     // its name, for a page of a team
	Fresh        clock.Date // when it was last fixed, asked about or begun
	Signed       bool       // they put their name below it; nobody sees of whom that is not so
}

// Near says why a page is for somebody new.
type Near int

// The reasons, the nearest first.
const (
	OfMine   Near = iota // they take part in the trajectory
	OfMyTeam             // it touches a team of theirs
	OfSchool             // it touches no team: it is of the whole school
)

// PickForNew takes at most three: those of one's own trajectories and teams first, then those of
// the whole school; within each the one that was looked at last, then the title.
func PickForNew(pages []ForNew) []ForNew {
	out := slices.Clone(pages)
	slices.SortStableFunc(out, func(a, b ForNew) int {
		return cmp.Or(cmp.Compare(a.near(), b.near()), strings.Compare(string(b.Fresh), string(a.Fresh)), strings.Compare(a.Title, b.Title))
	})
	return out[:min(len(out), MostForNew)]
}

func (f ForNew) near() int {
	if f.Of == OfSchool {
		return 1
	}
	return 0
}

// ForNewcomer returns the pages of a school that somebody new is given to read, with which of them
// they signed: at most three that stand, touch them, and that they may read and sign. Two queries.
// Who: the person, and nobody about somebody else.
func (s *Service) ForNewcomer(ctx context.Context, who access.Who, schoolID string) ([]ForNew, error) {
	all, err := s.trajectories.List(ctx, who)
	if err != nil {
		return nil, err
	}
	seen, ids := map[string]trajectory.Seen{}, []string{}
	for _, t := range all {
		if t.SchoolID == schoolID && (t.State == trajectory.Active || t.State == trajectory.Paused || t.State == trajectory.Done) {
			seen[t.ID], ids = t, append(ids, t.ID)
		}
	}
	if len(ids) == 0 {
		return nil, nil
	}
	rows, err := db.All(ctx, s.trajectories.DB(), standingQuery, standingFields, ids, who.ID)
	if err != nil {
		return nil, err
	}
	var out []ForNew
	for _, r := range rows {
		if f, ok := r.forNew(seen[r.TrajectoryID]); ok {
			out = append(out, f)
		}
	}
	return PickForNew(out), nil
}

// standing is a page with at least one thing that everybody does.
type standing struct {
	Page
	words              writing.Body
	caretaker, standIn string
	fixed, held        clock.Date
	teams              [][]string
	signed             int
}

var standingQuery = `select p.trajectory_id, p.words, coalesce(p.caretaker_id, ''), coalesce(p.stand_in_id, ''), p.made_at,
	(select max(v.fixed_on) from agreement_version v where v.trajectory_id = p.trajectory_id),
	(select max(c.held_on) from agreement_check c where c.trajectory_id = p.trajectory_id),
	/*sqlite: (select json_group_array(json_array(t.id, t.name)) from trajectory_team x join team t on t.id = x.team_id where x.trajectory_id = p.trajectory_id) */
	/*postgres: (select coalesce(json_agg(json_build_array(t.id, t.name))::text, '[]') from trajectory_team x join team t on t.id = x.team_id where x.trajectory_id = p.trajectory_id) */,
	(select count(*) from agreement_read r where r.trajectory_id = p.trajectory_id and r.person_id = $2)
	from agreement_page p where p.trajectory_id in ` + db.In("$1") + `
	and exists (select 1 from agreement a where a.trajectory_id = p.trajectory_id and a.on_page and a.state = 'standing' and a.kind = 'core')`

func standingFields(r *standing) []any {
	return []any{&r.TrajectoryID, db.JSON(&r.words), &r.caretaker, &r.standIn, &r.MadeAt, &r.fixed, &r.held, db.JSON(&r.teams), &r.signed}
}

// forNew is a page as it is for one person; ok is false when it is of others, has no title yet, or
// is not theirs to sign.
func (r standing) forNew(seen trajectory.Seen) (f ForNew, ok bool) {
	p := r.Page
	p.Words, p.Care.CaretakerID, p.Care.StandInID = WordsOf(r.words), r.caretaker, r.standIn
	f = ForNew{TrajectoryID: p.TrajectoryID, Title: p.Words.Title, Of: OfSchool, Fresh: max(r.fixed, r.held, clock.On(p.MadeAt, seen.School.Location())), Signed: r.signed > 0}
	slices.SortFunc(r.teams, func(a, b []string) int { return strings.Compare(a[1], b[1]) })
	for _, t := range r.teams {
		if f.Of != OfMyTeam && slices.Contains(seen.Who.Teams, t[0]) {
			f.Of, f.Team = OfMyTeam, t[1]
		}
	}
	if f.Of == OfSchool && seen.Role != trajectory.NoOne {
		f.Of = OfMine
	}
	return f, f.Title != "" && (f.Of != OfSchool || len(r.teams) == 0) && may(seen, p, access.Read) && may(seen, p, access.React)
}

// Buddies returns whom the pages of a school name for newcomers, by the id of the team that a page
// touches; "" for pages of the whole school. It serves the choice of a colleague for somebody new: the caller
// asked whether the person may name one.
func (s *Service) Buddies(ctx context.Context, schoolID string) (map[string][]string, error) {
	type named struct{ team, person string }
	rows, err := db.All(ctx, s.trajectories.DB(), `select coalesce(x.team_id, ''), p.buddy_id from agreement_page p join trajectory t on t.id = p.trajectory_id
		left join trajectory_team x on x.trajectory_id = t.id
		where t.school_id = $1 and t.open and t.state in ('active', 'paused', 'done') and p.buddy_id is not null`, func(n *named) []any { return []any{&n.team, &n.person} }, schoolID)
	out := map[string][]string{}
	for _, n := range rows {
		out[n.team] = append(out[n.team], n.person)
	}
	return out, err
}
