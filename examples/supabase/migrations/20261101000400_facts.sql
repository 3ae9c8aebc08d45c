-- What visitors did, partitioned by month of happening; partitions live in the private
-- schema, so that the API has no second way to them. ingest_xid is the transaction that
-- brought a row: what tells a late row from one that was counted, whatever its clock said.
create table public.event_impressions (
  event_id uuid not null,
  visitor_id uuid not null,
  created_at timestamptz not null default now(),
  country text,
  age_bucket text,
  dwell_ms integer check (dwell_ms >= 0),
  ingest_xid bigint not null default pg_current_xact_id()::text::bigint
) partition by range (created_at);

create table public.event_video_counters (
  event_id uuid not null,
  visitor_id uuid,
  created_at timestamptz not null default now(),
  -- Plays that lasted long enough to count, and those of them that reached the end.
  true_views integer not null default 0 check (true_views >= 0),
  completions integer not null default 0 check (completions >= 0),
  watch_ms bigint not null default 0 check (watch_ms >= 0),
  ingest_xid bigint not null default pg_current_xact_id()::text::bigint,
  check (completions <= true_views)
) partition by range (created_at);

create table public.orders (
  order_id uuid not null default gen_random_uuid(),
  event_id uuid not null,
  visitor_id uuid not null,
  created_at timestamptz not null default now(),
  status text not null default 'paid' check (status in ('pending', 'paid', 'refunded', 'canceled')),
  tickets integer not null default 1 check (tickets >= 1),
  total_cents public.count_value not null default 0,
  currency public.currency_code not null default 'USD',
  ingest_xid bigint not null default pg_current_xact_id()::text::bigint,
  primary key (order_id, created_at)
) partition by range (created_at);
create index orders_of_visitor on public.orders (event_id, visitor_id);

create table public.ticket_analytics (
  event_id uuid not null,
  visitor_id uuid not null,
  created_at timestamptz not null default now(),
  action text not null check (action in ('view', 'select', 'checkout', 'check_in')),
  ingest_xid bigint not null default pg_current_xact_id()::text::bigint
) partition by range (created_at);

create table public.post_views (
  post_id uuid not null,
  event_id uuid not null,
  visitor_id uuid,
  created_at timestamptz not null default now(),
  -- A mention is a post that names the event; its sentiment is the platform's, -1 to 1.
  kind text not null default 'view' check (kind in ('view', 'mention')),
  dwell_ms integer check (dwell_ms >= 0),
  watch_percentage numeric(5, 4) check (watch_percentage between 0 and 1),
  sentiment numeric(4, 3) check (sentiment between -1 and 1),
  ingest_xid bigint not null default pg_current_xact_id()::text::bigint
) partition by range (created_at);

create function fit.fact_tables() returns text[]
language sql immutable parallel safe set search_path = ''
return array['event_impressions', 'event_video_counters', 'orders', 'ticket_analytics', 'post_views'];

-- Rows come in the order of their transactions, so a block range index finds the new ones
-- at almost no cost. Indexes on the parents: every partition gets its own.
do $$
declare fact text;
begin
  foreach fact in array fit.fact_tables() loop
    execute format('create index %I on public.%I using brin (ingest_xid) with (pages_per_range = 16)',
      fact || '_ingest_xid', fact);
    execute format('create index %I on public.%I using brin (created_at) with (pages_per_range = 16)',
      fact || '_created_at', fact);
  end loop;
end $$;

-- Makes the partitions of every month from the first to the last, where they are missing.
-- There is no default partition: rows in one would stand in the way of a month made later.
-- A row beyond what was made is refused, and months are made a year ahead.
create function fit.make_partitions(first_month date, last_month date) returns integer
language plpgsql security definer set search_path = '' as $$
declare
  fact text;
  month date;
  made integer := 0;
begin
  foreach fact in array fit.fact_tables() loop
    for month in
      select m::date from generate_series(date_trunc('month', first_month::timestamp),
        date_trunc('month', last_month::timestamp), '1 month') as m
    loop
      if to_regclass(format('fit.%I', fact || to_char(month, '_YYYY_MM'))) is null then
        -- Bounds in UTC: what a month is must not depend on who calls.
        execute format('create table fit.%I partition of public.%I for values from (%L) to (%L)',
          fact || to_char(month, '_YYYY_MM'), fact,
          month || ' 00:00:00+00', (month + interval '1 month')::date || ' 00:00:00+00');
        execute format('alter table fit.%I enable row level security', fact || to_char(month, '_YYYY_MM'));
        made := made + 1;
      end if;
    end loop;
  end loop;
  return made;
end $$;
revoke execute on function fit.make_partitions from public;
grant execute on function fit.make_partitions to service_role;
select fit.make_partitions((now() - interval '13 months')::date, (now() + interval '12 months')::date);

-- Facts are only ever added, except orders, whose status moves on: such a row is new again.
create function fit.reingest() returns trigger
language plpgsql set search_path = '' as $$
begin
  new.ingest_xid = pg_current_xact_id()::text::bigint;
  return new;
end $$;
create trigger reingest before update on public.orders for each row execute function fit.reingest();
do $$
declare fact text;
begin
  foreach fact in array fit.fact_tables() loop
    execute format('create trigger append_only before %s on public.%I for each statement execute function fit.refuse_change()',
      case fact when 'orders' then 'delete' else 'update or delete' end, fact);
  end loop;
end $$;
