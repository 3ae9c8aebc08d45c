-- CONTRACT.md: Views, Monitoring and Troubleshooting as they stand, and ours beside them.
\set QUIET 1
begin;
\ir fixtures.psql
select plan(31);

-- What the three API examples ask for, as their callers.
select is(pg_temp.as_role('authenticated', :'olga', format($$select * from public.v_sponsor_recommendations
  where event_id = %L and score >= 0.6 order by score desc limit 10$$, :'event_1')), '1 rows', 'sponsors for an event');
select results_eq(format($$select name, industry, company_size, score, category_overlap, geo_overlap, engagement_quality, reasons[1]
  from public.v_sponsor_recommendations where event_id = %L$$, :'event_1'),
  $$values ('Amplifiers', 'audio', '11-50', 0.6469, 0.3333333333333333::double precision, 0.6666666666666666::double precision, 0.59::double precision, 'budget_fit')$$,
  'with their names, metrics and reasons');
select is(pg_temp.as_role('authenticated', :'alice', format($$select * from public.v_event_recommendations
  where sponsor_id = %L and score >= 0.5 and available_packages > 0 order by score desc limit 20$$, :'sponsor_a')), '1 rows', 'events for a sponsor');
select results_eq(format($$select title, available_packages, min_price_cents from public.v_event_recommendations where sponsor_id = %L$$, :'sponsor_a'),
  $$values ('Lantern Fair', 2, 200000::bigint)$$, 'with open packages alone, and the cheapest of them');
select is(pg_temp.as_role('authenticated', :'stranger', $$select * from public.v_sponsorship_package_cards
  where is_active and available_inventory >= 1 and quality_score >= 50 order by quality_score desc limit 20$$), '2 rows', 'packages for whoever is signed in');
select is(pg_temp.as_role('authenticated', :'bob', format($$select from public.v_event_recommendations where sponsor_id = %L$$, :'sponsor_a')), '0 rows', 'not the recommendations of others');
select is(pg_temp.as_role('authenticated', :'stranger', 'select from public.v_event_performance_summary'), '2 rows', 'performance of published events');
select is(public.match_reasons('{"budget_fit": 0.5, "audience_overlap": {"categories": null, "geo": 0.9}, "geo_fit": 0.9, "engagement_quality": 0.6, "objectives_similarity": 0.5}'),
  '{audience_overlap.geo,geo_fit,engagement_quality}'::text[], 'reasons are what speaks for a pair, the strongest first, and never a filled gap');
update public.sponsorship_packages set sold = 1 where title = 'Food court';
select results_eq(format($$select available_packages, min_price_cents from public.v_event_recommendations where sponsor_id = %L$$, :'sponsor_a'),
  $$values (1, 500000::bigint)$$, 'what is sold out is not offered');

-- Quality: known parts alone, each in range, the more the better.
select results_eq($$select * from public.package_quality(null, null, null, null, null)$$, $$values (null::double precision, 0::double precision)$$, 'nothing known is no score');
select results_eq($$select * from public.package_quality(1, null, null, null, null)$$, $$values (100::double precision, 0.3::double precision)$$, 'what is unknown is left out, and shown');
select is((select quality_score from public.package_quality(1, 1, 100000, 1, '0')), 99.05::double precision, 'the best there is');
select is((select quality_score from public.package_quality(0, 0, 0, -1, '100 years')), 0::double precision, 'the worst');
select is((select quality_score from public.package_quality(null, 0.05, null, null, null)), 50::double precision, 'one in twenty is one half');
select is((select quality_score from public.package_quality(null, null, null, null, '90 days')), 50::double precision, 'ninety days are one half');
select ok((select bool_and(quality_score between 0 and 100 and quality_coverage between 0 and 1) from
  (select random() as e, random() as c, (random() * 1e9)::bigint as v, random() * 2 - 1 as s, random() * interval '9 years' as a from generate_series(1, 200)) r,
  public.package_quality(e, c, v, s, a)), 'always within its range');
select ok((select quality_score from public.package_quality(0.5, 0.1, 100, 0.1, '1 day')) < (select quality_score from public.package_quality(0.5, 0.1, 1000, 0.1, '1 day')), 'reach counts');

