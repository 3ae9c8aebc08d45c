//! Which pairs are kept.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;

use crate::law;
use crate::support::{CATEGORIES, Database, Worker, below, budget, labels};

#[tokio::test]
async fn pairs_below_the_least_score_go_unless_decided() {
    let database = Database::new().await;
    database.fill(11, 15, 15).await;
    assert!(Worker::once(&database, &[]));
    database
        .run(
            "update public.sponsorship_matches m set status = 'rejected' where score_exact =
        (select min(score_exact) from public.sponsorship_matches)",
        )
        .await;
    database.run("update fit.settings set min_score = 0.5").await;
    assert!(Worker::once(&database, &[]));
    let kept = law::holds(&database).await;
    assert!(kept > 1 && kept < 225, "{kept}");
    assert!(
        law::stored(&database).await.values().any(|row| row.score_exact < 0.5),
        "the decided one is kept"
    );
    database.run("update public.sponsor_private set annual_budget_cents = 1").await;
    assert!(Worker::once(&database, &[]));
    law::holds(&database).await;
}

#[tokio::test]
async fn lists_stay_the_exact_best_through_changes() {
    let database = Database::new().await;
    database.fill(12, 14, 18).await;
    database.run("update fit.settings set top_k = 3").await;
    assert!(Worker::once(&database, &[]));
    let mut random = ChaCha8Rng::seed_from_u64(12);
    let mut sizes = vec![law::holds(&database).await];
    for step in 0..8 {
        let which = below(&mut random, 10);
        let sql = match step % 4 {
            0 => format!(
                "update public.sponsor_private set annual_budget_cents = {} where sponsor_id = (select sponsor_id from public.sponsor_private order by 1 offset {which} limit 1)",
                budget(&mut random)
            ),
            1 => format!(
                "update public.events set categories = '{}' where id = (select id from public.events order by 1 offset {which} limit 1)",
                labels(&mut random, CATEGORIES)
            ),
            2 => format!(
                "delete from public.events where id = (select id from public.events order by 1 offset {which} limit 1)"
            ),
            _ => format!(
                "update public.sponsorship_matches set contacted_at = now() where (event_id, sponsor_id) = (select event_id, sponsor_id from public.sponsorship_matches order by 1, 2 offset {which} limit 1)"
            ),
        };
        database.run(&sql).await;
        assert!(Worker::once(&database, &[]));
        sizes.push(law::holds(&database).await);
    }
    assert!(sizes.iter().all(|size| *size < 14 * 18), "{sizes:?}");
    assert!(sizes.windows(2).any(|pair| pair[0] != pair[1]), "the changes reached the lists: {sizes:?}");
}

#[tokio::test]
async fn a_large_entity_takes_several_batches_and_keeps_its_place() {
    let database = Database::new().await;
    database.fill(13, 3, 23).await;
    assert!(Worker::once(&database, &["--pairs-a-batch", "7", "--workers", "1"]));
    assert_eq!(law::holds(&database).await, 69);
    // Its place is kept in the queue, between one batch and the next.
    database.run("update public.sponsor_private set annual_budget_cents = 77").await;
    assert!(Worker::once(&database, &["--pairs-a-batch", "7", "--workers", "3"]));
    assert_eq!(law::holds(&database).await, 69);
}
