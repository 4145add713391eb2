-- +goose Up

-- How a session went, as who was there answered it for themselves: how many gave each answer, and
-- apart from that who answered, without a moment. Nothing leads from the one to the other. When the
-- asking ends the marks go, and so do the counts when there are fewer than five answers.
create table session_process (
  session_id text not null references session (id),
  answer     integer not null check (answer between 1 and 5),
  n          integer not null check (n >= 1),
  primary key (session_id, answer)
);
create table session_process_mark (
  session_id text not null references session (id),
  person_id  text not null references person (id),
  primary key (session_id, person_id)
);
