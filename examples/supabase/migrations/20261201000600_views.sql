-- The contract's views, of pairs that a list may show: scored from what is, of an event to come,
-- good enough or acted on, and eligible. Price shows as a near miss and decides nothing, or moving a
-- price would find a budget.
create function fit.is_eligible(category_keys text[], excluded_keys text[], geo_fit double precision, requires_region boolean)
returns boolean language sql immutable parallel safe
return not category_keys && excluded_keys and not (requires_region and geo_fit is not distinct from 0);

create function fit.in_platform_currency_fast(cents bigint, currency text, platform text) returns bigint
language sql stable
return case when currency = platform then cents else fit.in_platform_currency(cents, currency) end;

-- What is wrong with an entity of the caller's, in the core's words, when it cannot be scored.
create function fit.problem(p_side text, p_id uuid) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
return (select d.last_error from fit.fit_dirty d
  where d.side = p_side and d.id = p_id and d.gen > d.done_gen and d.attempts > 0
    and case p_side when 'sponsor' then exists (select from public.sponsor_members m where m.sponsor_id = p_id and m.user_id = auth.uid())
      else exists (select from public.events e where e.id = p_id and e.owner_id = auth.uid()) end);

create or replace view public.sponsor_profiles with (security_invoker = true) as
select t.sponsor_id, t.industry, t.company_size, p.annual_budget_cents::bigint as annual_budget_cents,
  p.currency::text as currency, t.brand_objectives, t.target_audience, t.preferred_categories,
  t.excluded_categories, t.regions, t.reputation_score::double precision as reputation_score,
  t.objectives_embedding, p.notes, t.created_at, greatest(t.updated_at, p.updated_at) as updated_at,
  p.budget_disclosure, p.is_listed, t.disclosed_budget_cents::bigint as disclosed_budget_cents,
  t.disclosed_currency::text as disclosed_currency, fit.problem('sponsor', t.sponsor_id) as problem
from public.sponsor_targeting t
left join public.sponsor_private p on p.sponsor_id = t.sponsor_id;

create or replace function fit.write_profile() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'DELETE' then
    delete from public.sponsor_targeting where sponsor_id = old.sponsor_id;
    return case when found then old end;
  end if;
  if tg_op = 'INSERT' then
    insert into public.sponsor_targeting (sponsor_id, industry, company_size, brand_objectives, target_audience,
      preferred_categories, excluded_categories, regions)
    values (new.sponsor_id, new.industry, new.company_size, coalesce(new.brand_objectives, '{}'),
      coalesce(new.target_audience, '{}'), coalesce(new.preferred_categories, '{}'),
      coalesce(new.excluded_categories, '{}'), coalesce(new.regions, '{}'));
  else
    if new.sponsor_id <> old.sponsor_id then
      raise exception 'sponsor_id of a profile cannot change' using errcode = 'invalid_parameter_value';
    end if;
    if (new.industry, new.company_size, new.brand_objectives, new.target_audience, new.preferred_categories,
        new.excluded_categories, new.regions) is distinct from
       (old.industry, old.company_size, old.brand_objectives, old.target_audience, old.preferred_categories,
        old.excluded_categories, old.regions) then
      update public.sponsor_targeting set industry = new.industry, company_size = new.company_size,
        brand_objectives = coalesce(new.brand_objectives, '{}'),
        target_audience = coalesce(new.target_audience, '{}'),
        preferred_categories = coalesce(new.preferred_categories, '{}'),
        excluded_categories = coalesce(new.excluded_categories, '{}'),
        regions = coalesce(new.regions, '{}')
      where sponsor_id = new.sponsor_id;
      -- An organiser sees the profile and may not write it: no row, and no success said.
      if not found then return null; end if;
    end if;
  end if;
  if tg_op = 'INSERT' or (new.reputation_score, new.objectives_embedding) is distinct from
      (old.reputation_score, old.objectives_embedding) then
    if (new.reputation_score, new.objectives_embedding) is distinct from (null, null) or tg_op = 'UPDATE' then
      update public.sponsor_targeting set reputation_score = new.reputation_score,
        objectives_embedding = new.objectives_embedding where sponsor_id = new.sponsor_id;
    end if;
  end if;
  if tg_op = 'INSERT' or (new.annual_budget_cents, new.currency, new.notes, new.budget_disclosure, new.is_listed) is distinct from
      (old.annual_budget_cents, old.currency, old.notes, old.budget_disclosure, old.is_listed) then
    update public.sponsor_private set annual_budget_cents = new.annual_budget_cents,
      currency = coalesce(new.currency, currency), notes = new.notes,
      budget_disclosure = coalesce(new.budget_disclosure, budget_disclosure), is_listed = coalesce(new.is_listed, is_listed)
    where sponsor_id = new.sponsor_id;
    if not found then
      insert into public.sponsor_private (sponsor_id, annual_budget_cents, currency, notes, budget_disclosure, is_listed)
      values (new.sponsor_id, new.annual_budget_cents, coalesce(new.currency, fit.platform_currency()), new.notes,
        coalesce(new.budget_disclosure, 'band'), coalesce(new.is_listed, true));
    end if;
  end if;
  return new;
