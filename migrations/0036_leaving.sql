-- +goose Up

-- Since when somebody has left: what is only theirs goes thirty days later. Who had left
-- before this column counts from the first run that sees them.
alter table person add column left_at text;
create index person_left on person (left_at) where left_at is not null;

create table personal_export (
  id        text primary key,
  person_id text not null references person (id),
  state     text not null check (state in ('waiting', 'making', 'ready', 'failed', 'removed')),
  done      integer not null default 0,
  steps     integer not null default 0,
  bytes     bigint not null default 0,
  asked_at  text not null,
  ready_at  text,
  ends_at   text not null
);
create index personal_export_person on personal_export (person_id, asked_at);
create index personal_export_ends on personal_export (ends_at);

create table erasure (
  id           text primary key,
  person_id    text not null references person (id),
  board_id     text not null references board (id),
  asked_by     text not null,
  asked_at     text not null,
  runs_at      text,
  confirmed_by text,
  confirmed_at text,
  state        text not null check (state in ('asked', 'running', 'cleaning', 'done', 'withdrawn')),
  step         integer not null default 0,
  ended_at     text
);
create unique index erasure_open on erasure (person_id) where state in ('asked', 'running', 'cleaning');
create index erasure_board on erasure (board_id, state, asked_at);

-- One row a board: how its last run of what is over went.
create table retention_run (
  board_id   text primary key references board (id),
  at         text not null,
  state      text not null check (state in ('done', 'stopped', 'allowed')),
  why        text not null default '' check (why in ('', 'many', 'clock')),
  people     integer not null default 0,
  allowed_by text
);
