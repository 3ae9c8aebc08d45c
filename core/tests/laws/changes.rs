//! What-if without a change, and improvements as a Pareto front.

use proptest::prelude::*;
use sponsorfit::{Change, Improvement, Label, LabelSet, Scorer, Side, WhatIf};

use super::oracle::generate;
use super::support::cases;
use super::support::pair::{Pair, scorer};

fn what_if(pair: &Pair, scorer: &Scorer, changes: &[Change]) -> Option<WhatIf> {
    scorer.what_if(&pair.sponsor, &pair.event, &pair.insights, changes).ok()
}

fn improve(pair: &Pair, scorer: &Scorer, side: Side, limit: usize) -> Vec<Improvement> {
    scorer.improve(&pair.sponsor, &pair.event, &pair.insights, side, limit)
}

/// Few changes, few steps and much gain at once.
fn at_least_as_good(a: &Improvement, b: &Improvement) -> bool {
    a.changes.len() <= b.changes.len() && a.steps <= b.steps && a.gain >= b.gain
}

/// Every single label that a side could take from the other.
fn single_labels(pair: &Pair, side: Side) -> Vec<Change> {
    let Pair { sponsor, event, insights } = pair;
    let visited: LabelSet =
        insights.iter().flat_map(|insights| insights.geo_distribution.reached().cloned()).collect();
    let of = |labels: &LabelSet, change: fn(Label) -> Change| labels.iter().cloned().map(change).collect();
    let lists: [Vec<Change>; 4] = match side {
        Side::Sponsor => [
            of(&event.categories, Change::AddCategory),
            of(&event.regions, Change::AddRegion),
            of(&visited, Change::AddRegion),
            of(&event.objectives.keywords, Change::AddKeyword),
        ],
        Side::Event => [
            of(&sponsor.preferred_categories, Change::AddEventCategory),
            of(&sponsor.regions, Change::AddEventRegion),
            Vec::new(),
            of(&sponsor.brand_objectives.keywords, Change::AddEventKeyword),
        ],
    };
    lists.concat()
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn no_change_is_the_score(case in generate::case()) {
        let (pair, scorer) = (Pair::of(&case), scorer(&case.config, case.custom));
        match (pair.explain(&scorer), scorer.what_if(&pair.sponsor, &pair.event, &pair.insights, &[])) {
            (Ok(why), Ok(what)) => {
                prop_assert_eq!((what.before, what.after), (Some(why.score), why.score));
                prop_assert_eq!(what.gain.map(f64::to_bits), Some(0));
                for (row, gain) in why.factors.iter().zip(what.factors) {
                    prop_assert_eq!(row.factor, gain.factor);
                    let all = [gain.before, gain.after, gain.gain].map(f64::to_bits);
                    prop_assert_eq!(all, [row.contribution.to_bits(), row.contribution.to_bits(), 0]);
                }
            }
            (why, what) => prop_assert_eq!(why.unwrap_err(), what.unwrap_err()),
        }
    }
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn improvements_are_verified_and_none_beats_another(case in generate::case(), limit in 0_usize..6) {
        let (pair, scorer) = (Pair::of(&case), scorer(&case.config, case.custom));
        let before = pair.explain(&scorer).ok();
        for side in [Side::Sponsor, Side::Event] {
            let ways = improve(&pair, &scorer, side, usize::MAX);
            prop_assert!(before.is_some() || ways.is_empty());
            for way in &ways {
                let what = what_if(&pair, &scorer, &way.changes).expect("an improvement has a score");
                prop_assert_eq!(what.after, way.after);
                prop_assert_eq!(what.gain.map(f64::to_bits), Some(way.gain.to_bits()));
                prop_assert!(way.gain > 0.0 && way.steps > 0 && !way.changes.is_empty());
                prop_assert!(way.changes.iter().all(|change| change.side() == side));
                prop_assert!(!way.text.trim().is_empty() && !way.text.contains("NaN"));
                let rival = ways.iter().find(|other| *other != way && at_least_as_good(other, way));
                prop_assert_eq!(rival, None, "beats {}", way.text);
            }
            prop_assert_eq!(improve(&pair, &scorer, side, limit), &ways[..limit.min(ways.len())]);
        }
    }

    #[test]
    fn no_single_label_does_better(case in generate::case()) {
        let (pair, scorer) = (Pair::of(&case), scorer(&case.config, case.custom));
        for side in [Side::Sponsor, Side::Event] {
            let ways = improve(&pair, &scorer, side, usize::MAX);
            for change in single_labels(&pair, side) {
                let Some(gain) = what_if(&pair, &scorer, std::slice::from_ref(&change)).and_then(|what| what.gain) else {
                    continue;
                };
                let known = ways.iter().any(|way| way.changes.len() == 1 && way.steps == 1 && way.gain >= gain);
                prop_assert!(gain <= 0.0 || known, "`{change}` gains {gain}");
            }
        }
    }
}
