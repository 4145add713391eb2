package newcomer

import (
	"slices"
	"strings"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/internal/i18n"
	"leerkring/school"
	"leerkring/web/room"
	"leerkring/web/ui"
)

// staffs are the people of the schools of a page, each read once and only when somebody is to be named.
type staffs struct {
	rm *Room
	r  *room.Request
	at map[string]*staff
}

func (rm *Room) staff(r *room.Request) *staffs { return &staffs{rm, r, map[string]*staff{}} }

// staff are the people of one school, for who may name one of them.
type staff struct {
	all   []school.Colleague
	names map[string]string // of its teams
	today clock.Date
}

func (s *staffs) school(id string) (*staff, error) {
	if found := s.at[id]; found != nil {
		return found, nil
	}
	at := slices.IndexFunc(s.r.Known.Schools, func(sc school.School) bool { return sc.ID == id })
	if at < 0 {
		return nil, errs.Absent()
	}
	sc, ctx := s.r.Known.Schools[at], s.r.Ctx()
	buddies, err := s.rm.Pages.Buddies(ctx, id)
	if err != nil {
		return nil, err
	}
	out := &staff{names: map[string]string{}, today: s.rm.Schools.Today(sc)}
	if out.all, err = s.rm.Schools.Colleagues(ctx, sc, buddies); err != nil {
		return nil, err
	}
	teams, err := s.rm.Schools.Teams(ctx, s.r.Who(), id)
	for _, t := range teams {
		out.names[t.ID] = t.Name
	}
	s.at[id] = out
	return out, err
}

// teams are the names of some teams, in one line.
func (s *staff) teams(r *room.Request, ids []string) string {
	var names []string
	for _, id := range ids {
		if s.names[id] != "" {
			names = append(names, s.names[id])
		}
	}
	slices.Sort(names)
	return strings.Join(names, ", ")
}

// propose is who could help, nil when there is nobody. Working days decide, and are not said:
// they are the colleague's own.
func (s *staff) propose(r *room.Request, n school.Newcomer) *proposed {
	c, ok := school.ProposeHelper(n, s.all, s.today)
	if !ok {
		return nil
	}
	both := slices.DeleteFunc(slices.Clone(c.TeamIDs), func(id string) bool { return !slices.Contains(n.TeamIDs, id) })
	return &proposed{ID: c.ID, First: school.FirstName(c.Name), Person: room.Person(c.Person),
		Text: r.T.T("newcomer.proposed_why", "name", c.Name, "teams", s.teams(r, both))}
}

// options are whom a leader can choose: those of the same team first. Nobody who is new, and
// nobody who has not come in yet.
func (s *staff) options(r *room.Request, n school.Newcomer, chosen string) []ui.Option {
	near, far := []ui.Option{}, []ui.Option{}
	for _, c := range s.all {
		if c.ID == n.ID || c.New || c.State != school.Active {
			continue
		}
		o := ui.Option{Value: c.ID, Text: c.Name, On: c.ID == chosen, Group: r.T.T("newcomer.others")}
		if slices.ContainsFunc(c.TeamIDs, func(id string) bool { return slices.Contains(n.TeamIDs, id) }) {
			o.Group = r.T.T("newcomer.same_team")
			near = append(near, o)
			continue
		}
		far = append(far, o)
	}
	for _, list := range [][]ui.Option{near, far} {
		i18n.Sort(r.T, list, func(o ui.Option) string { return o.Text })
	}
	return append(append([]ui.Option{{Text: r.T.T("newcomer.choose")}}, near...), far...)
}
