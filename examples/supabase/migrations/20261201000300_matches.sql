-- Nothing is destroyed by a mistake: a match whose side cannot be read, or is not scored for now,
-- is stale and hidden until it is scored again. And two sides decide on one match, each for itself.
alter table public.sponsorship_matches
  add column stale_since timestamptz,
  add column stale_reason text,
  add column sponsor_decision text check (sponsor_decision in ('accepted', 'rejected')),
  add column organiser_decision text check (organiser_decision in ('accepted', 'rejected')),
  -- A model's order, once there is one: null until then.
  add column refined_score double precision check (refined_score between 0 and 1),
  add constraint stale_has_a_reason check ((stale_since is null) = (stale_reason is null));
-- The contract orders by the rounded score; the exact one breaks its ties.
create index sponsorship_matches_event_score on public.sponsorship_matches (event_id, score desc, score_exact desc, sponsor_id)
  include (digest);
create index sponsorship_matches_sponsor_score on public.sponsorship_matches (sponsor_id, score desc, score_exact desc, event_id)
  include (digest);
drop index public.sponsorship_matches_of_event, public.sponsorship_matches_of_sponsor;

-- A stale row's digest is turned over: whoever scores the pair finds it changed, and writes it.
create function fit.mark_stale(p_side text, p_ids uuid[], p_reason text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp
-- A plan for either side would read the whole table.
set plan_cache_mode = force_custom_plan as $$
declare marked bigint;
begin
  if p_side = 'sponsor' then
    update public.sponsorship_matches m set stale_since = now(), stale_reason = p_reason, digest = ~m.digest
    where m.sponsor_id = any(p_ids) and m.stale_since is null;
  else
    update public.sponsorship_matches m set stale_since = now(), stale_reason = p_reason, digest = ~m.digest
    where m.event_id = any(p_ids) and m.stale_since is null;
  end if;
  get diagnostics marked = row_count;
  return marked;
end $$;

create or replace function fit.update_matches(p_event_ids uuid[], p_sponsor_ids uuid[], p_scores numeric[],
  p_exact double precision[], p_coverages double precision[], p_metrics jsonb[], p_digests bigint[],
  p_event_gens bigint[], p_sponsor_gens bigint[], p_fingerprint text, p_engine_version text)
returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp
-- By the primary key, in the order in which the pairs come: any other plan reads the table.
set enable_hashjoin = off set enable_mergejoin = off as $$
declare written bigint;
begin
  update public.sponsorship_matches m set
    score = r.score, score_exact = r.exact, coverage = r.coverage, overlap_metrics = r.metrics, digest = r.digest,
    config_fingerprint = p_fingerprint, engine_version = p_engine_version,
    event_gen = r.event_gen, sponsor_gen = r.sponsor_gen, updated_at = now(), stale_since = null, stale_reason = null
  from unnest(p_event_ids, p_sponsor_ids, p_scores, p_exact, p_coverages, p_metrics, p_digests,
    p_event_gens, p_sponsor_gens)
    as r (event_id, sponsor_id, score, exact, coverage, metrics, digest, event_gen, sponsor_gen)
  where m.event_id = r.event_id and m.sponsor_id = r.sponsor_id
    and r.event_gen >= m.event_gen and r.sponsor_gen >= m.sponsor_gen
    and (m.digest, m.config_fingerprint) is distinct from (r.digest, p_fingerprint);
  get diagnostics written = row_count;
  return written;
end $$;

-- Removes pairs that the policy does not keep. What somebody acted on stays: looked at again when it
-- has a score, and stale when it has none. Pairs of an event that is not scored for now are stale.
create or replace function fit.remove_matches(p_side text, p_ids uuid[], p_other_ids uuid[], p_is_scored boolean[])
returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp
-- A plan for either side would read the whole table.
set plan_cache_mode = force_custom_plan as $$
declare
  removed bigint;
  spared uuid[];
begin
  update public.sponsorship_matches m set stale_since = now(), digest = ~m.digest,
    stale_reason = case when e.id is null then 'too little is known' else fit.why_not_live(e.status, e.start_at) end
  from unnest(p_ids, p_other_ids, p_is_scored) as gone (id, other, is_scored)
  left join public.events e on e.id = case p_side when 'sponsor' then gone.other else gone.id end
    and not fit.is_live(e.status, e.start_at)
  where m.sponsor_id = case p_side when 'sponsor' then gone.id else gone.other end
    and m.event_id = case p_side when 'sponsor' then gone.other else gone.id end
    and m.stale_since is null
    and (e.id is not null or not gone.is_scored and fit.is_decided(m.status, m.contacted_at));
  delete from public.sponsorship_matches m using unnest(p_ids, p_other_ids) as gone (id, other)
  where m.sponsor_id = case p_side when 'sponsor' then gone.id else gone.other end
    and m.event_id = case p_side when 'sponsor' then gone.other else gone.id end
    and m.stale_since is null and not fit.is_decided(m.status, m.contacted_at);
  get diagnostics removed = row_count;
  spared := array(select distinct gone.id from unnest(p_ids, p_other_ids) as gone (id, other)
    join public.sponsorship_matches m
      on m.sponsor_id = case p_side when 'sponsor' then gone.id else gone.other end
      and m.event_id = case p_side when 'sponsor' then gone.other else gone.id end
      and m.stale_since is null);
  perform fit.enqueue(p_side, spared);
  return removed;
end $$;

create function fit.why_not_live(status text, start_at timestamptz) returns text
language sql stable parallel safe
return case status when 'published' then 'the event has begun' when 'draft' then 'the event is a draft'
  else 'the event is cancelled' end;

-- Removes every match of entities that are deleted; those of events that are there and not scored
-- for now are stale.
create or replace function fit.remove_matches_of(p_side text, p_ids uuid[]) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  removed bigint;
  paused record;
begin
  if p_side = 'sponsor' then
    delete from public.sponsorship_matches m where m.sponsor_id = any(p_ids)
      and not exists (select from public.sponsor_targeting t where t.sponsor_id = m.sponsor_id);
    get diagnostics removed = row_count;
  else
    for paused in
      select fit.why_not_live(e.status, e.start_at) as reason, array_agg(e.id) as ids from public.events e
      where e.id = any(p_ids) and not fit.is_live(e.status, e.start_at) group by 1
    loop
      perform fit.mark_stale('event', paused.ids, paused.reason);
    end loop;
    delete from public.sponsorship_matches m where m.event_id = any(p_ids)
      and not exists (select from public.events e where e.id = m.event_id);
    get diagnostics removed = row_count;
  end if;
  return removed;
end $$;

-- For whom somebody speaks: a side, or both. Nobody else may write who is not the service.
create function fit.side_of_caller(p_event_id uuid, p_sponsor_id uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
return (select case
    when of_sponsor and of_event then 'both' when of_sponsor then 'sponsor' when of_event then 'organiser' else 'service' end
  from (select auth.uid() as me,
    exists (select from public.sponsor_members where sponsor_id = p_sponsor_id and user_id = auth.uid()) as of_sponsor,
    exists (select from public.events where id = p_event_id and owner_id = auth.uid()) as of_event) caller);

-- Each side says its own word: status is rejected when one of them rejects, accepted when one
-- accepts and neither rejects. `suggested` is the service's to say. A side's repeated word counts
-- too: the trigger runs when a status is given, whether or not it is another.
create function fit.decide() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  side text := fit.side_of_caller(new.event_id, new.sponsor_id);
  verdict text := case when new.status in ('accepted', 'rejected') then new.status end;
begin
  if new.status = 'suggested' and side <> 'service' then
    raise exception 'status: `suggested` is for the service to say' using errcode = 'insufficient_privilege';
  end if;
  if side in ('sponsor', 'both') or side = 'service' and new.status <> 'suggested' then new.sponsor_decision := verdict; end if;
  if side in ('organiser', 'both') or side = 'service' and new.status <> 'suggested' then new.organiser_decision := verdict; end if;
  new.status := case
    when 'rejected' in (new.sponsor_decision, new.organiser_decision) then 'rejected'
    when 'accepted' in (new.sponsor_decision, new.organiser_decision) then 'accepted'
    when verdict is null then new.status else 'pending' end;
  new.updated_at := now();
  return new;
end $$;
create trigger decide before update of status on public.sponsorship_matches
  for each row execute function fit.decide();

-- When something was seen or begun is when the server was told, and told once. Why a pair was
-- declined is for a side to say that declined it.
create or replace function fit.touch_match() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare side text := fit.side_of_caller(new.event_id, new.sponsor_id);
begin
  if side <> 'service' then
    new.viewed_at := coalesce(old.viewed_at, case when new.viewed_at is not null then now() end);
    new.contacted_at := coalesce(old.contacted_at, case when new.contacted_at is not null then now() end);
    if not coalesce(case side when 'sponsor' then new.sponsor_decision when 'organiser' then new.organiser_decision
        else new.status end = 'rejected', false) then
      new.declined_reason := old.declined_reason;
    end if;
  end if;
  new.updated_at := now();
  return new;
end $$;
drop trigger touch_match on public.sponsorship_matches;
create trigger touch_match before update of viewed_at, contacted_at, declined_reason
  on public.sponsorship_matches for each row execute function fit.touch_match();

-- Decisions of the first release do not say whose they were.
alter table fit.match_decisions add column side text check (side in ('sponsor', 'organiser', 'service')),
  add column status text check (status in ('pending', 'suggested', 'accepted', 'rejected')),
  add constraint reasons_are_few check (cardinality(reason_codes) <= 20) not valid,
  add constraint reasons_are_codes check (length(array_to_string(reason_codes, '')) <= 2000) not valid;
alter table public.sponsorship_matches
  add constraint reason_is_short check (length(declined_reason) <= 1000) not valid;

create or replace function fit.record_decision() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare caller text := fit.side_of_caller(new.event_id, new.sponsor_id);
begin
  insert into fit.match_decisions (event_id, sponsor_id, side, decision, status, score, score_exact,
    config_fingerprint, engine_version, shown_position, reason_codes, decided_by)
  select new.event_id, new.sponsor_id, said.side, coalesce(said.decision, 'pending'), new.status, new.score, new.score_exact,
    new.config_fingerprint, new.engine_version,
    nullif(current_setting('fit.shown_position', true), '')::integer,
    coalesce(nullif(current_setting('fit.reason_codes', true), '')::text[], '{}'),
    auth.uid()
  from (values ('sponsor', old.sponsor_decision, new.sponsor_decision), ('organiser', old.organiser_decision, new.organiser_decision))
    as said (side, before, decision)
  where caller <> 'service' and said.before is distinct from said.decision
  union all
  select new.event_id, new.sponsor_id, 'service', new.status, new.status, new.score, new.score_exact,
    new.config_fingerprint, new.engine_version, null, '{}', null
  where caller = 'service';
  return null;
end $$;
drop trigger record_decision on public.sponsorship_matches;
-- Named columns: the worker's writes never touch the status, and never come here. What is suggested
-- is no decision.
create trigger record_decision after update of status on public.sponsorship_matches
  for each row when ((old.sponsor_decision, old.organiser_decision) is distinct from (new.sponsor_decision, new.organiser_decision))
  execute function fit.record_decision();

-- Whose word the first release's status was is known only where a decision says who made it.
update public.sponsorship_matches m set sponsor_decision = case when d.of_sponsor then m.status end,
  organiser_decision = case when d.of_sponsor then null else m.status end
from (select distinct on (d.event_id, d.sponsor_id) d.event_id, d.sponsor_id,
    exists (select from public.sponsor_members s where s.sponsor_id = d.sponsor_id and s.user_id = d.decided_by) as of_sponsor
  from fit.match_decisions d where d.decided_by is not null order by d.event_id, d.sponsor_id, d.id desc) d
where (m.event_id, m.sponsor_id) = (d.event_id, d.sponsor_id) and m.status in ('accepted', 'rejected');
update public.sponsorship_matches set sponsor_decision = status, organiser_decision = status
where status in ('accepted', 'rejected') and sponsor_decision is null and organiser_decision is null;

revoke execute on function fit.side_of_caller, fit.mark_stale, fit.why_not_live from public;
grant execute on function fit.side_of_caller to authenticated, service_role;
grant execute on function fit.mark_stale to service_role;

-- Whether an event has begun is a matter of time, which no trigger sees: the hourly schedule does.
create function public.fit_enqueue_begun() returns integer
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select fit.enqueue('event', array(select e.id from public.events e
    where e.start_at <= now() and e.status = 'published'
      and exists (select from public.sponsorship_matches m where m.event_id = e.id and m.stale_since is null)))
$$;
revoke execute on function public.fit_enqueue_begun from public, anon, authenticated;
grant execute on function public.fit_enqueue_begun to service_role;
