-- What later learning needs is kept from now on: what came of a pair, who saw what in which variant,
-- and which models there are. Nothing here changes a score.

-- The core's own definition: see core/learn/src/stats/experiment/bucket.sql.
-- The bucket 0..9999 of a unit: the same number as `Experiment` computes in Rust.
-- purpose is 'exposure' or 'variant'. Needs PostgreSQL 11 or later, for sha256().
create function fit.sponsorfit_bucket(namespace text, experiment text, salt text, unit text, purpose text)
returns integer language sql immutable strict parallel safe as $$
  select div(
    (('x' || encode(hash, 'hex'))::bit(64)::bigint::numeric
      + case when get_byte(hash, 0) >= 128 then 18446744073709551616 else 0 end) * 10000,
    18446744073709551616)::integer
  from (
    select substr(sha256(string_agg(int8send(octet_length(bytes)::bigint) || bytes, ''::bytea order by place)), 1, 8) as hash
    from (
      select place, convert_to(field, 'UTF8') as bytes
      from unnest(array[namespace, experiment, salt, unit, purpose]) with ordinality as fields (field, place)
    ) as encoded
  ) as hashed
$$;

-- What came of a pair, with the score that it had then.
create table fit.outcomes (
  id bigint generated always as identity primary key,
  event_id uuid not null,
  sponsor_id uuid not null,
  order_id uuid,
  outcome text not null check (outcome in ('pending', 'paid', 'fulfilled', 'transferred', 'failed', 'canceled', 'refunded', 'disputed')),
  amount_cents public.count_value,
  currency public.currency_code,
  score_exact double precision,
  config_fingerprint text,
  at timestamptz not null default now()
);
create index outcomes_pair on fit.outcomes (event_id, sponsor_id, at);
create trigger append_only before update or delete or truncate on fit.outcomes
  for each statement execute function fit.refuse_change();
create function fit.record_outcome() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into fit.outcomes (event_id, sponsor_id, order_id, outcome, amount_cents, currency, score_exact, config_fingerprint)
  select new.event_id, new.sponsor_id, new.id, new.status, new.amount_cents, new.currency, m.score_exact, m.config_fingerprint
  from (select) one left join public.sponsorship_matches m on m.event_id = new.event_id and m.sponsor_id = new.sponsor_id;
  return null;
end $$;
create trigger record_outcome_insert after insert on public.sponsorship_orders
  for each row execute function fit.record_outcome();
create trigger record_outcome_update after update of status on public.sponsorship_orders
  for each row when (old.status is distinct from new.status) execute function fit.record_outcome();
insert into fit.outcomes (event_id, sponsor_id, order_id, outcome, amount_cents, currency, at)
select event_id, sponsor_id, id, status, amount_cents, currency, updated_at from public.sponsorship_orders;

-- A unit is an organiser or a sponsor, never a pair: both lists of one person are of one variant.
create table fit.experiments (
  name text primary key check (length(name) between 1 and 100),
  namespace text not null default 'sponsorfit',
  salt text not null,
  unit text not null check (unit in ('organiser', 'sponsor')),
  -- How many of ten thousand take part, and of those how many see what.
  exposure integer not null default 10000 check (exposure between 0 and 10000),
  variants jsonb not null,
  started_at timestamptz not null default now(),
  ended_at timestamptz check (ended_at >= started_at)
);
create function fit.check_experiment() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare problem text;
begin
  if jsonb_typeof(new.variants) <> 'array' or jsonb_array_length(new.variants) < 2 then
    raise exception 'variants: not a list of two or more' using errcode = 'invalid_parameter_value';
  elsif (select sum((v ->> 'basis_points')::integer) from jsonb_array_elements(new.variants) v) is distinct from 10000 then
    raise exception 'variants: basis_points do not sum to 10000' using errcode = 'invalid_parameter_value';
  elsif (select count(distinct v ->> 'name') from jsonb_array_elements(new.variants) v) <> jsonb_array_length(new.variants) then
    raise exception 'variants: a name is missing or repeated' using errcode = 'invalid_parameter_value';
  end if;
  select format('variants.%s.scoring: %s', v ->> 'name', fit.scoring_problem(v -> 'scoring')) into problem
  from jsonb_array_elements(new.variants) v where v ? 'scoring' and fit.scoring_problem(v -> 'scoring') is not null limit 1;
  if problem is not null then raise exception '%', problem using errcode = 'invalid_parameter_value'; end if;
  if tg_op = 'UPDATE' and (old.namespace, old.salt, old.unit, old.variants) is distinct from (new.namespace, new.salt, new.unit, new.variants)
    and exists (select from fit.exposures x where x.experiment = new.name) then
    raise exception 'experiment %: somebody has seen it; end it and begin another', new.name using errcode = 'object_not_in_prerequisite_state';
  end if;
  return new;
