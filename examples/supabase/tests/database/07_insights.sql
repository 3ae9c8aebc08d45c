-- The pipeline against a slow oracle that reads all facts at once, on random facts that come
-- in parts, late and out of order. Facts count when their transaction has ended, so this
-- test commits; it cleans up behind itself.
\set QUIET 1
\set seed 0.42
\getenv seed FIT_SEED
\ir fixtures.psql
select plan(46);

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
    -- Nobody posted is not known to be no mention.
    (select case when count(*) > 0 then count(*) filter (where kind = 'mention') end from p where event_id = e.id),
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

-- Late, moved, refunded, duplicated, anonymous, erased: five rounds of each at random, and from scratch after every round.
create procedure fit.upset(round integer) language plpgsql as $p$
declare n integer;
begin
  -- A collector that sends at least once: every row twice, under one key.
  for n in 1..2 loop
    insert into public.event_impressions (event_id, visitor_id, created_at, country, age_bucket, dwell_ms, event_key)
      select event_id, visitor_id, created_at - round * interval '1 hour', country, age, ms, 'r' || round || '-' || f.n from fit.facts_to_come f where kind = 'impression' and f.n % 5 = round;
    insert into public.orders (event_id, visitor_id, created_at, status, tickets, event_key)
      select event_id, case when chance < 0.5 then visitor_id end, created_at - round * interval '1 hour', 'paid', views + 1, 'r' || round || '-' || f.n from fit.facts_to_come f where kind = 'order' and f.n % 5 = round;
  end loop;
  -- Some go to another event, some are refunded, some paid after all, some were another visitor's.
  update public.orders set event_id = '33333333-0000-4000-8000-000000000001' where event_id = '33333333-0000-4000-8000-000000000002' and random() < 0.2;
  update public.orders set event_id = '33333333-0000-4000-8000-000000000002' where event_id = '33333333-0000-4000-8000-000000000003' and random() < 0.2;
  update public.orders set status = case when random() < 0.5 then 'refunded' else 'paid' end where random() < 0.2;
  update public.orders set visitor_id = '66666666-0000-4000-8000-0000000000aa' where random() < 0.05;
  -- A visitor of one order, who never came otherwise, and whose order goes elsewhere.
  insert into public.orders (event_id, visitor_id, created_at, event_key) values ('33333333-0000-4000-8000-000000000002', md5('only' || round)::uuid, now() - interval '1 day', 'only' || round);
  if round % 2 = 0 then
    perform public.refresh_event_insights(now());
    update public.orders set event_id = '33333333-0000-4000-8000-000000000001' where event_key = 'only' || round;
  end if;
  perform public.erase_visitor(('66666666-0000-4000-8000-' || lpad(floor(random() * 40)::text, 12, '0'))::uuid);
end $p$;
select setseed(:'seed'::double precision) \gset
call fit.upset(0);
select public.refresh_event_insights(now()), now() as today \gset
select is(fit.differences(now()), 0::bigint, 'late, twice, moved, refunded, guests, erased: as from scratch');
call fit.upset(1);
call fit.upset(2);
select public.refresh_event_insights(now()) \gset
select is(fit.differences(now()), 0::bigint, 'after two at once');
call fit.upset(3);
select public.refresh_event_insights(now()) \gset
select is(fit.differences(now()), 0::bigint);
call fit.upset(4);
select public.refresh_event_insights(now()) \gset
select is(fit.differences(now()), 0::bigint, 'and again');
select is((select count(*) from public.event_impressions where event_key is not null), (select count(*) from fit.fact_keys k where fact = 'event_impressions'
  and exists (select from public.event_impressions i where i.event_key = k.event_key)), 'no key is there twice');
