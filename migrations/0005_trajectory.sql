-- +goose Up

-- The exact text of every method version that a trajectory uses or used.
create table method_version (
  method_id  text not null,
  version    text not null,
  hash       text not null,
  source     text not null,
  stored_at  text not null,
  primary key (method_id, version)
);

create table trajectory (
  id             text primary key,
  school_id      text not null references school (id),
  method_id      text not null,
  method_version text not null,
  focus_point_id text references focus_point (id),
  predecessor_id text references trajectory (id),
  title          text not null,
  question       text not null default '',
  state          text not null check (state in ('draft', 'active', 'paused', 'stopped', 'done')),
  state_reason   text not null default '',
  state_until_on text,
  open           boolean not null default true,
  sponsor_id     text references person (id),
  round          integer not null default 1,
  stage_id       text not null,
  visit_id       text not null,
  started_on     text not null,
  version        integer not null default 1,
  made_by        text not null,
  made_at        text not null,
  foreign key (method_id, method_version) references method_version (method_id, version)
);
create index trajectory_school on trajectory (school_id, state);

create table stage_visit (
  id            text primary key,
  trajectory_id text not null references trajectory (id),
  number        integer not null,
  stage_id      text not null,
  round         integer not null,
  move          text not null check (move in ('start', 'forward', 'back', 'before')),
  reason        text not null default '',
  link          text not null default '',
  decided_by    text not null,
  entered_at    text not null,
  left_at       text,
  unique (trajectory_id, number)
);

create table participant (
  trajectory_id text not null references trajectory (id),
  person_id     text not null references person (id),
  role          text not null check (role in ('lead', 'member', 'guest', 'begeleider')),
  constituency  text not null default '',
  stand_in_id   text references person (id),
  ends_on       text,
  joined_at     text not null,
  left_at       text,
  primary key (trajectory_id, person_id)
);
create index participant_person on participant (person_id);

create table trajectory_team (
  trajectory_id text not null references trajectory (id),
  team_id       text not null references team (id),
  primary key (trajectory_id, team_id)
);

-- What the team itself calls a criterion of a gate: met, partly or open, with a note.
create table gate_call (
  trajectory_id text not null references trajectory (id),
  visit_id      text not null references stage_visit (id),
  element_id    text not null,
  value         text not null check (value in ('met', 'partly', 'open')),
  note          text not null default '',
  called_by     text not null,
  called_at     text not null,
  primary key (visit_id, element_id)
);

-- A link by which pupils answer one question: no account, no name.
create table pupil_link (
  id            text primary key,
  trajectory_id text not null references trajectory (id),
  visit_id      text not null,
  element_id    text not null,
  hash          text not null unique,
  made_by       text not null,
  made_at       text not null,
  expires_at    text not null,
  closed_at     text
);
create index pupil_link_trajectory on pupil_link (trajectory_id);

-- A card that a person put away: until a day, or for good.
create table card_away (
  person_id     text not null references person (id),
  trajectory_id text not null references trajectory (id),
  card_id       text not null,
  until_on      text not null,
  primary key (person_id, trajectory_id, card_id)
);
