-- +goose Up

-- What a leader decided about a focus point for the year to come, who and when; it takes
-- effect when that year is opened. A stopped one is done to a program one version older.
alter table focus_point add column stopped boolean not null default false;
alter table focus_point add column year_name text not null default '';
alter table focus_point add column decided_by text references person (id);
alter table focus_point add column decided_at text;
alter table focus_point add column after_choice text not null default '' check (after_choice in ('', 'goes_on', 'parked', 'stopped'));
alter table focus_point add column after_until text not null default '';
alter table focus_point add column after_reason text not null default '';
alter table focus_point add column after_by text references person (id);
alter table focus_point add column after_at text;

-- A school year that was opened, once. began is what it began with, by id; undo is what stood
-- before, for who opened too soon and sees it the same day.
create table year_opening (
  school_id text not null references school (id),
  year_id   text not null references school_year (id),
  began     text not null,
  undo      text not null,
  opened_by text not null references person (id),
  opened_at text not null,
  primary key (school_id, year_id)
);

-- A lead said that the team goes on after a school year. Nobody is listed who did not say.
-- A year that is taken out of the calendar leaves its row behind, which nobody reads.
create table trajectory_goes_on (
  trajectory_id text not null references trajectory (id),
  year_id       text not null,
  said_by       text not null references person (id),
  said_at       text not null,
  primary key (trajectory_id, year_id)
);
create index trajectory_goes_on_year on trajectory_goes_on (year_id);
