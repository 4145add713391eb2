package authoring

import (
	"context"
	"sync"
	"time"

	"leerkring/access"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/errs"
	"leerkring/internal/ident"
	"leerkring/journal"
	"leerkring/method"
	"leerkring/school"
	"leerkring/writing"
)

// Pack is a way of working of a school: its draft, and what was published of it.
type Pack struct {
	ID, SchoolID string
	FileID       string // the id in the file that it came from
	Origin       string // the text of the pack that it was made from
	Source       string
	Parts        map[string]int // the version of every part
	Version      int            // goes up with every change of the draft
	Published    string         // the newest version that was published
	MadeBy       string
	MadeAt       time.Time
	ChangedBy    string
	ChangedAt    time.Time
	RetiredAt    time.Time

	// Draft is Source, read.
	Draft *method.Pack
	// What this person may do with it.
	MayPublish bool
}

// Retired says that nobody begins with it any more.
func (p Pack) Retired() bool { return !p.RetiredAt.IsZero() }

// Base is the pack that it was made from, as it was that day; nil when nobody knows.
func (p Pack) Base() *method.Pack { return read(p.Origin) }

// Service is what can be done with the packs of a school.
type Service struct {
	db      *db.DB
	clock   clock.Clock
	builtin *method.Library

	mu      sync.Mutex
	shelves map[string]shelf // by school
}

// NewService returns the acts of this room; builtin are the packs that every school has.
func NewService(d *db.DB, c clock.Clock, builtin *method.Library) *Service {
	return &Service{db: d, clock: c, builtin: builtin, shelves: map[string]shelf{}}
}

// read reads a text that was checked before it was kept.
func read(source string) *method.Pack {
	if source == "" {
		return nil
	}
	p, _ := method.FromSource([]byte(source))
	return p
}

// object is a pack to the rights.
func object(boardID string, p Pack) access.Object {
	return access.Object{Kind: access.Method, BoardID: boardID, SchoolID: p.SchoolID, OwnerID: p.MadeBy}
}

// List gives the packs of a school, also those that nobody published yet. Who: whoever may
// read the ways of working there.
func (s *Service) List(ctx context.Context, who access.Who, schoolID string) ([]Pack, error) {
	sc, err := school.Read(ctx, s.db, schoolID)
	if err != nil {
		return nil, err
	}
	if err := access.Must(who, access.Edit, object(sc.BoardID, Pack{SchoolID: sc.ID})); err != nil {
		return nil, err
	}
	all, err := list(ctx, s.db, schoolID)
	for i := range all {
		all[i].Draft = read(all[i].Source)
		all[i].MayPublish = access.May(who, access.Share, object(sc.BoardID, all[i]))
	}
	return all, err
}

// One gives one pack of a school. Who: staff of that school.
func (s *Service) One(ctx context.Context, who access.Who, id string) (Pack, error) {
	p, _, err := reach(ctx, s.db, who, id, access.Edit)
	return p, err
}

// reach reads a pack for somebody who may do this with it.
func reach(ctx context.Context, q db.Queryer, who access.Who, id string, action access.Action) (Pack, access.Object, error) {
	p, err := find(ctx, q, id)
	if err != nil {
		return p, access.Object{}, err
	}
	sc, err := school.Read(ctx, q, p.SchoolID)
	if err != nil {
		return p, access.Object{}, err
	}
	o := object(sc.BoardID, p)
	if err := access.Must(who, action, o); err != nil {
		return Pack{}, o, err
	}
	if p.Draft = read(p.Source); p.Draft == nil {
		return Pack{}, o, errs.Because(errs.Absent(), "pack %s as it was stored", id)
	}
	p.MayPublish = access.May(who, access.Share, o)
	return p, o, nil
}

// Copy makes a draft of a pack that is on the shelf of the school, under a name of its own.
// Who: staff of the school.
func (s *Service) Copy(ctx context.Context, who access.Who, schoolID, methodID string, name method.Text) (string, error) {
	id := ""
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		sc, err := school.Read(ctx, tx, schoolID)
		if err != nil {
			return err
		}
		if err := access.Must(who, access.Create, object(sc.BoardID, Pack{SchoolID: sc.ID})); err != nil {
			return err
		}
		library, err := s.Library(ctx, tx, sc.ID)
		if err != nil {
			return err
		}
		from, ok := library.Latest(methodID)
		if !ok {
			return errs.Absent()
		}
		id = idFrom(from)
		own, problems := from.Own(id, "1.0.0")
		if own == nil {
			return errs.Because(errs.Absent(), "copy of %s: %v", methodID, problems)
		}
		values := own.Values()
		values.Name = name
		if own, problems = method.Rewrite(values); own == nil || len(method.Faults(problems)) > 0 {
			return errs.Invalid("form.characters").On("name")
		}
		return s.begin(ctx, tx, who, Pack{ID: id, SchoolID: sc.ID, Origin: string(from.Source()), Draft: own}, "method.copied", now)
	})
	return id, errs.Because(err, "copy %s at school %s", methodID, schoolID)
}

