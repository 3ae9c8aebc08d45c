-- sponsor_profiles is one table to its callers.
\set QUIET 1
begin;
\ir fixtures.psql
select plan(14);

select columns_are('public', 'sponsor_profiles', array['sponsor_id', 'industry', 'company_size', 'annual_budget_cents',
  'currency', 'brand_objectives', 'target_audience', 'preferred_categories', 'excluded_categories', 'regions',
  'reputation_score', 'objectives_embedding', 'notes', 'created_at', 'updated_at', 'budget_disclosure', 'is_listed',
  'disclosed_budget_cents', 'disclosed_currency', 'problem']);
-- CONTRACT.md, A changed profile.
select is(pg_temp.as_role('authenticated', :'ann', format($$
  update public.sponsor_profiles set preferred_categories = '{music,food}', regions = '{US}', annual_budget_cents = 7
  where sponsor_id = %L returning *$$, :'sponsor_a')), '1 rows', 'a member updates both halves at once');
select results_eq(format($$ select preferred_categories, regions, annual_budget_cents, industry, notes
  from public.sponsor_profiles where sponsor_id = %L $$, :'sponsor_a'),
  $$ values ('{music,food}'::text[], '{US}'::text[], 7::bigint, 'audio', 'will pay more') $$,
  'and what was not named stays');
select is(pg_temp.as_role('authenticated', :'bob', format(
  $$update public.sponsor_profiles set regions = '{XX}' where sponsor_id = %L$$, :'sponsor_a')), '0 rows', 'another sponsor updates nothing');
select is(pg_temp.as_role('authenticated', :'olga', format(
  $$update public.sponsor_profiles set regions = '{XX}' where sponsor_id = %L$$, :'sponsor_a')), '0 rows', 'an organiser who sees it neither');
select is(pg_temp.as_role('authenticated', :'olga', format(
  $$update public.sponsor_profiles set annual_budget_cents = 1 where sponsor_id = %L$$, :'sponsor_a')), '42501', 'nor its private half');
select is(pg_temp.as_role('authenticated', :'ann', format(
  $$update public.sponsor_profiles set reputation_score = 1 where sponsor_id = %L$$, :'sponsor_a')), '42501', 'nobody gives themselves a reputation');
select is(pg_temp.as_role('service_role', null, format(
  $$update public.sponsor_profiles set reputation_score = 0.7 where sponsor_id = %L$$, :'sponsor_a')), '1 rows', 'the service does');
select is((select reputation_score::double precision from public.sponsor_targeting where sponsor_id = :'sponsor_a'), 0.7::double precision);
select throws_ok(format($$update public.sponsor_profiles set annual_budget_cents = -5 where sponsor_id = %L$$, :'sponsor_a'),
  '23514', null, 'a budget below zero is refused');
select throws_ok(format($$update public.sponsor_profiles set sponsor_id = gen_random_uuid() where sponsor_id = %L$$, :'sponsor_a'),
  '22023', null, 'a profile stays with its sponsor');
insert into public.sponsors (id, name) values ('22222222-0000-4000-8000-00000000000c', 'Cider');
insert into public.sponsor_members (sponsor_id, user_id) values ('22222222-0000-4000-8000-00000000000c', :'bob');
select is(pg_temp.as_role('authenticated', :'bob', $$insert into public.sponsor_profiles (sponsor_id, regions, annual_budget_cents)
  values ('22222222-0000-4000-8000-00000000000c', '{GB}', 12)$$), '1 rows', 'a member writes a first profile');
select results_eq($$select regions, annual_budget_cents, currency from public.sponsor_profiles
  where sponsor_id = '22222222-0000-4000-8000-00000000000c'$$, $$values ('{GB}'::text[], 12::bigint, 'USD')$$);
delete from public.sponsor_profiles where sponsor_id = '22222222-0000-4000-8000-00000000000c';
select is_empty($$select from public.sponsor_private where sponsor_id = '22222222-0000-4000-8000-00000000000c'$$, 'both halves go together');

select * from finish();
rollback;