end $$;

-- updated_at moves with the row, and only with it.
create function fit.touch() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  -- Generated columns are not there yet.
  if to_jsonb(new) - array['category_keys', 'excluded_keys'] is distinct from to_jsonb(old) - array['category_keys', 'excluded_keys'] then
    new.updated_at := now();
  end if;
  return new;
end $$;
do $$
declare name text;
begin
  foreach name in array array['events', 'sponsor_targeting', 'sponsor_private', 'sponsorship_packages', 'sponsorship_orders'] loop
    execute format('create trigger touch before update on public.%I for each row execute function fit.touch()', name);
  end loop;
end $$;

create or replace view public.v_sponsor_recommendations with (security_invoker = true) as
select m.event_id, m.sponsor_id, s.name, s.name as sponsor_name, s.logo_url, t.industry, t.company_size,
  t.reputation_score::double precision as reputation_score, m.score, m.score_exact, m.coverage,
  (m.overlap_metrics ->> 'budget_fit')::double precision as budget_fit,
  (m.overlap_metrics -> 'audience_overlap' ->> 'categories')::double precision as category_overlap,
  (m.overlap_metrics -> 'audience_overlap' ->> 'geo')::double precision as geo_overlap,
  (m.overlap_metrics ->> 'geo_fit')::double precision as geo_fit,
  (m.overlap_metrics ->> 'engagement_quality')::double precision as engagement_quality,
  (m.overlap_metrics ->> 'objectives_similarity')::double precision as objectives_similarity,
  m.overlap_metrics, public.match_reasons(m.overlap_metrics) as reasons,
  m.status, m.viewed_at, m.contacted_at, m.updated_at,
  m.sponsor_decision, m.organiser_decision, m.refined_score,
  t.disclosed_budget_cents::bigint as disclosed_budget_cents, t.disclosed_currency::text as disclosed_currency
from public.sponsorship_matches m
join public.sponsors s on s.id = m.sponsor_id
join public.sponsor_targeting t on t.sponsor_id = m.sponsor_id
join public.events e on e.id = m.event_id
where m.stale_since is null and fit.is_live(e.status, e.start_at)
  and (m.score_exact >= (select fit.list_min_score()) or fit.is_decided(m.status, m.contacted_at))
  and (fit.is_decided(m.status, m.contacted_at)
    or fit.is_eligible(e.category_keys, t.excluded_keys, (m.overlap_metrics ->> 'geo_fit')::double precision, (select fit.requires_region()))
      and not (e.exclusive_sold > 0 and fit.is_taken(e.id, t.industry, t.sponsor_id)));

create or replace view public.v_event_recommendations with (security_invoker = true) as
select m.sponsor_id, m.event_id, e.title, e.categories, e.regions, e.country, e.city, e.start_at,
  m.score, m.score_exact, m.coverage, m.overlap_metrics, public.match_reasons(m.overlap_metrics) as reasons,
  coalesce(p.available_packages, 0) as available_packages, p.min_price_cents,
  i.attendee_count::bigint as attendee_count, i.engagement_score::double precision as engagement_score,
  m.status, m.viewed_at, m.contacted_at, m.updated_at,
  m.sponsor_decision, m.organiser_decision, m.refined_score,
  -- A near miss: the cheapest open package costs more than the sponsor discloses.
  p.min_price_cents > fit.in_platform_currency_fast(t.disclosed_budget_cents, t.disclosed_currency, (select fit.platform_currency()))
    as is_over_budget
from public.sponsorship_matches m
join public.events e on e.id = m.event_id
join public.sponsor_targeting t on t.sponsor_id = m.sponsor_id
left join public.event_audience_insights i on i.event_id = m.event_id
left join lateral (
  select count(*)::integer as available_packages,
    min(fit.in_platform_currency_fast(price_cents, currency, (select fit.platform_currency())))::bigint as min_price_cents
  from public.sponsorship_packages p where p.event_id = m.event_id and p.is_active and p.sold < p.inventory) p on true
