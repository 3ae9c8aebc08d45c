-- The pipeline never worsens what it knows. What was imported stays until facts measure the same
-- quantity; facts may come before their event, twice, without a visitor, move to another event, be
-- refunded or erased; and months that are dropped stay counted.
alter table public.event_audience_insights
  -- What facts have measured, by column; everything else was imported.
  add column provenance jsonb not null default '{}' check (jsonb_typeof(provenance) = 'object');
select fit.grant_columns('event_audience_insights');
update public.event_audience_insights i set provenance = (
  select jsonb_object_agg(key, 'measured') from jsonb_each(to_jsonb(i)) as c (key, value)
  where key in ('attendee_count', 'avg_dwell_time_ms', 'geo_distribution', 'age_segments', 'engagement_score',
    'ticket_conversion_rate', 'social_mentions', 'sentiment_score') and value not in ('null', '{}'))
where exists (select from public.event_performance p where p.event_id = i.event_id)
  and exists (select from jsonb_each(to_jsonb(i)) as c (key, value)
    where key in ('attendee_count', 'avg_dwell_time_ms', 'engagement_score', 'ticket_conversion_rate', 'social_mentions',
      'sentiment_score') and value <> 'null');

create function fit.note_import() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(current_setting('fit.pipeline', true), '') <> 'on' then
    new.provenance := new.provenance - array(select n.key from jsonb_each(to_jsonb(new)) as n (key, value)
      where value is distinct from to_jsonb(old) -> n.key);
  end if;
  if to_jsonb(new) is distinct from to_jsonb(old) then new.updated_at := now(); end if;
  return new;
end $$;
create trigger note_import before update on public.event_audience_insights
  for each row execute function fit.note_import();

drop function fit.new_fact_rows(bigint, bigint, timestamptz, timestamptz);
drop view fit.fact_rows;

-- Who buys without an account has no visitor: the order counts, and nobody.
alter table public.orders alter column visitor_id drop not null;
-- A share, and not a percentage: 85 is refused by name, where 1 could be either.
alter table public.post_views drop constraint post_views_watch_percentage_check;
alter table public.post_views alter column watch_percentage type numeric;
alter table public.post_views add constraint watch_percentage_is_a_share_from_0_to_1 check (watch_percentage between 0 and 1);
alter table public.post_views drop constraint post_views_sentiment_check;
alter table public.post_views alter column sentiment type numeric;
alter table public.post_views add constraint sentiment_is_from_minus_1_to_1 check (sentiment between -1 and 1);

-- A collector that sends at least once names its events: the first is counted.
create table fit.fact_keys (
  fact text not null,
  event_key text not null check (length(event_key) between 1 and 200),
  at timestamptz not null default now(),
  primary key (fact, event_key)
);
create index fact_keys_at on fit.fact_keys (at);
alter table fit.fact_keys enable row level security;
create function fit.keep_first() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into fit.fact_keys (fact, event_key) values (tg_argv[0], new.event_key) on conflict do nothing;
  return case when found then new end;
end $$;
do $$
declare fact text;
begin
  foreach fact in array fit.fact_tables() loop
    execute format('alter table public.%I add column event_key text', fact);
    execute format('create trigger keep_first before insert on public.%I for each row when (new.event_key is not null) execute function fit.keep_first(%L)', fact, fact);
  end loop;
end $$;

-- Whose insights are to be made anew; of an event that is not there yet they wait for it.
create table fit.touched_events (event_id uuid primary key);
alter table fit.touched_events enable row level security;
-- An order that went to another event or visitor: where it was.
create table fit.order_moves (
  n bigint generated always as identity primary key,
  event_id uuid not null,
  visitor_id uuid
);
alter table fit.order_moves enable row level security;
create or replace function fit.reingest() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (old.event_id, old.visitor_id) is distinct from (new.event_id, new.visitor_id) then
    insert into fit.order_moves (event_id, visitor_id) values (old.event_id, old.visitor_id);
  end if;
  new.ingest_xid = pg_current_xact_id()::text::bigint;
  return new;
end $$;

