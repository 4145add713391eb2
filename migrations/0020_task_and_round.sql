-- +goose Up

-- The text of a session that a task was made of: one task from one text, ever. It says where
-- words came from, never who said them.
alter table task add column text_id text;
create unique index task_text on task (text_id) where text_id is not null;

-- From a round to the next one.
create index trajectory_predecessor on trajectory (predecessor_id) where predecessor_id is not null;
