-- +goose Up

-- Who takes up an objection finds it in their own week.
create index decision_reaction_owner on decision_reaction (owner_id) where owner_id is not null;
