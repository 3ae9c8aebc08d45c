//! The rows in the order in which the sliced engine meets them, one bitmap a label.
//!
//! Rows of one class stand together, the most promising first, and a class
//! begins at a word of its own. So a block of words has one formula, and the
//! best of its rows' own factors bounds them all.

use super::view::View;
use crate::catalog::rows::columns::RowColumns;
use crate::catalog::rows::labels::Lists;

/// Words of a block: 64 rows each.
pub(crate) const BLOCK: usize = 32;

/// Words whose candidates are found together.
pub(crate) const GROUP: usize = 8;

/// Marks a position that no row has.
const NO_ROW: u32 = u32::MAX;

/// Rows of one class, at most [`BLOCK`] words of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Block {
    pub(crate) class: u16,
    /// Rows, which fill the words from the first bit on.
    pub(crate) rows: u16,
    pub(crate) first_word: u32,
    /// The earliest identifier.
    pub(crate) first_id: u128,
}

impl Block {
    pub(crate) fn words(&self) -> std::ops::Range<usize> {
        let first = self.first_word as usize;
        first..first + usize::from(self.rows).div_ceil(64)
    }

    pub(crate) fn positions(&self) -> std::ops::Range<usize> {
        let first = self.first_word as usize * 64;
        first..first + usize::from(self.rows)
    }
}

/// Where a label stands: a bitmap, or for a rare one the positions themselves.
#[derive(Clone, Debug)]
enum Posting {
    Dense(Box<[u64]>),
    Sparse(Box<[u32]>),
}

/// The postings of all labels of one kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct Postings(Vec<Posting>);

impl Postings {
    fn new(lists: &Lists, order: &[u32]) -> Self {
        let mut counts: Vec<u32> = Vec::new();
        let rows = || order.iter().enumerate().filter(|(_, row)| **row != NO_ROW);
        for (_, row) in rows() {
            for label in lists.of(*row as usize) {
                let label = *label as usize;
                if label >= counts.len() {
                    counts.resize(label + 1, 0);
                }
                counts[label] += 1;
            }
        }
        let words = order.len() / 64;
        let mut dense: Vec<Vec<u64>> = Vec::with_capacity(counts.len());
        let mut sparse: Vec<Vec<u32>> = Vec::with_capacity(counts.len());
        for count in counts {
            // A position takes as many bytes as 32 rows of a bitmap.
            let is_dense = count as usize * 32 >= order.len();
            dense.push(vec![0; if is_dense { words } else { 0 }]);
            sparse.push(Vec::with_capacity(if is_dense { 0 } else { count as usize }));
        }
        for (position, row) in rows() {
            for label in lists.of(*row as usize) {
                let label = *label as usize;
                if let Some(word) = dense[label].get_mut(position / 64) {
                    *word |= 1 << (position % 64);
                } else {
                    sparse[label].push(u32::try_from(position).unwrap_or(NO_ROW));
                }
            }
        }
        let postings = dense.into_iter().zip(sparse).map(|(dense, sparse)| {
            if dense.is_empty() { Posting::Sparse(sparse.into()) } else { Posting::Dense(dense.into()) }
        });
        Self(postings.collect())
    }

    /// Returns the label's bits in a range of words, written to `room` where no bitmap has them.
    #[inline]
    pub(crate) fn words<'a>(
        &'a self,
        label: u32,
        range: &std::ops::Range<usize>,
        room: &'a mut [u64; BLOCK],
    ) -> &'a [u64] {
        match self.0.get(label as usize) {
            Some(Posting::Dense(words)) => &words[range.clone()],
            Some(Posting::Sparse(positions)) => {
                let room = &mut room[..range.len()];
                room.fill(0);
                let first = positions.partition_point(|position| (*position as usize) < range.start * 64);
                for position in &positions[first..] {
                    let position = *position as usize;
                    if position >= range.end * 64 {
                        break;
                    }
                    room[position / 64 - range.start] |= 1 << (position % 64);
                }
                room
            }
            None => {
                let room = &mut room[..range.len()];
                room.fill(0);
                room
            }
        }
    }

    fn bytes(&self) -> usize {
        let each = self.0.iter().map(|posting| match posting {
            Posting::Dense(words) => size_of_val(&**words),
            Posting::Sparse(positions) => size_of_val(&**positions),
        });
        each.sum::<usize>() + self.0.capacity() * size_of::<Posting>()
    }
}

/// The places of the rows that were there when it was built.
#[derive(Clone, Debug, Default)]
pub(crate) struct Layout {
    /// The row of each position.
    pub(crate) order: Vec<u32>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) categories: Postings,
    pub(crate) regions: Postings,
}

impl Layout {
    pub(crate) fn new(columns: &RowColumns, view: &View) -> Self {
        let mut rows: Vec<u32> = (0..columns.len()).filter_map(|row| u32::try_from(row).ok()).collect();
        rows.sort_unstable_by(|a, b| {
            let (a, b) = (*a as usize, *b as usize);
            view.class[a]
                .cmp(&view.class[b])
                .then_with(|| view.own[b].total_cmp(&view.own[a]))
                .then_with(|| columns.ids[a].cmp(&columns.ids[b]))
        });
        let mut layout = Self { order: Vec::with_capacity(rows.len() + 64), ..Self::default() };
        for class in rows.chunk_by(|a, b| view.class[*a as usize] == view.class[*b as usize]) {
            for block in class.chunks(BLOCK * 64) {
                layout.push_block(block, columns, view.class[block[0] as usize]);
            }
        }
        layout.categories = Postings::new(&columns.categories, &layout.order);
        layout.regions = Postings::new(&columns.regions, &layout.order);
        layout
    }

    fn push_block(&mut self, rows: &[u32], columns: &RowColumns, class: u16) {
        let first_id = rows.iter().map(|row| columns.ids[*row as usize]).min().unwrap_or(0);
        self.blocks.push(Block {
            class,
            rows: u16::try_from(rows.len()).unwrap_or(u16::MAX),
            first_word: u32::try_from(self.order.len() / 64).unwrap_or(u32::MAX),
            first_id,
        });
        self.order.extend(rows);
        self.order.resize(self.order.len().next_multiple_of(64), NO_ROW);
    }

    /// Returns how many rows have a place.
    pub(crate) fn row_count(&self) -> usize {
        self.blocks.iter().map(|block| usize::from(block.rows)).sum()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.order.capacity() * size_of::<u32>() + self.blocks.capacity() * size_of::<Block>()
    }

    pub(crate) fn bitmap_bytes(&self) -> usize {
        self.categories.bytes() + self.regions.bytes()
    }
}
