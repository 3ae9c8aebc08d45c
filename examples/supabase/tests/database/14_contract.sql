-- The contract's calls: ordered by an index, eligible, embedded, and no dearer for who has much.
\set QUIET 1
begin;
\ir fixtures.psql
create function pg_temp.plan_of(who uuid, query text) returns text language plpgsql as $$
declare
  line text;
  found text := '';
begin
  perform set_config('request.jwt.claims', json_build_object('sub', who, 'role', 'authenticated')::text, true);
  set local role authenticated;
  for line in execute 'explain (costs off) ' || query loop found := found || line || E'\n'; end loop;
  reset role;
  return found;
end $$;
-- Buffers that a query touches: a measure that does not depend on the machine.
create function pg_temp.buffers_of(who uuid, query text) returns bigint language plpgsql as $$
declare found json;
begin
  perform set_config('request.jwt.claims', json_build_object('sub', who, 'role', 'authenticated')::text, true);
  set local role authenticated;
  execute 'explain (analyze, buffers, format json) ' || query into found;
  reset role;
  return (found -> 0 -> 'Plan' ->> 'Shared Hit Blocks')::bigint + (found -> 0 -> 'Plan' ->> 'Shared Read Blocks')::bigint;
end $$;
select plan(27);

-- Two thousand sponsors at each of sixty events; olga has fifty of them.
alter table public.sponsorship_matches disable trigger user;
insert into public.sponsors (id, name) select md5('s' || n)::uuid, 'Sponsor ' || n from generate_series(1, 2000) n;
insert into public.sponsor_targeting (sponsor_id, industry, preferred_categories) select md5('s' || n)::uuid, 'industry ' || n % 30, '{music}' from generate_series(1, 2000) n;
insert into public.events (id, owner_id, title, status, categories)
select md5('e' || n)::uuid, case when n <= 50 then :'olga'::uuid else md5('o' || n)::uuid end, 'Event ' || n, 'published', '{music}' from generate_series(1, 60) n;
insert into public.sponsorship_packages (event_id, title, price_cents, inventory) select id, 'Stage', 1000, 2 from public.events where title like 'Event %';
insert into public.sponsorship_matches (event_id, sponsor_id, score, score_exact, coverage, overlap_metrics, digest, config_fingerprint, engine_version, sponsor_gen, event_gen)
select md5('e' || e)::uuid, md5('s' || s)::uuid, round(x::numeric, 4), x, 1, '{"budget_fit": 0.6, "audience_overlap": {"categories": 0.7, "geo": 0.6}, "geo_fit": 0.6, "engagement_quality": 0.6, "objectives_similarity": 0.5}', 1, 'f', 'v', 1, 1
from generate_series(1, 60) e, generate_series(1, 2000) s, lateral (select (e * 7919 + s * 104729) % 10007 / 10007.0::double precision as x) score;
insert into public.sponsor_members (sponsor_id, user_id) values (md5('s7')::uuid, :'stranger');
analyze;

select md5('e3')::uuid as event, md5('s7')::uuid as sponsor \gset
select format($$select * from public.v_sponsor_recommendations where event_id = %L and score >= 0.6 order by score desc limit 10$$, :'event') as organisers \gset
select format($$select * from public.v_event_recommendations where sponsor_id = %L and score >= 0.5 and available_packages > 0 order by score desc limit 20$$, :'sponsor') as sponsors \gset
select $$select * from public.v_sponsorship_package_cards where is_active = true and available_inventory >= 1 and quality_score >= 70 order by quality_score desc limit 20 offset 0$$ as cards \gset
select alike(pg_temp.plan_of(:'olga', :'organisers'), '%sponsorship_matches_event_score%', 'sponsors of an event come by an index');
select unalike(pg_temp.plan_of(:'olga', :'organisers'), '%Sort%', 'in its order');
select alike(pg_temp.plan_of(:'stranger', :'sponsors'), '%sponsorship_matches_sponsor_score%', 'events of a sponsor likewise');
-- Sixty rows are sooner sorted; that they need not be is what counts.
set local enable_sort = off;
select unalike(pg_temp.plan_of(:'stranger', :'sponsors'), '%Sort%', 'in its order');
select alike(pg_temp.plan_of(:'stranger', :'cards'), '%sponsorship_package_quality_order%', 'and packages by their quality');
select unalike(pg_temp.plan_of(:'stranger', :'cards'), '%Sort%', 'in its order');
set local enable_sort = on;
select is(pg_temp.as_role('authenticated', :'olga', :'organisers'), '10 rows');
select is(pg_temp.as_role('authenticated', :'stranger', :'sponsors'), '20 rows');

-- What a check costs does not grow with what one has: one event of many, of an organiser with fifty and of one with one.
select pg_temp.buffers_of(:'olga', :'organisers') as of_fifty, pg_temp.buffers_of(md5('o55')::uuid, replace(:'organisers', :'event', md5('e55')::uuid::text)) as of_one \gset
select ok(:of_fifty < 3 * :of_one + 200, format('an organiser of fifty events reads %s buffers, one of one %s', :of_fifty, :of_one));
select set_config('request.jwt.claims', '', true) \gset
insert into public.events (owner_id, title, status) select :'olga', 'More ' || n, 'published' from generate_series(1, 10000) n;
insert into public.sponsorship_matches (event_id, sponsor_id, score, score_exact, coverage, overlap_metrics, digest, config_fingerprint, engine_version, sponsor_gen, event_gen)
select e.id, md5('s' || s)::uuid, 0.7, 0.7, 1, '{"geo_fit": 0.6}', 1, 'f', 'v', 1, 1 from public.events e, generate_series(1, 5) s where e.title like 'More %';
analyze public.events;
analyze public.sponsorship_matches;
select pg_temp.buffers_of(:'olga', :'organisers') as of_ten_thousand \gset
select ok(:of_ten_thousand < 3 * :of_one + 200, format('with ten thousand more it reads %s', :of_ten_thousand));
select is(pg_temp.as_role('authenticated', :'olga', :'organisers'), '10 rows');
delete from public.events where title like 'More %';

