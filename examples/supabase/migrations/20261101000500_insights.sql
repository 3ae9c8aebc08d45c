-- The hourly pipeline: facts into event_audience_insights. What was counted is kept as
-- partial results, so an hour costs the rows of that hour; sums are exact (integers,
-- numeric), so the order in which rows came changes no bit.

-- Which rows were counted: those of finished transactions before `watermark` that
-- happened before `until`.
create table fit.insights_progress (
  only_row boolean primary key default true check (only_row),
  watermark bigint not null default 0,
  until timestamptz not null default '-infinity',
  refreshed_at timestamptz
);
alter table fit.insights_progress enable row level security;
insert into fit.insights_progress default values;

create table fit.event_visitors (
  event_id uuid not null,
  visitor_id uuid not null,
  -- The moment in microseconds and what was known then: the greatest is the latest.
  country_latest text collate "C",
  age_latest text collate "C",
  acted boolean not null default false,
  checked_in boolean not null default false,
  bought boolean not null default false,
  primary key (event_id, visitor_id)
);
alter table fit.event_visitors enable row level security;

create table fit.event_totals (
  event_id uuid primary key,
  impressions bigint not null,
  dwell_ms bigint not null,
  dwell_count bigint not null,
  true_views bigint not null,
  completions bigint not null,
  watch_ms bigint not null,
  watch_sum numeric not null,
  watch_count bigint not null,
  ticket_actions bigint not null,
  mentions bigint not null,
  sentiment_sum numeric not null,
  sentiment_count bigint not null
);
alter table fit.event_totals enable row level security;
-- From scratch and by hand the service may look; nobody writes but the pipeline.
grant select on fit.insights_progress, fit.event_visitors, fit.event_totals to service_role;

-- What the performance view and the package cards show: counts, no person in them.
create table public.event_performance (
  event_id uuid primary key references public.events (id) on delete cascade,
  impressions bigint not null,
  unique_visitors bigint not null,
  avg_dwell_time_ms double precision,
  true_views bigint not null,
  completions bigint not null,
  watch_ms bigint not null,
  orders bigint not null,
  tickets bigint not null,
  buyers bigint not null,
  updated_at timestamptz not null default now(),
  constraint buyers_are_visitors check (buyers <= unique_visitors)
);

-- Of the facts that are new to a refresh, what they say of a visitor and of an event.
-- Two disjoint kinds: rows of transactions finished since the watermark, and rows that
-- came before it but lay in what was then the future. What was known of a visitor at a moment
-- is a text that sorts by the moment: microseconds, exact in a double until the year 2255.
create view fit.fact_rows as
  select event_id, visitor_id, created_at, ingest_xid,
    case when country is not null
      then round(date_part('epoch', created_at) * 1000000)::bigint::text || ':' || country end as country_latest,
    case when age_bucket is not null
      then round(date_part('epoch', created_at) * 1000000)::bigint::text || ':' || age_bucket end as age_latest,
    dwell_ms::bigint as dwell_ms,
    1 as impressions, 0 as true_views, 0 as completions, 0::bigint as watch_ms, null::numeric as watch,
    null::text as action, 0 as mentions, null::numeric as sentiment
  from public.event_impressions
union all
  select event_id, visitor_id, created_at, ingest_xid, null, null, null,
    0, true_views, completions, watch_ms, null, null, 0, null
  from public.event_video_counters
union all
  select event_id, visitor_id, created_at, ingest_xid, null, null, null, 0, 0, 0, 0, null, action, 0, null
  from public.ticket_analytics
union all
  select event_id, visitor_id, created_at, ingest_xid, null, null, dwell_ms, 0, 0, 0, 0, watch_percentage,
    null, case kind when 'mention' then 1 else 0 end, sentiment
  from public.post_views
union all
  select event_id, visitor_id, created_at, ingest_xid, null, null, null, 0, 0, 0, 0, null, null, 0, null
  from public.orders;

create function fit.new_fact_rows(watermark bigint, horizon bigint, counted_until timestamptz, until timestamptz)
returns setof fit.fact_rows
language sql stable parallel safe as $$
  select * from fit.fact_rows r
  where r.ingest_xid >= watermark and r.ingest_xid < horizon and r.created_at < new_fact_rows.until
  union all
  select * from fit.fact_rows r
  where r.ingest_xid < watermark and r.created_at >= counted_until and r.created_at < new_fact_rows.until
$$;

