-- Two sides decide on one match, each for itself; and nothing is destroyed by a mistake.
\set QUIET 1
begin;
\ir fixtures.psql
create function pg_temp.says(who uuid, what text) returns text language sql as
  $$ select pg_temp.as_role('authenticated', who, 'update public.sponsorship_matches set ' || what) $$;
create function pg_temp.stands() returns text language sql as
  $$ select concat_ws(' ', status, coalesce(sponsor_decision, '-'), coalesce(organiser_decision, '-')) from public.sponsorship_matches
     where sponsor_id = '22222222-0000-4000-8000-00000000000a' $$;
select plan(47);

select is(pg_temp.says(:'alice', $$status = 'rejected'$$), '1 rows', 'a sponsor rejects');
select is(pg_temp.stands(), 'rejected rejected -');
select is(pg_temp.says(:'olga', $$status = 'accepted'$$), '1 rows', 'an organiser accepts');
select is(pg_temp.stands(), 'rejected rejected accepted', 'and does not overrule it');
select is(pg_temp.says(:'olga', $$status = 'pending'$$), '1 rows', 'it takes its word back');
select is(pg_temp.stands(), 'rejected rejected -', 'its own');
select is(pg_temp.says(:'alice', $$status = 'accepted'$$), '1 rows');
select is(pg_temp.stands(), 'accepted accepted -');
select is(pg_temp.says(:'olga', $$status = 'accepted'$$), '1 rows', 'the same word of the other side');
select is(pg_temp.stands(), 'accepted accepted accepted', 'counts too');
select is(pg_temp.says(:'olga', $$status = 'rejected', declined_reason = 'too loud'$$), '1 rows');
select is(pg_temp.stands(), 'rejected accepted rejected', 'either side ends it');
select is(pg_temp.says(:'alice', $$declined_reason = 'we do not want them'$$), '1 rows');
select is((select declined_reason from public.sponsorship_matches where sponsor_id = :'sponsor_a'), 'too loud', 'and the one that did says why');
select is(pg_temp.says(:'alice', $$status = 'suggested'$$), '42501', 'nobody suggests themselves');
select is(pg_temp.says(:'alice', $$sponsor_decision = 'accepted'$$), '42501', 'decisions are made by the status');
select results_eq($$select side, decision, status, decided_by from fit.match_decisions order by id$$, format($$values
  ('sponsor', 'rejected', 'rejected', %1$L::uuid), ('organiser', 'accepted', 'rejected', %2$L), ('organiser', 'pending', 'rejected', %2$L),
  ('sponsor', 'accepted', 'accepted', %1$L), ('organiser', 'accepted', 'accepted', %2$L), ('organiser', 'rejected', 'rejected', %2$L)$$, :'alice', :'olga'),
  'who said what is kept');

-- Times are the server's.
select is(pg_temp.says(:'alice', $$viewed_at = '1999-01-01', contacted_at = '2999-01-01'$$), '1 rows');
select results_eq($$select viewed_at, contacted_at from public.sponsorship_matches where sponsor_id = '22222222-0000-4000-8000-00000000000a'$$,
  $$values (now(), now())$$, 'seen and contacted now, whatever the client says');
select is(pg_temp.says(:'olga', $$viewed_at = null, contacted_at = null$$), '1 rows');
select ok((select contacted_at is not null from public.sponsorship_matches where sponsor_id = :'sponsor_a'), 'and what was seen stays seen');
select is(pg_temp.says(:'alice', format('declined_reason = %L', repeat('x', 1001))), '1 rows', 'a reason of the other side is not even looked at');
select is(pg_temp.says(:'olga', format('declined_reason = %L', repeat('x', 1001))), '23514', 'and no novel');
select is(pg_temp.as_role('authenticated', :'alice', format($$select public.decide_match(%L, %L, 'rejected', 1, array_fill('x'::text, array[21]))$$, :'event_1', :'sponsor_a')), '23514', 'nor a library of codes');

