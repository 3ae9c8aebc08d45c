//! One ranker's lists: what counts, in which order, and what chance would give.
#![allow(clippy::float_cmp, reason = "what is compared is exact, or made by the same steps")]

use sponsorfit::{Error, ErrorKind};
use sponsorfit_learn::SplitMix64;
use sponsorfit_learn::evaluation::{Bootstrap, Evaluation, ListQuality};
use sponsorfit_learn::metrics::{Gain, Judged, RankedList, Ties};

fn one(scores: &[f64], positives: &[usize], k: usize) -> ListQuality {
    let mut ranker = Evaluation::new(scores.len(), k);
    ranker.add(scores, positives).unwrap();
    ranker.lists()[0]
}

#[test]
fn a_list_has_the_metrics_of_its_order() {
    let scores = [0.1, 0.9, 0.4, 0.7, 0.2];
    let judged: Vec<Judged<usize>> = scores
        .iter()
        .enumerate()
        .map(|(id, &score)| Judged { id, score, grade: u32::from(id == 2 || id == 4) })
        .collect();
    let list = RankedList::new(&judged, Ties::ById).unwrap();
    let quality = one(&scores, &[2, 4], 3);
    assert_eq!(Some(quality.ndcg), list.ndcg(3, Gain::Linear));
    assert_eq!(Some(quality.average_precision), list.average_precision());
    assert_eq!(Some(quality.recall), list.recall(3));
    assert_eq!((quality.reciprocal_rank, quality.recall), (1.0 / 3.0, 0.5));
    assert_eq!(quality.auc, list.auc());
}

#[test]
fn ties_rank_by_number_and_zeros_are_one_zero() {
    assert_eq!(one(&[0.5, 0.5], &[0], 1).recall, 1.0);
    assert_eq!(one(&[0.5, 0.5], &[1], 1).recall, 0.0);
    let mut ranker = Evaluation::new(3, 1);
    ranker.add(&[-0.0, 0.0, 0.0], &[0]).unwrap();
    ranker.add(&[-0.0, 0.0, 0.0], &[0]).unwrap();
    let mean = ranker.mean(&Bootstrap::default()).unwrap();
    assert_eq!((mean.recall.mean, mean.catalogue_coverage), (1.0, 1.0 / 3.0));
}

#[test]
fn what_a_ranker_leaves_out_is_last_and_not_shown() {
    let mut ranker = Evaluation::new(3, 2);
    ranker.add(&[f64::NEG_INFINITY, f64::NEG_INFINITY, 0.1], &[2]).unwrap();
    let mean = ranker.mean(&Bootstrap::default()).unwrap();
    assert_eq!((mean.mrr.mean, mean.catalogue_coverage, mean.candidate_recall), (1.0, 1.0 / 3.0, 1.0));
    ranker.add(&[f64::NEG_INFINITY, 0.2, 0.1], &[0, 2]).unwrap();
    assert_eq!(ranker.mean(&Bootstrap::default()).unwrap().candidate_recall, 0.75);
}

#[test]
fn queries_without_a_positive_are_left_out() {
    let mut ranker = Evaluation::new(2, 1);
    ranker.add(&[0.5, 0.1], &[]).unwrap();
    ranker.add(&[0.5, 0.1], &[1, 0]).unwrap();
    assert_eq!(ranker.lists().len(), 1);
    let mean = ranker.mean(&Bootstrap::default()).unwrap();
    // Everybody is positive: nobody can stand below them.
    assert_eq!((mean.ndcg.mean, mean.auc), (1.0, None));
    assert_eq!((mean.catalogue_coverage, mean.exposure_gini), (0.5, 0.5));
}

#[test]
fn what_is_not_in_the_catalogue_is_refused() {
    let mut ranker = Evaluation::new(2, 1);
    let unknown = |item, catalogue| {
        Err(Error::new(
            ErrorKind::UnknownId,
            format!("item {item} is not in the catalogue of {catalogue} items"),
        ))
    };
    assert_eq!(ranker.add(&[0.5, 0.1], &[2]), unknown(2, 2));
    assert_eq!(ranker.add(&[0.5], &[0]), unknown(2, 2));
    assert_eq!(ranker.add(&[0.5, 0.1, 0.7], &[0]), unknown(3, 2));
    assert_eq!(
        ranker.add(&[0.5, f64::NAN], &[0]),
        Err(Error::new(ErrorKind::OutOfRange, "NaN is not a number").within("score").at(1))
    );
    assert!(ranker.lists().is_empty());
}

/// What is expected of chance is what many drawn orders have on average.
#[test]
fn chance_has_the_mean_of_many_orders() {
    let (items, positives, k) = (9, [1, 4, 5], 4);
    let mut expected = Evaluation::new(items, k);
    expected.add_random(&positives, &mut SplitMix64::new(0)).unwrap();
    let mut drawn = Evaluation::new(items, k);
    let mut random = SplitMix64::new(5);
    for _ in 0..20_000 {
        let scores: Vec<f64> = (0..items).map(|_| random.unit()).collect();
        drawn.add(&scores, &positives).unwrap();
    }
    let bootstrap = Bootstrap::new(100, 0.95, 0).unwrap();
    let (expected, drawn) = (expected.mean(&bootstrap).unwrap(), drawn.mean(&bootstrap).unwrap());
    for (name, expected, drawn) in [
        ("ndcg", expected.ndcg, drawn.ndcg),
        ("map", expected.map, drawn.map),
        ("mrr", expected.mrr, drawn.mrr),
        ("recall", expected.recall, drawn.recall),
        ("auc", expected.auc.unwrap(), drawn.auc.unwrap()),
    ] {
        assert!((expected.mean - drawn.mean).abs() < 0.01, "{name}: {expected:?}, {drawn:?}");
    }
}

#[test]
fn what_chance_shows_is_spread_evenly() {
    let mut chance = Evaluation::new(10, 3);
    let mut random = SplitMix64::new(2);
    for _ in 0..2_000 {
        chance.add_random(&[0], &mut random).unwrap();
    }
    let mean = chance.mean(&Bootstrap::new(100, 0.95, 0).unwrap()).unwrap();
    assert_eq!(mean.catalogue_coverage, 1.0);
    assert!(mean.exposure_gini < 0.05, "{}", mean.exposure_gini);
}

#[test]
fn rankers_of_other_queries_are_not_compared() {
    let (mut one, mut other) = (Evaluation::new(2, 1), Evaluation::new(2, 1));
    one.add(&[0.5, 0.1], &[0]).unwrap();
    assert_eq!(one.against(&other, &Bootstrap::default()), None);
    other.add(&[0.1, 0.5], &[0]).unwrap();
    assert_eq!(one.against(&other, &Bootstrap::default()).unwrap().difference.mean, 1.0);
}