-- Insights of the events, from the partial results. engagement_score, version 1: the mean
-- of what is known of the share of video views that were completed, the mean share watched
-- of a post, and the share of visitors who chose tickets. sentiment: the sum over the count
-- plus ten, as if ten more mentions had been neutral. A share without a denominator is unknown.
create view fit.computed_insights as
select t.event_id,
  nullif(v.checked_in, 0) as attendee_count,
  t.dwell_ms::double precision / nullif(t.dwell_count, 0) as avg_dwell_time_ms,
  coalesce(v.geo, '{}') as geo_distribution,
  coalesce(v.ages, '{}') as age_segments,
  (select sum(part)::double precision / nullif(count(part), 0) from (values
    (1, t.completions::double precision / nullif(t.true_views, 0)),
    (2, (t.watch_sum / nullif(t.watch_count, 0))::double precision),
    (3, case when t.ticket_actions > 0 then v.acted::double precision / nullif(v.visitors, 0) end)
    ) as parts (place, part)) as engagement_score,
  case when t.ticket_actions > 0 or o.orders > 0
    then v.bought::double precision / nullif(v.visitors, 0) end as ticket_conversion_rate,
  t.mentions as social_mentions,
  case when t.sentiment_count > 0
    then (t.sentiment_sum / (t.sentiment_count + 10))::double precision end as sentiment_score,
  t.impressions, v.visitors as unique_visitors, t.true_views, t.completions, t.watch_ms,
  o.orders, o.tickets, v.bought as buyers
from fit.event_totals t
-- Everybody, by country and by age, in one pass over an event's visitors.
cross join lateral (
  select max(n) filter (where level = 3) as visitors, max(n_acted) filter (where level = 3) as acted,
    max(n_checked_in) filter (where level = 3) as checked_in, max(n_bought) filter (where level = 3) as bought,
    jsonb_object_agg(country, n) filter (where level = 1 and country is not null) as geo,
    jsonb_object_agg(age, n::double precision / of_known_age) filter (where level = 2 and age is not null) as ages
  from (
    select country, age, grouping(country, age) as level, count(*) as n, count(*) filter (where acted) as n_acted,
      count(*) filter (where checked_in) as n_checked_in, count(*) filter (where bought) as n_bought,
      max(count(age)) over () as of_known_age
    from (
      select substr(country_latest, strpos(country_latest, ':') + 1) as country,
        substr(age_latest, strpos(age_latest, ':') + 1) as age, acted, checked_in, bought
      from fit.event_visitors v where v.event_id = t.event_id) visitor
    group by grouping sets ((), (country), (age))) counted) v
cross join lateral (
  select count(*) as orders, coalesce(sum(tickets), 0) as tickets
  from public.orders o, fit.insights_progress p
  where o.event_id = t.event_id and o.status = 'paid' and o.created_at < p.until) o;

-- Counts the facts that happened before `until`, late ones included, and writes the insights
-- that changed. Runs twice at once in turn, and a second time without effect. Returns how
-- many insights were written.
create function public.refresh_event_insights(until timestamptz default now()) returns integer
language plpgsql security definer set search_path = '' set work_mem = '256MB' as $$
declare
  progress fit.insights_progress;
  -- Every transaction before it has ended: no row can come that is counted past.
  horizon bigint := pg_snapshot_xmin(pg_current_snapshot())::text::bigint;
  written integer;
