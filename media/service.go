package media

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/sync/semaphore"

	"leerkring/access"
	"leerkring/internal/blob"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/internal/job"
	"leerkring/ledger"
)

// Service is what can be done with pictures.
type Service struct {
	db      *db.DB
	clock   clock.Clock
	files   *blob.Dir
	decodes *semaphore.Weighted // of pixels: what is decoded at the same time fits in memory
}

// NewService returns the acts of this room. What it keeps lies in files.
func NewService(d *db.DB, c clock.Clock, files *blob.Dir) *Service {
	return &Service{db: d, clock: c, files: files, decodes: semaphore.NewWeighted(atOnce)}
}

// Take checks a file, draws it anew and keeps it, waiting, for the person who sent it. Who:
// anybody who is signed in, for a school where they may write; the caller has asked that.
// It is refused with a sentence on the field of the file: too large, no picture, too many
// pixels, damaged, no room left.
func (s *Service) Take(ctx context.Context, who access.Who, schoolID string, raw []byte) (Picture, error) {
	if err := access.Must(who, access.Create, access.Object{Kind: access.Upload, BoardID: who.BoardID, OwnerID: who.ID}); err != nil {
		return Picture{}, err
	}
	n, err := measure(raw)
	if err == nil {
		err = space(ctx, s.db, who.ID, schoolID)
	}
	if err != nil {
		return Picture{}, err
	}
	made, err := s.draw(ctx, raw, n)
	if err != nil {
		return Picture{}, errs.Because(err, "draw a picture of %s", who.ID)
	}
	now := s.clock.Now()
	sum := sha256.Sum256(made.raw)
	p := Picture{ID: ident.At(now), Width: made.width, Height: made.height, hash: hex.EncodeToString(sum[:])}
	// The file first: a row without its file would be a promise that nobody can keep.
	if err := s.files.Put(p.ID, bytes.NewReader(made.raw)); err != nil {
		return Picture{}, errs.Unavailable("media.store", err).On(Field)
	}
	err = s.db.Write(db.Beside(ctx), func(tx *db.Tx) error { return insert(ctx, tx, p, who.ID, schoolID, len(made.raw), now) })
	return p, errs.Because(err, "keep picture %s", p.ID)
}

// draw decodes when there is room for it.
func (s *Service) draw(ctx context.Context, raw []byte, n int) (drawn, error) {
	weight := int64(max(n, perPicture))
	if err := s.decodes.Acquire(ctx, weight); err != nil {
		return drawn{}, errs.Unavailable("media.busy", err)
	}
	defer s.decodes.Release(weight)
	return drawAnew(raw)
}

// space refuses when a person or a school keeps too much, or too much of the person's waits.
func space(ctx context.Context, q db.Queryer, personID, schoolID string) error {
	type kept struct{ person, school, waiting int }
	k, err := db.One(ctx, q, `select
			(select coalesce(sum(bytes), 0) from picture where author_id = $1),
			(select coalesce(sum(bytes), 0) from picture where school_id = $2),
			(select count(*) from picture where author_id = $1 and about_id = '')`,
		func(k *kept) []any { return []any{&k.person, &k.school, &k.waiting} }, personID, schoolID)
	switch {
	case err != nil:
		return err
	case k.waiting >= maxWaiting:
		return errWaiting
	case k.person >= ofPerson:
		return errPerson
	case k.school >= ofSchool:
		return errSchool
	}
	return nil
}

// Waits reports whether a picture of this person still waits for its place.
func (s *Service) Waits(ctx context.Context, who access.Who, id string) (bool, error) {
	n, err := db.One(ctx, s.db, `select count(*) from picture where id = $1 and author_id = $2 and about_id = ''`, db.Int, id, who.ID)
	return n == 1, err
}

// Discard takes a waiting picture away, when it is this person's: the form went another way.
func (s *Service) Discard(ctx context.Context, who access.Who, id string) error {
	ctx = context.WithoutCancel(ctx)
	err := s.db.Write(db.Beside(ctx), func(tx *db.Tx) error {
		n, err := db.Exec(ctx, tx, `delete from picture where id = $1 and author_id = $2 and about_id = ''`, id, who.ID)
		if err != nil || n == 0 {
			return err
		}
		return removeLater(ctx, tx, id, s.clock.Now())
	})
	return errs.Because(err, "discard picture %s", id)
}

// Check refuses a picture without the words that say what it shows.
func (p Placed) Check() error {
	switch n := utf8.RuneCountInString(strings.TrimSpace(p.Alt)); {
	case n == 0:
		return errs.Invalid("media.alt_empty").On(AltField)
	case n > maxAlt:
		return errs.Invalid("form.too_long_max", "max", maxAlt).On(AltField)
	}
	return nil
}

