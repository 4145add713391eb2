-- +goose Up

-- What a group follows together: carried out as meant, mechanism (what is then different
-- for pupils), result, condition. unit is what is counted: lessons, mornings, classes.
create table indicator (
  id            text primary key,
  trajectory_id text not null references trajectory (id),
  kind          text not null check (kind in ('carried_out', 'mechanism', 'result', 'condition')),
  body          text not null,
  unit          text not null default '',
  position      integer not null,
  version       integer not null default 1,
  made_by       text not null,
  made_at       text not null,
  retired_at    text
);
create index indicator_trajectory on indicator (trajectory_id, position);

-- A short moment at which the group counts and looks. told is what it wrote, in versions,
-- with the totals that it counted together: so many of so many, and never who. There is
-- no row per person, and none can be made. told_version counts tellings, version counts
-- changes of the plan for the moment.
create table monitor_moment (
  id            text primary key,
  trajectory_id text not null references trajectory (id),
  visit_id      text not null,
  planned_on    text not null,
  question      text not null default '',
  minutes       integer not null,
  how           text not null check (how in ('count', 'observation', 'pupils')),
  state         text not null check (state in ('planned', 'held', 'skipped')),
  word          text not null default '',
  held_on       text,
  told          text not null default '{}',
  version       integer not null default 1,
  told_version  integer not null default 0,
  made_at       text not null,
  check ((state = 'held') = (held_on is not null))
);
create index monitor_moment_trajectory on monitor_moment (trajectory_id, planned_on);

-- 'Zo werken wij': the one page of a team. words and care are texts in versions.
create table agreement_page (
  trajectory_id text primary key references trajectory (id),
  words         text not null default '{}',
  care          text not null default '{}',
  caretaker_id  text references person (id),
  stand_in_id   text references person (id),
  buddy_id      text references person (id),
  care_since_on text,
  review_on     text,
  words_version integer not null default 0,
  care_version  integer not null default 0,
  changed       boolean not null default false,
  made_at       text not null
);
create index agreement_page_caretaker on agreement_page (caretaker_id);
create index agreement_page_stand_in on agreement_page (stand_in_id);

-- What a team always does. on_page: it stands on the one page, in core (what everybody
-- does) or room (own choice). meeting_id is the hour that it was settled in.
create table agreement (
  id            text primary key,
  trajectory_id text not null references trajectory (id),
  meeting_id    text,
  kind          text not null check (kind in ('core', 'room')),
  body          text not null,
  quality       text not null default '',
  state         text not null check (state in ('proposed', 'standing', 'retired')),
  on_page       boolean not null,
  position      integer not null,
  version       integer not null default 1,
  made_by       text not null,
  made_at       text not null,
  standing_on   text,
  retired_on    text
);
create index agreement_trajectory on agreement (trajectory_id, state, position);
create index agreement_meeting on agreement (meeting_id);

-- How it went, as the group said at a later hour.
create table agreement_kept (
  agreement_id text not null references agreement (id),
  asked_on     text not null,
  kept         text not null check (kept in ('met', 'partly', 'open')),
  primary key (agreement_id, asked_on)
);

-- The whole page as it was fixed, under a number.
create table agreement_version (
  trajectory_id text not null references agreement_page (trajectory_id),
  number        integer not null,
  reason        text not null default '',
  body          text not null,
  fixed_on      text not null,
  made_at       text not null,
  primary key (trajectory_id, number)
);

-- Somebody put their own name below the page. Nobody is listed who did not.
create table agreement_read (
  trajectory_id text not null references agreement_page (trajectory_id),
  person_id     text not null references person (id),
  primary key (trajectory_id, person_id)
);
create index agreement_read_person on agreement_read (person_id);

-- Something pinches, or somebody new asks. answer is what the caretaker does with it.
create table agreement_remark (
  id             text primary key,
  trajectory_id  text not null references agreement_page (trajectory_id),
  person_id      text not null references person (id),
  body           text not null,
  answer         text not null default '',
  answer_version integer not null default 0,
  answered_at    text,
  made_at        text not null,
  withdrawn_at   text
);
create index agreement_remark_trajectory on agreement_remark (trajectory_id, made_at);
create index agreement_remark_person on agreement_remark (person_id);

-- When one of the caretaker's tasks was done last. Only the last day is kept.
create table agreement_care_done (
  trajectory_id text not null references agreement_page (trajectory_id),
  item_id       text not null,
  done_on       text not null,
  primary key (trajectory_id, item_id)
);

-- Does it still hold, and do we still want it: counted together, totals only.
create table agreement_check (
  id            text primary key,
  trajectory_id text not null references agreement_page (trajectory_id),
  held_on       text not null,
  yes           integer not null,
  almost        integer not null,
  no_more       integer not null,
  wanted        text not null check (wanted in ('yes', 'changed', 'no')),
  note          text not null default '',
  made_at       text not null,
  check (yes >= 0 and almost >= 0 and no_more >= 0)
);
create index agreement_check_trajectory on agreement_check (trajectory_id, held_on);

-- How the group looked back on a cycle, once per stay in a stage, and what follows from it.
create table agreement_evaluation (
  id            text primary key,
  trajectory_id text not null references trajectory (id),
  visit_id      text not null,
  body          text not null,
  problem       text not null check (problem in ('gone', 'smaller', 'other')),
  outcome       text not null check (outcome in ('keep', 'back', 'cycle')),
  back_to       text not null default '',
  held_on       text not null,
  version       integer not null default 1,
  made_at       text not null,
  unique (trajectory_id, visit_id)
);
