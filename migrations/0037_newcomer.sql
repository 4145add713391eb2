-- +goose Up

-- The colleague who helps somebody on the way who is new at a school. Who is new is read off
-- from staff.since_on and the calendar, never kept. helper_id is empty when nobody helps;
-- settled_at is when the newcomer said that they know the way. No column holds a reason, or
-- what somebody read.
create table newcomer (
  person_id  text not null references person (id),
  school_id  text not null references school (id),
  helper_id  text references person (id),
  named_by   text references person (id),
  named_at   text,
  settled_at text,
  primary key (person_id, school_id)
);
create index newcomer_helper on newcomer (helper_id);
create index newcomer_school on newcomer (school_id);
