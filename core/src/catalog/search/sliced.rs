//! The fast way: matches of 64 rows counted at once, and only rows that may enter scored.
//!
//! A bitmap a label tells which rows have it. Adding the bitmaps of the
//! anchor's labels as binary numbers, digit by digit, counts the matches of 64
//! rows in a few operations. A row enters the list only if its counts reach
//! one of a few corners (categories, regions), which follow from the score to
//! beat: scores are monotone in both counts, so nothing is missed. What
//! reaches a corner is scored exactly.

use super::counters::{Counters, count_both};
use super::query::{Outcome, Query, Source};
use super::scan::Collector;
use super::score_table::{LeadingTerms, ScoreTable};
use crate::catalog::compiled::layout::{BLOCK, Block, GROUP, Layout};
use crate::catalog::compiled::view::WIDEST;

/// Returns whether the engine can rank for this anchor.
pub(crate) fn can_rank<S: Source>(query: &Query<'_, S>) -> bool {
    query.categories.len() <= WIDEST && query.regions.len() <= WIDEST
}

/// Offers every row of the layout that may enter the list.
pub(crate) fn search<S: Source>(query: &mut Query<'_, S>, layout: &Layout, found: &mut Collector<'_, '_>) {
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
        weakest: (0, 0),
        tables: vec![Table::Unknown; query.source.view().classes.len()],
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

fn offer_all<S: Source>(query: &Query<'_, S>, layout: &Layout, block: &Block, found: &mut Collector<'_, '_>) {
    for row in &layout.order[block.positions()] {
        found.offer(query, *row as usize);
    }
}

/// The scores of a class, as far as matches decide them.
#[derive(Clone)]
enum Table {
    Whole(ScoreTable),
    LeadingTerms(LeadingTerms),
    Unknown,
}

impl Table {
    fn of<S: Source>(query: &Query<'_, S>, class: u16) -> Self {
        match (query.score_table(class), query.leading_terms(class)) {
            (Some(tabled), _) => Self::Whole(tabled),
            (None, Some(lead)) => Self::LeadingTerms(lead),
            (None, None) => Self::Unknown,
        }
    }
}

struct Search<'a> {
    layout: &'a Layout,
    categories: Counters,
    regions: Counters,
    /// The fewest matches of both kinds with which a row may enter.
    corners: Vec<(usize, usize)>,
    /// The corner of the lowest bound: while it may enter, the corners stay.
    weakest: (usize, usize),
    /// By class, as far as the matches decide the scores.
    tables: Vec<Table>,
}

