-- What the worker and the edge function call. Rows leave as the JSON that the core reads.

create view fit.sponsor_documents as
select t.sponsor_id as id, json_build_object('sponsor_id', t.sponsor_id, 'annual_budget_cents', p.annual_budget_cents,
    'brand_objectives', t.brand_objectives, 'preferred_categories', t.preferred_categories, 'regions', t.regions,
    'objectives_embedding', t.objectives_embedding)::text as "row"
from public.sponsor_targeting t left join public.sponsor_private p on p.sponsor_id = t.sponsor_id;

create view fit.event_documents as
select e.id, json_build_object('event_id', e.id, 'categories', e.categories, 'regions', e.regions,
    'min_price_cents', (select min(price_cents) from public.sponsorship_packages p
      where p.event_id = e.id and p.is_active and p.sold < p.inventory),
    'objectives', e.objectives, 'objectives_embedding', e.objectives_embedding)::text as "row",
  case when i.event_id is not null then json_build_object('event_id', i.event_id,
    'geo_distribution', i.geo_distribution, 'engagement_score', i.engagement_score,
    'ticket_conversion_rate', i.ticket_conversion_rate)::text end as insights
from public.events e left join public.event_audience_insights i on i.event_id = e.id;

-- Rows of a side and their generations: those named, a null row for one that is gone, or a
-- page of all in the order of their identifiers. To be called in one snapshot.
create function fit.load(p_side text, p_ids uuid[] default null, p_after uuid default null, p_limit integer default null)
returns table (id uuid, gen bigint, "row" text, insights text)
language plpgsql stable security definer set search_path = ''
-- One identifier is looked up, all of them are scanned for.
set plan_cache_mode = force_custom_plan as $$
declare ids uuid[] := p_ids;
begin
  if p_side = 'sponsor' then
    if ids is null then
      ids := array(select t.sponsor_id from public.sponsor_targeting t
        where p_after is null or t.sponsor_id > p_after order by t.sponsor_id limit p_limit);
    end if;
    return query select asked.id, coalesce(d.gen, 0), r.row, null::text
    from unnest(ids) as asked (id) left join fit.sponsor_documents r on r.id = asked.id
      left join fit.fit_dirty d on d.side = 'sponsor' and d.id = asked.id order by asked.id;
  else
    if ids is null then
      ids := array(select e.id from public.events e
        where p_after is null or e.id > p_after order by e.id limit p_limit);
    end if;
    return query select asked.id, coalesce(d.gen, 0), r.row, r.insights
    from unnest(ids) as asked (id) left join fit.event_documents r on r.id = asked.id
      left join fit.fit_dirty d on d.side = 'event' and d.id = asked.id order by asked.id;
  end if;
end $$;

-- A number that is another after every change of a side: generations only grow, and rows of
-- the queue stay. What was loaded of a side is what is there while the number is the same.
create function fit.generation(p_side text) returns bigint
language sql stable security definer set search_path = ''
return (select coalesce(sum(gen), 0)::bigint from fit.fit_dirty where side = p_side);

create function fit.other_side(p_side text) returns text
language sql immutable parallel safe set search_path = ''
return case p_side when 'sponsor' then 'event' else 'sponsor' end;

-- The same over the API, which has no transactions of several calls and no settings of
-- its own: each call is one statement, and the writing call holds the gate to its end.
create function public.fit_claim(p_limit integer default 10, p_lease_seconds integer default 120)
returns table (side text, id uuid, gen bigint, after_id uuid, attempts integer, token uuid)
language sql security definer set search_path = '' as $$
  select * from fit.claim(p_limit, make_interval(secs => p_lease_seconds))
$$;

-- JSON texts inside JSON: numbers must reach the core digit by digit, and a reviver that
-- reads them as floats on the way would lose some.
create function public.fit_load(p_side text, p_ids uuid[], p_after uuid default null, p_limit integer default null)
returns json language sql stable security definer set search_path = '' as $$
  select json_build_object(
    'settings', (select json_build_object('scoring', scoring::text, 'min_score', min_score, 'top_k', top_k)
      from fit.settings),
    'claimed', (select coalesce(json_agg(r order by r.id), '[]') from fit.load(p_side, p_ids) r),
    'others', (select coalesce(json_agg(r order by r.id), '[]')
      from fit.load(fit.other_side(p_side), null, p_after, p_limit) r))
$$;

-- Writes a batch that was scored: p_claimed and p_others are [{id, gen}] as loaded, p_matches
-- every pair that has a score, p_unreadable the others that could not be scored. Of the claimed
-- the pairs with others in p_others that the policy does not keep are removed.
create function public.fit_write(p_side text, p_token uuid, p_claimed jsonb, p_others jsonb, p_matches jsonb,
  p_fingerprint text, p_engine_version text, p_gone uuid[] default '{}', p_unreadable uuid[] default '{}',
  p_cursor uuid default null)
returns json language plpgsql security definer set search_path = ''
-- A plan for either side would read the whole table.
set plan_cache_mode = force_custom_plan as $$
declare
  mine uuid[];
  changed uuid[];
  least double precision := (select min_score from fit.settings);
  known uuid[] := array(select (o ->> 'id')::uuid from jsonb_array_elements(p_others) o);
  written bigint;
  removed bigint;
  finished integer;