// idFrom is a new id for what comes from a pack: its name and a few letters by chance, so
// that no school finds out which names another one uses.
func idFrom(p *method.Pack) string {
	root := p.ID
	if p.BasedOn.Pack != "" {
		root = p.BasedOn.Pack
	}
	return root[:min(len(root), 40)] + "-x" + ident.Code(6)
}

// begin keeps a new draft, with the first version of each of its parts.
func (s *Service) begin(ctx context.Context, tx *db.Tx, who access.Who, p Pack, kind string, now time.Time) error {
	p.Source, p.Version, p.Parts = string(p.Draft.Source()), 1, map[string]int{}
	p.MadeBy, p.MadeAt, p.ChangedBy, p.ChangedAt = who.ID, now, who.ID, now
	for _, part := range partsOf(p.Draft) {
		if err := keepPart(ctx, tx, &p, part, who.ID, now); err != nil {
			return err
		}
	}
	if err := insert(ctx, tx, p); err != nil {
		return err
	}
	return journal.Append(ctx, tx, entry(p, who, kind, 0, 1, now))
}

func entry(p Pack, who access.Who, kind string, from, to int, now time.Time) journal.Entry {
	return journal.Entry{At: now, ActorID: who.ID, Kind: kind, ObjectKind: "own_pack", ObjectID: p.ID, SchoolID: p.SchoolID, From: from, To: to}
}

func partsOf(p *method.Pack) []string { return append([]string{PackPart}, p.Order...) }

// RefOf names a part to the versions of its words.
func RefOf(id, part string) writing.Ref { return writing.Ref{Kind: "own_pack", ID: id + "/" + part} }

// keepPart keeps the words of a part as its next version.
func keepPart(ctx context.Context, tx *db.Tx, p *Pack, part, authorID string, now time.Time) error {
	at := p.Parts[part]
	next, _, err := writing.Keep(ctx, tx, writing.Save{Ref: RefOf(p.ID, part), AuthorID: authorID, Base: at, Current: at, Body: Fill(p.Draft, part), Now: now})
	p.Parts[part] = next
	return err
}

// Saved is what became of a save: done when all is empty; else nothing changed, and either
// somebody was first or something cannot be.
type Saved struct {
	Clash    *writing.Clash
	Both     []string // keys that both changed
	Problems []method.Problem
	Pack     *method.Pack // to which the problems belong
}

// Save puts a body into a part. base is the version of the part that the person had read;
// when a colleague changed other values of it meanwhile, both stay. Who: staff of the school.
func (s *Service) Save(ctx context.Context, who access.Who, id, part string, base int, body writing.Body) (Saved, error) {
	var out Saved
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		out = Saved{}
		if err := lock(ctx, tx, id); err != nil {
			return err
		}
		p, _, err := reach(ctx, tx, who, id, access.Edit)
		if err != nil {
			return err
		}
		at, ok := p.Parts[part]
		if !ok || base > at {
			return errs.Absent()
		}
		if base < at {
			if body, err = join(ctx, tx, p, part, base, who, body, &out, now); err != nil || out.Clash != nil {
				return err
			}
		}
		changed, ok := Apply(p.Draft, part, body)
		if !ok {
			return errs.Absent()
		}
		next, problems := s.check(ctx, tx, p.SchoolID, changed)
		if len(problems) > 0 {
			out.Problems, out.Pack = problems, next
			if next == nil {
				out.Pack = p.Draft
			}
			return nil
		}
		if err := writing.DropOwn(ctx, tx, who.ID, typingIn(id, part)); err != nil || next.Hash() == p.Draft.Hash() {
			return err
		}
		p.Draft = next
		if err := keepPart(ctx, tx, &p, part, who.ID, now); err != nil {
			return err
		}
		if err := writing.Merged(ctx, tx, RefOf(p.ID, part), who.ID); err != nil {
			return err
		}
		return s.change(ctx, tx, who, p, "method.changed", now)
	})
	return out, errs.Because(err, "save %s of %s", part, id)
}