-- Months that were dropped, as they were counted.
create table fit.frozen_totals (like fit.event_totals including all);
create table fit.frozen_visitors (like fit.event_visitors including all);
create table fit.frozen_orders (
  event_id uuid primary key,
  orders bigint not null,
  tickets bigint not null,
  ever bigint not null
);
create table fit.frozen_months (
  month date not null,
  fact text not null,
  rows bigint not null,
  at timestamptz not null default now(),
  primary key (month, fact)
);
alter table fit.event_totals add column posts bigint not null default 0;
alter table fit.frozen_totals add column posts bigint not null default 0;
-- Whether a visitor did anything but order: an order can go, and then nobody was there.
alter table fit.event_visitors add column seen boolean not null default true;
alter table fit.frozen_visitors add column seen boolean not null default true;
update fit.event_totals set posts = 1 where mentions > 0 or watch_count > 0 or sentiment_count > 0;
do $$
declare name text;
begin
  foreach name in array array['frozen_totals', 'frozen_visitors', 'frozen_orders', 'frozen_months'] loop
    execute format('alter table fit.%I enable row level security', name);
    execute format('grant select on fit.%I to service_role', name);
  end loop;
end $$;

-- What facts say of a visitor and of an event. What was known of a visitor at a moment is a text that
-- sorts by the moment: microseconds, exact in a double until the year 2255.
create view fit.fact_rows as
  select event_id, visitor_id, created_at, ingest_xid,
    case when country is not null
      then round(date_part('epoch', created_at) * 1000000)::bigint::text || ':' || country end as country_latest,
    case when age_bucket is not null
      then round(date_part('epoch', created_at) * 1000000)::bigint::text || ':' || age_bucket end as age_latest,
    dwell_ms::bigint as dwell_ms,
    1 as impressions, 0 as true_views, 0 as completions, 0::bigint as watch_ms, null::numeric as watch,
    null::text as action, 0 as mentions, null::numeric as sentiment, 0 as posts, true as seen, 'event_impressions' as fact
  from public.event_impressions
union all
  select event_id, visitor_id, created_at, ingest_xid, null, null, null,
    0, true_views, completions, watch_ms, null, null, 0, null, 0, true, 'event_video_counters'
  from public.event_video_counters
union all
  select event_id, visitor_id, created_at, ingest_xid, null, null, null, 0, 0, 0, 0, null, action, 0, null, 0, true,
    'ticket_analytics'
  from public.ticket_analytics
union all
  select event_id, visitor_id, created_at, ingest_xid, null, null, dwell_ms, 0, 0, 0, 0, watch_percentage,
    null, case kind when 'mention' then 1 else 0 end, sentiment, 1, true, 'post_views'
  from public.post_views
union all
  select event_id, visitor_id, created_at, ingest_xid, null, null, null, 0, 0, 0, 0, null, null, 0, null, 0, false, 'orders'
  from public.orders;

-- Of the facts those that are new to a refresh, in two disjoint kinds: rows of transactions finished
-- since the watermark, and rows that came before it but lay in what was then the future.
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
-- plus ten, as if ten more mentions had been neutral. A share without a denominator is unknown,
-- and what no fact measured is null. Orders measure the conversion even when all were refunded.
create or replace view fit.computed_insights as
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
  case when t.ticket_actions > 0 or o.ever > 0
    then v.bought::double precision / nullif(v.visitors, 0) end as ticket_conversion_rate,
  case when t.posts > 0 then t.mentions end as social_mentions,
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
  select coalesce(sum(orders), 0)::bigint as orders, coalesce(sum(tickets), 0)::bigint as tickets, coalesce(sum(ever), 0)::bigint as ever
  from (
    select count(*) filter (where status = 'paid') as orders, sum(tickets) filter (where status = 'paid') as tickets, count(*) as ever
    from public.orders o, fit.insights_progress p
    where o.event_id = t.event_id and o.created_at < p.until
    union all
    select f.orders, f.tickets, f.ever from fit.frozen_orders f where f.event_id = t.event_id) both_kinds) o;

