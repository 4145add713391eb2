package contribution

import (
	"context"
	"strings"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/trajectory"
	"leerkring/writing"
)

// Edit changes one's own words; base is the version that the page showed. When the words
// moved on in between, on another screen, both texts are kept and the clash comes back.
// Who: the author, until the trajectory ends.
func (s *Service) Edit(ctx context.Context, who access.Who, trajectoryID, id string, base int, w Words) (*writing.Clash, error) {
	words, err := w.Tidy()
	if err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err = s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		c, err := find(ctx, tx, seen, id)
		if err != nil {
			return err
		}
		if !c.MayEdit(seen) {
			return errs.Absent()
		}
		if err := s.tidyFor(ctx, tx, seen, c, &words); err != nil {
			return err
		}
		clash, err = reword(ctx, tx, seen, c, base, words, now)
		return err
	})
	return clash, errs.Because(err, "edit contribution %s", id)
}

// tidyFor fits words to what they belong to: a reply is a voice of a certain length, a
// label is one of its question's.
func (s *Service) tidyFor(ctx context.Context, tx *db.Tx, seen trajectory.Seen, c Contribution, w *Words) error {
	switch {
	case c.ParentID != "":
		*w = Words{Kind: Voice, Body: w.Body}
		return checkText(w.Body, maxReply, "contribution.body_empty", "body")
	case c.ElementID == "":
		w.Chip = ""
		return nil
	}
	_, question, err := s.inPack(ctx, tx, seen, c.ElementID)
	if err == nil && !hasChip(question, w.Chip) {
		err = errs.Invalid("form.choose").On("chip")
	}
	return err
}

func reword(ctx context.Context, tx *db.Tx, seen trajectory.Seen, c Contribution, base int, w Words, now time.Time) (*writing.Clash, error) {
	ref := writing.Ref{Kind: textKind, ID: c.ID}
	next, clash, err := writing.Keep(ctx, tx, writing.Save{Ref: ref, AuthorID: seen.Who.ID, Base: base, Current: c.Version, Body: w.body(), Now: now})
	switch {
	case err != nil:
		return nil, err
	case clash != nil:
		return clash, note(ctx, tx, seen, eventKept, c, c.Version, now)
	case next == c.Version: // the same words came in twice
		return nil, nil
	}
	if err := update(ctx, tx, c, w, now); err != nil {
		return nil, err
	}
	if err := writing.Merged(ctx, tx, ref, seen.Who.ID); err != nil {
		return nil, err
	}
	return nil, note(ctx, tx, seen, eventChanged, c, next, now)
}

// Unmerged is what somebody wrote on an older version of the own words and did not merge
// yet: whoever left the page in between gets it offered again. Nil when nothing waits.
// Who: the author.
func (s *Service) Unmerged(ctx context.Context, q db.Queryer, seen trajectory.Seen, c Contribution) (*writing.Clash, error) {
	if !c.MayEdit(seen) {
		return nil, nil
	}
	return writing.Unmerged(ctx, q, writing.Ref{Kind: textKind, ID: c.ID}, c.Version, c.words().body(), seen.Who.ID)
}

// Withdraw takes one's own words away, or, by the lead, those of a pupil. Their place
// stays, with the replies of others; the words go from every version. Who: the author,
// also after the trajectory has ended; the lead or the stand-in for a pupil's.
func (s *Service) Withdraw(ctx context.Context, who access.Who, trajectoryID, id string) error {
	err := s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		c, err := find(ctx, tx, seen, id)
		if err != nil {
			return err
		}
		if !c.MayWithdraw(seen) {
			return errs.Absent()
		}
		by := ByAuthor
		if c.By.Pupil {
			by = ByLead
		}
		if err := erase(ctx, tx, c, by, now); err != nil {
			return err
		}
		return note(ctx, tx, seen, eventWithdrawn, c, c.Version+1, now)
	})
	return errs.Because(err, "withdraw contribution %s", id)
}

// Settle says what was done with words: done, done in part, or heard and decided
// otherwise, with the reason. base is the version of the settlement that the page
// showed, 0 for the first. What words became (a finding, a goal, a task) is linked by
// the room that makes it. Who: those who take part.
func (s *Service) Settle(ctx context.Context, who access.Who, trajectoryID, id string, base int, outcome Outcome, reply string) (*writing.Clash, error) {
	st := Settlement{Outcome: outcome, Note: strings.TrimSpace(reply)}
	if err := st.Check(); err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, func(tx *db.Tx, seen trajectory.Seen, now time.Time) error {
		c, err := find(ctx, tx, seen, id)
		if err != nil {
			return err
		}
		if !c.MaySettle(seen) {
			return errs.Absent()
		}
		clash, err = settle(ctx, tx, seen, c, base, st, now)
		return err
	})
	return clash, errs.Because(err, "settle contribution %s", id)
}

func settle(ctx context.Context, tx *db.Tx, seen trajectory.Seen, c Contribution, base int, st Settlement, now time.Time) (*writing.Clash, error) {
	next, clash, err := writing.Keep(ctx, tx, writing.Save{Ref: writing.Ref{Kind: settledKind, ID: c.ID}, AuthorID: seen.Who.ID, Base: base, Current: c.Settled.Version,
		Body: writing.Body{"outcome": string(st.Outcome), "note": st.Note}, Now: now})
	if err != nil || clash == nil && next == c.Settled.Version {
		return nil, err
	}
	if clash != nil {
		return clash, note(ctx, tx, seen, eventKept, c, c.Version, now)
	}
	if _, err := db.Exec(ctx, tx, `update contribution set outcome = $2, settled_note = $3, settled_by = $4, settled_at = $5, settled_version = $6 where id = $1`,
		c.ID, string(st.Outcome), st.Note, seen.Who.ID, now, next); err != nil {
		return nil, err
	}
	if err := writing.Merged(ctx, tx, writing.Ref{Kind: settledKind, ID: c.ID}, seen.Who.ID); err != nil {
		return nil, err
	}
	return nil, note(ctx, tx, seen, eventSettled, c, c.Version, now)
}

// History returns every version of one's own words, oldest first, with those that wait
// to be merged. Who: the author; what others first wrote and then changed is theirs.
func (s *Service) History(ctx context.Context, q db.Queryer, seen trajectory.Seen, id string) ([]writing.Version, error) {
	c, err := find(ctx, q, seen, id)
	if err != nil {
		return nil, err
	}
	if !c.Mine {
		return nil, errs.Absent()
	}
	return writing.History(ctx, q, writing.Ref{Kind: textKind, ID: c.ID})
}
