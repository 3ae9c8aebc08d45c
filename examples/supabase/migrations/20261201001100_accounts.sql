-- A member's own: all of it as one document, and all of it gone but for what the law keeps.
create function public.export_my_account() returns jsonb
language sql stable security definer set search_path = pg_catalog, pg_temp
return (select jsonb_build_object(
  'user_id', me,
  'memberships', (select coalesce(jsonb_agg(to_jsonb(m) order by m.sponsor_id), '[]') from public.sponsor_members m where m.user_id = me),
  'sponsors', (select coalesce(jsonb_agg(to_jsonb(s) || jsonb_build_object('targeting', to_jsonb(t), 'private', to_jsonb(p),
      'blocks', (select coalesce(jsonb_agg(b.user_id order by b.user_id), '[]') from public.sponsor_blocks b where b.sponsor_id = s.id),
      'orders', (select coalesce(jsonb_agg(to_jsonb(o) order by o.id), '[]') from public.sponsorship_orders o where o.sponsor_id = s.id)) order by s.id), '[]')
    from public.sponsor_members m join public.sponsors s on s.id = m.sponsor_id
    left join public.sponsor_targeting t on t.sponsor_id = s.id left join public.sponsor_private p on p.sponsor_id = s.id
    where m.user_id = me),
  'events', (select coalesce(jsonb_agg(to_jsonb(e) || jsonb_build_object('insights', to_jsonb(i),
      'packages', (select coalesce(jsonb_agg(to_jsonb(k) order by k.id), '[]') from public.sponsorship_packages k where k.event_id = e.id),
      'orders', (select coalesce(jsonb_agg(to_jsonb(o) order by o.id), '[]') from public.sponsorship_orders o where o.event_id = e.id)) order by e.id), '[]')
    from public.events e left join public.event_audience_insights i on i.event_id = e.id where e.owner_id = me),
  'decisions', (select coalesce(jsonb_agg(to_jsonb(d) order by d.id), '[]') from fit.match_decisions d where d.decided_by = me),
  'exposures', (select coalesce(jsonb_agg(to_jsonb(x) order by x.at, x.event_id, x.sponsor_id), '[]') from fit.exposures x where x.unit = me::text))
  from (select auth.uid() as me) caller where me is not null);

-- Orders stay, as the law asks, and with them what they are of, without a name; decisions stay without
-- a person. A sponsor that others belong to stays theirs.
create function public.delete_my_account() returns jsonb
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  me uuid := auth.uid();
  nobody constant uuid := '00000000-0000-0000-0000-000000000000';
  alone uuid[];
  kept_sponsors integer;
  kept_events integer;
  gone_sponsors integer;
  gone_events integer;
begin
  if me is null then
    raise exception 'nobody is signed in' using errcode = 'insufficient_privilege';
  end if;
  if exists (select from public.sponsor_members m where m.user_id = me and m.role = 'owner'
      and exists (select from public.sponsor_members o where o.sponsor_id = m.sponsor_id and o.user_id <> me)
      and not exists (select from public.sponsor_members o where o.sponsor_id = m.sponsor_id and o.user_id <> me and o.role = 'owner')) then
    raise exception 'a sponsor of yours has other members and no other owner: make one an owner first'
      using errcode = 'object_not_in_prerequisite_state';
  end if;
  alone := array(select m.sponsor_id from public.sponsor_members m where m.user_id = me
    and not exists (select from public.sponsor_members o where o.sponsor_id = m.sponsor_id and o.user_id <> me));
  delete from public.sponsor_members m where m.user_id = me;
  delete from public.sponsor_blocks b where b.user_id = me or b.sponsor_id = any(alone);
  delete from public.sponsor_targeting t where t.sponsor_id = any(alone);
  update public.sponsors s set name = 'Deleted sponsor', website = null, logo_url = null
  where s.id = any(alone) and exists (select from public.sponsorship_orders o where o.sponsor_id = s.id);
  get diagnostics kept_sponsors = row_count;
  delete from public.sponsors s where s.id = any(alone) and not exists (select from public.sponsorship_orders o where o.sponsor_id = s.id);
  get diagnostics gone_sponsors = row_count;
  update public.events e set owner_id = nobody, status = 'cancelled', title = 'Deleted event', slug = null, objectives = '{}',
    objectives_embedding = null, categories = '{}', regions = '{}', city = null, series = null
  where e.owner_id = me and exists (select from public.sponsorship_orders o where o.event_id = e.id);
  get diagnostics kept_events = row_count;
  delete from public.events e where e.owner_id = me;
  get diagnostics gone_events = row_count;
  delete from fit.event_quota q where q.user_id = me;
  delete from fit.exposures x where x.unit = me::text or x.unit = any(alone::text[]);
  perform set_config('fit.erasing', 'on', true);
  update fit.match_decisions d set decided_by = null where d.decided_by = me;
  perform set_config('fit.erasing', 'off', true);
  return jsonb_build_object('sponsors_deleted', gone_sponsors, 'sponsors_kept_for_their_orders', kept_sponsors,
    'events_deleted', gone_events, 'events_kept_for_their_orders', kept_events);
end $$;
revoke execute on function public.export_my_account, public.delete_my_account from public, anon;
grant execute on function public.export_my_account, public.delete_my_account to authenticated;
