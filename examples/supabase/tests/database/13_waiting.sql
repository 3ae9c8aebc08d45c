-- Users do not wait for the worker, nor for each other: with a second and a third connection.
\set QUIET 1
\ir fixtures.psql
create extension if not exists dblink;
select plan(22);
update fit.fit_dirty set done_gen = gen, processed_at = clock_timestamp();
select dblink_connect('idle', format('host=127.0.0.1 port=%s user=postgres dbname=%s', current_setting('port'), current_database())) \gset
select dblink_connect('user', format('host=127.0.0.1 port=%s user=postgres dbname=%s options=-clock_timeout=1s', current_setting('port'), current_database())) \gset

-- Somebody marks everything and then does nothing.
select dblink_exec('idle', 'begin') \gset
select * from dblink('idle', $$select fit.enqueue('sponsor', array(select sponsor_id from public.sponsor_targeting)), fit.enqueue('event', array(select id from public.events))$$) as t (a integer, b integer) \gset
select clock_timestamp() as begun \gset
select is(dblink_exec('user', $$update public.sponsor_targeting set regions = '{FR}' where preferred_categories @> '{beer}'$$), 'UPDATE 1', 'a profile is saved meanwhile');
select is(dblink_exec('user', $$update public.events set categories = '{x}' where title = 'Hop Days'$$), 'UPDATE 1', 'and an event');
select is(dblink_exec('user', $$update public.event_audience_insights set engagement_score = 0.1$$), 'UPDATE 1', 'and insights');
select ok(clock_timestamp() - :'begun'::timestamptz < interval '1 second', 'within a second');
select is((select count(*) from fit.fit_inbox), 3::bigint, 'what could not be marked waits in the inbox');
select is((select depth from public.v_fit_queue_health), 3::bigint, 'and is seen to wait');
select is((select count(*) from public.fit_recalc_queue where processed_at is null), 3::bigint, 'by the contract as well');
select is((select count(*) from fit.claim(10, '1 minute')), 0::bigint, 'as long as its rows are held it cannot be claimed');
select is((select count(*) from fit.fit_inbox), 3::bigint, 'nor is it lost');
select dblink_exec('idle', 'rollback') \gset
select is((select count(*) from fit.claim(10, '1 minute', 'event')), 2::bigint, 'then it is');
select is((select count(*) from fit.fit_inbox), 0::bigint, 'and the inbox is empty');
select is((select count(*) from fit.fit_dirty where gen > done_gen), 3::bigint, 'nothing is lost');

-- A worker that writes holds its rows; a user who changes one of them does not wait, and the change comes after.
select token as batch from fit.claim(10, '1 minute', 'sponsor') limit 1 \gset
select dblink_exec('idle', 'begin') \gset
select * from dblink('idle', format($$select count(*) from fit.open_write('sponsor', %L, array(select id from fit.fit_dirty where lease_token = %L), array(select gen from fit.fit_dirty where lease_token = %L))$$,
  :'batch', :'batch', :'batch')) as t (n bigint) \gset
select is(dblink_exec('user', $$update public.sponsor_targeting set regions = '{IT}' where preferred_categories @> '{beer}'$$), 'UPDATE 1', 'a profile is saved while its matches are written');
select * from dblink('idle', format($$select fit.complete('sponsor', %L, array(select id from fit.fit_dirty where lease_token = %L))$$, :'batch', :'batch')) as t (n integer) \gset
select dblink_exec('idle', 'commit') \gset
select is((select count(*) from fit.claim(10, '1 minute', 'sponsor')), 1::bigint, 'and is worked on again');

-- Who holds the pipeline is said.
select dblink_exec('idle', 'begin') \gset
select * from dblink('idle', 'select pg_backend_pid(), pg_current_xact_id()::text') as t (holder integer, xid text) \gset
insert into public.event_impressions (event_id, visitor_id, country) values (:'event_2', gen_random_uuid(), 'US');
select public.refresh_event_insights(now()) \gset
select is((select held_by_pid from public.v_pipeline_health), :holder, 'whose transaction the pipeline waits for is seen');
select is((select count(*) from public.event_performance where event_id = :'event_2'), 0::bigint, 'since nothing past it is counted');
select dblink_exec('idle', 'rollback') \gset
select public.refresh_event_insights(now()) \gset
select is((select impressions from public.event_performance where event_id = :'event_2'), 1::bigint, 'and then it is');

-- Leases.
update fit.fit_dirty set lease_until = null, lease_token = null, worker = null, done_gen = gen;
select fit.enqueue('event', array[:'event_1']::uuid[]) \gset
select count(*) from fit.claim(1, '100 years') \gset
select ok((select lease_until <= clock_timestamp() + interval '1 hour' from fit.fit_dirty where id = :'event_1'), 'no lease is longer than the longest');
update fit.fit_dirty set lease_until = clock_timestamp() + interval '10 years' where id = :'event_1';
select is((select count(*) from fit.claim(1, '1 minute')), 1::bigint, 'and one that says so is over');
update fit.fit_dirty set lease_until = null, lease_token = null where id = :'event_1';
select fit.beat('77777777-0000-4000-8000-000000000001', 'v') \gset
select count(*) from fit.claim(1, '10 minutes', null, null, '77777777-0000-4000-8000-000000000001') \gset
select is((select count(*) from fit.claim(1, '1 minute')), 0::bigint, 'what a living worker holds is held');
update fit.workers set seen_at = clock_timestamp() - interval '16 seconds';
select is((select abandoned from public.v_fit_queue_health), 1::bigint, 'a silent one is seen');
select is((select count(*) from fit.claim(1, '1 minute')), 1::bigint, 'and what it held is free');

select * from finish();
select dblink_disconnect('idle'), dblink_disconnect('user') \gset
drop extension dblink;
delete from fit.workers where true;
truncate public.event_impressions;
select public.rebuild_event_insights(now()) \gset
update fit.insights_progress set until = '-infinity';
delete from public.sponsorship_matches; delete from public.events; delete from public.sponsors;
truncate fit.fit_dirty, fit.fit_inbox;
