-- What two parties share is made from the profile as its sponsor discloses it, and from nothing
-- else: who reads a score reads no more of a budget than the sponsor lets them.

-- The integer nearest the square root, exactly. No integer lies halfway: (r + 1/2)² is none.
create function fit.nearest_root(square numeric) returns bigint
language plpgsql immutable strict parallel safe set search_path = pg_catalog, pg_temp as $$
declare root numeric := trunc(sqrt(square));
begin
  while root * root > square loop root := root - 1; end loop;
  while (root + 1) * (root + 1) <= square loop root := root + 1; end loop;
  return case when square > root * root + root then root + 1 else root end;
end $$;

-- Bands [1, 2), [2, 5), [5, 10) times a power of ten; nothing is on its own. A budget stands as
-- the geometric middle of its band, which is the same for all of the band.
create function fit.disclosed_cents(cents bigint, disclosure text) returns bigint
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return case
  when disclosure = 'exact' or (disclosure = 'band' and cents = 0) then cents
  when disclosure = 'band' then fit.nearest_root(
    case when left(cents::text, 1) >= '5' then 50 when left(cents::text, 1) >= '2' then 10 else 2 end
      * power(10::numeric, 2 * (length(cents::text) - 1)))
end;

-- Private, both: that a budget is withheld looks like one that is not known, and a sponsor that is
-- in no list like one that is not there.
alter table public.sponsor_private
  add column budget_disclosure text not null default 'band' check (budget_disclosure in ('none', 'band', 'exact')),
  add column is_listed boolean not null default true;
create index sponsor_private_unlisted on public.sponsor_private (sponsor_id) where not is_listed;
alter table public.sponsor_targeting
  add column disclosed_budget_cents public.count_value,
  add column disclosed_currency public.currency_code;

-- A change that discloses what was disclosed before touches no row that others see.
create function fit.disclose() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tg_op = 'TRUNCATE' then
    update public.sponsor_targeting t set disclosed_budget_cents = null, disclosed_currency = null, updated_at = now()
    where t.disclosed_budget_cents is not null;
  elsif tg_op = 'DELETE' then
    update public.sponsor_targeting t set disclosed_budget_cents = null, disclosed_currency = null, updated_at = now()
    from old_rows o where t.sponsor_id = o.sponsor_id and t.disclosed_budget_cents is not null;
  else
    update public.sponsor_targeting t set disclosed_budget_cents = n.cents, disclosed_currency = n.currency, updated_at = now()
    from (select sponsor_id, cents, case when cents is not null then currency end as currency
      from new_rows r, fit.disclosed_cents(r.annual_budget_cents, r.budget_disclosure) as cents) n
    where t.sponsor_id = n.sponsor_id
      and (t.disclosed_budget_cents, t.disclosed_currency) is distinct from (n.cents, n.currency);
  end if;
  return null;
end $$;
do $$
declare operation text;
begin
  foreach operation in array array['insert', 'update', 'delete'] loop
    execute format('drop trigger enqueue_%s on public.sponsor_private', operation);
    execute format('create trigger disclose_%s after %s on public.sponsor_private %s for each statement execute function fit.disclose()',
      operation, operation, case operation when 'insert' then 'referencing new table as new_rows'
        when 'delete' then 'referencing old table as old_rows'
        else 'referencing old table as old_rows new table as new_rows' end);
  end loop;
end $$;
create trigger disclose_truncate after truncate on public.sponsor_private for each statement execute function fit.disclose();
drop function fit.sponsor_private_changed();

-- Amounts are compared in the platform's currency: by the last rate that is known, and without
-- one they are unknown. A rate says how many minor units of the platform's currency a minor unit is.
create table public.currency_rates (
  currency public.currency_code not null,
  valid_from date not null,
  rate numeric not null check (rate > 0 and rate < 'infinity'),
  primary key (currency, valid_from)
);
alter table public.currency_rates enable row level security;
revoke all on public.currency_rates from anon, authenticated;
grant select (currency, valid_from, rate) on public.currency_rates to authenticated;
create policy rates_are_public on public.currency_rates for select to authenticated using (true);
grant all on public.currency_rates to service_role;

