-- What the last release's database held: every table has rows, some of which this release would refuse.
insert into public.sponsors (id, name) select md5('s' || n)::uuid, 'Sponsor ' || n from generate_series(1, 30) n;
insert into public.sponsor_members (sponsor_id, user_id, role) select md5('s' || n)::uuid, md5('u' || n)::uuid, 'owner' from generate_series(1, 30) n;
insert into public.sponsor_targeting (sponsor_id, industry, preferred_categories, excluded_categories, regions, brand_objectives)
select md5('s' || n)::uuid, 'industry ' || n % 3, '{music,food}', '{Beer}', '{US}', '{"keywords": ["x"]}' from generate_series(1, 30) n;
update public.sponsor_targeting set brand_objectives = '{"keywords": 5}' where sponsor_id = md5('s1')::uuid;
insert into public.sponsor_private (sponsor_id, annual_budget_cents, currency, notes)
select md5('s' || n)::uuid, case when n % 5 > 0 then n * 123457 end, 'EUR', 'note ' || n from generate_series(1, 30) n;
insert into public.events (id, owner_id, title, status, categories, regions, start_at)
select md5('e' || n)::uuid, md5('o' || n % 4)::uuid, 'Event ' || n, (array['published', 'draft', 'cancelled'])[1 + n % 3], '{music}', '{US}',
  case when n % 4 = 0 then now() - interval '3 days' when n % 4 = 1 then now() + interval '30 days' end from generate_series(1, 20) n;
insert into public.event_audience_insights (event_id, geo_distribution, engagement_score, attendee_count, social_mentions)
select md5('e' || n)::uuid, '{"US": 5}', 0.5, 100, 7 from generate_series(1, 10) n;
update public.event_audience_insights set geo_distribution = '{"US": "many"}' where event_id = md5('e1')::uuid;
insert into public.sponsorship_packages (id, event_id, title, price_cents, inventory)
select md5('p' || n)::uuid, md5('e' || n)::uuid, 'Stage', 1000 * n, 3 from generate_series(1, 20) n;
insert into public.sponsorship_orders (id, package_id, sponsor_id, event_id, amount_cents, status)
select md5('r' || n)::uuid, md5('p' || n)::uuid, md5('s' || n)::uuid, md5('e' || (case when n = 3 then 4 else n end))::uuid, 1000 * n, (array['pending', 'paid', 'refunded'])[1 + n % 3] from generate_series(1, 9) n;
insert into public.sponsorship_matches (event_id, sponsor_id, score, score_exact, coverage, overlap_metrics, digest, config_fingerprint, engine_version, sponsor_gen, event_gen, viewed_at)
select md5('e' || e)::uuid, md5('s' || s)::uuid, 0.5, 0.5, 1, '{"budget_fit": 0.7}', e * 100 + s, 'f', '0.1.0', 1, 1, case when s % 7 = 0 then now() end
from generate_series(1, 20) e, generate_series(1, 30) s;
select set_config('request.jwt.claims', json_build_object('sub', md5('u2')::uuid)::text, false);
update public.sponsorship_matches set status = 'accepted' where sponsor_id = md5('s2')::uuid and event_id = md5('e1')::uuid;
select set_config('request.jwt.claims', json_build_object('sub', md5('o1')::uuid)::text, false);
update public.sponsorship_matches set status = 'rejected', declined_reason = 'no' where sponsor_id = md5('s3')::uuid and event_id = md5('e1')::uuid;
select set_config('request.jwt.claims', '', false);
update public.sponsorship_matches set status = 'suggested' where sponsor_id = md5('s4')::uuid;
insert into public.event_impressions (event_id, visitor_id, country, dwell_ms) select md5('e' || n % 5)::uuid, md5('v' || n)::uuid, 'US', n from generate_series(1, 200) n;
insert into public.orders (event_id, visitor_id, status) select md5('e' || n % 5)::uuid, md5('v' || n)::uuid, (array['paid', 'refunded'])[1 + n % 2] from generate_series(1, 40) n;
insert into public.post_views (post_id, event_id, watch_percentage, kind, sentiment) select gen_random_uuid(), md5('e' || n % 5)::uuid, 0.5, 'mention', 0.25 from generate_series(1, 20) n;
select public.refresh_event_insights();
update fit.settings set max_attempts = 1;
select fit.fail(side, token, array[id], 'poison') from fit.claim(2, '1 minute');
update fit.settings set max_attempts = 5, min_score = 0.1;
