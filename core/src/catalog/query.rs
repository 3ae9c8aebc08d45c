//! One anchor against the rows of the other side: what all rows of a class share, and exact scores.

use super::intern::Bits;
use super::segment::{Columns, EventColumns, Labels, SponsorColumns};
use super::table::{EventRow, Table};
use super::view::{Class, View, WIDEST, engagement_quality, unknown};
use crate::config::{BudgetReading, GeoReading, ObjectivesKind, OverlapReading};
use crate::factors::{Leaf, LeafValue, budget, engagement, overlap};
use crate::fold::Shared;
use crate::match_score::MatchScore;
use crate::model::{AudienceInsights, Event, SponsorProfile, UnitInterval};
use crate::score::Scorer;

/// An event and its insights, as an anchor or as a row.
pub(super) type EventRef<'a> = (&'a Event, Option<&'a AudienceInsights>);

/// What the score of a pair came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Outcome {
    Score(f64),
    /// Below the floor that the caller gave; the score itself was not worked out.
    Below,
    InsufficientData,
}

/// What a class and an anchor have in common.
#[derive(Clone, Debug)]
struct Terms {
    slow: bool,
    /// Without and with a known similarity of objectives.
    shared: [Option<Shared>; 2],
    /// Where the values of `matched` categories and regions begin.
    categories: usize,
    regions: usize,
    /// What stands for a factor unless the row has its own.
    budget: Option<f64>,
    geo_fit: GeoFit,
    engagement: Option<f64>,
    objectives: f64,
}

#[derive(Clone, Copy, Debug)]
enum GeoFit {
    /// The same as the overlap of regions.
    Overlap,
    /// The same for every row of the class.
    Fixed(f64),
    /// The row's share of visitors.
    Share,
}

/// The rows that an anchor is ranked against, and how their own factors are read.
pub(super) trait Source {
    fn columns(&self) -> &Columns;
    fn view(&self) -> &View;
    /// Returns the leaves of the class, with any known value where the row has its own.
    fn leaves(&self, class: Class) -> [LeafValue; 7];
    /// Returns the overlap of categories with `matched` labels in common.
    fn categories(&self, class: Class, matched: usize) -> LeafValue;
    /// Returns the overlap of regions likewise.
    fn regions(&self, class: Class, matched: usize) -> LeafValue;
    /// Returns whether the budget fit differs between rows of a class.
    fn budget_varies(&self) -> bool;
    fn budget(&self, row: usize) -> f64;
    /// Returns whether engagement differs between rows of a class.
    fn engagement_varies(&self) -> bool;
    fn share(&self, row: usize) -> f64;
    /// Returns the row's pair, to be read the slow way.
    fn pair(&self, row: usize) -> Option<(&SponsorProfile, EventRef<'_>)>;
}

/// An anchor, made ready for scoring rows.
pub(super) struct Query<'a, S> {
    pub(super) source: S,
    pub(super) scorer: &'a Scorer,
    /// The numbers of the anchor's labels that some row has.
    pub(super) categories: Vec<u32>,
    pub(super) regions: Vec<u32>,
    has_category: Bits,
    has_region: Bits,
    terms: Vec<Terms>,
    values: Vec<f64>,
    compares_objectives: bool,
    wide: bool,
}

impl<'a, S: Source> Query<'a, S> {
    /// `wide` says that the classes' sizes are too coarse for the anchor.
    fn new(source: S, scorer: &'a Scorer, labels: &Labels, numbers: [Vec<u32>; 2], wide: bool) -> Self {
        let [categories, regions] = numbers;
        let mut query = Self {
            has_category: Bits::of(&categories, labels.categories.len()),
            has_region: Bits::of(&regions, labels.regions.len()),
            terms: Vec::with_capacity(source.view().classes.len()),
            values: Vec::new(),
            compares_objectives: scorer.config().objectives != ObjectivesKind::None,
            wide,
            source,
            scorer,
            categories,
            regions,
        };
        for class in 0..query.source.view().classes.len() {
            let terms = query.terms_of(query.source.view().classes[class]);
            query.terms.push(terms);
        }
        query
    }

