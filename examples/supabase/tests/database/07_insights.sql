-- The pipeline against a slow oracle that reads all facts at once, on random facts that come
-- in parts, late and out of order. Facts count when their transaction has ended, so this
-- test commits; it cleans up behind itself.
\set QUIET 1
\ir fixtures.psql
select plan(25);

-- Facts of three events over three days, from a seed; `place` says in which part they come.
select setseed(0.42) \gset
create table fit.facts_to_come as
select row_number() over () as n, floor(random() * 4)::integer as part,
  (array[:'event_1', :'event_2', :'event_draft', '33333333-0000-4000-8000-0000000000ff']::uuid[])[1 + floor(random() * 4)] as event_id,
  ('66666666-0000-4000-8000-' || lpad(floor(random() * 40)::text, 12, '0'))::uuid as visitor_id,
  date_trunc('day', now()) - interval '3 days' + floor(random() * 72 * 60) * interval '1 minute' as created_at,
  (array['US', 'CA', 'DE', null])[1 + floor(random() * 4)] as country,
  (array['18-24', '25-34', null])[1 + floor(random() * 3)] as age,
  floor(random() * 10000)::integer as ms, floor(random() * 3)::integer as views, random() as chance,
  (array['impression', 'video', 'order', 'ticket', 'post'])[1 + floor(random() * 5)] as kind
from generate_series(1, 3000);

create procedure fit.bring(which integer) language sql as $$
  insert into public.event_impressions (event_id, visitor_id, created_at, country, age_bucket, dwell_ms)
    select event_id, visitor_id, created_at, country, age, case when chance < 0.7 then ms end from fit.facts_to_come where part = which and kind = 'impression';
  insert into public.event_video_counters (event_id, visitor_id, created_at, true_views, completions, watch_ms)
    select event_id, case when chance < 0.5 then visitor_id end, created_at, views, least(views, 1), ms from fit.facts_to_come where part = which and kind = 'video';
  insert into public.orders (event_id, visitor_id, created_at, status, tickets, total_cents)
    select event_id, visitor_id, created_at, case when chance < 0.4 then 'paid' when chance < 0.7 then 'pending' else 'canceled' end, views + 1, ms from fit.facts_to_come where part = which and kind = 'order';
  insert into public.ticket_analytics (event_id, visitor_id, created_at, action)
    select event_id, visitor_id, created_at, (array['view', 'select', 'checkout', 'check_in'])[1 + ms % 4] from fit.facts_to_come where part = which and kind = 'ticket';
  insert into public.post_views (post_id, event_id, visitor_id, created_at, kind, dwell_ms, watch_percentage, sentiment)
    select gen_random_uuid(), event_id, visitor_id, created_at, case when chance < 0.3 then 'mention' else 'view' end, ms, round(chance::numeric, 4),
      case when chance < 0.25 then round((chance * 8 - 1)::numeric, 3) end from fit.facts_to_come where part = which and kind = 'post';
$$;

-- The oracle: every number from the facts themselves, in other words than the pipeline's.
create function fit.oracle(until timestamptz) returns table (event_id uuid, attendee_count bigint, avg_dwell double precision,
  geo jsonb, ages jsonb, engagement double precision, conversion double precision, mentions bigint, sentiment double precision,
  visitors bigint, orders bigint, tickets bigint, buyers bigint)
language sql as $$
  with e as (select id from public.events),
  i as (select * from public.event_impressions where created_at < until), v as (select * from public.event_video_counters where created_at < until),
  o as (select * from public.orders where created_at < until), t as (select * from public.ticket_analytics where created_at < until),
  p as (select * from public.post_views where created_at < until),
  everyone as (select event_id, visitor_id from i union select event_id, visitor_id from v union select event_id, visitor_id from o
    union select event_id, visitor_id from t union select event_id, visitor_id from p),
  people as (select event_id, count(visitor_id) as n from everyone group by event_id),
  lived as (select distinct on (event_id, visitor_id) event_id, visitor_id, country from i where country is not null
    order by event_id, visitor_id, created_at desc, country desc),
  aged as (select distinct on (event_id, visitor_id) event_id, visitor_id, age_bucket from i where age_bucket is not null
    order by event_id, visitor_id, created_at desc, age_bucket desc)
  select e.id,
    (select nullif(count(distinct visitor_id), 0) from t where t.event_id = e.id and action = 'check_in'),
    (select avg(ms)::double precision from (select dwell_ms as ms from i where event_id = e.id union all select dwell_ms from p where event_id = e.id) d),
    (select coalesce(jsonb_object_agg(country, n), '{}') from (select country, count(*) as n from lived where event_id = e.id group by country) c),
    (select coalesce(jsonb_object_agg(age_bucket, n::double precision / (select count(*) from aged where event_id = e.id)), '{}')
      from (select age_bucket, count(*) as n from aged where event_id = e.id group by age_bucket) a),
    (select avg(x) from unnest(array[
      (select sum(completions)::double precision / nullif(sum(true_views), 0) from v where event_id = e.id),
      (select avg(watch_percentage)::double precision from p where event_id = e.id),
      (select count(distinct visitor_id)::double precision / nullif(max(people.n), 0) from t join people using (event_id)
        where t.event_id = e.id and t.action in ('select', 'checkout'))]) x),
    (select count(distinct visitor_id) from o where event_id = e.id and status = 'paid')::double precision / people.n,
    (select count(*) from p where event_id = e.id and kind = 'mention'),
    (select (sum(sentiment) / (count(sentiment) + 10))::double precision from p where event_id = e.id and sentiment is not null),
    people.n, (select count(*) from o where event_id = e.id and status = 'paid'),
    (select coalesce(sum(tickets), 0) from o where event_id = e.id and status = 'paid'),
    (select count(distinct visitor_id) from o where event_id = e.id and status = 'paid')
  from e join people on people.event_id = e.id
