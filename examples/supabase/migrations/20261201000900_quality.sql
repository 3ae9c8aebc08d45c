-- quality_score, version 2: the weighted mean of package_quality, drawn towards the published mean by
-- what is not known: one part that is perfect does not come first. Stored and dated, so that a page
-- after a page repeats nothing and an index gives the order.
create table public.published_statistics (
  name text not null,
  version integer not null,
  computed_at timestamptz not null default now(),
  value double precision not null,
  -- Of fewer parties nothing is published: a mean of one is what one has.
  parties integer not null check (parties >= 5),
  primary key (name, version, computed_at)
);
alter table public.published_statistics enable row level security;
revoke all on public.published_statistics from anon, authenticated;
grant all on public.published_statistics to service_role;
create policy statistics_are_public on public.published_statistics for select to authenticated using (true);

create table public.sponsorship_package_quality (
  package_id uuid primary key references public.sponsorship_packages (id) on delete cascade,
  quality_score double precision not null check (quality_score between 0 and 100),
  quality_coverage double precision not null check (quality_coverage between 0 and 1),
  version integer not null default 2,
  computed_at timestamptz not null default now()
);
create index sponsorship_package_quality_order on public.sponsorship_package_quality (quality_score desc, package_id);
alter table public.sponsorship_package_quality enable row level security;
revoke all on public.sponsorship_package_quality from anon, authenticated;
grant all on public.sponsorship_package_quality to service_role;
create policy quality_of_seen_packages on public.sponsorship_package_quality for select to authenticated
  using (exists (select from public.sponsorship_packages p where p.id = package_id));
select fit.grant_columns(name) from unnest(array['published_statistics', 'sponsorship_package_quality']) as name;

create function fit.published(p_name text, p_otherwise double precision) returns double precision
language sql stable security definer set search_path = pg_catalog, pg_temp
return coalesce((select s.value from public.published_statistics s where s.name = p_name order by s.version desc, s.computed_at desc limit 1), p_otherwise);

create function fit.rate_packages(p_ids uuid[]) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  rated integer;
  mean double precision := fit.published('package_quality_mean', 50);
begin
  insert into public.sponsorship_package_quality as k (package_id, quality_score, quality_coverage)
  select p.id, round((q.quality_coverage * coalesce(q.quality_score, 0) + (1 - q.quality_coverage) * mean)::numeric, 2)::double precision,
    q.quality_coverage
  from public.sponsorship_packages p
  left join public.event_audience_insights i on i.event_id = p.event_id
  left join public.event_performance f on f.event_id = p.event_id
  cross join lateral public.package_quality(i.engagement_score, i.ticket_conversion_rate, f.unique_visitors,
    i.sentiment_score, now() - i.updated_at) q
  where p.id = any(p_ids)
  on conflict (package_id) do update set quality_score = excluded.quality_score, quality_coverage = excluded.quality_coverage,
    version = 2, computed_at = now()
  where (k.quality_score, k.quality_coverage, k.version) is distinct from (excluded.quality_score, excluded.quality_coverage, 2);
  get diagnostics rated = row_count;
  return rated;
end $$;

-- Publishes the mean over organisers of events to come, and rates every package of such an event.
create function public.refresh_package_quality() returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into public.published_statistics (name, version, value, parties)
  select 'package_quality_mean', 2, round(avg(of_organiser)::numeric, 2), count(*) from (
    select e.owner_id, avg(q.quality_score) as of_organiser
    from public.events e join public.event_audience_insights i on i.event_id = e.id
    left join public.event_performance f on f.event_id = e.id
    cross join lateral public.package_quality(i.engagement_score, i.ticket_conversion_rate, f.unique_visitors,
      i.sentiment_score, now() - i.updated_at) q
    where fit.is_live(e.status, e.start_at) and q.quality_score is not null group by e.owner_id) organisers
  having count(*) >= 5 and round(avg(of_organiser)::numeric, 2) <> fit.published('package_quality_mean', -1)
  on conflict do nothing;
  return fit.rate_packages(array(select p.id from public.sponsorship_packages p join public.events e on e.id = p.event_id
    where fit.is_live(e.status, e.start_at)));
