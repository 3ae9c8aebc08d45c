-- Where there is pg_cron, the hours run by themselves; elsewhere call the same functions
-- from any scheduler. The worker needs no schedule: it waits for work.
do $$
begin
  if exists (select from pg_available_extensions where name = 'pg_cron')
    and current_setting('shared_preload_libraries') like '%pg_cron%'
    and current_setting('cron.database_name', true) = current_database()
  then
    create extension if not exists pg_cron;
    perform cron.schedule('fit-insights', '5 * * * *', 'select public.refresh_event_insights()');
    perform cron.schedule('fit-partitions', '0 3 * * *',
      'select fit.make_partitions(now()::date, (now() + interval ''12 months'')::date)');
    perform cron.schedule('fit-nightly', '30 3 * * *',
      'refresh materialized view concurrently public.mv_sponsor_event_fit_scores');
    -- The edge function, for projects that run no worker: needs pg_net, and two secrets in the vault.
    if exists (select from pg_available_extensions where name = 'pg_net')
      and exists (select from pg_namespace where nspname = 'vault') then
      create extension if not exists pg_net;
      perform cron.schedule('fit-recalc', '*/5 * * * *', $cron$
        select net.http_post(
          url := (select decrypted_secret from vault.decrypted_secrets where name = 'fit_recalc_url'),
          headers := jsonb_build_object('Authorization', 'Bearer ' ||
            (select decrypted_secret from vault.decrypted_secrets where name = 'fit_recalc_secret')),
          body := '{}'::jsonb, timeout_milliseconds := 120000)
        where exists (select from vault.decrypted_secrets where name = 'fit_recalc_url')
      $cron$);
    end if;
  else
    raise notice 'no pg_cron in this database: schedule refresh_event_insights, make_partitions and the nightly refresh elsewhere';
  end if;
end $$;
