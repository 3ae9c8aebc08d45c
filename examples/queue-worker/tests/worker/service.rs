//! The worker as a service: it stops when told, and says how it does.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::time::{Duration, Instant};

use tokio::time::sleep;

use crate::law;
use crate::support::{Database, Worker};

fn get(address: &str, path: &str) -> Option<String> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").ok()?;
    let mut text = String::new();
    stream.read_to_string(&mut text).ok()?;
    Some(text)
}

#[tokio::test]
async fn a_worker_says_how_it_does_and_stops_when_told() {
    let database = Database::new().await;
    database.fill(91, 10, 10).await;
    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut worker = Worker::start(&database, &["--listen", &address]);
    database.quiescence().await;

    let deadline = Instant::now() + Duration::from_secs(20);
    let has_done =
        |text: &Option<String>| text.as_ref().is_some_and(|text| text.contains("fit_rows_written_total 100"));
    let mut metrics = get(&address, "/metrics");
    while !has_done(&metrics) {
        assert!(Instant::now() < deadline, "{metrics:?}");
        sleep(Duration::from_millis(50)).await;
        metrics = get(&address, "/metrics");
    }
    let metrics = metrics.unwrap();
    for name in [
        "fit_queue_depth",
        "fit_queue_dead 0",
        "fit_queue_oldest_age_seconds",
        "fit_pairs_scored_total",
        "fit_batch_seconds_count",
    ] {
        assert!(metrics.contains(name), "{name}: {metrics}");
    }
    assert!(get(&address, "/healthz").unwrap().starts_with("HTTP/1.1 200"));

    assert!(Command::new("kill").args(["-TERM", &worker.0.id().to_string()]).status().unwrap().success());
    assert!(worker.0.wait().unwrap().success(), "a graceful stop is no failure");
    assert_eq!(
        database.number("select count(*) from fit.fit_dirty where lease_token is not null").await,
        0,
        "no lease is left"
    );
    law::holds(&database).await;
}

#[tokio::test]
async fn a_stop_in_the_middle_leaves_the_rest_to_others() {
    let database = Database::new().await;
    database.fill(92, 30, 30).await;
    let mut worker = Worker::start(&database, &["--workers", "1", "--pairs-a-batch", "30"]);
    while database.number("select count(*) from public.sponsorship_matches").await == 0 {
        sleep(Duration::from_millis(2)).await;
    }
    assert!(Command::new("kill").args(["-TERM", &worker.0.id().to_string()]).status().unwrap().success());
    assert!(worker.0.wait().unwrap().success());
    assert_eq!(database.number("select count(*) from fit.fit_dirty where lease_token is not null").await, 0);
    assert!(Worker::once(&database, &[]));
    assert_eq!(law::holds(&database).await, 900);
}

#[tokio::test]
async fn the_services_rights_are_enough() {
    let database = Database::new().await;
    database.fill(93, 4, 5).await;
    let mut service = database.another().await;
    service.url += "?options=-c%20role%3Dservice_role";
    assert!(Worker::once(&service, &[]), "all pairs");
    assert_eq!(law::holds(&database).await, 20);
    database.run("update public.events set categories = '{art}'; update fit.settings set top_k = 2").await;
    assert!(Worker::once(&service, &["--full"]), "lists");
    law::holds(&database).await;
    database
        .run("delete from public.sponsors where id = (select min(id::text)::uuid from public.sponsors)")
        .await;
    assert!(Worker::once(&service, &[]));
    law::holds(&database).await;
}