-- Counts the facts that happened before `until`, late ones included, and writes the insights
-- that changed. Runs twice at once in turn, and a second time without effect. Returns how
-- many insights were written.
create or replace function public.refresh_event_insights(until timestamptz default now()) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp set work_mem = '256MB' as $$
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
  elsif until > clock_timestamp() then
    raise exception 'until: % is in the future, and what happens until then would not be counted twice', until
      using errcode = 'invalid_parameter_value';
  end if;
  horizon := greatest(horizon, progress.watermark);

  with new_totals as (
    select event_id, sum(impressions) as impressions, coalesce(sum(dwell_ms), 0) as dwell_ms, count(dwell_ms) as dwell_count,
      sum(true_views) as true_views, sum(completions) as completions, sum(watch_ms) as watch_ms,
      coalesce(sum(watch), 0) as watch_sum, count(watch) as watch_count, count(action) as ticket_actions,
      sum(mentions) as mentions, coalesce(sum(sentiment), 0) as sentiment_sum, count(sentiment) as sentiment_count,
      sum(posts) as posts
    from fit.new_fact_rows(progress.watermark, horizon, progress.until, refresh_event_insights.until)
    group by event_id
  ), touched as (
    insert into fit.touched_events select event_id from new_totals on conflict do nothing
  )
  insert into fit.event_totals as t (event_id, impressions, dwell_ms, dwell_count, true_views, completions, watch_ms,
    watch_sum, watch_count, ticket_actions, mentions, sentiment_sum, sentiment_count, posts)
  select * from new_totals
  on conflict (event_id) do update set
    impressions = t.impressions + excluded.impressions, dwell_ms = t.dwell_ms + excluded.dwell_ms,
    dwell_count = t.dwell_count + excluded.dwell_count, true_views = t.true_views + excluded.true_views,
    completions = t.completions + excluded.completions, watch_ms = t.watch_ms + excluded.watch_ms,
    watch_sum = t.watch_sum + excluded.watch_sum, watch_count = t.watch_count + excluded.watch_count,
    ticket_actions = t.ticket_actions + excluded.ticket_actions, mentions = t.mentions + excluded.mentions,
    sentiment_sum = t.sentiment_sum + excluded.sentiment_sum,
    sentiment_count = t.sentiment_count + excluded.sentiment_count, posts = t.posts + excluded.posts;

  insert into fit.event_visitors as v (event_id, visitor_id, country_latest, age_latest, acted, checked_in, seen)
  select event_id, visitor_id, max(country_latest collate "C"), max(age_latest collate "C"),
    coalesce(bool_or(action in ('select', 'checkout')), false), coalesce(bool_or(action = 'check_in'), false), bool_or(seen)
  from fit.new_fact_rows(progress.watermark, horizon, progress.until, refresh_event_insights.until)
  where visitor_id is not null
  group by event_id, visitor_id
  on conflict (event_id, visitor_id) do update set
    country_latest = greatest(v.country_latest, excluded.country_latest),
    age_latest = greatest(v.age_latest, excluded.age_latest),
    acted = v.acted or excluded.acted, checked_in = v.checked_in or excluded.checked_in, seen = v.seen or excluded.seen
  where (v.country_latest, v.age_latest, v.acted, v.checked_in, v.seen) is distinct from
    (greatest(v.country_latest, excluded.country_latest), greatest(v.age_latest, excluded.age_latest),
     v.acted or excluded.acted, v.checked_in or excluded.checked_in, v.seen or excluded.seen);

  -- Orders change their status, or go elsewhere: their visitors are looked at again.
  with gone as (delete from fit.order_moves m where true returning m.event_id),
  touched as (insert into fit.touched_events select distinct event_id from gone on conflict do nothing),
  changed as (
    select n.event_id, n.visitor_id from public.orders n
    where n.created_at < refresh_event_insights.until and n.visitor_id is not null
      and ((n.ingest_xid >= progress.watermark and n.ingest_xid < horizon) or n.created_at >= progress.until)
    union
    select m.event_id, m.visitor_id from fit.order_moves m where m.visitor_id is not null
  ), now_bought as (
    select c.event_id, c.visitor_id,
      exists (select from public.orders o where (o.event_id, o.visitor_id) = (c.event_id, c.visitor_id)
        and o.created_at < refresh_event_insights.until and o.status = 'paid')
      or exists (select from fit.frozen_visitors f where (f.event_id, f.visitor_id) = (c.event_id, c.visitor_id) and f.bought) as bought,
      exists (select from public.orders o where (o.event_id, o.visitor_id) = (c.event_id, c.visitor_id)
        and o.created_at < refresh_event_insights.until) as ordered
    from changed c
  ), left_for_good as (
    delete from fit.event_visitors v using now_bought b
    where (v.event_id, v.visitor_id) = (b.event_id, b.visitor_id) and not v.seen and not b.ordered and not b.bought
  )
  update fit.event_visitors v set bought = b.bought from now_bought b
  where (v.event_id, v.visitor_id) = (b.event_id, b.visitor_id) and v.bought <> b.bought
    and (v.seen or b.ordered or b.bought);

  update fit.insights_progress p
  set watermark = horizon, until = refresh_event_insights.until, refreshed_at = clock_timestamp() where p.only_row;

  perform set_config('fit.pipeline', 'on', true);
  -- Facts of an event that is not there stay counted, and are shown when it is.
  with ready as (
    delete from fit.touched_events t using public.events e where e.id = t.event_id returning t.event_id
  ), computed as materialized (
    select c.* from fit.computed_insights c join ready using (event_id)
  ), performance as (
    insert into public.event_performance as p (event_id, impressions, unique_visitors, avg_dwell_time_ms,
      true_views, completions, watch_ms, orders, tickets, buyers)
    select event_id, impressions, coalesce(unique_visitors, 0), avg_dwell_time_ms, true_views, completions, watch_ms,
      orders, tickets, coalesce(buyers, 0)
    from computed order by event_id
    on conflict (event_id) do update set impressions = excluded.impressions,
      unique_visitors = excluded.unique_visitors, avg_dwell_time_ms = excluded.avg_dwell_time_ms,
      true_views = excluded.true_views, completions = excluded.completions, watch_ms = excluded.watch_ms,
      orders = excluded.orders, tickets = excluded.tickets, buyers = excluded.buyers, updated_at = now()
    where (p.impressions, p.unique_visitors, p.avg_dwell_time_ms, p.true_views, p.completions, p.watch_ms,
        p.orders, p.tickets, p.buyers) is distinct from
      (excluded.impressions, excluded.unique_visitors, excluded.avg_dwell_time_ms, excluded.true_views,
       excluded.completions, excluded.watch_ms, excluded.orders, excluded.tickets, excluded.buyers)
  ), merged as (
    -- What facts measure, else what they measured before and do not any more, which is nothing,
    -- else what was imported.
    select c.event_id,
      case when c.attendee_count is not null or i.provenance ? 'attendee_count' then c.attendee_count else i.attendee_count end as attendee_count,
      case when c.avg_dwell_time_ms is not null or i.provenance ? 'avg_dwell_time_ms' then c.avg_dwell_time_ms else i.avg_dwell_time_ms end as avg_dwell_time_ms,
      case when c.geo_distribution <> '{}' or i.provenance ? 'geo_distribution' then c.geo_distribution else coalesce(i.geo_distribution, '{}') end as geo_distribution,
      case when c.age_segments <> '{}' or i.provenance ? 'age_segments' then c.age_segments else coalesce(i.age_segments, '{}') end as age_segments,
      case when c.engagement_score is not null or i.provenance ? 'engagement_score' then c.engagement_score else i.engagement_score end as engagement_score,
      case when c.ticket_conversion_rate is not null or i.provenance ? 'ticket_conversion_rate' then c.ticket_conversion_rate else i.ticket_conversion_rate end as ticket_conversion_rate,
      case when c.social_mentions is not null or i.provenance ? 'social_mentions' then c.social_mentions else i.social_mentions end as social_mentions,
      case when c.sentiment_score is not null or i.provenance ? 'sentiment_score' then c.sentiment_score else i.sentiment_score end as sentiment_score,
      jsonb_strip_nulls(jsonb_build_object(
        'attendee_count', case when c.attendee_count is not null then 'measured' end,
        'avg_dwell_time_ms', case when c.avg_dwell_time_ms is not null then 'measured' end,
        'geo_distribution', case when c.geo_distribution <> '{}' then 'measured' end,
        'age_segments', case when c.age_segments <> '{}' then 'measured' end,
        'engagement_score', case when c.engagement_score is not null then 'measured' end,
        'ticket_conversion_rate', case when c.ticket_conversion_rate is not null then 'measured' end,
        'social_mentions', case when c.social_mentions is not null then 'measured' end,
        'sentiment_score', case when c.sentiment_score is not null then 'measured' end)) as provenance
    from computed c left join public.event_audience_insights i using (event_id)
  )
  insert into public.event_audience_insights as i (event_id, attendee_count, avg_dwell_time_ms, geo_distribution,
    age_segments, engagement_score, ticket_conversion_rate, social_mentions, sentiment_score, provenance)
  select event_id, attendee_count, avg_dwell_time_ms, geo_distribution, age_segments, engagement_score,
    ticket_conversion_rate, social_mentions, sentiment_score, provenance
  from merged order by event_id
  on conflict (event_id) do update set attendee_count = excluded.attendee_count,
    avg_dwell_time_ms = excluded.avg_dwell_time_ms, geo_distribution = excluded.geo_distribution,
    age_segments = excluded.age_segments, engagement_score = excluded.engagement_score,
    ticket_conversion_rate = excluded.ticket_conversion_rate, social_mentions = excluded.social_mentions,
    sentiment_score = excluded.sentiment_score, provenance = excluded.provenance
  where (i.attendee_count, i.avg_dwell_time_ms, i.geo_distribution, i.age_segments, i.engagement_score,
      i.ticket_conversion_rate, i.social_mentions, i.sentiment_score, i.provenance) is distinct from
    (excluded.attendee_count, excluded.avg_dwell_time_ms, excluded.geo_distribution, excluded.age_segments,
     excluded.engagement_score, excluded.ticket_conversion_rate, excluded.social_mentions, excluded.sentiment_score,
     excluded.provenance);
  get diagnostics written = row_count;
  perform set_config('fit.pipeline', 'off', true);
  return written;
