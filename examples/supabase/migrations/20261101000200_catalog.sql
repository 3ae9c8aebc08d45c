-- The two sides of a match and what is for sale. Money is in minor units of an
-- ISO 4217 currency; every share has its range as a constraint; lists are never null,
-- an empty one says nothing.

-- What JavaScript carries without loss.
create domain public.count_value as bigint check (value between 0 and 9007199254740991);
create domain public.currency_code as text check (value ~ '^[A-Z]{3}$');
create domain public.share as double precision check (value between 0 and 1);

create table public.sponsors (
  id uuid primary key default gen_random_uuid(),
  name text not null check (btrim(name) <> ''),
  website text,
  logo_url text,
  created_at timestamptz not null default now()
);

create table public.sponsor_members (
  sponsor_id uuid not null references public.sponsors (id) on delete cascade,
  user_id uuid not null,
  role text not null default 'member' check (role in ('owner', 'member')),
  created_at timestamptz not null default now(),
  primary key (sponsor_id, user_id)
);
-- "Which sponsors am I a member of" is asked by every policy.
create index sponsor_members_user_id on public.sponsor_members (user_id, sponsor_id);

create table public.events (
  id uuid primary key default gen_random_uuid(),
  owner_id uuid not null default auth.uid(),
  title text not null check (btrim(title) <> ''),
  slug text,
  status text not null default 'draft' check (status in ('draft', 'published', 'cancelled')),
  categories text[] not null default '{}',
  regions text[] not null default '{}',
  country text,
  city text,
  series text,
  start_at timestamptz,
  objectives jsonb not null default '{}' check (jsonb_typeof(objectives) = 'object'),
  objectives_embedding real[],
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index events_owner_id on public.events (owner_id);
create index events_start_at on public.events (start_at);

-- What an organiser may read of a sponsor. Row security cannot hide columns, so the
-- rest is a table of its own, and sponsor_profiles (CONTRACT.md, Tables) is a view over both.
create table public.sponsor_targeting (
  sponsor_id uuid primary key references public.sponsors (id) on delete cascade,
  industry text,
  company_size text,
  brand_objectives jsonb not null default '{}' check (jsonb_typeof(brand_objectives) = 'object'),
  target_audience jsonb not null default '{}' check (jsonb_typeof(target_audience) = 'object'),
  preferred_categories text[] not null default '{}',
  excluded_categories text[] not null default '{}',
  regions text[] not null default '{}',
  reputation_score public.share,
  objectives_embedding real[],
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index sponsor_targeting_preferred_categories on public.sponsor_targeting using gin (preferred_categories);
create index sponsor_targeting_regions on public.sponsor_targeting using gin (regions);

create table public.sponsor_private (
  sponsor_id uuid primary key references public.sponsor_targeting (sponsor_id) on delete cascade,
  annual_budget_cents public.count_value,
  currency public.currency_code not null default 'USD',
  notes text,
  updated_at timestamptz not null default now()
);

create table public.event_audience_insights (
  event_id uuid primary key references public.events (id) on delete cascade,
  attendee_count public.count_value,
  avg_dwell_time_ms double precision check (avg_dwell_time_ms >= 0 and avg_dwell_time_ms < 'infinity'),
  geo_distribution jsonb not null default '{}' check (jsonb_typeof(geo_distribution) = 'object'),
  age_segments jsonb not null default '{}' check (jsonb_typeof(age_segments) = 'object'),
  engagement_score public.share,
  ticket_conversion_rate public.share,
  social_mentions public.count_value,
  sentiment_score double precision check (sentiment_score between -1 and 1),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index event_audience_insights_engagement on public.event_audience_insights (engagement_score desc);

create table public.sponsorship_packages (
  id uuid primary key default gen_random_uuid(),
  event_id uuid not null references public.events (id) on delete cascade,
  title text not null check (btrim(title) <> ''),
  tier text,
  description text,
  benefits text[] not null default '{}',
  price_cents public.count_value not null,
  currency public.currency_code not null default 'USD',
  inventory integer not null default 1 check (inventory >= 0),
  -- Kept by the orders' trigger; a check, so that nothing is sold twice.
  sold integer not null default 0 check (sold >= 0),
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint sold_is_in_inventory check (sold <= inventory)
);
create index sponsorship_packages_open on public.sponsorship_packages (event_id, price_cents) where is_active;

create table public.sponsorship_orders (
  id uuid primary key default gen_random_uuid(),
  package_id uuid not null references public.sponsorship_packages (id),
  sponsor_id uuid not null references public.sponsors (id),
  event_id uuid not null references public.events (id),
  amount_cents public.count_value not null,
  currency public.currency_code not null default 'USD',
  application_fee_cents public.count_value not null default 0,
  status text not null default 'pending' check (status in
    ('pending', 'paid', 'fulfilled', 'transferred', 'failed', 'canceled', 'refunded', 'disputed')),
  stripe_payment_intent_id text unique,
  transfer_group text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  constraint fee_is_in_amount check (application_fee_cents <= amount_cents)
);
create index sponsorship_orders_package_id on public.sponsorship_orders (package_id);
create index sponsorship_orders_sponsor_id on public.sponsorship_orders (sponsor_id);
create index sponsorship_orders_event_id on public.sponsorship_orders (event_id);

-- An order holds its package from the moment it is placed until it fails or is given back.
create function fit.holds_inventory(status text) returns boolean
language sql immutable parallel safe set search_path = ''
return status in ('pending', 'paid', 'fulfilled', 'transferred', 'disputed');

create function fit.count_sold() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if tg_op <> 'INSERT' and fit.holds_inventory(old.status) then
    update public.sponsorship_packages set sold = sold - 1 where id = old.package_id;
  end if;
  if tg_op <> 'DELETE' and fit.holds_inventory(new.status) then
    update public.sponsorship_packages set sold = sold + 1 where id = new.package_id;
  end if;
  return null;
end $$;
create trigger count_sold after insert or delete or update of status, package_id on public.sponsorship_orders
  for each row execute function fit.count_sold();
