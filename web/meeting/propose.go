package meeting

import (
	"time"

	"leerkring/block/contribution"
	"leerkring/block/meeting"
	"leerkring/internal/clock"
	"leerkring/school"
	"leerkring/trajectory"
	"leerkring/web/room"
)

// propose puts an hour together from where the trajectory stands.
func (rm *Room) propose(r *room.Request, seen trajectory.Seen, at time.Time, minutes int) ([]meeting.NewItem, error) {
	q := rm.Trajectories.DB()
	pack, err := rm.Trajectories.PackOf(r.Ctx(), q, seen.Trajectory)
	if err != nil {
		return nil, err
	}
	k := meeting.Known{Minutes: minutes}
	if k.Stage, _ = pack.Stage(seen.StageID); k.Stage == nil {
		return nil, nil
	}
	if k.Facts, err = rm.Trajectories.Facts(r.Ctx(), q, seen); err != nil {
		return nil, err
	}
	calls, err := rm.Trajectories.Calls(r.Ctx(), q, seen)
	if err != nil {
		return nil, err
	}
	k.Gate = trajectory.Gate(k.Stage, k.Facts, calls)
	said, err := rm.Contributions.Stage(r.Ctx(), q, seen)
	if err != nil {
		return nil, err
	}
	talked, err := rm.Meetings.Talked(r.Ctx(), q, seen)
	if err != nil {
		return nil, err
	}
	sounds, err := rm.otherSounds(r, seen, said, talked)
	if err != nil {
		return nil, err
	}
	for _, question := range k.Stage.Questions {
		if question.Block != "contribution" {
			continue // its answers are kept elsewhere
		}
		_, other := sounds[question.ID]
		k.Voiced = append(k.Voiced, meeting.Voiced{ElementID: question.ID, Count: said.Questions[question.ID].Count + talked[question.ID].Notes, OtherSound: other})
	}
	last, err := rm.Meetings.Last(r.Ctx(), q, seen, at)
	if err != nil {
		return nil, err
	}
	k.Earlier = last != nil && len(last.Agreed)+len(last.Tasks) > 0
	return itemsOf(r, meeting.Propose(k)), nil
}

// itemsOf makes sentences of proposals, in the words of the school.
func itemsOf(r *room.Request, list []meeting.Proposal) []meeting.NewItem {
	out := make([]meeting.NewItem, len(list))
	for i, p := range list {
		out[i] = meeting.NewItem{Part: p.Part, Question: r.Pack(p.Text), Reason: p.Reason, ElementID: p.ElementID, Minutes: p.Minutes}
		switch p.Reason {
		case meeting.BecauseLast:
			out[i].Question = r.T.T("meeting.look_back")
		case meeting.BecauseOpen:
			out[i].Question = r.T.T("meeting.decide_on", "sentence", r.Pack(p.Text))
		}
		out[i].Question = cut(out[i].Question, meeting.MaxQuestion)
	}
	return out
}

// cut keeps a sentence of a school's own pack within what an agenda holds.
func cut(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	return string(r[:most-1]) + "…"
}

// sound is somebody who sees a question differently, while nobody talked about it yet.
type sound struct {
	Name string
	On   clock.Date
}

// otherSounds looks for them by question: among the newest answers, and further back only
// for a question that has one there.
func (rm *Room) otherSounds(r *room.Request, seen trajectory.Seen, said contribution.Page, talked map[string]meeting.Talked) (map[string]sound, error) {
	out := map[string]sound{}
	for element, thread := range said.Questions {
		if thread.OtherSound == 0 {
			continue
		}
		list := thread.Newest
		if thread.Count > len(list) {
			all, err := rm.Contributions.All(r.Ctx(), rm.Trajectories.DB(), seen, seen.VisitID, element)
			if err != nil {
				return nil, err
			}
			list = all
		}
		if s, ok := untalked(r, list, talked[element].At); ok {
			out[element] = s
		}
	}
	return out, nil
}

// untalked is the newest other sound that came after the group last talked.
func untalked(r *room.Request, list []contribution.Contribution, since time.Time) (sound, bool) {
	for _, c := range list {
		if !c.OtherSound || c.Withdrawn != "" || c.Sealed || c.Settled.Outcome != "" || !later(r, c, since) {
			continue
		}
		s := sound{Name: school.FirstName(c.By.Name), On: c.MadeOn}
		if c.By.Pupil {
			s.Name = r.T.T("meeting.a_pupil")
		}
		if s.Name == "" {
			s.Name = r.T.T("meeting.a_colleague")
		}
		return s, true
	}
	return sound{}, false
}

// later reports whether something was said after a moment; of a pupil's words only the
// day is known.
func later(r *room.Request, c contribution.Contribution, since time.Time) bool {
	switch {
	case since.IsZero():
		return true
	case c.MadeAt.IsZero():
		return c.MadeOn > r.T.Day(since)
	}
	return c.MadeAt.After(since)
}
