package contribution

import (
	"context"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/why"
)

// Explored is what a team found when it asked what needs attention.
type Explored struct {
	Signals    []Contribution // answers in visits to the stage, newest first, with FocusPointID of their own choice
	Loose      int            // signals that lie with no candidate
	Candidates []Candidate    // in the order of their letters
	Rounds     []RoundView    // on questions of the stage, oldest first
	Rating     *RoundView     // the newest round of ratings, if there is one
}

// Candidate is a focus point that could be chosen, with what it rests on. What was
// chosen about it stands in the focus point itself.
type Candidate struct {
	school.FocusPoint
	VisionLine string   // the sentence that it is tied to, or ""
	Keeper     string   // who keeps an eye on it while it is parked
	Signals    []string // ids, newest first
	Pupils     int      // of them said by pupils
	Facts      int
	Subjects   int     // different subjects that its writers teach
	Figure     *Figure // nil until a round of ratings has closed
	Mine       *Rate   // the own rating, while the round is open
}

// Explore returns what the explore page shows of a stage ("" for the present one):
// signals with their candidates, rounds, and what was weighed. The caller has the Seen
// of this trajectory. The number of queries does not grow.
func (s *Service) Explore(ctx context.Context, q db.Queryer, seen trajectory.Seen, stageID string) (Explored, error) {
	if stageID == "" {
		stageID = seen.StageID
	}
	var x Explored
	var err error
	if x.Signals, err = list(ctx, q, seen, `and c.parent_id is null and c.withdrawn = '' and c.element_id <> ''
		and c.visit_id in (select id from stage_visit where trajectory_id = $1 and stage_id = $6) order by c.made_at desc, c.id desc limit $7`, stageID, maxShown); err != nil {
		return x, err
	}
	rounds, err := s.rounds(ctx, q, seen, `and r.visit_id in (select id from stage_visit where trajectory_id = $1 and stage_id = $2)`, stageID)
	if err != nil {
		return x, err
	}
	for i := range rounds {
		if rounds[i].Form == Rating {
			x.Rating = &rounds[i]
		} else {
			x.Rounds = append(x.Rounds, rounds[i])
		}
	}
	if seen.May(access.Read, access.FocusPoint, "") {
		err = s.candidates(ctx, q, seen, &x)
	}
	return x, err
}

func (s *Service) candidates(ctx context.Context, q db.Queryer, seen trajectory.Seen, x *Explored) error {
	points, err := school.FocusOf(ctx, q, seen.ID)
	if err != nil {
		return err
	}
	links, err := why.All(ctx, q, seen.ID)
	if err != nil {
		return err
	}
	names, err := s.besides(ctx, q, seen, points)
	if err != nil {
		return err
	}
	for _, f := range points {
		x.Candidates = append(x.Candidates, Candidate{FocusPoint: f, VisionLine: names[f.VisionLineID], Keeper: names[f.KeeperID]})
	}
	x.gather(links)
	return s.weighed(ctx, q, seen, x)
}

// besides returns what is called by id in focus points: sentences of the vision, people.
func (s *Service) besides(ctx context.Context, q db.Queryer, seen trajectory.Seen, points []school.FocusPoint) (map[string]string, error) {
	var ids []string
	for _, f := range points {
		ids = append(ids, f.VisionLineID, f.KeeperID)
	}
	type named struct{ id, name string }
	list, err := db.All(ctx, q, `
		select id, body from vision_line where school_id = $1 and id in `+db.In("$3")+`
		union all select id, name from person where board_id = $2 and id in `+db.In("$3"),
		func(n *named) []any { return []any{&n.id, &n.name} }, seen.SchoolID, seen.School.BoardID, ids)
	out := map[string]string{}
	for _, n := range list {
		out[n.id] = n.name
	}
	return out, err
}

// gather lays the signals with their candidates.
func (x *Explored) gather(links why.Links) {
	laid := map[string]string{}
	for _, l := range links.OfKind(textKind).Is(why.Belongs) {
		laid[l.From.ID] = l.To.ID
	}
	at := map[string]int{}
	for i, c := range x.Candidates {
		at[c.ID] = i
	}
	subjects := make([]map[string]bool, len(x.Candidates))
	for _, signal := range x.Signals {
		i, ok := at[laid[signal.ID]]
		if !ok {
			x.Loose++
			continue
		}
		c := &x.Candidates[i]
		c.Signals = append(c.Signals, signal.ID)
		c.Pupils += one(signal.By.Pupil)
		c.Facts += one(signal.Kind == Fact)
		if subjects[i] == nil {
			subjects[i] = map[string]bool{}
		}
		if signal.By.Subject != "" {
			subjects[i][signal.By.Subject] = true
		}
		c.Subjects = len(subjects[i])
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// weighed adds the figures of a closed round of ratings, or the person's own ratings in
// an open one. Nobody's single rating is read for anybody else.
func (s *Service) weighed(ctx context.Context, q db.Queryer, seen trajectory.Seen, x *Explored) error {
	if x.Rating == nil {
		return nil
	}
	if x.Rating.ClosedAt.IsZero() {
		mine, err := myRates(ctx, q, x.Rating.ID, seen.Who.ID)
		for i := range x.Candidates {
			if r, ok := mine[x.Candidates[i].ID]; ok {
				x.Candidates[i].Mine = &r
			}
		}
		return err
	}
	figures, err := figuresOf(ctx, q, x.Rating.ID)
	for i := range x.Candidates {
		if f, ok := figures[x.Candidates[i].ID]; ok {
			x.Candidates[i].Figure = &f
		}
	}
	return err
}
