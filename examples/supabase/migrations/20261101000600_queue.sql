-- The queue is a dirty set: one row an entity, whatever the number of its pairs. A change
-- raises gen; work done on gen g sets done_gen to g; so a change that arrives while the
-- row is worked on is never lost.
create table fit.fit_dirty (
  side text not null check (side in ('sponsor', 'event')),
  id uuid not null,
  gen bigint not null default 1 check (gen >= 1),
  done_gen bigint not null default 0,
  -- When the oldest change happened that is not done, and when the newest did.
  first_dirty_at timestamptz not null default clock_timestamp(),
  changed_at timestamptz not null default clock_timestamp(),
  -- The oldest change since the claim, so that a long claim hides no age.
  next_dirty_at timestamptz,
  not_before timestamptz not null default '-infinity',
  lease_until timestamptz,
  lease_token uuid,
  claimed_gen bigint,
  attempts integer not null default 0,
  last_error text,
  -- Given up at this generation; a newer change is tried anew.
  dead_gen bigint,
  -- How far a large entity got, and in which generation.
  cursor uuid,
  cursor_gen bigint,
  processed_at timestamptz,
  primary key (side, id),
  check (done_gen <= gen)
) with (fillfactor = 70);
create index fit_dirty_due on fit.fit_dirty (side, first_dirty_at, id) where gen > done_gen;
alter table fit.fit_dirty enable row level security;

create table fit.fit_recalc_dead (
  side text not null,
  id uuid not null,
  gen bigint not null,
  attempts integer not null,
  error text not null,
  first_dirty_at timestamptz not null,
  died_at timestamptz not null default clock_timestamp(),
  primary key (side, id, gen)
);
alter table fit.fit_recalc_dead enable row level security;
grant select on fit.fit_dirty, fit.fit_recalc_dead to service_role;

-- Writers of one side take this lock in a mode that lets each other in and the other
-- side's writers not. A pair is written by its sponsor's worker or by its event's; with
-- the gate each sees all that the other committed, and a value that is as it was can be
-- left alone, its generations too, without a stale worker slipping in between.
create table fit.write_gate ();
alter table fit.write_gate enable row level security;

