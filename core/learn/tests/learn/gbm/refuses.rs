//! Text that is not a whole model of a supported kind: refused by name, never a panic.

use sponsorfit::{Error, ErrorKind};
use sponsorfit_learn::gbm::BoostedTrees;

pub(super) const CATEGORICAL: &str = include_str!("models/old_format.txt");

/// Three leaves; without `tree_sizes`, so that edits are seen for what they are.
pub(super) const SMALL: &str = "\
tree
version=v4
num_class=1
num_tree_per_iteration=1
label_index=0
max_feature_idx=1
objective=binary sigmoid:1
feature_names=near recent
feature_infos=[0:1] [0:9]

Tree=0
num_leaves=3
num_cat=1
split_feature=0 1
threshold=0.5 0
decision_type=2 1
left_child=-1 -2
right_child=1 -3
leaf_value=-0.5 0.75 0.25
leaf_count=60 30 10
internal_count=100 40
cat_boundaries=0 1
cat_threshold=5
is_linear=0
shrinkage=1


end of trees
";

fn refused(from: &str, to: &str) -> Error {
    assert_eq!(SMALL.matches(from).count(), 1, "{from}");
    BoostedTrees::parse(&SMALL.replace(from, to)).unwrap_err()
}

#[test]
fn the_small_model_is_whole() {
    let model = BoostedTrees::parse(SMALL).unwrap();
    assert_eq!(model.score(&[0.5, 1.0]).unwrap().to_bits(), (-0.5_f64).to_bits());
    assert_eq!(model.score(&[0.6, 2.0]).unwrap().to_bits(), 0.75_f64.to_bits());
    assert_eq!(model.score(&[0.6, 1.0]).unwrap().to_bits(), 0.25_f64.to_bits());
}

