-- What must be the same after as before, whatever was added beside it.
select 'sponsors', to_jsonb(t) from public.sponsors t order by id;
select 'members', to_jsonb(t) from public.sponsor_members t order by sponsor_id, user_id;
select 'targeting', to_jsonb(t) - array['disclosed_budget_cents', 'disclosed_currency', 'excluded_keys', 'updated_at'] from public.sponsor_targeting t order by sponsor_id;
select 'private', to_jsonb(t) - array['budget_disclosure', 'is_listed'] from public.sponsor_private t order by sponsor_id;
select 'events', to_jsonb(t) - array['category_keys', 'exclusive_sold'] from public.events t order by id;
select 'insights', to_jsonb(t) - array['provenance', 'updated_at'] from public.event_audience_insights t order by event_id;
select 'performance', to_jsonb(t) from public.event_performance t order by event_id;
select 'packages', to_jsonb(t) - 'is_exclusive' from public.sponsorship_packages t order by id;
select 'orders', to_jsonb(t) from public.sponsorship_orders t order by id;
select 'matches', to_jsonb(t) - array['stale_since', 'stale_reason', 'sponsor_decision', 'organiser_decision', 'refined_score', 'updated_at'] from public.sponsorship_matches t order by event_id, sponsor_id;
select 'decisions', to_jsonb(t) - array['side', 'status'] from fit.match_decisions t order by id;
select 'facts', count(*), md5(string_agg(f::text, '|' order by f::text)) from (select event_id, visitor_id, created_at, dwell_ms, country_latest, watch, mentions, sentiment from fit.fact_rows) f;
select 'totals', to_jsonb(t) - 'posts' from fit.event_totals t order by event_id;
select 'visitors', count(*), md5(string_agg((to_jsonb(v) - 'seen')::text, '|' order by event_id, visitor_id)) from fit.event_visitors v;
select 'progress', to_jsonb(t) from fit.insights_progress t;
select 'settings', min_score, max_attempts, scoring from fit.settings;
