-- +goose Up

-- What a source said of a person the last time that people were brought in by it: so that the
-- same list changes nothing a second time, what people corrected themselves stays, and who is
-- not in the list any more is seen. key is the number of the source, or the mail address.
create table roster_entry (
  school_id text not null references school (id),
  source    text not null check (source in ('list', 'oneroster')),
  person_id text not null references person (id),
  key       text not null,
  given     text not null,
  came_at   text not null,
  gone_at   text,
  primary key (school_id, source, person_id)
);
create unique index roster_entry_key on roster_entry (school_id, source, key);
create index roster_entry_person on roster_entry (person_id);
