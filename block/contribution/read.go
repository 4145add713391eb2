package contribution

import (
	"context"
	"slices"

	"leerkring/internal/db"
	"leerkring/trajectory"
)

// Page is what was said in the visits that a stage page shows.
type Page struct {
	Questions map[string]Thread // by element
	Earlier   []Earlier         // other visits in which something was said, oldest first
}

// Thread is what was said to one question.
type Thread struct {
	ElementID  string
	Count      int // answers, without replies and without what was withdrawn
	OtherSound int
	Pupils     int
	Newest     []Contribution // newest first, with their replies
	Round      *RoundView     // the newest round on the question, if there is one
}

// Earlier is another visit with what was said in it.
type Earlier struct {
	Visit trajectory.Visit
	Count int
}

// newest answers that a stage page shows of each question.
const newest = 3

// Stage returns what the stage page shows: per question the newest answers, counts and
// the round; and which other visits hold more. Without visits it is the present one.
// The caller has the Seen of this trajectory. The number of queries does not grow.
func (s *Service) Stage(ctx context.Context, q db.Queryer, seen trajectory.Seen, visitIDs ...string) (Page, error) {
	if len(visitIDs) == 0 {
		visitIDs = []string{seen.VisitID}
	}
	page := Page{Questions: map[string]Thread{}}
	if err := s.count(ctx, q, seen, visitIDs, &page); err != nil {
		return page, err
	}
	latest, err := list(ctx, q, seen, `and c.id in (select n.id from (
			select c.id, row_number() over (partition by c.element_id order by c.made_at desc, c.id desc) as place
			from contribution c left join round r on r.id = c.round_id
			where `+visible+` and c.parent_id is null and c.withdrawn = '' and c.element_id <> '' and c.visit_id in `+db.In("$6")+`) n
		where n.place <= $7) order by c.made_at desc, c.id desc`, visitIDs, newest)
	if err != nil {
		return page, err
	}
	if latest, err = s.withReplies(ctx, q, seen, latest); err != nil {
		return page, err
	}
	for _, c := range latest {
		t := page.Questions[c.ElementID]
		t.ElementID = c.ElementID
		t.Newest = append(t.Newest, c)
		page.Questions[c.ElementID] = t
	}
	rounds, err := s.rounds(ctx, q, seen, `and r.visit_id in `+db.In("$2")+` and r.form <> 'rating'`, visitIDs)
	for i, r := range rounds { // oldest first, so that the newest stays
		t := page.Questions[r.ElementID]
		t.ElementID, t.Round = r.ElementID, &rounds[i]
		page.Questions[r.ElementID] = t
	}
	return page, err
}

// count tells per question how much was said, and which other visits hold something.
func (s *Service) count(ctx context.Context, q db.Queryer, seen trajectory.Seen, visitIDs []string, page *Page) error {
	type sum struct {
		Visit          trajectory.Visit
		element        string
		n, other, from int
	}
	sums, err := db.All(ctx, q, `
		select v.id, v.number, v.stage_id, v.round, v.entered_at, v.left_at, c.element_id, count(*),
			coalesce(sum(case when c.other_sound then 1 else 0 end), 0), coalesce(sum(case when c.by_pupil then 1 else 0 end), 0)
		from contribution c join stage_visit v on v.id = c.visit_id left join round r on r.id = c.round_id
		where `+visible+` and c.parent_id is null and c.withdrawn = '' and c.element_id <> ''
		group by v.id, v.number, v.stage_id, v.round, v.entered_at, v.left_at, c.element_id
		order by v.number`, func(x *sum) []any {
		return []any{&x.Visit.ID, &x.Visit.Number, &x.Visit.StageID, &x.Visit.Round, &x.Visit.EnteredAt, &x.Visit.LeftAt, &x.element, &x.n, &x.other, &x.from}
	}, reach(seen)[:4]...)
	for _, x := range sums {
		if slices.Contains(visitIDs, x.Visit.ID) {
			t := page.Questions[x.element]
			t.ElementID = x.element
			t.Count, t.OtherSound, t.Pupils = t.Count+x.n, t.OtherSound+x.other, t.Pupils+x.from
			page.Questions[x.element] = t
			continue
		}
		if last := len(page.Earlier) - 1; last >= 0 && page.Earlier[last].Visit.ID == x.Visit.ID {
			page.Earlier[last].Count += x.n
			continue
		}
		page.Earlier = append(page.Earlier, Earlier{x.Visit, x.n})
	}
	return err
}

