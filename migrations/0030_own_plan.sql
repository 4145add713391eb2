-- +goose Up

-- Each time that a team took over a plan which it had already.
create table plan_paper (
  id            text primary key,
  trajectory_id text not null references plan (trajectory_id),
  made_by       text not null,
  made_at       text not null
);
create index plan_paper_plan on plan_paper (trajectory_id);

-- What was read in it, line by line. What waits beside the plan has its words here; what has
-- its place in the plan has them there. digest is the line as it was read, so that the same
-- paper brings nothing twice.
create table plan_line (
  id            text primary key,
  trajectory_id text not null references plan (trajectory_id),
  paper_id      text not null references plan_paper (id),
  position      integer not null,
  head          text not null default '',
  body          text not null default '',
  digest        text not null,
  state         text not null check (state in ('waiting', 'placed', 'away')),
  settled_by    text,
  settled_at    text,
  made_by       text not null,
  made_at       text not null,
  unique (trajectory_id, digest)
);
create index plan_line_waiting on plan_line (trajectory_id, state, position);
