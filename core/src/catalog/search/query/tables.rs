//! What a scan of many rows asks of an anchor: what all rows of a class share, in tables.

use super::{GeoFit, Outcome, Query, Source};
use crate::catalog::compiled::view::unknown;
use crate::catalog::search::score_table::{ClassTerms, LeadingTerms, ScoreTable};
use crate::factors::LeafSet;

impl<S: Source> Query<'_, S> {
    /// Counts the matches of every distinct set of categories and of regions.
    pub(crate) fn set_counts(&self) -> [Vec<u16>; 2] {
        let columns = self.source.columns();
        [columns.categories.counts(&self.categories), columns.regions.counts(&self.regions)]
    }

    /// Returns what the rows of a class share, where nothing but its own factor and matches differs.
    pub(crate) fn class_terms(&self, class: u16) -> Option<ClassTerms<'_>> {
        let terms = &self.terms[usize::from(class)];
        let geo_fit = match terms.geo_fit {
            GeoFit::Overlap => None,
            GeoFit::Fixed(value) => Some(value),
            GeoFit::Share => return None,
        };
        if terms.slow || !self.similarity.is_unknown() {
            return None;
        }
        Some(ClassTerms {
            shared: terms.shared[0]?,
            budget: terms.budget?,
            categories: &self.values[terms.categories..=terms.categories + self.categories.len()],
            regions: &self.values[terms.regions..=terms.regions + self.regions.len()],
            geo_fit,
            objectives: terms.objectives,
            unknown: unknown(&self.source.leaves(self.source.view().classes[usize::from(class)])),
        })
    }

    /// Returns the tables of a class, where events are the rows and tables say it all.
    pub(crate) fn score_table(&self, class: u16) -> Option<ScoreTable> {
        if S::OWN_IS_ENGAGEMENT {
            self.class_terms(class).map(|uniform| ScoreTable::new(&uniform))
        } else {
            None
        }
    }

    /// Returns the tables of a class whose rows differ by their share of visitors beside.
    pub(crate) fn leading_terms(&self, class: u16) -> Option<LeadingTerms> {
        let terms = &self.terms[usize::from(class)];
        let tabled = S::OWN_IS_ENGAGEMENT && !terms.slow && self.similarity.is_unknown();
        if !tabled || !matches!(terms.geo_fit, GeoFit::Share) {
            return None;
        }
        let categories = &self.values[terms.categories..=terms.categories + self.categories.len()];
        let regions = &self.values[terms.regions..=terms.regions + self.regions.len()];
        Some(LeadingTerms::new(terms.shared[0]?, terms.budget?, terms.objectives, (categories, regions)))
    }

    /// Returns the score of a row, NaN where there is none.
    pub(crate) fn number(&self, row: usize) -> f64 {
        match self.score(row, f64::NEG_INFINITY) {
            Outcome::Score(score) => score,
            Outcome::Below | Outcome::InsufficientData => f64::NAN,
        }
    }

    /// Returns what of a row is unknown, and what entered its score; NaN was left out.
    pub(crate) fn entered(&self, row: usize) -> (LeafSet, [f64; 7]) {
        let leaves = self.leaves(row, self.matched(row));
        (unknown(&leaves), self.scorer.plan().entered(&leaves))
    }
}
