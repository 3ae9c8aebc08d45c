-- One row a pair that the policy keeps. No foreign keys: checking two of them costs more
-- than writing the row, and a pair of a deleted side goes with the queue (see the queue's
-- migration), which is told of every deletion.
create table public.sponsorship_matches (
  event_id uuid not null,
  sponsor_id uuid not null,
  -- CONTRACT.md, Tables; DEFINITION.md, §6: rounded by the core, never cast from a float here.
  score numeric(5, 4) not null check (score between 0 and 1),
  -- The number. Lists and pages are ordered by it.
  score_exact double precision not null check (score_exact between 0 and 1),
  coverage double precision not null check (coverage between 0 and 1),
  overlap_metrics jsonb not null,
  -- A hash of all that the core computed: what a worker compares instead of the columns.
  digest bigint not null,
  config_fingerprint text not null,
  engine_version text not null,
  -- The generations of both sides from whose rows this value was written.
  sponsor_gen bigint not null,
  event_gen bigint not null,
  status text not null default 'pending' check (status in ('pending', 'suggested', 'accepted', 'rejected')),
  viewed_at timestamptz,
  contacted_at timestamptz,
  declined_reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (event_id, sponsor_id)
)
-- Text compressed once is not compressed again; room for updates of the status in place.
with (fillfactor = 95);
-- With the digest, so that a worker compares an entity's pairs without reading their rows.
create index sponsorship_matches_of_event on public.sponsorship_matches (event_id, score_exact desc, sponsor_id)
  include (digest);
create index sponsorship_matches_of_sponsor on public.sponsorship_matches (sponsor_id, score_exact desc, event_id)
  include (digest);
create index sponsorship_matches_decided on public.sponsorship_matches (status, updated_at)
  where status in ('accepted', 'rejected');

-- A pair that somebody acted on is kept and rescored whatever its score.
create function fit.is_decided(status text, contacted_at timestamptz) returns boolean
language sql immutable parallel safe set search_path = ''
return status in ('accepted', 'rejected') or contacted_at is not null;
-- In the words of the function, which the planner would not see through.
create index sponsorship_matches_acted_on on public.sponsorship_matches (event_id, sponsor_id)
  where status in ('accepted', 'rejected') or contacted_at is not null;

-- What was decided, on which score. Nothing can be learnt later from a score that was
-- overwritten. Append-only.
create table fit.match_decisions (
  id bigint generated always as identity primary key,
  event_id uuid not null,
  sponsor_id uuid not null,
  decision text not null check (decision in ('pending', 'suggested', 'accepted', 'rejected')),
  score numeric(5, 4) not null,
  score_exact double precision not null,
  config_fingerprint text not null,
  engine_version text not null,
  shown_position integer check (shown_position >= 1),
  reason_codes text[] not null default '{}',
  decided_by uuid,
  at timestamptz not null default now()
);
create index match_decisions_pair on fit.match_decisions (event_id, sponsor_id, at);
create index match_decisions_at on fit.match_decisions (at);
alter table fit.match_decisions enable row level security;
grant select on fit.match_decisions to service_role;

create function fit.refuse_change() returns trigger
language plpgsql set search_path = '' as $$
begin
  raise exception '% is append-only', tg_relid::regclass using errcode = 'restrict_violation';
end $$;
create trigger append_only before update or delete or truncate on fit.match_decisions
  for each statement execute function fit.refuse_change();

create function fit.record_decision() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  insert into fit.match_decisions (event_id, sponsor_id, decision, score, score_exact,
    config_fingerprint, engine_version, shown_position, reason_codes, decided_by)
  values (new.event_id, new.sponsor_id, new.status, new.score, new.score_exact,
    new.config_fingerprint, new.engine_version,
    nullif(current_setting('fit.shown_position', true), '')::integer,
    coalesce(nullif(current_setting('fit.reason_codes', true), '')::text[], '{}'),
    auth.uid());
  return null;
end $$;
-- Named columns: the worker's writes never touch the status, and never come here.
create trigger record_decision after update of status on public.sponsorship_matches
  for each row when (old.status is distinct from new.status) execute function fit.record_decision();

create function fit.touch_match() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.updated_at = now();
  return new;
end $$;
create trigger touch_match before update of status, viewed_at, contacted_at, declined_reason
  on public.sponsorship_matches for each row execute function fit.touch_match();

-- Decides with where the pair was shown and why: what an update of the status cannot say.
create function public.decide_match(event_id uuid, sponsor_id uuid, decision text,
  shown_position integer default null, reason_codes text[] default '{}', declined_reason text default null)
returns void language plpgsql set search_path = '' as $$
begin
  perform set_config('fit.shown_position', coalesce(decide_match.shown_position::text, ''), true),
          set_config('fit.reason_codes', decide_match.reason_codes::text, true);
  update public.sponsorship_matches m
  set status = decision, declined_reason = decide_match.declined_reason
  where m.event_id = decide_match.event_id and m.sponsor_id = decide_match.sponsor_id;
  if not found then
    raise exception 'no match of event % and sponsor %', event_id, sponsor_id using errcode = 'no_data_found';
  end if;
  perform set_config('fit.shown_position', '', true), set_config('fit.reason_codes', '', true);
end $$;
revoke execute on function public.decide_match from public, anon;
grant execute on function public.decide_match to authenticated, service_role;
