//! What a system meets: crashes, changes at the wrong moment, rows that nobody can read.

use std::time::Duration;

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use tokio::time::sleep;

use crate::law;
use crate::support::{CATEGORIES, Database, REGIONS, Server, Worker, below, budget, labels, share, uuid};

/// One random change, as organisers, sponsors and the pipeline make them.
async fn change(database: &Database, random: &mut ChaCha8Rng) {
    let at = |table: &str, key: &str, random: &mut ChaCha8Rng| {
        format!("(select {key} from public.{table} order by {key} offset {} limit 1)", below(random, 20))
    };
    let sql = match below(random, 9) {
        0 | 1 => {
            let which = at("sponsor_private", "sponsor_id", random);
            format!(
                "update public.sponsor_private set annual_budget_cents = {} where sponsor_id = {which}",
                budget(random)
            )
        }
        2 => {
            let which = at("sponsor_targeting", "sponsor_id", random);
            format!(
                "update public.sponsor_targeting set regions = '{}' where sponsor_id = {which}",
                labels(random, REGIONS)
            )
        }
        3 | 4 => {
            let which = at("events", "id", random);
            format!(
                "update public.events set categories = '{}' where id = {which}",
                labels(random, CATEGORIES)
            )
        }
        5 | 6 => {
            let which = at("event_audience_insights", "event_id", random);
            format!(
                "update public.event_audience_insights set engagement_score = {} where event_id = {which}",
                share(random)
            )
        }
        7 => {
            let id = uuid(random);
            format!(
                "insert into public.events (id, owner_id, title, status, categories) values ('{id}', '{id}', 'x', 'published', '{}')",
                labels(random, CATEGORIES)
            )
        }
        _ => format!("delete from public.events where id = {}", at("events", "id", random)),
    };
    database.run(&sql).await;
}

#[tokio::test]
async fn several_workers_and_changes_meanwhile() {
    for (seed, workers) in [(21, 2), (22, 5), (23, 8)] {
        let database = Database::new().await;
        database.fill(seed, 20, 25).await;
        let mut random = ChaCha8Rng::seed_from_u64(seed);
        // Small batches: more of them at once, and more chances to get in each other's way.
        let mut running: Vec<Worker> = (0..workers)
            .map(|_| Worker::start(&database, &["--workers", "1", "--pairs-a-batch", "60"]))
            .collect();
        for _ in 0..60 {
            change(&database, &mut random).await;
            sleep(Duration::from_millis(u64::from(random.next_u32() % 20))).await;
        }
        database.quiescence().await;
        running.clear();
        law::holds(&database).await;
    }
}

#[tokio::test]
async fn workers_killed_at_random_moments() {
    let database = Database::new().await;
    database.fill(31, 20, 25).await;
    let mut random = ChaCha8Rng::seed_from_u64(31);
    for _ in 0..12 {
        let mut worker =
            Worker::start(&database, &["--workers", "2", "--pairs-a-batch", "40", "--lease-seconds", "1"]);
        change(&database, &mut random).await;
        sleep(Duration::from_millis(u64::from(random.next_u32() % 120))).await;
        worker.kill();
    }
    let worker = Worker::start(&database, &["--lease-seconds", "1"]);
    database.quiescence().await;
    drop(worker);
    law::holds(&database).await;
}

#[tokio::test]
async fn the_database_crashes_under_the_workers() {
    let server = Server::start();
    let mut database = Database::on(&server).await;
    database.fill(41, 20, 25).await;
    let mut random = ChaCha8Rng::seed_from_u64(41);
    let worker =
        Worker::start(&database, &["--workers", "3", "--pairs-a-batch", "30", "--lease-seconds", "60"]);
    for _ in 0..3 {
        sleep(Duration::from_millis(u64::from(random.next_u32() % 150))).await;
        server.restart();
        database.reconnect().await;
        change(&database, &mut random).await;
    }
    // Well before the lease would have run out: what the lost connection held was given back.
    let drained = tokio::time::timeout(Duration::from_secs(40), database.quiescence()).await;
    assert!(drained.is_ok(), "leases of a lost connection are given back");
    drop(worker);
    law::holds(&database).await;
}

