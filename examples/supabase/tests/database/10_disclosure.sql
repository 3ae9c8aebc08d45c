-- What two parties share is made from the profile as disclosed.
\set QUIET 1
begin;
\ir fixtures.psql
select plan(47);

-- The bands and their middles.
select results_eq($$select cents, fit.disclosed_cents(cents, 'band') from unnest(array[0, 1, 2, 4, 5, 9, 10, 19, 20, 99, 100, 199, 200,
  4999999, 5000000, 9999999, 10000000, 9007199254740991]::bigint[]) as cents$$,
  $$values (0::bigint, 0::bigint), (1, 1), (2, 3), (4, 3), (5, 7), (9, 7), (10, 14), (19, 14), (20, 32), (99, 71), (100, 141), (199, 141), (200, 316),
  (4999999, 3162278), (5000000, 7071068), (9999999, 7071068), (10000000, 14142136), (9007199254740991, 7071067811865475)$$,
  'a band is the geometric middle of 1, 2, 5 and 10, to the nearest integer');
select is_empty($$
  select n, digit from generate_series(0, 15) n, unnest(array[2, 10, 50]) as digit,
    lateral (select fit.nearest_root(digit * power(10::numeric, 2 * n)) as r) root
  -- Nearest: the square is between those of the halves on either side.
  where not ((2 * r::numeric - 1) ^ 2 < 4 * digit * power(10::numeric, 2 * n) and 4 * digit * power(10::numeric, 2 * n) < (2 * r::numeric + 1) ^ 2) $$,
  'every middle is the nearest integer');
select ok((select bool_and(fit.disclosed_cents(c, 'band') = fit.disclosed_cents(c + 1, 'band')) from generate_series(2000000, 4999998, 99991) c), 'a band is one value');
select is(fit.disclosed_cents(123, 'exact'), 123::bigint);
select is(fit.disclosed_cents(123, 'none'), null);
select is(fit.disclosed_cents(null, 'band'), null);

-- The document holds it and nothing else.
create function pg_temp.document(what uuid) returns jsonb language sql as $$ select "row"::jsonb from fit.sponsor_documents where id = what $$;
select is(pg_temp.document(:'sponsor_a') ->> 'annual_budget_cents', '7071068', 'who reads for a score reads the band');
select ok(not exists (select from pg_depend d join pg_rewrite r on r.oid = d.objid
  where r.ev_class in ('fit.sponsor_documents'::regclass, 'fit.event_documents'::regclass) and d.refobjid = 'public.sponsor_private'::regclass),
  'and the documents do not read the private table at all');
update public.sponsor_private set budget_disclosure = 'exact' where sponsor_id = :'sponsor_a';
select is(pg_temp.document(:'sponsor_a') ->> 'annual_budget_cents', '5000000', 'or what is disclosed');
update public.sponsor_private set budget_disclosure = 'none' where sponsor_id = :'sponsor_a';
select is(pg_temp.document(:'sponsor_a') ->> 'annual_budget_cents', null, 'or nothing');
update public.sponsor_private set budget_disclosure = 'band' where sponsor_id = :'sponsor_a';
select is(pg_temp.document(:'sponsor_a') -> 'brand_objectives', 'null', 'nothing is in it that this configuration does not read');

-- The old leak. One event and its score gave every budget: budget_fit = B / (B + H). What an organiser can
-- make of it now is the band, for all budgets alike.
create function pg_temp.inverted(fit double precision) returns numeric language sql as $$ select round((100000 * fit / (1 - fit))::numeric) $$;
select is(pg_temp.inverted(7071068 / (7071068 + 100000.0)), 7071068::numeric, 'a score gives what was disclosed');
select isnt(pg_temp.inverted(7071068 / (7071068 + 100000.0)), 5000000::numeric, 'which is not the budget');
select is(pg_temp.as_role('authenticated', :'stranger', $$insert into public.events (title, status) values ('Probe', 'draft')$$), '1 rows', 'a draft is made');
select is((select count(*) from fit.fit_dirty d join public.events e on e.id = d.id where e.title = 'Probe'), 0::bigint, 'and is no question to anybody');
select is((select count(*) from fit.event_documents d join public.events e using (id) where e.status <> 'published'), 0::bigint, 'no draft has a document');
select is((select count(*) from fit.load('event') l join public.events e using (id) where e.status <> 'published'), 0::bigint, 'nor is one loaded');

-- A change that discloses nothing new leaves no trace that others see.
create function pg_temp.trace() returns text language sql as $$
  select md5(string_agg(x, '|' order by x)) from (
    select t::text || t.xmin::text || t.ctid::text as x from public.sponsor_targeting t
    union all select d::text from fit.fit_dirty d union all select i::text from fit.fit_inbox i
    union all select m::text || m.xmin::text from public.sponsorship_matches m) everything $$;
