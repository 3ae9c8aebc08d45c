-- What marks an entity dirty, and what does not.
\set QUIET 1
begin;
\ir fixtures.psql
create function pg_temp.dirty_by(statement text) returns text language plpgsql as $$
declare before text; found text;
begin
  update fit.fit_dirty set done_gen = gen;
  execute statement;
  select coalesce(string_agg(left(d.side, 1) || right(d.id::text, 1), ' ' order by d.side desc, d.id), '') into found
  from fit.fit_dirty d where gen > done_gen;
  return found;
end $$;
select plan(46);
select is((select string_agg(left(side, 1) || right(id::text, 1), ' ' order by side desc, id) from fit.fit_dirty where gen > done_gen),
  'sa sb e1 e2', 'what is new is dirty, but for drafts');
select is(pg_temp.dirty_by('update public.' || what), want, what) from (values
  ($$sponsor_targeting set regions = '{US}' where regions @> '{US}'$$, 'sa'),
  ($$sponsor_targeting set preferred_categories = preferred_categories || '{jazz}'$$, 'sa sb'),
  ($$sponsor_targeting set regions = regions$$, ''),
  ($$sponsor_targeting set industry = 'x', company_size = 'y', reputation_score = 1, target_audience = '{"age_buckets": ["18-24"]}'$$, ''),
  ($$sponsor_targeting set excluded_categories = '{x}', updated_at = now()$$, ''),
  ($$sponsor_targeting set brand_objectives = '{"keywords": ["x"]}'$$, ''),
  ($$sponsor_private set annual_budget_cents = 6000000 where annual_budget_cents = 5000000$$, ''),
  ($$sponsor_private set budget_disclosure = 'exact' where annual_budget_cents = 6000000$$, 'sa'),
  ($$sponsor_private set budget_disclosure = 'band' where annual_budget_cents = 6000000$$, 'sa'),
  ($$sponsor_private set annual_budget_cents = null where annual_budget_cents = 6000000$$, 'sa'),
  ($$sponsor_private set notes = 'x', is_listed = false$$, ''),
  ($$sponsor_private set currency = 'EUR'$$, 'sb'),
  ($$events set categories = '{x}' where title = 'Hop Days'$$, 'e2'),
  ($$events set regions = '{FR}'$$, 'e1 e2'),
  ($$events set title = 'x' || title, start_at = start_at + interval '1 day', city = 'Lyon', country = 'FR'$$, ''),
  ($$events set start_at = now()$$, 'e1 e2'),
  ($$events set categories = categories || '{y}'$$, ''),
  ($$events set start_at = now() + interval '1 day'$$, 'e1 e2'),
  ($$events set status = 'cancelled' where title like '%Hop%'$$, 'e2'),
  ($$events set status = 'published' where title like '%Hop%'$$, 'e2'),
  ($$events set objectives = '{"goals": ["x"]}'$$, ''),
  ($$event_audience_insights set engagement_score = 0.7$$, 'e1'),
  ($$event_audience_insights set engagement_score = 0.7$$, ''),
  ($$event_audience_insights set ticket_conversion_rate = null$$, 'e1'),
  ($$event_audience_insights set geo_distribution = '{"US": 900, "CA": 1, "BR": 50}'$$, ''),
  ($$event_audience_insights set geo_distribution = '{"US": 900, "CA": 0, "BR": 50}'$$, 'e1'),
  ($$event_audience_insights set geo_distribution = '{"US": "900", "CA": 0, "BR": 50}'$$, 'e1'),
  ($$event_audience_insights set geo_distribution = '{"US": 900, "CA": 0, "BR": 50}'$$, 'e1'),
  ($$event_audience_insights set attendee_count = 5, social_mentions = 9, sentiment_score = 1, age_segments = '{"18-24": 1}'$$, ''),
  ($$sponsorship_packages set price_cents = 7$$, '')) v (what, want);
select is(pg_temp.dirty_by($$insert into public.event_audience_insights (event_id) values ('33333333-0000-4000-8000-000000000002')$$), 'e2', 'first insights');
select is(pg_temp.dirty_by($$delete from public.event_audience_insights$$), 'e1 e2', 'insights that go');
select is(pg_temp.dirty_by($$insert into public.currency_rates (currency, valid_from, rate) values ('EUR', '2020-01-01', 1.1)$$), 'sb', 'a rate, those whose currency it is');
select is(pg_temp.dirty_by($$truncate public.event_audience_insights$$), 'e1 e2', 'what is truncated');
select is(pg_temp.dirty_by($$insert into public.sponsor_private (sponsor_id) select sponsor_id from public.sponsor_targeting where false$$), '', 'nothing');

-- Under another configuration other columns are read.
select is(pg_temp.dirty_by($$update fit.settings set scoring = '{"geo_reading": "audience_share", "budget_reading": "price", "objectives": {"kind": "keywords"}}'$$),
  'sa sb', 'another configuration marks every pair, by every sponsor');
select is(pg_temp.dirty_by($$update fit.settings set max_attempts = 7$$), '', 'what no score reads marks nothing');
insert into public.event_audience_insights (event_id, geo_distribution) values (:'event_1', '{"US": 900}');
select is(pg_temp.dirty_by('update public.' || what), want, what) from (values
  ($$event_audience_insights set geo_distribution = '{"US": 901}'$$, 'e1'),
  ($$sponsor_targeting set brand_objectives = '{"keywords": ["y"]}' where regions = '{US}'$$, 'sa'),
  ($$events set objectives = '{"goals": ["y"]}' where title like '%Hop%'$$, 'e2'),
  ($$sponsorship_packages set price_cents = 8 where title = 'Main stage'$$, 'e1'),
  ($$sponsorship_packages set price_cents = 8, description = 'x' where title = 'Old poster'$$, '')) v (what, want);
select is(pg_temp.dirty_by($$update public.sponsorship_packages set description = 'y'$$), '', 'words about a package');
select is(pg_temp.dirty_by($$delete from public.events where title like '%Secret%'$$), 'e3', 'an event that goes');
select is(pg_temp.dirty_by($$delete from public.sponsors where name = 'Breweries'$$), 'sb', 'a sponsor that goes');

select * from finish();
rollback;
