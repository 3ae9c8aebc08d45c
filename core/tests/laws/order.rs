//! "Order of rows and of lists changes no bit", nor do repeats: labels are sets.

use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;
use sponsorfit::KeywordsSimilarity;

use super::oracle::generate::{self, labels::SPELLINGS};
use super::oracle::labels::key;
use super::support::cases;
use super::support::edit::{Dice, Rows, shuffled};
use super::support::numbers::of_core;
use super::support::pair::{Pair, row, scorer};

/// Adds to every list of labels another spelling of one that it has.
fn with_repeats(value: &mut Value, dice: &mut Dice) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|value| with_repeats(value, dice)),
        Value::Array(list) if list.iter().all(Value::is_string) && !list.is_empty() => {
            let label = list[dice.below(list.len())].as_str().expect("a text").to_owned();
            let same = SPELLINGS.iter().find(|spellings| key(spellings[0]) == key(&label));
            let spelling = same.map_or(label.as_str(), |spellings| spellings[dice.below(spellings.len())]);
            list.insert(dice.below(list.len() + 1), spelling.into());
        }
        _ => {}
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn the_order_of_fields_and_lists_changes_no_bit(case in generate::case(), seed in any::<u64>(), repeats in any::<bool>()) {
        let scorer = scorer(&case.config, case.custom);
        let mut rows = Rows::read(&case.sponsor, &case.event, case.insights.as_deref());
        let mut dice = Dice(seed);
        if repeats {
            with_repeats(&mut rows.sponsor, &mut dice);
            with_repeats(&mut rows.event, &mut dice);
        }
        let insights = (!rows.insights.is_null()).then(|| shuffled(&rows.insights, &mut dice));
        let (sponsor, event) = (shuffled(&rows.sponsor, &mut dice), shuffled(&rows.event, &mut dice));
        let other = Pair::read(&sponsor, &event, insights.as_deref());
        prop_assert_eq!(of_core(&other.explain(&scorer)), of_core(&Pair::of(&case).explain(&scorer)));
    }

    #[test]
    fn the_order_of_a_corpus_changes_no_bit(
        corpus in vec(generate::rows::objectives(), 0..6),
        case in generate::case(),
        seed in any::<u64>(),
    ) {
        let mut documents: Vec<sponsorfit::Objectives> = corpus.iter().map(|text| row(text)).collect();
        let fitted = |documents: &[_]| scorer("{}", None).with_keywords(KeywordsSimilarity::fit(documents));
        let before = fitted(&documents);
        Dice(seed).shuffle(&mut documents);
        let after = fitted(&documents);
        prop_assert_eq!(before.fingerprint(), after.fingerprint());
        let pair = Pair::of(&case);
        prop_assert_eq!(of_core(&pair.explain(&before)), of_core(&pair.explain(&after)));
    }
}