alter table fit.settings
  add column platform_currency public.currency_code not null default 'USD',
  -- Lists show pairs at or above it, and what somebody acted on: not everyone to everybody.
  add column list_min_score double precision not null default 0.5 check (list_min_score between 0 and 1),
  add column events_a_day integer not null default 20 check (events_a_day >= 1),
  add column event_changes_a_day integer not null default 200 check (event_changes_a_day >= 1);

-- The currency that most budgets are in: those are compared as they were.
update fit.settings set platform_currency = coalesce((
  select p.currency from public.sponsor_private p where p.annual_budget_cents is not null
  group by p.currency order by count(*) desc, p.currency limit 1), platform_currency)
where only_row;

create function fit.in_platform_currency(cents bigint, currency text) returns bigint
language sql stable security definer set search_path = pg_catalog, pg_temp
return case when currency = (select platform_currency from fit.settings) then cents else (
  select least(round(cents * r.rate), 9007199254740991)::bigint from public.currency_rates r
  where r.currency = in_platform_currency.currency and r.valid_from <= current_date
  order by r.valid_from desc limit 1) end;

create function fit.list_min_score() returns double precision
language sql stable security definer set search_path = pg_catalog, pg_temp
return (select list_min_score from fit.settings);

create function fit.objectives_kind() returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
return (select coalesce(scoring -> 'objectives' ->> 'kind', 'none') from fit.settings);

-- Drafts, what was cancelled and what has begun are not scored, and show nobody.
create function fit.is_live(status text, start_at timestamptz) returns boolean
language sql stable parallel safe
return status = 'published' and (start_at is null or start_at > now());

-- The profile as disclosed, and of it what this configuration reads.
create or replace view fit.sponsor_documents as
select t.sponsor_id as id, json_build_object('sponsor_id', t.sponsor_id,
    'annual_budget_cents', case when t.disclosed_currency = s.platform_currency then t.disclosed_budget_cents
      when t.disclosed_currency is not null
        then fit.in_platform_currency(t.disclosed_budget_cents, t.disclosed_currency) end,
    'preferred_categories', t.preferred_categories, 'regions', t.regions,
    'brand_objectives', case s.kind when 'keywords' then t.brand_objectives end,
    'objectives_embedding', case s.kind when 'embedding' then t.objectives_embedding end)::text as "row"
from public.sponsor_targeting t
cross join (select platform_currency, fit.objectives_kind() as kind from fit.settings) s;

create or replace view fit.event_documents as
select e.id, json_build_object('event_id', e.id, 'categories', e.categories, 'regions', e.regions,
    'min_price_cents', case when s.reads_price then (
      select min(fit.in_platform_currency(p.price_cents, p.currency)) from public.sponsorship_packages p
      where p.event_id = e.id and p.is_active and p.sold < p.inventory) end,
    'objectives', case s.kind when 'keywords' then e.objectives end,
    'objectives_embedding', case s.kind when 'embedding' then e.objectives_embedding end)::text as "row",
  case when i.event_id is not null then json_build_object('event_id', i.event_id,
    'geo_distribution', i.geo_distribution, 'engagement_score', i.engagement_score,
    'ticket_conversion_rate', i.ticket_conversion_rate)::text end as insights
from public.events e
left join public.event_audience_insights i on i.event_id = e.id
cross join (select fit.objectives_kind() as kind, fit.scoring('budget_reading', 'fixed') <> 'fixed' as reads_price) s
where fit.is_live(e.status, e.start_at);

