-- Who sees and may do what, as anon, members of two sponsors, two organisers, a stranger.
\set QUIET 1
begin;
\ir fixtures.psql
select plan(50);

-- A stranger to row security: nobody reads anything as anon.
select is(pg_temp.as_role('anon', null, 'select from public.' || t), '42501', 'anon does not read ' || t)
from unnest(array['sponsors', 'sponsor_profiles', 'events', 'sponsorship_matches', 'v_sponsor_recommendations',
  'v_sponsorship_package_cards', 'fit_recalc_queue', 'event_audience_insights']) t;

-- Whom a row is seen by.
create function pg_temp.seen(who uuid, what text) returns text language sql as
  $$ select pg_temp.as_role('authenticated', who, 'select from public.' || what) $$;
select is(pg_temp.seen(who, 'sponsors'), n || ' rows', name || ' sees ' || n || ' sponsors') from (values
  (:'alice'::uuid, 'a member', 1), (:'bob', 'the other', 1), (:'olga', 'an organiser', 1), (:'stranger', 'a stranger', 0)) v (who, name, n);
select is(pg_temp.seen(who, 'sponsorship_matches'), n || ' rows', name || ' sees ' || n || ' matches') from (values
  (:'alice'::uuid, 'a member', 1), (:'olga', 'an organiser', 1), (:'omar', 'one whose event nobody fits', 0), (:'stranger', 'a stranger', 0)) v (who, name, n);
select is(pg_temp.seen(:'omar', 'events'), '3 rows', 'an organiser sees own drafts');
select is(pg_temp.seen(:'olga', 'events'), '2 rows', 'and not those of others');
select is(pg_temp.seen(:'stranger', 'event_audience_insights'), '1 rows', 'numbers of published events are public to who is signed in');
select is(pg_temp.seen(:'stranger', 'sponsorship_packages'), '2 rows', 'packages that are open, of events that are published');
select is(pg_temp.seen(:'olga', 'sponsorship_packages'), '3 rows', 'their organiser sees the closed ones');
select is(pg_temp.seen(:'stranger', 'sponsorship_orders'), '0 rows', 'a stranger sees no orders');
select is(pg_temp.seen(:'stranger', 'sponsor_members'), '0 rows', 'nor who works where');
select is(pg_temp.seen(:'ann', 'sponsor_members'), '2 rows', 'members see their own');

-- What an organiser may not read of a sponsor.
select is(pg_temp.seen(:'olga', 'sponsor_profiles where industry is not null'), '1 rows', 'an organiser sees the profile');
select is(pg_temp.seen(:'olga', 'sponsor_profiles where annual_budget_cents is not null or notes is not null'), '0 rows',
  'without budget and notes');
select is(pg_temp.seen(:'olga', 'sponsor_private'), '0 rows', 'nor by the table beneath');
select is(pg_temp.seen(:'alice', 'sponsor_profiles where annual_budget_cents = 5000000'), '1 rows', 'a member sees the budget');

-- Nobody makes themselves more than they are.
create function pg_temp.tries(who uuid, statement text) returns text language sql as
  $$ select pg_temp.as_role('authenticated', who, statement) $$;
select is(pg_temp.tries(:'stranger', format($$insert into public.sponsor_members (sponsor_id, user_id, role) values (%L, %L, 'owner')$$, :'sponsor_a', :'stranger')),
  '42501', 'nobody lets themselves in');
select is(pg_temp.tries(:'ann', format($$insert into public.sponsor_members (sponsor_id, user_id) values (%L, %L)$$, :'sponsor_a', :'stranger')),
  '42501', 'a member who is no owner lets nobody in');
select is(pg_temp.tries(:'ann', $$update public.sponsor_members set role = 'owner'$$), '42501', 'nobody raises themselves');
select is(pg_temp.tries(:'alice', format($$insert into public.sponsor_members (sponsor_id, user_id) values (%L, %L)$$, :'sponsor_b', :'stranger')),
  '42501', 'an owner lets nobody in elsewhere');
select is(pg_temp.tries(:'alice', format($$insert into public.sponsor_members (sponsor_id, user_id) values (%L, %L)$$, :'sponsor_a', :'stranger')),
  '1 rows', 'an owner lets others in');
select is(pg_temp.tries(:'ann', format($$delete from public.sponsor_members where user_id = %L$$, :'alice')), '0 rows', 'a member removes no owner');
select is(pg_temp.tries(:'ann', format($$delete from public.sponsor_members where user_id = %L$$, :'ann')), '1 rows', 'and may leave');
select is(pg_temp.tries(:'olga', format($$update public.events set owner_id = %L$$, :'stranger')), '42501', 'an event is not given away');
select is(pg_temp.tries(:'stranger', $$insert into public.sponsors (name) values ('Mine')$$), '42501', 'sponsors are made by the service');
select is(pg_temp.tries(:'stranger', $$insert into public.events (title) values ('My own')$$), '1 rows', 'whoever is signed in may organise');
select is((select owner_id from public.events where title = 'My own'), :'stranger', 'and is the owner, whatever they sent');
select is(pg_temp.tries(:'olga', $$update public.events set title = title || '!'$$), '1 rows', 'an organiser changes own events alone');
select is(pg_temp.tries(:'stranger', format($$insert into public.sponsorship_packages (event_id, title, price_cents) values (%L, 'Fake', 1)$$, :'event_1')),
  '42501', 'nobody sells what is not theirs');
select is(pg_temp.tries(:'olga', $$update public.sponsorship_packages set sold = 0$$), '42501', 'what was sold is counted, not claimed');

delete from public.sponsor_members where user_id = :'stranger';

-- Matches are decided on, not written.
select is(pg_temp.tries(:'alice', $$update public.sponsorship_matches set score = 1$$), '42501', 'nobody writes a score');
select is(pg_temp.tries(:'alice', $$update public.sponsorship_matches set viewed_at = now()$$), '1 rows', 'a member marks own matches');
select is(pg_temp.tries(:'stranger', $$update public.sponsorship_matches set status = 'accepted'$$), '0 rows', 'a stranger none');
select is(pg_temp.tries(:'alice', $$insert into public.sponsorship_orders (package_id, sponsor_id, event_id, amount_cents)
  select id, '22222222-0000-4000-8000-00000000000a', event_id, 1 from public.sponsorship_packages$$), '42501', 'orders are written where money is');
-- The private schema, by the role that may use its helpers.
select is(pg_temp.tries(:'alice', 'select from fit.' || t), '42501', 'no user reads fit.' || t)
from unnest(array['fit_dirty', 'match_decisions', 'event_visitors', 'settings']) t;

select * from finish();
rollback;
