//! Every pair of the catalog, into columns that the caller owns.

use std::ops::Range;

use super::Catalog;
use super::compiled::view::unknown;
use super::rows::columns::EventColumns;
use super::search::events_for::EventsFor;
use super::search::query::Query;
use super::search::score_table::ClassTerms;
use crate::error::{Error, ErrorKind};
use crate::factors::{Leaf, LeafSet, LeafValue};

/// Pairs that are worked on at a time, so that what they share stays near.
const CHUNK: usize = 16_384;

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
    pub fn score_all(&self, columns: Columns<'_>) -> Result<(), Error> {
        self.score_all_while(columns, || true)
    }

    /// Scores every pair as [`score_all`](Self::score_all) does, as long as `goes_on` says so after
    /// each sponsor; what comes after is left as it was.
    ///
    /// For whoever may lose interest meanwhile, such as a user who presses Ctrl-C.
    ///
    /// # Errors
    /// As [`score_all`](Self::score_all).
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Catalog, Columns, Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
    ///     .sponsors([1, 2].map(|id| SponsorProfile::new(SponsorId::from_bytes([id; 16]))))
    ///     .events([Event::new(EventId::from_bytes([3; 16]))])
    ///     .build()?;
    /// let mut score = [0.0; 2];
    /// catalog.score_all_while(Columns { score: Some(&mut score), ..Columns::default() }, || false)?;
    /// assert_eq!(score, [0.425, 0.0]);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn score_all_while(
        &self,
        mut columns: Columns<'_>,
        mut goes_on: impl FnMut() -> bool,
    ) -> Result<(), Error> {
        let event_count = self.event_count();
        columns.check(self.sponsor_count() * event_count)?;
        let plan = self.scorer.plan();
        let coverage: Vec<f64> = (0..128).map(|bits| plan.coverage(LeafSet::of_bits(bits))).collect();
        let layout = Rows::new(self);
        for (number, sponsor) in self.sponsors().enumerate() {
            let query = EventsFor::query(sponsor, &self.scorer, &self.labels, &self.events);
            let [categories, regions] = query.set_counts();
            let pairs = Pairs { query: &query, rows: &layout, coverage: &coverage, categories, regions };
            for run in &layout.runs {
                let at = number * event_count + run.at;
                pairs.write(run, at..at + run.rows.len(), &mut columns);
            }
            if !goes_on() {
                break;
            }
        }
        Ok(())
    }
}

/// Rows that stand one after the other, in the columns as in the order of reading, and are of one class.
struct Run {
    class: u16,
    rows: Range<usize>,
    /// Where the first of them is in the order of reading.
    at: usize,
}

/// What is the same for every sponsor.
struct Rows<'a> {
    events: &'a EventColumns,
    own: &'a [f64],
    runs: Vec<Run>,
    /// The two rates as they enter a score, by row.
    rates: [Vec<f64>; 2],
    /// The bits of those of them that are unknown.
    unknown: Vec<u8>,
}

impl<'a> Rows<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        let (events, view) = (&*catalog.events.columns, &*catalog.events.view);
        let mut runs: Vec<Run> = Vec::new();
        for (at, (slot, _)) in catalog.events.table.iter().enumerate() {
            let row = catalog.events.rows[slot] as usize;
            let class = view.class[row];
            match runs.last_mut() {
                Some(run) if run.class == class && run.rows.end == row && run.rows.len() < CHUNK => {
                    run.rows.end += 1;
                }
                _ => runs.push(Run { class, rows: row..row + 1, at }),
            }
        }
        let mut rates = [Vec::with_capacity(view.class.len()), Vec::with_capacity(view.class.len())];
        let mut unknowns = Vec::with_capacity(view.class.len());
        let mut leaves = [LeafValue::Known(0.0); 7];
        for row in 0..view.class.len() {
            let [engagement, conversion] = events.rates(row);
            leaves[Leaf::EngagementScore as usize] = engagement;
            leaves[Leaf::TicketConversionRate as usize] = conversion;
            let entered = catalog.scorer.plan().entered(&leaves);
            rates[0].push(entered[Leaf::EngagementScore as usize]);
            rates[1].push(entered[Leaf::TicketConversionRate as usize]);
            unknowns.push(unknown(&leaves).bits());
        }
        Self { events, own: &view.own, runs, rates, unknown: unknowns }
    }
}

/// The pairs of one sponsor.
struct Pairs<'a> {
    query: &'a Query<'a, EventsFor<'a>>,
    rows: &'a Rows<'a>,
    /// Coverage by the bits of what is unknown.
    coverage: &'a [f64],
    /// Matches by set of categories and of regions.
    categories: Vec<u16>,
    regions: Vec<u16>,
}

