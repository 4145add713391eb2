package trajectory

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/school"
)

// Moving is how many trajectories of one school stand in one stage: a figure, without
// names or words.
type Moving struct {
	SchoolID, School        string
	MethodID, MethodVersion string
	StageID                 string
	Number                  int
}

// Moving returns what moves at the schools whose figures who may see, by school and method.
// Closed ones count, so who is asked: whoever may see figures even of those, the board and
// the leader of the school. It is one query; nobody else gets a line.
func (s *Service) Moving(ctx context.Context, who access.Who) ([]Moving, error) {
	all, err := db.All(ctx, s.db, `select s.id, s.name, t.method_id, t.method_version, t.stage_id, count(*)
		from trajectory t join school s on s.id = t.school_id
		where s.board_id = $1 and t.state = 'active'
		group by s.id, s.name, t.method_id, t.method_version, t.stage_id order by s.name, s.id, t.method_id, t.method_version, t.stage_id`,
		func(m *Moving) []any {
			return []any{&m.SchoolID, &m.School, &m.MethodID, &m.MethodVersion, &m.StageID, &m.Number}
		}, who.BoardID)
	if err != nil {
		return nil, err
	}
	var out []Moving
	for _, m := range all {
		if access.May(who, access.Aggregate, access.Object{Kind: access.Trajectory, BoardID: who.BoardID, SchoolID: m.SchoolID}) {
			out = append(out, m)
		}
	}
	return out, nil
}

// Figures returns how many trajectories of a school run, rest, are done or were stopped, but for
// some: those that ended before. It is one query. Who: whoever may see figures even of closed ones.
func (s *Service) Figures(ctx context.Context, who access.Who, sc school.School, but []string) (map[State]int, error) {
	if err := access.Must(who, access.Aggregate, access.Object{Kind: access.Trajectory, BoardID: sc.BoardID, SchoolID: sc.ID}); err != nil {
		return nil, err
	}
	all, err := s.Standing(ctx, s.db, sc.ID)
	out := map[State]int{}
	for _, x := range all {
		if state := State(x.State); !state.Ended() || !slices.Contains(but, x.ID) {
			out[state]++
		}
	}
	return out, err
}