#[tokio::test]
async fn a_row_that_nobody_can_read_dies_alone_and_lives_again() {
    let database = Database::new().await;
    database.fill(51, 10, 10).await;
    database.run("update fit.settings set max_attempts = 3, backoff_base = '20 milliseconds', backoff_most = '40 milliseconds'").await;
    assert!(Worker::once(&database, &[]));
    database
        .run(
            // As rows of a release before there were constraints.
            r#"alter table public.event_audience_insights drop constraint visitors_are_counts;
               alter table public.sponsor_targeting drop constraint regions_are_labels;
               insert into public.event_audience_insights (event_id, geo_distribution)
               select id, '{"US": "many"}' from public.events order by id limit 1
               on conflict (event_id) do update set geo_distribution = excluded.geo_distribution;
               update public.sponsor_targeting set regions = regions || '{FR}';
               update public.sponsor_targeting set regions = array['US', null]
               where sponsor_id = (select min(sponsor_id::text)::uuid from public.sponsor_targeting)"#,
        )
        .await;
    let worker = Worker::start(&database, &["--workers", "2"]);
    database.quiescence().await;
    drop(worker);
    assert_eq!(law::holds(&database).await, 81, "the pairs of two rows are gone, the others are right");
    let errors = database
        .text("select string_agg(side || ': ' || error, '; ' order by side) from fit.fit_recalc_dead")
        .await;
    assert!(
        errors.contains("event: insights: ")
            && errors.contains("geo_distribution")
            && errors.contains("sponsor: "),
        "{errors}"
    );

    database
        .run(
            "update public.event_audience_insights set geo_distribution = '{}';
              update public.sponsor_targeting set regions = '{US}'",
        )
        .await;
    assert!(Worker::once(&database, &[]));
    assert_eq!(law::holds(&database).await, 100);
    assert_eq!(database.number("select dead from public.v_fit_queue_health").await, 0);
}

#[tokio::test]
async fn what_is_deleted_while_claimed_leaves_nothing() {
    let database = Database::new().await;
    database.fill(61, 4, 6).await;
    assert!(Worker::once(&database, &[]));
    // Claimed by somebody who then does nothing until the lease ends.
    database.run("update public.events set categories = '{tech}'").await;
    assert_eq!(database.number("select count(*) from fit.claim(2, '1 second')").await, 2);
    database.run("delete from public.events where id in (select id from fit.fit_dirty where lease_token is not null)").await;
    let worker = Worker::start(&database, &[]);
    database.quiescence().await;
    drop(worker);
    assert_eq!(law::holds(&database).await, 16);
}

#[tokio::test]
async fn a_stale_worker_writes_nothing() {
    let database = Database::new().await;
    database.fill(71, 1, 1).await;
    assert!(Worker::once(&database, &[]));
    database.run("update public.sponsor_private set annual_budget_cents = 1").await;
    database.run("create table held as select * from fit.claim(1, '10 milliseconds')").await;
    sleep(Duration::from_millis(20)).await;
    assert!(Worker::once(&database, &[]), "another takes over and finishes");
    let written = |sql: &'static str| database.number(sql);
    let stale = written(
        "select count(*) from held, fit.open_write(held.side, held.token, array[held.id], array[held.gen])",
    )
    .await;
    assert_eq!(stale, 0);
    // Even past the gate, generations that have moved on are not overwritten.
    database.run("update public.sponsorship_matches set sponsor_gen = 100").await;
    let overwritten = written(
        "select fit.update_matches(array[event_id], array[sponsor_id], array[0.9999], array[0.9999::float8], array[1::float8],
           array['{}'::jsonb], array[7::bigint], array[event_gen], array[99::bigint], 'x', 'x') from public.sponsorship_matches",
    )
    .await;
    assert_eq!(overwritten, 0);
    law::holds(&database).await;
}