-- Eligible, or acted on.
update public.sponsor_targeting set excluded_categories = '{"  MÚSIC ", Music}' where sponsor_id = :'sponsor';
select is(pg_temp.as_role('authenticated', :'stranger', :'sponsors'), '0 rows', 'a category that is excluded, however it is written');
update public.sponsorship_matches set contacted_at = now() where sponsor_id = :'sponsor' and event_id = :'event';
select is(pg_temp.as_role('authenticated', :'stranger', format('select from public.v_event_recommendations where sponsor_id = %L', :'sponsor')), '1 rows', 'but what somebody acted on stays in the list');
update public.sponsor_targeting set excluded_categories = '{}' where sponsor_id = :'sponsor';
update public.sponsorship_packages set is_exclusive = true where event_id = :'event';
select count(*) as listed from public.v_sponsor_recommendations where event_id = :'event' \gset
insert into public.sponsorship_orders (package_id, sponsor_id, event_id, amount_cents) select id, :'sponsor', event_id, 1000 from public.sponsorship_packages where event_id = :'event';
select is((select count(*) from public.v_sponsor_recommendations r where event_id = :'event' and industry = 'industry 7' and sponsor_id <> :'sponsor'), 0::bigint, 'an industry that is taken is taken');
select ok((select count(*) from public.v_sponsor_recommendations where event_id = :'event') < :listed, 'at the event');
update public.sponsorship_orders set status = 'refunded' where event_id = :'event';
select is((select count(*) from public.v_sponsor_recommendations where event_id = :'event'), :listed::bigint, 'until it is given back');
select throws_ok(format($$insert into public.sponsorship_orders (package_id, sponsor_id, event_id, amount_cents) select id, %L, %L, 1 from public.sponsorship_packages where event_id = %L$$,
  :'sponsor', :'event_1', :'event'), '23503', null, 'an order names an event of its package');
-- A near miss decides nothing: moving a price moves nobody out of a list.
update public.sponsorship_packages set price_cents = 999999999 where event_id = :'event';
select is((select count(*) from public.v_sponsor_recommendations where event_id = :'event'), :listed::bigint, 'a price that is too high moves nobody out');

-- Amounts are compared in one currency.
update public.sponsor_private set budget_disclosure = 'exact', currency = 'EUR' where sponsor_id = :'sponsor_a';
select is((select "row"::jsonb ->> 'annual_budget_cents' from fit.sponsor_documents where id = :'sponsor_a'), null, 'without a rate an amount is unknown');
insert into public.currency_rates (currency, valid_from, rate) values ('EUR', current_date - 10, 1.5), ('EUR', current_date - 5, 1.1), ('EUR', current_date + 1, 9);
select is((select "row"::jsonb ->> 'annual_budget_cents' from fit.sponsor_documents where id = :'sponsor_a'), '5500000', 'and by the last rate that holds otherwise');

-- Packages: their quality, drawn to the mean by what is not known.
insert into public.event_audience_insights (event_id, engagement_score, ticket_conversion_rate, sentiment_score)
select md5('e' || n)::uuid, 0.2 + n % 10 / 20.0, 0.05, 0 from generate_series(1, 59) n;
insert into public.event_audience_insights (event_id, sentiment_score) select md5('e60')::uuid, 1;
update public.events set owner_id = md5('o' || right(id::text, 1))::uuid where title like 'Event %';
select ok(public.refresh_package_quality() > 0, 'quality is made anew');
select is((select parties >= 5 from public.published_statistics), true, 'drawn to a mean that is published, of five at least');
select ok((select quality_score < 80 and quality_coverage <= 0.3 from public.v_sponsorship_package_cards where event_id = md5('e60')::uuid), 'a single part that is perfect does not come first');
select ok((select bool_and(quality_score between 0 and 100) from public.sponsorship_package_quality), 'always in its range');
create temp table pages as select package_id from (select package_id from public.v_sponsorship_package_cards order by quality_score desc, package_id limit 20 offset 0) a
  union all select package_id from (select package_id from public.v_sponsorship_package_cards order by quality_score desc, package_id limit 20 offset 20) b;
select is((select count(distinct package_id) from pages), 40::bigint, 'cards page without repeats');
select is(pg_temp.as_role('authenticated', :'stranger', 'insert into public.published_statistics (name, version, value, parties) values (''x'', 1, 1, 5)'), '42501', 'nobody publishes by themselves');
-- updated_at moves with its row.
update public.events set updated_at = '2000-01-01' where id = :'event_2';
update public.events set city = 'Bremen' where id = :'event_2';
select is((select updated_at from public.events where id = :'event_2'), now(), 'updated_at moves with its row');

select * from finish();
rollback;