-- CONTRACT.md, Monitoring and Troubleshooting, word for word.
update public.sponsorship_matches set status = 'accepted' where score > 0.5;
select lives_ok($$SELECT AVG(score), COUNT(*)
FROM sponsorship_matches
WHERE status = 'accepted'
GROUP BY DATE_TRUNC('week', updated_at);$$, 'match quality');
select results_eq($$SELECT
  COUNT(*) FILTER (WHERE status = 'pending') AS pending,
  COUNT(*) FILTER (WHERE viewed_at IS NOT NULL) AS viewed,
  COUNT(*) FILTER (WHERE contacted_at IS NOT NULL) AS contacted,
  COUNT(*) FILTER (WHERE status = 'accepted') AS accepted
FROM sponsorship_matches
WHERE updated_at > now() - interval '30 days';$$, $$values (1::bigint, 0::bigint, 0::bigint, 1::bigint)$$, 'conversion funnel');
select results_eq($$SELECT COUNT(*), MAX(queued_at) is not null
FROM fit_recalc_queue
WHERE processed_at IS NULL;$$, $$values (4::bigint, true)$$, 'queue health');
select results_eq($$SELECT COUNT(*) FROM fit_recalc_queue WHERE processed_at IS NULL;$$, $$values (4::bigint)$$, 'queue size');
select results_eq($$SELECT
  event_id,
  sponsor_id,
  score,
  overlap_metrics->'audience_overlap' AS audience_fit,
  overlap_metrics->>'budget_fit' AS budget_fit,
  overlap_metrics->>'engagement_quality' AS engagement_fit
FROM sponsorship_matches
WHERE score < 0.3
LIMIT 10;$$, format($$values (%L::uuid, %L::uuid, 0.2, '{"categories": 0, "geo": 0}'::jsonb, '0.5', '0')$$, :'event_2', :'sponsor_b'), 'low scores');
select results_eq($$SELECT e.id, e.title
FROM events e
LEFT JOIN event_audience_insights eai ON eai.event_id = e.id
WHERE eai.event_id IS NULL
  AND e.start_at > now() - interval '6 months' order by 2;$$,
  format($$values (%L::uuid, 'Hop Days'), (%L, 'Secret Session')$$, :'event_2', :'event_draft'), 'missing insights');
select lives_ok($$REFRESH MATERIALIZED VIEW CONCURRENTLY mv_sponsor_event_fit_scores;$$, 'the nightly refresh');
select results_eq($$select score, score_exact from public.mv_sponsor_event_fit_scores order by score$$,
  $$select score, score_exact from public.sponsorship_matches order by score$$, 'copies real scores');

-- Ours beside it.
update public.sponsorship_matches set score = 0.9, score_exact = 0.9 where status = 'accepted';
select results_eq($$select decision, decisions, avg_score from public.v_match_quality_weekly$$, $$values ('accepted', 1::bigint, 0.6469313725490197::double precision)$$,
  'quality is that of the score decided on');
select results_eq($$select matched, viewed, contacted, accepted from public.v_match_funnel$$, $$values (2::bigint, 1::bigint, 1::bigint, 1::bigint)$$, 'stages nest');
select results_eq($$select event_id, category_overlap, budget_fit from public.v_low_scores$$, format($$values (%L::uuid, 0::double precision, 0.5::double precision)$$, :'event_2'), 'low scores, told why');
select results_eq($$select title, has_row from public.v_missing_insights order by 1$$, $$values ('Hop Days', false), ('Secret Session', false)$$, 'events nothing is known of');
insert into public.event_audience_insights (event_id) values (:'event_2');
select results_eq($$select title, has_row from public.v_missing_insights order by 1$$, $$values ('Hop Days', true), ('Secret Session', false)$$, 'an empty row says nothing either');
-- Every function that plpgsql wrote is checked in depth.
select is_empty($$
  select p.oid::regprocedure, message from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_language l on l.oid = p.prolang,
    lateral (select max(tgrelid::oid::bigint)::oid as relid, max(tgoldtable::text) as old_rows, max(tgnewtable::text) as new_rows
      from pg_trigger g where g.tgfoid = p.oid and not exists (select from pg_trigger c where c.oid = g.tgparentid)) g,
    lateral plpgsql_check_function(p.oid, relid => coalesce(g.relid, 0), fatal_errors => false, performance_warnings => false,
      extra_warnings => false, oldtable => g.old_rows, newtable => g.new_rows) as message
  where n.nspname in ('public', 'fit') and l.lanname = 'plpgsql' and message like 'error:%'
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') $$, 'no function has an error that only a run would show');

select * from finish();
rollback;