begin
  mine := array(select fit.open_write(p_side, p_token,
    array(select (c ->> 'id')::uuid from jsonb_array_elements(p_claimed) c),
    array(select (c ->> 'gen')::bigint from jsonb_array_elements(p_claimed) c)));
  changed := array(select fit.changed_since(fit.other_side(p_side), known,
    array(select (o ->> 'gen')::bigint from jsonb_array_elements(p_others) o)));

  create temp table if not exists fit_kept (event_id uuid, sponsor_id uuid, score numeric(5, 4), exact double precision,
    coverage double precision, metrics jsonb, digest bigint, event_gen bigint, sponsor_gen bigint) on commit drop;
  truncate fit_kept;
  insert into fit_kept
  select m.* from jsonb_to_recordset(p_matches) as m (event_id uuid, sponsor_id uuid, score numeric(5, 4),
    exact double precision, coverage double precision, metrics jsonb, digest bigint, event_gen bigint,
    sponsor_gen bigint)
  where case p_side when 'sponsor' then m.sponsor_id else m.event_id end = any(mine)
    and not case p_side when 'sponsor' then m.event_id else m.sponsor_id end = any(changed)
    and (m.exact >= least or exists (select from public.sponsorship_matches s
      where s.event_id = m.event_id and s.sponsor_id = m.sponsor_id and fit.is_decided(s.status, s.contacted_at)));

  insert into public.sponsorship_matches (event_id, sponsor_id, score, score_exact, coverage, overlap_metrics,
    digest, config_fingerprint, engine_version, event_gen, sponsor_gen)
  select event_id, sponsor_id, score, exact, coverage, metrics, digest, p_fingerprint, p_engine_version, event_gen,
    sponsor_gen
  from fit_kept k where not exists (select from public.sponsorship_matches m
    where m.event_id = k.event_id and m.sponsor_id = k.sponsor_id)
  order by event_id, sponsor_id;
  get diagnostics written = row_count;
  select written + fit.update_matches(array_agg(event_id order by event_id, sponsor_id),
    array_agg(sponsor_id order by event_id, sponsor_id), array_agg(score order by event_id, sponsor_id),
    array_agg(exact order by event_id, sponsor_id), array_agg(coverage order by event_id, sponsor_id),
    array_agg(metrics order by event_id, sponsor_id), array_agg(digest order by event_id, sponsor_id),
    array_agg(event_gen order by event_id, sponsor_id), array_agg(sponsor_gen order by event_id, sponsor_id),
    p_fingerprint, p_engine_version)
  into written from fit_kept;

  select coalesce(fit.remove_matches(p_side, array_agg(pair.own), array_agg(pair.other), array_agg(pair.is_scored)), 0)
  into removed from (
    select own, other, exists (select from jsonb_to_recordset(p_matches) as given (event_id uuid, sponsor_id uuid)
      where given.event_id = stored.event_id and given.sponsor_id = stored.sponsor_id) as is_scored
    from (select m.event_id, m.sponsor_id, case p_side when 'sponsor' then m.sponsor_id else m.event_id end as own,
        case p_side when 'sponsor' then m.event_id else m.sponsor_id end as other
      from public.sponsorship_matches m) stored
    where own = any(mine) and other = any(known) and not other = any(changed || p_unreadable)
      and not exists (select from fit_kept k where k.event_id = stored.event_id and k.sponsor_id = stored.sponsor_id)
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

create function public.fit_fail(p_side text, p_token uuid, p_ids uuid[], p_error text) returns integer
language sql security definer set search_path = '' as $$ select fit.fail(p_side, p_token, p_ids, p_error) $$;

create function public.fit_release(p_side text, p_token uuid, p_ids uuid[]) returns integer
language sql security definer set search_path = '' as $$ select fit.release(p_side, p_token, p_ids) $$;

create function public.fit_enqueue(p_sponsor_ids uuid[] default '{}', p_event_ids uuid[] default '{}') returns integer
language sql security definer set search_path = '' as $$
  select fit.enqueue('sponsor', p_sponsor_ids) + fit.enqueue('event', p_event_ids)
$$;

-- Of the entities named, those that the user may have recalculated: own sponsors, own events.
create function public.fit_allowed(p_user uuid, p_sponsor_ids uuid[], p_event_ids uuid[]) returns boolean
language sql stable security definer set search_path = '' as $$
  select not exists (select from unnest(p_sponsor_ids) as asked (id) where not exists (
      select from public.sponsor_members m where m.sponsor_id = asked.id and m.user_id = p_user))
    and not exists (select from unnest(p_event_ids) as asked (id) where not exists (
      select from public.events e where e.id = asked.id and e.owner_id = p_user))
$$;

revoke execute on function fit.load, fit.generation, fit.other_side from public;
grant execute on function fit.load, fit.generation to service_role;
revoke execute on function public.fit_claim, public.fit_load, public.fit_write, public.fit_fail, public.fit_release,
  public.fit_enqueue, public.fit_allowed from public, anon, authenticated;
grant execute on function public.fit_claim, public.fit_load, public.fit_write, public.fit_fail, public.fit_release,
  public.fit_enqueue, public.fit_allowed to service_role;
