-- Functions that run with their owner's rights look for names in the catalog first and in the
-- caller's temporary schema last. With an empty path the temporary schema comes first for types:
-- a caller's domain named uuid ran as the owner.
do $$
declare routine regprocedure;
begin
  for routine in
    select p.oid from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('fit', 'public') and 'search_path=""' = any(coalesce(p.proconfig, '{}'))
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
  loop
    execute format('alter routine %s set search_path = pg_catalog, pg_temp', routine);
  end loop;
  -- Nobody who calls needs temporary tables, and what is not there cannot stand in a function's way.
  -- Only a database's owner can say so; elsewhere its operator has to.
  if pg_has_role(current_user, (select datdba from pg_database where datname = current_database()), 'member') then
    execute format('revoke temporary on database %I from public', current_database());
  end if;
end $$;
