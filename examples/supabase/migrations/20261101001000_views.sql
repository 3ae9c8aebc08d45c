-- CONTRACT.md, Views. All are security_invoker: a row is seen where its tables' policies let it.

-- Both halves of a profile under the name of CONTRACT.md, Tables; what an organiser may not read is null to them.
create view public.sponsor_profiles with (security_invoker = true) as
select t.sponsor_id, t.industry, t.company_size, p.annual_budget_cents::bigint as annual_budget_cents,
  p.currency::text as currency, t.brand_objectives, t.target_audience, t.preferred_categories,
  t.excluded_categories, t.regions, t.reputation_score::double precision as reputation_score,
  t.objectives_embedding, p.notes, t.created_at, greatest(t.updated_at, p.updated_at) as updated_at
from public.sponsor_targeting t
left join public.sponsor_private p on p.sponsor_id = t.sponsor_id;

-- Runs with the caller's rights: the tables' policies and column grants hold. Columns that did
-- not change are not named, so that nobody needs the right to them.
create function fit.write_profile() returns trigger
language plpgsql set search_path = '' as $$
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
        regions = coalesce(new.regions, '{}'), updated_at = now()
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
  if tg_op = 'INSERT' or (new.annual_budget_cents, new.currency, new.notes) is distinct from
      (old.annual_budget_cents, old.currency, old.notes) then
    update public.sponsor_private set annual_budget_cents = new.annual_budget_cents,
      currency = coalesce(new.currency, currency), notes = new.notes, updated_at = now()
    where sponsor_id = new.sponsor_id;
    if not found then
      insert into public.sponsor_private (sponsor_id, annual_budget_cents, currency, notes)
      values (new.sponsor_id, new.annual_budget_cents, coalesce(new.currency, 'USD'), new.notes);
    end if;
  end if;
  return new;
end $$;
create trigger write_profile instead of insert or update or delete on public.sponsor_profiles
  for each row execute function fit.write_profile();

-- The factors that speak for a pair, the strongest first, as the core names them. Sentences
-- are made by the core's `explain`, from the same rows.
create function public.match_reasons(overlap_metrics jsonb) returns text[]
language sql immutable parallel safe set search_path = ''
return (
  select coalesce(array_agg(factor order by value desc, place), '{}')
  from (values (1, 'budget_fit', (overlap_metrics ->> 'budget_fit')::double precision),
    (2, 'audience_overlap.categories', (overlap_metrics -> 'audience_overlap' ->> 'categories')::double precision),
    (3, 'audience_overlap.geo', (overlap_metrics -> 'audience_overlap' ->> 'geo')::double precision),
    (4, 'geo_fit', (overlap_metrics ->> 'geo_fit')::double precision),
    (5, 'engagement_quality', (overlap_metrics ->> 'engagement_quality')::double precision),
    (6, 'objectives_similarity', (overlap_metrics ->> 'objectives_similarity')::double precision)
  ) as factors (place, factor, value)
  -- Strictly: one half is what stands for an unknown.
  where value > 0.5
);

create view public.v_sponsor_recommendations with (security_invoker = true) as
select m.event_id, m.sponsor_id, s.name, s.name as sponsor_name, s.logo_url, t.industry, t.company_size,
  t.reputation_score::double precision as reputation_score, m.score, m.score_exact, m.coverage,
  (m.overlap_metrics ->> 'budget_fit')::double precision as budget_fit,
  (m.overlap_metrics -> 'audience_overlap' ->> 'categories')::double precision as category_overlap,
  (m.overlap_metrics -> 'audience_overlap' ->> 'geo')::double precision as geo_overlap,
  (m.overlap_metrics ->> 'geo_fit')::double precision as geo_fit,
  (m.overlap_metrics ->> 'engagement_quality')::double precision as engagement_quality,
  (m.overlap_metrics ->> 'objectives_similarity')::double precision as objectives_similarity,
  m.overlap_metrics, public.match_reasons(m.overlap_metrics) as reasons,
  m.status, m.viewed_at, m.contacted_at, m.updated_at
from public.sponsorship_matches m
join public.sponsors s on s.id = m.sponsor_id
join public.sponsor_targeting t on t.sponsor_id = m.sponsor_id;

create view public.v_event_recommendations with (security_invoker = true) as
select m.sponsor_id, m.event_id, e.title, e.categories, e.regions, e.country, e.city, e.start_at,
  m.score, m.score_exact, m.coverage, m.overlap_metrics, public.match_reasons(m.overlap_metrics) as reasons,
  coalesce(p.available_packages, 0) as available_packages, p.min_price_cents,
  i.attendee_count::bigint as attendee_count, i.engagement_score::double precision as engagement_score,
  m.status, m.viewed_at, m.contacted_at, m.updated_at
