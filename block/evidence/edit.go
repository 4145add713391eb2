package evidence

import (
	"context"

	"leerkring/access"
	"leerkring/internal/errs"
	"leerkring/writing"
)

// Edit changes the words of something; base is the version that the page showed. Who:
// those who take part. When somebody else wrote meanwhile it stays as it is, both texts
// are kept, and the clash comes back; saving on its current version merges. Conflict when
// it was taken away.
func (s *Service) Edit(ctx context.Context, who access.Who, trajectoryID, id string, base int, item Item) (*writing.Clash, error) {
	if err := item.Check(); err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, item.Kind().Access(), func(w *work) error {
		e, err := w.find(ctx, item.Kind(), id)
		if err != nil {
			return err
		}
		if item.person() != e.Item.person() { // somebody may have left since
			if err := w.atSchool(ctx, item.person()); err != nil {
				return err
			}
		}
		clash, err = w.write(ctx, e, base, item)
		return err
	})
	return clash, errs.Because(err, "edit %s %s of trajectory %s", item.Kind(), id, trajectoryID)
}

// Translate writes what a source means for our own pupils, and nothing else of it. base is
// the version that the page showed. Who: those who take part. While nobody translated it,
// other changes meanwhile are no clash: the sentence is added to what stands.
func (s *Service) Translate(ctx context.Context, who access.Who, trajectoryID, id string, base int, sentence string) (*writing.Clash, error) {
	if err := says("translation", sentence, maxSentence, "evidence.translation_empty"); err != nil {
		return nil, err
	}
	var clash *writing.Clash
	err := s.act(ctx, who, trajectoryID, access.Edit, access.Evidence, func(w *work) error {
		e, err := w.find(ctx, SourceKind, id)
		if err != nil {
			return err
		}
		source, _ := e.Item.(Source)
		if !source.Translated() {
			base = e.Version
		}
		source.Translation = sentence
		clash, err = w.write(ctx, e, base, source)
		return err
	})
	return clash, errs.Because(err, "translate source %s of trajectory %s", id, trajectoryID)
}

// write keeps new words of an entry, ends the draft of them, and marks what the author had
// waiting as merged. A clash leaves its words behind, with their entry in the journal.
func (w *work) write(ctx context.Context, e entry, base int, item Item) (*writing.Clash, error) {
	author := w.seen.Who.ID
	version, clash, err := writing.Keep(ctx, w.tx, writing.Save{Ref: e.text(), AuthorID: author, Base: base, Current: e.Version, Body: item.body(), Now: w.now})
	if err != nil {
		return nil, err
	}
	if err := writing.Drop(ctx, w.tx, author, DraftKey(w.seen.ID, e.Kind, e.ID)); err != nil {
		return nil, err
	}
	if clash != nil {
		return clash, w.note(ctx, "kept_beside", e, e.Version, e.Version)
	}
	if err := writing.Merged(ctx, w.tx, e.text(), author); err != nil || version == e.Version {
		return nil, err
	}
	from := e.Version
	e.Item, e.Version = item, version
	if err := update(ctx, w.tx, e); err != nil {
		return nil, err
	}
	return nil, w.note(ctx, "changed", e, from, version)
}

// LetGo says that the text that stands is fine: what this person had waiting beside it
// stays in the history and asks for nothing any more. Who: those who take part, for their
// own text.
func (s *Service) LetGo(ctx context.Context, who access.Who, trajectoryID string, kind Kind, id string) error {
	err := s.act(ctx, who, trajectoryID, access.Edit, kind.Access(), func(w *work) error {
		e, err := w.find(ctx, kind, id)
		if err != nil {
			return err
		}
		if err := writing.Merged(ctx, w.tx, e.text(), who.ID); err != nil {
			return err
		}
		return w.note(ctx, "merged", e, e.Version, e.Version)
	})
	return errs.Because(err, "let go a text of %s %s of trajectory %s", kind, id, trajectoryID)
}
