-- Who sees what, closer. Every check asks for the row at hand, by an index: none grows with what
-- its caller has. Columns are granted by name, so that what the system keeps of a row, such as which
-- transaction wrote it, cannot be asked for.

-- Labels as the core compares them, nearly: white space folded, NFC, lower case.
create function fit.label_keys(labels text[]) returns text[]
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return (select coalesce(array_agg(key order by place), '{}') from (
  select lower(btrim(regexp_replace(normalize(label, nfc), '\s+', ' ', 'g'))) as key, place
  from unnest(labels) with ordinality as given (label, place)) keys where key <> '');

alter table public.events
  add column category_keys text[] generated always as (fit.label_keys(categories)) stored,
  -- Packages that were sold with the promise of being alone in their industry.
  add column exclusive_sold integer not null default 0 check (exclusive_sold >= 0);
alter table public.sponsor_targeting
  add column excluded_keys text[] generated always as (fit.label_keys(excluded_categories)) stored;
alter table public.sponsorship_packages
  add column is_exclusive boolean not null default false;
alter table fit.settings
  add column require_region boolean not null default false,
  add column suggested_a_list integer not null default 10 check (suggested_a_list between 0 and 1000);

-- An order names an event of its package; orders of the first release may not.
alter table public.sponsorship_packages add constraint package_of_event unique (id, event_id);
alter table public.sponsorship_orders add constraint order_names_its_packages_event
  foreign key (package_id, event_id) references public.sponsorship_packages (id, event_id) not valid;

-- Whose industry is taken at an event, and by whom: who may know that it is taken need not know by whom.
create table fit.event_industries (
  event_id uuid not null references public.events (id) on delete cascade,
  industry_key text not null,
  order_id uuid not null,
  sponsor_id uuid not null,
  primary key (event_id, industry_key, order_id)
);
create index event_industries_order on fit.event_industries (order_id);
alter table fit.event_industries enable row level security;

create or replace function fit.count_sold() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  -- An order that goes on from paid to fulfilled is nothing that others see: not even a time moves.
  if tg_op = 'UPDATE' and old.package_id = new.package_id and fit.holds_inventory(old.status) = fit.holds_inventory(new.status) then
    return null;
  end if;
  if tg_op <> 'INSERT' and fit.holds_inventory(old.status) then
    update public.sponsorship_packages set sold = sold - 1 where id = old.package_id;
    delete from fit.event_industries i where i.order_id = old.id;
  end if;
  if tg_op <> 'DELETE' and fit.holds_inventory(new.status) then
    update public.sponsorship_packages set sold = sold + 1 where id = new.package_id;
    insert into fit.event_industries (event_id, industry_key, order_id, sponsor_id)
    select p.event_id, k.key, new.id, new.sponsor_id
    from public.sponsorship_packages p join public.sponsor_targeting t on t.sponsor_id = new.sponsor_id,
      unnest(fit.label_keys(array[t.industry])) as k (key)
    where p.id = new.package_id and p.is_exclusive and t.industry is not null
    on conflict do nothing;
  end if;
  update public.events e set exclusive_sold = (select count(*) from fit.event_industries i where i.event_id = e.id)
  where e.id in (select p.event_id from public.sponsorship_packages p
      where p.id in (case when tg_op <> 'INSERT' then old.package_id end, case when tg_op <> 'DELETE' then new.package_id end))
    and e.exclusive_sold <> (select count(*) from fit.event_industries i where i.event_id = e.id);
  return null;
end $$;

create function fit.is_taken(p_event_id uuid, p_industry text, p_sponsor_id uuid) returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
return exists (select from fit.event_industries i where i.event_id = p_event_id and i.sponsor_id <> p_sponsor_id
  and i.industry_key = any(fit.label_keys(array[p_industry])));

create function fit.requires_region() returns boolean
language sql stable security definer set search_path = pg_catalog, pg_temp
return (select require_region from fit.settings);

create function fit.platform_currency() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
return (select platform_currency from fit.settings);

-- What says no currency is in the platform's.
alter table public.sponsor_private alter column currency set default fit.platform_currency();
alter table public.sponsorship_packages alter column currency set default fit.platform_currency();
alter table public.sponsorship_orders alter column currency set default fit.platform_currency();

-- A sponsor's organisers: those it does not want to be found by, nor to see.
create table public.sponsor_blocks (
  sponsor_id uuid not null references public.sponsors (id) on delete cascade,
  user_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (sponsor_id, user_id)
);
create index sponsor_blocks_user on public.sponsor_blocks (user_id, sponsor_id);

-- Few, both: they are looked up once a statement.
create function fit.hidden_from_me() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select sponsor_id from public.sponsor_private where not is_listed
  union select sponsor_id from public.sponsor_blocks where user_id = (select auth.uid())
$$;
create function fit.organisers_i_blocked() returns setof uuid
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select b.user_id from public.sponsor_blocks b join public.sponsor_members m on m.sponsor_id = b.sponsor_id
  where m.user_id = (select auth.uid())
$$;