end $$;

-- Counts all facts anew, on what was frozen: after a restore into another cluster, whose
-- transactions are numbered otherwise, or after facts were removed by hand.
create or replace function public.rebuild_event_insights(until timestamptz default now()) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  lock table fit.insights_progress in exclusive mode;
  insert into fit.touched_events select event_id from fit.event_totals on conflict do nothing;
  truncate fit.event_visitors, fit.event_totals;
  insert into fit.event_totals select * from fit.frozen_totals;
  insert into fit.event_visitors select * from fit.frozen_visitors;
  update fit.insights_progress set watermark = 0, until = '-infinity' where only_row;
  return public.refresh_event_insights(rebuild_event_insights.until);
end $$;

-- Removes what was brought of a person, everywhere; what was counted of them falls at the next refresh.
create function public.erase_visitor(visitor_id uuid) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  progress fit.insights_progress;
  fact text;
  erased bigint := 0;
  n bigint;
begin
  select * into strict progress from fit.insights_progress for update;
  insert into fit.touched_events
  select event_id from fit.event_visitors v where v.visitor_id = erase_visitor.visitor_id
  union select event_id from fit.fact_rows r where r.visitor_id = erase_visitor.visitor_id
  on conflict do nothing;
  update fit.event_totals t set
    impressions = t.impressions - r.impressions, dwell_ms = t.dwell_ms - r.dwell_ms, dwell_count = t.dwell_count - r.dwell_count,
    true_views = t.true_views - r.true_views, completions = t.completions - r.completions, watch_ms = t.watch_ms - r.watch_ms,
    watch_sum = t.watch_sum - r.watch_sum, watch_count = t.watch_count - r.watch_count,
    ticket_actions = t.ticket_actions - r.ticket_actions, mentions = t.mentions - r.mentions,
    sentiment_sum = t.sentiment_sum - r.sentiment_sum, sentiment_count = t.sentiment_count - r.sentiment_count, posts = t.posts - r.posts
  from (
    select event_id, sum(impressions) as impressions, coalesce(sum(dwell_ms), 0) as dwell_ms, count(dwell_ms) as dwell_count,
      sum(true_views) as true_views, sum(completions) as completions, sum(watch_ms) as watch_ms,
      coalesce(sum(watch), 0) as watch_sum, count(watch) as watch_count, count(action) as ticket_actions,
      sum(mentions) as mentions, coalesce(sum(sentiment), 0) as sentiment_sum, count(sentiment) as sentiment_count, sum(posts) as posts
    from fit.fact_rows f
    where f.visitor_id = erase_visitor.visitor_id and f.ingest_xid < progress.watermark and f.created_at < progress.until
    group by event_id) r
  where t.event_id = r.event_id;
  perform set_config('fit.erasing', 'on', true);
  foreach fact in array fit.fact_tables() loop
    execute format('delete from public.%I where visitor_id = $1', fact) using erase_visitor.visitor_id;
    get diagnostics n = row_count;
    erased := erased + n;
  end loop;
  perform set_config('fit.erasing', 'off', true);
  delete from fit.event_visitors v where v.visitor_id = erase_visitor.visitor_id;
  delete from fit.frozen_visitors v where v.visitor_id = erase_visitor.visitor_id;
  delete from fit.order_moves m where m.visitor_id = erase_visitor.visitor_id;
  return erased;
