-- Who sees what. A sponsor's members see its profile and matches; the organiser of an
-- event that a sponsor was matched with sees its public columns and the match; nobody
-- else does, and anon nothing at all. Published events, their packages and audience
-- numbers are what the marketplace shows to whoever is signed in.

-- The caller's own. Set-returning and definer: evaluated once a statement, and no policy
-- asks a table whose policy asks back.
create function fit.my_sponsors() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select sponsor_id from public.sponsor_members where user_id = (select auth.uid())
$$;
create function fit.my_owned_sponsors() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select sponsor_id from public.sponsor_members where user_id = (select auth.uid()) and role = 'owner'
$$;
create function fit.my_events() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select id from public.events where owner_id = (select auth.uid())
$$;
create function fit.sponsors_of_my_events() returns setof uuid
language sql stable security definer set search_path = '' as $$
  select distinct m.sponsor_id from public.sponsorship_matches m
  join public.events e on e.id = m.event_id where e.owner_id = (select auth.uid())
$$;
revoke execute on function fit.my_sponsors, fit.my_owned_sponsors, fit.my_events, fit.sponsors_of_my_events from public;
grant execute on function fit.my_sponsors, fit.my_owned_sponsors, fit.my_events, fit.sponsors_of_my_events
  to authenticated, service_role;

-- Supabase grants everything on new tables to everybody: take it back, then give by column.
do $$
declare name text;
begin
  foreach name in array fit.fact_tables() || array['sponsors', 'sponsor_members', 'events', 'sponsor_targeting',
    'sponsor_private', 'event_audience_insights', 'event_performance', 'sponsorship_packages',
    'sponsorship_orders', 'sponsorship_matches']
  loop
    execute format('alter table public.%I enable row level security', name);
    execute format('revoke all on public.%I from anon, authenticated', name);
    execute format('grant all on public.%I to service_role', name);
  end loop;
end $$;

grant select on public.sponsors to authenticated;
grant update (name, website, logo_url) on public.sponsors to authenticated;
create policy sponsors_are_seen on public.sponsors for select to authenticated
  using (id in (select fit.my_sponsors()) or id in (select fit.sponsors_of_my_events()));
create policy owners_rename on public.sponsors for update to authenticated
  using (id in (select fit.my_owned_sponsors())) with check (id in (select fit.my_owned_sponsors()));

grant select, delete on public.sponsor_members to authenticated;
grant insert (sponsor_id, user_id, role) on public.sponsor_members to authenticated;
create policy members_see_members on public.sponsor_members for select to authenticated
  using (sponsor_id in (select fit.my_sponsors()));
-- An owner lets others in; nobody lets themselves in, nor makes themselves more.
create policy owners_invite on public.sponsor_members for insert to authenticated
  with check (sponsor_id in (select fit.my_owned_sponsors()) and user_id <> (select auth.uid()));
create policy owners_remove_others_and_members_leave on public.sponsor_members for delete to authenticated
  using ((sponsor_id in (select fit.my_owned_sponsors()) and user_id <> (select auth.uid()))
    or (user_id = (select auth.uid()) and role = 'member'));

grant select, delete on public.events to authenticated;
grant insert (title, slug, status, categories, regions, country, city, series, start_at, objectives),
  update (title, slug, status, categories, regions, country, city, series, start_at, objectives)
  on public.events to authenticated;
create policy published_events_are_seen on public.events for select to authenticated
  using (status = 'published' or owner_id = (select auth.uid()));
-- owner_id is not in the columns that may be given: it is the caller.
create policy organisers_create on public.events for insert to authenticated
  with check (owner_id = (select auth.uid()));
create policy organisers_change on public.events for update to authenticated
  using (owner_id = (select auth.uid())) with check (owner_id = (select auth.uid()));
create policy organisers_delete on public.events for delete to authenticated
  using (owner_id = (select auth.uid()));

-- reputation_score is given, not claimed.
grant select on public.sponsor_targeting to authenticated;
grant insert (sponsor_id, industry, company_size, brand_objectives, target_audience, preferred_categories,
    excluded_categories, regions),
  update (industry, company_size, brand_objectives, target_audience, preferred_categories,
    excluded_categories, regions, updated_at)
  on public.sponsor_targeting to authenticated;
create policy targeting_is_seen on public.sponsor_targeting for select to authenticated
  using (sponsor_id in (select fit.my_sponsors()) or sponsor_id in (select fit.sponsors_of_my_events()));
create policy members_insert on public.sponsor_targeting for insert to authenticated
  with check (sponsor_id in (select fit.my_sponsors()));
create policy members_update on public.sponsor_targeting for update to authenticated
  using (sponsor_id in (select fit.my_sponsors())) with check (sponsor_id in (select fit.my_sponsors()));

grant select on public.sponsor_private to authenticated;
grant insert (sponsor_id, annual_budget_cents, currency, notes),
  update (annual_budget_cents, currency, notes, updated_at) on public.sponsor_private to authenticated;
create policy members_only on public.sponsor_private for all to authenticated
  using (sponsor_id in (select fit.my_sponsors())) with check (sponsor_id in (select fit.my_sponsors()));

grant select on public.event_audience_insights, public.event_performance to authenticated;
create policy insights_of_seen_events on public.event_audience_insights for select to authenticated
  using (event_id in (select id from public.events));
create policy performance_of_seen_events on public.event_performance for select to authenticated
  using (event_id in (select id from public.events));

grant select, delete on public.sponsorship_packages to authenticated;
grant insert (event_id, title, tier, description, benefits, price_cents, currency, inventory, is_active),
  update (title, tier, description, benefits, price_cents, currency, inventory, is_active)
  on public.sponsorship_packages to authenticated;
create policy packages_are_seen on public.sponsorship_packages for select to authenticated
  using ((is_active and event_id in (select id from public.events)) or event_id in (select fit.my_events()));
create policy organisers_offer on public.sponsorship_packages for insert to authenticated
  with check (event_id in (select fit.my_events()));
create policy organisers_change_packages on public.sponsorship_packages for update to authenticated
  using (event_id in (select fit.my_events())) with check (event_id in (select fit.my_events()));
create policy organisers_withdraw on public.sponsorship_packages for delete to authenticated
  using (event_id in (select fit.my_events()));

-- Orders are written where money is: by the service.
grant select on public.sponsorship_orders to authenticated;
create policy both_sides_see_orders on public.sponsorship_orders for select to authenticated
  using (sponsor_id in (select fit.my_sponsors()) or event_id in (select fit.my_events()));

grant select, update (status, viewed_at, contacted_at, declined_reason) on public.sponsorship_matches to authenticated;
create policy both_sides_see_matches on public.sponsorship_matches for select to authenticated
  using (sponsor_id in (select fit.my_sponsors()) or event_id in (select fit.my_events()));
create policy both_sides_decide on public.sponsorship_matches for update to authenticated
  using (sponsor_id in (select fit.my_sponsors()) or event_id in (select fit.my_events()))
  with check (sponsor_id in (select fit.my_sponsors()) or event_id in (select fit.my_events()));
