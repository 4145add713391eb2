-- +goose Up

-- What somebody takes along from a session: their own card, read by nobody else. It belongs to its
-- writer and stays until they erase it; the case and the notes of a circle keep their end date. Cards
-- that were written before this table stay session notes: they were promised to go with the rest.
-- ask says that it may be asked after. tried and useful are what came of it; tried_on is a day.
create table session_card (
  id         text primary key,
  session_id text not null references session (id),
  field_id   text not null,
  step       integer not null,
  person_id  text not null references person (id),
  body       text not null,
  choice     text not null default '',
  ask        boolean not null default true,
  tried      text not null default '' check (tried in ('', 'yes', 'partly', 'not_yet', 'other')),
  tried_body text not null default '',
  tried_on   text,
  useful     text not null default '' check (useful in ('', 'shared', 'kept')),
  made_at    text not null,
  version    integer not null default 1
);
create index session_card_session on session_card (session_id, step);
create index session_card_person on session_card (person_id, made_at);
