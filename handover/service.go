package handover

import (
	"context"
	"slices"

	"leerkring/access"
	"leerkring/carry"
	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/school"
	"leerkring/trajectory"
)

// Service hands over what people carry.
type Service struct {
	db           *db.DB
	clock        clock.Clock
	schools      *school.Service
	trajectories *trajectory.Service
	sources      []carry.Source
	by           map[carry.Kind]carry.Source
	keeper       carry.Keeper // the room of pages that somebody keeps alive; nil when there is none
}

// NewService returns the acts of this room; the sources are the rooms in which people carry
// something.
func NewService(d *db.DB, c clock.Clock, s *school.Service, t *trajectory.Service, sources ...carry.Source) *Service {
	x := &Service{db: d, clock: c, schools: s, trajectories: t, sources: sources, by: map[carry.Kind]carry.Source{}}
	for _, src := range sources {
		if k, ok := src.(carry.Keeper); ok {
			x.keeper = k
		}
		for _, kind := range src.Kinds() {
			x.by[kind] = src
		}
	}
	return x
}

// carried gathers what people carry. That somebody takes part is left out: it is no work to hand
// over.
func (s *Service) carried(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	all, err := s.all(ctx, q, of)
	return slices.DeleteFunc(all, func(i carry.Item) bool { return i.Kind == carry.Member }), err
}

func (s *Service) all(ctx context.Context, q db.Queryer, of carry.Of) ([]carry.Item, error) {
	if len(of.People) == 0 {
		return nil, nil
	}
	var out []carry.Item
	for _, src := range s.sources {
		list, err := src.Carried(ctx, q, of)
		if err != nil {
			return nil, err
		}
		out = append(out, list...)
	}
	sorted(out)
	return out, nil
}

// Nobodys is what nobody carries any more in a trajectory: the account of who had it is closed. In
// a constant number of queries. The caller may read the trajectory.
func (s *Service) Nobodys(ctx context.Context, q db.Queryer, seen trajectory.Seen) ([]carry.Item, error) {
	closed, err := db.All(ctx, q, `select id from person where board_id = $1 and state in ('suspended', 'left') order by id`, db.Str, seen.School.BoardID)
	if err != nil {
		return nil, err
	}
	return s.carried(ctx, q, carry.Of{People: closed, TrajectoryID: seen.ID})
}

// self is the thing that an own page is about, as the rights see it.
func self(who access.Who) access.Object {
	return access.Object{Kind: access.Account, BoardID: who.BoardID, OwnerID: who.ID}
}
