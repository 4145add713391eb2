package trajectory

import (
	"context"
	"encoding/json"
	"strings"

	"leerkring/access"
	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/journal"
	"leerkring/ledger"
)

// Kinds are what somebody carries in this room.
func (s *Service) Kinds() []carry.Kind { return []carry.Kind{carry.Member, carry.Lead, carry.StandIn} }

// Carried are the parts that somebody has in trajectories under way, in one query. The id of
// a stand-in's part is the trajectory and whom they stand in for.
func (s *Service) Carried(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	return db.All(ctx, q, `
		select case x.role when 'lead' then 'lead' else 'member' end as kind, t.id as id, t.school_id, t.id as trajectory, x.person_id, t.title from participant x join trajectory t on t.id = x.trajectory_id
			where x.left_at is null and x.role in ('lead', 'member') and t.state in ('active', 'paused') and `+carry.Whose("x.person_id", "t.id")+`
		union all
		select 'stand_in', t.id || '/' || x.person_id, t.school_id, t.id, x.stand_in_id, t.title from participant x join trajectory t on t.id = x.trajectory_id
			where x.left_at is null and x.role = 'lead' and x.stand_in_id is not null and t.state in ('active', 'paused') and `+carry.Whose("x.stand_in_id", "t.id")+`
		order by trajectory, kind, id`, func(i *carry.Item) []any {
		return []any{(*string)(&i.Kind), &i.ID, &i.SchoolID, &i.TrajectoryID, &i.OwnerID, &i.Text}
	}, of.People, of.TrajectoryID)
}

// stake is how somebody stands in a trajectory, as it is kept to be put back.
type stake struct {
	Role    Role       `json:"role,omitempty"` // "" for who did not take part
	EndsOn  clock.Date `json:"ends_on,omitempty"`
	StandIn string     `json:"stand_in,omitempty"` // of who led before
}

// Held is a trajectory as the house itself meets it, held against other acts: for acts that
// follow from a day, or from what was asked of access before. It has no right to anything.
func (s *Service) Held(ctx context.Context, tx *db.Tx, id, byID string) (Seen, error) {
	if err := db.Lock(ctx, tx, "trajectory", id); err != nil {
		return Seen{}, err
	}
	r, err := db.One(db.Afresh(ctx), tx, `select `+seenColumns+seenFrom+`where t.id = $2`, seenFields, "", id)
	if err != nil {
		return Seen{}, errs.Because(err, "trajectory %s", id)
	}
	return r.seen(access.Who{ID: byID}, s.clock.Now()), nil
}

// Pass gives somebody's part to another. Who gives the lead stays a member; who got it for a
// while falls back to what they were. Somebody who can take part and did not, joins.
func (s *Service) Pass(ctx context.Context, tx *db.Tx, m carry.Move) (string, bool, error) {
	id, lead, _ := strings.Cut(m.ID, "/")
	seen, err := s.Held(ctx, tx, id, m.ByID)
	if err != nil || seen.State.Ended() {
		return "", false, err
	}
	if !m.Waits && (m.Kind != carry.Member || !m.Back) { // who leaves a group leaves it to nobody
		if err := able(ctx, tx, seen, m.To); err != nil {
			return "", false, err
		}
	}
	p := passing{s: s, tx: tx, seen: seen, m: m}
	switch m.Kind {
	case carry.StandIn:
		return p.standIn(ctx, lead)
	case carry.Member:
		return p.member(ctx)
	}
	return p.lead(ctx)
}

// able refuses who cannot take part: a guest, somebody whose account is closed, somebody of
// elsewhere.
func able(ctx context.Context, q db.Queryer, seen Seen, personID string) error {
	n, err := db.One(ctx, q, `select count(*) from person p where p.id = $1 and p.state in ('active', 'invited') and not p.guest and (
		exists (select 1 from staff f where f.person_id = p.id and f.school_id = $2)
		or exists (select 1 from participant x where x.person_id = p.id and x.trajectory_id = $3 and x.left_at is null and x.role in ('lead', 'member')))`, db.Int, personID, seen.SchoolID, seen.ID)
	if err == nil && n == 0 {
		return errs.Invalid("carry.not_able")
	}
	return err
}

type passing struct {
	s    *Service
	tx   *db.Tx
	seen Seen
	m    carry.Move
}

// at is the part that somebody has now.
func (p passing) at(ctx context.Context, personID string) (stake, error) {
	rows, err := db.All(ctx, p.tx, `select role, ends_on, stand_in_id from participant where trajectory_id = $1 and person_id = $2 and left_at is null`, func(x *stake) []any {
		return []any{(*string)(&x.Role), &x.EndsOn, &x.StandIn}
	}, p.seen.ID, personID)
	if err != nil || len(rows) == 0 {
		return stake{}, err
	}
	return rows[0], nil
}

