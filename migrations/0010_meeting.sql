-- +goose Up

create table meeting (
  id              text primary key,
  trajectory_id   text not null references trajectory (id),
  visit_id        text not null,
  starts_at       text not null,
  minutes         integer not null,
  place           text not null default '',
  bring           text not null default '',
  guests          text not null default '[]',
  state           text not null check (state in ('draft', 'ready', 'live', 'closed', 'cancelled')),
  host_id         text references person (id),
  keeper_id       text references person (id),
  timekeeper_id   text references person (id),
  current_item_id text,
  started_at      text,
  closed_at       text,
  version         integer not null default 1,
  made_by         text not null,
  made_at         text not null
);
create index meeting_trajectory on meeting (trajectory_id, starts_at);

create table meeting_item (
  id          text primary key,
  meeting_id  text not null references meeting (id),
  position    integer not null,
  part        text not null check (part in ('share', 'learn', 'decide', 'organise')),
  question    text not null,
  reason      text not null default '',
  element_id  text not null default '',
  minutes     integer not null,
  started_at  text,
  ended_at    text,
  spent_seconds integer not null default 0,
  removed_at  text
);
create index meeting_item_meeting on meeting_item (meeting_id, position);

create table meeting_note (
  id           text primary key,
  meeting_id   text not null references meeting (id),
  item_id      text not null references meeting_item (id),
  person_id    text not null references person (id),
  said_by      text not null default '',
  body         text not null,
  version      integer not null default 1,
  made_at      text not null,
  withdrawn_at text
);
create index meeting_note_meeting on meeting_note (meeting_id, made_at);

-- Who was there, for the minutes; never counted over meetings.
create table meeting_present (
  meeting_id text not null references meeting (id),
  person_id  text not null references person (id),
  primary key (meeting_id, person_id)
);
