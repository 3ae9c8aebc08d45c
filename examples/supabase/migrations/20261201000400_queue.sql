-- Users do not wait for the worker. What cannot be marked at once, because somebody holds its row,
-- is put into an inbox, and the next claim marks it. Nothing is lost: it is there in the transaction
-- of the change, and whatever was written from older rows meanwhile is written anew.
create table fit.fit_inbox (
  n bigint generated always as identity primary key,
  side text not null check (side in ('sponsor', 'event')),
  id uuid not null,
  at timestamptz not null default clock_timestamp()
);
alter table fit.fit_inbox enable row level security;
grant select on fit.fit_inbox to service_role;

-- Raises the generation of those whose rows nobody holds, makes rows of those that have none, and
-- returns both. No order matters: nobody is waited for.
create function fit.mark_dirty(p_side text, p_ids uuid[], p_at timestamptz) returns uuid[]
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  marked uuid[];
  made uuid[];
begin
  with free as materialized (
    select d.id from (select distinct unnest(p_ids) as id) asked join fit.fit_dirty d on d.side = p_side and d.id = asked.id
    order by d.id for update of d skip locked
  ), raised as (
    update fit.fit_dirty d set
      gen = d.gen + 1,
      changed_at = p_at,
      first_dirty_at = case when d.gen = d.done_gen then p_at else d.first_dirty_at end,
      next_dirty_at = case when d.lease_token is null then null else coalesce(d.next_dirty_at, p_at) end,
      not_before = '-infinity', attempts = 0, last_error = null
    from free where d.side = p_side and d.id = free.id
    returning d.id
  ) select array_agg(id) into marked from raised;
  with inserted as (
    insert into fit.fit_dirty (side, id, first_dirty_at, changed_at)
    select p_side, missing.id, p_at, p_at from (
      select distinct asked.id from unnest(p_ids) as asked (id)
      where not exists (select from fit.fit_dirty d where d.side = p_side and d.id = asked.id) order by asked.id) missing
    on conflict (side, id) do nothing
    returning id
  ) select array_agg(id) into made from inserted;
  return coalesce(marked, '{}') || coalesce(made, '{}');
end $$;

create or replace function fit.enqueue(p_side text, p_ids uuid[]) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ids uuid[] := array(select distinct id from unnest(p_ids) as asked (id) where id is not null);
  marked uuid[];
begin
  if cardinality(ids) = 0 then return 0; end if;
  marked := fit.mark_dirty(p_side, ids, clock_timestamp());
  insert into fit.fit_inbox (side, id)
  select p_side, id from (select unnest(ids) as id except select unnest(marked)) left_over;
  return cardinality(ids);
end $$;

-- Marks what waits in the inbox, as far as its rows are free.
create function fit.fold_inbox() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  taken record;
  marked uuid[];
  folded integer := 0;
begin
  for taken in
    select side, array_agg(id) as ids, array_agg(n) as numbers, min(at) as at from (
      select n, side, id, at from fit.fit_inbox order by n limit 10000 for update skip locked) waiting
    group by side
  loop
    marked := fit.mark_dirty(taken.side, taken.ids, taken.at);
    delete from fit.fit_inbox i using unnest(taken.numbers) as t (n)
    where i.n = t.n and i.id in (select unnest(marked));
    folded := folded + cardinality(marked);
  end loop;
  return folded;
end $$;

-- A worker that is alive says so every few seconds; what a silent one holds is free.
create table fit.workers (
  worker uuid primary key,
  started_at timestamptz not null default clock_timestamp(),
  seen_at timestamptz not null default clock_timestamp(),
  engine_version text
);
alter table fit.workers enable row level security;
grant select on fit.workers to service_role;
alter table fit.settings
  -- No lease is longer: one that says so was written by a clock that was wrong, or by hand.
  add column longest_lease interval not null default '1 hour' check (longest_lease > '0'),
  add column silence interval not null default '15 seconds' check (silence > '0');
alter table fit.fit_dirty add column worker uuid, add column died_at timestamptz;

create function fit.beat(p_worker uuid, p_engine_version text default null) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into fit.workers as w (worker, engine_version) values (p_worker, p_engine_version)
  on conflict (worker) do update set seen_at = clock_timestamp(), engine_version = coalesce(p_engine_version, w.engine_version);
  delete from fit.workers w where w.seen_at < clock_timestamp() - interval '1 day';
end $$;

