package decision

import (
	"context"

	"leerkring/internal/db"
	"leerkring/trajectory"
)

// counts is what facts ask of the decisions of a trajectory.
type counts struct {
	decisions int // that were not withdrawn
	touched   int // staff of the touched teams when the last of them opened
	asked     int // of those, who were asked in it
	voices    int // wishes and objections in it
	replied   int // of those, with a reply
	open      int // objections that stand, in all that run
}

// Facts tells what can be read off from the decisions of a trajectory.
func (s *Service) Facts(ctx context.Context, q db.Queryer, seen trajectory.Seen) (trajectory.Facts, error) {
	c, err := db.One(ctx, q, `
		with last as (
			select id, opened_at from decision where trajectory_id = $1 and coalesce(outcome, '') <> 'withdrawn' order by opened_at desc, id desc limit 1
		), touched as (
			select distinct p.id from trajectory_team t join team_member m on m.team_id = t.team_id
			join staff f on f.person_id = m.person_id and f.school_id = $2 join person p on p.id = m.person_id
			where t.trajectory_id = $1 and p.state in ('active', 'invited') and not p.guest and p.made_at <= (select opened_at from last)
		), voice as (
			select case when r.solved_at is not null or (r.answer <> '' and r.answered_version >= r.version and r.unsolved_at is null) then 1 else 0 end as replied
			from decision_reaction r where r.decision_id = (select id from last) and r.choice <> 'agree'
		)
		select
			(select count(*) from last),
			(select count(*) from touched),
			(select count(*) from decision_asked a where a.decision_id = (select id from last) and a.person_id in (select id from touched)),
			(select count(*) from voice),
			(select coalesce(sum(replied), 0) from voice),
			(select count(*) from decision_reaction r join decision d on d.id = r.decision_id
				where d.trajectory_id = $1 and d.closed_at is null and r.choice = 'objection' and r.solved_at is null and (r.answer = '' or r.answered_version < r.version or r.unsolved_at is not null))`,
		func(c *counts) []any {
			return []any{&c.decisions, &c.touched, &c.asked, &c.voices, &c.replied, &c.open}
		}, seen.ID, seen.SchoolID)
	if err != nil {
		return nil, err
	}
	return c.tell(), nil
}

// tell is the rule. Without touched teams those concerned are those who take part, and
// they are always asked.
func (c counts) tell() trajectory.Facts {
	everyone := trajectory.Is(false)
	if have, of := c.asked+c.replied, c.touched+c.voices; c.decisions > 0 {
		everyone = trajectory.Share(have, of)
		if of == 0 {
			everyone = trajectory.Is(true)
		}
	}
	return trajectory.Facts{"everyone_concerned_asked": everyone, "objection_open": trajectory.Count(c.open)}
}