// withReplies hangs replies below contributions, oldest first, and says what became of
// each: two queries, however many there are.
func (s *Service) withReplies(ctx context.Context, q db.Queryer, seen trajectory.Seen, tops []Contribution) ([]Contribution, error) {
	at := make(map[string]int, len(tops))
	ids := make([]string, len(tops))
	for i, c := range tops {
		at[c.ID], ids[i] = i, c.ID
	}
	replies, err := list(ctx, q, seen, `and c.parent_id in `+db.In("$6")+` order by c.made_at, c.id`, ids)
	if err != nil {
		return nil, err
	}
	became, err := becameOf(ctx, q, seen)
	for i := range tops {
		tops[i].Became = became[tops[i].ID]
	}
	for _, r := range replies {
		if i, ok := at[r.ParentID]; ok {
			tops[i].Replies = append(tops[i].Replies, r)
		}
	}
	return tops, err
}

// most contributions that one page shows.
const maxShown = 600

// All returns everything said to one question in one visit, newest first; withdrawn words
// keep their place.
func (s *Service) All(ctx context.Context, q db.Queryer, seen trajectory.Seen, visitID, elementID string) ([]Contribution, error) {
	tops, err := list(ctx, q, seen, `and c.visit_id = $6 and c.element_id = $7 and c.parent_id is null order by c.made_at desc, c.id desc limit $8`, visitID, elementID, maxShown)
	if err != nil {
		return nil, err
	}
	return s.withReplies(ctx, q, seen, tops)
}

// Reactions returns what was said about things of a kind, by thing, oldest first. The caller
// shows the things, and so has asked whether they may be seen.
func (s *Service) Reactions(ctx context.Context, q db.Queryer, seen trajectory.Seen, kind string, ids ...string) (map[string][]Contribution, error) {
	tops, err := list(ctx, q, seen, `and c.about_kind = $6 and c.about_id in `+db.In("$7")+` and c.parent_id is null order by c.made_at, c.id limit $8`, kind, ids, maxShown)
	if err != nil {
		return nil, err
	}
	tops, err = s.withReplies(ctx, q, seen, tops)
	out := map[string][]Contribution{}
	for _, c := range tops {
		out[c.About.ID] = append(out[c.About.ID], c)
	}
	return out, err
}

// One returns one contribution with its replies.
func (s *Service) One(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) (Contribution, error) {
	c, err := find(ctx, q, seen, id)
	if err != nil {
		return c, err
	}
	tops, err := s.withReplies(ctx, q, seen, []Contribution{c})
	if err != nil {
		return c, err
	}
	return tops[0], nil
}

// ByID returns those of the contributions with these ids that the person asking may see:
// for showing which voices a finding or an action rests on.
func (s *Service) ByID(ctx context.Context, q db.Queryer, seen trajectory.Seen, ids []string) (map[string]Contribution, error) {
	found, err := listByID(ctx, q, seen, ids)
	out := make(map[string]Contribution, len(found))
	for _, c := range found {
		out[c.ID] = c
	}
	return out, err
}

// List returns contributions of a trajectory in the order of their ids, those after an
// id and at most limit, for reading all of them page by page.
func (s *Service) List(ctx context.Context, q db.Queryer, seen trajectory.Seen, after string, limit int) ([]Contribution, error) {
	return list(ctx, q, seen, `and c.id > $6 order by c.id limit $7`, after, min(max(limit, 1), maxShown))
}
