package session

import (
	"cmp"
	"hash/fnv"
	"slices"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/errs"
	"leerkring/method"
)

// The rules of a running session: state and act in, new state or refusal out.

const addition = 120 // seconds that a press adds

// Left is how much of the present step is left; less than nothing when it takes longer.
func (s Session) Left(steps []Step, now time.Time) time.Duration {
	if s.State != Running {
		return 0
	}
	if !s.PausedAt.IsZero() {
		now = s.PausedAt
	}
	return At(steps, s.Step).Length() + time.Duration(s.Extra)*time.Second - now.Sub(s.StepAt)
}

// Settled is the session as it stands at a moment: a step with a hard clock ends by itself, and
// the next began when it ended. Nothing runs while it is paused.
func (s Session) Settled(pack *method.Pack, circle Circle, now time.Time) Session {
	steps := Steps(pack, s.Laps)
	for s.State == Running && s.PausedAt.IsZero() && s.Step < len(steps)-1 {
		step := steps[s.Step]
		left := s.Left(steps, now)
		if step.Stage.Live.Timer != method.TimerHard || left > 0 {
			break
		}
		s = s.enter(pack, circle, s.Step+1, now.Add(left))
	}
	return s
}

// Begin starts the session with those who are there. The order of turns is drawn by lot, so
// that it is not always the same who goes first.
func (s Session) Begin(pack *method.Pack, circle Circle, now time.Time) (Session, Circle, error) {
	switch {
	case s.State == Running:
		return s, circle, nil // pressed twice
	case s.State.Over():
		return s, circle, errs.Invalid("session.over")
	case !circle.Enough(pack.Session.Group):
		return s, circle, errs.Invalid("session.too_few", "min", pack.Session.Group.Min)
	case len(circle.There()) > pack.Session.Group.Max:
		return s, circle, errs.Invalid("session.too_full", "max", pack.Session.Group.Max)
	}
	circle = slices.Clone(circle)
	slices.SortFunc(circle, func(a, b Person) int { return cmp.Compare(s.lot(a.PersonID), s.lot(b.PersonID)) })
	for i := range circle {
		circle[i].Place = i + 1
	}
	s.State, s.BegunAt, s.Laps = Running, now, LapsFor(pack, len(circle.There()))
	return s.enter(pack, circle, 0, now), circle, nil
}

// lot is somebody's place by lot in this one session: nobody chose it, and it can be drawn again.
func (s Session) lot(personID string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s.ID + personID)) // a hash takes everything
	return h.Sum64()
}

func hasRole(pack *method.Pack, id string) bool {
	return slices.ContainsFunc(pack.Roles, func(r method.Role) bool { return r.ID == id })
}

// enter makes a step the present one.
func (s Session) enter(pack *method.Pack, circle Circle, step int, now time.Time) Session {
	s.Step, s.StepAt, s.PausedAt, s.Extra, s.Extended, s.Stopped = step, now, time.Time{}, 0, 0, false
	s.Floor = s.firstFloor(pack, circle, now)
	return s
}

// firstFloor is who has the word when a step begins.
func (s Session) firstFloor(pack *method.Pack, circle Circle, now time.Time) Floor {
	step := At(Steps(pack, s.Laps), s.Step)
	live := step.Stage.Live
	switch live.Turns {
	case method.TurnsOne:
		return Floor{Of: s.Holding(pack, circle, step, live.Speaker), Since: now}
	case method.TurnsRound:
		queue := s.round(pack, circle, step)
		if len(queue) == 0 {
			return Floor{}
		}
		return Floor{Of: queue[0], Since: now, Queue: queue[1:]}
	}
	return Floor{}
}

// round is who gets a turn in a step, in the order of places. Who answers, who only listens and
// who leads are left out; in a group of four or fewer who leads takes part.
func (s Session) round(pack *method.Pack, circle Circle, step Step) []string {
	live := step.Stage.Live
	there := circle.There()
	var out []string
	for _, p := range there {
		role := s.RoleOf(pack, circle, step, p.PersonID)
		if role != "" && (role == live.Speaker || role == live.Silent) {
			continue
		}
		if p.PersonID == s.HostID && len(there) > 4 && hasRole(pack, method.RoleHost) {
			continue
		}
		out = append(out, p.PersonID)
	}
	return out
}