create function fit.enqueue(p_side text, p_ids uuid[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  queued integer;
  at timestamptz := clock_timestamp();
begin
  insert into fit.fit_dirty as d (side, id)
  -- In key order: two that overlap wait for each other, and never both ways.
  select p_side, ids.id from (select distinct unnest(p_ids) as id) ids where ids.id is not null order by ids.id
  on conflict (side, id) do update set
    gen = d.gen + 1,
    changed_at = at,
    first_dirty_at = case when d.gen = d.done_gen then at else d.first_dirty_at end,
    next_dirty_at = case when d.lease_token is null then null
                         else coalesce(d.next_dirty_at, at) end,
    not_before = '-infinity', attempts = 0, last_error = null;
  get diagnostics queued = row_count;
  return queued;
end $$;

-- Takes the oldest due entities of a side, or of the side that has the oldest, for as long
-- as the lease says: at most so many, and of more than one at most so many pairs. One token
-- for the batch: who holds it may write.
create function fit.claim(p_limit integer, p_lease interval, p_side text default null, p_pairs bigint default null)
returns table (side text, id uuid, gen bigint, after_id uuid, attempts integer, token uuid)
language plpgsql security definer set search_path = '' as $$
#variable_conflict use_column
declare
  batch_token uuid := gen_random_uuid();
  chosen text := p_side;
  most bigint := p_limit;
  others bigint;
begin
  if p_limit < 1 or p_lease <= interval '0' then
    raise exception 'limit % and lease % must be above 0', p_limit, p_lease using errcode = 'invalid_parameter_value';
  end if;
  if chosen is null then
    -- One look a side: together they would have to be sorted, however many wait.
    select oldest.side into chosen from (values ('sponsor'), ('event')) as sides (side) cross join lateral (
      select d.side, d.first_dirty_at from fit.fit_dirty d
      where d.side = sides.side and d.gen > d.done_gen and d.not_before <= clock_timestamp()
        and (d.lease_until is null or d.lease_until <= clock_timestamp())
        and d.gen > coalesce(d.dead_gen, 0)
      order by d.first_dirty_at, d.id limit 1) oldest
    order by oldest.first_dirty_at limit 1;
  end if;
  if p_pairs is not null then
    select greatest(count(*), 1) into others from (
      select from public.events where chosen = 'sponsor' union all
      select from public.sponsor_targeting where chosen = 'event' limit p_pairs) counted;
    most := least(p_limit, greatest(p_pairs / others, 1));
  end if;
  return query
  with due as (
    select d.side, d.id from fit.fit_dirty d
    where d.side = chosen and d.gen > d.done_gen and d.not_before <= clock_timestamp()
      and (d.lease_until is null or d.lease_until <= clock_timestamp())
      and d.gen > coalesce(d.dead_gen, 0)
    order by d.first_dirty_at, d.id
    limit most
    for update skip locked
  )
  update fit.fit_dirty d set
    lease_until = clock_timestamp() + p_lease, lease_token = batch_token, claimed_gen = d.gen,
    next_dirty_at = null,
    cursor = case when d.cursor_gen = d.gen then d.cursor end
  from due where (d.side, d.id) = (due.side, due.id)
  returning d.side, d.id, d.gen, d.cursor, d.attempts, batch_token;
end $$;

-- Opens the writing part of a batch, in the caller's transaction: waits for the gate, locks
-- the batch's rows against another claim, and returns those that are still the caller's and
-- as they were when their rows were read. The others are somebody else's, or dirty again.
create function fit.open_write(p_side text, p_token uuid, p_ids uuid[], p_gens bigint[])
returns setof uuid
language plpgsql security definer set search_path = '' as $$
begin
  if p_side = 'sponsor' then
    lock table fit.write_gate in row exclusive mode;
  else
    lock table fit.write_gate in share mode;
  end if;
  return query
  select d.id from fit.fit_dirty d
  join unnest(p_ids, p_gens) as mine (id, gen) on d.id = mine.id
  where d.side = p_side and d.lease_token = p_token and d.gen = mine.gen
  order by d.id
  for update of d;
end $$;

-- Waits for the gate and shuts it: for a policy whose lists depend on every row.
create function fit.shut_gate() returns void
language plpgsql security definer set search_path = '' as $$
begin
  lock table fit.write_gate in exclusive mode;
end $$;

-- Of the other side's rows that were read, those that have changed since: their pairs are
-- left to the workers of those changes.
create function fit.changed_since(p_side text, p_ids uuid[], p_gens bigint[]) returns setof uuid
language sql stable security definer set search_path = '' as $$
  select was.id from unnest(p_ids, p_gens) as was (id, gen)
  left join fit.fit_dirty d on d.side = p_side and d.id = was.id
  where coalesce(d.gen, 0) <> was.gen
$$;

-- Rewrites pairs that are stored, where they differ and were not made from newer rows. Pairs
-- that are not stored are plainly inserted: behind the gate, with both entities locked or
-- unchanged, nobody else inserts them, and a check for a conflict costs a third of the write.
create function fit.update_matches(p_event_ids uuid[], p_sponsor_ids uuid[], p_scores numeric[],
  p_exact double precision[], p_coverages double precision[], p_metrics jsonb[], p_digests bigint[],
  p_event_gens bigint[], p_sponsor_gens bigint[], p_fingerprint text, p_engine_version text)
returns bigint
language plpgsql security definer set search_path = ''
-- By the primary key, in the order in which the pairs come: any other plan reads the table.
set enable_hashjoin = off set enable_mergejoin = off as $$
declare written bigint;
begin
  update public.sponsorship_matches m set
    score = r.score, score_exact = r.exact, coverage = r.coverage, overlap_metrics = r.metrics, digest = r.digest,
    config_fingerprint = p_fingerprint, engine_version = p_engine_version,
    event_gen = r.event_gen, sponsor_gen = r.sponsor_gen, updated_at = now()
  from unnest(p_event_ids, p_sponsor_ids, p_scores, p_exact, p_coverages, p_metrics, p_digests,
    p_event_gens, p_sponsor_gens)
    as r (event_id, sponsor_id, score, exact, coverage, metrics, digest, event_gen, sponsor_gen)
  where m.event_id = r.event_id and m.sponsor_id = r.sponsor_id
    and r.event_gen >= m.event_gen and r.sponsor_gen >= m.sponsor_gen
    and (m.digest, m.config_fingerprint) is distinct from (r.digest, p_fingerprint);
  get diagnostics written = row_count;
  return written;
end $$;

-- Removes pairs that the policy does not keep. One that somebody has just acted on stays, unless
-- it has no score any more, and its entity is looked at again: then it is known to be kept.
create function fit.remove_matches(p_side text, p_ids uuid[], p_other_ids uuid[], p_is_scored boolean[])
returns bigint
language plpgsql security definer set search_path = ''
-- A plan for either side would read the whole table.
set plan_cache_mode = force_custom_plan as $$
declare
  removed bigint;
  spared uuid[];
begin
  delete from public.sponsorship_matches m using unnest(p_ids, p_other_ids, p_is_scored) as gone (id, other, is_scored)
  where m.sponsor_id = case p_side when 'sponsor' then gone.id else gone.other end
    and m.event_id = case p_side when 'sponsor' then gone.other else gone.id end
    and not (gone.is_scored and fit.is_decided(m.status, m.contacted_at));
  get diagnostics removed = row_count;
  spared := array(select distinct gone.id from unnest(p_ids, p_other_ids) as gone (id, other)
    join public.sponsorship_matches m
      on m.sponsor_id = case p_side when 'sponsor' then gone.id else gone.other end
      and m.event_id = case p_side when 'sponsor' then gone.other else gone.id end);
  perform fit.enqueue(p_side, spared);
  return removed;
end $$;

-- Removes every match of entities that are gone.
create function fit.remove_matches_of(p_side text, p_ids uuid[]) returns bigint
language plpgsql security definer set search_path = '' as $$
declare removed bigint;
begin
  if p_side = 'sponsor' then
    delete from public.sponsorship_matches where sponsor_id = any(p_ids);
  else
    delete from public.sponsorship_matches where event_id = any(p_ids);
  end if;
  get diagnostics removed = row_count;
  return removed;
end $$;

create function fit.complete(p_side text, p_token uuid, p_ids uuid[]) returns integer
language plpgsql security definer set search_path = '' as $$
declare completed integer;
begin
  update fit.fit_dirty d set done_gen = d.claimed_gen, processed_at = clock_timestamp(),
    first_dirty_at = case when d.gen > d.claimed_gen
      then coalesce(d.next_dirty_at, d.changed_at) else d.first_dirty_at end,
    next_dirty_at = null, lease_until = null, lease_token = null, claimed_gen = null,
    attempts = 0, last_error = null, cursor = null, cursor_gen = null
  where d.side = p_side and d.lease_token = p_token and d.id = any(p_ids);
  get diagnostics completed = row_count;
  return completed;
end $$;

-- Gives claimed entities back before their time: at a graceful stop, or when a large one
-- has used its budget of rows and keeps its place.
create function fit.release(p_side text, p_token uuid, p_ids uuid[], p_cursor uuid default null) returns integer
language plpgsql security definer set search_path = '' as $$
declare released integer;
begin
  update fit.fit_dirty d set
    cursor = case when p_cursor is not null then p_cursor else d.cursor end,
    cursor_gen = case when p_cursor is not null then d.claimed_gen else d.cursor_gen end,
    lease_until = null, lease_token = null, claimed_gen = null, next_dirty_at = null
  where d.side = p_side and d.lease_token = p_token and d.id = any(p_ids);
  get diagnostics released = row_count;
  return released;
end $$;

-- Notes a failure: later again, each time later still and not all at once, until there were
-- too many; then the entity is dead, with the error, until it changes. A dead entity's
-- undecided matches go: they are scores of rows that are no more.
create function fit.fail(p_side text, p_token uuid, p_ids uuid[], p_error text) returns integer
language plpgsql security definer set search_path = ''
-- A plan for either side would read the whole table.
set plan_cache_mode = force_custom_plan as $$
declare
  settings fit.settings;
  died uuid[];
begin
  select * into strict settings from fit.settings;
  with failed as (
    update fit.fit_dirty d set attempts = d.attempts + 1, last_error = left(p_error, 2000),
      lease_until = null, lease_token = null, next_dirty_at = null, claimed_gen = null,
      not_before = clock_timestamp() + (0.5 + random() / 2) *
        least(settings.backoff_most, settings.backoff_base * power(2, least(d.attempts, 30))),
      dead_gen = case when d.attempts + 1 >= settings.max_attempts then d.claimed_gen else d.dead_gen end
    where d.side = p_side and d.lease_token = p_token and d.id = any(p_ids)
    returning d.id, d.dead_gen, d.attempts, d.first_dirty_at, d.attempts >= settings.max_attempts as is_dead
  ), buried as (
    insert into fit.fit_recalc_dead (side, id, gen, attempts, error, first_dirty_at)
    select p_side, f.id, f.dead_gen, f.attempts, left(p_error, 2000), f.first_dirty_at from failed f where f.is_dead
    on conflict (side, id, gen) do update set attempts = excluded.attempts, error = excluded.error,
      died_at = clock_timestamp()
    returning id
  )
  select array_agg(id) into died from buried;
  if died is not null then
    delete from public.sponsorship_matches m
    where case p_side when 'sponsor' then m.sponsor_id else m.event_id end = any(died)
      and not fit.is_decided(m.status, m.contacted_at);
  end if;
  return coalesce(cardinality(died), 0);
end $$;

-- Marks dead entities dirty again, once what killed them is mended.
create function public.fit_retry_dead() returns integer
language plpgsql security definer set search_path = '' as $$
declare queued integer := 0;
begin
  select coalesce(sum(fit.enqueue(sides.side, sides.ids)), 0) into queued from (
    select d.side, array_agg(d.id) as ids from fit.fit_dirty d where d.dead_gen = d.gen group by d.side) sides;
  return queued;
end $$;

-- The queue of CONTRACT.md, for the queries of its Monitoring.
create view public.fit_recalc_queue with (security_invoker = true) as
select side, case side when 'sponsor' then id end as sponsor_id, case side when 'event' then id end as event_id,
  first_dirty_at as queued_at, case when gen > done_gen then null else processed_at end as processed_at,
  attempts, last_error
from fit.fit_dirty;

create view public.v_fit_queue_health with (security_invoker = true) as
select
  count(*) filter (where waiting) as depth,
  count(*) filter (where waiting and side = 'sponsor') as sponsors,
  count(*) filter (where waiting and side = 'event') as events,
  -- The oldest, not the newest: the newest is always young.
  coalesce(extract(epoch from clock_timestamp() - min(first_dirty_at) filter (where waiting)), 0)::double precision
    as oldest_age_seconds,
  count(*) filter (where waiting and lease_until > clock_timestamp()) as in_work,
  count(*) filter (where waiting and not_before > clock_timestamp()) as backing_off,
  count(*) filter (where gen > done_gen and not waiting) as dead,
  count(*) filter (where processed_at > clock_timestamp() - interval '5 minutes') as processed_in_5_minutes
from (select d.*, gen > done_gen and gen > coalesce(dead_gen, 0) as waiting from fit.fit_dirty d) dirty;

revoke execute on all functions in schema fit from public;
revoke execute on function public.fit_retry_dead from public, anon, authenticated;
grant execute on function fit.enqueue, fit.claim, fit.open_write, fit.shut_gate, fit.changed_since, fit.update_matches,
  fit.remove_matches, fit.remove_matches_of, fit.complete, fit.release, fit.fail, public.fit_retry_dead to service_role;
revoke all on public.fit_recalc_queue, public.v_fit_queue_health from anon, authenticated;
grant select on public.fit_recalc_queue, public.v_fit_queue_health to service_role;
