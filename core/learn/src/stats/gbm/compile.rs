//! From trees to the tables of a [`QuickScorer`].
#![allow(
    clippy::indexing_slicing,
    reason = "blocks and lanes are a tree's number divided by the trees a block"
)]

use std::collections::BTreeMap;

use super::quick_scorer::{Block, Feature, MAX_LEAVES, Mask, QuickScorer, Ranks, TREES_A_BLOCK};
use super::tree::{Split, Test, Tree};

/// The most entries of `Block::mask_at` in all blocks (2 MiB).
const MAX_ENTRIES: usize = 1 << 20;

/// A split and the leaves it leaves open where it sends a row right.
struct Closing<'a> {
    split: &'a Split,
    block: usize,
    lane: usize,
    open: u32,
}

/// What happens to the features, in the order in which they are compiled: a feature may
/// have thresholds in one tree and categories in another.
#[derive(Default)]
struct Splits<'a> {
    at_threshold: BTreeMap<usize, Vec<(f64, Closing<'a>)>>,
    in_category: BTreeMap<usize, Vec<Closing<'a>>>,
}

pub(super) fn compile(trees: &[Tree]) -> Option<QuickScorer> {
    if trees.iter().any(|tree| tree.leaf_values.len() > MAX_LEAVES) {
        return None;
    }
    let mut blocks: Vec<Builder> = trees.chunks(TREES_A_BLOCK).map(Builder::new).collect();
    let Splits { at_threshold, in_category } = splits(trees);
    let mut features = vec![];
    for (column, mut splits) in at_threshold {
        splits.sort_by(|a, b| a.0.total_cmp(&b.0));
        features.push(Feature { column, first_place: place(&blocks)?, ranks: ranks(&mut blocks, &splits)? });
    }
    for (column, splits) in in_category {
        let first_place = place(&blocks)?;
        let none = splits.iter().map(|closing| closing.split.test.categories()).max()?;
        for category in 0..=none {
            push_at(&mut blocks, splits.iter(), category as f64)?;
        }
        features.push(Feature { column, first_place, ranks: Ranks::Categories(none) });
    }
    Some(QuickScorer { features, blocks: blocks.into_iter().map(|builder| builder.block).collect() })
}

fn splits(trees: &[Tree]) -> Splits<'_> {
    let mut found = Splits::default();
    for (number, tree) in trees.iter().enumerate() {
        for (split, under_left) in tree.splits.iter().zip(&tree.under_left) {
            let open = under_left.clone().fold(u32::MAX, |open, leaf| open & !(1 << leaf));
            let (block, lane) = (number / TREES_A_BLOCK, number % TREES_A_BLOCK);
            let closing = Closing { split, block, lane, open };
            match split.test {
                Test::Threshold { at, .. } => {
                    found.at_threshold.entry(split.feature).or_default().push((at, closing));
                }
                Test::Categories(_) => found.in_category.entry(split.feature).or_default().push(closing),
            }
        }
    }
    found
}

/// The ranks of ascending thresholds: each one more closes more.
fn ranks(blocks: &mut [Builder], splits: &[(f64, Closing<'_>)]) -> Option<Ranks> {
    let mut thresholds = vec![];
    push(blocks)?;
    for equal in splits.chunk_by(|a, b| a.0 >= b.0) {
        thresholds.extend(equal.first().map(|(threshold, _)| *threshold));
        for (_, closing) in equal {
            blocks[closing.block].close(closing);
        }
        push(blocks)?;
    }
    for value in [0.0, f64::NAN] {
        push_at(blocks, splits.iter().map(|(_, closing)| closing), value)?;
    }
    blocks.iter_mut().for_each(Builder::reopen);
    Some(Ranks::Thresholds(thresholds))
}

/// Appends a rank for a value, by asking every split.
fn push_at<'a>(
    blocks: &mut [Builder],
    splits: impl Iterator<Item = &'a Closing<'a>>,
    value: f64,
) -> Option<()> {
    blocks.iter_mut().for_each(Builder::reopen);
    for closing in splits.filter(|closing| !closing.split.test.goes_left(value)) {
        blocks[closing.block].close(closing);
    }
    push(blocks)?;
    blocks.iter_mut().for_each(Builder::reopen);
    Some(())
}

/// Appends a rank for what is open now.
fn push(blocks: &mut [Builder]) -> Option<()> {
    let room = MAX_ENTRIES / blocks.len().max(1);
    blocks.iter_mut().try_for_each(|block| block.push(room))
}

/// Where the next rank is going to be.
fn place(blocks: &[Builder]) -> Option<u32> {
    u32::try_from(blocks.first()?.block.mask_at.len()).ok()
}

struct Builder {
    block: Block,
    open: Mask,
    /// The number of each mask, so that none is there twice.
    numbers: BTreeMap<Mask, u16>,
}

impl Builder {
    fn new(trees: &[Tree]) -> Self {
        let leaf_values = |tree: &Tree| {
            let mut values = [0.0; MAX_LEAVES];
            for (value, &leaf) in values.iter_mut().zip(&tree.in_order) {
                *value = tree.leaf_values[leaf];
            }
            values
        };
        let block = Block { leaf_values: trees.iter().map(leaf_values).collect(), ..Block::default() };
        Self { block, open: [u32::MAX; TREES_A_BLOCK], numbers: BTreeMap::new() }
    }

    fn close(&mut self, closing: &Closing<'_>) {
        self.open[closing.lane] &= closing.open;
    }

    fn reopen(&mut self) {
        self.open = [u32::MAX; TREES_A_BLOCK];
    }

    fn push(&mut self, room: usize) -> Option<()> {
        let next = u16::try_from(self.block.masks.len()).ok()?;
        let number = *self.numbers.entry(self.open).or_insert(next);
        if number == next {
            self.block.masks.push(self.open);
        }
        self.block.mask_at.push(number);
        (self.block.mask_at.len() <= room).then_some(())
    }
}
