-- +goose Up
-- What those said who had to agree to a decision that was agreed subject to them. A row of its
-- own: a closed decision is never written again.
create table decision_word (
  decision_id text primary key references decision (id),
  agreed      boolean not null,
  body        text not null,
  heard_on    text not null,
  heard_by    text not null references person (id),
  heard_at    text not null
);