select ok((select count(*) > 0 from public.orders where visitor_id is null), 'guests order');
-- A person is gone, from everywhere.
select visitor_id as person from fit.event_visitors where event_id = :'event_1' order by visitor_id limit 1 \gset
select ok(public.erase_visitor(:'person') > 0, 'a person is erased');
select is((select count(*) from fit.fact_rows where visitor_id = :'person') + (select count(*) from fit.event_visitors where visitor_id = :'person'), 0::bigint, 'and nothing of them is left');
select ok(public.refresh_event_insights(now()) > 0, 'totals fall at the next refresh');
select is(fit.differences(now()), 0::bigint, 'as from scratch');
-- An event that comes after its facts.
insert into public.events (id, owner_id, title, status) values ('33333333-0000-4000-8000-0000000000ff', :'olga', 'Late to its own party', 'published');
select ok((select count(*) from fit.touched_events) = 1, 'facts before their event wait for it');
select is(public.refresh_event_insights(now()), 1, 'and are shown when it is there');
select is(fit.differences(now()), 0::bigint);
-- What was imported stays until it is measured.
insert into public.event_audience_insights (event_id, attendee_count, social_mentions, engagement_score, ticket_conversion_rate, sentiment_score)
  select id, 5000, 5400, 0.8, 0.2, 0.4 from public.events e where title = 'Imported' on conflict do nothing;
insert into public.events (id, owner_id, title, status) values ('33333333-0000-4000-8000-0000000000ee', :'olga', 'Imported', 'published');
insert into public.event_audience_insights (event_id, attendee_count, social_mentions, engagement_score, ticket_conversion_rate, sentiment_score)
  values ('33333333-0000-4000-8000-0000000000ee', 5000, 5400, 0.8, 0.2, 0.4);
insert into public.event_impressions (event_id, visitor_id, country) values ('33333333-0000-4000-8000-0000000000ee', gen_random_uuid(), 'US');
select is(public.refresh_event_insights(now()), 1, 'one impression');
select results_eq($$select attendee_count::bigint, social_mentions::bigint, engagement_score::double precision, ticket_conversion_rate::double precision, geo_distribution, provenance
  from public.event_audience_insights where event_id = '33333333-0000-4000-8000-0000000000ee'$$,
  $$values (5000::bigint, 5400::bigint, 0.8::double precision, 0.2::double precision, '{"US": 1}'::jsonb, '{"geo_distribution": "measured"}'::jsonb)$$,
  'measures where one came from, and worsens nothing else');
delete from public.events where id in ('33333333-0000-4000-8000-0000000000ee', '33333333-0000-4000-8000-0000000000ff');
-- Months that are dropped.
select md5(string_agg((to_jsonb(i) - 'updated_at')::text, '|' order by event_id)) as before from public.event_audience_insights i \gset
select ok(public.freeze_facts((date_trunc('month', now()) + interval '1 month')::date) > 0, 'months are dropped');
select ok(to_regclass('fit.orders_' || to_char(now() at time zone 'UTC', 'YYYY_MM')) is null, 'really');
select fit.make_partitions((now() - interval '13 months')::date, now()::date) \gset
select public.rebuild_event_insights(now()) \gset
select is((select md5(string_agg((to_jsonb(i) - 'updated_at')::text, '|' order by event_id)) from public.event_audience_insights i), :'before', 'and all anew gives what was there');
select ok((select sum(orders) from public.event_performance) > 0 and not exists (select from public.orders), 'of orders that are no more');
select throws_ok($$select public.refresh_event_insights(now() + interval '1 minute')$$, '22023', null, 'the future is refused');
select ok((select refreshed_seconds_ago < 60 and counted_until <= now() and events_unknown >= 0 from public.v_pipeline_health), 'how the pipeline does');

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
drop procedure fit.bring, fit.upset;
drop table fit.facts_to_come;
alter table public.orders disable trigger append_only;
truncate public.event_impressions, public.event_video_counters, public.orders, public.ticket_analytics, public.post_views;
truncate fit.frozen_totals, fit.frozen_visitors, fit.frozen_orders, fit.order_moves, fit.touched_events, fit.fact_keys;
select public.rebuild_event_insights(now()) \gset
update fit.insights_progress set until = '-infinity';
delete from public.sponsorship_matches; delete from public.events; delete from public.sponsors;
update fit.settings set scoring = '{}'; truncate fit.fit_dirty, fit.fit_inbox;
