-- +goose Up

-- The colour of a school on paper.
alter table school add column colour text not null default 'blue';