end $$;

-- The setting lets nobody erase who may not delete: it only says that it is meant.
create or replace function fit.refuse_change() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if coalesce(current_setting('fit.erasing', true), '') = 'on' then
    return null;
  end if;
  raise exception '% is append-only', tg_relid::regclass using errcode = 'restrict_violation';
end $$;

-- Drops the months before one, once all of them is counted, and keeps what was.
create function public.freeze_facts(before date) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  progress fit.insights_progress;
  partition record;
  frozen bigint := 0;
  uncounted bigint;
begin
  select * into strict progress from fit.insights_progress for update;
  for partition in
    select c.oid::regclass as name, f.fact, to_date(right(c.relname, 7), 'YYYY_MM') as month
    from unnest(fit.fact_tables()) as f (fact)
    join pg_inherits h on h.inhparent = format('public.%I', f.fact)::regclass join pg_class c on c.oid = h.inhrelid
    where to_date(right(c.relname, 7), 'YYYY_MM') + interval '1 month' <= before
    order by month, fact
  loop
    execute format('select count(*) from %s where ingest_xid >= $1 or created_at >= $2', partition.name)
      into uncounted using progress.watermark, progress.until;
    if uncounted > 0 then
      raise exception '%: % rows are not counted yet', partition.name, uncounted
        using errcode = 'object_not_in_prerequisite_state', hint = 'refresh_event_insights, then again';
    end if;
    insert into fit.frozen_totals as t (event_id, impressions, dwell_ms, dwell_count, true_views, completions, watch_ms,
      watch_sum, watch_count, ticket_actions, mentions, sentiment_sum, sentiment_count, posts)
    select event_id, sum(impressions), coalesce(sum(dwell_ms), 0), count(dwell_ms), sum(true_views), sum(completions),
      sum(watch_ms), coalesce(sum(watch), 0), count(watch), count(action), sum(mentions), coalesce(sum(sentiment), 0),
      count(sentiment), sum(posts)
    from fit.fact_rows r
    where r.fact = partition.fact and r.created_at >= partition.month::timestamp at time zone 'UTC'
      and r.created_at < (partition.month + interval '1 month') at time zone 'UTC'
    group by event_id
    on conflict (event_id) do update set
      impressions = t.impressions + excluded.impressions, dwell_ms = t.dwell_ms + excluded.dwell_ms,
      dwell_count = t.dwell_count + excluded.dwell_count, true_views = t.true_views + excluded.true_views,
      completions = t.completions + excluded.completions, watch_ms = t.watch_ms + excluded.watch_ms,
      watch_sum = t.watch_sum + excluded.watch_sum, watch_count = t.watch_count + excluded.watch_count,
      ticket_actions = t.ticket_actions + excluded.ticket_actions, mentions = t.mentions + excluded.mentions,
      sentiment_sum = t.sentiment_sum + excluded.sentiment_sum,
      sentiment_count = t.sentiment_count + excluded.sentiment_count, posts = t.posts + excluded.posts;
    insert into fit.frozen_visitors as v (event_id, visitor_id, country_latest, age_latest, acted, checked_in, bought, seen)
    select r.event_id, r.visitor_id, max(r.country_latest collate "C"), max(r.age_latest collate "C"),
      coalesce(bool_or(r.action in ('select', 'checkout')), false), coalesce(bool_or(r.action = 'check_in'), false),
      partition.fact = 'orders' and exists (select from public.orders o where (o.event_id, o.visitor_id) = (r.event_id, r.visitor_id)
        and o.status = 'paid' and o.created_at >= partition.month::timestamp at time zone 'UTC'
        and o.created_at < (partition.month + interval '1 month') at time zone 'UTC'), true
    from fit.fact_rows r
    where r.fact = partition.fact and r.visitor_id is not null and r.created_at >= partition.month::timestamp at time zone 'UTC'
      and r.created_at < (partition.month + interval '1 month') at time zone 'UTC'
    group by r.event_id, r.visitor_id
    on conflict (event_id, visitor_id) do update set
      country_latest = greatest(v.country_latest, excluded.country_latest),
      age_latest = greatest(v.age_latest, excluded.age_latest),
      acted = v.acted or excluded.acted, checked_in = v.checked_in or excluded.checked_in, bought = v.bought or excluded.bought;
    if partition.fact = 'orders' then
      insert into fit.frozen_orders as f (event_id, orders, tickets, ever)
      select event_id, count(*) filter (where status = 'paid'), coalesce(sum(tickets) filter (where status = 'paid'), 0), count(*)
      from public.orders where created_at >= partition.month::timestamp at time zone 'UTC'
        and created_at < (partition.month + interval '1 month') at time zone 'UTC' group by event_id
      on conflict (event_id) do update set orders = f.orders + excluded.orders, tickets = f.tickets + excluded.tickets,
        ever = f.ever + excluded.ever;
      -- Who ordered in it stays a visitor, as everybody who was counted does.
      update fit.event_visitors v set seen = true from fit.frozen_visitors f
      where (v.event_id, v.visitor_id) = (f.event_id, f.visitor_id) and not v.seen;
    end if;
    execute format('insert into fit.frozen_months (month, fact, rows) select $1, $2, count(*) from %s', partition.name)
      using partition.month, partition.fact;
    execute format('drop table %s', partition.name);
    frozen := frozen + 1;
  end loop;
  delete from fit.fact_keys k where k.at < before;
  return frozen;
