//! What the pipeline's own tests cannot show in one connection: facts of a transaction that is still open.

use std::time::{Duration, Instant};

use crate::support::Database;

#[tokio::test]
async fn facts_that_commit_late_are_counted_once() {
    let database = Database::new().await;
    let mut slow = database.another().await;
    let event = "33333333-0000-4000-8000-000000000001";
    let fact = |visitor: u32| {
        format!(
            "insert into public.event_impressions (event_id, visitor_id, country) values
             ('{event}', '00000000-0000-4000-8000-{visitor:012}', 'US')"
        )
    };
    database
        .run(&format!("insert into public.events (id, owner_id, title) values ('{event}', '{event}', 'x')"))
        .await;
    let seen =
        "select coalesce(max((geo_distribution ->> 'US')::bigint), 0) from public.event_audience_insights";

    let open = slow.client.transaction().await.unwrap();
    open.batch_execute(&fact(1)).await.unwrap();
    // A later transaction ends first.
    database.run(&fact(2)).await;
    database.run("select public.refresh_event_insights(now())").await;
    assert_eq!(database.number(seen).await, 0, "nothing past the transaction that is open");
    open.commit().await.unwrap();
    // Transactions are the server's, and other tests have some open in their databases: what
    // began after one of those waits for it too.
    let deadline = Instant::now() + Duration::from_secs(60);
    while database.number(seen).await < 2 {
        assert!(Instant::now() < deadline, "what is committed is counted");
        database.run("select public.refresh_event_insights(now())").await;
    }
    database.run("select public.refresh_event_insights(now())").await;
    assert_eq!(
        database.number("select impressions from public.event_performance").await,
        2,
        "and none twice"
    );
}