create function fit.is_free(lease_until timestamptz, worker uuid, longest interval, silence interval) returns boolean
language sql stable
return lease_until is null or lease_until <= clock_timestamp() or lease_until > clock_timestamp() + longest
  or worker is not null and not exists (select from fit.workers w
    where w.worker = is_free.worker and w.seen_at > clock_timestamp() - silence);

drop function public.fit_claim(integer, integer);
drop function fit.claim(integer, interval, text, bigint);
-- Takes the oldest due entities of a side, or of the side that has the oldest, for as long
-- as the lease says: at most so many, and of more than one at most so many pairs. One token
-- for the batch: who holds it may write.
create function fit.claim(p_limit integer, p_lease interval, p_side text default null, p_pairs bigint default null,
  p_worker uuid default null)
returns table (side text, id uuid, gen bigint, after_id uuid, attempts integer, token uuid)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare
  batch_token uuid := gen_random_uuid();
  chosen text := p_side;
  most bigint := p_limit;
  others bigint;
  settings fit.settings;
begin
  if p_limit < 1 or p_lease <= interval '0' then
    raise exception 'limit % and lease % must be above 0', p_limit, p_lease using errcode = 'invalid_parameter_value';
  end if;
  select * into strict settings from fit.settings;
  if exists (select from fit.fit_inbox) then
    perform fit.fold_inbox();
  end if;
  if chosen is null then
    -- One look a side: together they would have to be sorted, however many wait.
    select oldest.side into chosen from (values ('sponsor'), ('event')) as sides (side) cross join lateral (
      select d.side, d.first_dirty_at from fit.fit_dirty d
      where d.side = sides.side and d.gen > d.done_gen and d.not_before <= clock_timestamp()
        and fit.is_free(d.lease_until, d.worker, settings.longest_lease, settings.silence)
        and d.gen > coalesce(d.dead_gen, 0)
      order by d.first_dirty_at, d.id limit 1) oldest
    order by oldest.first_dirty_at limit 1;
  end if;
  if p_pairs is not null then
    select greatest(count(*), 1) into others from (
      select from public.events e where chosen = 'sponsor' and fit.is_live(e.status, e.start_at) union all
      select from public.sponsor_targeting where chosen = 'event' limit p_pairs) counted;
    most := least(p_limit, greatest(p_pairs / others, 1));
  end if;
  return query
  with due as (
    select d.side, d.id from fit.fit_dirty d
    where d.side = chosen and d.gen > d.done_gen and d.not_before <= clock_timestamp()
      and fit.is_free(d.lease_until, d.worker, settings.longest_lease, settings.silence)
      and d.gen > coalesce(d.dead_gen, 0)
    order by d.first_dirty_at, d.id
    limit most
    for update skip locked
  )
  update fit.fit_dirty d set
    lease_until = clock_timestamp() + least(p_lease, settings.longest_lease), lease_token = batch_token,
    claimed_gen = d.gen, worker = p_worker, next_dirty_at = null,
    cursor = case when d.cursor_gen = d.gen then d.cursor end
  from due where (d.side, d.id) = (due.side, due.id)
  returning d.side, d.id, d.gen, d.cursor, d.attempts, batch_token;
end $$;

create function public.fit_claim(p_limit integer default 10, p_lease_seconds integer default 120)
returns table (side text, id uuid, gen bigint, after_id uuid, attempts integer, token uuid)
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select * from fit.claim(p_limit, make_interval(secs => p_lease_seconds))
$$;

-- What is dead now: given up at its generation, with the reason, until it changes.
update fit.fit_dirty d set died_at = x.died_at from fit.fit_recalc_dead x where (x.side, x.id, x.gen) = (d.side, d.id, d.dead_gen);
drop table fit.fit_recalc_dead;
create view fit.fit_recalc_dead as
select side, id, gen, attempts, last_error as error, first_dirty_at, died_at
from fit.fit_dirty where gen > done_gen and gen <= coalesce(dead_gen, 0);
grant select on fit.fit_recalc_dead to service_role;

-- Notes a failure: later again, each time later still and not all at once, until there were
-- too many; then the entity is dead, with the error, until it changes, and its matches are stale.
create or replace function fit.fail(p_side text, p_token uuid, p_ids uuid[], p_error text) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  settings fit.settings;
  died uuid[];