end $$;

-- Who holds the pipeline: facts are counted up to the oldest transaction that is open anywhere in the cluster.
create function fit.oldest_transaction()
returns table (pid integer, database text, application text, state text, since timestamptz, what text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.pid, a.datname::text, a.application_name, a.state, a.xact_start, left(a.query, 100)
  from pg_stat_activity a where a.backend_xid is not null and a.pid <> pg_backend_pid()
  union all
  select null, p.database::text, 'prepared transaction ' || p.gid, 'prepared', p.prepared, null from pg_prepared_xacts p
  order by 5 limit 1
$$;
create view public.v_pipeline_health with (security_invoker = true) as
select p.refreshed_at, extract(epoch from clock_timestamp() - p.refreshed_at)::double precision as refreshed_seconds_ago,
  p.until as counted_until, p.watermark,
  pg_snapshot_xmin(pg_current_snapshot())::text::bigint as oldest_open,
  pg_snapshot_xmax(pg_current_snapshot())::text::bigint - pg_snapshot_xmin(pg_current_snapshot())::text::bigint as transactions_waiting,
  o.since as held_since, extract(epoch from clock_timestamp() - o.since)::double precision as held_seconds,
  o.pid as held_by_pid, o.application as held_by, o.database as held_in, o.state as held_state, o.what as held_statement,
  (select count(*) from fit.touched_events t where not exists (select from public.events e where e.id = t.event_id)) as events_unknown
from fit.insights_progress p left join fit.oldest_transaction() o on true;
revoke all on public.v_pipeline_health from anon, authenticated;
grant select on public.v_pipeline_health to service_role;
grant select on fit.touched_events to service_role;

revoke execute on all functions in schema fit from public;
grant execute on function fit.oldest_transaction to service_role;
revoke execute on function public.refresh_event_insights, public.rebuild_event_insights, public.erase_visitor,
  public.freeze_facts from public, anon, authenticated;
grant execute on function public.refresh_event_insights, public.rebuild_event_insights, public.erase_visitor,
  public.freeze_facts to service_role;
