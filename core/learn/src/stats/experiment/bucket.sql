-- The bucket 0..9999 of a unit: the same number as `Experiment` computes in Rust.
-- purpose is 'exposure' or 'variant'. Needs PostgreSQL 11 or later, for sha256().
create function sponsorfit_bucket(namespace text, experiment text, salt text, unit text, purpose text)
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