    fn terms_of(&mut self, class: Class) -> Terms {
        let plan = self.scorer.plan();
        let leaves = self.source.leaves(class);
        let with = |objectives| {
            let mut leaves = leaves;
            leaves[Leaf::ObjectivesSimilarity as usize] = objectives;
            plan.shared(unknown(&leaves))
        };
        let neutral = plan.neutral(&leaves);
        let known = |leaf: Leaf| leaves[leaf as usize].known().is_some();
        let fixed = |leaf: Leaf| neutral[leaf as usize];

        let categories = self.values.len();
        self.values.extend((0..=self.categories.len()).map(|matched| {
            self.source.categories(class, matched).known().unwrap_or(fixed(Leaf::Categories))
        }));
        let regions = self.values.len();
        self.values.extend(
            (0..=self.regions.len())
                .map(|matched| self.source.regions(class, matched).known().unwrap_or(fixed(Leaf::Geo))),
        );
        let geo_fit = match self.scorer.config().geo_reading {
            GeoReading::Any => GeoFit::Overlap,
            GeoReading::AudienceShare if known(Leaf::GeoFit) => GeoFit::Share,
            GeoReading::AudienceShare => GeoFit::Fixed(fixed(Leaf::GeoFit)),
        };
        let own_budget = self.source.budget_varies() && known(Leaf::BudgetFit);
        let own_engagement = self.source.engagement_varies();
        Terms {
            slow: class.slow || self.wide,
            shared: [with(LeafValue::Missing), with(LeafValue::Known(0.0))],
            categories,
            regions,
            budget: (!own_budget).then_some(fixed(Leaf::BudgetFit)),
            geo_fit,
            engagement: (!own_engagement).then(|| {
                engagement_quality(
                    plan,
                    leaves[Leaf::EngagementScore as usize],
                    leaves[Leaf::TicketConversionRate as usize],
                )
            }),
            objectives: fixed(Leaf::ObjectivesSimilarity),
        }
    }

    /// Returns how many categories and regions a row shares with the anchor.
    pub(super) fn matched(&self, row: usize) -> (usize, usize) {
        let columns = self.source.columns();
        (self.has_category.count(columns.categories.of(row)), self.has_region.count(columns.regions.of(row)))
    }

    /// Returns the row's score, unless it is certain to be below `floor`.
    pub(super) fn score(&self, row: usize, floor: f64) -> Outcome {
        let (categories, regions) = self.matched(row);
        self.score_matched(row, categories, regions, floor)
    }

    /// Returns the score of a row whose matches are counted already.
    #[inline]
    pub(super) fn score_matched(&self, row: usize, categories: usize, regions: usize, floor: f64) -> Outcome {
        let view = self.source.view();
        let terms = &self.terms[usize::from(view.class[row])];
        if terms.slow {
            return self.score_slowly(row);
        }
        let geo = self.values[terms.regions + regions];
        let categories = self.values[terms.categories + categories];
        let budget = terms.budget.unwrap_or_else(|| self.source.budget(row));
        let geo_fit = match terms.geo_fit {
            GeoFit::Overlap => geo,
            GeoFit::Fixed(value) => value,
            GeoFit::Share => self.source.share(row),
        };
        let engagement = terms.engagement.unwrap_or_else(|| view.own[row]);
        let score = |shared: &Shared, objectives| {
            shared.score([budget, shared.audience(categories, geo), geo_fit, engagement, objectives])
        };
        if !self.compares_objectives {
            return terms.shared[0]
                .as_ref()
                .map_or(Outcome::InsufficientData, |shared| Outcome::Score(score(shared, terms.objectives)));
        }
        if let [Some(without), Some(with)] = &terms.shared
            && score(without, terms.objectives) < floor
            && score(with, 1.0) < floor
        {
            return Outcome::Below;
        }
        match (self.similarity(row), &terms.shared) {
            (None, [Some(shared), _]) => Outcome::Score(score(shared, terms.objectives)),
            (Some(similarity), [_, Some(shared)]) => Outcome::Score(score(shared, similarity)),
            _ => Outcome::InsufficientData,
        }
    }

    fn similarity(&self, row: usize) -> Option<f64> {
        let (sponsor, (event, _)) = self.source.pair(row)?;
        self.scorer.objectives().similarity(sponsor, event).map(UnitInterval::get)
    }

    /// Returns everything about a row's score.
    pub(super) fn match_score(&self, row: usize) -> Option<MatchScore> {
        let (sponsor, (event, insights)) = self.source.pair(row)?;
        self.scorer.score(sponsor, event, insights).ok()
    }

