-- +goose Up

-- once: never twice is stronger than always once; handed_at notes that it goes to the
-- server now. until_at: after that it is no longer true.
alter table mail add column once boolean not null default false;
alter table mail add column until_at text;
alter table mail add column handed_at text;

-- How it stands with the mail server. There is one row.
create table mail_server (
  id            text primary key check (id = 'smtp'),
  away_since_at text,
  fault         text not null default '',
  reached_at    text,
  tested_at     text
);
insert into mail_server (id) values ('smtp');

-- What a person chose about mail. Without a row: as it comes.
create table mail_choice (
  person_id  text primary key references person (id),
  monday     boolean not null,
  changed_at text not null
);

-- The link below a mail by which it can be stopped: one of each week, without signing in.
create table mail_stop (
  person_id  text not null references person (id),
  week_on    text not null,
  hash       text not null unique,
  expires_at text not null,
  primary key (person_id, week_on)
);
create index mail_stop_expires on mail_stop (expires_at);

-- Addresses of a private calendar. hash is of the secret in it, which was shown once.
create table calendar_feed (
  id        text primary key,
  person_id text not null references person (id),
  hash      text not null unique,
  name      text not null,
  made_at   text not null
);
create index calendar_feed_person on calendar_feed (person_id);
