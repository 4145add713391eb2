-- +goose Up

-- What a team knows and from whom: sources ('evidence'), explanations, findings, and what
-- was tried before ('attempt'). The words are in body, as kept in text_version. person_id
-- is who brought a source, or whose explanation it is. What was taken away keeps its words.
create table evidence_item (
  id            text primary key,
  trajectory_id text not null references trajectory (id),
  kind          text not null check (kind in ('evidence', 'explanation', 'finding', 'attempt')),
  body          text not null,
  person_id     text references person (id),
  shared_by     text,
  shared_at     text,
  version       integer not null default 1,
  made_by       text not null,
  made_at       text not null,
  removed_by    text,
  removed_at    text,
  check (kind = 'finding' or shared_at is null)
);
create index evidence_item_trajectory on evidence_item (trajectory_id, kind);
create index evidence_item_person on evidence_item (person_id);

-- What is needed for a trajectory to go well. Its words are in body; state, the person
-- asked and the days are those of the latest step. step is the number of that step, so
-- that nobody answers what has been answered meanwhile. open_since_on is empty while it
-- is promised or kept.
create table condition (
  id            text primary key,
  trajectory_id text not null references trajectory (id),
  body          text not null,
  essential     boolean not null default false,
  shared_time   boolean not null default false,
  state         text not null check (state in ('spotted', 'asked', 'promised', 'refused', 'later', 'kept', 'not_kept')),
  asked_id      text references person (id),
  answered_by   text references person (id),
  due_on        text,
  open_since_on text,
  step          integer not null default 0,
  version       integer not null default 1,
  made_by       text not null,
  made_at       text not null,
  removed_by    text,
  removed_at    text
);
create index condition_trajectory on condition (trajectory_id);
create index condition_asked on condition (asked_id, state);
create index condition_answered on condition (answered_by, state);

-- Every question and answer about a condition, as it was said; nothing here ever changes.
create table condition_step (
  condition_id text not null references condition (id),
  number       integer not null,
  state        text not null,
  said_by      text not null references person (id),
  asked_id     text references person (id),
  words        text not null default '',
  due_on       text,
  said_at      text not null,
  primary key (condition_id, number)
);

-- A leader lets a plan begin while essential conditions are open, and says why.
create table condition_waiver (
  id            text primary key,
  trajectory_id text not null references trajectory (id),
  conditions    text not null,
  reason        text not null,
  made_by       text not null references person (id),
  made_at       text not null
);
create index condition_waiver_trajectory on condition_waiver (trajectory_id);