end $$;

create function fit.rate_new_packages() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform fit.rate_packages(array(select id from new_rows));
  return null;
end $$;
create trigger rate_insert after insert on public.sponsorship_packages referencing new table as new_rows
  for each statement execute function fit.rate_new_packages();
select fit.rate_packages(array(select id from public.sponsorship_packages));

-- Of events to come. Order by quality_score and package_id: packages of one event tie.
create or replace view public.v_sponsorship_package_cards with (security_invoker = true) as
select p.id as package_id, p.event_id, p.title, p.tier, p.description, p.benefits,
  p.price_cents::bigint as price_cents, p.currency::text as currency, p.is_active,
  p.inventory - p.sold as available_inventory,
  e.title as event_title, e.categories, e.country, e.city, e.start_at,
  q.quality_score, q.quality_coverage,
  f.impressions, f.unique_visitors, f.true_views, f.completions, f.tickets,
  i.attendee_count::bigint as attendee_count, i.avg_dwell_time_ms,
  i.engagement_score::double precision as engagement_score,
  i.ticket_conversion_rate::double precision as ticket_conversion_rate,
  i.social_mentions::bigint as social_mentions, i.sentiment_score, i.geo_distribution, i.age_segments,
  p.is_exclusive, q.computed_at as quality_computed_at
from public.sponsorship_package_quality q
join public.sponsorship_packages p on p.id = q.package_id
join public.events e on e.id = p.event_id
left join public.event_audience_insights i on i.event_id = p.event_id
left join public.event_performance f on f.event_id = p.event_id
where fit.is_live(e.status, e.start_at);

-- The nightly copy holds what is, not what was.
drop materialized view public.mv_sponsor_event_fit_scores;
create materialized view public.mv_sponsor_event_fit_scores as
select event_id, sponsor_id, score, score_exact, coverage, overlap_metrics, config_fingerprint, updated_at
from public.sponsorship_matches where stale_since is null
with no data;
create unique index mv_sponsor_event_fit_scores_pair on public.mv_sponsor_event_fit_scores (event_id, sponsor_id);
create index mv_sponsor_event_fit_scores_sponsor on public.mv_sponsor_event_fit_scores (sponsor_id, score_exact desc);
refresh materialized view public.mv_sponsor_event_fit_scores;
revoke all on public.mv_sponsor_event_fit_scores from anon, authenticated;
grant select on public.mv_sponsor_event_fit_scores to service_role;

-- What is hourly, in one: facts, events that have begun, and what packages are worth.
create function public.fit_hourly() returns json
language sql security definer set search_path = pg_catalog, pg_temp as $$
  select json_build_object('insights', public.refresh_event_insights(), 'begun', public.fit_enqueue_begun(),
    'packages', public.refresh_package_quality())
$$;
do $$
begin
  if exists (select from pg_extension where extname = 'pg_cron') then
    perform cron.schedule('fit-insights', '5 * * * *', 'select public.fit_hourly()');
    perform cron.schedule('fit-nightly', '30 3 * * *',
      'refresh materialized view concurrently public.mv_sponsor_event_fit_scores; select public.fit_suggest()');
  end if;
end $$;
revoke execute on all functions in schema fit from public;
revoke execute on function public.refresh_package_quality, public.fit_hourly from public, anon, authenticated;
grant execute on function public.refresh_package_quality, public.fit_hourly to service_role;

-- What is low, of what is.
create or replace view public.v_low_scores with (security_invoker = true) as
select event_id, sponsor_id, score, coverage,
  (overlap_metrics -> 'audience_overlap' ->> 'categories')::double precision as category_overlap,
  (overlap_metrics -> 'audience_overlap' ->> 'geo')::double precision as geo_overlap,
  (overlap_metrics ->> 'budget_fit')::double precision as budget_fit,
  (overlap_metrics ->> 'engagement_quality')::double precision as engagement_quality, updated_at
from public.sponsorship_matches where score_exact < 0.3 and stale_since is null order by score_exact, event_id, sponsor_id;
