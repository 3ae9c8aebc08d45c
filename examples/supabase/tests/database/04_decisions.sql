-- A decision keeps the score it was made on; nothing is sold twice.
\set QUIET 1
begin;
\ir fixtures.psql
select plan(17);

select is(pg_temp.as_role('authenticated', :'alice', format(
  $$select public.decide_match(%L, %L, 'accepted', 3, '{audience_overlap.geo}')$$, :'event_1', :'sponsor_a')), '1 rows', 'a member decides');
select results_eq($$select decision, score, score_exact, config_fingerprint, shown_position, reason_codes, decided_by from fit.match_decisions$$,
  format($$values ('accepted', 0.6469, 0.6469313725490197::double precision, 'f', 3, '{audience_overlap.geo}'::text[], %L::uuid)$$, :'alice'),
  'and the decision is kept with its score, place and reasons');
update public.sponsorship_matches set score_exact = 0.1, score = 0.1 where sponsor_id = :'sponsor_a';
select is((select count(*) from fit.match_decisions), 1::bigint, 'a new score is no decision');
select is((select score_exact from fit.match_decisions), 0.6469313725490197::double precision, 'and does not change the old one');
select is(pg_temp.as_role('authenticated', :'olga', $$update public.sponsorship_matches set status = 'rejected', declined_reason = 'too loud'$$),
  '1 rows', 'a plain update is a decision too');
select results_eq($$select decision, score_exact, shown_position, reason_codes from fit.match_decisions order by id offset 1$$,
  $$values ('rejected', 0.1::double precision, null::integer, '{}'::text[])$$, 'without what it could not say');
select is(pg_temp.as_role('authenticated', :'stranger', format($$select public.decide_match(%L, %L, 'accepted')$$, :'event_1', :'sponsor_a')),
  'P0002', 'who does not see a match cannot decide on it');
select throws_ok('update fit.match_decisions set score = 1', '23001', null, 'decisions are not rewritten');
select throws_ok('delete from fit.match_decisions', '23001', null, 'nor removed');
select throws_ok('truncate fit.match_decisions', '23001', null, 'nor all at once');
select throws_ok($$update public.sponsorship_matches set status = 'maybe'$$, '23514', null, 'a status is one of four');

insert into public.sponsorship_orders (id, package_id, sponsor_id, event_id, amount_cents) values
  ('55555555-0000-4000-8000-000000000001', '44444444-0000-4000-8000-000000000002', :'sponsor_a', :'event_1', 200000);
select is((select sold from public.sponsorship_packages where id = '44444444-0000-4000-8000-000000000002'), 1, 'an order holds its package');
select throws_ok(format($$insert into public.sponsorship_orders (package_id, sponsor_id, event_id, amount_cents)
  values ('44444444-0000-4000-8000-000000000002', %L, %L, 200000)$$, :'sponsor_b', :'event_1'), '23514', null, 'the last one is not sold twice');
update public.sponsorship_orders set status = 'paid';
select is((select sold from public.sponsorship_packages where id = '44444444-0000-4000-8000-000000000002'), 1, 'paying holds it no more than once');
update public.sponsorship_orders set status = 'refunded';
select is((select sold from public.sponsorship_packages where id = '44444444-0000-4000-8000-000000000002'), 0, 'a refund gives it back');
select throws_ok(format($$insert into public.sponsorship_orders (package_id, sponsor_id, event_id, amount_cents, application_fee_cents)
  values ('44444444-0000-4000-8000-000000000002', %L, %L, 10, 11)$$, :'sponsor_b', :'event_1'), '23514', null, 'a fee is part of the amount');
select throws_ok($$update public.sponsorship_packages set currency = 'usd'$$, '23514', null, 'a currency is three capitals');

select * from finish();
rollback;
