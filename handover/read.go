package handover

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
)

// Line is one thing that somebody carries, with who could have it.
type Line struct {
	carry.Item
	Trajectory string   // the title of its trajectory, as far as the person may read it
	Could      []Person // who can have it, the likeliest first; of what was got, only where it is not everybody
	Proposed   string   // "" when nobody is there
}

// Person is somebody who could have something.
type Person struct {
	ID, Name string
	Why      carry.Kind // stand_in, lead or member; "" for another colleague
	Away     bool
}

// Given is a handover with its things and with whom they are.
type Given struct {
	Handover
	Items []Line // with whom it is stands in OwnerID
}

// Page is what somebody sees of their own: what they carry, what they gave or lost for a while,
// and what they have of others.
type Page struct {
	Lines  []Line
	Gave   []Given
	Got    []Given
	Stands []Handover // substitutes for them or by them, also to come
	Names  map[string]school.Person
	People []school.Staff // colleagues at the school
}

// Carries reports whether the person asking carries something that others wait for.
func (s *Service) Carries(ctx context.Context, k school.Known) (bool, error) {
	items, err := s.carried(db.Afresh(ctx), s.db, carry.Of{People: []string{k.Who.ID}})
	return len(items) > 0, err
}

// Of is the page of the person asking, in a constant number of queries.
func (s *Service) Of(ctx context.Context, k school.Known) (Page, error) {
	p := Page{}
	items, err := s.carried(db.Afresh(ctx), s.db, carry.Of{People: []string{k.Who.ID}})
	if err != nil {
		return p, err
	}
	helps, err := s.helps(ctx, k, items)
	if err != nil {
		return p, err
	}
	if err := s.handovers(ctx, k, helps, &p); err != nil {
		return p, err
	}
	titles, err := s.titles(ctx, k, items, p)
	if err != nil {
		return p, err
	}
	if home := k.Home(); home.ID != "" {
		if p.People, _, err = s.schools.People(ctx, k.Who, home.ID); err != nil {
			return p, err
		}
	}
	if p.Lines, err = s.lines(ctx, k, items, titles, p.People, helps); err != nil {
		return p, err
	}
	for _, list := range [][]Given{p.Gave, p.Got} {
		for _, g := range list {
			for i := range g.Items {
				g.Items[i].Trajectory = titles[g.Items[i].TrajectoryID].Title
			}
		}
	}
	return p, s.names(ctx, k, &p)
}

// helps are the newcomers among what somebody carries, by their key, each with who could have them: it goes
// by being new and by teams, and not by a group.
func (s *Service) helps(ctx context.Context, k school.Known, items []carry.Item) (map[string]Line, error) {
	if !slices.ContainsFunc(items, func(i carry.Item) bool { return i.Kind == carry.Helper }) {
		return nil, nil
	}
	list, err := s.schools.Helped(ctx, k)
	out := make(map[string]Line, len(list))
	today := clock.On(s.clock.Now(), k.Home().Location())
	for _, h := range list {
		l := Line{Item: carry.Item{Kind: carry.Helper, ID: h.Carries()}, Proposed: h.Proposed}
		for _, c := range h.Could {
			l.Could = append(l.Could, Person{ID: c.ID, Name: c.Name, Away: c.Away(today)})
		}
		out[l.Key()] = l
	}
	return out, err
}

// handovers reads what the person gave and got that has not ended.
func (s *Service) handovers(ctx context.Context, k school.Known, helps map[string]Line, p *Page) error {
	list, err := db.All(db.Afresh(ctx), s.db, `select `+columns+from+`where h.ended_at is null and (h.from_id = $1 or h.to_id = $1
		or exists (select 1 from handover_item i where i.handover_id = h.id and i.to_id = $1 and i.state = 'with')) order by h.made_at desc, h.id desc limit 200`, fields, k.Who.ID)
	if err != nil || len(list) == 0 {
		return err
	}
	ids := make([]string, len(list))
	for i, h := range list {
		ids[i] = h.ID
	}
	items, err := itemsOf(db.Afresh(ctx), s.db, ids)
	if err != nil {
		return err
	}
	words, err := s.words(ctx, items)
	if err != nil {
		return err
	}
	for _, h := range list {
		if h.Kind == Substitute {
			p.Stands = append(p.Stands, h)
		}
		gave, got := Given{Handover: h}, Given{Handover: h}
		for _, i := range items {
			if i.HandoverID != h.ID || i.State != With || i.Kind == carry.Member {
				continue
			}
			key := i.OwnerID + " " + i.Key()
			w, ok := words[key]
			if !ok { // settled or changed meanwhile: it is nobody's to give back
				continue
			}
			line := Line{Item: i.Item, Could: helps[i.Key()].Could}
			line.Text, line.On, line.Item.ID = w.Text, w.On, i.ID
			if h.FromID == k.Who.ID {
				gave.Items = append(gave.Items, line)
			} else if i.OwnerID == k.Who.ID {
				got.Items = append(got.Items, line)
			}
		}
		if h.FromID == k.Who.ID && (len(gave.Items) > 0 || h.Kind == Substitute) {
			p.Gave = append(p.Gave, gave)
		}
		if len(got.Items) > 0 || h.ToID == k.Who.ID {
			p.Got = append(p.Got, got)
		}
	}
	return nil
}

