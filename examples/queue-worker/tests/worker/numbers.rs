//! What is stored is what the core computes, and what did not change is not written.

use crate::law;
use crate::support::{Database, Worker};

#[tokio::test]
async fn stored_scores_are_the_cores_to_the_bit() {
    let database = Database::new().await;
    database.fill(1, 37, 53).await;
    assert!(Worker::once(&database, &[]));
    assert_eq!(law::holds(&database).await, 37 * 53);
    assert!(
        law::stored(&database).await.values().any(|row| row.score_exact.to_bits() % 16 != 0),
        "all bits are used"
    );
}

#[tokio::test]
async fn nothing_is_written_when_nothing_changed() {
    let database = Database::new().await;
    database.fill(2, 12, 20).await;
    assert!(Worker::once(&database, &[]));
    let versions =
        "select string_agg(xmin::text, ' ' order by event_id, sponsor_id) from public.sponsorship_matches";
    let before = database.text(versions).await;
    assert!(Worker::once(&database, &["--full"]));
    assert_eq!(database.text(versions).await, before, "no row has a new version");
    assert_eq!(law::holds(&database).await, 240);
}

#[tokio::test]
async fn a_change_that_keeps_a_score_keeps_its_row() {
    let database = Database::new().await;
    database.fill(3, 6, 8).await;
    assert!(Worker::once(&database, &[]));
    // Dirty by the trigger, and the same to every score: another order, and a spelling.
    let versions =
        "select string_agg(xmin::text, ' ' order by event_id, sponsor_id) from public.sponsorship_matches";
    let before = database.text(versions).await;
    database.run("update public.events set regions = array(select upper(r) from unnest(regions) r order by r desc)").await;
    assert!(database.number("select depth from public.v_fit_queue_health").await > 0);
    assert!(Worker::once(&database, &[]));
    assert_eq!(database.text(versions).await, before);
    assert_eq!(law::holds(&database).await, 48);
}

#[tokio::test]
async fn another_configuration_rewrites_every_score() {
    let database = Database::new().await;
    database.fill(4, 10, 10).await;
    database
        .run("insert into public.sponsorship_packages (event_id, title, price_cents) select id, 'x', 5000 from public.events limit 5")
        .await;
    assert!(Worker::once(&database, &[]));
    for scoring in [
        r#"{"geo_reading": "audience_share", "overlap_reading": "reachable", "budget_reading": "price"}"#,
        r#"{"missing": {"policy": "renormalize"}, "min_coverage": 0.5}"#,
        r#"{"objectives": {"kind": "keywords"}}"#,
    ] {
        database.run(&format!("update fit.settings set scoring = '{scoring}'")).await;
        assert!(Worker::once(&database, &[]));
        let stored = law::holds(&database).await;
        assert_eq!(stored < 100, scoring.contains("min_coverage"), "too little is known of some pairs");
    }
}

#[tokio::test]
async fn a_configuration_that_is_none_scores_nothing_and_says_so() {
    let database = Database::new().await;
    database.fill(5, 2, 2).await;
    // It is refused where it is written; this is one of before.
    database
        .run(
            r#"alter table fit.settings disable trigger check_settings;
               update fit.settings set scoring = '{"weights": {"budget_fit": 7}}'"#,
        )
        .await;
    assert!(Worker::once(&database, &[]));
    assert!(law::stored(&database).await.is_empty());
    let said = "select count(*) from fit.fit_dirty where last_error like 'fit.settings.scoring: weights%'";
    assert_eq!(database.number(said).await, 4, "every entity waits with the reason");
}
