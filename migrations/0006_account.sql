-- +goose Up

-- What the door remembers of a person. The row appears at the first need.
-- joined_at is the first time that somebody came in by what is theirs, joined_way how: it
-- counts for who may be asked in a scan.
create table account (
  person_id       text primary key references person (id),
  joined_at       text,
  joined_way      text not null default '',
  passkey_always  boolean not null default false,
  locked_at       text,
  locked_until_at text,
  state_before    text not null default ''
);

-- One browser that is signed in. hash is of the reference in its cookie.
create table sign_in (
  id           text primary key,
  person_id    text not null references person (id),
  hash         text not null unique,
  device       text not null check (device in ('own', 'other', 'shared')),
  way          text not null check (way in ('mail', 'passkey', 'invitation', 'command', 'demo', 'school')),
  browser      text not null default '',
  made_at      text not null,
  ends_at      text not null,
  idle_ends_at text not null,
  seen_on      text not null,
  confirmed_at text,
  pending      boolean not null default false
);
create index sign_in_person on sign_in (person_id);
create index sign_in_idle on sign_in (idle_ends_at);

-- Links to come in by, and the codes that belong to them. Secrets are kept as hashes;
-- a code is hashed together with the ticket of the browser that asked for it.
-- person_id is null when somebody asked with an address that nobody has.
create table account_link (
  id          text primary key,
  kind        text not null check (kind in ('sign_in', 'invitation', 'confirm')),
  person_id   text references person (id),
  sign_in_id  text,
  hash        text not null unique,
  ticket_hash text not null default '',
  code_hash   text not null default '',
  next        text not null default '',
  way         text not null,
  reason      text not null default '',
  made_by     text not null,
  made_at     text not null,
  expires_at  text not null,
  spent_at    text,
  reusable    boolean not null default false
);
create index account_link_ticket on account_link (ticket_hash) where ticket_hash <> '';
create index account_link_person on account_link (person_id, kind);
create index account_link_expires on account_link (expires_at);

create table passkey (
  id            text primary key,
  person_id     text not null references person (id),
  credential_id text not null unique,
  credential    text not null,
  name          text not null,
  made_at       text not null,
  used_on       text
);
create index passkey_person on passkey (person_id);

-- A question put to an authenticator. It is answered once or never.
create table passkey_challenge (
  hash       text primary key,
  purpose    text not null check (purpose in ('add', 'sign_in', 'confirm')),
  person_id  text,
  sign_in_id text,
  ceremony   text not null,
  expires_at text not null
);
create index passkey_challenge_expires on passkey_challenge (expires_at);

create table api_token (
  id         text primary key,
  person_id  text not null references person (id),
  hash       text not null unique,
  name       text not null,
  scope      text not null check (scope in ('read', 'write')),
  made_at    text not null,
  expires_at text not null,
  used_on    text
);
create index api_token_person on api_token (person_id);

-- How often something went wrong, per minute. key is a hash.
create table attempt (
  key       text not null,
  window_at text not null,
  n         integer not null,
  primary key (key, window_at)
);
create index attempt_window on attempt (window_at);

-- What touched the safety of accounts and data: ids, never content. Each hash covers
-- the entry and the hash before it; the address stands outside it, it goes after 30 days.
create table security_log (
  seq         bigint primary key,
  at          text not null,
  actor_id    text not null,
  kind        text not null,
  object_kind text not null,
  object_id   text not null,
  board_id    text not null,
  reach       text not null check (reach in ('account', 'work', 'private')),
  address     text not null default '',
  hash        text not null
);
create index security_log_board on security_log (board_id, reach, seq);
create index security_log_actor on security_log (actor_id, seq);
create index security_log_object on security_log (object_id, seq);
create index security_log_at on security_log (at);

-- Where the chain of the security log begins and ends. There is one row.
create table security_head (
  id         text primary key check (id = 'log'),
  erased_seq bigint not null,
  erased     text not null,
  seq        bigint not null,
  hash       text not null,
  mac        text not null
);
insert into security_head (id, erased_seq, erased, seq, hash, mac) values ('log', 0, '', 0, '', '');