// Place gives waiting pictures of a person their place beside words, inside the act that
// keeps those words; their room has asked whether this person may.
func Place(ctx context.Context, tx *db.Tx, who access.Who, schoolID string, about Ref, list ...Placed) error {
	for _, p := range list {
		if err := p.Check(); err != nil {
			return err
		}
		n, err := db.Exec(ctx, tx, `update picture set about_kind = $4, about_id = $5, alt = $6 where id = $1 and author_id = $2 and school_id = $3 and about_id = ''`,
			p.ID, who.ID, schoolID, about.Kind, about.ID, strings.TrimSpace(p.Alt))
		if err != nil {
			return errs.Because(err, "place picture %s", p.ID)
		}
		if n == 0 {
			return errGone
		}
	}
	if len(list) == 0 {
		return nil
	}
	n, err := db.One(ctx, tx, `select count(*) from picture where about_kind = $1 and about_id = $2`, db.Int, about.Kind, about.ID)
	if err == nil && n > MaxBeside {
		err = errMany
	}
	return err
}

// Of returns the pictures beside words of one kind, by the id of the words, oldest first.
func Of(ctx context.Context, q db.Queryer, kind string, ids []string) (map[string][]Picture, error) {
	type row struct {
		Picture
		about string
	}
	rows, err := db.All(ctx, q, `select id, about_id, alt, width, height, hash from picture where about_kind = $1 and about_id in `+db.In("$2")+` order by id`,
		func(r *row) []any { return []any{&r.ID, &r.about, &r.Alt, &r.Width, &r.Height, &r.hash} }, kind, ids)
	out := map[string][]Picture{}
	for _, r := range rows {
		out[r.about] = append(out[r.about], r.Picture)
	}
	return out, errs.Because(err, "pictures beside %s", kind)
}

// Erase takes pictures beside words away, inside the act that takes the words away: all of
// them, or only those named. The files go after the act. It returns how many there were.
func Erase(ctx context.Context, tx *db.Tx, about Ref, now time.Time, only ...string) (int, error) {
	ids, err := db.All(ctx, tx, `select id from picture where about_kind = $1 and about_id = $2 order by id`, db.Str, about.Kind, about.ID)
	if err != nil {
		return 0, err
	}
	n := 0
	for _, id := range ids {
		if len(only) > 0 && !slices.Contains(only, id) {
			continue
		}
		n++
		if _, err := db.Exec(ctx, tx, `delete from picture where id = $1`, id); err != nil {
			return n, err
		}
		if err := ledger.Note(ctx, tx, now, removed, id); err != nil {
			return n, err
		}
		if err := removeLater(ctx, tx, id, now); err != nil {
			return n, err
		}
	}
	return n, nil
}

// EraseOf takes everything away that a person put somewhere, inside the act that erases the
// person; the words beside it stay. It returns which pictures that were.
func EraseOf(ctx context.Context, tx *db.Tx, personID string, now time.Time) ([]string, error) {
	ids, err := db.All(ctx, tx, `delete from picture where author_id = $1 returning id`, db.Str, personID)
	for _, id := range ids {
		err = errors.Join(err, ledger.Note(ctx, tx, now, removed, id), removeLater(ctx, tx, id, now))
	}
	return ids, err
}

// Read returns the file of a picture. One that is not what was kept is told, not shown.
func (s *Service) Read(p Picture) ([]byte, error) {
	f, err := s.files.Get(p.ID)
	if err != nil {
		return nil, fmt.Errorf("picture: %w", err)
	}
	raw, err := io.ReadAll(io.LimitReader(f, MaxUpload))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, fmt.Errorf("picture %s: %w", p.ID, err)
	}
	if sum := sha256.Sum256(raw); hex.EncodeToString(sum[:]) != p.hash {
		return nil, fmt.Errorf("picture %s: the file is not what was kept", p.ID)
	}
	return raw, nil
}

func insert(ctx context.Context, tx *db.Tx, p Picture, authorID, schoolID string, size int, now time.Time) error {
	_, err := db.Exec(ctx, tx, `insert into picture (id, school_id, author_id, width, height, bytes, hash, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
		p.ID, schoolID, authorID, p.Width, p.Height, size, p.hash, now)
	return err
}

// removeLater asks for a file to be removed after the act that took its row away.
func removeLater(ctx context.Context, tx *db.Tx, id string, now time.Time) error {
	return job.Add(ctx, tx, job.Job{Kind: KindRemove, Key: KindRemove + "/" + id, Payload: job.IDs{"picture": id}, RunAt: now})
}
