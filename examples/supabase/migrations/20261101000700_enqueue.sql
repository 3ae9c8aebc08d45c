-- Who marks what dirty. Statement triggers: one insert into the queue for any number of
-- rows, and only for those whose score can have changed under the configuration in force.

create function fit.scoring(key text, default_value text) returns text
language sql stable security definer set search_path = ''
return (select coalesce(scoring ->> key, default_value) from fit.settings);

create function fit.reads_objectives() returns boolean
language sql stable security definer set search_path = ''
return (select coalesce(scoring -> 'objectives' ->> 'kind', 'none') <> 'none' from fit.settings);

-- The regions that somebody came from; under the reading `any` their counts are not read.
-- What is no number stands as it is: mending it is a change.
create function fit.visited(geo jsonb) returns text[]
language sql immutable parallel safe set search_path = ''
return (select array_agg(case jsonb_typeof(value) when 'number' then key else key || value end order by key)
  from jsonb_each(geo) where value <> '0');

create function fit.sponsor_targeting_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare ids uuid[];
begin
  if tg_op = 'INSERT' then
    select array_agg(sponsor_id) into ids from new_rows;
  elsif tg_op = 'DELETE' then
    select array_agg(sponsor_id) into ids from old_rows;
  else
    select array_agg(coalesce(o.sponsor_id, n.sponsor_id)) into ids
    from old_rows o full join new_rows n on n.sponsor_id = o.sponsor_id
    where (o.sponsor_id, o.preferred_categories, o.regions)
        is distinct from (n.sponsor_id, n.preferred_categories, n.regions)
      or fit.reads_objectives() and (o.brand_objectives, o.objectives_embedding)
        is distinct from (n.brand_objectives, n.objectives_embedding);
  end if;
  if ids is not null then perform fit.enqueue('sponsor', ids); end if;
  return null;
end $$;

create function fit.sponsor_private_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare ids uuid[];
begin
  if tg_op = 'INSERT' then
    select array_agg(sponsor_id) into ids from new_rows where annual_budget_cents is not null;
  elsif tg_op = 'DELETE' then
    select array_agg(sponsor_id) into ids from old_rows where annual_budget_cents is not null;
  else
    select array_agg(coalesce(o.sponsor_id, n.sponsor_id)) into ids
    from old_rows o full join new_rows n on n.sponsor_id = o.sponsor_id
    where o.annual_budget_cents is distinct from n.annual_budget_cents;
  end if;
  if ids is not null then perform fit.enqueue('sponsor', ids); end if;
  return null;
end $$;

create function fit.events_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare ids uuid[];
begin
  if tg_op = 'INSERT' then
    select array_agg(id) into ids from new_rows;
  elsif tg_op = 'DELETE' then
    select array_agg(id) into ids from old_rows;
  else
    select array_agg(coalesce(o.id, n.id)) into ids
    from old_rows o full join new_rows n on n.id = o.id
    where (o.id, o.categories, o.regions) is distinct from (n.id, n.categories, n.regions)
      or fit.reads_objectives() and (o.objectives, o.objectives_embedding)
        is distinct from (n.objectives, n.objectives_embedding);
  end if;
  if ids is not null then perform fit.enqueue('event', ids); end if;
  return null;
end $$;

create function fit.insights_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare
  ids uuid[];
  counts_are_read boolean := fit.scoring('geo_reading', 'any') <> 'any';
begin
  if tg_op = 'INSERT' then
    select array_agg(event_id) into ids from new_rows;
  elsif tg_op = 'DELETE' then
    select array_agg(event_id) into ids from old_rows;
  else
    select array_agg(coalesce(o.event_id, n.event_id)) into ids
    from old_rows o full join new_rows n on n.event_id = o.event_id
    where (o.event_id, o.engagement_score, o.ticket_conversion_rate)
        is distinct from (n.event_id, n.engagement_score, n.ticket_conversion_rate)
      or (counts_are_read and o.geo_distribution is distinct from n.geo_distribution)
      or fit.visited(o.geo_distribution) is distinct from fit.visited(n.geo_distribution);
  end if;
  if ids is not null then perform fit.enqueue('event', ids); end if;
  return null;
end $$;

-- The cheapest open package is read by the budget reading `price` alone.
create function fit.packages_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
declare ids uuid[];
begin
  if fit.scoring('budget_reading', 'fixed') = 'fixed' then
    return null;
  end if;
  if tg_op = 'INSERT' then
    select array_agg(event_id) into ids from new_rows where is_active and sold < inventory;
  elsif tg_op = 'DELETE' then
    select array_agg(event_id) into ids from old_rows where is_active and sold < inventory;
  else
    select array_agg(o.event_id) || array_agg(n.event_id) into ids
    from old_rows o full join new_rows n on n.id = o.id
    where case when o.is_active and o.sold < o.inventory then (o.event_id, o.price_cents) end
      is distinct from case when n.is_active and n.sold < n.inventory then (n.event_id, n.price_cents) end;
  end if;
  if ids is not null then perform fit.enqueue('event', ids); end if;
  return null;
end $$;

do $$
declare
  watched text[];
  operation text;
begin
  foreach watched slice 1 in array array[['sponsor_targeting', 'sponsor_targeting_changed'],
    ['sponsor_private', 'sponsor_private_changed'], ['events', 'events_changed'],
    ['event_audience_insights', 'insights_changed'], ['sponsorship_packages', 'packages_changed']]
  loop
    -- A trigger with transition tables serves one operation.
    foreach operation in array array['insert', 'update', 'delete'] loop
      execute format('create trigger enqueue_%s after %s on public.%I %s for each statement execute function fit.%I()',
        operation, operation, watched[1],
        case operation when 'insert' then 'referencing new table as new_rows'
          when 'delete' then 'referencing old table as old_rows'
          else 'referencing old table as old_rows new table as new_rows' end, watched[2]);
    end loop;
  end loop;
end $$;

-- Another configuration makes every score another; every sponsor's pairs are all pairs.
create function fit.settings_changed() returns trigger
language plpgsql security definer set search_path = '' as $$
begin
  if (old.scoring, old.min_score, old.top_k) is distinct from (new.scoring, new.min_score, new.top_k) then
    perform fit.enqueue('sponsor', array(select sponsor_id from public.sponsor_targeting));
  end if;
  return null;
end $$;
create trigger settings_changed after update on fit.settings for each row execute function fit.settings_changed();

revoke execute on function fit.scoring, fit.reads_objectives, fit.visited from public;
