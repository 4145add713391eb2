-- +goose Up

-- A question asked of a named circle: with names at once, blind first, or as ratings.
-- answered and asked are counts, frozen at closing; who they were is kept nowhere.
create table round (
  id            text primary key,
  trajectory_id text not null references trajectory (id),
  school_id     text not null references school (id),
  visit_id      text not null references stage_visit (id),
  element_id    text not null default '',
  form          text not null check (form in ('named', 'blind', 'rating')),
  audience      text not null check (audience in ('plg', 'school', 'teams')),
  closes_on     text not null,
  opened_by     text not null references person (id),
  opened_at     text not null,
  closed_by     text,
  closed_at     text,
  closed_why    text not null default '' check (closed_why in ('', 'lead', 'date', 'all')),
  answered      integer not null default 0,
  asked         integer not null default 0,
  check ((element_id = '') = (form = 'rating'))
);
create index round_trajectory on round (trajectory_id);
create unique index round_open on round (visit_id, element_id) where closed_at is null;
create index round_wide on round (school_id) where closed_at is null and audience <> 'plg';

create table round_team (
  round_id text not null references round (id),
  team_id  text not null references team (id),
  primary key (round_id, team_id)
);

-- The candidates that a round of ratings is about; fixed at opening.
create table round_candidate (
  round_id       text not null references round (id),
  focus_point_id text not null references focus_point (id),
  primary key (round_id, focus_point_id)
);

-- What one person says: an answer to a question, a reply, or a reaction to something.
-- A pupil's has no author and no moment finer than a day.
create table contribution (
  id              text primary key,
  trajectory_id   text not null references trajectory (id),
  visit_id        text not null references stage_visit (id),
  element_id      text not null default '',
  about_kind      text not null default '',
  about_id        text not null default '',
  round_id        text references round (id),
  parent_id       text references contribution (id),
  focus_point_id  text references focus_point (id),
  kind            text not null check (kind in ('voice', 'fact', 'solution', 'worry', 'success', 'wish')),
  chip            text not null default '',
  body            text not null,
  source          text not null default '',
  link            text not null default '',
  other_sound     boolean not null default false,
  by_pupil        boolean not null default false,
  author_id       text references person (id),
  outside         boolean not null default false,
  late            boolean not null default false,
  made_at         text not null,
  made_on         text not null,
  edited_at       text,
  withdrawn       text not null default '' check (withdrawn in ('', 'author', 'lead')),
  outcome         text not null default '' check (outcome in ('', 'taken', 'partly', 'kept')),
  settled_note    text not null default '',
  settled_by      text references person (id),
  settled_at      text,
  settled_version integer not null default 0,
  version         integer not null default 1,
  check ((element_id = '') <> (about_kind = '')),
  check (not by_pupil or author_id is null)
);
create index contribution_visit on contribution (visit_id, element_id);
create index contribution_trajectory on contribution (trajectory_id, about_kind, about_id);
create index contribution_round on contribution (round_id, author_id);
create index contribution_parent on contribution (parent_id);
create index contribution_author on contribution (author_id);

-- What one person finds of one candidate, until the round closes; then it is erased.
create table rating (
  focus_point_id text not null references focus_point (id),
  person_id      text not null references person (id),
  round_id       text not null references round (id),
  importance     integer not null check (importance between 1 and 5),
  effort         integer not null check (effort between 1 and 5),
  primary key (focus_point_id, person_id)
);
create index rating_round on rating (round_id, person_id);

-- What a closed round of ratings shows, as it was shown first: hundredths, zero for what
-- is not shown.
create table rating_figure (
  round_id          text not null references round (id),
  focus_point_id    text not null references focus_point (id),
  answers           integer not null,
  importance_middle integer not null,
  importance_low    integer not null,
  importance_high   integer not null,
  importance_apart  boolean not null,
  effort_middle     integer not null,
  effort_low        integer not null,
  effort_high       integer not null,
  effort_apart      boolean not null,
  primary key (round_id, focus_point_id)
);
