//! The compiled trees against the walked ones, on random models of every kind of split.

use proptest::prelude::*;

use super::BoostedTrees;
use crate::stats::random::SplitMix64;

const FEATURES: usize = 3;
const TINY: f64 = 1e-35_f32 as f64;
/// Thresholds and values meet here, and at the edges of what counts as zero.
const NUMBERS: [f64; 14] = [
    0.0,
    -0.0,
    1.0,
    -1.0,
    2.5,
    -2.5,
    TINY,
    -TINY,
    1e-36,
    -1e-36,
    1e-30,
    40.0,
    f64::INFINITY,
    f64::NEG_INFINITY,
];

fn pick<T: Copy>(random: &mut SplitMix64, from: &[T]) -> T {
    from[random.index(from.len())]
}

/// A model text with random trees of up to `most_leaves` leaves.
fn model_text(random: &mut SplitMix64, trees: usize, most_leaves: usize) -> String {
    let mut text = "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=2\n\
                    objective=lambdarank\nfeature_names=a b c\n\n"
        .to_owned();
    for number in 0..trees {
        let leaves = 1 + random.index(most_leaves);
        text += &tree_text(random, number, leaves);
    }
    text + "end of trees\n"
}

fn tree_text(random: &mut SplitMix64, number: usize, leaves: usize) -> String {
    // Growing as LightGBM does: some leaf becomes a split with that leaf and a new one.
    let mut children: Vec<[i64; 2]> = vec![];
    for new_leaf in 1..i64::try_from(leaves).unwrap() {
        let split = new_leaf - 1;
        let grown = random.below(new_leaf.unsigned_abs()).cast_signed();
        for child in children.iter_mut().flatten().filter(|child| **child == !grown) {
            *child = split;
        }
        children.push(if random.coin() { [!grown, !new_leaf] } else { [!new_leaf, !grown] });
    }
    let sets = [vec![], vec![random.below(1 << 32) | 1], vec![random.below(1 << 32), 1 << 8]];
    let bounds = sets.iter().scan(0, |end, set| {
        *end += set.len();
        Some(*end)
    });
    let bounds = join([0].into_iter().chain(bounds));
    let (mut thresholds, mut decisions, mut features) = (vec![], vec![], vec![]);
    for _ in &children {
        let decision = random.below(12);
        decisions.push(decision);
        features.push(random.index(FEATURES));
        let categorical = decision % 2 == 1;
        thresholds.push(if categorical { random.index(3) as f64 } else { pick(random, &NUMBERS) });
    }
    let values = (0..leaves).map(|_| random.unit() - 0.5);
    format!(
        "Tree={number}\nnum_leaves={leaves}\nnum_cat=3\nsplit_feature={}\nthreshold={}\ndecision_type={}\n\
         left_child={}\nright_child={}\nleaf_value={}\ncat_boundaries={bounds}\ncat_threshold={}\n\n",
        join(features),
        join(thresholds),
        join(decisions),
        join(children.iter().map(|pair| pair[0])),
        join(children.iter().map(|pair| pair[1])),
        join(values),
        join(sets.concat()),
    )
}

fn join<T: ToString>(values: impl IntoIterator<Item = T>) -> String {
    values.into_iter().map(|value| value.to_string()).collect::<Vec<_>>().join(" ")
}

fn row(random: &mut SplitMix64) -> Vec<f64> {
    let value = |random: &mut SplitMix64| match random.below(5) {
        0 => f64::NAN,
        1 => random.below(45) as f64 - 2.0 + pick(random, &[0.0, 0.5]),
        2 => random.unit() * 6.0 - 3.0,
        _ => pick(random, &NUMBERS),
    };
    (0..FEATURES).map(|_| value(random)).collect()
}

proptest! {
    #[test]
    fn compiled_and_walked_scores_are_the_same_bits(seed: u64, trees in 0_usize..40) {
        let random = &mut SplitMix64::new(seed);
        let model = BoostedTrees::parse(&model_text(random, trees, 32)).unwrap();
        prop_assert!(model.compiled.is_some());
        let rows: Vec<Vec<f64>> = std::iter::repeat_with(|| row(random)).take(70).collect();
        for (row, score) in rows.iter().zip(model.scores(&rows).unwrap()) {
            prop_assert_eq!(score.to_bits(), model.walk(row).to_bits(), "{:?}", row);
        }
    }
}

#[test]
fn more_than_32_leaves_are_walked() {
    let random = &mut SplitMix64::new(5);
    let mut large = 0;
    for _ in 0..20 {
        let model = BoostedTrees::parse(&model_text(random, 5, 60)).unwrap();
        let fits = model.trees.iter().all(|tree| tree.leaf_values.len() <= 32);
        assert_eq!(model.compiled.is_some(), fits);
        let row = row(random);
        assert_eq!(model.score(&row).unwrap().to_bits(), model.walk(&row).to_bits());
        large += usize::from(!fits);
    }
    assert!(large > 10);
}