begin
  select * into strict progress from fit.insights_progress for update;
  if until is null or until < progress.until then
    raise exception 'until: % is before %, until when facts are counted', until, progress.until
      using errcode = 'invalid_parameter_value',
            hint = 'rebuild_event_insights counts anew';
  end if;
  horizon := greatest(horizon, progress.watermark);

  create temp table if not exists fit_new_totals (like fit.event_totals) on commit delete rows;
  truncate fit_new_totals;
  insert into fit_new_totals
  select event_id, sum(impressions), coalesce(sum(dwell_ms), 0), count(dwell_ms), sum(true_views), sum(completions),
    sum(watch_ms), coalesce(sum(watch), 0), count(watch), count(action), sum(mentions),
    coalesce(sum(sentiment), 0), count(sentiment)
  from fit.new_fact_rows(progress.watermark, horizon, progress.until, refresh_event_insights.until)
  group by event_id;

  insert into fit.event_totals as t select * from fit_new_totals
  on conflict (event_id) do update set
    impressions = t.impressions + excluded.impressions, dwell_ms = t.dwell_ms + excluded.dwell_ms,
    dwell_count = t.dwell_count + excluded.dwell_count, true_views = t.true_views + excluded.true_views,
    completions = t.completions + excluded.completions, watch_ms = t.watch_ms + excluded.watch_ms,
    watch_sum = t.watch_sum + excluded.watch_sum, watch_count = t.watch_count + excluded.watch_count,
    ticket_actions = t.ticket_actions + excluded.ticket_actions, mentions = t.mentions + excluded.mentions,
    sentiment_sum = t.sentiment_sum + excluded.sentiment_sum,
    sentiment_count = t.sentiment_count + excluded.sentiment_count;

  insert into fit.event_visitors as v (event_id, visitor_id, country_latest, age_latest, acted, checked_in)
  select event_id, visitor_id, max(country_latest collate "C"), max(age_latest collate "C"),
    coalesce(bool_or(action in ('select', 'checkout')), false), coalesce(bool_or(action = 'check_in'), false)
  from fit.new_fact_rows(progress.watermark, horizon, progress.until, refresh_event_insights.until)
  where visitor_id is not null
  group by event_id, visitor_id
  on conflict (event_id, visitor_id) do update set
    country_latest = greatest(v.country_latest, excluded.country_latest),
    age_latest = greatest(v.age_latest, excluded.age_latest),
    acted = v.acted or excluded.acted, checked_in = v.checked_in or excluded.checked_in
  where (v.country_latest, v.age_latest, v.acted, v.checked_in) is distinct from
    (greatest(v.country_latest, excluded.country_latest), greatest(v.age_latest, excluded.age_latest),
     v.acted or excluded.acted, v.checked_in or excluded.checked_in);

  -- Orders change their status: a visitor of a new or changed one is looked at again.
  update fit.event_visitors v set bought = now_bought.bought
  from (
    select o.event_id, o.visitor_id, bool_or(o.status = 'paid') as bought
    from public.orders o
    join (select distinct event_id, visitor_id from public.orders n
          where n.created_at < refresh_event_insights.until
            and ((n.ingest_xid >= progress.watermark and n.ingest_xid < horizon) or n.created_at >= progress.until)
         ) changed using (event_id, visitor_id)
    where o.created_at < refresh_event_insights.until
    group by o.event_id, o.visitor_id) now_bought
  where (v.event_id, v.visitor_id) = (now_bought.event_id, now_bought.visitor_id)
    and v.bought <> now_bought.bought;

  update fit.insights_progress p
  set watermark = horizon, until = refresh_event_insights.until, refreshed_at = clock_timestamp();

  -- Facts of an event that is gone stay counted and are not shown.
  with computed as materialized (
    select c.* from fit.computed_insights c
    join fit_new_totals n using (event_id) join public.events e on e.id = c.event_id
  ), performance as (
    insert into public.event_performance as p (event_id, impressions, unique_visitors, avg_dwell_time_ms,
      true_views, completions, watch_ms, orders, tickets, buyers)
    select event_id, impressions, unique_visitors, avg_dwell_time_ms, true_views, completions, watch_ms,
      orders, tickets, buyers
    from computed order by event_id
    on conflict (event_id) do update set impressions = excluded.impressions,
      unique_visitors = excluded.unique_visitors, avg_dwell_time_ms = excluded.avg_dwell_time_ms,
      true_views = excluded.true_views, completions = excluded.completions, watch_ms = excluded.watch_ms,
      orders = excluded.orders, tickets = excluded.tickets, buyers = excluded.buyers, updated_at = now()
    where (p.impressions, p.unique_visitors, p.avg_dwell_time_ms, p.true_views, p.completions, p.watch_ms,
        p.orders, p.tickets, p.buyers) is distinct from
      (excluded.impressions, excluded.unique_visitors, excluded.avg_dwell_time_ms, excluded.true_views,
       excluded.completions, excluded.watch_ms, excluded.orders, excluded.tickets, excluded.buyers)
  )
  insert into public.event_audience_insights as i (event_id, attendee_count, avg_dwell_time_ms, geo_distribution,
    age_segments, engagement_score, ticket_conversion_rate, social_mentions, sentiment_score)
  select event_id, attendee_count, avg_dwell_time_ms, geo_distribution, age_segments, engagement_score,
    ticket_conversion_rate, social_mentions, sentiment_score
  from computed order by event_id
  on conflict (event_id) do update set attendee_count = excluded.attendee_count,
    avg_dwell_time_ms = excluded.avg_dwell_time_ms, geo_distribution = excluded.geo_distribution,
    age_segments = excluded.age_segments, engagement_score = excluded.engagement_score,
    ticket_conversion_rate = excluded.ticket_conversion_rate, social_mentions = excluded.social_mentions,
    sentiment_score = excluded.sentiment_score, updated_at = now()
  where (i.attendee_count, i.avg_dwell_time_ms, i.geo_distribution, i.age_segments, i.engagement_score,
      i.ticket_conversion_rate, i.social_mentions, i.sentiment_score) is distinct from
    (excluded.attendee_count, excluded.avg_dwell_time_ms, excluded.geo_distribution, excluded.age_segments,
     excluded.engagement_score, excluded.ticket_conversion_rate, excluded.social_mentions, excluded.sentiment_score);
  get diagnostics written = row_count;
  return written;
end $$;

-- Counts all facts anew: after a restore into another cluster, whose transactions are
-- numbered otherwise, or after facts were removed by hand.
create function public.rebuild_event_insights(until timestamptz default now()) returns integer
language plpgsql security definer set search_path = '' as $$
begin
  lock table fit.insights_progress in exclusive mode;
  truncate fit.event_visitors, fit.event_totals;
  update fit.insights_progress set watermark = 0, until = '-infinity';
  return public.refresh_event_insights(rebuild_event_insights.until);
end $$;

revoke execute on function fit.new_fact_rows, public.refresh_event_insights,
  public.rebuild_event_insights from public, anon, authenticated;
grant execute on function public.refresh_event_insights, public.rebuild_event_insights to service_role;
