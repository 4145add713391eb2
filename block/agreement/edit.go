package agreement

import (
	"context"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/why"
	"leerkring/writing"
)

// wordsText and careText are the names of the page's two texts in their versions.
const (
	wordsText = "agreement_words"
	careText  = "agreement_care"
)

// Say changes title, sentence and the line of why; base is the version that the page
// showed, nought before the first. Who: those who take part, and whoever keeps the page.
// When somebody else wrote meanwhile, both texts are kept and the clash comes back.
func (s *Service) Say(ctx context.Context, who access.Who, trajectoryID string, base int, words Words) (*writing.Clash, error) {
	words = words.clean()
	if err := words.Check(); err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, func(w *work) error {
		if err := w.begin(ctx); err != nil {
			return err
		}
		from := w.page.WordsVersion
		k, err := w.keep(ctx, text{ref: writing.Ref{Kind: wordsText, ID: trajectoryID}, of: w.self(), draft: DraftKey("words", trajectoryID), current: from, base: base, body: words.body()})
		clash = k.clash
		if err != nil || !k.stands {
			return err
		}
		if _, err := db.Exec(ctx, w.tx, `update agreement_page set words = $2, words_version = $3, changed = true where trajectory_id = $1`, trajectoryID, db.JSON(words.body()), k.version); err != nil {
			return err
		}
		return w.note(ctx, "agreement_page.changed", w.self(), from, k.version)
	})
	return clash, errs.Because(err, "words of the agreement page of trajectory %s", trajectoryID)
}

// Arrange changes who keeps it alive, when it comes back and what newcomers get; base and
// clash as in Say. Who: those who take part, and whoever keeps the page. The people it
// names work at the school, and take part when the trajectory is closed to others.
func (s *Service) Arrange(ctx context.Context, who access.Who, trajectoryID string, base int, c Care) (*writing.Clash, error) {
	c = c.clean()
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, func(w *work) error {
		if err := c.Check(w.seen.Today(), w.page.Care.ReviewOn); err != nil {
			return err
		}
		if err := w.reachable(ctx, c); err != nil {
			return err
		}
		if err := w.begin(ctx); err != nil {
			return err
		}
		from := w.page.CareVersion
		k, err := w.keep(ctx, text{ref: writing.Ref{Kind: careText, ID: trajectoryID}, of: w.self(), draft: DraftKey("care", trajectoryID), current: from, base: base, body: c.body()})
		clash = k.clash
		if err != nil || !k.stands {
			return err
		}
		w.page.CareSince = since(w.page, c, w.seen.Today())
		w.page.Care, w.page.CareVersion = c, k.version
		if err := updateCare(ctx, w.tx, w.page); err != nil {
			return err
		}
		return w.note(ctx, "agreement_page.cared_for", w.self(), from, k.version)
	})
	return clash, errs.Because(err, "care for the agreement page of trajectory %s", trajectoryID)
}

// since is the day from which a caretaker's tasks count: the day of being named.
func since(p Page, c Care, today clock.Date) clock.Date {
	switch c.CaretakerID {
	case "":
		return ""
	case p.Care.CaretakerID:
		return p.CareSince
	}
	return today
}

// reachable refuses somebody who could not open the page.
func (w *work) reachable(ctx context.Context, c Care) error {
	named := c.people()
	if len(named) == 0 {
		return nil
	}
	n, err := db.One(ctx, w.tx, `select count(*) from person p where p.id in `+db.In("$3")+` and p.state in ('active', 'invited') and not p.guest
		and (exists (select 1 from participant x where x.trajectory_id = $1 and x.person_id = p.id and x.left_at is null and x.role in ('lead', 'member'))
			or ($4 and exists (select 1 from staff f where f.person_id = p.id and f.school_id = $2)))`, db.Int, w.seen.ID, w.seen.SchoolID, named, w.seen.Open)
	if err != nil {
		return err
	}
	if n < distinct(named) {
		return errs.Invalid("agreement.not_here").On("caretaker")
	}
	return nil
}

func distinct(ids []string) int {
	there := map[string]bool{}
	for _, id := range ids {
		there[id] = true
	}
	return len(there)
}

// LetGo says that a text that stands is fine: what this person had waiting beside it stays
// in the history and asks for nothing any more. which is words, care, evaluation, or the id
// of an agreement. Who: those who take part, for their own words.
func (s *Service) LetGo(ctx context.Context, who access.Who, trajectoryID, which string) error {
	err := s.act(ctx, who, trajectoryID, access.Edit, func(w *work) error {
		ref, of, err := w.text(ctx, which)
		if err != nil {
			return err
		}
		if err := writing.Merged(ctx, w.tx, ref, who.ID); err != nil {
			return err
		}
		return w.note(ctx, of.Kind+".merged", of, 0, 0)
	})
	return errs.Because(err, "let go a text of the agreement page of trajectory %s", trajectoryID)
}

// text names one of the texts of the page: in its versions, and in the journal.
func (w *work) text(ctx context.Context, which string) (writing.Ref, why.Ref, error) {
	switch which {
	case "words":
		return writing.Ref{Kind: wordsText, ID: w.seen.ID}, w.self(), nil
	case "care":
		return writing.Ref{Kind: careText, ID: w.seen.ID}, w.self(), nil
	case "evaluation":
		e, err := evaluationOf(ctx, w.tx, w.seen.ID, w.seen.VisitID)
		return writing.Ref{Kind: "evaluation", ID: e.ID}, e.ref(), err
	}
	a, err := lineIn(ctx, w.tx, w.seen.ID, which)
	return a.text(), a.ref(), err
}
