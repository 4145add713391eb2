-- +goose Up

-- A password with its second factor; there is no password alone. It opens something when it is
-- ready: when a code of the factor was shown to work. factor is sealed with a key that lies
-- outside the database; last_step is the moment of the last code that was used, so that none
-- works twice.
create table password (
  person_id text not null references person (id),
  ready     boolean not null,
  hash      text not null,
  factor    text not null,
  last_step bigint not null default 0,
  made_at   text not null,
  primary key (person_id, ready)
);

-- Codes for when the device with the factor is lost. mark is a hash with a key that lies outside
-- the database.
create table recovery_code (
  id        text primary key,
  person_id text not null references person (id),
  mark      text not null,
  used_at   text
);
create index recovery_code_person on recovery_code (person_id);

-- One more way in. The embedded engine cannot change a check: there the table is made anew.
/*postgres: alter table sign_in drop constraint sign_in_way_check; */
/*postgres: alter table sign_in add constraint sign_in_way_check check (way in ('mail', 'passkey', 'invitation', 'command', 'demo', 'school', 'password')); */
/*sqlite: create table sign_in_anew (
  id           text primary key,
  person_id    text not null references person (id),
  hash         text not null unique,
  device       text not null check (device in ('own', 'other', 'shared')),
  way          text not null check (way in ('mail', 'passkey', 'invitation', 'command', 'demo', 'school', 'password')),
  browser      text not null default '',
  made_at      text not null,
  ends_at      text not null,
  idle_ends_at text not null,
  seen_on      text not null,
  confirmed_at text,
  pending      boolean not null default false
); */
/*sqlite: insert into sign_in_anew (id, person_id, hash, device, way, browser, made_at, ends_at, idle_ends_at, seen_on, confirmed_at, pending)
  select id, person_id, hash, device, way, browser, made_at, ends_at, idle_ends_at, seen_on, confirmed_at, pending from sign_in; */
/*sqlite: drop table sign_in; */
/*sqlite: alter table sign_in_anew rename to sign_in; */
/*sqlite: create index sign_in_person on sign_in (person_id); */
/*sqlite: create index sign_in_idle on sign_in (idle_ends_at); */
