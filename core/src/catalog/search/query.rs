//! One anchor against the rows of the other side: what all rows of a class share, and exact scores.

mod tables;

use super::similarity::Similarity;
use crate::catalog::compiled::bounds::Bounds;
use crate::catalog::compiled::view::{Class, View, engagement_quality, unknown};
use crate::catalog::rows::columns::{Labels, RowColumns};
use crate::catalog::rows::labels::Bits;
use crate::catalog::rows::row_bits::Set;
use crate::config::GeoReading;
use crate::factors::{Leaf, LeafValue};
use crate::fold::Shared;
use crate::match_score::MatchScore;
use crate::model::{AudienceInsights, Event, EventId, SponsorId, SponsorProfile, UnitInterval};
use crate::score::Scorer;

/// An event and its insights, as an anchor or as a row.
pub(crate) type EventAndInsights<'a> = (&'a Event, Option<&'a AudienceInsights>);

/// What the score of a pair came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Outcome {
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
pub(crate) trait Source {
    /// Whether the rows' own factor is engagement; else it is the budget.
    const OWN_IS_ENGAGEMENT: bool;

    fn columns(&self) -> &RowColumns;
    fn view(&self) -> &View;
    /// Returns the leaves of the class, with any known value where the row has its own.
    fn leaves(&self, class: Class) -> [LeafValue; 7];
    /// Returns the overlap of categories with `matched` labels in common.
    fn categories(&self, class: Class, matched: usize) -> LeafValue;
    /// Returns the overlap of regions likewise.
    fn regions(&self, class: Class, matched: usize) -> LeafValue;
    /// Returns whether the budget fit differs between rows of a class.
    fn budget_varies(&self) -> bool;
    /// Returns the budget fit of a row, whose own factor may be it.
    fn budget(&self, row: usize, own: f64) -> f64;
    fn share(&self, row: usize) -> f64;
    /// Returns what the share of the row at a position does not exceed, without reading the row.
    fn highest_share(&self, position: usize) -> f64;
    /// Returns the engagement score and the conversion rate of a row, where the row has them.
    fn rates(&self, row: usize) -> Option<[LeafValue; 2]>;
    fn bounds(&self) -> &Bounds;
    /// Returns what no budget fit in the block exceeds.
    fn highest_budget(&self, block: usize) -> f64;
    /// Writes what no share in the block exceeds, and falls short of, by how many regions match.
    fn bound_shares(&self, block: usize, regions: &[u32], bounds: [&mut Vec<f64>; 2]);
    fn ids(&self, row: usize) -> (SponsorId, EventId);
    /// Returns the row's pair, to be read the slow way.
    fn pair(&self, row: usize) -> Option<(&SponsorProfile, EventAndInsights<'_>)>;
}

/// An anchor, made ready for scoring rows.
pub(crate) struct Query<'a, S> {
    pub(crate) source: S,
    pub(crate) scorer: &'a Scorer,
    /// The numbers of the anchor's labels that some row has.
    pub(crate) categories: Vec<u32>,
    pub(crate) regions: Vec<u32>,
    has_category: Bits,
    has_region: Bits,
    /// The same labels, as rows have them.
    sets: [Set; 2],
    terms: Vec<Terms>,
    values: Vec<f64>,
    similarity: Similarity<'a>,
    wide: bool,
    /// What no share in the prepared block exceeds, by how many regions match.
    highest_shares: Vec<f64>,
    /// What no share there falls short of, likewise.
    lowest_shares: Vec<f64>,
}