// Next goes to the next step. from is the step that the page showed, so that two who press at
// once move one step and not two.
func (s Session) Next(pack *method.Pack, circle Circle, from int, now time.Time) (Session, error) {
	if err := s.runs(); err != nil {
		return s, err
	}
	if s.Step != from {
		return s, nil
	}
	steps := Steps(pack, s.Laps)
	if s.Step >= len(steps)-1 {
		return s, errs.Invalid("session.last_step")
	}
	if to := steps[s.Step+1]; to.Stage.Live.Speaker == method.RolePresenter && s.Holding(pack, circle, to, method.RolePresenter) == "" {
		return s, errs.Invalid("session.no_presenter").On("presenter")
	}
	return s.enter(pack, circle, s.Step+1, now), nil
}

// Back goes to an earlier step, when the present stage allows a way back to it.
func (s Session) Back(pack *method.Pack, circle Circle, stageID string, from int, now time.Time) (Session, error) {
	if err := s.runs(); err != nil {
		return s, err
	}
	if s.Step != from {
		return s, nil
	}
	steps := Steps(pack, s.Laps)
	if !slices.Contains(At(steps, s.Step).Stage.BackTo, stageID) {
		return s, errs.Invalid("session.no_way_back")
	}
	for i := s.Step - 1; i >= 0; i-- {
		if steps[i].Stage.ID == stageID {
			return s.enter(pack, circle, i, now), nil
		}
	}
	return s, errs.Invalid("session.no_way_back")
}

func (s Session) runs() error {
	switch {
	case s.State.Over():
		return errs.Invalid("session.over")
	case s.State != Running:
		return errs.Invalid("session.not_begun")
	}
	return nil
}

// More adds two minutes to the present step, as often as its pack allows.
func (s Session) More(pack *method.Pack, from int) (Session, error) {
	if err := s.runs(); err != nil {
		return s, err
	}
	if s.Step != from {
		return s, nil
	}
	most := At(Steps(pack, s.Laps), s.Step).most()
	if s.Extended >= most {
		return s, errs.Invalid("session.no_more_time")
	}
	s.Extra, s.Extended = s.Extra+addition, s.Extended+1
	return s, nil
}

// MayExtend reports whether two minutes can still be added.
func (s Session) MayExtend(pack *method.Pack) bool {
	step := At(Steps(pack, s.Laps), s.Step)
	return s.State == Running && step.Length() > 0 && s.Extended < step.most()
}

// Pause lets the clock rest. stopped is when somebody pressed stop: the page then offers to take a
// break, to talk with who leads, or to end, and says not who it was.
func (s Session) Pause(stopped bool, now time.Time) (Session, error) {
	if err := s.runs(); err != nil {
		return s, err
	}
	if s.PausedAt.IsZero() {
		s.PausedAt = now
	}
	s.Stopped = s.Stopped || stopped
	return s, nil
}

// Resume lets the clock run on where it was.
func (s Session) Resume(now time.Time) (Session, error) {
	if err := s.runs(); err != nil {
		return s, err
	}
	if s.PausedAt.IsZero() {
		return s, nil
	}
	rest := now.Sub(s.PausedAt)
	s.StepAt = s.StepAt.Add(rest)
	if !s.Floor.Since.IsZero() {
		s.Floor.Since = s.Floor.Since.Add(rest)
	}
	s.PausedAt, s.Stopped = time.Time{}, false
	return s, nil
}

// PassOn ends the turn of somebody and gives it to the next; passed is when they said nothing:
// then they get a second chance at the end, once. A turn that has moved on meanwhile stays.
func (s Session) PassOn(of string, passed bool, now time.Time) (Session, error) {
	if err := s.runs(); err != nil {
		return s, err
	}
	f := s.Floor
	if f.Of != of || of == "" {
		return s, nil
	}
	f.Queue, f.Passed, f.Spoke = slices.Clone(f.Queue), slices.Clone(f.Passed), slices.Clone(f.Spoke)
	if passed && !slices.Contains(f.Passed, of) {
		f.Passed = append(f.Passed, of)
		f.Queue = append(f.Queue, of)
	} else {
		f.Spoke = append(f.Spoke, of)
	}
	f.Of, f.Since = "", time.Time{}
	if len(f.Queue) > 0 {
		f.Of, f.Since, f.Queue = f.Queue[0], now, f.Queue[1:]
	}
	s.Floor = f
	return s, nil
}

