//! Rows for benchmarks: the same for ever, and the same in every language.
//!
//! As in the measurements that the engine was designed by, an event has three
//! of 48 categories and two of 40 regions, a sponsor four and three.
#![forbid(unsafe_code)]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "benchmark sizes are far below 2^53"
)]

pub mod hand;
pub mod pair;

use sponsorfit::{
    AudienceInsights, Catalog, Count, Event, EventId, LabelSet, Scorer, ScoringConfig, SponsorId,
    SponsorProfile, UnitInterval,
};

/// How many categories there are.
pub const CATEGORIES: u32 = 48;
/// How many regions there are.
pub const REGIONS: u32 = 40;

/// A generator of random numbers that any language has in four lines (xorshift64, Marsaglia 2003).
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// Starts from a seed other than 0.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns a number from 0 to 1, 1 excluded, in steps of 2⁻⁵³.
    #[allow(clippy::cast_precision_loss, reason = "53 bits fit")]
    pub fn unit(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Returns a number below `sides`.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "below `sides`")]
    pub fn below(&mut self, sides: u32) -> u32 {
        (self.unit() * f64::from(sides)) as u32
    }

    /// Returns a mask of up to `count` of `of` labels.
    pub fn mask(&mut self, count: u32, of: u32) -> u64 {
        (0..count).fold(0, |mask, _| mask | 1 << self.below(of))
    }
}

/// A row as numbers: what every engine is fed from.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// One bit a category.
    pub categories: u64,
    /// One bit a region.
    pub regions: u64,
    /// The budget in cents, of sponsors.
    pub budget: u64,
    /// The engagement score, of events.
    pub engagement: f64,
    /// The ticket conversion rate, of events.
    pub conversion: f64,
}

/// Returns this many events.
pub fn events(count: usize) -> Vec<Row> {
    let mut dice = Dice::new(88_172_645_463_325_252);
    let mut row = || Row {
        categories: dice.mask(3, CATEGORIES),
        regions: dice.mask(2, REGIONS),
        budget: 0,
        engagement: dice.unit(),
        conversion: dice.unit() * 0.3,
    };
    (0..count).map(|_| row()).collect()
}

/// Returns this many sponsors.
pub fn sponsors(count: usize) -> Vec<Row> {
    let mut dice = Dice::new(2_463_534_242_463_534_242);
    let mut row = || Row {
        categories: dice.mask(4, CATEGORIES),
        regions: dice.mask(3, REGIONS),
        budget: u64::from(dice.below(10_000_000)),
        engagement: 0.0,
        conversion: 0.0,
    };
    (0..count).map(|_| row()).collect()
}

/// Returns the identifier of a row: ascending, so that ties are in the order of rows.
#[allow(clippy::cast_possible_truncation, reason = "fewer rows than 2^64")]
pub const fn id(index: usize) -> [u8; 16] {
    (index as u128 + 1).to_be_bytes()
}

fn labels(mask: u64, noun: &str) -> LabelSet {
    let names: Vec<String> =
        (0..64).filter(|bit| mask >> bit & 1 == 1).map(|bit| format!("{noun} {bit}")).collect();
    names.iter().map(String::as_str).collect()
}

fn rate(value: f64) -> Option<UnitInterval> {
    UnitInterval::new(value).ok()
}

/// Returns the sponsor of a row.
pub fn sponsor(index: usize, row: &Row) -> SponsorProfile {
    let mut sponsor = SponsorProfile::new(SponsorId::from_bytes(id(index)));
    sponsor.preferred_categories = labels(row.categories, "category");
    sponsor.regions = labels(row.regions, "region");
    sponsor.annual_budget_cents = Count::new(row.budget).ok();
    sponsor
}

/// Returns the event of a row.
pub fn event(index: usize, row: &Row) -> Event {
    let mut event = Event::new(EventId::from_bytes(id(index)));
    event.categories = labels(row.categories, "category");
    event.regions = labels(row.regions, "region");
    event
}

/// Returns the insights of a row; visitors come from the event's regions, in uneven shares.
pub fn insights(index: usize, row: &Row) -> AudienceInsights {
    let mut insights = AudienceInsights::new(EventId::from_bytes(id(index)));
    insights.engagement_score = rate(row.engagement);
    insights.ticket_conversion_rate = rate(row.conversion);
    let regions = labels(row.regions, "region");
    insights.geo_distribution = regions
        .iter()
        .zip([7_u32, 2])
        .map(|(region, share)| (region.clone(), Count::from(share * 100 + (index % 97) as u32)))
        .collect();
    insights
}

/// Returns a catalog of these rows.
///
/// # Panics
/// When the configuration is not valid.
#[allow(clippy::expect_used, reason = "a benchmark of nothing should stop")]
pub fn catalog(sponsors: &[Row], events: &[Row], config: &str) -> Catalog {
    let config = ScoringConfig::from_json(config).expect("a valid configuration");
    Catalog::builder(Scorer::new(config).expect("a scorer of its own"))
        .sponsors(sponsors.iter().enumerate().map(|(index, row)| sponsor(index, row)))
        .events(events.iter().enumerate().map(|(index, row)| event(index, row)))
        .insights(events.iter().enumerate().map(|(index, row)| insights(index, row)))
        .build()
        .expect("rows with identifiers of their own")
}