impl<'a, S: Source> Query<'a, S> {
    /// `wide` says that the classes' sizes are too coarse for the anchor.
    pub(crate) fn new(
        source: S,
        scorer: &'a Scorer,
        labels: &Labels,
        numbers: [Vec<u32>; 2],
        wide: bool,
        similarity: Similarity<'a>,
    ) -> Self {
        let [categories, regions] = numbers;
        let mut query = Self {
            has_category: Bits::of(&categories, labels.categories.len()),
            has_region: Bits::of(&regions, labels.regions.len()),
            sets: [Set::of(&categories), Set::of(&regions)],
            terms: Vec::with_capacity(source.view().classes.len()),
            values: Vec::new(),
            similarity,
            wide,
            highest_shares: Vec::new(),
            lowest_shares: Vec::new(),
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
        Terms {
            slow: class.slow || self.wide,
            shared: [with(LeafValue::Missing), with(LeafValue::Known(0.0))],
            categories,
            regions,
            budget: (!own_budget).then_some(fixed(Leaf::BudgetFit)),
            geo_fit,
            engagement: (!S::OWN_IS_ENGAGEMENT).then(|| {
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
    pub(crate) fn matched(&self, row: usize) -> (usize, usize) {
        let columns = self.source.columns();
        let row_bits = &columns.row_bits[row];
        let [categories, regions] = self.sets;
        (
            categories.shared(row_bits.categories, || self.has_category.count(columns.categories.of(row))),
            regions.shared(row_bits.regions, || self.has_region.count(columns.regions.of(row))),
        )
    }

    /// Returns the row's score, unless it is certain to be below `floor`.
    pub(crate) fn score(&self, row: usize, floor: f64) -> Outcome {
        self.score_matched(row, self.matched(row), floor)
    }

    /// Returns the score of a row whose matches are counted already.
    #[inline]
    pub(crate) fn score_matched(&self, row: usize, matched: (usize, usize), floor: f64) -> Outcome {
        let view = self.source.view();
        let terms = &self.terms[usize::from(view.class[row])];
        self.score_in(terms, row, view.own[row], matched, floor)
    }

    /// Returns the score of a row at a position of the layout.
    #[inline]
    pub(crate) fn score_placed(
        &self,
        class: u16,
        position: usize,
        row: usize,
        matched: (usize, usize),
        floor: f64,
    ) -> Outcome {
        let own = self.source.bounds().own[position];
        self.score_in(&self.terms[usize::from(class)], row, own, matched, floor)
    }

    #[inline]
    fn score_in(
        &self,
        terms: &Terms,
        row: usize,
        own: f64,
        (categories, regions): (usize, usize),
        floor: f64,
    ) -> Outcome {
        if terms.slow {
            return self.score_slowly(row);
        }
        let geo = self.values[terms.regions + regions];
        let categories = self.values[terms.categories + categories];
        let budget = terms.budget.unwrap_or_else(|| self.source.budget(row, own));
        let geo_fit = match terms.geo_fit {
            GeoFit::Overlap => geo,
            GeoFit::Fixed(value) => value,
            GeoFit::Share => self.source.share(row),
        };
        let engagement = terms.engagement.unwrap_or(own);
        let score = |shared: &Shared, objectives| {
            shared.score([budget, shared.audience(categories, geo), geo_fit, engagement, objectives])
        };
        if self.similarity.is_unknown() {
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

    /// Returns whether tables hold the class: whether its rows have a score does not depend on the row.
    pub(crate) fn is_tabled(&self, class: u16) -> bool {
        let terms = &self.terms[usize::from(class)];
        let depends = !self.similarity.is_unknown() && terms.shared[0].is_some() != terms.shared[1].is_some();
        !terms.slow && !depends
    }

    /// Returns whether rows of the tabled class have a score.
    pub(crate) fn is_scored(&self, class: u16) -> bool {
        self.terms[usize::from(class)].shared[0].is_some()
    }

    /// Works out what bounds the rows of a block beyond what [`Self::bound`] always knows.
    pub(crate) fn prepare_block(&mut self, block: usize, class: u16) {
        self.highest_shares.clear();
        self.lowest_shares.clear();
        if matches!(self.terms[usize::from(class)].geo_fit, GeoFit::Share) {
            let bounds = [&mut self.highest_shares, &mut self.lowest_shares];
            self.source.bound_shares(block, &self.regions, bounds);
        }
    }

    /// Returns what no row of the block with these matches scores above.
    ///
    /// The fold is monotone in every factor, rounding included: of upper bounds
    /// of the factors it makes an upper bound of the score.
    pub(crate) fn bound(&self, block: usize, class: u16, categories: usize, regions: usize) -> f64 {
        let terms = &self.terms[usize::from(class)];
        let geo = self.values[terms.regions + regions];
        let categories = self.values[terms.categories + categories];
        let budget = terms.budget.unwrap_or_else(|| self.source.highest_budget(block));
        let geo_fit = match terms.geo_fit {
            GeoFit::Overlap => geo,
            GeoFit::Fixed(value) => value,
            GeoFit::Share => self.highest_share(regions),
        };
        let engagement = terms.engagement.unwrap_or(self.source.bounds().highest[block]);
        let score = |shared: &Option<Shared>, objectives| {
            shared.as_ref().map_or(0.0, |shared| {
                shared.score([budget, shared.audience(categories, geo), geo_fit, engagement, objectives])
            })
        };
        let without = score(&terms.shared[0], terms.objectives);
        if self.similarity.is_unknown() { without } else { without.max(score(&terms.shared[1], 1.0)) }
    }

    /// Returns what no share in the prepared block exceeds where this many regions match.
    #[inline]
    pub(crate) fn highest_share(&self, regions: usize) -> f64 {
        self.highest_shares.get(regions).copied().unwrap_or(1.0)
    }

    /// Returns what no share in the prepared block falls short of where this many regions match.
    pub(crate) fn lowest_share(&self, regions: usize) -> f64 {
        self.lowest_shares.get(regions).copied().unwrap_or(0.0)
    }

    fn similarity(&self, row: usize) -> Option<f64> {
        if self.similarity.is_unknown() {
            return None;
        }
        let (sponsor, (event, _)) = self.source.pair(row)?;
        let slot = self.source.columns().slots[row] as usize;
        self.similarity.of_row(row, slot, (sponsor, event)).map(UnitInterval::get)
    }

    /// Takes similarities from a list by slot instead.
    pub(crate) fn with_similarities(mut self, values: &'a [Option<UnitInterval>]) -> Self {
        self.similarity = Similarity::Given(values);
        self
    }

    /// Returns everything about a row's score.
    pub(crate) fn match_score(&self, row: usize) -> Option<MatchScore> {
        let folded = self.scorer.plan().fold(&self.leaves(row, self.matched(row))).ok()?;
        let (sponsor, event) = self.source.ids(row);
        Some(MatchScore::new(sponsor, event, &folded))
    }

    /// Returns what each leaf of a row is worth.
    fn leaves(&self, row: usize, matched: (usize, usize)) -> [LeafValue; 7] {
        let class = self.source.view().class[row];
        if !self.terms[usize::from(class)].slow {
            return self.leaves_matched(row, matched);
        }
        let pair = self.source.pair(row);
        let mut leaves = pair.map_or([LeafValue::Missing; 7], |(sponsor, (event, insights))| {
            self.scorer.leaves(sponsor, event, insights)
        });
        leaves[Leaf::ObjectivesSimilarity as usize] =
            self.similarity(row).map_or(LeafValue::Missing, LeafValue::Known);
        leaves
    }

    /// Returns the leaves of a row that tables hold.
    fn leaves_matched(&self, row: usize, (categories, regions): (usize, usize)) -> [LeafValue; 7] {
        let view = self.source.view();
        let number = usize::from(view.class[row]);
        let (class, terms) = (view.classes[number], &self.terms[number]);
        let mut leaves = self.source.leaves(class);
        let mut set = |leaf: Leaf, value: LeafValue| leaves[leaf as usize] = value;
        if terms.budget.is_none() {
            set(Leaf::BudgetFit, LeafValue::Known(self.source.budget(row, view.own[row])));
        }
        set(Leaf::Categories, self.source.categories(class, categories));
        let geo = self.source.regions(class, regions);
        set(Leaf::Geo, geo);
        match terms.geo_fit {
            GeoFit::Overlap => set(Leaf::GeoFit, geo),
            GeoFit::Share => set(Leaf::GeoFit, LeafValue::Known(self.source.share(row))),
            GeoFit::Fixed(_) => {}
        }
        if let Some([engagement, conversion]) = self.source.rates(row) {
            set(Leaf::EngagementScore, engagement);
            set(Leaf::TicketConversionRate, conversion);
        }
        if let Some(similarity) = self.similarity(row) {
            set(Leaf::ObjectivesSimilarity, LeafValue::Known(similarity));
        }
        leaves
    }

    fn score_slowly(&self, row: usize) -> Outcome {
        let folded = self.scorer.plan().fold(&self.leaves(row, (0, 0)));
        folded.map_or(Outcome::InsufficientData, |folded| Outcome::Score(folded.score))
    }
}
