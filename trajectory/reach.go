package trajectory

import (
	"cmp"
	"context"
	"slices"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/school"
)

// Seen is a trajectory as one person meets it: with the school's words and with what
// this person is in it. Everything that hangs below a trajectory asks it for rights.
type Seen struct {
	Trajectory
	School  school.School
	Role    Role // of the person asking; NoOne for a colleague who does not take part
	EndsOn  clock.Date
	TeamIDs []string // the teams that it touches
	Who     access.Who
	today   clock.Date
	byLink  bool // the person asking holds a pupils' link to one question
}

// Object is something of a kind below this trajectory, as the rights see it. owner is
// the person whose words it holds, or "" when it is everybody's.
func (s Seen) Object(kind access.Kind, owner string) access.Object {
	return access.Object{
		Kind: kind, BoardID: s.School.BoardID, SchoolID: s.SchoolID, TeamIDs: s.TeamIDs, OwnerID: owner,
		Open:   s.Open && s.State != Draft,
		MyRole: s.relation(),
		Ended:  s.EndsOn != "" && s.EndsOn <= s.today,
		Closed: s.State.Ended(),
	}
}

// May reports whether the person asking may do something with a thing below this trajectory.
func (s Seen) May(action access.Action, kind access.Kind, owner string) bool {
	return access.May(s.Who, action, s.Object(kind, owner))
}

// Must is May as a refusal: absent when not allowed.
func (s Seen) Must(action access.Action, kind access.Kind, owner string) error {
	return access.Must(s.Who, action, s.Object(kind, owner))
}

// Today is the day on the wall of the school.
func (s Seen) Today() clock.Date { return s.today }

// relation is what a role in a trajectory means to the rights.
func (s Seen) relation() access.Relation {
	var r access.Relation
	switch s.Role {
	case Lead:
		r = access.AsLead
	case StandIn:
		r = access.AsStandIn
	case Member:
		r = access.AsMember
	case Guest:
		r = access.AsGuest
	case Coach:
		r = access.AsCoach
	}
	if s.SponsorID != "" && s.SponsorID == s.Who.ID {
		r |= access.AsSponsor
	}
	if s.byLink {
		r |= access.AsLinkHolder
	}
	return r
}

const seenColumns = columns + `,
	s.id, s.board_id, s.level_id, s.name, s.sector, s.language, s.zone, s.region, s.words, s.change_cap, s.colour, s.version, s.made_at,
	coalesce(x.role, ''), x.ends_on,
	case when exists (select 1 from participant l where l.trajectory_id = t.id and l.role = 'lead' and l.left_at is null and l.stand_in_id = $1) then 1 else 0 end,
	/*sqlite: (select json_group_array(team_id) from trajectory_team where trajectory_id = t.id) */
	/*postgres: (select coalesce(json_agg(team_id)::text, '[]') from trajectory_team where trajectory_id = t.id) */`

const seenFrom = ` from trajectory t join school s on s.id = t.school_id
	left join participant x on x.trajectory_id = t.id and x.person_id = $1 and x.left_at is null `

type seenRow struct {
	Seen
	role    string
	standIn int
}

func seenFields(r *seenRow) []any {
	sc := &r.School
	return append(fields(&r.Trajectory),
		&sc.ID, &sc.BoardID, &sc.LevelID, &sc.Name, (*string)(&sc.Sector), &sc.Language, &sc.Zone, &sc.Region, db.JSON(&sc.Words), &sc.ChangeCap, (*string)(&sc.Colour), &sc.Version, &sc.MadeAt,
		&r.role, &r.EndsOn, &r.standIn, &r.TeamIDs)
}

func (r seenRow) seen(who access.Who, now time.Time) Seen {
	s := r.Seen
	s.Who, s.Role = who, Role(r.role)
	if r.standIn == 1 && s.Role != Lead {
		s.Role = StandIn
	}
	s.today = clock.On(now, s.School.Location())
	return s
}