impl Pairs<'_> {
    fn write(&self, run: &Run, range: Range<usize>, columns: &mut Columns<'_>) {
        let uniform = self.query.class_terms(run.class);
        if let Some(score) = &mut columns.score {
            let score = &mut score[range.clone()];
            match &uniform {
                Some(uniform) => self.write_scores(uniform, run, score),
                None => each(run, score, |row| self.query.number(row)),
            }
        }
        if let Some(coverage) = &mut columns.coverage {
            let coverage = &mut coverage[range.clone()];
            match &uniform {
                Some(uniform) => {
                    let shared = uniform.unknown.bits();
                    let unknown = &self.rows.unknown[run.rows.clone()];
                    let first = unknown.first().copied().unwrap_or_default();
                    if unknown.iter().all(|bits| *bits == first) {
                        coverage.fill(self.coverage[usize::from((shared | first) & 127)]);
                    } else {
                        for (coverage, unknown) in coverage.iter_mut().zip(unknown) {
                            *coverage = self.coverage[usize::from((shared | unknown) & 127)];
                        }
                    }
                }
                None => {
                    each(run, coverage, |row| self.coverage[usize::from(self.query.entered(row).0.bits())]);
                }
            }
        }
        for (leaf, column) in Leaf::ALL.into_iter().zip(&mut columns.leaves) {
            if let Some(column) = column {
                let column = &mut column[range.clone()];
                match &uniform {
                    Some(uniform) => self.write_leaf(uniform, run, leaf, column),
                    None => each(run, column, |row| self.query.entered(row).1[leaf as usize]),
                }
            }
        }
    }

    fn write_scores(&self, uniform: &ClassTerms<'_>, run: &Run, scores: &mut [f64]) {
        let (starts, width) = (uniform.starts(), uniform.regions.len());
        let shared = uniform.shared;
        let categories = &self.rows.events.common.categories.sets[run.rows.clone()];
        let regions = &self.rows.events.common.regions.sets[run.rows.clone()];
        let own = &self.rows.own[run.rows.clone()];
        for (((score, categories), regions), own) in scores.iter_mut().zip(categories).zip(regions).zip(own) {
            let matched = usize::from(self.categories[*categories as usize]) * width;
            let start = starts[matched + usize::from(self.regions[*regions as usize])];
            *score = shared.finish(start, *own, uniform.objectives);
        }
    }

    fn write_leaf(&self, uniform: &ClassTerms<'_>, run: &Run, leaf: Leaf, column: &mut [f64]) {
        let columns = &self.rows.events.common;
        let rates = |rates: &[f64], column: &mut [f64]| column.copy_from_slice(&rates[run.rows.clone()]);
        match leaf {
            // What all of them lack is left out under one policy, and in the tables under the other.
            _ if uniform.unknown.contains(leaf) && self.query.scorer.plan().leaves_out() => {
                column.fill(f64::NAN);
            }
            Leaf::BudgetFit => column.fill(uniform.budget),
            Leaf::Categories => {
                spread(
                    column,
                    &columns.categories.sets[run.rows.clone()],
                    &self.categories,
                    uniform.categories,
                );
            }
            Leaf::GeoFit if uniform.geo_fit.is_some() => column.fill(uniform.geo_fit.unwrap_or_default()),
            Leaf::Geo | Leaf::GeoFit => {
                spread(column, &columns.regions.sets[run.rows.clone()], &self.regions, uniform.regions);
            }
            Leaf::EngagementScore => rates(&self.rows.rates[0], column),
            Leaf::TicketConversionRate => rates(&self.rows.rates[1], column),
            Leaf::ObjectivesSimilarity => column.fill(uniform.objectives),
        }
    }
}

/// Writes the value of each row's matches.
fn spread(column: &mut [f64], sets: &[u32], matched: &[u16], values: &[f64]) {
    // One load a row instead of two that wait for each other, where the table is made for enough rows.
    if matched.len() <= column.len() {
        let of_sets: Vec<f64> = matched.iter().map(|count| values[usize::from(*count)]).collect();
        for (value, set) in column.iter_mut().zip(sets) {
            *value = of_sets[*set as usize];
        }
        return;
    }
    for (value, set) in column.iter_mut().zip(sets) {
        *value = values[usize::from(matched[*set as usize])];
    }
}

fn each(run: &Run, column: &mut [f64], value: impl Fn(usize) -> f64) {
    for (own, row) in column.iter_mut().zip(run.rows.clone()) {
        *own = value(row);
    }
}
