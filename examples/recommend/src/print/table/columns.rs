//! The columns there is room for, and a row set in them.

use super::{GAP, Ranking, Row};
use crate::print::display::bar::{self, bar};
use crate::print::display::page::{BAR, BOLD, PLAIN, Span};
use crate::print::display::percent;
use crate::print::display::text::{cell, clean, width};

const SCORE: usize = 6;
const RANGE: usize = 9;
const COVERAGE: usize = 8;

/// Which columns there is room for, and how wide the one for the name is.
pub(super) struct Columns {
    rank: usize,
    name: usize,
    bar: bool,
    range: bool,
}

impl Columns {
    const NARROWEST_NAME: usize = 12;
    const WIDEST_NAME: usize = 40;

    pub(super) fn of(ranking: &Ranking, limit: usize) -> Self {
        let last = ranking.rows.iter().map(|row| row.rank).max();
        let rank = last.unwrap_or(0).to_string().len().max(2);
        let bare = rank + GAP.len() + GAP.len() + SCORE + GAP.len() + COVERAGE;
        let (bar, range) = (1 + bar::WIDTH, GAP.len() + RANGE);
        let left = |taken: usize| limit.saturating_sub(taken);
        let with = |taken, bar, range| Self { rank, name: left(taken).min(Self::WIDEST_NAME), bar, range };
        if left(bare + bar + range) >= Self::NARROWEST_NAME {
            with(bare + bar + range, true, true)
        } else if left(bare + bar) >= Self::NARROWEST_NAME {
            with(bare + bar, true, false)
        } else {
            with(bare, false, false)
        }
    }

    /// What reasons are set in by, to stand below the name.
    pub(super) fn indent(&self) -> String {
        " ".repeat(self.rank + GAP.len())
    }

    pub(super) fn header(&self, column: &str) -> String {
        let rank = format!("{:>rank$}", "#", rank = self.rank);
        let score = if self.bar { SCORE + 1 + bar::WIDTH } else { SCORE };
        let score = format!("{:score$}", "score");
        let mut cells = vec![rank, padded(column, self.name), score];
        if self.range {
            cells.push(format!("{:>RANGE$}", "range"));
        }
        cells.push(format!("{:>COVERAGE$}", "coverage"));
        cells.join(GAP)
    }

    pub(super) fn row(&self, row: &Row) -> Vec<Span> {
        let name = padded(&clean(&row.name), self.name);
        let mut spans = vec![
            (PLAIN, format!("{:>rank$}{GAP}", row.rank, rank = self.rank)),
            (BOLD, name),
            (PLAIN, format!("{GAP}{}", padded(&clean(&row.decimal), SCORE))),
        ];
        if self.bar {
            spans.push((PLAIN, " ".to_owned()));
            spans.push((BAR, bar(row.score)));
        }
        if self.range {
            let range = format!("{:.2}-{:.2}", row.lower, row.upper);
            spans.push((PLAIN, format!("{GAP}{range:>RANGE$}")));
        }
        spans.push((PLAIN, format!("{GAP}{:>COVERAGE$}", percent(row.coverage))));
        spans
    }
}

fn padded(text: &str, limit: usize) -> String {
    let text = cell(text, limit);
    let missing = limit.saturating_sub(width(&text));
    text + &" ".repeat(missing)
}