#[tokio::test]
async fn writers_of_the_two_sides_take_turns() {
    let database = Database::new().await;
    database.fill(81, 1, 1).await;
    let other = database.another().await;
    database.run("begin; select fit.open_write('sponsor', gen_random_uuid(), '{}', '{}')").await;
    other.run("set lock_timeout = '200ms'").await;
    other.run("begin; select fit.open_write('sponsor', gen_random_uuid(), '{}', '{}'); rollback").await;
    let refused = other
        .client
        .batch_execute("begin; select fit.open_write('event', gen_random_uuid(), '{}', '{}')")
        .await;
    assert_eq!(refused.unwrap_err().code().unwrap().code(), "55P03", "the gate holds");
    other.run("rollback").await;
    database.run("rollback").await;
    other.run("begin; select fit.open_write('event', gen_random_uuid(), '{}', '{}'); rollback").await;
}

#[tokio::test]
async fn rows_that_changed_between_reading_and_writing_are_left_to_their_own_claim() {
    let database = Database::new().await;
    database.fill(73, 1, 2).await;
    assert!(Worker::once(&database, &[]));
    let gatekeeper = database.another().await;
    gatekeeper.run("begin; lock table fit.write_gate in exclusive mode").await;
    database.run("update public.sponsor_private set annual_budget_cents = 31").await;
    let mut worker = Worker::start(&database, &["--once", "--workers", "1"]);
    // It has read its rows once it waits at the gate.
    somebody_waits_at_the_gate(&database).await;
    // One of the two events changes, and somebody else holds it from here on.
    database.run("update public.events set categories = '{sport,art}' where id = (select min(id::text)::uuid from public.events)").await;
    let held = "create table held as select * from fit.claim(1, '1 hour', 'event')";
    database.run(held).await;
    gatekeeper.run("commit").await;
    assert!(worker.0.wait().unwrap().success());
    let moved = "select count(*) from public.sponsorship_matches m where sponsor_gen > 1";
    assert_eq!(
        database.number(moved).await,
        1,
        "the pair of the event that changed is not written from old rows"
    );
    database.run("select fit.release(side, token, array[id]) from held").await;
    assert!(Worker::once(&database, &[]));
    assert_eq!(law::holds(&database).await, 2);
}

#[tokio::test]
async fn what_a_worker_keeps_of_the_other_side_is_read_again_when_that_grows() {
    let database = Database::new().await;
    database.fill(74, 1, 2).await;
    assert!(Worker::once(&database, &[]));
    let gatekeeper = database.another().await;
    gatekeeper.run("begin; lock table fit.write_gate in exclusive mode").await;
    database.run("update public.sponsor_private set annual_budget_cents = 31").await;
    let mut worker = Worker::start(&database, &["--once", "--workers", "1"]);
    somebody_waits_at_the_gate(&database).await;
    // It has read the events. Another event comes, and somebody else scores it, with the one
    // sponsor there is; then another sponsor comes, whom nobody but this worker will look at.
    let id = "44444444-0000-4000-8000-000000000001";
    database
        .run(&format!(
            "insert into public.events (id, owner_id, title, status) values ('{id}', '{id}', 'x', 'published');
             update fit.fit_dirty set done_gen = gen where id = '{id}' and side = 'event';
             insert into public.sponsors (id, name) values ('{id}', 'x');
             insert into public.sponsor_targeting (sponsor_id) values ('{id}')"
        ))
        .await;
    gatekeeper.run("commit").await;
    assert!(worker.0.wait().unwrap().success());
    let pairs = format!("select count(*) from public.sponsorship_matches where sponsor_id = '{id}'");
    assert_eq!(database.number(&pairs).await, 3, "the event that came is among them");
}

async fn somebody_waits_at_the_gate(database: &Database) {
    let waits = "select count(*) from pg_locks where relation = 'fit.write_gate'::regclass and not granted";
    while database.number(waits).await == 0 {
        sleep(Duration::from_millis(5)).await;
    }
}
