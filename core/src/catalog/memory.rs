//! How much memory a catalog takes, by part.

use serde::Serialize;

use super::Catalog;
use super::compiled::bounds::Bounded;
use super::compiled::side::Side;
use super::rows::table::EventRow;
use crate::model::{Label, LabelSet, SponsorProfile};

/// Bytes by part, without what the allocator adds.
///
/// The parts are those that [`Catalog::with_config`] shares, `rows` to
/// `bitmaps`, and those that each configuration has of its own.
///
/// # Examples
/// ```
/// use sponsorfit::{Catalog, Event, EventId, Scorer, ScoringConfig};
///
/// let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
///     .events([Event::new(EventId::from_bytes([2; 16]))])
///     .build()?;
/// let memory = catalog.memory();
/// assert!(memory.rows > 0 && memory.total() > memory.rows);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Memory {
    /// The rows as they were given, with their texts.
    pub rows: usize,
    /// Identifiers to rows.
    pub index: usize,
    /// Labels to numbers.
    pub labels: usize,
    /// What the score reads of a row.
    pub columns: usize,
    /// The order of the rows in the engine.
    pub order: usize,
    /// Which rows have which label.
    pub bitmaps: usize,
    /// The classes of rows and their own factors.
    pub view: usize,
    /// What bounds the blocks.
    pub bounds: usize,
}

impl Memory {
    /// Returns the sum of all parts.
    ///
    /// # Examples
    /// See [`Memory`].
    pub fn total(&self) -> usize {
        self.rows
            + self.index
            + self.labels
            + self.columns
            + self.order
            + self.bitmaps
            + self.view
            + self.bounds
    }

    fn add<S: Bounded>(&mut self, side: &Side<S>) {
        self.index += side.table.index_bytes() + side.rows.capacity() * size_of::<u32>();
        self.columns += side.columns.bytes();
        self.order += side.layout.bytes();
        self.bitmaps += side.layout.bitmap_bytes();
        self.view += side.view.bytes();
        self.bounds += side.bounds.bytes();
    }
}

impl Catalog {
    /// Returns how much memory the catalog takes, by part. It looks at every row.
    ///
    /// # Examples
    /// See [`Memory`].
    pub fn memory(&self) -> Memory {
        let sponsors: usize = self.sponsors().map(sponsor_bytes).sum();
        let events: usize = self.events.table.iter().map(|(_, row)| event_bytes(row)).sum();
        let labels = self.labels.categories.bytes() + self.labels.regions.bytes();
        let mut memory = Memory { rows: sponsors + events, labels, ..Memory::default() };
        memory.add(&self.sponsors);
        memory.add(&self.events);
        memory
    }
}

/// Two counters stand before every shared row.
const SHARED: usize = 2 * size_of::<usize>();

fn text(text: Option<&String>) -> usize {
    text.map_or(0, String::len)
}

fn label_bytes(label: &Label) -> usize {
    let spelling = if label.spelling() == label.key() { 0 } else { label.spelling().len() };
    size_of::<Label>() + label.key().len() + spelling
}

fn labels<'a>(sets: impl IntoIterator<Item = &'a LabelSet>) -> usize {
    sets.into_iter().flatten().map(label_bytes).sum()
}

fn sponsor_bytes(row: &SponsorProfile) -> usize {
    let sets = [
        &row.preferred_categories,
        &row.regions,
        &row.excluded_categories,
        &row.brand_objectives.keywords,
        &row.brand_objectives.goals,
        &row.target_audience.age_buckets,
        &row.target_audience.interests,
    ];
    let texts = [&row.name, &row.industry, &row.company_size];
    let embedding = row.objectives_embedding.as_ref().map_or(0, |vector| size_of_val(vector.components()));
    let texts: usize = texts.map(|own| text(own.as_ref())).iter().sum();
    SHARED + size_of::<SponsorProfile>() + labels(sets) + texts + embedding
}

fn event_bytes(row: &EventRow) -> usize {
    let event = &row.event;
    let sets = [&event.categories, &event.regions, &event.objectives.keywords, &event.objectives.goals];
    let texts = [&event.title, &event.country, &event.city, &event.series, &event.slug];
    let embedding = event.objectives_embedding.as_ref().map_or(0, |vector| size_of_val(vector.components()));
    let texts: usize = texts.map(|own| text(own.as_ref())).iter().sum();
    let audience = row.insights.as_ref().map_or(0, |insights| {
        let visitors =
            insights.geo_distribution.iter().map(|(region, _)| label_bytes(region) + size_of::<u128>());
        let ages = insights.age_segments.iter().map(|(bucket, _)| label_bytes(bucket) + size_of::<f64>());
        visitors.sum::<usize>() + ages.sum::<usize>()
    });
    SHARED + size_of::<EventRow>() + labels(sets) + texts + embedding + audience
}
