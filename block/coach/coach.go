// Package coach shows one card at the moment it helps: a tip or pitfall of the documents,
// called by a state that the product sees by itself, with its reason, and put away in one
// press. It never looks at a person's diligence.
package coach

import (
	"context"
	"hash/fnv"
	"math"
	"slices"
	"strconv"
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

// Choose returns the one card for now, of those that fit: its stage, its reader, its state,
// and not put away. The one that speaks most about this very state goes first, and a card
// that was there for two weeks lets another one go first, or nobody. Cards with values to
// fill in are shown only when the caller can fill them, so they are left out here unless
// fill holds every name that their words use.
func Choose(cards []method.Card, stageID string, readers []method.Audience, facts trajectory.Facts, away map[string]bool, fill map[string]string) (method.Card, bool) {
	days := facts[general].Number
	best, found := method.Card{}, false
	for _, c := range cards {
		if away[c.ID] || rests(c, days) || !fits(c.Phases, stageID) || !slices.Contains(readers, c.Role) {
			continue
		}
		if !trajectory.Holds(c.When, c.AtLeast, facts) || !filled(c, fill) {
			continue
		}
		if !found || before(c, best, days/7) {
			best, found = c, true
		}
	}
	return best, found
}

// general is the fact that holds for every team: it waits until nothing else is to be said.
const general = method.Fact("stage_begun_days")

// before reports whether a card speaks more about the present state than another: of what
// was seen and not only of time, at a higher number of the same, of fewer stages. Among
// equals every week another one is first.
func before(a, b method.Card, week int) bool {
	return slices.Compare(order(a, week), order(b, week)) < 0
}

func order(c method.Card, week int) []int {
	timed, wide := 0, len(c.Phases)
	if c.When == general {
		timed = 1
	}
	if wide == 0 { // every stage
		wide = math.MaxInt
	}
	if timed == 1 { // days: the last that came is nearest to now
		return []int{timed, -c.AtLeast, wide, turn(c.ID, week)}
	}
	return []int{timed, wide, -c.AtLeast, turn(c.ID, week)}
}

// turn is the place of a card among its equals in a week.
func turn(id string, week int) int { return int(mix(id, week) % 1000) }

// rests reports whether a card lets others go first this week: one in three, and never the
// week in which a team comes to a stage, or in which the day of the card comes. Nothing is
// kept about who saw what.
func rests(c method.Card, days int) bool {
	if c.When == general {
		days = max(0, days-c.AtLeast)
	}
	return days/7%3 == 1+int(mix(c.ID, 0)%2)
}

// mix is a number that a name and a week always come to.
func mix(id string, week int) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(id + strconv.Itoa(week))) // a hash takes everything
	return h.Sum32()
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