create or replace function fit.load(p_side text, p_ids uuid[] default null, p_after uuid default null, p_limit integer default null)
returns table (id uuid, gen bigint, "row" text, insights text)
language plpgsql stable security definer set search_path = pg_catalog, pg_temp
-- One identifier is looked up, all of them are scanned for.
set plan_cache_mode = force_custom_plan as $$
declare ids uuid[] := p_ids;
begin
  if p_side = 'sponsor' then
    if ids is null then
      ids := array(select t.sponsor_id from public.sponsor_targeting t
        where p_after is null or t.sponsor_id > p_after order by t.sponsor_id limit p_limit);
    end if;
    return query select asked.id, coalesce(d.gen, 0), r.row, null::text
    from unnest(ids) as asked (id) left join fit.sponsor_documents r on r.id = asked.id
      left join fit.fit_dirty d on d.side = 'sponsor' and d.id = asked.id order by asked.id;
  else
    if ids is null then
      ids := array(select e.id from public.events e
        where (p_after is null or e.id > p_after) and fit.is_live(e.status, e.start_at) order by e.id limit p_limit);
    end if;
    return query select asked.id, coalesce(d.gen, 0), r.row, r.insights
    from unnest(ids) as asked (id) left join fit.event_documents r on r.id = asked.id
      left join fit.fit_dirty d on d.side = 'event' and d.id = asked.id order by asked.id;
  end if;
end $$;

-- Triggers watch what the documents hold, and whether there is a document.
create or replace function fit.sponsor_targeting_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ids uuid[];
  kind text := fit.objectives_kind();
begin
  if tg_op = 'TRUNCATE' then
    ids := array(select id from fit.fit_dirty where side = 'sponsor');
  elsif tg_op = 'INSERT' then
    select array_agg(sponsor_id) into ids from new_rows;
  elsif tg_op = 'DELETE' then
    select array_agg(sponsor_id) into ids from old_rows;
  else
    select array_agg(o.sponsor_id) || array_agg(n.sponsor_id) into ids
    from old_rows o full join new_rows n on n.sponsor_id = o.sponsor_id
    where (o.sponsor_id, o.preferred_categories, o.regions, o.disclosed_budget_cents, o.disclosed_currency)
        is distinct from (n.sponsor_id, n.preferred_categories, n.regions, n.disclosed_budget_cents, n.disclosed_currency)
      or kind = 'keywords' and o.brand_objectives is distinct from n.brand_objectives
      or kind = 'embedding' and o.objectives_embedding is distinct from n.objectives_embedding;
  end if;
  if ids is not null then perform fit.enqueue('sponsor', ids); end if;
  return null;
end $$;

create or replace function fit.events_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ids uuid[];
  kind text := fit.objectives_kind();
begin
  if tg_op = 'TRUNCATE' then
    ids := array(select id from fit.fit_dirty where side = 'event');
  elsif tg_op = 'INSERT' then
    select array_agg(id) into ids from new_rows where fit.is_live(status, start_at);
  elsif tg_op = 'DELETE' then
    select array_agg(id) into ids from old_rows;
  else
    select array_agg(o.id) || array_agg(n.id) into ids
    from old_rows o full join new_rows n on n.id = o.id
    where o.id is distinct from n.id
      or fit.is_live(o.status, o.start_at) is distinct from fit.is_live(n.status, n.start_at)
      or fit.is_live(n.status, n.start_at) and (
        (o.categories, o.regions) is distinct from (n.categories, n.regions)
        or kind = 'keywords' and o.objectives is distinct from n.objectives
        or kind = 'embedding' and o.objectives_embedding is distinct from n.objectives_embedding);
  end if;
  if ids is not null then perform fit.enqueue('event', ids); end if;
  return null;
end $$;

create or replace function fit.insights_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  ids uuid[];
  counts_are_read boolean := fit.scoring('geo_reading', 'any') <> 'any';
