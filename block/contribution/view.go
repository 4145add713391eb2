package contribution

import (
	"context"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/method"
	"leerkring/trajectory"
)

// RoundView is a round as the person asking sees it.
type RoundView struct {
	Round
	IsOpen   bool
	Asked    bool     // the person asking is asked
	Mine     bool     // and has answered
	Answered int      // how many have; of ratings in steps of five while they are given
	Of       int      // of how many, without those who are away
	Unheard  []Author // who is still to be heard: only in an open named round, only for who takes part
	MayClose bool
	Shows    Shown // of ratings: how much can be shown when all who are asked answer
}

// MayAnswer reports whether the person asking may answer a question now, given its newest
// round (nil when there is none): those who take part, and whom an open round asks. A
// question that is blind first waits for its round.
func MayAnswer(seen trajectory.Seen, question *method.Question, round *RoundView) bool {
	if round == nil && blindFirst(question) {
		return false
	}
	return seen.May(access.Create, access.Contribution, "") || round != nil && round.Asked && seen.May(access.Create, access.Reaction, "")
}

// ToWrite is what the person asking is about to write to a question, as the rights see
// it: for the line above the field that says who will see it, and when.
func ToWrite(seen trajectory.Seen, round *RoundView) access.Object {
	o := seen.Object(access.Contribution, seen.Who.ID)
	o.Sealed = round != nil && round.Seals(seen.Today())
	return o
}

// Round returns one round as the person asking sees it.
func (s *Service) Round(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) (RoundView, error) {
	rounds, err := s.rounds(ctx, q, seen, `and r.id = $2`, id)
	if err == nil && len(rounds) == 0 {
		err = errs.Absent()
	}
	if err != nil {
		return RoundView{}, errs.Because(err, "round %s", id)
	}
	return rounds[0], nil
}

// rounds returns rounds of the trajectory $1, oldest first and the open ones last, with
// how far they are.
func (s *Service) rounds(ctx context.Context, q db.Queryer, seen trajectory.Seen, where string, arg any) ([]RoundView, error) {
	if !seen.May(access.Read, access.Round, "") {
		return nil, nil
	}
	list, err := db.All(ctx, q, `select `+roundColumns+` from round r where r.trajectory_id = $1 `+where+` order by case when r.closed_at is null then 1 else 0 end, r.opened_at, r.id`, roundFields, seen.ID, arg)
	if err != nil {
		return nil, err
	}
	var open []string
	for _, r := range list {
		if r.ClosedAt.IsZero() {
			open = append(open, r.ID)
		}
	}
	people, err := invitedTo(ctx, q, open, seen.Today())
	out := make([]RoundView, len(list))
	for i, r := range list {
		out[i] = r.view(seen, people[r.ID])
	}
	return out, err
}

// view is a round as the person asking sees it, with those whom it asks.
func (r Round) view(seen trajectory.Seen, people []invited) RoundView {
	v := RoundView{Round: r, IsOpen: r.Open(seen.Today()), Answered: r.Answered, Of: r.Asked}
	v.MayClose = v.IsOpen && seen.May(access.Lead, access.Round, "")
	if !r.ClosedAt.IsZero() {
		return v
	}
	answered, of, waiting := tally(people, seen.Today())
	v.Answered, v.Of = shownCount(r.Form, answered), of
	v.Shows = Shows(of)
	for _, p := range people {
		if p.PersonID == seen.Who.ID {
			v.Asked, v.Mine = true, p.Heard
		}
	}
	if r.Form == Named && v.IsOpen && seen.May(access.Read, access.Unheard, "") {
		v.Unheard = unheard(waiting)
	}
	return v
}

// unheard are those of the group who are still awaited. Colleagues outside it are never
// listed: a list of a whole school would be a list of who answered.
func unheard(waiting []trajectory.Participant) []Author {
	var out []Author
	for _, p := range waiting {
		if p.Role != trajectory.NoOne {
			out = append(out, Author{ID: p.PersonID, Name: p.Name, Initials: initials(p.Name), Hue: p.Hue, Subject: p.Subject})
		}
	}
	return out
}

// OpensAt is the moment at which the answers of a round could be seen by all.
func (v RoundView) OpensAt(seen trajectory.Seen) time.Time { return v.opensAt(seen.School.Location()) }
