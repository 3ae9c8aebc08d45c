//! One tree: its splits, its leaves, and the way a row takes through it.
#![allow(
    clippy::indexing_slicing,
    reason = "`Tree::new` proves that every child exists and is reached once; rows are checked for length"
)]

use super::error::invalid;
use sponsorfit::Error;
use std::sync::Arc;

/// The deepest tree that is read: its contributions take memory of this squared.
const MAX_DEPTH: usize = 512;

/// LightGBM's `kZeroThreshold`: the nearest f64 to the nearest f32 to 1e-35.
const ZERO_THRESHOLD: f64 = 1e-35_f32 as f64;

/// A value as LightGBM sees it: what is that close to zero is zero.
///
/// Its prediction interface keeps a row as the values that are not, so this holds for
/// every kind of split, not only for those that treat zero as missing.
pub(super) fn canonical(value: f64) -> f64 {
    if value.abs() <= ZERO_THRESHOLD { 0.0 } else { value }
}

/// Which values a threshold treats as missing; the others it compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// None: NaN counts as 0.
    Nothing,
    /// 0 and NaN.
    Zero,
    /// NaN.
    NotANumber,
}

/// What a split asks of its feature. Yes is left.
#[derive(Clone, Debug)]
pub(super) enum Test {
    /// Is the value at most `at`? The missing ones go where they went in training.
    Threshold { at: f64, missing: Missing, missing_left: bool },
    /// Is the value, cut to an integer, one of these? A set of bits.
    Categories(Arc<[u32]>),
}

impl Test {
    /// How many categories its set has room for.
    pub(super) fn categories(&self) -> usize {
        match self {
            Self::Threshold { .. } => 0,
            Self::Categories(members) => members.len() * 32,
        }
    }

    /// Whether a value goes left.
    pub(super) fn goes_left(&self, value: f64) -> bool {
        let value = canonical(value);
        match self {
            Self::Threshold { at, missing, missing_left } => match missing {
                Missing::NotANumber if value.is_nan() => *missing_left,
                Missing::Zero if value.is_nan() || value == 0.0 => *missing_left,
                _ if value.is_nan() => 0.0 <= *at,
                _ => value <= *at,
            },
            Self::Categories(members) => {
                let word = |category: usize| members.get(category / 32).copied().unwrap_or(0);
                category(value).is_some_and(|category| word(category) >> (category % 32) & 1 == 1)
            }
        }
    }
}

/// The category a value stands for: cut towards zero, so −0.9 is category 0.
#[expect(
    clippy::cast_possible_truncation,
    reason = "what is beyond i32 goes to its ends, and no set reaches there"
)]
pub(super) fn category(value: f64) -> Option<usize> {
    if value.is_nan() { None } else { usize::try_from(value as i32).ok() }
}

/// What is under a split.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Split(usize),
    Leaf(usize),
}

#[derive(Clone, Debug)]
pub(super) struct Split {
    pub(super) feature: usize,
    pub(super) test: Test,
    pub(super) left: Node,
    pub(super) right: Node,
}

/// How many training rows went through each split and each leaf.
#[derive(Clone, Debug)]
pub(super) struct Counts {
    pub(super) splits: Vec<u32>,
    pub(super) leaves: Vec<u32>,
}

/// One tree. The first split is the root; without splits there is one leaf.
#[derive(Clone, Debug)]
pub(super) struct Tree {
    pub(super) splits: Vec<Split>,
    pub(super) leaf_values: Vec<f64>,
    /// `None` when the text does not tell, or tells a 0.
    pub(super) counts: Option<Counts>,
    /// Splits on the longest way from the root to a leaf.
    pub(super) depth: usize,
    /// The leaves from left to right.
    pub(super) in_order: Vec<usize>,
    /// For each split, which places of `in_order` are under its left child.
    pub(super) under_left: Vec<std::ops::Range<usize>>,
}

impl Tree {
    /// Puts a tree together, if it is one: every split and leaf has one way from the root.
    pub(super) fn new(
        line: usize,
        splits: Vec<Split>,
        leaf_values: Vec<f64>,
        counts: Option<Counts>,
    ) -> Result<Self, Error> {
        let mut tree = Self {
            under_left: vec![0..0; splits.len()],
            splits,
            leaf_values,
            counts,
            depth: 0,
            in_order: vec![],
        };
        let (mut seen_splits, mut seen_leaves) =
            (vec![false; tree.splits.len()], vec![false; tree.leaf_values.len()]);
        let root = if tree.splits.is_empty() { Node::Leaf(0) } else { Node::Split(0) };
        // Left before right, so that leaves come in order; a split comes back between
        // its children to learn which leaves are under the left one.
        let mut ahead = vec![(Visit::Enter(root), 0)];
        while let Some((visit, depth)) = ahead.pop() {
            let node = match visit {
                Visit::Between(split) => {
                    tree.under_left[split].end = tree.in_order.len();
                    continue;
                }
                Visit::Enter(node) => node,
            };
            let (part, index, seen) = match node {
                Node::Split(index) => ("split", index, &mut seen_splits),
                Node::Leaf(index) => ("leaf", index, &mut seen_leaves),
            };
            if std::mem::replace(&mut seen[index], true) {
                return Err(invalid(format!(
                    "line {line}: the tree that begins here is none: {part} {index} has more than one parent"
                )));
            }
            match node {
                Node::Leaf(leaf) => tree.in_order.push(leaf),
                Node::Split(split) => {
                    if depth == MAX_DEPTH {
                        let what = "splits on one way";
                        return Err(invalid(format!(
                            "line {line}: {} {what}, which is more than {MAX_DEPTH}",
                            depth + 1
                        )));
                    }
                    tree.depth = tree.depth.max(depth + 1);
                    let start = tree.in_order.len();
                    tree.under_left[split] = start..start;
                    ahead.push((Visit::Enter(tree.splits[split].right), depth + 1));
                    ahead.push((Visit::Between(split), depth));
                    ahead.push((Visit::Enter(tree.splits[split].left), depth + 1));
                }
            }
        }
        for (part, seen) in [("split", seen_splits), ("leaf", seen_leaves)] {
            if let Some(index) = seen.iter().position(|seen| !seen) {
                return Err(invalid(format!(
                    "line {line}: the tree that begins here is none: {part} {index} has no way from the root"
                )));
            }
        }
        Ok(tree)
    }

    /// The value of the leaf a row comes to.
    pub(super) fn value(&self, row: &[f64]) -> f64 {
        let mut node = if self.splits.is_empty() { Node::Leaf(0) } else { Node::Split(0) };
        loop {
            match node {
                Node::Leaf(leaf) => return self.leaf_values[leaf],
                Node::Split(split) => {
                    let split = &self.splits[split];
                    node = if split.test.goes_left(row[split.feature]) { split.left } else { split.right };
                }
            }
        }
    }
}

/// Where [`Tree::new`] goes next.
enum Visit {
    Enter(Node),
    Between(usize),
}
