package plan

import (
	"strings"
	"time"

	"leerkring/internal/errs"
)

// Version is a frozen plan under its number, without its words.
type Version struct {
	Number    int
	FrozenFor FrozenFor
	Reason    string // what changed, and why
	DecidedBy string // who decided an adjustment, in words
	Adjusts   int    // number of the version in force that it took the place of; 0 for none
	Revision  int
	MadeBy    string
	MadeAt    time.Time
}

// FrozenFor is why a version was frozen.
type FrozenFor string

// Why a version is frozen.
const (
	ForDiscussion FrozenFor = "discussion"
	ForDecision   FrozenFor = "decision"
	ForAdjustment FrozenFor = "adjustment"
)

// putUp brings a plan to talk or to a decision. It tells whether a new version is frozen:
// not when nothing changed since the last one. From the second version on the reason says
// what is different.
func (p Plan) putUp(to State, last Version, empty bool, reason string, now time.Time) (next Plan, v Version, freeze bool, err error) {
	v = Version{Number: last.Number + 1, Reason: strings.TrimSpace(reason), Revision: p.Revision, MadeAt: now}
	switch to {
	case Discussed:
		v.FrozenFor, p.DiscussedAt = ForDiscussion, now
	case ToDecision:
		v.FrozenFor, p.PutUpAt = ForDecision, now
	default:
		return p, v, false, errs.Invalid("form.choice").On("to")
	}
	if empty {
		return p, v, false, errs.Invalid("plan.nothing_yet")
	}
	if err := fits("reason", v.Reason, maxReason); err != nil {
		return p, v, false, err
	}
	p.State = to
	if last.Number > 0 && last.Revision == p.Revision {
		return p, last, false, nil
	}
	if last.Number > 0 && v.Reason == "" {
		return p, v, false, errs.Invalid("plan.version_reason", "number", last.Number).On("reason")
	}
	return p, v, true, nil
}

// adjust makes the next version in force of a settled plan.
func (p Plan) adjust(last Version, reason, decidedBy string, now time.Time) (Plan, Version, error) {
	if p.Standing == 0 {
		return p, Version{}, errs.Invalid("plan.not_settled")
	}
	if last.Revision == p.Revision {
		return p, Version{}, errs.Invalid("plan.nothing_changed", "number", last.Number)
	}
	reason, badReason := reasoned("reason", reason, "plan.adjust_reason", maxReason)
	decidedBy, badDecided := reasoned("decided_by", decidedBy, "plan.adjust_decided_by", maxShort)
	if err := errs.Join(badReason, badDecided); err != nil {
		return p, Version{}, err
	}
	v := Version{Number: last.Number + 1, FrozenFor: ForAdjustment, Reason: reason, DecidedBy: decidedBy, Adjusts: p.Standing, Revision: p.Revision, MadeAt: now}
	p.Standing, p.State, p.SettledAt = v.Number, Settled, now
	return p, v, nil
}

// after is the plan as it stands when a decision about one of its versions is closed. No,
// not now and withdrawn bring it back to where it can be talked about; a newer version
// that was put up in the meantime stays put up.
func (p Plan) after(number, last int, agreed bool, now time.Time) Plan {
	if agreed {
		p.Standing, p.State, p.SettledAt = number, Settled, now
		return p
	}
	if p.State == ToDecision && number == last {
		p.State = Discussed
		if p.DiscussedAt.IsZero() {
			p.DiscussedAt = now
		}
		if p.Standing > 0 {
			p.State = Settled
		}
	}
	return p
}
