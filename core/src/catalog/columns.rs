//! Every pair of the catalog, into columns that the caller owns.

use super::Catalog;
use super::events_for::EventsFor;
use super::query::Query;
use crate::error::{Error, ErrorKind};
use crate::factors::{Leaf, LeafSet};

/// Pairs that are worked on at a time, so that what they share stays near.
const CHUNK: usize = 2048;

/// Where [`Catalog::score_all`] writes: those columns that are asked for.
///
/// Each holds a number for every pair, sponsor by sponsor and for each its
/// events, both in the order of reading: the pair of sponsor `s` and event `e`
/// is at `s * event_count + e`.
///
/// # Examples
/// See [`Catalog::score_all`].
#[derive(Debug, Default)]
pub struct Columns<'a> {
    /// The score, 0 to 1; NaN where there is none.
    pub score: Option<&'a mut [f64]>,
    /// What entered the score, in the order of [`Leaf::ALL`]; NaN for what was left out.
    pub leaves: [Option<&'a mut [f64]>; 7],
    /// The share of the formula's weight that rests on known facts, 0 to 1.
    pub coverage: Option<&'a mut [f64]>,
}

impl Columns<'_> {
    fn check(&self, pairs: usize) -> Result<(), Error> {
        let named = |name: &str, column: Option<&&mut [f64]>| match column {
            Some(column) if column.len() != pairs => {
                let message = format!("{} numbers are not the {pairs} of all pairs", column.len());
                Err(Error::new(ErrorKind::OutOfRange, message).within(name))
            }
            _ => Ok(()),
        };
        named("score", self.score.as_ref())?;
        named("coverage", self.coverage.as_ref())?;
        for (leaf, column) in Leaf::ALL.into_iter().zip(&self.leaves) {
            named(leaf.path(), column.as_ref())?;
        }
        Ok(())
    }
}

impl Catalog {
    /// Scores every pair, and writes the columns that are asked for.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] when a column has not one number for each pair.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Columns, Event, EventId, Leaf, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .sponsors([SponsorProfile::new(SponsorId::from_bytes([1; 16]))])
    ///     .events([Event::new(EventId::from_bytes([2; 16])), Event::new(EventId::from_bytes([3; 16]))])
    ///     .build()?;
    /// let (mut score, mut budget_fit) = ([0.0; 2], [0.0; 2]);
    /// let mut columns = Columns { score: Some(&mut score), ..Columns::default() };
    /// columns.leaves[Leaf::BudgetFit as usize] = Some(&mut budget_fit);
    /// catalog.score_all(columns)?;
    /// assert_eq!((score, budget_fit), ([0.425; 2], [0.5; 2]));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn score_all(&self, mut columns: Columns<'_>) -> Result<(), Error> {
        columns.check(self.sponsor_count() * self.event_count())?;
        let rows: Vec<u32> = self.events.table.iter().map(|(slot, _)| self.events.rows[slot]).collect();
        let coverage: Vec<f64> =
            (0..128).map(|bits| self.scorer.plan().coverage(LeafSet::of_bits(bits))).collect();
        let mut pairs = Pairs { coverage, ..Pairs::default() };
        let mut first = 0;
        for sponsor in self.sponsors() {
            let query = EventsFor::query(sponsor, &self.scorer, &self.labels, &self.events);
            pairs.begin(&query);
            for rows in rows.chunks(CHUNK) {
                let range = first..first + rows.len();
                pairs.write(&query, rows, range.clone(), &mut columns);
                first = range.end;
            }
        }
        Ok(())
    }
}

/// What the pairs of one sponsor need again and again.
#[derive(Debug, Default)]
struct Pairs {
    /// Coverage by the bits of what is unknown.
    coverage: Vec<f64>,
    /// Matches by set of categories and of regions.
    categories: Vec<u16>,
    regions: Vec<u16>,
    /// By class, where its table begins; none where a row's score takes more than its own factor.
    starts: Vec<Option<usize>>,
    table: Vec<f64>,
}

impl Pairs {
    fn begin(&mut self, query: &Query<'_, EventsFor<'_>>) {
        query.set_counts(&mut self.categories, &mut self.regions);
        self.starts.clear();
        self.table.clear();
        for class in 0..query.class_count() {
            let first = self.table.len();
            self.starts.push(query.push_starts(class, &mut self.table).then_some(first));
        }
    }

    fn write(
        &self,
        query: &Query<'_, EventsFor<'_>>,
        rows: &[u32],
        range: std::ops::Range<usize>,
        columns: &mut Columns<'_>,
    ) {
        if let Some(score) = &mut columns.score {
            self.write_scores(query, rows, &mut score[range.clone()]);
        }
        if columns.coverage.is_none() && columns.leaves.iter().all(Option::is_none) {
            return;
        }
        for (row, pair) in rows.iter().zip(range) {
            let row = *row as usize;
            let (unknown, values) = query.entered(row, self.matched(query, row));
            if let Some(coverage) = &mut columns.coverage {
                coverage[pair] = self.coverage[unknown.bits() as usize];
            }
            for (column, value) in columns.leaves.iter_mut().zip(values) {
                if let Some(column) = column {
                    column[pair] = value;
                }
            }
        }
    }

    #[inline]
    fn matched(&self, query: &Query<'_, EventsFor<'_>>, row: usize) -> (usize, usize) {
        let (categories, regions) = query.sets(row);
        (self.categories[categories].into(), self.regions[regions].into())
    }

    fn write_scores(&self, query: &Query<'_, EventsFor<'_>>, rows: &[u32], scores: &mut [f64]) {
        let width = query.regions.len() + 1;
        for (row, score) in rows.iter().zip(scores) {
            let row = *row as usize;
            let (categories, regions) = self.matched(query, row);
            *score = match self.starts[query.class(row)] {
                Some(first) => query.finish(row, self.table[first + categories * width + regions]),
                None => query.number(row, (categories, regions)),
            };
        }
    }
}
