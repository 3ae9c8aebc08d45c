//! Team-draft interleaving: fair when rankings are equal, and not when they are not.

use proptest::prelude::*;
use sponsorfit_learn::SplitMix64;
use sponsorfit_learn::experiment::{Team, confidence_sequence, team_draft};

/// The rest of a shuffled deck.
fn shuffled(random: &mut SplitMix64, items: u32) -> Vec<u32> {
    let mut deck: Vec<u32> = (0..items).collect();
    for last in (1..deck.len()).rev() {
        deck.swap(last, random.index(last + 1));
    }
    deck
}

/// Pages on which only item 0 is ever accepted, which each ranking has among its first few.
fn preference(first_in_a: usize, first_in_b: usize, seed: u64) -> sponsorfit_learn::experiment::Interval {
    let random = &mut SplitMix64::new(seed);
    let mut scores = vec![];
    for page in 0..2_000 {
        let ranking = |random: &mut SplitMix64, first: usize| {
            let mut others: Vec<u32> = shuffled(random, 20).into_iter().filter(|&item| item != 0).collect();
            others.insert(random.index(first), 0);
            others
        };
        let (a, b) = (ranking(random, first_in_a), ranking(random, first_in_b));
        scores.push(team_draft(&a, &b, 6, page).credit(|&item| item == 0).score());
    }
    confidence_sequence(&scores, 0.01, 2_000).unwrap()
}

#[test]
fn equal_rankings_are_even_and_the_better_one_wins() {
    assert!(preference(4, 4, 1).contains(0.5));
    assert!(preference(3, 6, 2).lower > 0.5);
    assert!(preference(6, 3, 3).upper < 0.5);
}

#[test]
fn each_team_gets_the_first_place_half_of_the_time() {
    let first = |seed| team_draft(&[1, 2], &[3, 4], 4, seed).items[0].1;
    let a = (0..4_000).filter(|&seed| first(seed) == Team::A).count();
    assert!(a.abs_diff(2_000) < 5 * 32, "{a}");
}

proptest! {
    #[test]
    fn pages_keep_the_rules_of_the_draft(
        seed: u64,
        a in prop::collection::vec(0_u8..12, 0..10),
        b in prop::collection::vec(0_u8..12, 0..10),
        length in 0_usize..12,
    ) {
        let page = team_draft(&a, &b, length, seed);
        prop_assert_eq!(&page, &team_draft(&a, &b, length, seed));
        prop_assert!(page.items.len() <= length);
        let mut before = vec![];
        for (place, (item, team)) in page.items.iter().enumerate() {
            let ranking = if *team == Team::A { &a } else { &b };
            // Its team's best item that is not on the page yet.
            let best = ranking.iter().find(|item| !before.contains(*item));
            prop_assert_eq!(Some(item), best);
            before.push(*item);
            // Both teams pick once a round.
            if place % 2 == 1 {
                prop_assert_ne!(*team, page.items[place - 1].1);
            }
        }
        let left = |ranking: &[u8]| ranking.iter().any(|item| !before.contains(item));
        prop_assert!(page.items.len() == length || !left(&a) || !left(&b));
        let everyone = page.credit(|_| true);
        prop_assert_eq!(everyone.a + everyone.b, page.items.len());
    }
}
