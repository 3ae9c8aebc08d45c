-- What this release made of the last one's rows.
\set QUIET 1
\pset format unaligned
\pset tuples_only true
begin;
select plan(13);
select is((select count(*) from public.sponsor_targeting where disclosed_budget_cents is not null), 24::bigint, 'every budget that is known is disclosed');
select is((select count(*) from public.sponsor_private where budget_disclosure <> 'band'), 0::bigint, 'as a band');
select is((select count(*) from public.sponsor_targeting t join public.sponsor_private p using (sponsor_id) where t.disclosed_budget_cents = p.annual_budget_cents), 0::bigint, 'and none to the cent');
select is((select platform_currency::text from fit.settings), 'EUR', 'in the currency that most have');
select ok((select bool_and(gen > done_gen) from fit.fit_dirty d join public.sponsor_targeting t on t.sponsor_id = d.id where disclosed_budget_cents is not null), 'and scored again');
select is((select count(*) from fit.fit_dirty d join public.events e on e.id = d.id where not fit.is_live(e.status, e.start_at) and d.gen = d.done_gen), 0::bigint, 'as are the events that show nobody now');
select results_eq($$select status, sponsor_decision, organiser_decision from public.sponsorship_matches where sponsor_decision is not null or organiser_decision is not null order by status$$,
  $$values ('accepted', 'accepted', null), ('rejected', null, 'rejected')$$, 'whose word a status was is known');
select is((select count(*) from public.sponsorship_package_quality), 20::bigint, 'packages are rated');
select is((select count(*) from fit.outcomes), 9::bigint, 'orders are outcomes');
select throws_ok($$update public.sponsor_targeting set regions = '{US}' where sponsor_id = md5('s1')::uuid$$, '23514', null, 'what this release refuses is named when its row is next written');
select lives_ok($$update public.sponsor_targeting set regions = '{US}', brand_objectives = '{}' where sponsor_id = md5('s1')::uuid$$, 'and can be mended');
select ok(public.refresh_event_insights() >= 0, 'the pipeline goes on');
select is((select count(*) from fit.claim(100, '1 minute')) > 0, true, 'and so does the queue');
select * from finish();
rollback;
