//! The law, checked pair by pair with the scalar scorer: another way than the worker's catalog.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, from_str, json};
use sponsorfit::{AudienceInsights, Event, MatchScore, Scorer, ScoringConfig, SponsorProfile};
use uuid::Uuid;

use crate::support::Database;

type Pair = (Uuid, Uuid);

/// A row of `sponsorship_matches`.
#[derive(Debug)]
pub(crate) struct Stored {
    pub(crate) score: String,
    pub(crate) score_exact: f64,
    pub(crate) coverage: f64,
    pub(crate) metrics: Value,
    pub(crate) fingerprint: String,
    pub(crate) is_decided: bool,
}

/// Returns what is stored, by event and sponsor.
pub(crate) async fn stored(database: &Database) -> BTreeMap<Pair, Stored> {
    let rows = database
        .client
        .query(
            "select event_id, sponsor_id, score::text, score_exact, coverage, overlap_metrics::text, config_fingerprint,
               fit.is_decided(status, contacted_at) from public.sponsorship_matches where stale_since is null",
            &[],
        )
        .await
        .unwrap();
    rows.iter()
        .map(|row| {
            let stored = Stored {
                score: row.get(2),
                score_exact: row.get(3),
                coverage: row.get(4),
                metrics: from_str(row.get(5)).unwrap(),
                fingerprint: row.get(6),
                is_decided: row.get(7),
            };
            ((row.get(0), row.get(1)), stored)
        })
        .collect()
}

/// Returns the score of every pair whose rows can be read, from the tables themselves.
pub(crate) async fn scores(database: &Database) -> BTreeMap<Pair, MatchScore> {
    let config = database.text("select scoring::text from fit.settings").await;
    let scorer = Scorer::new(ScoringConfig::from_json(&config).unwrap()).unwrap();
    let texts = |sql: &'static str| async move {
        let rows = database.client.query(sql, &[]).await.unwrap();
        rows.iter().map(|row| row.get::<_, String>(0)).collect::<Vec<_>>()
    };
    let sponsors = texts(
        "select (to_jsonb(p) || jsonb_build_object('annual_budget_cents', disclosed_budget_cents))::text
         from public.sponsor_profiles p",
    )
    .await;
    let events = texts(
        "select json_build_array(to_jsonb(e) || jsonb_build_object('min_price_cents',
             (select min(price_cents) from public.sponsorship_packages p
              where p.event_id = e.id and p.is_active and p.sold < p.inventory)), to_json(i))::text
         from public.events e left join public.event_audience_insights i on i.event_id = e.id
         where fit.is_live(e.status, e.start_at)",
    )
    .await;
    let sponsors: Vec<SponsorProfile> = sponsors.iter().filter_map(|text| from_str(text).ok()).collect();
    let mut of_pair = BTreeMap::new();
    for text in events {
        let [event, insights]: [Value; 2] = from_str(&text).unwrap();
        let Ok(event) = from_str::<Event>(&event.to_string()) else { continue };
        let Ok(insights) = from_str::<Option<AudienceInsights>>(&insights.to_string()) else { continue };
        for sponsor in &sponsors {
            if let Ok(score) = scorer.score(sponsor, &event, insights.as_ref()) {
                let (event, sponsor) = (score.event_id.as_bytes(), score.sponsor_id.as_bytes());
                of_pair.insert((Uuid::from_bytes(*event), Uuid::from_bytes(*sponsor)), score);
            }
        }
    }
    of_pair
}

/// Checks the law under the policy in force, and returns how many pairs are stored.
pub(crate) async fn holds(database: &Database) -> usize {
    let (stored, scores) = (stored(database).await, scores(database).await);
    let fingerprint =
        ScoringConfig::from_json(&database.text("select scoring::text from fit.settings").await)
            .unwrap()
            .fingerprint()
            .as_str()
            .to_owned();
    for (pair, row) in &stored {
        let score = scores.get(pair).unwrap_or_else(|| panic!("{pair:?} has no score, and is stored"));
        assert_eq!(row.score_exact.to_bits(), score.score.get().to_bits(), "{pair:?}");
        assert_eq!(row.score, score.score_decimal(), "{pair:?}");
        assert_eq!(row.coverage.to_bits(), score.coverage.get().to_bits(), "{pair:?}");
        assert_eq!(row.metrics, json!(score.overlap_metrics), "{pair:?}");
        assert_eq!(row.fingerprint, fingerprint);
    }
    let decided = stored.iter().filter(|(_, row)| row.is_decided).map(|(pair, _)| *pair);
    let kept: BTreeSet<Pair> = kept(database, &scores).await.into_iter().chain(decided).collect();
    let found: BTreeSet<Pair> = stored.keys().copied().collect();
    let (missing, surplus) = (kept.difference(&found).count(), found.difference(&kept).count());
    assert_eq!((missing, surplus), (0, 0), "missing, surplus");
    let waiting = database.number("select depth from public.v_fit_queue_health").await;
    let unexplained = database
        .number(
            "select count(*) from fit.fit_dirty d where gen > done_gen and not exists (
               select from fit.fit_recalc_dead x where (x.side, x.id, x.gen) = (d.side, d.id, d.gen) and x.error <> '')",
        )
        .await;
    assert_eq!((waiting, unexplained), (0, 0), "waiting, dead without a reason");
    stored.len()
}

/// Returns the pairs that the policy keeps, by sorting them all.
async fn kept(database: &Database, scores: &BTreeMap<Pair, MatchScore>) -> BTreeSet<Pair> {
    let row = database.client.query_one("select min_score, top_k from fit.settings", &[]).await.unwrap();
    let (least, top_k): (f64, Option<i32>) = (row.get(0), row.get(1));
    let above: Vec<(Pair, f64)> = scores
        .iter()
        .map(|(pair, score)| (*pair, score.score.get()))
        .filter(|(_, score)| *score >= least)
        .collect();
    let Some(k) = top_k else { return above.into_iter().map(|(pair, _)| pair).collect() };
    let k = usize::try_from(k).unwrap();
    let mut kept = BTreeSet::new();
    for anchor in [|(event, _): Pair| event, |(_, sponsor): Pair| sponsor] {
        let other = |pair: Pair| if anchor(pair) == pair.0 { pair.1 } else { pair.0 };
        let mut lists: BTreeMap<Uuid, Vec<(Pair, f64)>> = BTreeMap::new();
        for (pair, score) in &above {
            lists.entry(anchor(*pair)).or_default().push((*pair, *score));
        }
        for list in lists.values_mut() {
            list.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| other(a.0).cmp(&other(b.0))));
            kept.extend(list.iter().take(k).map(|(pair, _)| *pair));
        }
    }
    kept
}
