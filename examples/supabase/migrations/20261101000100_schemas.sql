-- What nobody but the service may reach lives in a schema of its own, which PostgREST
-- does not expose: the queue, dead letters, decisions, partitions, helper functions.
-- Roles anon, authenticated and service_role, and auth.uid(), are Supabase's; for plain
-- Postgres see tests/plain_postgres.sql.
create schema if not exists fit;
comment on schema fit is 'Private half of the match system: not exposed by the API';
revoke all on schema fit from public;
-- Policies run with the caller's rights, and call helper functions there.
grant usage on schema fit to authenticated, service_role;

-- The one row that says how scores are made and which are kept. Here, so that every
-- worker and the edge function read the same, and so that a change marks everything dirty.
create table fit.settings (
  only_row boolean primary key default true check (only_row),
  -- The core's ScoringConfig; fields left out have its defaults.
  scoring jsonb not null default '{}' check (jsonb_typeof(scoring) = 'object'),
  -- Pairs at or above it are kept; with top_k, the best of every event and of every sponsor.
  min_score double precision not null default 0 check (min_score between 0 and 1),
  top_k integer check (top_k between 1 and 10000),
  max_attempts integer not null default 5 check (max_attempts between 1 and 100),
  backoff_base interval not null default '10 seconds' check (backoff_base > '0'),
  backoff_most interval not null default '1 hour' check (backoff_most > '0'),
  updated_at timestamptz not null default now()
);
alter table fit.settings enable row level security;
insert into fit.settings default values;
grant select, update on fit.settings to service_role;
