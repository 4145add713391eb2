-- +goose Up

-- What ended and may not come back from a backup: what was erased or withdrawn, sign-ins and
-- tokens that were ended, people who were suspended. object holds ids only. It is copied to a
-- file beside the data as well, and what a backup lacks of it is done again after a restore.
create table ledger (
  id     text primary key,
  at     text not null,
  kind   text not null,
  object text not null
);
create index ledger_at on ledger (at);

-- Copies of this installation that were made. checked_at: it was read back whole after it was
-- written. tried_at: it was restored in an empty place.
create table backup (
  id         text primary key,
  kind       text not null check (kind in ('asked', 'upgrade')),
  made_at    text not null,
  bytes      bigint not null,
  checked_at text,
  tried_at   text
);
create index backup_made on backup (made_at);
