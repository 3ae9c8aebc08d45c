-- What the core would refuse is refused where it is written, by name; and what one user stores has
-- a limit. Constraints hold for what is written from now on: what is stored already stays.
create function fit.are_labels(labels text[]) returns boolean
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return labels is null or (coalesce(array_ndims(labels), 1) = 1 and cardinality(labels) <= 1000
  and array_position(labels, null) is null and (select coalesce(max(length(label)), 0) <= 200 from unnest(labels) as label));

create function fit.is_count(value jsonb) returns boolean
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return case jsonb_typeof(value)
  when 'number' then value::text::numeric between 0 and 9007199254740991 and value::text::numeric % 1 = 0
  when 'string' then value #>> '{}' ~ '^[0-9]{1,16}$' and (value #>> '{}')::numeric <= 9007199254740991
  else false end;

create function fit.are_counts(counts jsonb) returns boolean
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return jsonb_typeof(counts) = 'object'
  and (select coalesce(bool_and(fit.is_count(value)), true) from jsonb_each(case jsonb_typeof(counts) when 'object' then counts else '{}' end));

create function fit.are_shares(shares jsonb) returns boolean
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return jsonb_typeof(shares) = 'object' and (
  select coalesce(bool_and(case jsonb_typeof(value) when 'number' then value::text::numeric between 0 and 1 else false end), true)
  from jsonb_each(case jsonb_typeof(shares) when 'object' then shares else '{}' end));

