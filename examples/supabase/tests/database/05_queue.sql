-- Generations, leases, fencing, backoff, dead letters, health.
\set QUIET 1
begin;
\ir fixtures.psql
-- From a clean queue.
update fit.fit_dirty set done_gen = gen, processed_at = clock_timestamp();
create function pg_temp.row_of(what uuid) returns fit.fit_dirty language sql as $$ select d from fit.fit_dirty d where id = what $$;
create function pg_temp.expire() returns void language sql as $$ update fit.fit_dirty set lease_until = clock_timestamp() - interval '1 second' where lease_token is not null $$;
create temp table claimed (n integer, side text, id uuid, gen bigint, after_id uuid, attempts integer, token uuid);
create function pg_temp.take(n integer, most integer, which text default null) returns bigint language sql as $$
  with taken as (insert into claimed select n, c.* from fit.claim(most, '1 minute', which) c returning 1) select count(*) from taken $$;
create function pg_temp.token_of(what integer) returns uuid language sql as $$ select token from claimed where n = what limit 1 $$;
select plan(63);

select is((select depth from public.v_fit_queue_health), 0::bigint, 'an idle queue is empty');
select is(pg_temp.take(0, 10), 0::bigint, 'and gives nothing');
select is(fit.enqueue('sponsor', array[:'sponsor_a', :'sponsor_a', null, :'sponsor_b']::uuid[]), 2, 'one row an entity, however often it is named');
select is((select depth from public.v_fit_queue_health), 2::bigint);
select is((select count(*) from public.fit_recalc_queue where processed_at is null), 2::bigint, 'CONTRACT.md, Monitoring, counts the same');
select is(pg_temp.take(1, 1), 1::bigint, 'a claim takes no more than its limit');
select is(pg_temp.take(2, 10), 1::bigint, 'another takes the rest');
select is(pg_temp.take(3, 10), 0::bigint, 'a third finds nothing');
select is((select in_work from public.v_fit_queue_health), 2::bigint, 'both are in work');
select throws_ok($$ select fit.claim(0, '1 minute') $$, '22023', null, 'a limit of nothing is refused');

-- A change under way is not lost.
select fit.enqueue('sponsor', array[id]) from claimed where n = 1 \gset
select is((select fit.complete('sponsor', pg_temp.token_of(1), array[id]) from claimed where n = 1), 1, 'done is what was claimed');
select ok((select (r).gen > (r).done_gen from (select pg_temp.row_of(id) as r from claimed where n = 1) x), 'and what came meanwhile is still to do');
select ok((select (r).first_dirty_at = (r).changed_at from (select pg_temp.row_of(id) as r from claimed where n = 1) x), 'as old as that change');
select is((select fit.complete('sponsor', pg_temp.token_of(2), array[id]) from claimed where n = 2), 1);
select is((select depth from public.v_fit_queue_health), 1::bigint);
select is((select d.last_error is null and d.attempts = 0 and d.lease_token is null from fit.fit_dirty d join claimed c using (id) where c.n = 2), true, 'what is done holds no lease');

-- A worker that died.
select is(pg_temp.take(4, 10), 1::bigint);
select is(pg_temp.take(5, 10), 0::bigint, 'a lease holds');
select pg_temp.expire() \gset
select is(pg_temp.take(6, 10), 1::bigint, 'until it runs out');
select is((select count(*) from claimed x, fit.open_write('sponsor', pg_temp.token_of(4), array[x.id], array[x.gen]) where x.n = 4), 0::bigint, 'the late worker may not write');
select is((select fit.complete('sponsor', pg_temp.token_of(4), array[id]) from claimed where n = 4), 0, 'nor complete');
select is((select fit.fail('sponsor', pg_temp.token_of(4), array[id], 'late') from claimed where n = 4), 0, 'nor fail');
select is((select (r).attempts from (select pg_temp.row_of(id) as r from claimed where n = 6) x), 0);
select is((select count(*) from claimed x, fit.open_write('sponsor', pg_temp.token_of(6), array[x.id], array[x.gen]) where x.n = 6), 1::bigint, 'the new one may');
select is((select count(*) from claimed x, fit.open_write('sponsor', pg_temp.token_of(6), array[x.id], array[x.gen - 1]) where x.n = 6), 0::bigint, 'but not with rows older than its claim');
select fit.enqueue('sponsor', array[id]) from claimed where n = 6 \gset
select is((select count(*) from claimed x, fit.open_write('sponsor', pg_temp.token_of(6), array[x.id], array[x.gen]) where x.n = 6), 0::bigint, 'nor once they have changed');
select is((select fit.release('sponsor', pg_temp.token_of(6), array[id]) from claimed where n = 6), 1, 'it gives the entity back');
select is(pg_temp.take(7, 10), 1::bigint, 'at once');

-- Failing: later and later, then dead.
update fit.settings set max_attempts = 2, backoff_base = '10 seconds';
select is((select fit.fail('sponsor', token, array[id], 'poison') from claimed where n = 7), 0, 'the first failure is not death');
select ok((select (r).not_before between clock_timestamp() + interval '4.5 seconds' and clock_timestamp() + interval '10 seconds'
  from (select pg_temp.row_of(id) as r from claimed where n = 7) x), 'it waits, not as long as the others');
