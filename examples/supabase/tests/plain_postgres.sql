-- What Supabase brings and a plain Postgres lacks: its roles, who the caller is, and an owner of
-- what the migrations make that is no superuser: functions that run with their owner's rights
-- must not have all of them. Runs as a superuser, before the migrations of every release.
do $$
begin
  if not exists (select from pg_roles where rolname = 'anon') then create role anon nologin; end if;
  if not exists (select from pg_roles where rolname = 'authenticated') then create role authenticated nologin; end if;
  if not exists (select from pg_roles where rolname = 'service_role') then create role service_role nologin bypassrls; end if;
  -- Whom PostgREST logs in as, to become one of the three.
  if not exists (select from pg_roles where rolname = 'authenticator') then
    create role authenticator login noinherit;
  end if;
  -- pg_cron logs in as who made a schedule.
  if not exists (select from pg_roles where rolname = 'fit_owner') then create role fit_owner login; end if;
  execute format('revoke temporary on database %I from public', current_database());
  execute format('grant create, connect, temporary on database %I to fit_owner', current_database());
  -- What PostgREST asks before each request; see migrations/20261201000200_disclosure.sql.
  execute format('alter role authenticator in database %I set pgrst.db_pre_request = ''fit.check_request''', current_database());
end $$;
grant anon, authenticated, service_role to authenticator;
-- As Supabase's owner: who holds a transaction open is for operators to see.
grant pg_monitor to fit_owner;
grant usage on schema public to anon, authenticated, service_role;
grant usage, create on schema public to fit_owner;

create schema if not exists auth;
create or replace function auth.uid() returns uuid language sql stable as $$
  select (nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid
$$;
grant usage on schema auth to anon, authenticated, service_role, fit_owner;
-- Supabase grants everything on new tables and functions of public; so that tests see it taken back.
alter default privileges for role fit_owner in schema public grant all on tables to anon, authenticated, service_role;
alter default privileges for role fit_owner in schema public grant all on functions to anon, authenticated, service_role;

-- An extension's maker must be a superuser; who may call it need not be.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron')
    and current_setting('shared_preload_libraries') like '%pg_cron%'
    and current_setting('cron.database_name', true) = current_database()
  then
    create extension if not exists pg_cron;
    grant usage on schema cron to fit_owner;
  end if;
end $$;

-- The first release was applied by whoever connected.
do $$
declare statement text;
begin
  for statement in
    select format('alter schema %I owner to fit_owner', nspname) from pg_namespace where nspname in ('fit', 'supabase_migrations')
    union all
    select format('alter %s %s owner to fit_owner', case c.relkind when 'v' then 'view' when 'm' then 'materialized view' else 'table' end, c.oid::regclass)
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('fit', 'public', 'supabase_migrations') and c.relkind in ('r', 'p', 'v', 'm') and c.relowner <> 'fit_owner'::regrole
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    union all
    select format('alter routine %s owner to fit_owner', p.oid::regprocedure)
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where n.nspname in ('fit', 'public') and p.proowner <> 'fit_owner'::regrole
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')
    union all
    select format('alter domain %s owner to fit_owner', t.oid::regtype)
    from pg_type t join pg_namespace n on n.oid = t.typnamespace
    where n.nspname in ('fit', 'public') and t.typtype = 'd' and t.typowner <> 'fit_owner'::regrole
      and not exists (select from pg_depend d where d.objid = t.oid and d.deptype = 'e')
  loop
    execute statement;
  end loop;
end $$;
