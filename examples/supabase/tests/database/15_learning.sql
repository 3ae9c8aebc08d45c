-- What learning needs is kept; and a member's own, taken along and taken away.
\set QUIET 1
begin;
\ir fixtures.psql
select plan(36);

select is((select prosrc from pg_proc where oid = 'fit.sponsorfit_bucket(text, text, text, text, text)'::regprocedure),
  (select prosrc from pg_proc where oid = 'experiment.sponsorfit_bucket(text, text, text, text, text)'::regprocedure), 'buckets are the core''s');
select throws_ok($$insert into fit.experiments (name, salt, unit, variants) values ('x', 's', 'organiser', $v$[{"name": "a", "basis_points": 5000}, {"name": "b", "basis_points": 4999}]$v$)$$, '22023', null, 'shares sum to all');
select throws_ok($$insert into fit.experiments (name, salt, unit, variants) values ('x', 's', 'organiser', $v$[{"name": "a", "basis_points": 5000}, {"name": "a", "basis_points": 5000}]$v$)$$, '22023', null, 'names differ');
select throws_ok($$insert into fit.experiments (name, salt, unit, variants) values ('x', 's', 'organiser', $v$[{"name": "a", "basis_points": 5000, "scoring": {"x": 1}}, {"name": "b", "basis_points": 5000}]$v$)$$, '22023', null, 'configurations are configurations');
insert into fit.experiments (name, salt, unit, variants) values ('weights', '2026-01', 'organiser', '[{"name": "control", "basis_points": 5000}, {"name": "fitted", "basis_points": 5000, "scoring": {"min_coverage": 0.1}}]');
insert into fit.experiments (name, salt, unit, exposure, variants) values ('half', 's', 'sponsor', 5000, '[{"name": "a", "basis_points": 2000}, {"name": "b", "basis_points": 8000}]');
select is_empty($$
  select n from generate_series(1, 2000) n,
    lateral (select fit.assignment('half', 'u' || n) as given, experiment.sponsorfit_bucket('sponsorfit', 'half', 's', 'u' || n, 'exposure') as x,
      experiment.sponsorfit_bucket('sponsorfit', 'half', 's', 'u' || n, 'variant') as v) a
  where given is distinct from case when x < 5000 then case when v < 2000 then 'a' else 'b' end end $$, 'a unit is assigned as the core assigns it');
select ok((select count(*) filter (where fit.assignment('half', 'u' || n) = 'a') between 150 and 250 from generate_series(1, 2000) n), 'and as many as promised');

-- What a page showed.
create function pg_temp.shows(who uuid, variant text, pairs text, positions text) returns text language sql as
  $$ select pg_temp.as_role('authenticated', who, format('select public.sponsorship_shown(%L, %L, %L, %L)', 'weights', variant, pairs, positions)) $$;
select fit.assignment('weights', :'olga') as assigned \gset
select format('[["%s", "%s"], ["%s", "%s"]]', :'event_1', :'sponsor_a', :'event_2', :'sponsor_b') as pairs \gset
select is(pg_temp.shows(:'olga', :'assigned', :'pairs', '{3,1}'), '1 rows', 'a page says what it showed');
select results_eq($$select unit, variant, assigned, position, score_exact from fit.exposures$$,
  format($$values (%L, %L, %L, 3, 0.6469313725490197::double precision)$$, :'olga', :'assigned', :'assigned'), 'of its own pairs alone, with the score and the place');
select is(pg_temp.shows(:'olga', :'assigned', :'pairs', '{9,9}'), '1 rows');
select is((select position from fit.exposures), 3, 'the first time counts');
select is(pg_temp.shows(:'stranger', 'control', :'pairs', '{1,2}'), '1 rows');
select is((select count(*) from fit.exposures), 1::bigint, 'a stranger shows nothing');
select is(pg_temp.shows(:'olga', 'nobody', :'pairs', '{1,2}'), '22023', 'a variant that is none');
select is(pg_temp.shows(:'olga', 'control', :'pairs', '{1}'), '22023', 'a place for every pair');
select is(pg_temp.as_role('anon', null, 'select public.sponsorship_shown(''weights'', ''control'', ''[]'', ''{}'')'), '42501', 'nobody shows nothing');
select throws_ok($$update fit.experiments set salt = 'other' where name = 'weights'$$, '55000', null, 'what somebody has seen is not changed');
select is(pg_temp.as_role('authenticated', :'olga', $$select 1 / (public.sponsorship_variant('weights') <> 'x')::integer$$), '1 rows', 'who asks is told the variant');
select is(pg_temp.as_role('authenticated', :'olga', format($$select 1 / (public.sponsorship_variant('half', %L) is not null)::integer$$, :'sponsor_a')), '22012', 'but not another''s');