-- Keywords and goals are lists of texts or null; other fields are not read.
create function fit.are_objectives(objectives jsonb) returns boolean
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return jsonb_typeof(objectives) = 'object' and length(objectives::text) <= 100000 and (
  select bool_and(case jsonb_typeof(field)
    when 'array' then jsonb_array_length(field) <= 1000 and (
      select coalesce(bool_and(jsonb_typeof(item) = 'string' and length(item #>> '{}') <= 200), true) from jsonb_array_elements(
        case jsonb_typeof(field) when 'array' then field else '[]' end) as item)
    when 'null' then true else false end)
  from unnest(array[coalesce(objectives -> 'keywords', 'null'), coalesce(objectives -> 'goals', 'null')]) as field);

create function fit.is_embedding(embedding real[]) returns boolean
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return embedding is null or (coalesce(array_ndims(embedding), 1) = 1 and cardinality(embedding) <= 4096
  and array_position(embedding, null) is null
  and (select coalesce(bool_and(part between '-3.4028235e38' and '3.4028235e38'), true) from unnest(embedding) as part));

do $$
declare
  rule text[];
begin
  foreach rule slice 1 in array array[
    ['sponsors', 'name_is_short', 'length(name) <= 300'],
    ['sponsors', 'addresses_are_short', 'length(website) <= 2000 and length(logo_url) <= 2000'],
    ['events', 'categories_are_labels', 'fit.are_labels(categories)'],
    ['events', 'regions_are_labels', 'fit.are_labels(regions)'],
    ['events', 'objectives_are_lists_of_texts', 'fit.are_objectives(objectives)'],
    ['events', 'embedding_is_numbers', 'fit.is_embedding(objectives_embedding)'],
    ['events', 'texts_are_short', 'length(title) <= 300 and coalesce(length(slug), 0) <= 200 and coalesce(length(country), 0) <= 200
      and coalesce(length(city), 0) <= 200 and coalesce(length(series), 0) <= 200'],
    ['events', 'start_is_a_time', 'isfinite(start_at)'],
    ['sponsor_targeting', 'preferred_categories_are_labels', 'fit.are_labels(preferred_categories)'],
    ['sponsor_targeting', 'excluded_categories_are_labels', 'fit.are_labels(excluded_categories)'],
    ['sponsor_targeting', 'regions_are_labels', 'fit.are_labels(regions)'],
    ['sponsor_targeting', 'objectives_are_lists_of_texts', 'fit.are_objectives(brand_objectives)'],
    ['sponsor_targeting', 'embedding_is_numbers', 'fit.is_embedding(objectives_embedding)'],
    ['sponsor_targeting', 'audience_is_short', 'length(target_audience::text) <= 100000'],
    ['sponsor_targeting', 'texts_are_short', 'coalesce(length(industry), 0) <= 200 and coalesce(length(company_size), 0) <= 200'],
    ['sponsor_private', 'notes_are_short', 'length(notes) <= 10000'],
    ['event_audience_insights', 'visitors_are_counts', 'fit.are_counts(geo_distribution)'],
    ['event_audience_insights', 'ages_are_shares', 'fit.are_shares(age_segments)'],
    ['sponsorship_packages', 'texts_are_short', 'length(title) <= 300 and coalesce(length(tier), 0) <= 200 and coalesce(length(description), 0) <= 10000'],
    ['sponsorship_packages', 'benefits_are_few', 'fit.are_labels(benefits)'],
    ['event_impressions', 'labels_are_short', 'coalesce(length(country), 0) <= 200 and coalesce(length(age_bucket), 0) <= 200']]
  loop
    execute format('alter table public.%I add constraint %I check (%s) not valid', rule[1], rule[2], rule[3]);
  end loop;
end $$;

-- What a document holds under a dimension is of it; another one is unknown, to every reader alike.
create function fit.objectives_dimension() returns integer
language sql stable security definer set search_path = pg_catalog, pg_temp
return (select case scoring -> 'objectives' ->> 'kind' when 'embedding' then (scoring -> 'objectives' ->> 'dimension')::numeric::integer end from fit.settings);
create or replace view fit.sponsor_documents as
select t.sponsor_id as id, json_build_object('sponsor_id', t.sponsor_id,
    'annual_budget_cents', case when t.disclosed_currency = s.platform_currency then t.disclosed_budget_cents
      when t.disclosed_currency is not null
        then fit.in_platform_currency(t.disclosed_budget_cents, t.disclosed_currency) end,
    'preferred_categories', t.preferred_categories, 'regions', t.regions,
    'brand_objectives', case s.kind when 'keywords' then t.brand_objectives end,
    'objectives_embedding', case when cardinality(t.objectives_embedding) = s.dimension then t.objectives_embedding end)::text as "row"
from public.sponsor_targeting t
cross join (select platform_currency, fit.objectives_kind() as kind, fit.objectives_dimension() as dimension from fit.settings) s;
create or replace view fit.event_documents as
select e.id, json_build_object('event_id', e.id, 'categories', e.categories, 'regions', e.regions,
    'min_price_cents', case when s.reads_price then (
      select min(fit.in_platform_currency(p.price_cents, p.currency)) from public.sponsorship_packages p
      where p.event_id = e.id and p.is_active and p.sold < p.inventory) end,
    'objectives', case s.kind when 'keywords' then e.objectives end,
    'objectives_embedding', case when cardinality(e.objectives_embedding) = s.dimension then e.objectives_embedding end)::text as "row",
  case when i.event_id is not null then json_build_object('event_id', i.event_id,
    'geo_distribution', i.geo_distribution, 'engagement_score', i.engagement_score,
    'ticket_conversion_rate', i.ticket_conversion_rate)::text end as insights
from public.events e
left join public.event_audience_insights i on i.event_id = e.id
cross join (select fit.objectives_kind() as kind, fit.objectives_dimension() as dimension,
  fit.scoring('budget_reading', 'fixed') <> 'fixed' as reads_price) s
where fit.is_live(e.status, e.start_at);

-- Rows that a user writes with one request.
create function fit.limit_rows() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if auth.uid() is not null and (select count(*) from new_rows) > 1000 then
    raise exception '%: more than 1000 rows with one request', tg_table_name using errcode = 'PT413';
  end if;
  return null;
end $$;
do $$
declare
  name text;
  operation text;
begin
  foreach name in array array['events', 'sponsor_members', 'sponsor_targeting', 'sponsorship_packages', 'sponsor_blocks', 'sponsorship_matches'] loop
    foreach operation in array array['insert', 'update'] loop
      -- The worker copies pairs by the thousand; users insert none.
      continue when name = 'sponsorship_matches' and operation = 'insert' or name like 'sponsor\_%' and operation = 'update';
      execute format('create trigger limit_%s after %s on public.%I referencing new table as new_rows for each statement execute function fit.limit_rows()',
        operation, operation, name);
    end loop;
  end loop;
end $$;

-- What is wrong with a scoring configuration, as far as the core could tell: null when nothing is.
create function fit.scoring_problem(scoring jsonb) returns text
language plpgsql immutable set search_path = pg_catalog, pg_temp as $$
declare
  defaults constant jsonb := '{
    "weights": {"budget_fit": 0.25, "audience_overlap": 0.35, "geo_fit": 0.15, "engagement_quality": 0.15, "objectives_similarity": 0.1},
    "audience_blend": {"categories": 0.6, "geo": 0.4}, "engagement_blend": {"engagement_score": 0.7, "ticket_conversion_rate": 0.3},
    "half_budget_cents": 100000, "geo_reading": "any", "overlap_reading": "preferred", "budget_reading": "fixed",
    "missing": {"policy": "neutral", "budget": 0.5, "no_preference": 0.5, "event_silent": 0.0, "engagement_score": 0.0,
      "ticket_conversion_rate": 0.0, "objectives": 0.5},
    "min_coverage": 0, "objectives": {"kind": "none"}}';
  words constant jsonb := '{"geo_reading": ["any", "audience_share"], "overlap_reading": ["preferred", "reachable"],
    "budget_reading": ["fixed", "price"], "missing.policy": ["neutral", "renormalize"]}';
  field record;
  part record;
  total double precision;
begin
  if jsonb_typeof(scoring) is distinct from 'object' then return 'not an object'; end if;
  for field in select key, value from jsonb_each(scoring) loop
    if not defaults ? field.key then return format('%s: unknown field', field.key); end if;
    if field.key = 'objectives' then
      continue;
    elsif words ? field.key then
      if not coalesce(words -> field.key @> field.value and jsonb_typeof(field.value) = 'string', false) then
        return format('%s: %s is none of %s', field.key, field.value, words -> field.key);
      end if;
    elsif jsonb_typeof(defaults -> field.key) = 'object' then
      if jsonb_typeof(field.value) <> 'object' then return format('%s: not an object', field.key); end if;
      for part in select key, value from jsonb_each(field.value) loop
        if not (defaults -> field.key) ? part.key then return format('%s.%s: unknown field', field.key, part.key); end if;
        if words ? (field.key || '.' || part.key) then
          if not coalesce(words -> (field.key || '.' || part.key) @> part.value and jsonb_typeof(part.value) = 'string', false) then
            return format('%s.%s: %s is no word it knows', field.key, part.key, part.value);
          end if;
        elsif not fit.is_share(part.value) then
          return format('%s.%s: %s is not a number in 0..=1', field.key, part.key, part.value);
        end if;
      end loop;
      if field.key in ('weights', 'audience_blend', 'engagement_blend') then
        select sum((value #>> '{}')::double precision) into total from jsonb_each((defaults -> field.key) || field.value);
        if abs(total - 1) > 1e-9 then return format('%s: sum to %s, not to 1', field.key, total); end if;
      end if;
    elsif jsonb_typeof(field.value) <> 'number' then
      return format('%s: %s is not a number', field.key, field.value);
    elsif field.key = 'half_budget_cents' and not (field.value::text::numeric > 0 and field.value::text::numeric <= 1.7976931348623157e308) then
      return format('half_budget_cents: %s is not a finite number above 0', field.value);
    elsif field.key = 'min_coverage' and not fit.is_share(field.value) then
      return format('min_coverage: %s is not in 0..=1', field.value);
    end if;
  end loop;
  if scoring ? 'objectives' then
    if jsonb_typeof(scoring -> 'objectives') <> 'object' then return 'objectives: not an object'; end if;
    case scoring -> 'objectives' ->> 'kind'
      when 'none', 'keywords' then
        if (scoring -> 'objectives') - 'kind' <> '{}' then return 'objectives: unknown field, expected `kind`'; end if;
      when 'embedding' then
        if (scoring -> 'objectives') - array['kind', 'dimension'] <> '{}' then return 'objectives: unknown field'; end if;
        if not coalesce(jsonb_typeof(scoring -> 'objectives' -> 'dimension') = 'number' and fit.is_count(scoring -> 'objectives' -> 'dimension')
          and (scoring -> 'objectives' ->> 'dimension')::numeric between 1 and 4096, false) then
          return 'objectives.dimension: a whole number in 1..=4096 is required';
        end if;
      else return 'objectives.kind: none of `none`, `keywords`, `embedding`';
    end case;
  end if;
  return null;
end $$;
create function fit.is_share(value jsonb) returns boolean
language sql immutable parallel safe set search_path = pg_catalog, pg_temp
return case jsonb_typeof(value) when 'number' then value::text::numeric between 0 and 1 else false end;

-- A typo in the configuration is refused where it is written: the rows are not to blame for it.
create function fit.check_settings() returns trigger
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare problem text := fit.scoring_problem(new.scoring);
begin
  if problem is not null then
    raise exception 'fit.settings.scoring: %', problem using errcode = 'invalid_parameter_value';
  end if;
  if new.backoff_most < new.backoff_base then
    raise exception 'fit.settings.backoff_most: % is less than backoff_base, %', new.backoff_most, new.backoff_base
      using errcode = 'invalid_parameter_value';
  end if;
  new.updated_at := now();
  return new;
end $$;
create trigger check_settings before insert or update on fit.settings for each row execute function fit.check_settings();

revoke execute on all functions in schema fit from public;
-- Constraints run as who writes.
grant execute on function fit.are_labels, fit.is_count, fit.are_counts, fit.are_shares, fit.are_objectives, fit.is_embedding,
  fit.is_share to authenticated, service_role;
