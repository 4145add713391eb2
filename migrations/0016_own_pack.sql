-- +goose Up

-- A way of working as a school wrote it. The id is that of the pack, and no other school has
-- it. source is the draft that colleagues work on, parts the version of each piece of it;
-- origin is the pack that it was made from, with the text of that day; file_id is the id in
-- the file that it was brought in with, so that the same file is known again.
create table own_pack (
  id          text primary key,
  school_id   text not null references school (id),
  file_id     text not null default '',
  origin      text not null default '',
  source      text not null,
  parts       text not null,
  version     integer not null default 1,
  published   text not null default '',
  made_by     text not null,
  made_at     text not null,
  changed_by  text not null,
  changed_at  text not null,
  retired_at  text
);
create index own_pack_school on own_pack (school_id);
create unique index own_pack_file on own_pack (school_id, file_id) where file_id <> '';

-- What was published of it. A published version never changes.
create table own_pack_version (
  pack_id      text not null references own_pack (id),
  version      text not null,
  hash         text not null,
  source       text not null,
  published_by text not null,
  published_at text not null,
  primary key (pack_id, version)
);
