//! Workers whose clocks are wrong by hours: leases, backoff and ages are the database's.

use std::process::Stdio;
use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use tokio::time::sleep;

use crate::law;
use crate::support::{Database, Worker, at, budget};

/// How far the queue's times are from the database's clock at most, in seconds.
const FURTHEST: &str = "select coalesce(max(abs(extract(epoch from at - clock_timestamp()))), 0)::bigint
     from fit.fit_dirty, unnest(array[first_dirty_at, lease_until, processed_at, nullif(not_before, '-infinity')]) as at";

#[tokio::test]
async fn wrong_clocks_do_no_harm() {
    let skews = ["-7h", "+5h", "-26h", "+90d"];
    for seed in [101, 102] {
        let database = Database::new().await;
        database.fill(seed, 14, 15).await;
        database.run("update fit.settings set max_attempts = 4, backoff_base = '300 milliseconds'").await;
        // One row that cannot be read, so that there is something to put off.
        database
            .run(
                "alter table public.sponsor_targeting drop constraint regions_are_labels;
                 update public.sponsor_targeting set regions = array['US', null]
                  where sponsor_id = (select min(sponsor_id::text)::uuid from public.sponsor_targeting)",
            )
            .await;
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        let arguments = ["--workers", "1", "--pairs-a-batch", "40", "--lease-seconds", "2"];
        let mut workers: Vec<Worker> =
            skews.iter().map(|skew| Worker::start_at(skew, &database, &arguments)).collect();
        for _ in 0..30 {
            let (which, cents) = (random.next_u32() % 14, budget(&mut random));
            database
                .run(&format!(
                    "update public.sponsor_private set annual_budget_cents = {cents}
                     where sponsor_id = (select sponsor_id from public.sponsor_private order by 1 offset {which} limit 1)"
                ))
                .await;
            if random.next_u32().is_multiple_of(8) {
                // What it held is another's once the lease has run out, by the database's clock.
                let victim = random.next_u32() as usize % skews.len();
                workers[victim].kill();
                workers[victim] = Worker::start_at(skews[victim], &database, &arguments);
            }
            sleep(Duration::from_millis(u64::from(random.next_u32() % 60))).await;
            let furthest = database.number(FURTHEST).await;
            assert!(furthest < 90, "a time in the queue is {furthest} s from the database's");
        }
        database.quiescence().await;
        workers.clear();
        law::holds(&database).await;
    }
}

#[tokio::test]
async fn the_wrong_clocks_of_these_tests_are_wrong() {
    let database = Database::new().await;
    let output = at("+90d")
        .args(["--once", "--database-url", &database.url])
        .env("RUST_LOG", "info")
        .env("NO_COLOR", "1")
        .stderr(Stdio::piped())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    let then = "select to_char((clock_timestamp() + interval '90 days') at time zone 'UTC', 'YYYY-MM-DD')";
    let day = database.text(then).await;
    assert!(output.status.success() && said.starts_with(&day), "{day}: {said}");
}
