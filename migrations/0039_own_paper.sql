-- +goose Up

-- The name that a plan which a team had already gives itself, to say where something came from.
alter table plan_paper add column title text not null default '';

-- What waits beside a plan can be shortened; earlier words are kept as versions.
alter table plan_line add column version integer not null default 1;

-- What did not fit on a card can be put away, and taken back.
alter table brought add column away_by text;
alter table brought add column away_at text;