begin
  if tg_op = 'TRUNCATE' then
    ids := array(select id from fit.fit_dirty where side = 'event');
  elsif tg_op = 'INSERT' then
    select array_agg(event_id) into ids from new_rows;
  elsif tg_op = 'DELETE' then
    select array_agg(event_id) into ids from old_rows;
  else
    select array_agg(o.event_id) || array_agg(n.event_id) into ids
    from old_rows o full join new_rows n on n.event_id = o.event_id
    where (o.event_id, o.engagement_score, o.ticket_conversion_rate)
        is distinct from (n.event_id, n.engagement_score, n.ticket_conversion_rate)
      or (counts_are_read and o.geo_distribution is distinct from n.geo_distribution)
      or fit.visited(o.geo_distribution) is distinct from fit.visited(n.geo_distribution);
  end if;
  -- Of events that are not scored nothing is read.
  ids := array(select e.id from public.events e where e.id = any(ids) and fit.is_live(e.status, e.start_at));
  perform fit.enqueue('event', ids);
  return null;
end $$;

create or replace function fit.packages_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare ids uuid[];
begin
  if fit.scoring('budget_reading', 'fixed') = 'fixed' then
    return null;
  end if;
  if tg_op = 'TRUNCATE' then
    ids := array(select id from fit.fit_dirty where side = 'event');
  elsif tg_op = 'INSERT' then
    select array_agg(event_id) into ids from new_rows where is_active and sold < inventory;
  elsif tg_op = 'DELETE' then
    select array_agg(event_id) into ids from old_rows where is_active and sold < inventory;
  else
    select array_agg(o.event_id) || array_agg(n.event_id) into ids
    from old_rows o full join new_rows n on n.id = o.id
    where case when o.is_active and o.sold < o.inventory then (o.event_id, o.price_cents, o.currency) end
      is distinct from case when n.is_active and n.sold < n.inventory then (n.event_id, n.price_cents, n.currency) end;
  end if;
  ids := array(select e.id from public.events e where e.id = any(ids) and fit.is_live(e.status, e.start_at));
  perform fit.enqueue('event', ids);
  return null;
end $$;

create trigger enqueue_truncate after truncate on public.sponsor_targeting for each statement execute function fit.sponsor_targeting_changed();
create trigger enqueue_truncate after truncate on public.events for each statement execute function fit.events_changed();
create trigger enqueue_truncate after truncate on public.event_audience_insights for each statement execute function fit.insights_changed();
create trigger enqueue_truncate after truncate on public.sponsorship_packages for each statement execute function fit.packages_changed();

-- A rate changes what amounts in its currency are worth.
create function fit.rates_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  perform fit.enqueue('sponsor', array(select sponsor_id from public.sponsor_targeting
    where disclosed_currency <> (select platform_currency from fit.settings)));
  if fit.scoring('budget_reading', 'fixed') <> 'fixed' then
    perform fit.enqueue('event', array(select p.event_id from public.sponsorship_packages p join public.events e on e.id = p.event_id
      where p.currency <> (select platform_currency from fit.settings) and fit.is_live(e.status, e.start_at)));
  end if;
  return null;
end $$;
create trigger rates_changed after insert or update or delete or truncate on public.currency_rates
  for each statement execute function fit.rates_changed();

create or replace function fit.settings_changed() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if (old.scoring, old.min_score, old.top_k, old.platform_currency)
    is distinct from (new.scoring, new.min_score, new.top_k, new.platform_currency) then
    perform fit.enqueue('sponsor', array(select sponsor_id from public.sponsor_targeting));
  end if;
  return null;
end $$;

-- What the last release scored from exact budgets, and of events that are not scored any more, is
-- made anew: every event that has matches or is live is dirty, every sponsor by its disclosed budget.
update public.sponsor_targeting t set disclosed_budget_cents = d.cents, disclosed_currency = d.currency
from (select p.sponsor_id, cents, case when cents is not null then p.currency end as currency
  from public.sponsor_private p, fit.disclosed_cents(p.annual_budget_cents, p.budget_disclosure) as cents) d
where d.sponsor_id = t.sponsor_id and d.cents is not null;
select fit.enqueue('event', array(select e.id from public.events e where not fit.is_live(e.status, e.start_at)
  and exists (select from public.sponsorship_matches m where m.event_id = e.id)));