-- Stale, and back. What was said and seen is still there.
update fit.settings set max_attempts = 1;
update fit.fit_dirty set done_gen = gen;
select fit.enqueue('event', array[:'event_1']::uuid[]) \gset
select token from fit.claim(1, '1 minute') \gset
select is(fit.fail('event', :'token', array[:'event_1']::uuid[], 'geo_distribution: no'), 1, 'an event dies');
select is(pg_temp.as_role('authenticated', :'olga', 'select from public.v_sponsor_recommendations'), '0 rows', 'its matches are in no list');
select results_eq($$select stale_reason, status, contacted_at is not null from public.sponsorship_matches where stale_since is not null$$,
  $$values ('the event cannot be read', 'rejected', true)$$, 'and are there');
select is((select error from fit.fit_recalc_dead), 'geo_distribution: no', 'the dead are those that are dead');
select is(pg_temp.as_role('authenticated', :'olga', $$select 1 / (problem <> 'geo_distribution: no')::integer from public.v_event_performance_summary where problem is not null$$), '22012', 'the organiser is told');
select is(pg_temp.as_role('authenticated', :'omar', $$select from public.v_event_performance_summary where problem is not null$$), '0 rows', 'and nobody else');
update public.events set categories = '{music}' where id = :'event_1';
select is((select count(*) from fit.fit_recalc_dead), 0::bigint, 'what changed is dead no more');
select is((select fit.update_matches(array[m.event_id], array[m.sponsor_id], array[m.score], array[m.score_exact], array[m.coverage], array[m.overlap_metrics],
  array[1::bigint], array[m.event_gen], array[m.sponsor_gen], 'f', 'v') from public.sponsorship_matches m where m.event_id = :'event_1'), 1::bigint,
  'a stale row is written again, though its score is the same');
select results_eq($$select stale_since, status, digest from public.sponsorship_matches where event_id = '33333333-0000-4000-8000-000000000001'$$,
  $$values (null::timestamptz, 'rejected', 1::bigint)$$, 'and is as it was');

-- A draft again.
update public.events set status = 'draft' where id = :'event_1';
select is(fit.remove_matches_of('event', array[:'event_1']::uuid[]), 0::bigint, 'of an event that is taken back nothing is removed');
select is((select stale_reason from public.sponsorship_matches where event_id = :'event_1'), 'the event is a draft');
delete from public.events where id = :'event_2';
select is(fit.remove_matches_of('event', array[:'event_2']::uuid[]), 1::bigint, 'of one that is deleted all is');
select is(fit.remove_matches('sponsor', array[:'sponsor_a']::uuid[], array[:'event_1']::uuid[], array[false]), 0::bigint, 'a worker that does not find the event');
select is((select count(*) from public.sponsorship_matches), 1::bigint, 'destroys nothing either');

-- Suggested, every night.
update public.events set status = 'published' where id = :'event_1';
update public.sponsorship_matches set stale_since = null, stale_reason = null, contacted_at = null;
select set_config('request.jwt.claims', '', true) \gset
update public.sponsorship_matches set status = 'pending';
select is(public.fit_suggest(), 1, 'the best are suggested');
select is((select status from public.sponsorship_matches), 'suggested');
select is(public.fit_suggest(), 0, 'once');
update public.sponsor_targeting set excluded_categories = '{MUSIC}' where sponsor_id = :'sponsor_a';
select is(public.fit_suggest(), 1, 'what is not eligible any more is not suggested');
select is((select status from public.sponsorship_matches), 'pending');
select is((select count(*) from fit.match_decisions where decision = 'suggested'), 0::bigint, 'and none of it is a decision');

-- A restore of one schema alone.
update public.sponsorship_matches set event_gen = 700, sponsor_gen = 800;
insert into public.sponsorship_matches (event_id, sponsor_id, score, score_exact, coverage, overlap_metrics, digest, config_fingerprint, engine_version, sponsor_gen, event_gen)
values (gen_random_uuid(), :'sponsor_a', 0.5, 0.5, 1, '{}', 1, 'f', 'v', 1, 1);
truncate fit.fit_dirty;
select results_eq('select orphans, raised from fit.repair()', 'values (1::bigint, 2::bigint)', 'what nobody would have overwritten is raised, and orphans go');
select is((select string_agg(side || ' ' || gen, ', ' order by side) from fit.fit_dirty where gen > 700 and gen > done_gen), 'event 701, sponsor 801', 'above what the pairs were made in');
select is((select count(*) from fit.fit_dirty where gen > done_gen), 3::bigint, 'and everything is dirty');

select * from finish();
rollback;