// join brings together what two people did to one part.
func join(ctx context.Context, tx *db.Tx, p Pack, part string, base int, who access.Who, body writing.Body, out *Saved, now time.Time) (writing.Body, error) {
	ref := RefOf(p.ID, part)
	was, err := writing.At(ctx, tx, ref, base)
	if err != nil {
		return nil, err
	}
	joined, both := Join(was.Body, Fill(p.Draft, part), body)
	if len(both) == 0 {
		return joined, nil
	}
	_, out.Clash, err = writing.Keep(ctx, tx, writing.Save{Ref: ref, AuthorID: who.ID, Base: base, Current: p.Parts[part], Body: joined, Now: now})
	out.Both = both
	return joined, err
}

// change writes a draft that was changed, with the versions of parts that are new or gone.
func (s *Service) change(ctx context.Context, tx *db.Tx, who access.Who, p Pack, kind string, now time.Time) error {
	kept := map[string]int{}
	for _, part := range partsOf(p.Draft) {
		if _, ok := p.Parts[part]; !ok {
			if err := keepPart(ctx, tx, &p, part, who.ID, now); err != nil {
				return err
			}
		}
		kept[part] = p.Parts[part]
	}
	p.Parts, p.Source, p.ChangedBy, p.ChangedAt = kept, string(p.Draft.Source()), who.ID, now
	if err := update(ctx, tx, p); err != nil {
		return err
	}
	return journal.Append(ctx, tx, entry(p, who, kind, p.Version, p.Version+1, now))
}

// check writes values down and tells what keeps them from being a pack of this school.
func (s *Service) check(ctx context.Context, q db.Queryer, schoolID string, values method.Pack) (*method.Pack, []method.Problem) {
	p, problems := method.Rewrite(values)
	if p == nil {
		return nil, problems
	}
	library, err := s.Library(ctx, q, schoolID)
	if err == nil {
		problems = append(problems, library.Missing(p)...)
	}
	return p, method.Faults(problems)
}

// Publish makes a version of the draft that never changes again; from now on people begin
// with it. base is the version of the draft that the person had read. Who: the maker and
// the leader.
func (s *Service) Publish(ctx context.Context, who access.Who, id string, base int) (string, error) {
	version := ""
	now := s.clock.Now()
	err := s.db.Write(ctx, func(tx *db.Tx) error {
		if err := lock(ctx, tx, id); err != nil {
			return err
		}
		p, _, err := reach(ctx, tx, who, id, access.Share)
		if err != nil {
			return err
		}
		if p.Version != base {
			return errs.Conflict("form.changed_meanwhile")
		}
		if p.Published != "" {
			last, err := versionOf(ctx, tx, p.ID, p.Published)
			if err != nil {
				return err
			}
			if len(method.Differences(read(last), p.Draft)) == 0 && !p.Retired() {
				return errs.Invalid("authoring.nothing_new")
			}
		}
		version = after(p.Published)
		values := p.Draft.Values()
		values.Version = version
		next, problems := s.check(ctx, tx, p.SchoolID, values)
		if len(problems) > 0 {
			return errs.Invalid("authoring.still_faults")
		}
		p.Draft, p.Published, p.RetiredAt = next, version, time.Time{}
		if err := insertVersion(ctx, tx, p, who.ID, now); err != nil {
			return err
		}
		return s.change(ctx, tx, who, p, "method.published", now)
	})
	return version, errs.Because(err, "publish %s", id)
}

// Retire takes a pack off the shelf, or puts it back. Teams that walk it go on. Who: the
// maker and the leader.
func (s *Service) Retire(ctx context.Context, who access.Who, id string, off bool) error {
	now := s.clock.Now()
	return s.db.Write(ctx, func(tx *db.Tx) error {
		if err := lock(ctx, tx, id); err != nil {
			return err
		}
		p, _, err := reach(ctx, tx, who, id, access.Remove)
		if err != nil || p.Retired() == off {
			return err
		}
		kind := "method.returned"
		if p.RetiredAt = (time.Time{}); off {
			kind, p.RetiredAt = "method.retired", now
		}
		return s.change(ctx, tx, who, p, kind, now)
	})
}

// Last is the newest version that was published; nil when there is none. The caller has
// reached the pack.
func (s *Service) Last(ctx context.Context, p Pack) (*method.Pack, error) {
	if p.Published == "" {
		return nil, nil
	}
	source, err := versionOf(ctx, s.db, p.ID, p.Published)
	return read(source), err
}

// Take gives the text of a pack as one file: the draft, or with a version what was published.
// Who: staff of the school.
func (s *Service) Take(ctx context.Context, who access.Who, id, version string) (name string, source []byte, err error) {
	p, _, err := reach(ctx, s.db, who, id, access.Export)
	if err != nil {
		return "", nil, err
	}
	if version == "" {
		return p.ID, []byte(p.Source), nil
	}
	text, err := versionOf(ctx, s.db, p.ID, version)
	return p.ID + "-" + version, []byte(text), err
}
