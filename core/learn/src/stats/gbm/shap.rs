//! What each feature adds to a score: exact Shapley values of one tree.
#![allow(
    clippy::indexing_slicing,
    reason = "`Tree::new` proves that every child exists; the path has one place a split on the way"
)]

use super::tree::{Counts, Node, Tree};

/// One feature on the way to a node.
#[derive(Clone, Copy, Debug)]
struct Step {
    /// `None` at the root, where nothing has been asked yet.
    feature: Option<usize>,
    /// Share of the training rows that go this way when the feature is not known.
    zero: f64,
    /// 1 when the row goes this way, otherwise 0.
    one: f64,
    /// Weight of the sets of features that have as many members as this place's number.
    weight: f64,
}

/// The expected value of a tree: the mean of its leaves over the training rows.
pub(super) fn expected(tree: &Tree, counts: &Counts) -> f64 {
    let Some(&total) = counts.splits.first() else { return tree.leaf_values[0] };
    let leaves = tree.leaf_values.iter().zip(&counts.leaves);
    leaves.map(|(value, &count)| f64::from(count) / f64::from(total) * value).sum()
}

/// Adds each feature's contribution to the score of a tree to `contributions`.
///
/// The path-dependent algorithm of Lundberg, Erion and Lee, *Consistent Individualized
/// Feature Attribution for Tree Ensembles* (2018, arXiv:1802.03888), algorithm 2, in
/// O(leaves · depth²). An unknown feature goes both ways, in proportion to the training
/// rows.
pub(super) fn add(tree: &Tree, counts: &Counts, row: &[f64], contributions: &mut [f64]) {
    if tree.splits.is_empty() {
        return;
    }
    let mut paths = vec![Vec::with_capacity(tree.depth + 2); tree.depth + 1];
    let mut walk = Walk { tree, counts, row, contributions };
    let root = Step { feature: None, zero: 1.0, one: 1.0, weight: 0.0 };
    walk.visit(Node::Split(0), &[], root, &mut paths);
}

struct Walk<'a> {
    tree: &'a Tree,
    counts: &'a Counts,
    row: &'a [f64],
    contributions: &'a mut [f64],
}

impl Walk<'_> {
    /// Visits a node, reached from `above` by `step`. `paths` has room for one path a level.
    fn visit(&mut self, node: Node, above: &[Step], step: Step, paths: &mut [Vec<Step>]) {
        let Some((path, below)) = paths.split_first_mut() else { return };
        path.clear();
        path.extend_from_slice(above);
        extend(path, step);
        match node {
            Node::Leaf(leaf) => self.credit(path, self.tree.leaf_values[leaf]),
            Node::Split(number) => {
                let split = &self.tree.splits[number];
                let feature = Some(split.feature);
                let (hot, cold) = if split.test.goes_left(self.row[split.feature]) {
                    (split.left, split.right)
                } else {
                    (split.right, split.left)
                };
                // A feature that was asked before is asked again in place of it.
                let before = path.iter().position(|step| step.feature == feature);
                let (mut zero, mut one) = (1.0, 1.0);
                if let Some(place) = before {
                    (zero, one) = (path[place].zero, path[place].one);
                    unwind(path, place);
                }
                let all = f64::from(self.counts.splits[number]);
                for (child, one) in [(hot, one), (cold, 0.0)] {
                    let zero = self.count(child) / all * zero;
                    self.visit(child, path, Step { feature, zero, one, weight: 0.0 }, below);
                }
            }
        }
    }

    fn credit(&mut self, path: &[Step], leaf_value: f64) {
        for (place, step) in path.iter().enumerate() {
            if let Some(feature) = step.feature {
                let weight = unwound_sum(path, place);
                self.contributions[feature] += weight * (step.one - step.zero) * leaf_value;
            }
        }
    }

    fn count(&self, node: Node) -> f64 {
        f64::from(match node {
            Node::Split(split) => self.counts.splits[split],
            Node::Leaf(leaf) => self.counts.leaves[leaf],
        })
    }
}

/// Appends a step and spreads the weights over the sets with and without it.
fn extend(path: &mut Vec<Step>, step: Step) {
    let last = path.len();
    path.push(Step { weight: if last == 0 { 1.0 } else { 0.0 }, ..step });
    let size = (last + 1) as f64;
    for i in (0..last).rev() {
        path[i + 1].weight += step.one * path[i].weight * (i + 1) as f64 / size;
        path[i].weight *= step.zero * (last - i) as f64 / size;
    }
}

/// Takes a step out again: the inverse of [`extend`], whichever step was the last.
fn unwind(path: &mut Vec<Step>, place: usize) {
    let Step { zero, one, .. } = path[place];
    let last = path.len() - 1;
    let size = (last + 1) as f64;
    let mut ahead = path[last].weight;
    for i in (0..last).rev() {
        if one == 0.0 {
            path[i].weight = path[i].weight * size / (zero * (last - i) as f64);
        } else {
            let before = path[i].weight;
            path[i].weight = ahead * size / ((i + 1) as f64 * one);
            ahead = before - path[i].weight * zero * (last - i) as f64 / size;
        }
    }
    for i in place..last {
        path[i] = Step { weight: path[i].weight, ..path[i + 1] };
    }
    path.pop();
}

/// The sum of the weights after [`unwind`], without changing the path.
fn unwound_sum(path: &[Step], place: usize) -> f64 {
    let Step { zero, one, .. } = path[place];
    let last = path.len() - 1;
    let size = (last + 1) as f64;
    let mut ahead = path[last].weight;
    let mut sum = 0.0;
    for i in (0..last).rev() {
        if one == 0.0 {
            sum += path[i].weight * size / (zero * (last - i) as f64);
        } else {
            let weight = ahead * size / ((i + 1) as f64 * one);
            sum += weight;
            ahead = path[i].weight - weight * zero * (last - i) as f64 / size;
        }
    }
    sum
}