// Hand raises a hand in a step with a queue, or takes it down again. Who has not spoken yet goes
// before who has.
func (s Session) Hand(pack *method.Pack, personID string, up bool, now time.Time) (Session, error) {
	if err := s.runs(); err != nil {
		return s, err
	}
	if At(Steps(pack, s.Laps), s.Step).Stage.Live.Turns != method.TurnsQueue {
		return s, errs.Invalid("session.no_queue")
	}
	f := s.Floor
	f.Queue = slices.DeleteFunc(slices.Clone(f.Queue), func(id string) bool { return id == personID })
	if up && f.Of != personID {
		at := len(f.Queue)
		if !slices.Contains(f.Spoke, personID) {
			at = slices.IndexFunc(f.Queue, func(id string) bool { return slices.Contains(f.Spoke, id) })
			if at < 0 {
				at = len(f.Queue)
			}
		}
		f.Queue = slices.Insert(f.Queue, at, personID)
	}
	if f.Of == "" && len(f.Queue) > 0 {
		f.Of, f.Since, f.Queue = f.Queue[0], now, f.Queue[1:]
	}
	s.Floor = f
	return s, nil
}

// Ready marks that somebody is done with writing, or not yet after all.
func (s Session) Ready(personID string, done bool) (Session, error) {
	if err := s.runs(); err != nil {
		return s, err
	}
	f := s.Floor
	f.Done = slices.DeleteFunc(slices.Clone(f.Done), func(id string) bool { return id == personID })
	if done {
		f.Done = append(f.Done, personID)
	}
	s.Floor = f
	return s, nil
}

// Close ends the session. What was written in a closed circle is erased after thirty days.
func (s Session) Close(now time.Time, zone *time.Location) (Session, error) {
	switch s.State {
	case Closed:
		return s, nil // pressed twice
	case Cancelled:
		return s, errs.Invalid("session.over")
	case Planned:
		return s, errs.Invalid("session.not_begun")
	}
	s.State, s.ClosedAt, s.PausedAt, s.Stopped, s.Floor = Closed, now, time.Time{}, false, Floor{}
	s.EraseOn = clock.On(now, zone).Add(keepDays)
	return s, nil
}

// Cancel takes a session off the calendar.
func (s Session) Cancel(now time.Time, zone *time.Location) (Session, error) {
	switch s.State {
	case Cancelled:
		return s, nil
	case Closed:
		return s, errs.Invalid("session.over")
	}
	s.State, s.ClosedAt, s.Floor, s.EraseOn = Cancelled, now, Floor{}, clock.On(now, zone).Add(keepDays)
	return s, nil
}

// Forgotten reports that a session ran long past its end and nobody closed it: a laptop that was
// folded, a battery. Then it is closed for them, so that what was settled is there.
func (s Session) Forgotten(pack *method.Pack, now time.Time) bool {
	if s.State != Running {
		return false
	}
	rest := time.Duration(0)
	steps := Steps(pack, s.Laps)
	for _, step := range steps[min(s.Step, len(steps)):] {
		rest += step.Length()
	}
	end := s.StepAt.Add(rest + time.Duration(s.Extra)*time.Second)
	if !s.PausedAt.IsZero() {
		end = s.PausedAt.Add(rest + 24*time.Hour)
	}
	return now.After(end.Add(closeAfter))
}

// TakeOver makes somebody of the circle lead it. Who brings something in does not lead; who leads
// people does not lead a closed circle.
func (s Session) TakeOver(circle Circle, personID string) (Session, error) {
	if s.State.Over() {
		return s, errs.Invalid("session.over")
	}
	p, ok := circle.Find(personID)
	switch {
	case !ok || p.State == Out:
		return s, errs.Absent()
	case p.Role == method.RolePresenter:
		return s, errs.Invalid("session.host_presents")
	case p.Leads && s.Circle == method.CircleClosed:
		return s, errs.Invalid("session.leader_hosts")
	}
	s.HostID = personID
	return s, nil
}
