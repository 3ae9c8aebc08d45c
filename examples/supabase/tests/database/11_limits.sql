-- What the core refuses is refused where it is written, and nothing is without a limit.
\set QUIET 1
begin;
\ir fixtures.psql
select plan(44);

-- Configurations: the core's own cases. JSON in Postgres keeps no duplicates, so that case cannot come.
select is_empty($$
  select line ->> 'name', fit.scoring_problem(line -> 'config') from experiment.core_configs
  where line ? 'config' and not line -> 'expected' ? 'error' and fit.scoring_problem(line -> 'config') is not null $$,
  'a configuration that the core reads is accepted');
select is_empty($$
  select line ->> 'name' from experiment.core_configs
  where line ? 'config' and line -> 'expected' ? 'error' and fit.scoring_problem(line -> 'config') is null $$,
  'one that it refuses is refused');
select ok((select count(*) > 20 from experiment.core_configs where line -> 'expected' ? 'error'), 'and there are such');
select isnt(fit.scoring_problem('{"half_budget_cents": 1e999}'), null, 'a number beyond doubles');
select throws_ok($$update fit.settings set scoring = '{"geo_readings": "any"}'$$, '22023', 'fit.settings.scoring: geo_readings: unknown field', 'a typo is refused where it is written');
select throws_ok($$update fit.settings set backoff_most = '1 second'$$, '22023', null, 'a backoff that ends before it begins');
select throws_ok($$update fit.settings set min_score = 'nan'$$, '23514', null, 'a score that is none');
select throws_ok($$update fit.settings set top_k = 0$$, '23514', null);

-- Rows: the core's rejects, each field alone in its column. What Postgres reads otherwise than the core,
-- it stores as a number or a time, which the core reads; ages are in no document, and may repeat.
create function pg_temp.refused(side text, field text, value jsonb) returns text language plpgsql as $f$
declare
  place text := case side when 'sponsor' then case when field = 'annual_budget_cents' then 'sponsor_private' else 'sponsor_targeting' end
    when 'event' then 'events' else 'event_audience_insights' end;
begin
  execute format('update public.%I set %I = (jsonb_populate_record(null::public.%I, $1)).%I', place, field, place, field)
    using jsonb_build_object(field, value);
  return null;
exception when others then
  return sqlstate;