    fn score_slowly(&self, row: usize) -> Outcome {
        let folded = self
            .source
            .pair(row)
            .and_then(|(sponsor, (event, insights))| self.scorer.folded(sponsor, event, insights).ok());
        folded.map_or(Outcome::InsufficientData, |folded| Outcome::Score(folded.score))
    }
}

/// Events, ranked for a sponsor.
pub(super) struct EventsFor<'a> {
    sponsor: &'a SponsorProfile,
    regions: Bits,
    scorer: &'a Scorer,
    events: &'a EventColumns,
    view: &'a View,
    table: &'a Table<EventRow>,
}

impl<'a> EventsFor<'a> {
    pub(super) fn query(
        sponsor: &'a SponsorProfile,
        scorer: &'a Scorer,
        labels: &Labels,
        (events, view, table): (&'a EventColumns, &'a View, &'a Table<EventRow>),
    ) -> Query<'a, Self> {
        let numbers =
            [labels.categories.known(&sponsor.preferred_categories), labels.regions.known(&sponsor.regions)];
        let regions = Bits::of(&numbers[1], labels.regions.len());
        let widest = sponsor.preferred_categories.len().max(sponsor.regions.len());
        let wide = scorer.config().overlap_reading == OverlapReading::Reachable && widest > WIDEST;
        Query::new(Self { sponsor, regions, scorer, events, view, table }, scorer, labels, numbers, wide)
    }
}

impl Source for EventsFor<'_> {
    fn columns(&self) -> &Columns {
        &self.events.common
    }

    fn view(&self) -> &View {
        self.view
    }

    fn leaves(&self, class: Class) -> [LeafValue; 7] {
        let rate = |leaf| if class.lacks(leaf) { LeafValue::Missing } else { LeafValue::Known(0.0) };
        let geo = self.regions(class, 0);
        let geo_fit = match self.scorer.config().geo_reading {
            GeoReading::Any => geo,
            GeoReading::AudienceShare if self.sponsor.regions.is_empty() => LeafValue::NoPreference,
            GeoReading::AudienceShare if class.lacks(Leaf::GeoFit) => LeafValue::EventSilent,
            GeoReading::AudienceShare => LeafValue::Known(0.0),
        };
        [
            budget::budget_fit(self.sponsor.annual_budget_cents, self.scorer.config().half_budget_cents),
            self.categories(class, 0),
            geo,
            geo_fit,
            rate(Leaf::EngagementScore),
            rate(Leaf::TicketConversionRate),
            LeafValue::Missing,
        ]
    }

    fn categories(&self, class: Class, matched: usize) -> LeafValue {
        let reading = self.scorer.config().overlap_reading;
        overlap(matched, self.sponsor.preferred_categories.len(), class.categories.into(), reading)
    }

    fn regions(&self, class: Class, matched: usize) -> LeafValue {
        let reading = self.scorer.config().overlap_reading;
        overlap(matched, self.sponsor.regions.len(), class.regions.into(), reading)
    }

    fn budget_varies(&self) -> bool {
        self.scorer.config().budget_reading == BudgetReading::Price
    }

    fn budget(&self, row: usize) -> f64 {
        let price = self.events.price[row];
        let half = if price > 0.0 { price } else { self.scorer.config().half_budget_cents };
        self.sponsor.annual_budget_cents.map_or(0.0, |budget| budget::fit(budget.as_f64(), half))
    }

    fn engagement_varies(&self) -> bool {
        true
    }

    #[allow(clippy::cast_precision_loss, reason = "exact sums are rounded once, as the definition says")]
    fn share(&self, row: usize) -> f64 {
        let range = self.events.common.regions.range(row);
        let regions = self.events.common.regions.of(row).iter().zip(&self.events.visitors[range]);
        let reached: u64 = regions
            .filter(|(region, _)| self.regions.contains(**region as usize))
            .map(|(_, visitors)| visitors)
            .sum();
        reached as f64 / self.events.total_visitors[row]
    }

    fn pair(&self, row: usize) -> Option<(&SponsorProfile, EventRef<'_>)> {
        let row = self.table.get(self.events.common.slots[row] as usize)?;
        Some((self.sponsor, (&row.event, row.insights.as_ref())))
    }
}

