//! Rows whose scores differ by their matches and their own factor only: a table holds the rest.

use crate::factors::LeafSet;
use crate::fold::Shared;

/// What rows of a class share: their scores differ by matches and the rows' own factor only.
pub(crate) struct ClassTerms<'q> {
    pub(crate) shared: Shared,
    pub(crate) budget: f64,
    /// The overlaps by matches.
    pub(crate) categories: &'q [f64],
    pub(crate) regions: &'q [f64],
    /// The geographic fit, unless it is the overlap of regions.
    pub(crate) geo_fit: Option<f64>,
    pub(crate) objectives: f64,
    /// The leaves unknown to all of them.
    pub(crate) unknown: LeafSet,
}

/// The scores of a class, as far as matches decide them: only the rows' own factor is to be added.
#[derive(Clone, Debug)]
pub(crate) struct ScoreTable {
    shared: Shared,
    objectives: f64,
    starts: Vec<f64>,
    width: usize,
}

impl ScoreTable {
    pub(crate) fn new(uniform: &ClassTerms<'_>) -> Self {
        Self {
            shared: uniform.shared,
            objectives: uniform.objectives,
            starts: uniform.starts(),
            width: uniform.regions.len(),
        }
    }

    /// Returns the score of a row with these matches and this factor of its own.
    #[inline]
    pub(crate) fn score(&self, (categories, regions): (usize, usize), own: f64) -> f64 {
        self.shared.finish(self.starts[categories * self.width + regions], own, self.objectives)
    }
}

/// The scores of a class of which each row has its own geographic fit: only the terms before it are tabled.
#[derive(Clone, Debug)]
pub(crate) struct LeadingTerms {
    shared: Shared,
    objectives: f64,
    leads: Vec<f64>,
    width: usize,
}

impl LeadingTerms {
    pub(crate) fn new(
        shared: Shared,
        budget: f64,
        objectives: f64,
        (categories, regions): (&[f64], &[f64]),
    ) -> Self {
        let mut leads = Vec::with_capacity(categories.len() * regions.len());
        for categories in categories {
            leads.extend(regions.iter().map(|geo| shared.lead(budget, shared.audience(*categories, *geo))));
        }
        Self { shared, objectives, leads, width: regions.len() }
    }

    /// Returns the score of a row with these matches and factors of its own.
    #[inline]
    pub(crate) fn score(&self, (categories, regions): (usize, usize), geo_fit: f64, own: f64) -> f64 {
        let start = self.shared.follow(self.leads[categories * self.width + regions], geo_fit);
        self.shared.finish(start, own, self.objectives)
    }
}

impl ClassTerms<'_> {
    /// Returns the first three terms of the fold, by matches: regions within categories.
    pub(crate) fn starts(&self) -> Vec<f64> {
        let mut starts = Vec::with_capacity(self.categories.len() * self.regions.len());
        for categories in self.categories {
            for geo in self.regions {
                let audience = self.shared.audience(*categories, *geo);
                starts.push(self.shared.start(self.budget, audience, self.geo_fit.unwrap_or(*geo)));
            }
        }
        starts
    }
}