end $$;
create trigger check_experiment before insert or update on fit.experiments for each row execute function fit.check_experiment();

-- As the core assigns: null for who does not take part.
create function fit.assignment(p_experiment text, p_unit text) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
return (
  select v.name from fit.experiments e cross join lateral (
    select part ->> 'name' as name, sum((part ->> 'basis_points')::integer) over (order by place) as below
    from jsonb_array_elements(e.variants) with ordinality as parts (part, place)) v
  where e.name = p_experiment
    and fit.sponsorfit_bucket(e.namespace, e.name, e.salt, p_unit, 'exposure') < e.exposure
    and fit.sponsorfit_bucket(e.namespace, e.name, e.salt, p_unit, 'variant') < v.below
  order by v.below limit 1);

-- The score of a pair under a variant's configuration, where several are scored at once.
create table fit.variant_scores (
  experiment text not null references fit.experiments (name) on delete cascade,
  variant text not null,
  event_id uuid not null,
  sponsor_id uuid not null,
  score_exact double precision not null check (score_exact between 0 and 1),
  config_fingerprint text not null,
  updated_at timestamptz not null default now(),
  primary key (experiment, variant, event_id, sponsor_id)
);

create table fit.exposures (
  experiment text not null references fit.experiments (name),
  unit text not null,
  event_id uuid not null,
  sponsor_id uuid not null,
  variant text not null,
  -- What the hash says; where the page said another, the experiment is broken.
  assigned text,
  position integer not null check (position between 1 and 100000),
  score_exact double precision,
  at timestamptz not null default now(),
  primary key (experiment, unit, event_id, sponsor_id)
);
create index exposures_pair on fit.exposures (event_id, sponsor_id);

-- Which variant the caller sees, or one of its sponsors does.
create function public.sponsorship_variant(experiment text, sponsor_id uuid default null) returns text
language sql stable security definer set search_path = pg_catalog, pg_temp
return (select fit.assignment(e.name, case e.unit when 'organiser' then auth.uid()::text else sponsor_variant.id::text end)
  from fit.experiments e, (select sponsorship_variant.sponsor_id as id) sponsor_variant
  where e.name = sponsorship_variant.experiment and now() between e.started_at and coalesce(e.ended_at, 'infinity')
    and (e.unit = 'organiser' or exists (select from public.sponsor_members m
      where m.sponsor_id = sponsor_variant.id and m.user_id = auth.uid())));

-- What a page showed: one call a page, pairs as [[event, sponsor], …]. The first time counts; returns how many were new.
create function public.sponsorship_shown(experiment text, variant text, pairs jsonb, positions integer[]) returns integer
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  shown integer;
  trial fit.experiments;
  me uuid := auth.uid();
begin
  if me is null then
    raise exception 'who is shown something is signed in' using errcode = 'insufficient_privilege';
  end if;
  if jsonb_typeof(pairs) is distinct from 'array' or jsonb_array_length(pairs) > 1000
    or jsonb_array_length(pairs) is distinct from coalesce(cardinality(positions), 0) then
    raise exception 'pairs and positions: lists of one length, at most 1000' using errcode = 'invalid_parameter_value';
  end if;
  select * into trial from fit.experiments e
  where e.name = sponsorship_shown.experiment and now() between e.started_at and coalesce(e.ended_at, 'infinity');
  if not found or not exists (select from jsonb_array_elements(trial.variants) v where v ->> 'name' = sponsorship_shown.variant) then
    raise exception 'experiment % has no variant %, or does not run', experiment, variant using errcode = 'invalid_parameter_value';
  end if;
  insert into fit.exposures (experiment, unit, event_id, sponsor_id, variant, assigned, position, score_exact)
  select trial.name, u.unit, m.event_id, m.sponsor_id, sponsorship_shown.variant, fit.assignment(trial.name, u.unit), p.position, m.score_exact
  from (select distinct on (1, 2) (pair ->> 0)::uuid as event_id, (pair ->> 1)::uuid as sponsor_id, positions[place] as position
    from jsonb_array_elements(pairs) with ordinality as given (pair, place) order by 1, 2, 3) p
  join public.sponsorship_matches m on m.event_id = p.event_id and m.sponsor_id = p.sponsor_id and m.stale_since is null
  cross join lateral (select case trial.unit when 'organiser' then me::text else m.sponsor_id::text end as unit) u
  where case trial.unit
    when 'organiser' then exists (select from public.events e where e.id = m.event_id and e.owner_id = me)
    else exists (select from public.sponsor_members s where s.sponsor_id = m.sponsor_id and s.user_id = me) end
  on conflict do nothing;
  get diagnostics shown = row_count;
  return shown;
