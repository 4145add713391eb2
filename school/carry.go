package school

import (
	"context"
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/carry"
	"leerkring/internal/db"
	"leerkring/internal/errs"
)

// Kinds are what somebody carries in this room.
func (s *Service) Kinds() []carry.Kind { return []carry.Kind{carry.Helper} }

// Carried are the newcomers whom somebody helps on the way, as long as they are new and do not
// know it yet: one query for who helps nobody. It belongs to no trajectory. Its id is the school
// and the newcomer.
func (s *Service) Carried(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	if of.TrajectoryID != "" {
		return nil, nil
	}
	schools, err := db.All(ctx, q, `select `+schoolColumns+` from school s where s.id in
		(select n.school_id from newcomer n where n.settled_at is null and n.helper_id in `+db.In("$1")+`) order by s.id`, schoolFields, of.People)
	if err != nil || len(schools) == 0 {
		return nil, err
	}
	list, err := newAt(ctx, q, schools, s.clock.Now(), calendars{})
	var out []carry.Item
	for _, n := range list {
		if !n.Settled && slices.Contains(of.People, n.Helper.ID) {
			out = append(out, carry.Item{Kind: carry.Helper, ID: n.carried(), SchoolID: n.SchoolID, OwnerID: n.Helper.ID, Text: n.Name})
		}
	}
	return out, err
}

// carried names helping a newcomer among what somebody carries.
func (n Newcomer) carried() string { return n.SchoolID + "/" + n.ID }

// Pass lets somebody else help a newcomer on the way, by the rule of naming one: a colleague at the
// school, who is not new too. When the weeks are over, or somebody else helps meanwhile, it is settled.
func (s *Service) Pass(ctx context.Context, tx *db.Tx, m carry.Move) (string, bool, error) {
	schoolID, personID, _ := strings.Cut(m.ID, "/")
	ctx = db.Afresh(ctx)
	sc, err := schoolByID(ctx, tx, schoolID)
	if err != nil {
		return "", false, err
	}
	h, err := s.held(ctx, tx, sc, access.Who{ID: m.ByID}, personID)
	if err != nil {
		return "", false, err
	}
	if h.n.Settled || h.n.Helper.ID != m.From || m.From == m.To {
		return "", false, nil
	}
	if !m.Waits {
		if err := h.able(ctx, m.To); errs.Is(err, errs.KindInvalid) {
			return "", false, errs.Invalid("carry.not_able")
		} else if err != nil {
			return "", false, err
		}
	}
	if _, err := db.Exec(ctx, tx, `update newcomer set helper_id = $3, named_by = $4, named_at = $5 where person_id = $1 and school_id = $2`,
		h.n.ID, sc.ID, m.To, m.Writer(), m.At); err != nil {
		return "", false, err
	}
	return "", true, h.note(ctx, "newcomer.helper_passed")
}

// Helped is a newcomer with who could help them instead of who does now.
type Helped struct {
	Newcomer
	Could    []Colleague // of a team of the newcomer first, then by name
	Proposed string      // "" when nobody of their teams is there
}

// Carries names it among what somebody carries.
func (h Helped) Carries() string { return h.carried() }

// Helped are the newcomers whom the person asking helps on the way, with who could take that over. Who is new
// is left out and not told. Who: the person, about their own.
func (s *Service) Helped(ctx context.Context, k Known) ([]Helped, error) {
	list, err := newAt(ctx, s.db, k.Schools, s.clock.Now(), calendars{})
	if err != nil {
		return nil, err
	}
	var out []Helped
	staff := map[string][]Colleague{}
	for _, n := range list {
		if n.Settled || n.Helper.ID != k.Who.ID {
			continue
		}
		at := slices.IndexFunc(k.Schools, func(sc School) bool { return sc.ID == n.SchoolID })
		if staff[n.SchoolID] == nil {
			if staff[n.SchoolID], err = s.Colleagues(ctx, k.Schools[at], nil); err != nil {
				return nil, err
			}
		}
		h := Helped{Newcomer: n}
		for _, c := range staff[n.SchoolID] {
			if c.State == Active && !c.Guest && !c.New && c.ID != n.ID && c.ID != k.Who.ID {
				h.Could = append(h.Could, c)
			}
		}
		slices.SortStableFunc(h.Could, func(a, b Colleague) int {
			return yesFirst(shared(n.TeamIDs, a.TeamIDs) > 0, shared(n.TeamIDs, b.TeamIDs) > 0)
		})
		if c, ok := ProposeHelper(n, h.Could, s.Today(k.Schools[at])); ok {
			h.Proposed = c.ID
		}
		out = append(out, h)
	}
	return out, nil
}
