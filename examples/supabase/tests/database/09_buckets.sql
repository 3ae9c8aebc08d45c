-- The bucket of a unit in an experiment: the same cases as the core's own test, loaded from its vectors.
\set QUIET 1
begin;
\ir fixtures.psql
set local search_path = experiment, public;
select plan(4);
select is((select count(*) from bucket_cases), 72::bigint, 'the cases are there');
select is_empty($$
  select c ->> 'unit', p.purpose from (select line -> 'bucket' as c from bucket_cases) cases,
    (values ('exposure'), ('variant')) as p (purpose)
  where sponsorfit_bucket(c ->> 'namespace', c ->> 'experiment', c ->> 'salt', c ->> 'unit', p.purpose)
    <> (c ->> p.purpose)::integer $$, 'every bucket is the one that the core computes');
select ok((select count(distinct sponsorfit_bucket('a', 'b', '', n::text, 'variant')) > 6000 from generate_series(1, 10000) n), 'buckets spread');
select is(sponsorfit_bucket('a', 'b', '', null, 'variant'), null, 'no unit has no bucket');
select * from finish();
rollback;
