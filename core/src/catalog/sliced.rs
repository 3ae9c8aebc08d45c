//! The fast way: matches of 64 rows counted at once, and only rows that may enter scored.
//!
//! A bitmap a label tells which rows have it. Adding the bitmaps of the
//! anchor's labels as binary numbers, digit by digit, counts the matches of 64
//! rows in a few operations. A row enters the list only if its counts reach
//! one of a few corners (categories, regions), which follow from the score to
//! beat: scores are monotone in both counts, so nothing is missed. What
//! reaches a corner is scored exactly.

use super::layout::{BLOCK, Block, Layout, Postings};
use super::query::{Query, Source};
use super::scan::Found;
use super::view::WIDEST;

/// Binary digits of a count up to [`WIDEST`].
const DIGITS: usize = 6;

/// Counts of 64 rows a word: one plane a binary digit.
struct Counters {
    planes: [[u64; BLOCK]; DIGITS],
    /// How many planes a count of all labels takes.
    digits: usize,
}

impl Counters {
    fn new(labels: usize) -> Self {
        Self { planes: [[0; BLOCK]; DIGITS], digits: digits(labels) }
    }

    /// Counts, for each row of the words, how many of the labels it has.
    fn count(&mut self, postings: &Postings, labels: &[u32], range: &std::ops::Range<usize>) {
        let words = range.len();
        for plane in &mut self.planes[..self.digits] {
            plane[..words].fill(0);
        }
        let mut room = [0; BLOCK];
        for (index, label) in labels.iter().enumerate() {
            let bits = postings.words(*label, range, &mut room);
            // The count before this label is at most `index`: no carry goes beyond.
            match digits(index + 1) {
                1 => self.add::<1>(bits),
                2 => self.add::<2>(bits),
                3 => self.add::<3>(bits),
                4 => self.add::<4>(bits),
                5 => self.add::<5>(bits),
                _ => self.add::<DIGITS>(bits),
            }
        }
    }

    #[inline]
    fn add<const N: usize>(&mut self, bits: &[u64]) {
        for (word, bits) in bits.iter().enumerate() {
            let mut carry = *bits;
            for plane in &mut self.planes[..N] {
                let digit = plane[word];
                plane[word] = digit ^ carry;
                carry &= digit;
            }
        }
    }

    /// Keeps in `rows` those whose count is at least `least`.
    fn keep(&self, least: usize, words: std::ops::Range<usize>, rows: &mut [u64; BLOCK]) {
        if least == 0 {
            return;
        }
        let mut reached = [!0; BLOCK];
        for (digit, plane) in self.planes[..self.digits].iter().enumerate() {
            let (reached, plane) = (&mut reached[words.clone()], &plane[words.clone()]);
            if least >> digit & 1 == 1 {
                reached.iter_mut().zip(plane).for_each(|(reached, digit)| *reached &= digit);
            } else {
                reached.iter_mut().zip(plane).for_each(|(reached, digit)| *reached |= digit);
            }
        }
        for word in words {
            rows[word] &= reached[word];
        }
    }

    fn of(&self, word: usize, bit: usize) -> usize {
        self.planes[..self.digits]
            .iter()
            .enumerate()
            .fold(0, |count, (digit, plane)| count | ((plane[word] >> bit & 1) as usize) << digit)
    }
}

fn digits(count: usize) -> usize {
    (usize::BITS - count.leading_zeros()) as usize
}

/// Returns whether the engine can rank for this anchor.
pub(super) fn can_rank<S: Source>(query: &Query<'_, S>) -> bool {
    query.categories.len() <= WIDEST && query.regions.len() <= WIDEST
}

