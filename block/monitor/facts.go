package monitor

import (
	"context"
	"strings"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/method"
	"leerkring/trajectory"
)

// Facts tells what was counted and seen: for gates, for questions that help a team that
// is stuck, and for the coach.
func (s *Service) Facts(ctx context.Context, q db.Queryer, seen trajectory.Seen) (trajectory.Facts, error) {
	indicators, err := standingOf(ctx, q, seen.ID)
	if err != nil {
		return nil, err
	}
	moments, err := momentsOf(ctx, q, seen.ID)
	if err != nil {
		return nil, err
	}
	pack, err := s.trajectories.PackOf(ctx, q, seen.Trajectory)
	if err != nil {
		return nil, err
	}
	series := SeriesOf(indicators, moments)
	return trajectory.Facts{
		"joint_counts_mostly_met": mostlyMet(series),
		"mechanism_seen":          mechanismSeen(series, moments),
		"rival_explanation":       trajectory.Is(rivalNamed(moments)),
		"help_findable":           helpFindable(moments),
		"count_lower_twice":       trajectory.Is(lowerTwice(series)),
		"result_rises":            trajectory.Is(resultRises(series)),
		"no_monitor_moment_weeks": trajectory.Count(weeksWithout(pack, seen, moments)),
	}, nil
}

func ofKind(series []Series, k Kind) []Series {
	var out []Series
	for _, s := range series {
		if s.Indicator.Kind == k {
			out = append(out, s)
		}
	}
	return out
}

// last are the newest n points, from old to new.
func (s Series) last(n int) []Point { return s.Points[max(0, len(s.Points)-n):] }

// mostlyMet is met when of everything that is followed as carried out, the last three
// totals were each at least half; partly when at least one of those totals was; open
// when none was, and while nothing was counted. Three moments, because one good week is
// no ordinary week.
func mostlyMet(series []Series) trajectory.Value {
	list := ofKind(series, CarriedOut)
	all, some := len(list) > 0, 0
	for _, s := range list {
		points := s.last(3)
		all = all && len(points) == 3
		for _, p := range points {
			if p.Total.Half() {
				some++
			} else {
				all = false
			}
		}
	}
	switch {
	case all:
		return trajectory.Value{State: trajectory.Met, Number: some}
	case some > 0:
		return trajectory.Value{State: trajectory.Partly, Number: some}
	}
	return trajectory.Value{State: trajectory.Open}
}

// mechanismSeen is met when what was hoped for in pupils was seen in at least half, the
// last time that it was counted; partly when it was seen at all, or when the group wrote
// what it saw and counts no mechanism; else open.
func mechanismSeen(series []Series, moments []Moment) trajectory.Value {
	list := ofKind(series, Mechanism)
	met, some := len(list) > 0, false
	for _, s := range list {
		p, ok := s.Last()
		met = met && ok && p.Total.Half()
		some = some || (ok && p.Total.Yes > 0)
	}
	if len(list) == 0 {
		for _, m := range moments {
			some = some || (m.State == Held && m.Told.Seen != "")
		}
	}
	switch {
	case met:
		return trajectory.Value{State: trajectory.Met, Number: 1}
	case some:
		return trajectory.Value{State: trajectory.Partly}
	}
	return trajectory.Value{State: trajectory.Open}
}

// rivalNamed: another explanation was named at a moment that was held.
func rivalNamed(moments []Moment) bool {
	for _, m := range moments {
		if m.State == Held && strings.TrimSpace(m.Told.Rival) != "" {
			return true
		}
	}
	return false
}

// helpFindable is what the group said the last time that it talked about help.
func helpFindable(moments []Moment) trajectory.Value {
	v, day := trajectory.Value{State: trajectory.Open}, clock.Date("")
	for _, m := range moments {
		if m.State == Held && m.Told.Found != "" && m.HeldOn >= day {
			v, day = trajectory.Value{State: trajectory.Reading(m.Told.Found)}, m.HeldOn
		}
	}
	if v.State != trajectory.Open {
		v.Number = 1
	}
	return v
}

// lowerTwice: of something that is followed as carried out, the total fell at each of
// the last two moments at which it was counted.
func lowerTwice(series []Series) bool {
	for _, s := range ofKind(series, CarriedOut) {
		p := s.last(3)
		if len(p) == 3 && p[1].Total.less(p[0].Total) && p[2].Total.less(p[1].Total) {
			return true
		}
	}
	return false
}

// resultRises: a result is followed that was counted less than twice, or whose last total
// is larger than the one before. Both are moments to ask what else could explain it.
func resultRises(series []Series) bool {
	for _, s := range ofKind(series, Result) {
		p := s.last(2)
		if len(p) < 2 || p[0].Total.less(p[1].Total) {
			return true
		}
	}
	return false
}

// noneAhead stands for «no moment is planned at all»: a year of weeks.
const noneAhead = 52

// weeksWithout counts whole weeks from today to the next planned moment. It is nought in
// a stage in which the method asks nothing of this block: before the plan has started
// there is nothing to look at, and once it is secured the caretaker looks.
func weeksWithout(pack *method.Pack, seen trajectory.Seen, moments []Moment) int {
	if !looks(pack, seen.StageID) || seen.State != trajectory.Active {
		return 0
	}
	next := clock.Date("")
	for _, m := range moments {
		if m.State == Planned && m.On >= seen.Today() && (next == "" || m.On < next) {
			next = m.On
		}
	}
	if next == "" {
		return noneAhead
	}
	return seen.Today().Days(next) / 7
}

// block is how packs name this block.
const block method.Block = "monitor"

// looks reports whether a stage asks the group to look how it goes.
func looks(pack *method.Pack, stageID string) bool {
	stage, ok := pack.Stage(stageID)
	if !ok {
		return false
	}
	for _, q := range stage.Questions {
		if q.Block == block && q.Weight == method.Core {
			return true
		}
	}
	return false
}

// Asks returns the question of the method for a moment: the first core one that the group
// counts, else the first core one of this block; empty when the pack asks none.
func Asks(pack *method.Pack) method.Text {
	var first method.Text
	for _, s := range pack.Stages {
		for _, q := range s.Questions {
			if q.Block != block || q.Weight != method.Core {
				continue
			}
			if q.Form == method.FormCount {
				return q.Text
			}
			if first.Empty() {
				first = q.Text
			}
		}
	}
	return first
}
