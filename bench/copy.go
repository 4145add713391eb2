package main

import (
	"context"
	"time"

	"leerkring/internal/clock"
	"leerkring/internal/db"
	"leerkring/internal/ident"
)

// copySaid adds one contribution with the shape of a real one.
func copySaid(ctx context.Context, tx *db.Tx, like, trajectory, visit, school, person string, now time.Time) error {
	id := ident.At(now)
	if _, err := db.Exec(ctx, tx, `insert into contribution (id, trajectory_id, visit_id, element_id, kind, body, author_id, made_at, made_on)
		values ($1, $2, $3, 'f1.q1', 'voice', 'Vandaag zag ik dat zeven leerlingen niet wisten wat ze moesten doen, terwijl het op het bord stond.', $4, $5, $6)`,
		id, trajectory, visit, person, now, clock.On(now, time.UTC)); err != nil {
		return err
	}
	_, err := db.Exec(ctx, tx, `insert into journal (at, actor_id, kind, object_kind, object_id, school_id, trajectory_id, to_version) values ($1, $2, 'contribution.added', 'contribution', $3, $4, $5, 1)`,
		now, person, id, school, trajectory)
	return err
}
