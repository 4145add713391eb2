package decision

import (
	"context"
	"strings"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/errs"
)

// Hear keeps what those said who had to agree to a decision: yes, or no, in a sentence and on a
// day. Who: the lead or the stand-in. The decision itself stays as it was closed; their word
// comes once, and after a no the team makes a new proposal. Refuses a decision that waits for
// nobody.
func (s *Service) Hear(ctx context.Context, who access.Who, trajectoryID, id string, word Word) error {
	err := s.act(ctx, who, trajectoryID, id, func(w *work) error {
		if !w.may(access.Read, access.Decision, "") || !w.seen.May(access.Lead, access.Decision, "") {
			return errs.Absent()
		}
		if w.End.Outcome != AgreedSubjectTo {
			return errs.Conflict("decision.word_nobody")
		}
		if w.Word.Heard() {
			return errs.Conflict("decision.word_twice")
		}
		if err := word.check(clock.On(w.End.At, w.seen.School.Location()), w.seen.Today()); err != nil {
			return err
		}
		word.Text, word.By, word.At = strings.TrimSpace(word.Text), who.ID, w.now
		if err := insertWord(ctx, w.tx, id, word); err != nil {
			return err
		}
		return w.note(ctx, "heard", 2, 3)
	})
	return errs.Because(err, "hear others about decision %s", id)
}