select is(pg_temp.take(8, 10), 0::bigint, 'and is not claimed meanwhile');
select is((select backing_off from public.v_fit_queue_health), 1::bigint);
update fit.fit_dirty set not_before = '-infinity';
select is(pg_temp.take(9, 10), 1::bigint);
insert into public.sponsorship_matches (event_id, sponsor_id, score, score_exact, coverage, overlap_metrics, digest, config_fingerprint, engine_version, sponsor_gen, event_gen, contacted_at)
select '33333333-0000-4000-8000-000000000003', id, 0.1, 0.1, 1, '{}', 1, 'f', 'v', 1, 1, now() from claimed where n = 9;
select is((select fit.fail('sponsor', token, array[id], 'poison') from claimed where n = 9), 1, 'the last is');
select is(pg_temp.take(10, 10, 'sponsor'), 0::bigint, 'the dead are not claimed');
select results_eq($$ select depth, dead from public.v_fit_queue_health $$, $$ values (0::bigint, 1::bigint) $$, 'nor counted as waiting');
select results_eq($$ select attempts, error from fit.fit_recalc_dead $$, $$ values (2, 'poison') $$, 'the reason is kept');
select is((select count(*) from public.sponsorship_matches m join claimed c on c.n = 9 and c.id = m.sponsor_id where m.stale_since is null), 0::bigint, 'their scores are stale');
select is((select count(*) from public.sponsorship_matches m join claimed c on c.n = 9 and c.id = m.sponsor_id and m.stale_reason = 'the sponsor cannot be read'), 2::bigint, 'and none is gone');
select is(public.fit_retry_dead(), 1, 'they are tried again when told');
select is(pg_temp.take(11, 10), 1::bigint);
select is((select fit.complete('sponsor', token, array[id]) from claimed where n = 11), 1);
select is((select dead from public.v_fit_queue_health), 0::bigint, 'and are well');
select fit.enqueue('sponsor', array[:'sponsor_b']::uuid[]), pg_temp.take(12, 10) \gset
update fit.settings set max_attempts = 100;
update fit.fit_dirty set attempts = 40 where id = :'sponsor_b';
select is((select fit.fail('sponsor', token, array[id], 'again') from claimed where n = 12), 0);
select ok((select (pg_temp.row_of(:'sponsor_b')).not_before - clock_timestamp() between interval '29 minutes' and interval '1 hour'), 'the wait has an end');

-- A large entity keeps its place, and loses it when it changes.
update fit.fit_dirty set not_before = '-infinity', attempts = 0;
select is(pg_temp.take(13, 10), 1::bigint);
select is((select fit.release('sponsor', token, array[id], :'event_1') from claimed where n = 13), 1);
select is(pg_temp.take(14, 10), 1::bigint);
select is((select after_id from claimed where n = 14), :'event_1', 'the next claim goes on where the last left off');
select is((select fit.release('sponsor', token, array[id]) from claimed where n = 14), 1);
select fit.enqueue('sponsor', array[:'sponsor_b']::uuid[]) \gset
select is(pg_temp.take(15, 10), 1::bigint);
select is((select after_id from claimed where n = 15), null, 'what changed begins anew');

-- Sides, order and age.
update fit.fit_dirty set done_gen = gen, lease_token = null, lease_until = null;
select fit.enqueue('event', array[:'event_2']::uuid[]) \gset
update fit.fit_dirty set first_dirty_at = clock_timestamp() - interval '1 hour' where id = :'event_2';
select fit.enqueue('sponsor', array[:'sponsor_a']::uuid[]) \gset
select is((select count(*) from fit.claim(10, '1 minute') where side = 'event'), 1::bigint, 'the oldest first, and one side a batch');
select ok((select oldest_age_seconds between 3600 and 3700 from public.v_fit_queue_health), 'the age is that of the oldest');
select is((select array_agg(c) from fit.changed_since('event', array[:'event_1', :'event_2']::uuid[],
  array[(pg_temp.row_of(:'event_1')).gen, (pg_temp.row_of(:'event_2')).gen - 1]) c), array[:'event_2']::uuid[], 'who changed since is known');

-- A batch's pairs: one entity at least is always taken.
update fit.fit_dirty set done_gen = gen, lease_token = null, lease_until = null;
select fit.enqueue('sponsor', array[:'sponsor_a', :'sponsor_b']::uuid[]) \gset
select is((select count(*) from fit.claim(10, '1 minute', null, (select count(*) * 2 - 1 from public.events where status = 'published'))), 1::bigint, 'no more entities than their pairs allow');
update fit.fit_dirty set lease_token = null, lease_until = null;
select is((select count(*) from fit.claim(10, '1 minute', null, (select count(*) * 2 from public.events where status = 'published'))), 2::bigint);
update fit.fit_dirty set lease_token = null, lease_until = null;
select is((select count(*) from fit.claim(10, '1 minute', null, 1)), 1::bigint, 'but always one');

-- Of what the policy does not keep, that stays which somebody has just acted on.
update fit.fit_dirty set done_gen = gen, lease_token = null, lease_until = null;
truncate public.sponsorship_matches;
insert into public.sponsorship_matches (event_id, sponsor_id, score, score_exact, coverage, overlap_metrics, digest, config_fingerprint, engine_version, sponsor_gen, event_gen, contacted_at)
values (:'event_1', :'sponsor_a', 0.1, 0.1, 1, '{}', 1, 'f', 'v', 1, 1, null), (:'event_2', :'sponsor_a', 0.1, 0.1, 1, '{}', 1, 'f', 'v', 1, 1, now());
select is(fit.remove_matches('sponsor', array[:'sponsor_a', :'sponsor_a']::uuid[], array[:'event_1', :'event_2']::uuid[], array[true, true]), 1::bigint);
select is((select event_id from public.sponsorship_matches), :'event_2', 'a decision that came meanwhile keeps its pair');
select is((select id from fit.fit_dirty where gen > done_gen), :'sponsor_a', 'whose score is looked at again');
select is(fit.remove_matches('event', array[:'event_2']::uuid[], array[:'sponsor_a']::uuid[], array[false]), 0::bigint, 'and what has no score stays');
select is((select stale_reason from public.sponsorship_matches), 'too little is known', 'but is stale');

select * from finish();
rollback;
