-- CONTRACT.md, Views: the nightly copy, for pages that must not wait for the live table, and what an
-- operator looks at. A materialised view knows no row security, so only the service reads it.
create materialized view public.mv_sponsor_event_fit_scores as
select event_id, sponsor_id, score, score_exact, coverage, overlap_metrics, config_fingerprint, updated_at
from public.sponsorship_matches
with no data;
-- Unique and on plain columns that are never null: what `concurrently` asks for.
create unique index mv_sponsor_event_fit_scores_pair on public.mv_sponsor_event_fit_scores (event_id, sponsor_id);
create index mv_sponsor_event_fit_scores_sponsor on public.mv_sponsor_event_fit_scores (sponsor_id, score_exact desc);
refresh materialized view public.mv_sponsor_event_fit_scores;
revoke all on public.mv_sponsor_event_fit_scores from anon, authenticated;
grant select on public.mv_sponsor_event_fit_scores to service_role;

-- Quality by the week of the decision and the score it was made on. The query of CONTRACT.md, Monitoring,
-- takes the week of the last change and the score of today.
create view public.v_match_quality_weekly with (security_invoker = true) as
select date_trunc('week', at) as week, decision, count(*) as decisions, avg(score_exact) as avg_score,
  percentile_cont(0.5) within group (order by score_exact) as median_score
from fit.match_decisions where decision in ('accepted', 'rejected')
group by 1, 2;

-- A funnel whose stages nest: who was contacted was seen, and who was accepted was both.
create view public.v_match_funnel with (security_invoker = true) as
select count(*) as matched,
  count(*) filter (where viewed_at is not null or contacted_at is not null or status = 'accepted') as viewed,
  count(*) filter (where contacted_at is not null or status = 'accepted') as contacted,
  count(*) filter (where status = 'accepted') as accepted
from public.sponsorship_matches;

-- Low scores, the lowest first, with what pulled them down and how much was known.
create view public.v_low_scores with (security_invoker = true) as
select event_id, sponsor_id, score, coverage,
  (overlap_metrics -> 'audience_overlap' ->> 'categories')::double precision as category_overlap,
  (overlap_metrics -> 'audience_overlap' ->> 'geo')::double precision as geo_overlap,
  (overlap_metrics ->> 'budget_fit')::double precision as budget_fit,
  (overlap_metrics ->> 'engagement_quality')::double precision as engagement_quality, updated_at
from public.sponsorship_matches where score_exact < 0.3 order by score_exact, event_id, sponsor_id;

-- Events to come, or of the last six months, of whose audience nothing is known.
create view public.v_missing_insights with (security_invoker = true) as
select e.id as event_id, e.title, e.start_at, i.event_id is not null as has_row
from public.events e left join public.event_audience_insights i on i.event_id = e.id
where e.start_at > now() - interval '6 months'
  and (i.event_id is null or (i.engagement_score is null and i.ticket_conversion_rate is null
    and i.geo_distribution = '{}'));

do $$
declare name text;
begin
  foreach name in array array['v_match_quality_weekly', 'v_match_funnel', 'v_low_scores', 'v_missing_insights'] loop
    execute format('revoke all on public.%I from anon, authenticated', name);
    execute format('grant select on public.%I to service_role', name);
  end loop;
end $$;
