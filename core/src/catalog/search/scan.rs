//! The plain way: every row, one after the other. It is the fall-back, and what the engine is tested against.

use super::filter::{Filter, Pass};
use super::query::{Outcome, Query, Source};
use super::score_table::ScoreTable;
use super::top_k::{Entry, TopK};

/// What a search collects: the best rows, and how many had no score.
pub(crate) struct Collector<'a, 'f> {
    pub(crate) top: TopK,
    pub(crate) insufficient: u64,
    pub(crate) pass: &'a Pass<'a>,
    pub(crate) filter: &'f Filter<'f>,
}

impl Collector<'_, '_> {
    /// Scores a row and enters it where it belongs.
    #[inline]
    pub(crate) fn offer<S: Source>(&mut self, query: &Query<'_, S>, row: usize) {
        if self.pass.row(row) {
            self.enter(query, row, query.score(row, self.top.floor()));
        }
    }

    /// Enters a row that passes the filter, by its score.
    #[inline]
    pub(crate) fn enter<S: Source>(&mut self, query: &Query<'_, S>, row: usize, outcome: Outcome) {
        match outcome {
            Outcome::Score(score) => {
                let id = query.source.columns().ids[row];
                if self.top.admits(score, id) && self.is_eligible(query, row) {
                    // A table has fewer rows than u32 has numbers.
                    #[allow(clippy::cast_possible_truncation, reason = "checked when the row was taken in")]
                    self.top.push(Entry { score, id, row: row as u32 });
                }
            }
            Outcome::Below => {}
            Outcome::InsufficientData => self.insufficient += u64::from(self.is_eligible(query, row)),
        }
    }

    /// Returns whether every row passes, whatever it is.
    pub(crate) fn takes_all(&self) -> bool {
        self.filter.is_open() && self.pass.takes_all()
    }

    pub(crate) fn is_eligible<S: Source>(&self, query: &Query<'_, S>, row: usize) -> bool {
        self.filter.is_open() || {
            let pair = query.source.pair(row);
            pair.is_some_and(|(sponsor, (event, insights))| self.filter.accepts(sponsor, event, insights))
        }
    }
}

/// Offers every row of a range, or those of it that the filter names.
pub(crate) fn scan<S: Source>(
    query: &Query<'_, S>,
    rows: std::ops::Range<usize>,
    found: &mut Collector<'_, '_>,
) {
    let pass = found.pass;
    match &pass.only {
        Some(only) => {
            for row in only.iter().filter(|row| rows.contains(row)) {
                found.offer(query, *row);
            }
        }
        None if rows.len() > few(query) => scan_many(query, rows, found),
        None => {
            for row in rows {
                found.offer(query, row);
            }
        }
    }
}

/// Returns how many rows are too few for counting the matches of every set first.
fn few<S: Source>(query: &Query<'_, S>) -> usize {
    let columns = query.source.columns();
    (columns.categories.set_count() + columns.regions.set_count()) / 4
}

/// Offers every row of a range, the matches of each distinct set being counted once.
fn scan_many<S: Source>(query: &Query<'_, S>, rows: std::ops::Range<usize>, found: &mut Collector<'_, '_>) {
    let [categories, regions] = query.set_counts();
    let columns = query.source.columns();
    let view = query.source.view();
    let tabled: Vec<Option<ScoreTable>> =
        (0..=u16::MAX).take(view.classes.len()).map(|class| query.score_table(class)).collect();
    let sets = columns.categories.sets[rows.clone()].iter().zip(&columns.regions.sets[rows.clone()]);
    let of_rows = view.class[rows.clone()].iter().zip(&view.own[rows.clone()]).zip(sets);
    let mut floor = found.top.floor();
    for (row, ((class, own), (of_categories, of_regions))) in rows.zip(of_rows) {
        let matched = (categories[*of_categories as usize].into(), regions[*of_regions as usize].into());
        let score = tabled[usize::from(*class)].as_ref().map(|tabled| tabled.score(matched, *own));
        if score.is_some_and(|score| score < floor) || !found.pass.row(row) {
            continue;
        }
        let outcome = match score {
            Some(score) => Outcome::Score(score),
            None => query.score_matched(row, matched, floor),
        };
        found.enter(query, row, outcome);
        floor = found.top.floor();
    }
}
