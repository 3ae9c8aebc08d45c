//! Rows and scores written as JSON and read back.

use proptest::prelude::*;
use serde_json::Value;
use sponsorfit::{AudienceInsights, Count};

use super::oracle::generate;
use super::support::cases;
use super::support::numbers::{of_answer, of_core, of_score_alone};
use super::support::pair::{Pair, row, scorer};

/// Whether regions that merged count more visitors than one number of a row may say. Such a sum is
/// exact in memory and has no row: reading it back is an error, never another number.
fn has_no_row(insights: &AudienceInsights) -> bool {
    insights.geo_distribution.iter().any(|(_, visitors)| visitors > u128::from(Count::MAX.get()))
}

proptest! {
    #![proptest_config(cases(800))]

    #[test]
    fn rows_written_and_read_back_score_the_same(case in generate::case()) {
        let pair = Pair::of(&case);
        if let Some(insights) = pair.insights.as_ref().filter(|insights| has_no_row(insights)) {
            let text = serde_json::to_string(insights).expect("insights are written");
            let error = serde_json::from_str::<AudienceInsights>(&text).expect_err("a sum beyond counts");
            prop_assert!(error.to_string().contains("0..=9007199254740991"));
            return Ok(());
        }
        let again = pair.written_and_read();
        prop_assert_eq!(&again, &pair);
        let scorer = scorer(&case.config, case.custom);
        prop_assert_eq!(of_core(&again.explain(&scorer)), of_core(&pair.explain(&scorer)));
        // Written twice, the text is the same: spellings survive too.
        let text = |pair: &Pair| {
            let Pair { sponsor, event, insights } = pair;
            serde_json::to_string(&(sponsor, event, insights)).expect("rows are written")
        };
        prop_assert_eq!(text(&again), text(&pair));
    }

    #[test]
    fn scores_written_and_read_back_are_the_same_bits(case in generate::case()) {
        let explained = Pair::of(&case).explain(&scorer(&case.config, case.custom));
        if let Ok(why) = &explained {
            let text = serde_json::to_string(why).expect("an explanation is written");
            prop_assert_eq!(of_answer(&row::<Value>(&text)), of_core(&explained));
            let text = serde_json::to_string(&why.score).expect("a score is written");
            prop_assert_eq!(of_answer(&row::<Value>(&text)), of_score_alone(&of_core(&explained)));
        }
    }
}
