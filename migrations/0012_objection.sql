-- +goose Up

-- The person who objected is asked whether the answer solves it. unsolved_at is when that
-- person last said: not yet. A new answer, or new words of the objection, ask again.
alter table decision_reaction add column unsolved_at text;
