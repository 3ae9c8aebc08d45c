//! The closed forms against the definition: try every order of the tied candidates.

use proptest::prelude::*;
use sponsorfit::{Error, ErrorKind};
use sponsorfit_learn::metrics::{Gain, Judged, RankedList, Ties};

type Metric = (&'static str, fn(&RankedList) -> Option<f64>);

const METRICS: [Metric; 7] = [
    ("ndcg@3 linear", |list| list.ndcg(3, Gain::Linear)),
    ("ndcg@2 exponential", |list| list.ndcg(2, Gain::Exponential)),
    ("ndcg", |list| list.ndcg(100, Gain::Exponential)),
    ("average precision", RankedList::average_precision),
    ("reciprocal rank", RankedList::reciprocal_rank),
    ("recall@3", |list| list.recall(3)),
    ("auc", RankedList::auc),
];

fn judged(rows: &[(u8, u32)]) -> Vec<Judged<usize>> {
    let rows = rows.iter().enumerate();
    rows.map(|(id, &(score, grade))| Judged { id, score: f64::from(score), grade }).collect()
}

/// Every order of 0..n, by inserting the last number everywhere.
fn orders(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![vec![]];
    }
    let insert = |order: Vec<usize>| {
        (0..n).map(move |place| {
            let mut order = order.clone();
            order.insert(place, n - 1);
            order
        })
    };
    orders(n - 1).into_iter().flat_map(insert).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn averaged_is_the_mean_and_pessimistic_the_least_over_all_orders(
        rows in prop::collection::vec((0_u8..3, 0_u32..3), 1..7),
    ) {
        let candidates = judged(&rows);
        let averaged = RankedList::new(&candidates, Ties::Averaged).unwrap();
        let pessimistic = RankedList::new(&candidates, Ties::Pessimistic).unwrap();
        // Renaming the candidates in every way tries every order of each tie, equally often.
        let renamed: Vec<RankedList> = orders(candidates.len())
            .iter()
            .map(|names| {
                let rename = |(c, &id): (&Judged<usize>, &usize)| Judged { id, ..*c };
                let renamed: Vec<_> = candidates.iter().zip(names).map(rename).collect();
                RankedList::new(&renamed, Ties::ById).unwrap()
            })
            .collect();
        for (name, metric) in METRICS {
            let all: Option<Vec<f64>> = renamed.iter().map(metric).collect();
            prop_assert_eq!(all.is_some(), metric(&averaged).is_some(), "{}", name);
            let Some(all) = all else { continue };
            let mean = all.iter().sum::<f64>() / all.len() as f64;
            let least = all.iter().copied().fold(f64::INFINITY, f64::min);
            prop_assert!((metric(&averaged).unwrap() - mean).abs() < 1e-12, "{} averaged", name);
            prop_assert!((metric(&pessimistic).unwrap() - least).abs() < 1e-12, "{} pessimistic", name);
        }
    }

    #[test]
    fn metrics_stay_in_the_unit_interval_and_a_perfect_order_reaches_one(
        grades in prop::collection::vec(0_u32..=30, 1..40),
    ) {
        let perfect: Vec<_> = grades
            .iter()
            .enumerate()
            .map(|(id, &grade)| Judged { id, score: f64::from(grade), grade })
            .collect();
        let worst: Vec<_> = perfect.iter().map(|c| Judged { score: -c.score, ..*c }).collect();
        let perfect = RankedList::new(&perfect, Ties::Pessimistic).unwrap();
        let worst = RankedList::new(&worst, Ties::Averaged).unwrap();
        for (name, metric) in METRICS {
            for value in [metric(&perfect), metric(&worst)].into_iter().flatten() {
                prop_assert!((0.0..=1.0 + 1e-15).contains(&value), "{} {}", name, value);
            }
            let reached = metric(&perfect).unwrap_or(1.0);
            prop_assert!(name.starts_with("recall") || (reached - 1.0).abs() < 1e-12, "{} {}", name, reached);
        }
    }
}

#[test]
fn minus_zero_is_zero_and_infinity_is_a_score() {
    let rows = |first: f64, second: f64| {
        [Judged { id: 1, score: first, grade: 1 }, Judged { id: 2, score: second, grade: 0 }]
    };
    let auc = |first, second| RankedList::new(&rows(first, second), Ties::Averaged).unwrap().auc();
    assert_eq!(auc(-0.0, 0.0), Some(0.5));
    assert_eq!(auc(f64::INFINITY, f64::MAX), Some(1.0));
}

#[test]
fn a_cut_at_nothing_is_worth_nothing() {
    let list = RankedList::new(&judged(&[(1, 1), (0, 0)]), Ties::ById).unwrap();
    assert_eq!((list.ndcg(0, Gain::Linear), list.recall(0)), (Some(0.0), Some(0.0)));
}

#[test]
fn what_cannot_be_ranked_is_refused_by_name() {
    let row = |id, score, grade| Judged { id, score, grade };
    let refused = |rows: &[Judged<i32>]| RankedList::new(rows, Ties::ById).unwrap_err();
    assert_eq!(
        refused(&[row(1, 0.0, 0), row(2, f64::NAN, 0)]),
        Error::new(ErrorKind::OutOfRange, "NaN is not a number").within("score").at(1)
    );
    assert_eq!(
        refused(&[row(1, 0.0, 31)]),
        Error::new(ErrorKind::OutOfRange, "31 is not in 0..=30").within("grade").at(0)
    );
    assert_eq!(
        refused(&[row(5, 0.0, 0), row(1, 0.5, 1), row(5, 0.1, 0)]),
        Error::new(ErrorKind::DuplicateId, "candidate 0 has the same").within("id").at(2)
    );
}