/// What is replaced in the small model, by what, and the error's code and text.
type Defect = (&'static str, &'static str, &'static str);

const DEFECTS: [Defect; 35] = [
    (
        "tree\nversion",
        "<html>\nversion",
        "line 1: `<html>` is not `tree`, so this is not LightGBM's text format",
    ),
    ("version=v4", "version=v5", "line 2: version `v5` is not one of v3, v4"),
    ("version=v4\n", "", "line 1: the section that begins here has no `version`"),
    (
        "objective=binary sigmoid:1",
        "objective=multiclass num_class:3",
        "line 7: objective `multiclass num_class:3` is not one of lambdarank, rank_xendcg, binary, regression",
    ),
    (
        "sigmoid:1",
        "sigmoid:-1",
        "line 7: objective `binary sigmoid:-1` is not one of lambdarank, rank_xendcg, binary, regression",
    ),
    ("objective=binary sigmoid:1\n", "", "line 1: the section that begins here has no `objective`"),
    (
        "num_class=1",
        "num_class=3",
        "line 3: `num_class` is 3; only models with one score a row are supported",
    ),
    (
        "num_tree_per_iteration=1",
        "num_tree_per_iteration=2",
        "line 4: `num_tree_per_iteration` is 2; only models with one score a row are supported",
    ),
    ("label_index=0", "average_output", "line 5: averaged output (boosting=rf) is not supported"),
    ("label_index=0", "label_index=0\nlabel_index=0", "line 6: `label_index` is here for the second time"),
    ("label_index=0", "what is this", "line 5: `what is this` was not expected here"),
    ("feature_names=near recent", "feature_names=near", "line 8: `feature_names` has 1 values, not 2"),
    (
        "max_feature_idx=1",
        "max_feature_idx=-1",
        "line 6: `max_feature_idx`: `-1` is not an integer in 0..=999999",
    ),
    ("Tree=0", "Tree=1", "line 11: `Tree=1` was not expected here"),
    ("is_linear=0", "is_linear=1", "line 24: linear trees are not supported; train with linear_tree=false"),
    ("num_leaves=3", "num_leaves=0", "line 12: `num_leaves`: `0` is not an integer in 1..=131072"),
    ("num_leaves=3", "num_leaves=4", "line 19: `leaf_value` has 3 values, not 4"),
    (
        "leaf_value=-0.5 0.75 0.25",
        "leaf_value=-0.5 0.75 nan",
        "line 19: `leaf_value`: `nan` is not a finite number",
    ),
    ("threshold=0.5 0\n", "threshold=nan 0\n", "line 15: `threshold`: `nan` is not a number"),
    (
        "threshold=0.5 0\n",
        "threshold=0.5 1\n",
        "line 15: `threshold`: `1` is not the number of a set of categories in 0..1",
    ),
    ("threshold=0.5 0\n", "threshold=0.5\n", "line 15: `threshold` has 1 values, not 2"),
    ("threshold=0.5 0\n", "", "line 11: the section that begins here has no `threshold`"),
    ("split_feature=0 1", "split_feature=0 2", "line 14: `split_feature`: `2` is not a feature in 0..2"),
    (
        "decision_type=2 1",
        "decision_type=12 1",
        "line 16: `decision_type`: `12` is not a decision type in 0..=11",
    ),
    ("left_child=-1 -2", "left_child=-1 -4", "line 17: `left_child`: `-4` is not a child in -3..2"),
    ("left_child=-1 -2", "left_child=-1 2", "line 17: `left_child`: `2` is not a child in -3..2"),
    (
        "left_child=-1 -2",
        "left_child=-1 -1",
        "line 11: the tree that begins here is none: leaf 0 has more than one parent",
    ),
    (
        "left_child=-1 -2",
        "left_child=-1 1",
        "line 11: the tree that begins here is none: split 1 has more than one parent",
    ),
    (
        "right_child=1 -3",
        "right_child=0 -3",
        "line 11: the tree that begins here is none: split 0 has more than one parent",
    ),
    (
        "right_child=1 -3",
        "right_child=-2 1",
        "line 11: the tree that begins here is none: split 1 has no way from the root",
    ),
    ("leaf_count=60 30 10", "leaf_count=60 30 ten", "line 20: `leaf_count`: `ten` is not a count"),
    (
        "cat_boundaries=0 1",
        "cat_boundaries=1 0",
        "line 22: `cat_boundaries`: `0` is not a position not below the one before",
    ),
    ("cat_threshold=5", "cat_threshold=5 6", "line 23: `cat_threshold` has 2 values, not 1"),
    (
        "cat_threshold=5",
        "cat_threshold=4294967296",
        "line 23: `cat_threshold`: `4294967296` is not 32 bits as a number",
    ),
    ("end of trees\n", "", "line 27: the text ends before `end of trees`"),
];

#[test]
fn each_defect_has_its_name_and_place() {
    for (from, to, message) in DEFECTS {
        let error = refused(from, to);
        assert_eq!((error.code(), error.to_string().as_str()), ("invalid_model", message), "{from} → {to}");
    }
}

#[test]
fn the_sizes_of_the_trees_are_checked() {
    let whole = BoostedTrees::parse(CATEGORICAL).unwrap();
    assert_eq!(whole.tree_count(), 3);
    let edited = CATEGORICAL.replacen("leaf_value=0.5", "leaf_value=10.5", 1);
    let error = BoostedTrees::parse(&edited).unwrap_err();
    assert_eq!(error.to_string(), "line 10: tree 0 takes 749 bytes, and `tree_sizes` says 748");
    let windows = CATEGORICAL.replace('\n', "\r\n");
    let error = BoostedTrees::parse(&windows).unwrap_err();
    assert_eq!(error.code(), "invalid_model");
    assert!(error.message().contains("and `tree_sizes` says"), "{error}");
}

#[test]
fn line_ends_of_windows_are_read_where_no_sizes_forbid_them() {
    let model = BoostedTrees::parse(&SMALL.replace('\n', "\r\n")).unwrap();
    assert_eq!(model.feature_names(), ["near", "recent"]);
}

#[test]
fn every_cut_is_noticed() {
    let end = SMALL.len() - "\n".len();
    for cut in 0..end {
        BoostedTrees::parse(&SMALL[..cut]).unwrap_err();
    }
    assert!(BoostedTrees::parse(&SMALL[..end]).is_ok());
}

#[test]
fn a_row_of_another_length_is_refused() {
    let model = BoostedTrees::parse(SMALL).unwrap();
    let error = Error::new(ErrorKind::InvalidValue, "the row has 1 values, and the model 2 features");
    assert_eq!(model.score(&[0.0]), Err(error.clone()));
    assert_eq!(model.scores(&[vec![0.0, 1.0], vec![0.0]]), Err(error.clone()));
    assert_eq!(model.contributions(&[0.0]), Err(error.clone()));
    assert_eq!(error.to_string(), "the row has 1 values, and the model 2 features");
}

#[test]
fn contributions_without_counts_are_refused() {
    for (from, to) in [
        ("leaf_count=60 30 10\n", ""),
        ("internal_count=100 40\n", ""),
        ("leaf_count=60 30 10", "leaf_count=60 40 0"),
    ] {
        let model = BoostedTrees::parse(&SMALL.replace(from, to)).unwrap();
        assert!(model.score(&[0.0, 0.0]).is_ok());
        assert_eq!(
            model.contributions(&[0.0, 0.0]),
            Err(Error::new(
                ErrorKind::InvalidModel,
                "contributions need `leaf_count` and `internal_count` above 0 in every tree; tree 0 has none"
            ))
        );
    }
}

/// A tree that is one long way down: splits 0, 1, 2, … each with a leaf on the left.
fn chain(splits: usize) -> String {
    let all = |of: &dyn Fn(usize) -> String, count| (0..count).map(of).collect::<Vec<_>>().join(" ");
    let last = splits - 1;
    let down = |i: usize| if i == last { format!("-{}", splits + 1) } else { (i + 1).to_string() };
    format!(
        "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=0\nobjective=lambdarank\n\
         feature_names=only\nTree=0\nnum_leaves={}\nnum_cat=0\nsplit_feature={}\nthreshold={}\ndecision_type={}\n\
         left_child={}\nright_child={}\nleaf_value={}\nleaf_count={}\ninternal_count={}\nend of trees\n",
        splits + 1,
        all(&|_| "0".into(), splits),
        all(&|i| i.to_string(), splits),
        all(&|_| "2".into(), splits),
        all(&|i| format!("-{}", i + 1), splits),
        all(&down, splits),
        all(&|i| i.to_string(), splits + 1),
        all(&|_| "1".into(), splits + 1),
        all(&|i| (splits + 1 - i).to_string(), splits),
    )
}

#[test]
fn a_tree_may_be_512_splits_deep_and_no_deeper() {
    let deepest = BoostedTrees::parse(&chain(512)).unwrap();
    assert_eq!(deepest.score(&[1e9]).unwrap().to_bits(), 512_f64.to_bits());
    let why = deepest.contributions(&[1e9]).unwrap();
    assert!((why.expected - 256.0).abs() < 1e-9 && (why.features[0] - 256.0).abs() < 1e-9, "{why:?}");
    let error = BoostedTrees::parse(&chain(513)).unwrap_err();
    assert_eq!(error.to_string(), "line 8: 513 splits on one way, which is more than 512");
}
