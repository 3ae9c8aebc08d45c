//! What a configuration makes of the rows: which of them share a formula, and each row's own factor.
//!
//! Rows that know the same facts, and whose sets have the same sizes as far as
//! the reading asks for them, are of one *class*: their scores differ only in
//! how many labels match and in the factor that is each row's own, engagement
//! for an event and the budget for a sponsor.

use std::collections::HashMap;

use crate::catalog::rows::columns::{EventColumns, SideColumns, SponsorColumns};
use crate::config::{BudgetReading, GeoReading, OverlapReading, ScoringConfig};
use crate::factors::{Leaf, LeafSet, LeafValue, budget};
use crate::fold::Plan;
use crate::score::Scorer;

/// The largest set that is counted exactly; a class of its own takes what is larger.
pub(crate) const WIDEST: usize = 63;

/// What rows of one class have in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Class {
    /// How many categories a row has; under a reading that does not ask, whether it has one.
    pub(crate) categories: u8,
    /// How many regions a row has, likewise.
    pub(crate) regions: u8,
    /// The leaves that the row itself leaves unknown, as far as that matters.
    pub(crate) unknown: u8,
    /// No table holds the row: it is scored as a pair on its own.
    pub(crate) slow: bool,
}

impl Class {
    const SLOW: Self = Self { categories: 0, regions: 0, unknown: 0, slow: true };

    pub(crate) fn lacks(self, leaf: Leaf) -> bool {
        self.unknown >> leaf as u8 & 1 == 1
    }

    fn without(mut self, leaf: Leaf) -> Self {
        self.unknown |= 1 << leaf as u8;
        self
    }
}

/// The columns that depend on the configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct View {
    pub(crate) classes: Vec<Class>,
    numbers: HashMap<Class, u16>,
    pub(crate) class: Vec<u16>,
    /// The row's own factor: `engagement_quality`, or `budget_fit` (the budget itself under `price`).
    pub(crate) own: Vec<f64>,
}

impl View {
    fn push(&mut self, class: Class, own: f64) {
        let next = self.classes.len();
        let number = *self.numbers.entry(class).or_insert_with(|| {
            self.classes.push(class);
            // There are at most 64 · 64 sizes and 8 combinations of knowns.
            u16::try_from(next).unwrap_or(u16::MAX)
        });
        self.class.push(number);
        self.own.push(own);
    }

    pub(crate) fn bytes(&self) -> usize {
        self.class.capacity() * size_of::<u16>()
            + self.own.capacity() * size_of::<f64>()
            + self.classes.capacity() * (size_of::<Class>() * 2 + 3)
    }
}

/// Which distinctions the classes of a configuration make. Rows keep their places while it stays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Distinctions {
    sizes: bool,
    share: bool,
    knowledge: bool,
}

impl Distinctions {
    pub(crate) fn of(scorer: &Scorer) -> Self {
        let config = scorer.config();
        Self {
            sizes: config.overlap_reading == OverlapReading::Reachable,
            share: config.geo_reading == GeoReading::AudienceShare,
            knowledge: scorer.plan().weighs_knowledge(),
        }
    }
}

/// A side whose rows a configuration can be applied to.
pub(crate) trait Viewed: SideColumns {
    /// Appends the row to the view.
    fn view_row(&self, row: usize, scorer: &Scorer, view: &mut View);

    /// Returns the view of all rows.
    fn view(&self, scorer: &Scorer) -> View {
        let mut view = View::default();
        for row in 0..self.common().len() {
            self.view_row(row, scorer, &mut view);
        }
        view
    }
}

fn size(count: usize) -> u8 {
    u8::try_from(count.min(WIDEST)).unwrap_or(u8::MAX)
}

/// Returns `engagement_quality` of the two leaves, 0 where it is left out.
pub(crate) fn engagement_quality(plan: &Plan, engagement: LeafValue, conversion: LeafValue) -> f64 {
    let mut leaves = [LeafValue::Known(0.0); 7];
    leaves[Leaf::EngagementScore as usize] = engagement;
    leaves[Leaf::TicketConversionRate as usize] = conversion;
    plan.engagement_quality(&leaves)
}

impl Viewed for EventColumns {
    fn view_row(&self, row: usize, scorer: &Scorer, view: &mut View) {
        let distinctions = Distinctions::of(scorer);
        let [engagement, conversion] = self.rates(row);
        let own = engagement_quality(scorer.plan(), engagement, conversion);
        if distinctions.share && self.crowded.contains(row) {
            return view.push(Class::SLOW, own);
        }
        let most = if distinctions.sizes { WIDEST } else { 1 };
        let mut class = Class {
            categories: size(self.common.categories.of(row).len().min(most)),
            regions: size(self.common.regions.of(row).len().min(most)),
            unknown: 0,
            slow: false,
        };
        if distinctions.share && self.total_visitors[row] == 0.0 {
            class = class.without(Leaf::GeoFit);
        }
        if distinctions.knowledge {
            for (leaf, value) in
                [(Leaf::EngagementScore, engagement), (Leaf::TicketConversionRate, conversion)]
            {
                if value.known().is_none() {
                    class = class.without(leaf);
                }
            }
        }
        view.push(class, own);
    }
}

impl Viewed for SponsorColumns {
    fn view_row(&self, row: usize, scorer: &Scorer, view: &mut View) {
        let own = own_budget(self.budget(row), scorer.config());
        let (wanted, regions) = (self.common.categories.of(row).len(), self.common.regions.of(row).len());
        if wanted > WIDEST || regions > WIDEST {
            return view.push(Class::SLOW, own);
        }
        let mut class = Class { categories: size(wanted), regions: size(regions), unknown: 0, slow: false };
        if self.budget(row).is_nan() {
            class = class.without(Leaf::BudgetFit);
        }
        view.push(class, own);
    }
}

fn own_budget(budget: f64, config: &ScoringConfig) -> f64 {
    match config.budget_reading {
        _ if budget.is_nan() => 0.0,
        BudgetReading::Fixed => budget::fit(budget, config.half_budget_cents),
        BudgetReading::Price => budget,
    }
}

/// Returns the leaves of a list that are unknown.
pub(crate) fn unknown(leaves: &[LeafValue; 7]) -> LeafSet {
    crate::fold::unknown_of(leaves)
}