begin
  select * into strict settings from fit.settings;
  with failed as (
    update fit.fit_dirty d set attempts = d.attempts + 1, last_error = left(p_error, 2000),
      lease_until = null, lease_token = null, next_dirty_at = null, claimed_gen = null, worker = null,
      not_before = clock_timestamp() + (0.5 + random() / 2) *
        least(settings.backoff_most, settings.backoff_base * power(2, least(d.attempts, 30))),
      dead_gen = case when d.attempts + 1 >= settings.max_attempts then d.claimed_gen else d.dead_gen end,
      died_at = case when d.attempts + 1 >= settings.max_attempts then clock_timestamp() else d.died_at end
    where d.side = p_side and d.lease_token = p_token and d.id = any(p_ids)
    returning d.id, d.attempts
  ) select array_agg(f.id) into died from failed f where f.attempts >= settings.max_attempts;
  if died is not null then
    perform fit.mark_stale(p_side, died, 'the ' || p_side || ' cannot be read');
  end if;
  return coalesce(cardinality(died), 0);
end $$;

-- The contract's queue, for its monitoring queries.
create or replace view public.fit_recalc_queue with (security_invoker = true) as
select side, case side when 'sponsor' then id end as sponsor_id, case side when 'event' then id end as event_id,
  first_dirty_at as queued_at, case when gen > done_gen then null else processed_at end as processed_at,
  attempts, last_error
from fit.fit_dirty
union all
select side, case side when 'sponsor' then id end, case side when 'event' then id end, min(at), null, 0, null
from fit.fit_inbox group by side, id;

create or replace view public.v_fit_queue_health with (security_invoker = true) as
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
  count(*) filter (where processed_at > clock_timestamp() - interval '5 minutes') as processed_in_5_minutes,
  count(*) filter (where in_inbox) as in_inbox,
  -- Held by a worker that is silent, or for longer than any lease.
  count(*) filter (where waiting and lease_until > clock_timestamp()
    and fit.is_free(lease_until, worker, s.longest_lease, s.silence)) as abandoned,
  (select count(*) from fit.workers w, fit.settings z where w.seen_at > clock_timestamp() - z.silence) as workers,
  (select max(last_error) from fit.fit_dirty x where x.gen > x.done_gen and x.attempts > 0) as an_error
from (
  select side, gen, done_gen, first_dirty_at, lease_until, worker, not_before, processed_at,
    gen > done_gen and gen > coalesce(dead_gen, 0) as waiting, false as in_inbox
  from fit.fit_dirty
  union all
  select side, 1, 0, at, null, null, '-infinity', null, true, true from fit.fit_inbox) d
cross join fit.settings s;

-- A batch over the API, with what its statements share in arrays: no table that somebody else could
-- have made before. Waits for the gate no longer than a caller waits for an answer.
create or replace function public.fit_write(p_side text, p_token uuid, p_claimed jsonb, p_others jsonb, p_matches jsonb,
  p_fingerprint text, p_engine_version text, p_gone uuid[] default '{}', p_unreadable uuid[] default '{}',
  p_cursor uuid default null)
returns json language plpgsql security definer set search_path = pg_catalog, pg_temp
set lock_timeout = '10s'
-- A plan for either side would read the whole table.
set plan_cache_mode = force_custom_plan as $$
declare
  mine uuid[];
  changed uuid[];
  least double precision := (select min_score from fit.settings);
  known uuid[] := array(select (o ->> 'id')::uuid from jsonb_array_elements(p_others) o);
  kept_events uuid[];
  kept_sponsors uuid[];
  kept jsonb;
  written bigint;
  removed bigint;
  finished integer;
