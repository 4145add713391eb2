-- +goose Up

-- The plan of a trajectory: there is one, made at the first edit. Its own words are in
-- body, as kept in text_version. revision counts every change to anything in it; standing
-- is the number of the version that is in force, 0 while none is.
create table plan (
  trajectory_id text primary key references trajectory (id),
  body          text not null default '{}',
  state         text not null check (state in ('concept', 'discussed', 'to_decision', 'settled')),
  standing      integer not null default 0,
  revision      integer not null default 0,
  version       integer not null default 0,
  discussed_at  text,
  put_up_at     text,
  settled_at    text,
  made_by       text not null,
  made_at       text not null
);

-- Goals, actions, what everybody does, own choice, who hears what, moments to look back.
-- position runs 1, 2, 3 … inside a kind; something that was taken away keeps its words.
create table plan_item (
  id            text primary key,
  trajectory_id text not null references plan (trajectory_id),
  kind          text not null check (kind in ('goal', 'action', 'core', 'room', 'hearing', 'look')),
  position      integer not null,
  body          text not null,
  owner_id      text references person (id),
  from_on       text,
  to_on         text,
  version       integer not null default 1,
  made_by       text not null,
  made_at       text not null,
  removed_by    text,
  removed_at    text
);
create index plan_item_plan on plan_item (trajectory_id, kind, position);
create index plan_item_owner on plan_item (owner_id);

-- The whole plan as it was put up, under a number. adjusts is the number of the version
-- in force that it took the place of.
create table plan_version (
  trajectory_id text not null references plan (trajectory_id),
  number        integer not null,
  frozen_for    text not null check (frozen_for in ('discussion', 'decision', 'adjustment')),
  reason        text not null default '',
  decided_by    text not null default '',
  adjusts       integer not null default 0,
  revision      integer not null,
  body          text not null,
  made_by       text not null,
  made_at       text not null,
  primary key (trajectory_id, number)
);

-- A proposal. With plan_number it is about that version of the plan of the same
-- trajectory. A closed decision is never changed; a later one may follow it, once.
-- closed_at is the moment that is shown, sealed_at the database's own clock.
create table decision (
  id             text primary key,
  trajectory_id  text not null references trajectory (id),
  plan_number    integer,
  predecessor_id text unique references decision (id),
  form           text not null check (form in ('open', 'secret')),
  audience       text not null check (audience in ('plg', 'teams', 'school')),
  title          text not null,
  body           text not null default '',
  minutes        integer not null,
  closes_on      text not null,
  opened_by      text not null,
  opened_at      text not null,
  outcome        text check (outcome in ('agreed', 'agreed_subject_to', 'not_now', 'no', 'withdrawn')),
  reason         text not null default '',
  subject_to     text not null default '',
  subject_who    text not null default '',
  knowingly      boolean not null default false,
  tally          text,
  closed_by      text,
  closed_at      text,
  sealed_at      text,
  foreign key (trajectory_id, plan_number) references plan_version (trajectory_id, number),
  check ((outcome is null) = (closed_at is null))
);
create index decision_trajectory on decision (trajectory_id, opened_at);
create unique index decision_one_open on decision (trajectory_id) where closed_at is null and plan_number is not null;

-- Who was asked: fixed when the decision opens.
create table decision_asked (
  decision_id text not null references decision (id),
  person_id   text not null references person (id),
  primary key (decision_id, person_id)
);
create index decision_asked_person on decision_asked (person_id);

-- One reaction of each person who was asked, and what was done with it: who takes up an
-- objection by when, and the answer. answered_version is the version of the reaction
-- that the answer is to. put_at is the database's own clock.
create table decision_reaction (
  id               text primary key,
  decision_id      text not null,
  person_id        text not null,
  choice           text not null check (choice in ('agree', 'wish', 'objection')),
  body             text not null default '',
  version          integer not null default 1,
  changed_at       text not null,
  put_at           text not null,
  owner_id         text references person (id),
  due_on           text,
  answer           text not null default '',
  answer_version   integer not null default 0,
  answered_version integer not null default 0,
  answered_by      text,
  answered_at      text,
  solved_at        text,
  unique (decision_id, person_id),
  foreign key (decision_id, person_id) references decision_asked (decision_id, person_id)
);
create index decision_reaction_person on decision_reaction (person_id);
