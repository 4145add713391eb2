-- +goose Up

-- What came in from a board that a team kept elsewhere, so that the same card never comes in
-- twice. source is a hash of how that board knows it; rest is all that the card says, when it
-- did not all fit.
create table brought (
  trajectory_id text not null references trajectory (id),
  source        text not null,
  kind          text not null check (kind in ('task', 'agreement')),
  object_id     text not null,
  rest          text not null default '',
  came_at       text not null,
  primary key (trajectory_id, source)
);