// words are the things that people have by a handover, as their rooms tell them now: by who has
// them. What is not told any more was settled.
func (s *Service) words(ctx context.Context, items []Item) (map[string]carry.Item, error) {
	var people []string
	for _, i := range items {
		if i.State == With {
			people = append(people, i.OwnerID)
		}
	}
	slices.Sort(people)
	list, err := s.carried(ctx, s.db, carry.Of{People: slices.Compact(people)})
	out := make(map[string]carry.Item, len(list))
	for _, i := range list {
		out[i.OwnerID+" "+i.Key()] = i
	}
	return out, err
}

// titles are the trajectories of things, as far as the person may read them.
func (s *Service) titles(ctx context.Context, k school.Known, items []carry.Item, p Page) (map[string]trajectory.Seen, error) {
	ids := map[string]bool{}
	for _, i := range items {
		ids[i.TrajectoryID] = true
	}
	for _, list := range [][]Given{p.Gave, p.Got} {
		for _, g := range list {
			for _, i := range g.Items {
				ids[i.TrajectoryID] = true
			}
		}
	}
	delete(ids, "")
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	slices.Sort(list)
	seen, err := s.trajectories.Known(ctx, k.Who, list)
	out := make(map[string]trajectory.Seen, len(seen))
	for _, x := range seen {
		out[x.ID] = x
	}
	return out, err
}

// names reads who has what.
func (s *Service) names(ctx context.Context, k school.Known, p *Page) error {
	ids := map[string]bool{}
	for _, h := range p.Stands {
		ids[h.FromID], ids[h.ToID] = true, true
	}
	for _, list := range [][]Given{p.Gave, p.Got} {
		for _, g := range list {
			ids[g.FromID], ids[g.MadeBy] = true, true
			for _, i := range g.Items {
				ids[i.OwnerID] = true
			}
		}
	}
	list := make([]string, 0, len(ids))
	for id := range ids {
		list = append(list, id)
	}
	slices.Sort(list)
	var err error
	p.Names, err = school.Names(ctx, s.db, k.Who.BoardID, list)
	return err
}

// lines puts beside each thing who could have it.
func (s *Service) lines(ctx context.Context, k school.Known, items []carry.Item, titles map[string]trajectory.Seen, people []school.Staff, helps map[string]Line) ([]Line, error) {
	if len(items) == 0 {
		return nil, nil
	}
	seen := make([]trajectory.Seen, 0, len(titles))
	for _, x := range titles {
		seen = append(seen, x)
	}
	slices.SortFunc(seen, func(a, b trajectory.Seen) int {
		if a.ID < b.ID {
			return -1
		}
		return 1
	})
	takes, err := s.trajectories.ParticipantsOf(ctx, s.db, seen)
	if err != nil {
		return nil, err
	}
	groups := map[string][]trajectory.Participant{}
	for _, x := range takes {
		groups[x.TrajectoryID] = append(groups[x.TrajectoryID], x)
	}
	today := clock.On(s.clock.Now(), k.Home().Location())
	out := make([]Line, len(items))
	for n, i := range items {
		if i.Kind == carry.Helper {
			out[n] = Line{Item: i, Could: helps[i.Key()].Could, Proposed: helps[i.Key()].Proposed}
			continue
		}
		x := titles[i.TrajectoryID]
		out[n] = Line{Item: i, Trajectory: x.Title, Could: Candidates(k.Who.ID, i, groups[i.TrajectoryID], people, Reaches{Invites: x.May(access.Invite, access.Membership, ""), Open: x.Open}, today)}
	}
	Propose(out)
	return out, nil
}
