//! The schedules, run by a real `pg_cron`.

use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::support::{Database, Server};

#[tokio::test]
async fn what_is_scheduled_runs() {
    let server = Server::start_with("-c shared_preload_libraries=pg_cron -c cron.database_name=postgres");
    server.migrate("postgres");
    let mut database = Database::open(server.url("postgres")).await;
    let names = "select string_agg(jobname || ' ' || schedule, ', ' order by jobname) from cron.job";
    assert_eq!(
        database.text(names).await,
        "fit-insights 5 * * * *, fit-nightly 30 3 * * *, fit-partitions 0 3 * * *",
        "and none that calls the edge function, where there is no pg_net"
    );

    // Their hours are long; at the server's start they run at once.
    database.run("select cron.alter_job(jobid, schedule => '@reboot') from cron.job").await;
    let next_year = "select count(*) from pg_class where relnamespace = 'fit'::regnamespace
         and relname = 'orders_' || to_char(now() + interval '12 months', 'YYYY_MM')";
    database
        .run("do $$ begin execute format('drop table fit.%I', 'orders_' || to_char(now() + interval '12 months', 'YYYY_MM')); end $$")
        .await;
    assert_eq!(database.number(next_year).await, 0);
    server.restart();
    database.reconnect().await;
    let deadline = Instant::now() + Duration::from_secs(60);
    let ended = "select count(*) from cron.job_run_details where end_time is not null";
    while database.number(ended).await < 3 {
        assert!(Instant::now() < deadline, "the jobs run");
        sleep(Duration::from_millis(100)).await;
    }
    let failed = "select coalesce(string_agg(command || ': ' || return_message, '; '), '')
         from cron.job_run_details where status <> 'succeeded'";
    assert_eq!(database.text(failed).await, "");
    assert_eq!(database.number(next_year).await, 1, "the partition that was missing is there");
}
