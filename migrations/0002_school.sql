-- +goose Up

create table board (
  id      text primary key,
  name    text not null,
  made_at text not null
);

-- Any levels between the board and a school: college, cluster, location.
create table level (
  id        text primary key,
  board_id  text not null references board (id),
  parent_id text references level (id),
  name      text not null
);
create index level_board on level (board_id);

create table school (
  id         text primary key,
  board_id   text not null references board (id),
  level_id   text references level (id),
  name       text not null,
  sector     text not null check (sector in ('po', 'vo', 'mbo', 'vl')),
  language   text not null check (language in ('nl', 'en')),
  zone       text not null,
  region     text not null default '',
  words      text not null default '{}',
  change_cap integer not null default 2,
  version    integer not null default 1,
  made_at    text not null
);
create index school_board on school (board_id);

create table team (
  id        text primary key,
  school_id text not null references school (id),
  kind      text not null check (kind in ('department', 'year', 'stream', 'plc', 'support', 'leadership', 'other')),
  name      text not null,
  made_at   text not null,
  unique (school_id, name)
);

create table person (
  id           text primary key,
  board_id     text not null references board (id),
  name         text not null,
  email        text not null,
  language     text not null default '' check (language in ('', 'nl', 'en')),
  theme        text not null default '' check (theme in ('', 'light', 'dark')),
  hue          integer not null default 25,
  working_days text not null default '[1,2,3,4,5]',
  away_until_on text,
  state        text not null check (state in ('invited', 'active', 'suspended', 'left')),
  guest        boolean not null default false,
  version      integer not null default 1,
  made_at      text not null,
  unique (board_id, email)
);
create index person_email on person (email);

-- Who works at which school, and as what (docent, mentor, timetabler: words of the school).
create table staff (
  person_id text not null references person (id),
  school_id text not null references school (id),
  functions text not null default '[]',
  subject   text not null default '',
  since_on  text,
  until_on  text,
  primary key (person_id, school_id)
);
create index staff_school on staff (school_id);

create table team_member (
  team_id   text not null references team (id),
  person_id text not null references person (id),
  primary key (team_id, person_id)
);
create index team_member_person on team_member (person_id);

-- What a person answers for. school_id and team_id are set as far as the kind asks.
create table role (
  id        text primary key,
  person_id text not null references person (id),
  kind      text not null check (kind in ('leader', 'team_leader', 'board', 'admin', 'privacy', 'timetabler')),
  board_id  text not null references board (id),
  school_id text references school (id),
  team_id   text references team (id),
  made_at   text not null
);
create index role_person on role (person_id);

create table school_year (
  id        text primary key,
  school_id text not null references school (id),
  name      text not null,
  starts_on text not null,
  ends_on   text not null,
  unique (school_id, name)
);

-- Holidays, and busy weeks in which nothing is asked. A busy week may be of one team.
create table calendar_period (
  id        text primary key,
  school_id text not null references school (id),
  team_id   text references team (id),
  kind      text not null check (kind in ('holiday', 'busy')),
  name      text not null,
  from_on   text not null,
  to_on     text not null
);
create index calendar_period_school on calendar_period (school_id, from_on);

-- The sentences of the school's vision.
create table vision_line (
  id         text primary key,
  school_id  text not null references school (id),
  position   integer not null,
  body       text not null,
  version    integer not null default 1,
  retired_at text
);
create index vision_line_school on vision_line (school_id, position);

create table focus_point (
  id             text primary key,
  school_id      text not null references school (id),
  trajectory_id  text,
  letter         text not null default '',
  title          text not null,
  body           text not null default '',
  state          text not null check (state in ('proposed', 'chosen', 'running', 'parked', 'done', 'passed_on')),
  vision_line_id text references vision_line (id),
  parked_for     text not null default '',
  keeper_id      text references person (id),
  reason         text not null default '',
  back_on        text,
  proposed_by    text not null references person (id),
  version        integer not null default 1,
  made_at        text not null
);
create index focus_point_school on focus_point (school_id, state);

create table focus_team (
  focus_point_id text not null references focus_point (id),
  team_id        text not null references team (id),
  primary key (focus_point_id, team_id)
);
