-- +goose Up

-- A protocol that people hold together at one time. Where it stands follows from when its step
-- began: no process keeps the time. floor is who has the word while a step lasts.
create table session (
  id             text primary key,
  board_id       text not null references board (id),
  school_id      text not null references school (id),
  trajectory_id  text references trajectory (id),
  visit_id       text references stage_visit (id),
  method_id      text not null,
  method_version text not null,
  circle         text not null check (circle in ('closed', 'team', 'school')),
  title          text not null default '',
  starts_at      text not null,
  place          text not null default '',
  state          text not null check (state in ('planned', 'running', 'closed', 'cancelled')),
  host_id        text not null references person (id),
  step           integer not null default 0,
  laps           integer not null default 0,
  step_at        text,
  paused_at      text,
  extra_seconds  integer not null default 0,
  extended       integer not null default 0,
  stopped        boolean not null default false,
  floor          text not null default '{}',
  begun_at       text,
  closed_at      text,
  erase_on       text,
  version        integer not null default 1,
  made_by        text not null references person (id),
  made_at        text not null
);
create index session_trajectory on session (trajectory_id);
create index session_school on session (school_id, starts_at);
create index session_open on session (state) where state = 'running';
create index session_erase on session (erase_on) where erase_on is not null;

-- Who is asked and who is there. from_step is the first step that somebody was there for: what
-- was said before stays closed to who came later.
create table session_person (
  session_id text not null references session (id),
  person_id  text not null references person (id),
  role       text not null default '',
  place      integer not null default 0,
  state      text not null check (state in ('invited', 'in', 'out')),
  from_step  integer not null default 0,
  primary key (session_id, person_id)
);
create index session_person_of on session_person (person_id, session_id);

-- What is written in a closed circle, on a private pad, or for one person. It is erased with its
-- session's end date, unless its writer keeps it.
create table session_note (
  id         text primary key,
  session_id text not null references session (id),
  field_id   text not null,
  step       integer not null,
  person_id  text not null references person (id),
  body       text not null,
  choice     text not null default '',
  kept       boolean not null default false,
  made_at    text not null,
  version    integer not null default 1
);
create index session_note_session on session_note (session_id, step);

-- What a team writes in a session that belongs to its work: it stays, as minutes do.
create table session_line (
  id         text primary key,
  session_id text not null references session (id),
  field_id   text not null,
  step       integer not null,
  person_id  text not null references person (id),
  body       text not null,
  choice     text not null default '',
  kept       boolean not null default false,
  made_at    text not null,
  version    integer not null default 1
);
create index session_line_session on session_line (session_id, step);

-- A choice among what was written: a vote, or a word that is put on it.
create table session_mark (
  session_id text not null references session (id),
  text_id    text not null,
  person_id  text not null references person (id),
  step       integer not null,
  mark       text not null,
  primary key (session_id, text_id, person_id)
);

-- What somebody lets go further than the circle, word by word.
create table session_release (
  id            text primary key,
  session_id    text not null references session (id),
  school_id     text not null references school (id),
  trajectory_id text references trajectory (id),
  person_id     text not null references person (id),
  kind          text not null check (kind in ('insight', 'agreement')),
  body          text not null,
  made_at       text not null,
  withdrawn_at  text,
  version       integer not null default 1
);
create index session_release_session on session_release (session_id);
create index session_release_trajectory on session_release (trajectory_id, made_at);

-- A task that somebody is busy with stands in the middle lane of the week board.
alter table task add column begun_at text;
