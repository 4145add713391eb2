-- +goose Up

-- A picture that somebody put beside words: about_kind and about_id say which. While both
-- are empty it waits, for its maker alone, until the form it was chosen in is accepted.
-- The file lies beside the database under the id; hash tells whether it is still whole.
create table picture (
  id         text primary key,
  school_id  text not null references school (id),
  author_id  text references person (id),
  about_kind text not null default '',
  about_id   text not null default '',
  alt        text not null default '',
  width      integer not null check (width > 0),
  height     integer not null check (height > 0),
  bytes      integer not null check (bytes > 0),
  hash       text not null,
  made_at    text not null,
  check ((about_kind = '') = (about_id = '')),
  check ((about_id = '') = (alt = ''))
);
create index picture_about on picture (about_kind, about_id);
create index picture_author on picture (author_id);
create index picture_school on picture (school_id);
create index picture_waiting on picture (made_at) where about_id = '';