// Reach returns a trajectory that who may read, in one query. Everything below a
// trajectory comes through here, so that a list and a single thing share one right.
func (s *Service) Reach(ctx context.Context, q db.Queryer, who access.Who, id string) (Seen, error) {
	r, err := db.One(db.Afresh(ctx), q, `select `+seenColumns+seenFrom+`where t.id = $2`, seenFields, who.ID, id)
	if err != nil {
		return Seen{}, errs.Because(err, "trajectory %s", id)
	}
	seen := r.seen(who, s.clock.Now())
	return seen, seen.mayRead()
}

// A draft is its maker's alone until others are asked in.
func (s Seen) mayRead() error {
	if s.State == Draft && s.MadeBy != s.Who.ID && s.Role == NoOne {
		return errs.Absent()
	}
	return s.Must(access.Read, access.Trajectory, "")
}

// Act opens a transaction on a trajectory that who may do something with, locks it
// against other acts, and hands it to f.
func (s *Service) Act(ctx context.Context, who access.Who, id string, f func(tx *db.Tx, seen Seen, now time.Time) error) error {
	now := s.clock.Now()
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := db.Lock(ctx, tx, "trajectory", id); err != nil {
			return err
		}
		seen, err := s.Reach(ctx, tx, who, id)
		if err != nil {
			return err
		}
		return f(tx, seen, now)
	})
}

// List returns the trajectories of a person: those of the schools where they work and
// those that they take part in, only as far as they may read each. Newest first.
func (s *Service) List(ctx context.Context, who access.Who) ([]Seen, error) {
	return s.among(db.Afresh(ctx), who, `select id from trajectory where school_id in `+db.In("$2")+`
		union select trajectory_id from participant where person_id = $1 and left_at is null`, who.Schools)
}

// Mine returns the trajectories that a person takes part in, only as far as they may read
// each. Newest first.
func (s *Service) Mine(ctx context.Context, who access.Who) ([]Seen, error) {
	return s.among(db.Afresh(ctx), who, `select trajectory_id from participant where person_id = $1 and left_at is null
		union select trajectory_id from participant where stand_in_id = $1 and role = 'lead' and left_at is null`)
}

// Rounds are the cycles that one trajectory is part of, the first one first: those before it and
// those that began from it, as far as the person asking may read them. One query, whatever their number.
func (s *Service) Rounds(ctx context.Context, seen Seen) ([]Seen, error) {
	list, err := s.among(ctx, seen.Who, `
		with recursive before (id, predecessor_id) as (
			select id, predecessor_id from trajectory where id = $2
			union select t.id, t.predecessor_id from trajectory t join before b on t.id = b.predecessor_id),
		after (id) as (
			select id from trajectory where id = $2 union select t.id from trajectory t join after a on t.predecessor_id = a.id)
		select id from before union select id from after`, seen.ID)
	slices.SortStableFunc(list, func(a, b Seen) int { return cmp.Or(cmp.Compare(a.Round, b.Round), cmp.Compare(a.ID, b.ID)) })
	return list, err
}

// Reachable returns which of some trajectories a person may read: to choose between two
// addresses. Each of them asks again.
func (s *Service) Reachable(ctx context.Context, who access.Who, ids []string) (map[string]bool, error) {
	list, err := s.among(ctx, who, `select id from trajectory where id in `+db.In("$2"), ids)
	out := make(map[string]bool, len(list))
	for _, seen := range list {
		out[seen.ID] = true
	}
	return out, err
}

// among reads the trajectories whose ids a query finds; $1 is the person, values come after.
func (s *Service) among(ctx context.Context, who access.Who, ids string, values ...any) ([]Seen, error) {
	rows, err := db.All(ctx, s.db, `select `+seenColumns+seenFrom+`
		where t.id in (`+ids+`) order by t.made_at desc, t.id desc limit 500`, seenFields, append([]any{who.ID}, values...)...)
	if err != nil {
		return nil, err
	}
	var out []Seen
	for _, r := range rows {
		if seen := r.seen(who, s.clock.Now()); seen.mayRead() == nil {
			out = append(out, seen)
		}
	}
	return out, nil
}
