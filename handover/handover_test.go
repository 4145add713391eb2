package handover

import (
	"errors"
	"testing"
	"time"

	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/school"
	"leerkring/trajectory"
)

func TestOver(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 3, 19, 12, 0, 0, 0, time.UTC)
	with := func(state school.State, away clock.Date, h Handover) Handover {
		h.Giver, h.MadeAt = Giver{State: state, AwayUntil: away}, now
		return h
	}
	for name, c := range map[string]struct {
		h          Handover
		on         time.Time
		over, back bool
	}{
		"for good, the same day":      {with(school.Active, "", Handover{Lasts: Good}), now, false, false},
		"for good, a fortnight later": {with(school.Active, "", Handover{Lasts: Good}), now.AddDate(0, 0, regret), true, false},
		"away still":                  {with(school.Active, "2026-03-30", Handover{Lasts: Away}), now, false, true},
		"away, back today":            {with(school.Active, "2026-03-19", Handover{Lasts: Away}), now, true, true},
		"back early":                  {with(school.Active, "", Handover{Lasts: Away}), now, true, true},
		"away, now suspended":         {with(school.Suspended, "", Handover{Lasts: Away}), now, false, false},
		"away, now left":              {with(school.Left, "", Handover{Lasts: Away}), now, true, false},
		"taken without a day":         {with(school.Active, "", Handover{Kind: Taken, Lasts: Press}), now.AddDate(1, 0, 0), false, true},
		"a substitute, before":        {with(school.Active, "", Handover{Kind: Substitute, Lasts: Days, UntilOn: "2026-03-20"}), now, false, true},
		"a substitute, on the day":    {with(school.Active, "", Handover{Kind: Substitute, Lasts: Days, UntilOn: "2026-03-19"}), now, true, true},
		"of who left, before the day": {with(school.Left, "", Handover{Kind: Substitute, Lasts: Days, UntilOn: "2026-03-20"}), now, false, true},
		"of who left, on the day":     {with(school.Left, "", Handover{Kind: Substitute, Lasts: Days, UntilOn: "2026-03-19"}), now, true, true},
		"ended":                       {with(school.Active, "", Handover{Lasts: Away, EndedAt: now}), now, false, true},
	} {
		if got := c.h.Over(clock.On(c.on, time.UTC), c.on); got != c.over {
			t.Errorf("%s: over %v", name, got)
		}
		if got := c.h.GoesBack(); got != c.back {
			t.Errorf("%s: goes back %v", name, got)
		}
	}
}

func TestStanding(t *testing.T) {
	t.Parallel()
	const today = clock.Date("2026-03-19")
	for name, c := range map[string]struct {
		x    Standing
		want string // the field that is refused
	}{
		"tomorrow":       {Standing{"dirk", "2026-03-20", "2026-04-20"}, ""},
		"a whole year":   {Standing{"dirk", "2026-03-20", "2027-03-20"}, ""},
		"nobody":         {Standing{"", "2026-03-20", "2026-04-20"}, "substitute"},
		"themselves":     {Standing{"noor", "2026-03-20", "2026-04-20"}, "substitute"},
		"today":          {Standing{"dirk", today, "2026-04-20"}, "from_on"},
		"turned":         {Standing{"dirk", "2026-03-20", "2026-03-20"}, "until_on"},
		"over a year":    {Standing{"dirk", "2026-03-20", "2027-03-22"}, "until_on"},
		"years from now": {Standing{"dirk", "2028-03-20", "2028-04-20"}, "from_on"},
	} {
		err := c.x.Check("noor", today)
		if c.want == "" && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var refused *errs.Error
		if c.want != "" && (!errors.As(err, &refused) || len(refused.Fields) != 1 || refused.Fields[0].Name != c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Who stands in comes first, then who leads too, then who takes part; from outside comes only who
// may have it there; nobody who walks along is asked.
func TestCandidates(t *testing.T) {
	t.Parallel()
	group := []trajectory.Participant{
		{PersonID: "me", Name: "Me", Role: trajectory.Lead, StandInID: "stand"}, {PersonID: "member", Name: "Member", Role: trajectory.Member},
		{PersonID: "lead", Name: "Lead", Role: trajectory.Lead}, {PersonID: "guest", Name: "Guest", Role: trajectory.Guest, Guest: true}, {PersonID: "coach", Name: "Coach", Role: trajectory.Coach},
	}
	staff := []school.Staff{{Person: school.Person{ID: "colleague"}}, {Person: school.Person{ID: "stand"}}, {Person: school.Person{ID: "me"}}}
	for name, c := range map[string]struct {
		i    carry.Item
		r    Reaches
		want string
	}{
		"a lead who may bring in":  {carry.Item{Kind: carry.Lead, TrajectoryID: "t"}, Reaches{Invites: true}, "stand lead member colleague"},
		"a lead who may not":       {carry.Item{Kind: carry.Lead, TrajectoryID: "t"}, Reaches{}, "lead member"},
		"an hour":                  {carry.Item{Kind: carry.Meeting, TrajectoryID: "t"}, Reaches{Open: true}, "stand lead member"},
		"a task of an open group":  {carry.Item{Kind: carry.Task, TrajectoryID: "t"}, Reaches{Open: true}, "stand lead member colleague"},
		"a task of a closed group": {carry.Item{Kind: carry.Task, TrajectoryID: "t"}, Reaches{}, "lead member"},
		"to stand in for a lead":   {carry.Item{Kind: carry.StandIn, ID: "t/lead", TrajectoryID: "t"}, Reaches{}, "member"},
	} {
		got := ""
		for _, p := range Candidates("me", c.i, group, staff, c.r, "2026-03-19") {
			got += " " + p.ID
		}
		if got != " "+c.want {
			t.Errorf("%s:%s", name, got)
		}
	}
}

func TestPropose(t *testing.T) {
	t.Parallel()
	away, there, other := Person{ID: "away", Why: carry.StandIn, Away: true}, Person{ID: "there", Why: carry.Member}, Person{ID: "other"}
	lines := []Line{
		{Item: carry.Item{TrajectoryID: "t"}, Could: []Person{away, there, other}},
		{Item: carry.Item{TrajectoryID: "u"}, Could: []Person{other}},
		{Could: []Person{other, {ID: "there"}}},
	}
	Propose(lines)
	for n, want := range []string{"there", "", "there"} {
		if lines[n].Proposed != want {
			t.Errorf("%d goes to %q", n, lines[n].Proposed)
		}
	}
}
