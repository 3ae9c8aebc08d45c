//! The fast way: matches of 64 rows counted at once, and only rows that may enter scored.
//!
//! A bitmap a label tells which rows have it. Adding the bitmaps of the
//! anchor's labels as binary numbers, digit by digit, counts the matches of 64
//! rows in a few operations. A row enters the list only if its counts reach
//! one of a few corners (categories, regions), which follow from the score to
//! beat: scores are monotone in both counts, so nothing is missed. What
//! reaches a corner is scored exactly.

use super::layout::{BLOCK, Block, Layout, Postings};
use super::query::{Outcome, Query, Source};
use super::scan::Found;
use super::uniform::Tabled;
use super::view::WIDEST;

/// Binary digits of a count up to [`WIDEST`].
const DIGITS: usize = 6;

/// Words whose candidates are found together.
const GROUP: usize = 8;

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

    /// Keeps in `rows` those of a group whose count is at least `least`.
    #[inline]
    fn keep(&self, least: usize, group: usize, rows: &mut [u64; GROUP]) {
        if least == 0 {
            return;
        }
        let mut reached = [!0; GROUP];
        for (digit, plane) in self.planes[..self.digits].iter().enumerate() {
            let plane = &plane.as_chunks::<GROUP>().0[group];
            if least >> digit & 1 == 1 {
                reached.iter_mut().zip(plane).for_each(|(reached, digit)| *reached &= digit);
            } else {
                reached.iter_mut().zip(plane).for_each(|(reached, digit)| *reached |= digit);
            }
        }
        rows.iter_mut().zip(reached).for_each(|(rows, reached)| *rows &= reached);
    }

    /// Keeps in `rows` those of a group whose count is `count`.
    #[inline]
    fn keep_equal(&self, count: usize, group: usize, rows: &mut [u64; GROUP]) {
        for (digit, plane) in self.planes[..self.digits].iter().enumerate() {
            let plane = &plane.as_chunks::<GROUP>().0[group];
            let flip = if count >> digit & 1 == 1 { 0 } else { !0 };
            rows.iter_mut().zip(plane).for_each(|(rows, digit)| *rows &= digit ^ flip);
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
        tabled: vec![None; query.source.view().classes.len()],
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
    /// By class, the scores that matches and the rows' own factor decide.
    tabled: Vec<Option<Tabled>>,
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
        let class = usize::from(block.class);
        if self.tabled[class].is_none() {
            self.tabled[class] = Tabled::of(query, block.class);
        }
        self.find_corners(query, index, block, found);
        if self.corners.is_empty() {
            return;
        }
        self.categories.count(&self.layout.categories, &query.categories, &range);
        self.regions.count(&self.layout.regions, &query.regions, &range);
        if self.raise_floor(query, index, block, found) {
            self.find_corners(query, index, block, found);
        }
        for group in 0..range.len().div_ceil(GROUP) {
            let mut candidates = self.candidates(group);
            for word in group * GROUP..(group + 1) * GROUP {
                let rows = candidates[word % GROUP];
                if rows == 0 {
                    continue;
                }
                let floor = found.top.floor();
                self.word(query, block, word, rows, found);
                if found.top.floor() > floor {
                    self.find_corners(query, index, block, found);
                    candidates = self.candidates(group);
                }
            }
        }
    }

    /// Takes from the counts of a first block what the last of the best scores at least.
    ///
    /// No row of the block is worth less than its matches and the block's lowest own factor.
    fn raise_floor<S: Source>(
        &self,
        query: &Query<'_, S>,
        index: usize,
        block: &Block,
        found: &mut Found<'_, '_>,
    ) -> bool {
        let (Some(wanted), Some(tabled)) = (found.top.wanted(), &self.tabled[usize::from(block.class)])
        else {
            return false;
        };
        if !found.takes_all() || usize::from(block.rows) < wanted {
            return false;
        }
        let lowest = query.source.bounds().lowest[index];
        let regions = query.regions.len() + 1;
        let mut cells: Vec<(f64, usize, usize)> = (0..(query.categories.len() + 1) * regions)
            .map(|cell| (cell / regions, cell % regions))
            .map(|matched| (tabled.score(matched, lowest), matched.0, matched.1))
            .collect();
        cells.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let mut rows = 0;
        for (score, categories, regions) in cells {
            rows += self.count_cell((categories, regions), usize::from(block.rows));
            if rows >= wanted {
                found.top.raise(score);
                return true;
            }
        }
        false
    }

    /// Counts the rows of the block that have exactly these matches.
    fn count_cell(&self, (categories, regions): (usize, usize), rows: usize) -> usize {
        let mut count = 0;
        for group in 0..rows.div_ceil(64).div_ceil(GROUP) {
            let mut same = [!0; GROUP];
            self.categories.keep_equal(categories, group, &mut same);
            self.regions.keep_equal(regions, group, &mut same);
            for (word, same) in same.iter().enumerate() {
                let first = (group * GROUP + word) * 64;
                // Beyond the last row of the block there is none.
                let there = match rows.saturating_sub(first) {
                    0 => 0,
                    left if left >= 64 => !0,
                    left => (1 << left) - 1,
                };
                count += (same & there).count_ones() as usize;
            }
        }
        count
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
        let highest = query.source.bounds().highest[index];
        let tabled = self.tabled[usize::from(block.class)].as_ref();
        let may_enter = |categories: usize, regions: usize| {
            let bound = match tabled {
                Some(tabled) => tabled.score((categories, regions), highest),
                None => query.bound(index, block.class, categories, regions),
            };
            found.top.may_enter(bound, block.first_id)
        };
        let mut regions = query.regions.len() + 1;
        for categories in 0..=query.categories.len() {
            let above = regions;
            while regions > 0 && may_enter(categories, regions - 1) {
                regions -= 1;
            }
            if regions < above {
                self.corners.push((categories, regions));
            }
        }
    }

    /// Returns the rows of a group that reach a corner.
    fn candidates(&self, group: usize) -> [u64; GROUP] {
        let mut candidates = [0; GROUP];
        for (categories, regions) in &self.corners {
            let mut reached = [!0; GROUP];
            self.categories.keep(*categories, group, &mut reached);
            self.regions.keep(*regions, group, &mut reached);
            candidates.iter_mut().zip(reached).for_each(|(candidates, reached)| *candidates |= reached);
        }
        candidates
    }

    /// Scores the candidates of a word.
    fn word<S: Source>(
        &self,
        query: &Query<'_, S>,
        block: &Block,
        word: usize,
        candidates: u64,
        found: &mut Found<'_, '_>,
    ) {
        let positions = block.positions();
        let tabled = self.tabled[usize::from(block.class)].as_ref();
        let own = &query.source.bounds().own;
        let mut rows = candidates;
        while rows != 0 {
            let bit = rows.trailing_zeros() as usize;
            rows &= rows - 1;
            let position = positions.start + word * 64 + bit;
            if position >= positions.end {
                break;
            }
            let matched = (self.categories.of(word, bit), self.regions.of(word, bit));
            let floor = found.top.floor();
            let score = tabled.map(|tabled| tabled.score(matched, own[position]));
            if score.is_some_and(|score| score < floor) {
                continue;
            }
            let row = self.layout.order[position] as usize;
            if found.pass.row(row) {
                let outcome = match score {
                    Some(score) => Outcome::Score(score),
                    None => query.score_placed(block.class, position, row, matched, floor),
                };
                found.enter(query, row, outcome);
            }
        }
    }
}
