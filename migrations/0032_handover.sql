-- +goose Up
-- Work that somebody gave to colleagues, or that was taken over from them. lasts says until when:
-- for good, while away, until they take it back, or for days that an admin set (a substitute).
-- No column says why somebody is away. It is erased a month after it ended.
create table handover (
  id        text primary key,
  school_id text not null references school (id),
  kind      text not null check (kind in ('own', 'taken', 'substitute')),
  from_id   text not null references person (id),
  to_id     text references person (id),
  lasts     text not null check (lasts in ('good', 'away', 'press', 'days')),
  from_on   text,
  until_on  text,
  teams     text not null default '[]',
  made_by   text not null,
  made_at   text not null,
  begun_at  text,
  ended_at  text
);
create index handover_from on handover (from_id, ended_at);
create index handover_to on handover (to_id, ended_at);

-- One thing of it: with whom it is now, and what that person was before.
create table handover_item (
  id            text primary key,
  handover_id   text not null references handover (id),
  school_id     text not null references school (id),
  trajectory_id text references trajectory (id),
  kind          text not null,
  item_id       text not null,
  position      integer not null,
  to_id         text not null references person (id),
  was           text not null default '',
  state         text not null check (state in ('with', 'back', 'stays')),
  ended_at      text
);
create index handover_item_of on handover_item (handover_id);
create index handover_item_to on handover_item (to_id, state);
create index handover_item_trajectory on handover_item (trajectory_id, state);