end $f$;
create temp table rejects as
select line ->> 'name' as name, split_part(line #>> '{expected,error,path}', '.', 1) as side,
  (regexp_match(line #>> '{expected,error,path}', '^[a-z]+\.([a-z_]+)'))[1] as field, line -> 'input' as input
from experiment.core_errors
where line #>> '{expected,error,path}' ~ '^(sponsor|event|insights)\.' and line ? 'input';
delete from rejects where field in ('sponsor_id', 'event_id', 'id', 'name', 'min_price_cents', 'start_at')
  or name ~ 'share as text' or input #>> array[side, field] = '0.5' or field = 'age_segments' and name ~ 'repeat|twice|bucket'
  or input -> side -> field in ('{"a": 0.1, "A": 0.2}', '["US", 7]', '[0, "1"]') or input -> side -> field = '[1]';
select ok((select count(*) > 25 from rejects), 'the core has rejects of columns');
select is_empty($$select name, side, field, input -> side -> field from rejects
  where pg_temp.refused(case side when 'insights' then 'insights' else side end, field, input -> side -> field) is null$$,
  'every one of them is refused where it is written');
-- And what it reads, in every way that rows are written, is accepted.
select ok((select count(*) > 20 from experiment.core_rows where line -> 'input' ? 'sponsor'), 'the core reads rows in many ways');
select is_empty($$
  select line ->> 'name', 'objectives', line -> 'input' -> side -> field from experiment.core_rows, (values ('sponsor', 'brand_objectives'), ('event', 'objectives')) v (side, field)
  where jsonb_typeof(line -> 'input' -> side -> field) = 'object' and not fit.are_objectives(line -> 'input' -> side -> field)
  union all
  select line ->> 'name', 'visitors', line #> '{input,insights,geo_distribution}' from experiment.core_rows
  where jsonb_typeof(line #> '{input,insights,geo_distribution}') = 'object' and not fit.are_counts(line #> '{input,insights,geo_distribution}')
  union all
  select line ->> 'name', 'ages', line #> '{input,insights,age_segments}' from experiment.core_rows
  where jsonb_typeof(line #> '{input,insights,age_segments}') = 'object' and not fit.are_shares(line #> '{input,insights,age_segments}') $$,
  'every one of them');
select is(pg_temp.refused('event', 'objectives', '{"keywords": ["vinyl"], "goals": null, "more": 1}'), null, 'and what is right is not');
select is(pg_temp.refused('insights', 'geo_distribution', '{"US": 5.0, "CA": "7"}'), null);
select is(pg_temp.refused(side, field, value), '23514', why) from (values
  ('sponsor', 'brand_objectives', '{"keywords": 5}'::jsonb, 'keywords that are a number'),
  ('sponsor', 'brand_objectives', '{"goals": [["x"]]}', 'goals of goals'),
  ('insights', 'geo_distribution', '{"US": -1}', 'a negative count'),
  ('insights', 'geo_distribution', '{"US": 0.5}', 'half a visitor'),
  ('insights', 'geo_distribution', '{"US": "many"}', 'a word for a count'),
  ('insights', 'geo_distribution', '{"US": 9007199254740992}', 'a count beyond doubles'),
  ('event', 'categories', '["x", null]', 'a label that is null'),
  ('event', 'categories', '[["x"], ["y"]]', 'a table of labels'),
  ('event', 'regions', (select jsonb_agg('r' || n) from generate_series(1, 1001) n), 'more labels than a thousand'),
  ('event', 'regions', jsonb_build_array(repeat('x', 201)), 'a label as long as a book'),
  ('event', 'objectives', jsonb_build_object('more', repeat('x', 100001)), 'an object of a hundred thousand letters'),
  ('event', 'objectives_embedding', '[0.5, null]', 'a gap in an embedding'),
  ('event', 'objectives_embedding', '["infinity"]', 'an embedding without end'),
  ('event', 'title', to_jsonb(repeat('x', 301)), 'a long title'),
  ('event', 'start_at', '"infinity"', 'a start that never is')) v (side, field, value, why);
select is(pg_temp.refused('event', 'regions', (select jsonb_agg('r' || n) from generate_series(1, 1000) n)), null, 'a thousand labels are taken');
-- 10⁶ labels, as a user tries.
select is(pg_temp.as_role('authenticated', :'olga', $$insert into public.events (title, categories) select 'x', array_agg('c' || n) from generate_series(1, 1000000) n$$), '23514', 'a million are not');
update fit.settings set events_a_day = 5000;
select is(pg_temp.as_role('authenticated', :'olga', $$insert into public.events (title) select 'x' from generate_series(1, 1001)$$), 'PT413', 'a thousand rows with one request');
select is(pg_temp.as_role('authenticated', :'olga', $$insert into public.events (title) select 'x' from generate_series(1, 1000)$$), '1000 rows', 'and no more');
select throws_ok($$insert into public.post_views (post_id, event_id, watch_percentage) values (gen_random_uuid(), gen_random_uuid(), 85)$$,
  '23514', 'new row for relation "post_views_' || to_char(now() at time zone 'UTC', 'YYYY_MM') || '" violates check constraint "watch_percentage_is_a_share_from_0_to_1"', 'a percentage of 85 is refused by name');

-- An embedding of another dimension is unknown, to every reader alike.
update fit.settings set scoring = '{"objectives": {"kind": "embedding", "dimension": 2}}';
update public.sponsor_targeting set objectives_embedding = case sponsor_id when :'sponsor_a' then array[0.5, 0.25]::real[] else array[1]::real[] end;
select results_eq($$select "row"::jsonb ->> 'objectives_embedding' from fit.sponsor_documents order by id$$, $$values ('[0.5, 0.25]'), (null)$$, 'what has another dimension is not in the document');

-- Requests.
select set_config('request.headers', '{"prefer": "count=planned"}', true) \gset
select is(pg_temp.as_role('authenticated', :'olga', 'select fit.check_request()'), 'PT400', 'a planned count is refused');
select is(pg_temp.as_role('anon', null, 'select fit.check_request()'), 'PT400', 'to anybody');
select is(pg_temp.as_role('service_role', null, 'select fit.check_request()'), '1 rows', 'but the service');
select set_config('request.headers', '{"prefer": "return=minimal, count = \"estimated\""}', true) \gset
select is(pg_temp.as_role('authenticated', :'olga', 'select fit.check_request()'), 'PT400', 'an estimated one likewise');
select set_config('request.headers', '{"prefer": "count=exact"}', true) \gset
select is(pg_temp.as_role('authenticated', :'olga', 'select fit.check_request()'), '1 rows', 'an exact one is not');
-- What the system keeps of a row is nobody's column.
select is(pg_temp.as_role('authenticated', :'olga', 'select ' || c || ' from public.events'), '42501', c || ' is not for callers')
from unnest(array['xmin', 'ctid', 'tableoid']) c;
select is_empty($$
  select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') and has_table_privilege('authenticated', c.oid, 'select')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') $$, 'of no table: columns are granted by name');

select * from finish();
rollback;