from public.sponsorship_matches m
join public.events e on e.id = m.event_id
left join public.event_audience_insights i on i.event_id = m.event_id
left join lateral (
  select count(*)::integer as available_packages, min(price_cents)::bigint as min_price_cents
  from public.sponsorship_packages p where p.event_id = m.event_id and p.is_active and p.sold < p.inventory) p on true;

create view public.v_event_performance_summary with (security_invoker = true) as
select e.id as event_id, e.title, e.start_at, p.impressions, p.unique_visitors, p.avg_dwell_time_ms,
  p.true_views, p.completions, p.completions::double precision / nullif(p.true_views, 0) as completion_rate,
  p.watch_ms, p.orders, p.tickets, p.buyers,
  -- Visitors who bought over visitors: never above 1, whatever they bought.
  p.buyers::double precision / nullif(p.unique_visitors, 0) as conversion_rate,
  i.social_mentions::bigint as social_mentions, i.sentiment_score, p.updated_at
from public.events e
left join public.event_performance p on p.event_id = e.id
left join public.event_audience_insights i on i.event_id = e.id;

-- quality_score, version 1: what a package's audience is worth, 0 to 100.
--   engagement   0.30  engagement_score
--   conversion   0.20  c / (c + 0.05): one visitor in twenty buying is one half
--   reach        0.25  ln(1 + visitors) / ln(100 001), at most 1
--   sentiment    0.10  (1 + sentiment_score) / 2; the score is shrunk by its number of mentions
--   freshness    0.15  one half for every 90 days since the insights were written
-- Weighted mean of the parts that are known; quality_coverage is their share of the weights.
create function public.package_quality(engagement double precision, conversion double precision, visitors bigint,
  sentiment double precision, age interval, out quality_score double precision, out quality_coverage double precision)
language sql immutable parallel safe set search_path = '' as $$
  select round((100 * sum(weight * value) filter (where value is not null)
      / nullif(sum(weight) filter (where value is not null), 0))::numeric, 2)::double precision,
    coalesce(sum(weight) filter (where value is not null), 0)::double precision
  from (values (0.30, engagement::numeric), (0.20, (conversion / (conversion + 0.05))::numeric),
    (0.25, case when visitors is not null -- least() and greatest() pass nulls over
      then least(1, ln(1 + visitors::double precision) / ln(100001.0::double precision)) end::numeric),
    (0.10, ((1 + sentiment) / 2)::numeric),
    (0.15, case when age is not null
      then power(0.5::double precision, greatest(0, extract(epoch from age)::double precision) / 7776000) end::numeric)
  ) as parts (weight, value)
$$;

create view public.v_sponsorship_package_cards with (security_invoker = true) as
select p.id as package_id, p.event_id, p.title, p.tier, p.description, p.benefits,
  p.price_cents::bigint as price_cents, p.currency::text as currency, p.is_active,
  p.inventory - p.sold as available_inventory,
  e.title as event_title, e.categories, e.country, e.city, e.start_at,
  q.quality_score, q.quality_coverage,
  f.impressions, f.unique_visitors, f.true_views, f.completions, f.tickets,
  i.attendee_count::bigint as attendee_count, i.avg_dwell_time_ms,
  i.engagement_score::double precision as engagement_score,
  i.ticket_conversion_rate::double precision as ticket_conversion_rate,
  i.social_mentions::bigint as social_mentions, i.sentiment_score, i.geo_distribution, i.age_segments
from public.sponsorship_packages p
join public.events e on e.id = p.event_id
left join public.event_audience_insights i on i.event_id = p.event_id
left join public.event_performance f on f.event_id = p.event_id
cross join lateral public.package_quality(i.engagement_score, i.ticket_conversion_rate, f.unique_visitors,
  i.sentiment_score, now() - i.updated_at) q;

do $$
declare name text;
begin
  foreach name in array array['sponsor_profiles', 'v_sponsor_recommendations', 'v_event_recommendations',
    'v_event_performance_summary', 'v_sponsorship_package_cards']
  loop
    execute format('revoke all on public.%I from anon, authenticated', name);
    execute format('grant select on public.%I to authenticated, service_role', name);
  end loop;
end $$;
grant insert, update, delete on public.sponsor_profiles to authenticated, service_role;
revoke execute on function public.match_reasons, public.package_quality from public, anon;
grant execute on function public.match_reasons, public.package_quality to authenticated, service_role;
-- Trigger functions need no caller; the others were granted by name.
revoke execute on all functions in schema fit from public;
