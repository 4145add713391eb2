package plan

import (
	"context"

	"leerkring/internal/db"
	"leerkring/trajectory"
	"leerkring/why"
	"leerkring/writing"
)

// factRow is the plan, or one of its items, with what facts ask of it. Numbers are of the
// plan's own row.
type factRow struct {
	kind, id                            string
	body                                writing.Body
	standing, revision, frozen, changes int
}

// Facts tells what can be read off from the plan of a trajectory.
func (s *Service) Facts(ctx context.Context, q db.Queryer, seen trajectory.Seen) (trajectory.Facts, error) {
	rows, err := db.All(ctx, q, `
		select 'plan', p.trajectory_id, p.body, p.standing, p.revision,
			(select coalesce(max(v.revision), 0) from plan_version v where v.trajectory_id = p.trajectory_id),
			(select count(*) from plan_version v where v.trajectory_id = p.trajectory_id and v.adjusts > 0)
		from plan p where p.trajectory_id = $1
		union all
		select i.kind, i.id, i.body, 0, 0, 0, 0 from plan_item i where i.trajectory_id = $1 and i.removed_at is null`,
		func(r *factRow) []any {
			return []any{&r.kind, &r.id, db.JSON(&r.body), &r.standing, &r.revision, &r.frozen, &r.changes}
		}, seen.ID)
	if err != nil {
		return nil, err
	}
	links, err := why.All(ctx, q, seen.ID)
	if err != nil {
		return nil, err
	}
	return tell(rows, links), nil
}

// tell is the rule: rows of one plan in, facts out.
func tell(rows []factRow, links why.Links) trajectory.Facts {
	var head factRow
	var items []Entry
	for _, r := range rows {
		if r.kind == "plan" {
			head = r
			continue
		}
		items = append(items, Entry{ID: r.id, Kind: Kind(r.kind), Item: ItemOf(Kind(r.kind), r.body)})
	}
	return trajectory.Facts{
		"chain_complete":           chainComplete(items, links),
		"plan_fields_complete":     fieldsComplete(items),
		"actions_without_hours":    trajectory.Count(withoutHours(items)),
		"plan_changed_with_reason": changedWithReason(head),
	}
}

// chainComplete: each goal has its chain, and each action serves a goal behind which
// stands a finding or a voice.
func chainComplete(items []Entry, links why.Links) trajectory.Value {
	have, of, goals, actions := 0, 0, map[string]bool{}, 0
	for _, e := range items {
		if g, ok := e.Item.(Goal); ok {
			goals[e.ID] = GroundOf(links, e.Ref()).Stands()
			of++
			have += one(g.Complete())
		}
	}
	for _, e := range items {
		if a, ok := e.Item.(Action); ok {
			actions++
			of++
			have += one(goals[a.GoalID])
		}
	}
	if len(goals) == 0 || actions == 0 { // half a chain leads nowhere
		of++
	}
	return trajectory.Share(have, of)
}

// fieldsComplete: what we want, who does what, when, who hears of it, and when we look.
func fieldsComplete(items []Entry) trajectory.Value {
	var goals, actions, who, when, hears, looks int
	for _, e := range items {
		switch x := e.Item.(type) {
		case Goal:
			goals++
		case Action:
			actions++
			who += one(x.HasWho())
			when += one(x.HasWhen())
		case Hearing:
			hears++
		case Look:
			looks += one(x.On != "")
		}
	}
	have := one(goals > 0) + one(actions > 0) + one(actions > 0 && who == actions) + one(actions > 0 && when == actions) + one(hears > 0) + one(looks > 0)
	return trajectory.Share(have, 6)
}

func withoutHours(items []Entry) int {
	n := 0
	for _, e := range items {
		if a, ok := e.Item.(Action); ok && a.Hours == "" {
			n++
		}
	}
	return n
}

// changedWithReason: what changed in a settled plan is in a version with its reason. A
// plan that was never adjusted is open; one with changes that nobody explained is partly.
func changedWithReason(head factRow) trajectory.Value {
	pending := head.standing > 0 && head.revision > head.frozen
	switch {
	case head.changes == 0:
		return trajectory.Is(false)
	case pending:
		return trajectory.Value{State: trajectory.Partly, Number: head.changes}
	}
	return trajectory.Value{State: trajectory.Met, Number: head.changes}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