/// Sponsors, ranked for an event.
pub(super) struct SponsorsFor<'a> {
    event: EventRef<'a>,
    /// How many regions the event has or reaches.
    regions: usize,
    half_budget: f64,
    /// Visitors by the number of their region, and all of them.
    visitors: Vec<(u32, u128)>,
    total_visitors: u128,
    scorer: &'a Scorer,
    sponsors: &'a SponsorColumns,
    view: &'a View,
    table: &'a Table<SponsorProfile>,
}

impl<'a> SponsorsFor<'a> {
    pub(super) fn query(
        event: EventRef<'a>,
        scorer: &'a Scorer,
        labels: &Labels,
        (sponsors, view, table): (&'a SponsorColumns, &'a View, &'a Table<SponsorProfile>),
    ) -> Query<'a, Self> {
        let (own, insights) = event;
        let mut regions = own.regions.clone();
        let mut visitors = Vec::new();
        let mut total_visitors = 0;
        if let Some(insights) = insights {
            regions = regions.iter().chain(insights.geo_distribution.reached()).cloned().collect();
            total_visitors = insights.geo_distribution.total();
            for (region, count) in insights.geo_distribution.iter() {
                visitors.extend(labels.regions.number(region).map(|number| (number, count)));
            }
            visitors.sort_unstable();
        }
        let numbers = [labels.categories.known(&own.categories), labels.regions.known(&regions)];
        let config = scorer.config();
        let source = Self {
            event,
            regions: regions.len(),
            half_budget: budget::half_budget(config.half_budget_cents, config.budget_reading, own),
            visitors,
            total_visitors,
            scorer,
            sponsors,
            view,
            table,
        };
        Query::new(source, scorer, labels, numbers, false)
    }
}

impl Source for SponsorsFor<'_> {
    fn columns(&self) -> &Columns {
        &self.sponsors.common
    }

    fn view(&self) -> &View {
        self.view
    }

    fn leaves(&self, class: Class) -> [LeafValue; 7] {
        let geo = self.regions(class, 0);
        let geo_fit = match self.scorer.config().geo_reading {
            GeoReading::Any => geo,
            GeoReading::AudienceShare if class.regions == 0 => LeafValue::NoPreference,
            GeoReading::AudienceShare if self.total_visitors == 0 => LeafValue::EventSilent,
            GeoReading::AudienceShare => LeafValue::Known(0.0),
        };
        let (engagement, conversion) = engagement::engagement(self.event.1);
        let lacks_budget = class.lacks(Leaf::BudgetFit);
        [
            if lacks_budget { LeafValue::Missing } else { LeafValue::Known(0.0) },
            self.categories(class, 0),
            geo,
            geo_fit,
            engagement,
            conversion,
            LeafValue::Missing,
        ]
    }

    fn categories(&self, class: Class, matched: usize) -> LeafValue {
        let reading = self.scorer.config().overlap_reading;
        overlap(matched, class.categories.into(), self.event.0.categories.len(), reading)
    }

    fn regions(&self, class: Class, matched: usize) -> LeafValue {
        overlap(matched, class.regions.into(), self.regions, self.scorer.config().overlap_reading)
    }

    fn budget_varies(&self) -> bool {
        true
    }

    fn budget(&self, row: usize) -> f64 {
        let own = self.view.own[row];
        match self.scorer.config().budget_reading {
            BudgetReading::Fixed => own,
            BudgetReading::Price => budget::fit(own, self.half_budget),
        }
    }

    fn engagement_varies(&self) -> bool {
        false
    }

    #[allow(clippy::cast_precision_loss, reason = "exact sums are rounded once, as the definition says")]
    fn share(&self, row: usize) -> f64 {
        let visitors = |region: &u32| {
            let at = self.visitors.binary_search_by_key(region, |(region, _)| *region);
            at.map_or(0, |at| self.visitors[at].1)
        };
        let reached: u128 = self.sponsors.common.regions.of(row).iter().map(visitors).sum();
        reached as f64 / self.total_visitors as f64
    }

    fn pair(&self, row: usize) -> Option<(&SponsorProfile, EventRef<'_>)> {
        let row = self.table.get(self.sponsors.common.slots[row] as usize)?;
        Some((row, self.event))
    }
}