begin
  mine := array(select fit.open_write(p_side, p_token,
    array(select (c ->> 'id')::uuid from jsonb_array_elements(p_claimed) c),
    array(select (c ->> 'gen')::bigint from jsonb_array_elements(p_claimed) c)));
  changed := array(select fit.changed_since(fit.other_side(p_side), known,
    array(select (o ->> 'gen')::bigint from jsonb_array_elements(p_others) o)));

  select coalesce(jsonb_agg(m order by event_id, sponsor_id), '[]'), array_agg(event_id), array_agg(sponsor_id)
  into kept, kept_events, kept_sponsors
  from (select m, (m ->> 'event_id')::uuid as event_id, (m ->> 'sponsor_id')::uuid as sponsor_id,
      (m ->> 'exact')::double precision as exact from jsonb_array_elements(p_matches) m) given
  where case p_side when 'sponsor' then sponsor_id else event_id end = any(mine)
    and not case p_side when 'sponsor' then event_id else sponsor_id end = any(changed)
    and (exact >= least or exists (select from public.sponsorship_matches s
      where s.event_id = given.event_id and s.sponsor_id = given.sponsor_id and fit.is_decided(s.status, s.contacted_at)));

  insert into public.sponsorship_matches (event_id, sponsor_id, score, score_exact, coverage, overlap_metrics,
    digest, config_fingerprint, engine_version, event_gen, sponsor_gen)
  select k.event_id, k.sponsor_id, k.score, k.exact, k.coverage, k.metrics, k.digest, p_fingerprint, p_engine_version,
    k.event_gen, k.sponsor_gen
  from jsonb_to_recordset(kept) as k (event_id uuid, sponsor_id uuid, score numeric(5, 4), exact double precision,
    coverage double precision, metrics jsonb, digest bigint, event_gen bigint, sponsor_gen bigint)
  where not exists (select from public.sponsorship_matches m
    where m.event_id = k.event_id and m.sponsor_id = k.sponsor_id);
  get diagnostics written = row_count;
  select written + fit.update_matches(array_agg(event_id), array_agg(sponsor_id), array_agg(score), array_agg(exact),
    array_agg(coverage), array_agg(metrics), array_agg(digest), array_agg(event_gen), array_agg(sponsor_gen),
    p_fingerprint, p_engine_version)
  into written
  from jsonb_to_recordset(kept) as k (event_id uuid, sponsor_id uuid, score numeric(5, 4), exact double precision,
    coverage double precision, metrics jsonb, digest bigint, event_gen bigint, sponsor_gen bigint);

  select coalesce(fit.remove_matches(p_side, array_agg(pair.own), array_agg(pair.other), array_agg(pair.is_scored)), 0)
  into removed from (
    select own, other, exists (select from jsonb_to_recordset(p_matches) as given (event_id uuid, sponsor_id uuid)
      where given.event_id = stored.event_id and given.sponsor_id = stored.sponsor_id) as is_scored
    from (select m.event_id, m.sponsor_id, case p_side when 'sponsor' then m.sponsor_id else m.event_id end as own,
        case p_side when 'sponsor' then m.event_id else m.sponsor_id end as other
      from public.sponsorship_matches m) stored
    where own = any(mine) and other = any(known) and not other = any(changed || p_unreadable)
      and not exists (select from unnest(kept_events, kept_sponsors) as k (event_id, sponsor_id)
        where k.event_id = stored.event_id and k.sponsor_id = stored.sponsor_id)
  ) pair;
  removed := removed + fit.remove_matches_of(p_side, array(select unnest(mine) intersect select unnest(p_gone)));

  if p_cursor is null then
    finished := fit.complete(p_side, p_token, mine);
  else
    finished := 0;
    perform fit.release(p_side, p_token, mine, p_cursor);
  end if;
  -- What changed under way is dirty: free for the next claim.
  perform fit.release(p_side, p_token, array(select (c ->> 'id')::uuid from jsonb_array_elements(p_claimed) c));
  return json_build_object('completed', finished, 'written', written, 'removed', removed);
end $$;

-- What a restore of one schema alone leaves behind: pairs of sides that are no more, and pairs that
-- were made in generations which the queue has forgotten, so that nothing could overwrite them. Marks
-- everything dirty; how many pairs differ is for the worker to find.
create function fit.repair() returns table (orphans bigint, raised bigint)
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  delete from public.sponsorship_matches m
  where not exists (select from public.events e where e.id = m.event_id)
    or not exists (select from public.sponsor_targeting t where t.sponsor_id = m.sponsor_id);
  get diagnostics orphans = row_count;
  perform fit.enqueue('sponsor', array(select sponsor_id from public.sponsor_targeting));
  perform fit.enqueue('event', array(select e.id from public.events e where fit.is_live(e.status, e.start_at)
    or exists (select from public.sponsorship_matches m where m.event_id = e.id)));
  update fit.fit_dirty d set gen = made.gen + 1
  from (select 'sponsor' as side, sponsor_id as id, max(sponsor_gen) as gen from public.sponsorship_matches group by 2
    union all select 'event', event_id, max(event_gen) from public.sponsorship_matches group by 2) made
  where d.side = made.side and d.id = made.id and d.gen <= made.gen;
  get diagnostics raised = row_count;
  return next;
end $$;

revoke execute on function fit.repair, fit.mark_dirty, fit.fold_inbox, fit.beat, fit.is_free, fit.claim from public;
revoke execute on function public.fit_claim from public, anon, authenticated;
grant execute on function fit.repair, fit.claim, fit.beat, fit.is_free, public.fit_claim to service_role;