where m.stale_since is null and fit.is_live(e.status, e.start_at)
  and (m.score_exact >= (select fit.list_min_score()) or fit.is_decided(m.status, m.contacted_at))
  and (fit.is_decided(m.status, m.contacted_at)
    or fit.is_eligible(e.category_keys, t.excluded_keys, (m.overlap_metrics ->> 'geo_fit')::double precision, (select fit.requires_region()))
      and not (e.exclusive_sold > 0 and fit.is_taken(e.id, t.industry, t.sponsor_id))
      and e.owner_id not in (select fit.organisers_i_blocked()));

create or replace view public.v_event_performance_summary with (security_invoker = true) as
select e.id as event_id, e.title, e.start_at, p.impressions, p.unique_visitors, p.avg_dwell_time_ms,
  p.true_views, p.completions, p.completions::double precision / nullif(p.true_views, 0) as completion_rate,
  p.watch_ms, p.orders, p.tickets, p.buyers,
  -- Visitors who bought over visitors: never above 1, whatever they bought.
  p.buyers::double precision / nullif(p.unique_visitors, 0) as conversion_rate,
  i.social_mentions::bigint as social_mentions, i.sentiment_score, p.updated_at,
  case when e.owner_id = (select auth.uid()) then fit.problem('event', e.id) end as problem
from public.events e
left join public.event_performance p on p.event_id = e.id
left join public.event_audience_insights i on i.event_id = e.id;

-- What the API embeds: select=*,events(*),sponsors(*). The pairs have no foreign keys (to check two
-- of them costs more than to write the row), so these say where they lead.
create function public.events(public.sponsorship_matches) returns setof public.events rows 1
language sql stable as $$ select * from public.events where id = $1.event_id $$;
create function public.sponsors(public.sponsorship_matches) returns setof public.sponsors rows 1
language sql stable as $$ select * from public.sponsors where id = $1.sponsor_id $$;

-- The best of each list are suggested, every night; what somebody decided stays as it is.
create function public.fit_suggest() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare changed integer;
begin
  with ranked as (
    select m.event_id, m.sponsor_id, row_number() over (partition by m.event_id order by m.score_exact desc, m.sponsor_id) as place
    from public.sponsorship_matches m
    join public.events e on e.id = m.event_id
    join public.sponsor_targeting t on t.sponsor_id = m.sponsor_id
    where m.stale_since is null and fit.is_live(e.status, e.start_at) and m.score_exact >= fit.list_min_score()
      and not fit.is_decided(m.status, m.contacted_at)
      and fit.is_eligible(e.category_keys, t.excluded_keys, (m.overlap_metrics ->> 'geo_fit')::double precision, fit.requires_region())
      and not (e.exclusive_sold > 0 and fit.is_taken(e.id, t.industry, t.sponsor_id))
      and not exists (select from public.sponsor_private p where p.sponsor_id = m.sponsor_id and not p.is_listed)
      and not exists (select from public.sponsor_blocks b where b.sponsor_id = m.sponsor_id and b.user_id = e.owner_id)
  ), best as (
    select event_id, sponsor_id from ranked where place <= (select suggested_a_list from fit.settings)
  ), wanted as (
    select m.event_id, m.sponsor_id, case when b.event_id is not null then 'suggested' else 'pending' end as status
    from public.sponsorship_matches m left join best b on (b.event_id, b.sponsor_id) = (m.event_id, m.sponsor_id)
    where m.status = 'suggested' or m.status = 'pending' and b.event_id is not null
  )
  update public.sponsorship_matches m set status = w.status from wanted w
  where (m.event_id, m.sponsor_id) = (w.event_id, w.sponsor_id) and m.status <> w.status;
  get diagnostics changed = row_count;
  return changed;
end $$;

revoke execute on all functions in schema fit from public;
grant execute on function fit.is_eligible, fit.in_platform_currency_fast, fit.problem to authenticated, service_role;
revoke execute on function public.fit_suggest from public, anon, authenticated;
grant execute on function public.fit_suggest to service_role;
revoke execute on function public.events(public.sponsorship_matches), public.sponsors(public.sponsorship_matches) from public, anon;
grant execute on function public.events(public.sponsorship_matches), public.sponsors(public.sponsorship_matches) to authenticated, service_role;