// put gives somebody a part, or ends it, and tells the group.
func (p passing) put(ctx context.Context, personID string, now, next stake) error {
	if now == next {
		return nil
	}
	kind := "participant.changed"
	switch {
	case next.Role == NoOne:
		kind = "participant.left"
		if err := p.end(ctx, personID); err != nil {
			return err
		}
	case now.Role == NoOne:
		kind = "participant.joined"
		if err := insertParticipant(ctx, p.tx, Participant{TrajectoryID: p.seen.ID, PersonID: personID, Role: next.Role, StandInID: next.StandIn, EndsOn: next.EndsOn, JoinedAt: p.m.At}); err != nil {
			return err
		}
	default:
		if _, err := db.Exec(ctx, p.tx, `update participant set role = $3, stand_in_id = $4, ends_on = $5 where trajectory_id = $1 and person_id = $2 and left_at is null`,
			p.seen.ID, personID, string(next.Role), db.Null(next.StandIn), next.EndsOn); err != nil {
			return err
		}
	}
	return p.s.told(ctx, p.tx, p.seen, kind, personID, p.m.At)
}

func (p passing) end(ctx context.Context, personID string) error {
	if _, err := db.Exec(ctx, p.tx, `update participant set left_at = $3 where trajectory_id = $1 and person_id = $2 and left_at is null`, p.seen.ID, personID, p.m.At); err != nil {
		return err
	}
	if _, err := db.Exec(ctx, p.tx, `update participant set stand_in_id = null where trajectory_id = $1 and stand_in_id = $2`, p.seen.ID, personID); err != nil {
		return err
	}
	return ledger.Note(ctx, p.tx, p.m.At, left, p.seen.ID, personID)
}

// lead passes the lead. What is told back is what the receiver was, and who stood in for the
// one who led first.
func (p passing) lead(ctx context.Context) (string, bool, error) {
	from, err := p.at(ctx, p.m.From)
	if err != nil || p.m.From == p.m.To {
		return "", false, err
	}
	to, err := p.at(ctx, p.m.To)
	if err != nil {
		return "", false, err
	}
	if from.Role != Lead {
		return p.nobodys(ctx, from, to)
	}
	if p.m.Back && to.Role == NoOne && !p.m.Waits { // who left meanwhile is not brought back
		return "", false, err
	}
	falls, stood := stake{Role: Member}, from.StandIn
	if p.m.Was != "" {
		if err := json.Unmarshal([]byte(p.m.Was), &falls); err != nil {
			return "", false, err
		}
		stood, falls.StandIn = falls.StandIn, ""
		if falls.Role == Lead {
			falls.StandIn = from.StandIn
		}
	}
	next := stake{Role: Lead, StandIn: to.StandIn}
	if p.m.Back && stood != p.m.To {
		next.StandIn = stood
	}
	if to.Role != NoOne || !p.m.Waits { // of who is erased the lead falls to nobody
		if err := p.put(ctx, p.m.To, to, next); err != nil {
			return "", false, err
		}
	}
	if err := p.put(ctx, p.m.From, from, falls); err != nil {
		return "", false, err
	}
	was, err := json.Marshal(stake{Role: to.Role, EndsOn: to.EndsOn, StandIn: stood})
	return string(was), true, err
}

// nobodys gives the lead back that nobody has any more: the account of who had it was erased.
func (p passing) nobodys(ctx context.Context, from, to stake) (string, bool, error) {
	if !p.m.Back || p.m.Waits || from.Role != NoOne || to.Role == NoOne {
		return "", false, nil
	}
	n, err := db.One(ctx, p.tx, `select count(*) from participant where trajectory_id = $1 and role = 'lead' and left_at is null`, db.Int, p.seen.ID)
	if err != nil || n > 0 {
		return "", false, err
	}
	return "", true, p.put(ctx, p.m.To, to, stake{Role: Lead, StandIn: to.StandIn})
}

// member lets somebody take part beside who does, and ends that again. Who came to lead
// alone meanwhile stays.
func (p passing) member(ctx context.Context) (string, bool, error) {
	if p.m.Back {
		var was stake
		if err := json.Unmarshal([]byte(p.m.Was), &was); err != nil {
			return "", false, err
		}
		now, err := p.at(ctx, p.m.From)
		if err != nil || now.Role != Member || was.Role == now.Role {
			return "", was.Role == now.Role, err
		}
		return "", true, p.put(ctx, p.m.From, now, stake{Role: was.Role, EndsOn: was.EndsOn})
	}
	from, err := p.at(ctx, p.m.From)
	if err != nil || from.Role == NoOne {
		return "", false, err
	}
	to, err := p.at(ctx, p.m.To)
	if err != nil {
		return "", false, err
	}
	if to.Role != Lead && to.Role != Member {
		if err := p.put(ctx, p.m.To, to, stake{Role: Member}); err != nil {
			return "", false, err
		}
	}
	was, err := json.Marshal(stake{Role: to.Role, EndsOn: to.EndsOn})
	return string(was), true, err
}

func (p passing) standIn(ctx context.Context, lead string) (string, bool, error) {
	if lead == p.m.To { // nobody stands in for themselves
		return "", false, nil
	}
	n, err := db.Exec(ctx, p.tx, `update participant set stand_in_id = $4 where trajectory_id = $1 and person_id = $2 and stand_in_id = $3 and role = 'lead' and left_at is null`, p.seen.ID, lead, p.m.From, p.m.To)
	if err != nil || n == 0 {
		return "", false, err
	}
	return "", true, journal.Append(ctx, p.tx, journal.Entry{At: p.m.At, ActorID: p.m.ByID, Kind: "participant.changed", ObjectKind: "person", ObjectID: lead, SchoolID: p.seen.SchoolID, TrajectoryID: p.seen.ID})
}