impl Search<'_> {
    fn block<S: Source>(
        &mut self,
        query: &mut Query<'_, S>,
        index: usize,
        block: &Block,
        found: &mut Collector<'_, '_>,
    ) {
        let range = block.words();
        query.prepare_block(index, block.class);
        let class = usize::from(block.class);
        if matches!(self.tables[class], Table::Unknown) {
            self.tables[class] = Table::of(query, block.class);
        }
        self.find_corners(query, index, block, query.source.bounds().highest[index], found);
        if self.corners.is_empty() {
            return;
        }
        self.categories.count(&self.layout.categories, &query.categories, &range);
        self.regions.count(&self.layout.regions, &query.regions, &range);
        self.raise_floor(query, index, block, found);
        for group in 0..range.len().div_ceil(GROUP) {
            let highest = query.source.bounds().groups[index * BLOCK / GROUP + group];
            if !self.is_current(query, index, block, highest, found) {
                self.find_corners(query, index, block, highest, found);
            }
            let mut candidates = self.candidates(group);
            for word in group * GROUP..(group + 1) * GROUP {
                let rows = candidates[word % GROUP];
                if rows == 0 {
                    continue;
                }
                let floor = found.top.floor();
                self.word(query, block, word, rows, found);
                if found.top.floor() > floor && !self.is_current(query, index, block, highest, found) {
                    self.find_corners(query, index, block, highest, found);
                    candidates = self.candidates(group);
                }
            }
        }
    }

    /// Returns what no row of the block with these matches and an own factor up to `highest` scores above.
    #[inline]
    fn bound<S: Source>(
        &self,
        query: &Query<'_, S>,
        index: usize,
        block: &Block,
        (categories, regions): (usize, usize),
        highest: f64,
    ) -> f64 {
        match &self.tables[usize::from(block.class)] {
            Table::Whole(table) => table.score((categories, regions), highest),
            Table::LeadingTerms(table) => {
                table.score((categories, regions), query.highest_share(regions), highest)
            }
            Table::Unknown => query.bound(index, block.class, categories, regions),
        }
    }

    /// Returns whether every corner still may enter, so that finding them anew would change nothing.
    fn is_current<S: Source>(
        &self,
        query: &Query<'_, S>,
        index: usize,
        block: &Block,
        highest: f64,
        found: &Collector<'_, '_>,
    ) -> bool {
        self.corners.is_empty()
            || found.top.may_enter(self.bound(query, index, block, self.weakest, highest), block.first_id)
    }

    /// Takes from the counts of a first block what the last of the best scores at least.
    ///
    /// No row of the block is worth less than its matches, the block's lowest
    /// own factor and, where it counts, its lowest shares.
    fn raise_floor<S: Source>(
        &self,
        query: &Query<'_, S>,
        index: usize,
        block: &Block,
        found: &mut Collector<'_, '_>,
    ) {
        let Some(wanted) = found.top.wanted() else { return };
        if !found.takes_all() || usize::from(block.rows) < wanted {
            return;
        }
        let lowest = query.source.bounds().lowest[index];
        let at_least = |matched: (usize, usize)| match &self.tables[usize::from(block.class)] {
            Table::Whole(table) => table.score(matched, lowest),
            Table::LeadingTerms(table) => table.score(matched, query.lowest_share(matched.1), lowest),
            Table::Unknown => 0.0,
        };
        let width = query.regions.len() + 1;
        let mut cells: Vec<(f64, usize, usize)> = (0..(query.categories.len() + 1) * width)
            .map(|cell| (cell / width, cell % width))
            .map(|matched| (at_least(matched), matched.0, matched.1))
            .collect();
        cells.sort_unstable_by(|a, b| b.0.total_cmp(&a.0));
        let of_categories: Vec<_> = (0..=query.categories.len()).map(|i| self.categories.equal(i)).collect();
        let of_regions: Vec<_> = (0..width).map(|j| self.regions.equal(j)).collect();
        let mut rows = 0;
        for (score, categories, regions) in cells {
            rows += count_both(&of_categories[categories], &of_regions[regions], usize::from(block.rows));
            if rows >= wanted {
                found.top.raise(score);
                return;
            }
        }
    }

    /// Walks down the staircase of counts that may enter.
    fn find_corners<S: Source>(
        &mut self,
        query: &Query<'_, S>,
        index: usize,
        block: &Block,
        highest: f64,
        found: &Collector<'_, '_>,
    ) {
        self.corners.clear();
        let mut weakest = f64::INFINITY;
        let mut regions = query.regions.len() + 1;
        for categories in 0..=query.categories.len() {
            let above = regions;
            while regions > 0 {
                let bound = self.bound(query, index, block, (categories, regions - 1), highest);
                if !found.top.may_enter(bound, block.first_id) {
                    break;
                }
                regions -= 1;
                if bound < weakest {
                    weakest = bound;
                    self.weakest = (categories, regions);
                }
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
        found: &mut Collector<'_, '_>,
    ) {
        let positions = block.positions();
        let table = &self.tables[usize::from(block.class)];
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
            let highest = match table {
                Table::Whole(table) => table.score(matched, own[position]),
                Table::LeadingTerms(table) => {
                    table.score(matched, query.source.highest_share(position), own[position])
                }
                Table::Unknown => f64::INFINITY,
            };
            if highest < floor {
                continue;
            }
            let row = self.layout.order[position] as usize;
            if found.pass.row(row) {
                let outcome = match table {
                    Table::Whole(_) => Outcome::Score(highest),
                    Table::LeadingTerms(table) => {
                        Outcome::Score(table.score(matched, query.source.share(row), own[position]))
                    }
                    Table::Unknown => query.score_placed(block.class, position, row, matched, floor),
                };
                found.enter(query, row, outcome);
            }
        }
    }
}
