//! All trees at once, feature by feature, without following a single branch of a tree.
#![allow(
    clippy::indexing_slicing,
    reason = "`compile` numbers places, masks and leaves; a row's length is checked before"
)]

use super::tree::{canonical, category};

/// The most leaves of a tree that is compiled: one bit each.
pub(super) const MAX_LEAVES: usize = u32::BITS as usize;
/// Trees that are scored together: their leaves fill one cache line.
pub(super) const TREES_A_BLOCK: usize = 16;
/// Rows that are scored together, so that what a block needs stays in the nearest cache.
const ROWS_A_BATCH: usize = 32;

/// The leaves still open in each tree of a block.
pub(super) type Mask = [u32; TREES_A_BLOCK];

/// Trees compiled after Lucchese et al., *QuickScorer: a Fast Algorithm to Rank Documents
/// with Additive Ensembles of Regression Trees* (2015).
///
/// All leaves of a tree are open at first, one bit each from left to right. A split that
/// sends the row right closes the leaves under its left child; when all splits had their
/// say, the leftmost open leaf is the one the row comes to. Closing commutes, so here a
/// feature's splits close their leaves in one go: where the value stands among the
/// feature's thresholds tells which leaves stay open in each tree, prepared as one mask
/// a block of trees. No branch depends on where a row goes, so none is mispredicted.
#[derive(Clone, Debug)]
pub(super) struct QuickScorer {
    pub(super) features: Vec<Feature>,
    pub(super) blocks: Vec<Block>,
}

/// A feature that some split asks for.
#[derive(Clone, Debug)]
pub(super) struct Feature {
    pub(super) column: usize,
    /// Where its ranks begin among those of all features.
    pub(super) first_place: u32,
    pub(super) ranks: Ranks,
}

/// The values that no split of a feature tells apart share a rank.
#[derive(Clone, Debug)]
pub(super) enum Ranks {
    /// How many of these ascending thresholds are below the value; then one rank for 0
    /// and one for NaN, which may be missing values and go where the splits say.
    Thresholds(Vec<f64>),
    /// The category itself; then one rank for all that is in no set.
    Categories(usize),
}

/// Up to `TREES_A_BLOCK` trees.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    /// Which of `masks` belongs to each rank of each feature.
    pub(super) mask_at: Vec<u16>,
    pub(super) masks: Vec<Mask>,
    /// For each tree the values of its leaves from left to right.
    pub(super) leaf_values: Vec<[f64; MAX_LEAVES]>,
}

impl QuickScorer {
    /// Appends the score of each row: the sum over trees, first to last, of the leaves it comes to.
    pub(super) fn score<R: AsRef<[f64]>>(&self, rows: &[R], scores: &mut Vec<f64>) {
        let width = self.features.len();
        let mut places = Vec::with_capacity(width * rows.len().min(ROWS_A_BATCH));
        for batch in rows.chunks(ROWS_A_BATCH) {
            places.clear();
            for row in batch {
                places.extend(self.features.iter().map(|feature| feature.place(row.as_ref())));
            }
            let from = scores.len();
            scores.resize(from + batch.len(), 0.0);
            for block in &self.blocks {
                for (row, score) in scores[from..].iter_mut().enumerate() {
                    block.add(&places[row * width..][..width], score);
                }
            }
        }
    }
}

impl Feature {
    fn place(&self, row: &[f64]) -> u32 {
        self.first_place + self.ranks.of(row[self.column])
    }
}

impl Ranks {
    #[expect(clippy::cast_possible_truncation, reason = "`compile` allows fewer ranks than 2^32")]
    fn of(&self, value: f64) -> u32 {
        let rank = match self {
            Self::Thresholds(thresholds) => {
                let value = canonical(value);
                if value.is_nan() {
                    thresholds.len() + 2
                } else if value == 0.0 {
                    thresholds.len() + 1
                } else {
                    thresholds.partition_point(|&threshold| threshold < value)
                }
            }
            Self::Categories(none) => category(value).map_or(*none, |category| category.min(*none)),
        };
        rank as u32
    }
}

impl Block {
    /// Adds the block's trees to a score.
    fn add(&self, places: &[u32], score: &mut f64) {
        for (leaf_values, open) in self.leaf_values.iter().zip(self.open(places)) {
            *score += leaf_values[open.trailing_zeros() as usize];
        }
    }

    // Inlined, the sixteen lanes become sixteen variables and are no longer vectors.
    #[inline(never)]
    fn open(&self, places: &[u32]) -> Mask {
        let mut open = [u32::MAX; TREES_A_BLOCK];
        for &place in places {
            let mask = &self.masks[usize::from(self.mask_at[place as usize])];
            for (open, mask) in open.iter_mut().zip(mask) {
                *open &= mask;
            }
        }
        open
    }
}