-- Whether an event of the caller's lists a sponsor. With few events each is asked; with many one is
-- soon met among the sponsor's best.
create function fit.is_shown_to_me(p_sponsor_id uuid) returns boolean
language plpgsql stable security definer cost 1000 set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := auth.uid();
  least double precision;
  mine uuid[];
begin
  mine := array(select e.id from public.events e where e.owner_id = me limit 101);
  if me is null or cardinality(mine) = 0
    or exists (select from public.sponsor_private p where p.sponsor_id = p_sponsor_id and not p.is_listed)
    or exists (select from public.sponsor_blocks b where b.sponsor_id = p_sponsor_id and b.user_id = me) then
    return false;
  end if;
  least := fit.list_min_score();
  if cardinality(mine) <= 100 then
    return exists (select from unnest(mine) as own (id) cross join lateral (
      select from public.sponsorship_matches m where m.event_id = own.id and m.sponsor_id = p_sponsor_id
        and (m.score_exact >= least or fit.is_decided(m.status, m.contacted_at)) limit 1) found);
  end if;
  return exists (select from public.sponsorship_matches m where m.sponsor_id = p_sponsor_id and m.score_exact >= least
      and (select e.owner_id from public.events e where e.id = m.event_id) = me)
    or exists (select from public.sponsorship_matches m where m.sponsor_id = p_sponsor_id
      and fit.is_decided(m.status, m.contacted_at) and (select e.owner_id from public.events e where e.id = m.event_id) = me);
end $$;

drop policy sponsors_are_seen on public.sponsors;
create policy sponsors_are_seen on public.sponsors for select to authenticated
  using (id in (select fit.my_sponsors()) or fit.is_shown_to_me(id));
drop policy targeting_is_seen on public.sponsor_targeting;
create policy targeting_is_seen on public.sponsor_targeting for select to authenticated
  using (sponsor_id in (select fit.my_sponsors()) or fit.is_shown_to_me(sponsor_id));
drop function fit.sponsors_of_my_events();

alter table public.sponsor_blocks enable row level security;
create policy members_block on public.sponsor_blocks for all to authenticated
  using (sponsor_id in (select fit.my_sponsors())) with check (sponsor_id in (select fit.my_sponsors()));

drop policy insights_of_seen_events on public.event_audience_insights;
create policy insights_of_seen_events on public.event_audience_insights for select to authenticated
  using (exists (select from public.events e where e.id = event_id));
drop policy performance_of_seen_events on public.event_performance;
create policy performance_of_seen_events on public.event_performance for select to authenticated
  using (exists (select from public.events e where e.id = event_id));
drop policy packages_are_seen on public.sponsorship_packages;
create policy packages_are_seen on public.sponsorship_packages for select to authenticated
  using (exists (select from public.events e where e.id = event_id and (is_active or e.owner_id = (select auth.uid()))));

-- A sponsor sees pairs of events that are published; an organiser those that its list shows, and
-- nobody who does not want to be found by it.
drop policy both_sides_see_matches on public.sponsorship_matches;
create policy both_sides_see_matches on public.sponsorship_matches for select to authenticated using (
  case when sponsor_id in (select fit.my_sponsors())
    then (select e.status from public.events e where e.id = event_id) = 'published'
      or (select e.owner_id from public.events e where e.id = event_id) = (select auth.uid())
    else (select e.owner_id from public.events e where e.id = event_id) = (select auth.uid())
      and (score_exact >= (select fit.list_min_score()) or fit.is_decided(status, contacted_at))
      and sponsor_id not in (select fit.hidden_from_me())
  end);
drop policy both_sides_decide on public.sponsorship_matches;
create policy both_sides_decide on public.sponsorship_matches for update to authenticated
  using (sponsor_id in (select fit.my_sponsors())
    or (select e.owner_id from public.events e where e.id = event_id) = (select auth.uid()))
  with check (sponsor_id in (select fit.my_sponsors())
    or (select e.owner_id from public.events e where e.id = event_id) = (select auth.uid()));
drop policy both_sides_see_orders on public.sponsorship_orders;
create policy both_sides_see_orders on public.sponsorship_orders for select to authenticated
  using (sponsor_id in (select fit.my_sponsors())
    or (select e.owner_id from public.events e where e.id = event_id) = (select auth.uid()));

-- Every column by name, and none of the system's.
create function fit.grant_columns(p_table text) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  execute format('revoke select on public.%I from authenticated', p_table);
  execute format('grant select (%s) on public.%I to authenticated', (
    select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
    where attrelid = format('public.%I', p_table)::regclass and attnum > 0 and not attisdropped), p_table);
end $$;
revoke all on public.sponsor_blocks from anon, authenticated;
grant all on public.sponsor_blocks to service_role;
grant insert (sponsor_id, user_id), delete on public.sponsor_blocks to authenticated;
select fit.grant_columns(name) from unnest(array['sponsors', 'sponsor_members', 'events', 'sponsor_targeting',
  'sponsor_private', 'event_audience_insights', 'event_performance', 'sponsorship_packages', 'sponsorship_orders',
  'sponsorship_matches', 'sponsor_blocks', 'currency_rates']) as name;
