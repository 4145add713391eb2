-- +goose Up

-- What has to be done later, once. key is a hash: what it names is nobody's business.
-- payload holds ids only and is emptied when the work is done.
create table job (
  key            text primary key,
  kind           text not null,
  payload        text not null default '{}',
  state          text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  run_at         text not null,
  tries          integer not null default 0,
  lease          text not null default '',
  lease_ends_at  text,
  ended_at       text
);
create index job_waiting on job (run_at, key) where state = 'waiting';
create index job_ended on job (ended_at) where state <> 'waiting';

-- Mail on its way out. key is a hash; what a mail says is erased within seven days.
create table mail (
  id          text primary key,
  key         text not null unique,
  board_id    text not null,
  person_id   text,
  kind        text not null,
  private     boolean not null,
  secret      boolean not null,
  address     text not null,
  name        text not null default '',
  subject     text not null,
  body_text   text not null,
  body_html   text not null default '',
  unsubscribe text not null default '',
  state       text not null default 'waiting' check (state in ('waiting', 'sent', 'failed', 'withdrawn')),
  made_at     text not null,
  ended_at    text,
  emptied_at  text
);
create index mail_board on mail (board_id, made_at, id);
create index mail_person on mail (person_id, made_at, id);
create index mail_full on mail (made_at) where emptied_at is null;
