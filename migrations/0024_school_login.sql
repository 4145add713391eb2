-- +goose Up

-- A login of a school elsewhere, by which its people come in. secret is sealed with a key that
-- lies outside the database. vouches: who answers for this board's accounts confirmed that the
-- login stands for the addresses on its roster. looked is what the last try of it found.
create table login_provider (
  id        text primary key,
  board_id  text not null references board (id),
  kind      text not null check (kind in ('entra', 'google', 'surfconext', 'entree', 'smartschool', 'other')),
  name      text not null,
  issuer    text not null,
  client_id text not null,
  secret    text not null,
  allowed   text not null default '[]',
  vouches   boolean not null default false,
  enabled   boolean not null default false,
  looked    text not null default '{}',
  made_at   text not null,
  version   integer not null default 1
);
create unique index login_provider_is on login_provider (board_id, issuer);

-- Whom such a login calls by which name. Issuer and subject together are an identity, at one
-- board; a mail address is none.
create table login_identity (
  id        text primary key,
  person_id text not null references person (id),
  board_id  text not null references board (id),
  issuer    text not null,
  subject   text not null,
  made_at   text not null,
  used_on   text
);
create unique index login_identity_is on login_identity (board_id, issuer, subject);
create index login_identity_person on login_identity (person_id);

-- A browser that is away to such a login. It comes back once or never. hash is of the state,
-- browser of the secret in its cookie; what is asked of the login is made from both and kept
-- nowhere.
create table login_visit (
  hash        text primary key,
  browser     text not null,
  provider_id text not null,
  purpose     text not null check (purpose in ('sign_in', 'confirm', 'link', 'test')),
  person_id   text,
  sign_in_id  text,
  invitation  text not null default '',
  next        text not null default '',
  device      text not null default '',
  made_at     text not null,
  expires_at  text not null
);
create index login_visit_expires on login_visit (expires_at);