$$;
-- Rows where the pipeline and the oracle differ. Averages may differ in their last digit:
-- avg() rounds otherwise than a quotient of sums.
create function fit.differences(until timestamptz) returns bigint language sql as $$
  select count(*) from fit.oracle(until) o
  full join public.event_audience_insights i on i.event_id = o.event_id
  full join public.event_performance f on f.event_id = coalesce(o.event_id, i.event_id)
  where (o.attendee_count, o.geo, o.ages, o.conversion, o.mentions, o.visitors, o.orders, o.tickets, o.buyers) is distinct from
      (i.attendee_count::bigint, i.geo_distribution, i.age_segments, i.ticket_conversion_rate::double precision, i.social_mentions::bigint,
       f.unique_visitors, f.orders, f.tickets, f.buyers)
    or not coalesce(abs(o.avg_dwell - i.avg_dwell_time_ms) < 1e-9, o.avg_dwell is null and i.avg_dwell_time_ms is null)
    or not coalesce(abs(o.engagement - i.engagement_score) < 1e-12, o.engagement is null and i.engagement_score is null)
    or not coalesce(abs(o.sentiment - i.sentiment_score) < 1e-12, o.sentiment is null and i.sentiment_score is null)
$$;
delete from public.event_audience_insights;
select date_trunc('day', now()) - interval '2 days' as day_1, date_trunc('day', now()) - interval '1 day' as day_2, now() as today \gset

call fit.bring(0);
select ok(public.refresh_event_insights(:'day_1') > 0, 'a first part is counted');
select is(fit.differences(:'day_1'), 0::bigint, 'as from scratch');
select ok((select count(*) from public.event_performance where unique_visitors > 10) = 3, 'of events that there are');
select is(public.refresh_event_insights(:'day_1'), 0, 'a second time changes nothing');
select is(fit.differences(:'day_1'), 0::bigint);
call fit.bring(1);
select ok(public.refresh_event_insights(:'day_1') > 0, 'late facts of the same day are counted');
select is(fit.differences(:'day_1'), 0::bigint, 'as from scratch');
select ok(public.refresh_event_insights(:'day_2') > 0, 'what lay in the future is counted when its time comes');
select is(fit.differences(:'day_2'), 0::bigint, 'as from scratch');
call fit.bring(2);
call fit.bring(3);
select ok(public.refresh_event_insights(:'today') > 0, 'late and new facts together');
select is(fit.differences(:'today'), 0::bigint, 'as from scratch');
update public.orders set status = 'paid' where status = 'pending' and event_id = :'event_1';
update public.orders set status = 'refunded' where status = 'paid' and event_id = :'event_2';
select is(public.refresh_event_insights(:'today'), 2, 'orders whose status moved on are looked at again');
select is(fit.differences(:'today'), 0::bigint, 'as from scratch');
select is((select ticket_conversion_rate::double precision from public.event_audience_insights where event_id = :'event_2'), 0::double precision, 'all refunded: nobody bought');
select throws_ok(format('select public.refresh_event_insights(%L)', :'day_1'), '22023', null, 'time does not go back');
select is(public.rebuild_event_insights(:'today'), 0, 'all anew gives what is there');
select is(fit.differences(:'today'), 0::bigint);
select ok((select bool_and(conversion_rate between 0 and 1) from public.v_event_performance_summary where conversion_rate is not null), 'conversion is a share');
select ok((select bool_and(orders > buyers) from public.event_performance where event_id = :'event_1'), 'though some bought twice');

-- What is dirty for it: only what the score reads.
update fit.fit_dirty set done_gen = gen;
insert into public.post_views (post_id, event_id, created_at, kind) values (gen_random_uuid(), :'event_1', now() - interval '1 minute', 'mention');
select is(public.refresh_event_insights(now()), 1, 'one more mention');
select is((select count(*) from fit.fit_dirty where gen > done_gen), 0::bigint, 'changes no score');
insert into public.event_impressions (event_id, visitor_id, created_at, country) values (:'event_1', gen_random_uuid(), now() - interval '1 minute', 'FR');
select is(public.refresh_event_insights(now()), 1, 'a visitor from elsewhere');
select is((select count(*) from fit.fit_dirty where gen > done_gen), 1::bigint, 'does');
select throws_ok('update public.event_impressions set country = null', '23001', null, 'facts are not rewritten');
select throws_ok('delete from public.orders', '23001', null, 'nor removed');

select * from finish();
drop function fit.differences, fit.oracle;
drop procedure fit.bring;
drop table fit.facts_to_come;
alter table public.orders disable trigger append_only;
truncate public.event_impressions, public.event_video_counters, public.orders, public.ticket_analytics, public.post_views;
truncate fit.frozen_totals, fit.frozen_visitors, fit.frozen_orders, fit.order_moves, fit.touched_events, fit.fact_keys;
select public.rebuild_event_insights(now()) \gset
update fit.insights_progress set until = '-infinity';
delete from public.sponsorship_matches; delete from public.events; delete from public.sponsors;
update fit.settings set scoring = '{}'; truncate fit.fit_dirty, fit.fit_inbox;
