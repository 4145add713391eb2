-- +goose Up

-- A table or workshop beside others at one event. What follows it stands there before anybody
-- can choose it.
create table session_offer (
  id          text primary key,
  session_id  text not null references session (id),
  title       text not null,
  about       text not null default '',
  room        text not null default '',
  rounds      text not null default '[]',
  places      integer not null check (places >= 1),
  answers     text not null default '{}',
  follow_on   text,
  follow_text text not null default '',
  state       text not null check (state in ('proposed', 'open', 'dropped')),
  made_by     text not null references person (id),
  made_at     text not null,
  version     integer not null default 1,
  check (state <> 'open' or (follow_on is not null and follow_text <> ''))
);
create index session_offer_session on session_offer (session_id);

create table session_offer_host (
  offer_id  text not null references session_offer (id),
  person_id text not null references person (id),
  primary key (offer_id, person_id)
);
create index session_offer_host_of on session_offer_host (person_id);

-- What somebody would like in a round, and the seat that they have; no seat is waiting. A seat is
-- one person's, and a person has one seat in a round.
create table session_choice (
  session_id text not null references session (id),
  offer_id   text not null references session_offer (id),
  round      text not null,
  person_id  text not null references person (id),
  wish       integer not null check (wish between 1 and 3),
  seat       integer check (seat >= 1),
  line       integer not null,
  primary key (offer_id, round, person_id)
);
create unique index session_choice_seat on session_choice (offer_id, round, seat) where seat is not null;
create unique index session_choice_one on session_choice (session_id, round, person_id) where seat is not null;
create unique index session_choice_wish on session_choice (session_id, round, person_id, wish);
create index session_choice_of on session_choice (person_id, session_id);