grant insert (budget_disclosure, is_listed), update (budget_disclosure, is_listed) on public.sponsor_private to authenticated;
grant insert (is_exclusive), update (is_exclusive) on public.sponsorship_packages to authenticated;

-- How many events a user makes a day, and how often they are changed in what is scored: each is a
-- question to every sponsor at once. Counted apart, so that deleting does not give one back.
create table fit.event_quota (
  user_id uuid not null,
  day date not null,
  made integer not null default 0,
  changed integer not null default 0,
  primary key (user_id, day)
);
alter table fit.event_quota enable row level security;
create function fit.count_event_changes() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  settings fit.settings;
  quota fit.event_quota;
  me uuid := auth.uid();
  n integer;
begin
  if me is null then return null; end if;
  if tg_op = 'INSERT' then
    select count(*) into n from new_rows;
  else
    select count(*) into n from old_rows o join new_rows r on r.id = o.id
    where (o.categories, o.regions, o.objectives, o.status, o.start_at) is distinct from (r.categories, r.regions, r.objectives, r.status, r.start_at);
  end if;
  if n = 0 then return null; end if;
  select * into strict settings from fit.settings;
  insert into fit.event_quota as q (user_id, day, made, changed)
  values (me, (now() at time zone 'UTC')::date, case tg_op when 'INSERT' then n else 0 end, case tg_op when 'INSERT' then 0 else n end)
  on conflict (user_id, day) do update set made = q.made + excluded.made, changed = q.changed + excluded.changed
  returning * into quota;
  if quota.made > settings.events_a_day or quota.changed > settings.event_changes_a_day then
    -- PostgREST answers with the status that is named here.
    raise exception 'events: % made and % changed today; at most % and % are', quota.made, quota.changed,
      settings.events_a_day, settings.event_changes_a_day
      using errcode = 'PT429', hint = 'tomorrow is another day; fit.settings says how many';
  end if;
  return null;
end $$;
create trigger count_insert after insert on public.events referencing new table as new_rows
  for each statement execute function fit.count_event_changes();
create trigger count_update after update on public.events referencing old table as old_rows new table as new_rows
  for each statement execute function fit.count_event_changes();

-- What PostgREST asks before each request of a user. A planned count is an estimate over the rows of
-- all, and so tells of rows that are not the caller's.
create function fit.check_request() returns void
language plpgsql stable set search_path = pg_catalog, pg_temp as $$
begin
  if current_user in ('anon', 'authenticated')
    and coalesce(current_setting('request.headers', true), '') ~* 'count[\s=\\"]+(planned|estimated)' then
    raise exception 'a planned count tells of rows that are not yours: ask for count=exact' using errcode = 'PT400';
  end if;
end $$;
-- And where somebody gets past it (two headers of one name are one to it), no estimate knows a value:
-- the planner keeps none of what rows hold that others may not see.
do $$
declare hidden record;
begin
  for hidden in
    select c.relname, a.attname from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
    where n.nspname = 'public' and a.attnum > 0 and not a.attisdropped and (
      c.relname in ('sponsor_private', 'sponsor_members', 'sponsor_blocks', 'sponsorship_orders')
      or c.relname = 'sponsorship_matches' and a.attname not in ('event_id', 'sponsor_id', 'score', 'score_exact', 'stale_since')
      or c.relname = 'sponsor_targeting' and a.attname <> 'sponsor_id'
      or c.relname = 'events' and a.attname not in ('id', 'owner_id', 'status', 'start_at')
      or c.relname = 'sponsorship_packages' and a.attname not in ('id', 'event_id'))
  loop
    execute format('alter table public.%I alter column %I set statistics 0', hidden.relname, hidden.attname);
  end loop;
end $$;
grant usage on schema fit to anon;
do $$
declare current text;
begin
  select split_part(setting, '=', 2) into current from pg_db_role_setting, unnest(setconfig) as setting
  where setrole = (select oid from pg_roles where rolname = 'authenticator') and setting like 'pgrst.db_pre_request=%';
  if current is not null and current <> 'fit.check_request' then
    raise notice 'pgrst.db_pre_request is %: let it call fit.check_request()', current;
  elsif current is null then
    execute format('alter role authenticator in database %I set pgrst.db_pre_request = ''fit.check_request''', current_database());
    notify pgrst, 'reload config';
  end if;
exception when insufficient_privilege or undefined_object then
  raise notice 'set pgrst.db_pre_request to fit.check_request for the role PostgREST logs in as';
end $$;

revoke execute on all functions in schema fit from public;
grant execute on function fit.is_live, fit.is_decided, fit.list_min_score, fit.hidden_from_me, fit.organisers_i_blocked,
  fit.is_shown_to_me, fit.is_taken, fit.requires_region, fit.platform_currency, fit.in_platform_currency, fit.label_keys
  to authenticated, service_role;
grant execute on function fit.check_request to anon, authenticated, service_role;