select pg_temp.trace() as before \gset
update public.sponsor_private set annual_budget_cents = 9999999, notes = 'changed my mind' where sponsor_id = :'sponsor_a';
select is(pg_temp.trace(), :'before', 'a budget within its band, and notes');
select is(pg_temp.as_role('authenticated', :'alice', format($$update public.sponsor_profiles set annual_budget_cents = 6000000, notes = 'x' where sponsor_id = %L$$, :'sponsor_a')), '1 rows');
select is(pg_temp.trace(), :'before', 'nor as a member does it');
update public.sponsor_private set is_listed = is_listed where sponsor_id = :'sponsor_a';
select is(pg_temp.trace(), :'before');
select is(pg_temp.as_role('authenticated', :'alice', format($$update public.sponsor_profiles set annual_budget_cents = 60000000 where sponsor_id = %L$$, :'sponsor_a')), '1 rows');
select isnt(pg_temp.trace(), :'before', 'another band is seen');
select is(pg_temp.as_role('authenticated', :'olga', format($$select 1 / (disclosed_budget_cents - 70710678) from public.sponsor_profiles where sponsor_id = %L$$, :'sponsor_a')), '22012', 'as its middle');

-- Lists.
select is(pg_temp.as_role('authenticated', :'omar', 'select from public.v_sponsor_recommendations'), '0 rows', 'a list does not show everyone to everybody');
select is(pg_temp.as_role('authenticated', :'omar', 'select from public.sponsor_targeting'), '0 rows', 'nor do the tables beneath');
update fit.settings set list_min_score = 0.1;
select is(pg_temp.as_role('authenticated', :'omar', 'select from public.v_sponsor_recommendations'), '1 rows', 'what is good enough is a setting');
update fit.settings set list_min_score = 0.5;
select is(pg_temp.as_role('authenticated', :'olga', 'select from public.v_sponsor_recommendations'), '1 rows');
select is(pg_temp.as_role('authenticated', :'alice', format($$update public.sponsor_profiles set is_listed = false where sponsor_id = %L$$, :'sponsor_a')), '1 rows', 'a sponsor hides');
select is(pg_temp.as_role('authenticated', :'olga', 'select from public.' || t), '0 rows', 'and is in no ' || t)
from unnest(array['v_sponsor_recommendations', 'sponsors', 'sponsor_targeting', 'sponsor_profiles', 'sponsorship_matches']) t;
select is(pg_temp.as_role('authenticated', :'alice', 'select from public.v_event_recommendations'), '1 rows', 'but sees its own');
select is(pg_temp.as_role('authenticated', :'alice', format($$update public.sponsor_profiles set is_listed = true where sponsor_id = %L$$, :'sponsor_a')), '1 rows');
select is(pg_temp.as_role('authenticated', :'alice', format($$insert into public.sponsor_blocks (sponsor_id, user_id) values (%L, %L)$$, :'sponsor_a', :'olga')), '1 rows', 'it blocks an organiser');
select is(pg_temp.as_role('authenticated', :'olga', 'select from public.sponsors'), '0 rows', 'who does not find it');
select is(pg_temp.as_role('authenticated', :'olga', 'select from public.sponsor_blocks'), '0 rows', 'nor learns why');
select is(pg_temp.as_role('authenticated', :'alice', 'select from public.v_event_recommendations'), '0 rows', 'and is not found by it');
select is(pg_temp.as_role('authenticated', :'alice', 'delete from public.sponsor_blocks'), '1 rows');

-- Events that are not to come.
update public.events set status = 'cancelled' where id = :'event_1';
select is(pg_temp.as_role('authenticated', :'alice', 'select from public.sponsorship_matches'), '0 rows', 'a cancelled event shows nobody');
update public.events set status = 'published', start_at = now() - interval '1 second' where id = :'event_1';
select is(pg_temp.as_role('authenticated', :'olga', 'select from public.v_sponsor_recommendations'), '0 rows', 'one that has begun shows nobody either');
select is(public.fit_enqueue_begun(), 1, 'and the schedule says so to the worker');
delete from fit.event_quota;
select is(pg_temp.as_role('authenticated', :'stranger', $$insert into public.events (title) select 'Event ' || n from generate_series(1, 21) n$$), 'PT429', 'as many events a day as the settings say');

truncate public.sponsor_private;
select is((select count(*) from public.sponsor_targeting where disclosed_budget_cents is not null), 0::bigint, 'what is truncated is disclosed no more');
insert into public.sponsor_private (sponsor_id, annual_budget_cents) values (:'sponsor_a', 5000000);
delete from public.sponsor_private where sponsor_id = :'sponsor_a';
select is((select count(*) from public.sponsor_targeting where disclosed_budget_cents is not null), 0::bigint, 'nor what is deleted');

select * from finish();
rollback;
