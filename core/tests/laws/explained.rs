//! Rows that add up to the score, evidence that gives the values, and sentences.

use proptest::prelude::*;
use sponsorfit::{Evidence, Explanation, FactorRow, GeoReading, Label, Leaf, Reason, UnitInterval};

use super::oracle::generate;
use super::support::cases;
use super::support::pair::{Pair, scorer};

/// Left to right, then clamped.
fn folded(contributions: impl Iterator<Item = f64>) -> u64 {
    contributions.fold(0.0, |sum, contribution| sum + contribution).clamp(0.0, 1.0).to_bits()
}

fn assert_adds_up(why: &Explanation) {
    assert_eq!(folded(why.factors.iter().map(|row| row.contribution)), why.score.score.get().to_bits());
    for row in &why.factors {
        let value = row.value.map(UnitInterval::get);
        assert_eq!(row.contribution.to_bits(), value.map_or(0.0, |value| row.weight * value).to_bits());
        if value.is_none() {
            assert_eq!((row.weight.to_bits(), row.known), (0, false), "{}", row.factor);
        }
        if let (Some(value), false) = (value, row.children.is_empty()) {
            assert_eq!(folded(row.children.iter().map(|child| child.contribution)), value.to_bits());
        }
        for child in &row.children {
            let value = child.value.map(UnitInterval::get);
            assert_eq!(
                child.contribution.to_bits(),
                value.map_or(0.0, |value| child.weight * value).to_bits()
            );
        }
    }
}

fn in_key_order(labels: &[Label]) -> bool {
    labels.windows(2).all(|pair| pair[0].key() < pair[1].key())
}

/// What the facts say the value is; none where they do not tell.
#[expect(clippy::cast_precision_loss, reason = "counts are rounded once: definition, §2.2")]
fn by_evidence(evidence: &Evidence) -> Option<f64> {
    match evidence {
        Evidence::Budget { annual_budget_cents, half_budget_cents, .. } => {
            annual_budget_cents.map(|budget| budget.as_f64() / (budget.as_f64() + half_budget_cents))
        }
        Evidence::Labels { matched, unmatched, offered, divisor, .. } => {
            assert!([matched, unmatched, offered].into_iter().all(|labels| in_key_order(labels)));
            let apart = |a: &[Label], b: &[Label]| a.iter().all(|label| !b.contains(label));
            assert!(apart(matched, unmatched) && apart(matched, offered) && apart(unmatched, offered));
            (*divisor > 0).then(|| matched.len() as f64 / *divisor as f64)
        }
        Evidence::Visitors { regions, reached, total, .. } => {
            assert_eq!(*reached, regions.iter().map(|region| region.visitors).sum::<u128>());
            (!regions.is_empty() && *total > 0).then(|| *reached as f64 / *total as f64)
        }
        Evidence::Rate { rate, .. } => rate.map(UnitInterval::get),
        Evidence::Objectives { shared_words, .. } => {
            assert!(shared_words.windows(2).all(|pair| pair[0] < pair[1]));
            None
        }
        other => panic!("no such evidence: {other:?}"),
    }
}

fn assert_evidence(value: Option<UnitInterval>, known: bool, evidence: Option<&Evidence>) {
    let evidence = evidence.expect("a leaf has its facts");
    if matches!(evidence, Evidence::Objectives { .. }) {
        by_evidence(evidence);
        return;
    }
    let told = by_evidence(evidence).map(f64::to_bits);
    assert_eq!(told.is_some(), known, "{evidence:?}");
    if known {
        assert_eq!(told, value.map(|value| value.get().to_bits()), "{evidence:?}");
    }
}

fn leaves(row: &FactorRow) -> Vec<(Option<UnitInterval>, bool, Option<&Evidence>)> {
    if row.children.is_empty() {
        return vec![(row.value, row.known, row.evidence.as_ref())];
    }
    assert_eq!(row.evidence, None, "a blend has no facts of its own");
    row.children.iter().map(|child| (child.value, child.known, child.evidence.as_ref())).collect()
}

fn assert_sentence(text: &str) {
    let begins = text.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
    assert!(begins && text.ends_with('.') && text.len() > 10, "`{text}`");
    assert!(!text.contains("NaN") && !text.contains("  ."), "`{text}`");
}

/// Every leaf is spoken of once, and what the reasons add is the score but for rounding.
fn assert_reasons(why: &Explanation, reading: GeoReading) {
    assert_sentence(&why.summary);
    let reasons = &why.reasons;
    let mut spoken: Vec<Leaf> = reasons.iter().flat_map(|reason| reason.leaves.iter().copied()).collect();
    spoken.sort();
    assert_eq!(spoken, Leaf::ALL);
    assert_eq!(reasons.len(), if reading == GeoReading::Any { 6 } else { 7 });
    for Reason { text, short, points, lost, .. } in reasons {
        assert_sentence(text);
        assert!(!short.is_empty() && !short.contains("NaN"), "`{short}`");
        assert!(*points >= 0.0 && *lost >= 0.0, "{points} and {lost}: {text}");
    }
    // Blends may sum to 1e-9 more or less than 1, and are clamped.
    let sum: f64 = reasons.iter().map(|reason| reason.points).sum();
    assert!((sum - why.score.score.get()).abs() < 3e-9, "{sum} is not {}", why.score.score);
}

proptest! {
    #![proptest_config(cases(1500))]

    #[test]
    fn explanations_add_up_and_rest_on_their_evidence(case in generate::case()) {
        let scorer = scorer(&case.config, case.custom);
        // That the explained score is the score, and refused alike, is asserted inside.
        if let Ok(why) = Pair::of(&case).explain(&scorer) {
            assert_adds_up(&why);
            for (value, known, evidence) in why.factors.iter().flat_map(leaves) {
                assert_evidence(value, known, evidence);
            }
            assert_reasons(&why, scorer.config().geo_reading);
        }
    }
}