/// Offers every row of the layout that may enter the list.
pub(super) fn search<S: Source>(query: &mut Query<'_, S>, layout: &Layout, found: &mut Found<'_, '_>) {
    let mut order: Vec<(f64, u32)> = Vec::with_capacity(layout.blocks.len());
    for (index, block) in layout.blocks.iter().enumerate() {
        if !query.is_tabled(block.class) {
            offer_all(query, layout, block, found);
        } else if query.is_scored(block.class) {
            let best = query.bound(index, block.class, query.categories.len(), query.regions.len());
            // The number of blocks is below that of rows.
            #[allow(clippy::cast_possible_truncation, reason = "checked when the rows were taken in")]
            order.push((best, index as u32));
        } else if found.takes_all() {
            found.insufficient += u64::from(block.rows);
        } else {
            offer_all(query, layout, block, found);
        }
    }
    order.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut search = Search {
        layout,
        categories: Counters::new(query.categories.len()),
        regions: Counters::new(query.regions.len()),
        corners: Vec::new(),
        step: 1,
    };
    for (best, index) in order {
        let block = &layout.blocks[index as usize];
        if best < found.top.floor() {
            break;
        }
        if found.top.may_enter(best, block.first_id) {
            search.block(query, index as usize, block, found);
        }
    }
}

fn offer_all<S: Source>(query: &Query<'_, S>, layout: &Layout, block: &Block, found: &mut Found<'_, '_>) {
    for row in &layout.order[block.positions()] {
        found.offer(query, *row as usize);
    }
}

struct Search<'a> {
    layout: &'a Layout,
    categories: Counters,
    regions: Counters,
    /// The fewest matches of both kinds with which a row may enter.
    corners: Vec<(usize, usize)>,
    /// How many words to look at before the corners are found anew.
    step: usize,
}

impl Search<'_> {
    fn block<S: Source>(
        &mut self,
        query: &mut Query<'_, S>,
        index: usize,
        block: &Block,
        found: &mut Found<'_, '_>,
    ) {
        let range = block.words();
        query.prepare_block(index, block.class);
        self.find_corners(query, index, block, found);
        if self.corners.is_empty() {
            return;
        }
        self.categories.count(&self.layout.categories, &query.categories, &range);
        self.regions.count(&self.layout.regions, &query.regions, &range);

        let mut word = 0;
        while word < range.len() {
            let end = (word + self.step).min(range.len());
            let floor = found.top.floor();
            self.words(query, block, word..end, found);
            word = end;
            if found.top.floor() > floor {
                self.step = (self.step / 2).max(1);
                self.find_corners(query, index, block, found);
                if self.corners.is_empty() {
                    return;
                }
            } else {
                self.step = (self.step * 2).min(BLOCK);
            }
        }
    }

    /// Walks down the staircase of counts that may enter.
    fn find_corners<S: Source>(
        &mut self,
        query: &Query<'_, S>,
        index: usize,
        block: &Block,
        found: &Found<'_, '_>,
    ) {
        self.corners.clear();
        let mut regions = query.regions.len() + 1;
        for categories in 0..=query.categories.len() {
            let above = regions;
            while regions > 0
                && found
                    .top
                    .may_enter(query.bound(index, block.class, categories, regions - 1), block.first_id)
            {
                regions -= 1;
            }
            if regions < above {
                self.corners.push((categories, regions));
            }
        }
    }

    /// Scores those rows of the words that reach a corner.
    fn words<S: Source>(
        &self,
        query: &Query<'_, S>,
        block: &Block,
        words: std::ops::Range<usize>,
        found: &mut Found<'_, '_>,
    ) {
        let mut candidates = [0; BLOCK];
        for (categories, regions) in &self.corners {
            let mut reached = [!0; BLOCK];
            self.categories.keep(*categories, words.clone(), &mut reached);
            self.regions.keep(*regions, words.clone(), &mut reached);
            for word in words.clone() {
                candidates[word] |= reached[word];
            }
        }
        let positions = block.positions();
        for word in words {
            let mut rows = candidates[word];
            while rows != 0 {
                let bit = rows.trailing_zeros() as usize;
                rows &= rows - 1;
                let position = positions.start + word * 64 + bit;
                if position >= positions.end {
                    break;
                }
                let row = self.layout.order[position] as usize;
                if found.pass.row(row) {
                    let matched = (self.categories.of(word, bit), self.regions.of(word, bit));
                    let outcome = query.score_placed(block.class, position, row, matched, found.top.floor());
                    found.enter(query, row, outcome);
                }
            }
        }
    }
}
