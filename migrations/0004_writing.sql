-- +goose Up

-- Every version of every text. kept: 'current' was the text of the object at that version,
-- 'conflict' was written on an older version and waits beside it until somebody merges.
create table text_version (
  id            text primary key,
  object_kind   text not null,
  object_id     text not null,
  version       integer not null,
  base_version  integer not null,
  kept          text not null check (kept in ('current', 'conflict', 'merged')),
  author_id     text not null,
  reason        text not null default '',
  body          text not null,
  made_at       text not null
);
create index text_version_object on text_version (object_kind, object_id, version);
create index text_version_author on text_version (author_id);

-- What a person is typing, per form; not journalled.
create table draft (
  person_id text not null references person (id),
  key       text not null,
  body      text not null,
  saved_at  text not null,
  primary key (person_id, key)
);

-- The chain behind every action: voice, evidence, finding, goal, decision.
create table why_link (
  from_kind     text not null,
  from_id       text not null,
  to_kind       text not null,
  to_id         text not null,
  relation      text not null,
  trajectory_id text not null,
  made_by       text not null,
  made_at       text not null,
  primary key (from_kind, from_id, to_kind, to_id, relation)
);
create index why_link_to on why_link (to_kind, to_id);
create index why_link_trajectory on why_link (trajectory_id);

-- What one person promised to do by when, and where it came from.
create table task (
  id            text primary key,
  school_id     text not null references school (id),
  trajectory_id text,
  source_kind   text not null default '',
  source_id     text not null default '',
  owner_id      text not null references person (id),
  body          text not null,
  due_on        text,
  state         text not null check (state in ('open', 'done', 'dropped')),
  made_by       text not null,
  made_at       text not null,
  settled_at    text,
  version       integer not null default 1
);
create index task_owner on task (owner_id, state, due_on);
create index task_trajectory on task (trajectory_id, state);
create index task_source on task (source_kind, source_id);

-- A person said 'not now' to something that the week asked.
create table week_later (
  person_id text not null references person (id),
  item      text not null,
  until_on  text not null,
  primary key (person_id, item)
);
