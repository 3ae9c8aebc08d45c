//! The log: read from files, and turned into what learning takes.

use sponsorfit::{ScoringConfig, SponsorshipOutcome, UnitInterval};
use sponsorfit_learn::decision::{Decision, FactorValues, outcomes};
use sponsorfit_learn::fit::{Calibration, WeightFit, fit_weights};
use sponsorfit_learn::metrics::{RankedList, Ties};
use sponsorfit_learn::{SplitMix64, experiment};

use crate::history::world::{date, event_id, sponsor_id};

/// Lists of eight whose accepted ones are near; nothing else matters.
fn log(lists: usize) -> Vec<Decision> {
    let random = &mut SplitMix64::new(3);
    let mut log = vec![];
    for list in 0..lists {
        for position in 1..=8 {
            let sponsor = sponsor_id(random.index(90));
            let mut row = Decision::shown(
                format!("list-{list}"),
                event_id(list % 200),
                sponsor,
                date("2026-01-07"),
                position,
            )
            .unwrap();
            let unit = |value: f64| UnitInterval::new(value).unwrap();
            let near = random.unit();
            row.factors = FactorValues {
                budget_fit: Some(unit(random.unit())),
                audience_overlap: Some(UnitInterval::HALF),
                geo_fit: Some(unit(near)),
                engagement_quality: Some(UnitInterval::HALF),
                objectives_similarity: Some(UnitInterval::HALF),
            };
            row.score = Some(unit(near));
            row.propensity = Some(0.5);
            row.outcome = match random.index(10) {
                0 => SponsorshipOutcome::Shown,
                _ if random.unit() < near => SponsorshipOutcome::Accepted,
                _ => SponsorshipOutcome::Rejected,
            };
            row.decided_at = Some(date("2026-02-01"));
            log.push(row);
        }
    }
    log
}

#[test]
fn a_log_teaches_weights_and_probabilities() {
    let log = log(150);
    let decided = log.iter().filter(|row| row.outcome != SponsorshipOutcome::Shown).count();
    let outcomes = outcomes(&log);
    assert_eq!(outcomes.len(), decided);
    assert!(outcomes.iter().all(|outcome| outcome.query < 150 && outcome.sponsor < 90));
    let config = ScoringConfig::default();
    let fitted = fit_weights(&outcomes, config.weights.into(), WeightFit::default()).unwrap();
    let taught = fitted.applied_to(&config).unwrap();
    assert!(taught.weights.geo_fit > 0.3, "{:?}", taught.weights);
    let bits = |weights: [f64; 5]| weights.map(f64::to_bits);
    assert_eq!(bits(taught.weights.into()), bits(fitted.weights));
    assert_eq!(ScoringConfig { weights: config.weights, ..taught.clone() }, config);
    let broken = ScoringConfig { half_budget_cents: 0.0, ..config };
    assert_eq!(fitted.applied_to(&broken).unwrap_err().path(), "half_budget_cents");

    let scored: Vec<_> = log.iter().filter_map(Decision::scored).collect();
    assert_eq!(scored.len(), decided);
    let calibration = Calibration::fit(&scored).unwrap();
    assert!((calibration.probability(0.8) - 0.8).abs() < 0.12);
}

#[test]
fn a_log_can_be_asked_about_other_rankings() {
    let log = log(150);
    // One that shows only what is near: what it would have shown is accepted more often.
    let target = |row: &Decision| if row.score.unwrap().get() > 0.7 { 1.0 } else { 0.0 };
    let logged: Vec<_> = log.iter().filter_map(|row| row.logged(target(row))).collect();
    assert_eq!(logged.len(), log.len());
    let other = experiment::off_policy(&logged, 0.05).unwrap();
    let accepted = log.iter().filter(|row| row.outcome == SponsorshipOutcome::Accepted).count() as f64;
    assert!(other.reward.estimate > 1.3 * accepted / log.len() as f64);

    let list: Vec<_> =
        log.iter().filter(|row| row.list_id == "list-3").filter_map(Decision::judged).collect();
    assert!(RankedList::new(&list, Ties::ById).unwrap().positives() <= 8);
    let mut bare = log[0].clone();
    (bare.score, bare.propensity, bare.factors) = (None, None, FactorValues::default());
    assert!(bare.judged().is_none() && bare.logged(1.0).is_none() && bare.scored().is_none());
    assert!(outcomes(&[bare]).is_empty());
}

#[test]
fn what_was_decided_becomes_history() {
    let mut row = Decision::shown("a", event_id(1), sponsor_id(2), date("2026-01-07"), 1).unwrap();
    assert_eq!((row.past().at, row.past().outcome), (date("2026-01-07"), SponsorshipOutcome::Shown));
    row.outcome = SponsorshipOutcome::Rejected;
    row.decided_at = Some(date("2026-01-09"));
    assert_eq!((row.past().at, row.past().outcome), (date("2026-01-09"), SponsorshipOutcome::Rejected));
    assert_eq!((row.past().event_id, row.past().sponsor_id), (event_id(1), sponsor_id(2)));
}

#[cfg(feature = "rows")]
mod files {
    use super::*;
    use sponsorfit::rows;

    #[test]
    fn what_is_written_reads_back() {
        let mut log = log(4);
        log[0].config_fingerprint = Some(ScoringConfig::default().fingerprint().to_string());
        (log[0].policy, log[0].experiment) = (Some("ranker".to_owned()), Some("x".to_owned()));
        log[0].variant = Some("b".to_owned());
        let text: Vec<String> = log.iter().map(|row| serde_json::to_string(row).unwrap()).collect();
        let read = rows::read::<Decision>(text.join("\n").as_bytes());
        assert_eq!((read.rejects.len(), read.ignored.len()), (0, 0));
        assert_eq!(read.into_rows().collect::<Vec<_>>(), log);
    }

    #[test]
    fn csv_has_the_same_rows_and_names_what_is_wrong() {
        let head =
            "list_id,event_id,sponsor_id,shown_at,position,propensity,factors,config_fingerprint,outcome";
        let ids = format!("7,{},{},2026-01-07", event_id(1), sponsor_id(2));
        let csv = format!(
            "{head}\n{ids},1,0.25,\"{{\"\"geo_fit\"\": 0.5}}\",,\n{ids},0,,,,\n{ids},1,0,,,\n{ids},1,,,zz,\n{ids},1,,,,maybe\n"
        );
        let read = rows::read::<Decision>(csv.as_bytes());
        let row = &read.rows[0].row;
        assert_eq!(
            (row.list_id.as_str(), row.propensity, row.outcome),
            ("7", Some(0.25), SponsorshipOutcome::Shown)
        );
        assert_eq!(row.factors.geo_fit, Some(UnitInterval::HALF));
        let problems: Vec<String> =
            read.rejects.iter().map(|reject| reject.problems[0].to_string()).collect();
        assert_eq!(
            problems,
            [
                "position: 0 is not in 1..=9007199254740991",
                "propensity: 0 is not above 0 and at most 1",
                "config_fingerprint: `zz` is not 64 hexadecimal digits",
                "outcome: `maybe` is not `accepted`, `rejected` or `shown`",
            ]
        );
    }
}
