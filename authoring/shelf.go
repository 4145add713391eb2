package authoring

import (
	"context"
	"strings"

	"leerkring/internal/db"
	"leerkring/method"
)

// shelf is the library of one school as it was made: as long as the database gives the same
// versions, nothing on it is different. So each node finds out by itself, with one query.
type shelf struct {
	versions string
	library  *method.Library
}

// mostShelves bounds what is kept in memory; who comes back is read again.
const mostShelves = 200

type shelved struct{ id, version string }

// Library is all that a school can begin with: our packs and what it published itself. Nobody
// is asked for a right here: it is for whoever may work at that school.
func (s *Service) Library(ctx context.Context, q db.Queryer, schoolID string) (*method.Library, error) {
	all, err := db.All(ctx, q, `select id, published from own_pack where school_id = $1 and published <> '' and retired_at is null order by id`,
		func(x *shelved) []any { return []any{&x.id, &x.version} }, schoolID)
	if err != nil || len(all) == 0 {
		return s.builtin, err
	}
	var b strings.Builder
	for _, x := range all {
		b.WriteString(x.id + " " + x.version + "\n")
	}
	s.mu.Lock()
	known, ok := s.shelves[schoolID]
	s.mu.Unlock()
	if ok && known.versions == b.String() {
		return known.library, nil
	}
	sources, err := db.All(ctx, q, `select v.source from own_pack o join own_pack_version v on v.pack_id = o.id and v.version = o.published
		where o.school_id = $1 and o.published <> '' and o.retired_at is null order by o.id`, db.Str, schoolID)
	if err != nil {
		return nil, err
	}
	var packs []*method.Pack
	for _, source := range sources {
		if p := read(source); p != nil {
			packs = append(packs, p)
		}
	}
	library := s.builtin.With(packs...)
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.shelves) >= mostShelves {
		clear(s.shelves)
	}
	s.shelves[schoolID] = shelf{b.String(), library}
	return library, nil
}
