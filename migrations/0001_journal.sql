-- +goose Up

-- What happened: who, what, which object, when, which versions. Never text.
create table journal (
  seq           /*sqlite: integer primary key autoincrement */ /*postgres: bigint generated always as identity primary key */,
  txid          bigint not null default /*sqlite: 0 */ /*postgres: (pg_current_xact_id()::text::bigint) */,
  at            text not null,
  actor_id      text not null,
  kind          text not null,
  object_kind   text not null,
  object_id     text not null,
  school_id     text,
  trajectory_id text,
  from_version  integer not null default 0,
  to_version    integer not null default 0
);
create index journal_object on journal (object_kind, object_id, seq);
create index journal_trajectory on journal (trajectory_id, seq);

-- How far each reader of the journal has come.
create table journal_cursor (
  reader text primary key,
  seq    bigint not null
);

-- One write, one object: the reply to a request with this key is given again for a day.
create table idempotency (
  key        text not null,
  actor_id   text not null,
  made_at    text not null,
  status     integer not null,
  location   text not null default '',
  primary key (actor_id, key)
);
create index idempotency_made on idempotency (made_at);
