-- What must hold of everything that is there, whatever is added later.
\set QUIET 1
begin;
\ir fixtures.psql
select plan(25);

select is_empty($$
  select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'fit') and c.relkind in ('r', 'p') and not c.relrowsecurity $$,
  'every table has row level security, partitions and private ones too');
select is_empty($$
  select c.relname, p.privilege from pg_class c join pg_namespace n on n.oid = c.relnamespace,
    unnest(array['select', 'insert', 'update', 'delete', 'truncate', 'references', 'trigger']) as p (privilege)
  where n.nspname in ('public', 'fit') and c.relkind in ('r', 'p', 'v', 'm')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    and has_table_privilege('anon', c.oid, p.privilege) $$,
  'anon may do nothing with any table or view');
select is_empty($$
  select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname in ('public', 'fit') and c.relkind in ('r', 'p', 'v', 'm')
    and has_any_column_privilege('anon', c.oid, 'select, insert, update')
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e') $$,
  'nor with a single column');
select is_empty($$
  select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'fit') and has_function_privilege('anon', p.oid, 'execute')
    and p.oid <> 'fit.check_request()'::regprocedure
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') $$,
  'anon may call no function but what is asked before every request');
select is((
  select string_agg(p.proname::text, ' ' order by p.proname::text collate "C")
  from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname = 'public' and has_function_privilege('authenticated', p.oid, 'execute')
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')),
  'decide_match delete_my_account events export_my_account match_reasons package_quality sponsors sponsorship_shown sponsorship_variant',
  'who is signed in may call these functions of the API and no other');
select is_empty($$
  select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'fit') and p.prosecdef
    and not 'search_path=pg_catalog, pg_temp' = any(coalesce(p.proconfig, '{}')) $$,
  'every definer function looks into the catalog first and into temporary schemas last');
select is_empty($$
  select p.oid::regprocedure, r.rolname from pg_proc p join pg_namespace n on n.oid = p.pronamespace join pg_roles r on r.oid = p.proowner
  where n.nspname in ('public', 'fit') and p.prosecdef and (r.rolsuper or r.rolbypassrls or r.rolcreaterole or r.rolcreatedb) $$,
  'and is owned by nobody who may do more than own it');
select is_empty($$
  select p.oid::regprocedure from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'fit') and p.prosecdef and p.prosrc ~* 'create\s+(local\s+|global\s+)?temp' $$,
  'none makes a temporary table, which somebody could have made before');
select ok(not has_database_privilege(r, current_database(), 'temporary'), r || ' makes no temporary tables')
from unnest(array['anon', 'authenticated', 'service_role']) r;
-- Statements, with what stands in parentheses on its own: CTEs are statements too.
create function pg_temp.boundless(source text) returns text language plpgsql as $f$
declare
  rest text := regexp_replace(source, '--[^\n]*', '', 'g');
  inner_part text;
  piece text;
begin
  loop
    inner_part := (regexp_match(rest, $r$\([^()]*\)$r$))[1];
    foreach piece in array case when inner_part is null then string_to_array(rest, ';') else array[inner_part] end loop
      if piece ~* '(\mupdate\s+(only\s+)?(public|fit)\.|\mdelete\s+from\M)' and piece !~* '\mwhere\M' then return piece; end if;
    end loop;
    if inner_part is null then return null; end if;
    rest := overlay(rest placing ' ' from strpos(rest, inner_part) for length(inner_part));
  end loop;
end $f$;
select is(pg_temp.boundless('with a as (delete from public.x returning 1) select 1; update public.y set z = (select 1) where true'),
  '(delete from public.x returning 1)', 'a statement without an end to it is found');
select is_empty($$
  select p.oid::regprocedure, pg_temp.boundless(p.prosrc) from pg_proc p join pg_namespace n on n.oid = p.pronamespace
  where n.nspname in ('public', 'fit') and pg_temp.boundless(p.prosrc) is not null
    and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e') $$,
  'no function updates or deletes without saying where');
select is_empty($$
  select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind = 'v'
    and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')
    and not 'security_invoker=true' = any(coalesce(c.reloptions, '{}')) $$,
  'every view of the API is security_invoker');
select is_empty($$
  select policyname, roles from pg_policies where schemaname in ('public', 'fit') and roles <> '{authenticated}' $$,
  'every policy names its role');
select is_empty($$
  select policyname from pg_policies where schemaname = 'public'
    and (coalesce(qual, '') || coalesce(with_check, '')) ~ 'auth\.uid\(\)'
    and (coalesce(qual, '') || coalesce(with_check, '')) !~ 'SELECT auth\.uid\(\)' $$,
  'no policy asks who the caller is for every row');
select is_empty($$
  select c.conrelid::regclass, c.conname from pg_constraint c join pg_namespace n on n.oid = c.connamespace
  where c.contype = 'f' and n.nspname = 'public' and not exists (
    select from pg_index i where i.indrelid = c.conrelid and i.indkey[0] = c.conkey[1]) $$,
  'every foreign key has an index');
select is_empty($$
  select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = 'public' and c.relkind in ('r', 'p') and not exists (
    select from pg_index i where i.indrelid = c.oid and i.indisprimary)
    and c.relname <> all(fit.fact_tables()) $$,
  'every table that is no stream of facts has a primary key');
select set_eq($$
  select table_name::text from information_schema.columns
  where table_schema = 'public' and column_name like '%\_cents' and data_type <> 'bigint' $$,
  array[]::text[], 'money is bigint');

select is_empty($$
  select f, m from unnest(fit.fact_tables()) as f, generate_series(0, 12) as m
  where to_regclass(format('fit.%I', f || to_char(now() + m * interval '1 month', '_YYYY_MM'))) is null $$,
  'months are made a year ahead');
select is_empty($$ select c.relname from pg_class c where pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT' $$,
  'no default partition stands in the way of a month made later');
select is(fit.make_partitions(now()::date, now()::date), 0, 'making months again makes none');
select is(fit.make_partitions('2031-01-31', '2031-02-01'), 10, 'two months of five facts are ten partitions');
select lives_ok($$ insert into public.event_impressions (event_id, visitor_id, created_at)
  values (gen_random_uuid(), gen_random_uuid(), '2031-01-31 23:30:00-05') $$, 'months are those of UTC');
select throws_ok($$ insert into public.event_impressions (event_id, visitor_id, created_at)
  values (gen_random_uuid(), gen_random_uuid(), '2031-03-01 00:00:00+00') $$, '23514', null,
  'what no month was made for is refused');

select * from finish();
rollback;
