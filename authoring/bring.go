package authoring

import (
	"bytes"
	"context"
	"strconv"
	"time"

	"leerkring/access"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/method"
	"leerkring/school"
)

// MaxFile is the largest file that comes in.
const MaxFile = 512 << 10

// Look is what a file would do; nothing has changed yet.
type Look struct {
	// Problems keep the file out. The other fields are empty then.
	Problems []method.Problem
	Pack     *method.Pack // as it would be here
	Into     string       // the pack of this school that it changes; empty when it becomes a new one
	Same     bool         // it is here already, word for word
	// Differences are those with the draft that it changes, or with our pack that a new one
	// was made from.
	Differences []method.Difference
	Digest      string // of the file and of what it meets here

	id   string
	into Pack
}

// LookAt tells what a file would do at a school. Who: staff of the school.
func (s *Service) LookAt(ctx context.Context, who access.Who, schoolID string, source []byte) (Look, error) {
	return s.look(ctx, s.db, who, schoolID, source)
}

func (s *Service) look(ctx context.Context, q db.Queryer, who access.Who, schoolID string, source []byte) (Look, error) {
	sc, err := school.Read(ctx, q, schoolID)
	if err != nil {
		return Look{}, err
	}
	if err := access.Must(who, access.Create, object(sc.BoardID, Pack{SchoolID: sc.ID})); err != nil {
		return Look{}, err
	}
	p, problems, err := s.fromFile(source)
	if err != nil || len(problems) > 0 {
		return Look{Problems: problems}, err
	}
	l := Look{id: p.ID}
	met, err := fromFile(ctx, q, sc.ID, p.ID)
	if err != nil {
		return l, err
	}
	values := p.Values()
	values.ID, values.Version = idFrom(p), "1.0.0"
	if len(met) > 0 {
		l.into, l.Into = met[0], met[0].ID
		l.into.Draft = read(l.into.Source)
		values.ID, values.Version, values.BasedOn = l.Into, l.into.Draft.Version, l.into.Draft.BasedOn
	}
	if l.Pack, l.Problems = s.check(ctx, q, sc.ID, values); len(l.Problems) > 0 {
		return Look{Problems: l.Problems}, nil
	}
	switch {
	case l.Into != "":
		l.Differences = method.Differences(l.into.Draft, l.Pack)
		l.Same = len(l.Differences) == 0
	default:
		if base, ok := s.builtin.Latest(p.BasedOn.Pack); ok {
			l.Differences = method.Differences(base, l.Pack)
		}
	}
	l.Digest = ident.Hash(p.Hash() + " " + l.Into + " " + strconv.Itoa(l.into.Version))
	return l, nil
}

// fromFile reads what came in. What is wrong with it is told with its line; that it is too
// large or carries a name of ours is refused.
func (s *Service) fromFile(source []byte) (*method.Pack, []method.Problem, error) {
	switch {
	case len(bytes.TrimSpace(source)) == 0:
		return nil, nil, errs.Invalid("authoring.file_missing").On("file")
	case len(source) > MaxFile:
		return nil, nil, errs.Invalid("authoring.file_too_large").On("file")
	}
	p, problems := method.FromSource(source)
	if p == nil {
		return nil, problems, nil
	}
	if problems = method.Faults(method.Check(p)); len(problems) > 0 {
		return nil, problems, nil
	}
	if _, ours := s.builtin.Latest(p.ID); ours {
		return nil, nil, errs.Invalid("authoring.file_ours", "id", p.ID).On("file")
	}
	return p, nil, nil
}

// BringIn does what was shown, all of it or nothing, and gives the pack. A file that is here
// already changes nothing. Who: staff of the school.
func (s *Service) BringIn(ctx context.Context, who access.Who, schoolID string, source []byte, digest string) (id string, changed bool, err error) {
	now := s.clock.Now()
	err = s.db.Write(ctx, func(tx *db.Tx) error {
		changed = false
		l, err := s.look(ctx, tx, who, schoolID, source)
		if err != nil {
			return err
		}
		if len(l.Problems) > 0 || l.Digest != digest {
			return errs.Conflict("authoring.look_again")
		}
		if l.Same {
			id = l.Into
			return nil
		}
		id, changed = l.Pack.ID, true
		if l.Into == "" {
			p := Pack{ID: l.Pack.ID, SchoolID: schoolID, FileID: l.id, Draft: l.Pack}
			if base, ok := s.builtin.Pack(l.Pack.BasedOn.Pack, l.Pack.BasedOn.Version); ok {
				p.Origin = string(base.Source())
			}
			return s.begin(ctx, tx, who, p, "method.brought_in", now)
		}
		return s.replace(ctx, tx, who, l, now)
	})
	return id, changed, errs.Because(err, "bring a pack in at school %s", schoolID)
}

// replace puts what a file says into the draft that it is about. What stood there stays
// among the versions of its parts.
func (s *Service) replace(ctx context.Context, tx *db.Tx, who access.Who, l Look, now time.Time) error {
	p := l.into
	if err := access.Must(who, access.Edit, access.Object{Kind: access.Method, BoardID: who.BoardID, SchoolID: p.SchoolID, OwnerID: p.MadeBy}); err != nil {
		return err
	}
	before := p.Draft
	p.Draft = l.Pack
	for _, part := range partsOf(l.Pack) {
		if _, known := p.Parts[part]; !known || equal(Fill(before, part), Fill(l.Pack, part)) {
			continue
		}
		if err := keepPart(ctx, tx, &p, part, who.ID, now); err != nil {
			return err
		}
	}
	return s.change(ctx, tx, who, p, "method.brought_in", now)
}

func equal(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}