-- What came of it.
select is(pg_temp.as_role('authenticated', :'olga', format($$select public.decide_match(%L, %L, 'accepted', 3)$$, :'event_1', :'sponsor_a')), '1 rows');
insert into public.sponsorship_orders (id, package_id, sponsor_id, event_id, amount_cents) values
  ('55555555-0000-4000-8000-000000000001', '44444444-0000-4000-8000-000000000002', :'sponsor_a', :'event_1', 200000);
update public.sponsorship_orders set status = 'paid';
select results_eq('select outcome, amount_cents::bigint, score_exact from fit.outcomes order by id',
  $$values ('pending', 200000::bigint, 0.6469313725490197::double precision), ('paid', 200000, 0.6469313725490197)$$, 'an order is an outcome, with the score of its pair');
select throws_ok('delete from fit.outcomes', '23001', null, 'that nobody takes back');
select results_eq(format($$select units, pairs, accepted, paid, split_is_broken from public.v_experiment_readout where experiment = 'weights' and variant = %L$$, :'assigned'),
  $$values (1::bigint, 1::bigint, 1::bigint, 1::bigint, false)$$, 'the read-out counts it');
insert into fit.exposures (experiment, unit, event_id, sponsor_id, variant, assigned, position)
select 'weights', 'u' || n, :'event_1', gen_random_uuid(), case when n % 10 = 0 then 'fitted' else 'control' end, case when n % 10 = 0 then 'fitted' else 'control' end, 1 from generate_series(1, 1000) n;
select is((select bool_and(split_is_broken) from public.v_experiment_readout where experiment = 'weights'), true, 'nine to one is not one to one: said before any effect');
delete from fit.exposures where unit like 'u%';
update fit.exposures set assigned = 'another';
select is((select bool_and(split_is_broken) from public.v_experiment_readout where experiment = 'weights'), true, 'and so is a page that shows what it should not');
select is((select count(*) from information_schema.columns where column_name = 'refined_score' and table_name in ('sponsorship_matches', 'v_sponsor_recommendations', 'v_event_recommendations')), 3::bigint, 'a refined score has its column');
select ok((select bool_and(refined_score is null) from public.sponsorship_matches), 'and stays null');
select throws_ok($$insert into fit.models (name, version, model, sha256, trained_until) values ('ranker', 1, 'text', repeat('0', 64), now())$$, '23514', null, 'a model is what its digest says');

-- A member's own.
select is(pg_temp.as_role('authenticated', :'alice', $$select 1 / (public.export_my_account() #>> '{sponsors,0,private,annual_budget_cents}' <> '5000000')::integer$$), '22012', 'a member takes its profile along');
select is(pg_temp.as_role('authenticated', :'stranger', $$select 1 / (jsonb_array_length(public.export_my_account() -> 'sponsors'))$$), '22012', 'and nobody another''s');
select is(pg_temp.as_role('authenticated', :'alice', 'select public.delete_my_account()'), '55000', 'an owner does not leave others without one');
delete from public.sponsor_members where user_id = :'ann';
select is(pg_temp.as_role('authenticated', :'alice', 'select public.delete_my_account()'), '1 rows', 'an account is deleted');
select results_eq($$select name, (select count(*) from public.sponsor_private p where p.sponsor_id = s.id), (select count(*) from public.sponsorship_orders o where o.sponsor_id = s.id)
  from public.sponsors s where id = '22222222-0000-4000-8000-00000000000a'$$, $$values ('Deleted sponsor', 0::bigint, 1::bigint)$$, 'its order stays, without a name or a profile');
select is(pg_temp.as_role('authenticated', :'olga', 'select public.delete_my_account()'), '1 rows');
select results_eq($$select title, status, owner_id from public.events where id = '33333333-0000-4000-8000-000000000001'$$,
  $$values ('Deleted event', 'cancelled', '00000000-0000-0000-0000-000000000000'::uuid)$$, 'and so does an event that was sold');
select is((select count(*) from fit.match_decisions where decided_by is not null), 0::bigint, 'decisions stay, and nobody in them');
select is((select count(*) from fit.match_decisions), 1::bigint);

select * from finish();
rollback;
