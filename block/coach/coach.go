// Package coach shows one card at the moment it helps: a tip or pitfall of the documents,
// called by a state that the product sees by itself, with its reason, and put away in one
// press. It never looks at a person's diligence.
package coach

import (
	"context"
	"slices"
	"strings"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/trajectory"
)

// forever is the day until which a card is put away for good.
const forever = clock.Date("9999-12-31")

// timed is the fact that comes by itself: every team gets to its day.
const timed method.Fact = "stage_begun_days"

// Choose returns the one card that fits: its stage, its reader, its state, and not put
// away. What the team's own work calls goes first, in reading order. Of the cards that
// only time calls, the one whose day came last: so each has its own days, and none stands
// before the others for as long as it is not put away. Cards with values to fill in are
// shown only when the caller can fill them, so they are left out here unless fill holds
// every name that their words use.
func Choose(cards []method.Card, stageID string, readers []method.Audience, facts trajectory.Facts, away map[string]bool, fill map[string]string) (method.Card, bool) {
	var late method.Card
	for _, c := range cards {
		if away[c.ID] || !fits(c.Phases, stageID) || !slices.Contains(readers, c.Role) {
			continue
		}
		if !trajectory.Holds(c.When, c.AtLeast, facts) || !filled(c, fill) {
			continue
		}
		if c.When != timed {
			return c, true
		}
		if late.ID == "" || c.AtLeast > late.AtLeast {
			late = c
		}
	}
	return late, late.ID != ""
}

func fits(phases []string, stageID string) bool {
	return len(phases) == 0 || slices.Contains(phases, stageID)
}

// filled reports whether every value that the card's words name is there.
func filled(c method.Card, fill map[string]string) bool {
	for _, name := range method.Fills {
		mark := "[" + name + "]"
		if (contains(c.Text, mark) || contains(c.Because, mark)) && fill[name] == "" {
			return false
		}
	}
	return true
}

func contains(t method.Text, mark string) bool {
	return strings.Contains(t.NL, mark) || strings.Contains(t.EN, mark)
}

// Service remembers which cards a person put away.
type Service struct {
	db           *db.DB
	clock        clock.Clock
	trajectories *trajectory.Service
}

// NewService returns the acts of this block.
func NewService(d *db.DB, c clock.Clock, t *trajectory.Service) *Service { return &Service{d, c, t} }

// Card returns the one card for a person at a trajectory now, and whether there is one.
func (s *Service) Card(ctx context.Context, q db.Queryer, seen trajectory.Seen, facts trajectory.Facts, fill map[string]string) (method.Card, bool, error) {
	ids, err := db.All(ctx, q, `select card_id from card_away where person_id = $1 and trajectory_id = $2 and until_on > $3`, db.Str, seen.Who.ID, seen.ID, seen.Today())
	if err != nil {
		return method.Card{}, false, err
	}
	away := make(map[string]bool, len(ids))
	for _, id := range ids {
		away[id] = true
	}
	c, ok := Choose(s.trajectories.Library().Cards(), seen.StageID, Readers(seen), facts, away, fill)
	return c, ok, nil
}

// Readers are the parts that somebody plays here.
func Readers(seen trajectory.Seen) []method.Audience {
	var out []method.Audience
	switch seen.Role {
	case trajectory.Lead, trajectory.StandIn:
		out = append(out, "lead", "organiser", "participant")
	case trajectory.Member:
		out = append(out, "participant")
	}
	for _, r := range seen.Who.Roles {
		if r.Kind == access.RoleLeader && r.SchoolID == seen.SchoolID {
			out = append(out, "leader")
		}
	}
	return out
}

// weeksAway is how long «not now» lasts.
const weeksAway = 2

// PutAway hides a card from a person, for two weeks or for good. Who: the person.
func (s *Service) PutAway(ctx context.Context, who access.Who, trajectoryID, cardID string, forGood bool) error {
	if !slices.ContainsFunc(s.trajectories.Library().Cards(), func(c method.Card) bool { return c.ID == cardID }) {
		return errs.Absent()
	}
	seen, err := s.trajectories.Reach(ctx, s.db, who, trajectoryID)
	if err != nil {
		return err
	}
	until := seen.Today().Add(7 * weeksAway)
	if forGood {
		until = forever
	}
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := db.Exec(ctx, tx, `delete from card_away where until_on < $1`, seen.Today()); err != nil { // over is forgotten
			return err
		}
		_, err := db.Exec(ctx, tx, `insert into card_away (person_id, trajectory_id, card_id, until_on) values ($1, $2, $3, $4)
			on conflict (person_id, trajectory_id, card_id) do update set until_on = excluded.until_on`, who.ID, trajectoryID, cardID, until)
		return err
	})
}
