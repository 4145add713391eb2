-- +goose Up
-- Whose stand-in somebody is, is asked on every page that lists one's own trajectories.
create index participant_stand_in on participant (stand_in_id) where stand_in_id is not null;