end $$;

-- Read the split before any effect: where it is broken, so is what follows from it.
create view public.v_experiment_readout with (security_invoker = true) as
with variants as (
  select e.name as experiment, v ->> 'name' as variant, (v ->> 'basis_points')::integer as basis_points, e.started_at, e.ended_at
  from fit.experiments e, jsonb_array_elements(e.variants) v
), seen as (
  select x.experiment, x.variant, count(distinct x.unit) as units, count(*) as pairs,
    count(*) filter (where x.assigned is distinct from x.variant) as misassigned,
    count(*) filter (where exists (select from fit.match_decisions d where d.event_id = x.event_id and d.sponsor_id = x.sponsor_id
      and d.at >= x.at and d.decision = 'accepted')) as accepted,
    count(*) filter (where exists (select from fit.match_decisions d where d.event_id = x.event_id and d.sponsor_id = x.sponsor_id
      and d.at >= x.at and d.decision = 'rejected')) as rejected,
    count(*) filter (where exists (select from fit.outcomes o where o.event_id = x.event_id and o.sponsor_id = x.sponsor_id
      and o.at >= x.at and o.outcome = 'paid')) as paid
  from fit.exposures x group by 1, 2
), counted as (
  select v.*, coalesce(s.units, 0) as units, coalesce(s.pairs, 0) as pairs, coalesce(s.misassigned, 0) as misassigned,
    coalesce(s.accepted, 0) as accepted, coalesce(s.rejected, 0) as rejected, coalesce(s.paid, 0) as paid,
    sum(coalesce(s.units, 0)) over (partition by v.experiment) as all_units, count(*) over (partition by v.experiment) as variants
  from variants v left join seen s using (experiment, variant)
), tested as (
  select c.*, sum(power(units - all_units * basis_points / 10000.0, 2) / nullif(all_units * basis_points / 10000.0, 0)) over (partition by experiment) as chi_square,
    sum(misassigned) over (partition by experiment) as all_misassigned
  from counted c
)
select experiment, variant, basis_points, started_at, ended_at,
  -- One in a thousand, by degrees of freedom.
  coalesce(chi_square > (array[10.83, 13.82, 16.27, 18.47, 20.52])[least(variants - 1, 5)], false) or all_misassigned > 0 as split_is_broken,
  chi_square::double precision as split_chi_square, misassigned, units, pairs, accepted, rejected, paid,
  accepted::double precision / nullif(pairs, 0) as accepted_share,
  -- Seen, as the match says, and posted by no page.
  (select count(*) from public.sponsorship_matches m where m.viewed_at between tested.started_at and coalesce(tested.ended_at, now())
    and not exists (select from fit.exposures x where x.experiment = tested.experiment and x.event_id = m.event_id and x.sponsor_id = m.sponsor_id))
    as seen_and_not_posted
from tested;
revoke all on public.v_experiment_readout from anon, authenticated;
grant select on public.v_experiment_readout to service_role;

create table fit.models (
  name text not null,
  version integer not null,
  model text not null,
  card jsonb not null default '{}',
  sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
  trained_until timestamptz not null,
  predecessor integer,
  created_at timestamptz not null default now(),
  primary key (name, version),
  foreign key (name, predecessor) references fit.models (name, version),
  constraint digest_is_of_the_model check (sha256 = encode(sha256(convert_to(model, 'UTF8')), 'hex'))
);
do $$
declare name text;
begin
  foreach name in array array['outcomes', 'experiments', 'variant_scores', 'exposures', 'models'] loop
    execute format('alter table fit.%I enable row level security', name);
    execute format('grant select on fit.%I to service_role', name);
  end loop;
end $$;
grant insert, update on fit.experiments, fit.models to service_role;
grant insert, update, delete on fit.variant_scores to service_role;
revoke execute on all functions in schema fit from public;
grant execute on function fit.scoring_problem, fit.assignment, fit.sponsorfit_bucket to service_role;
revoke execute on function public.sponsorship_shown, public.sponsorship_variant from public, anon;
grant execute on function public.sponsorship_shown, public.sponsorship_variant to authenticated, service_role;
