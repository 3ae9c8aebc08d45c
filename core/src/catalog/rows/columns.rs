//! What the score reads of a row, in columns. No configuration is in them.

use super::labels::{Interner, Lists};
use super::row_bits::{RowBits, Set};
use super::table::{EventRow, Row};
use super::vectors::Vectors;
use crate::factors::LeafValue;
use crate::model::{Count, Embedding, GeoDistribution, Label, SponsorProfile, UnitInterval};

/// What both sides have. A row is appended and never changed; its successor is another row.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowColumns {
    /// The slot of the row's table entry.
    pub(crate) slots: Vec<u32>,
    /// The identifiers, as numbers in the order of their bytes.
    pub(crate) ids: Vec<u128>,
    pub(crate) categories: Lists,
    pub(crate) regions: Lists,
    pub(crate) row_bits: Vec<RowBits>,
    pub(crate) embeddings: Vectors,
    /// The rows that were removed or replaced.
    pub(crate) dead: super::labels::Bits,
    /// How many rows are not dead.
    pub(crate) live: usize,
}

impl RowColumns {
    pub(crate) fn len(&self) -> usize {
        self.ids.len()
    }

    pub(crate) fn bury(&mut self, row: usize) {
        if !self.dead.contains(row) {
            self.dead.insert(row);
            self.live -= 1;
        }
    }

    fn shrink_to_fit(&mut self) {
        self.slots.shrink_to_fit();
        self.ids.shrink_to_fit();
        self.categories.shrink_to_fit();
        self.regions.shrink_to_fit();
        self.row_bits.shrink_to_fit();
        self.embeddings.shrink_to_fit();
    }

    fn bytes(&self) -> usize {
        self.slots.capacity() * size_of::<u32>()
            + self.ids.capacity() * size_of::<u128>()
            + self.categories.bytes()
            + self.regions.bytes()
            + self.row_bits.capacity() * size_of::<RowBits>()
            + self.embeddings.bytes()
            + self.dead.bytes()
    }
}

/// The columns of events. A number that is not known is NaN.
#[derive(Clone, Debug, Default)]
pub(crate) struct EventColumns {
    pub(crate) common: RowColumns,
    /// Visitors by row, beside the numbers of its regions, end to end.
    visitors: Vec<u64>,
    visitor_ends: Vec<u32>,
    /// All visitors, also those that `visitors` cannot hold.
    pub(crate) total_visitors: Vec<f64>,
    /// The first and the last microsecond of the start; an empty range when it is not known.
    pub(crate) starts: Vec<(i64, i64)>,
    /// Rows whose visitors are too many for `visitors`.
    pub(crate) crowded: super::labels::Bits,
}

/// What a start that is not known is written as: no window contains it.
pub(crate) const NO_START: (i64, i64) = (i64::MAX, i64::MIN);

/// The columns of sponsors.
#[derive(Clone, Debug, Default)]
pub(crate) struct SponsorColumns {
    pub(crate) common: RowColumns,
}

/// The numbers of the labels of both sides.
#[derive(Clone, Debug, Default)]
pub(crate) struct Labels {
    pub(crate) categories: Interner,
    pub(crate) regions: Interner,
}

/// A side of the catalog that rows can be appended to.
pub(crate) trait SideColumns: Clone + Default {
    type Row: Row;

    fn common(&self) -> &RowColumns;
    fn common_mut(&mut self) -> &mut RowColumns;
    fn push(&mut self, row: &Self::Row, slot: usize, labels: &mut Labels);
    /// Gives back the room that growing columns keep: at worst half of what they take.
    fn shrink_to_fit(&mut self);
    fn bytes(&self) -> usize;
}

/// Returns the leaf of a number, in which NaN is unknown.
#[inline]
fn leaf(value: f64) -> LeafValue {
    if value.is_nan() { LeafValue::Missing } else { LeafValue::Known(value) }
}

fn push_common(
    columns: &mut RowColumns,
    slot: usize,
    id: u128,
    categories: Vec<u32>,
    regions: &[u32],
    numbers: [f64; 3],
    embedding: Option<&Embedding>,
) {
    columns.embeddings.push(embedding);
    let mut categories = categories;
    categories.sort_unstable();
    columns.slots.push(u32::try_from(slot).unwrap_or(u32::MAX));
    columns.ids.push(id);
    columns.row_bits.push(RowBits { categories: Set::of(&categories), regions: Set::of(regions), numbers });
    columns.categories.push(&categories);
    columns.regions.push(regions);
    columns.live += 1;
}

impl EventColumns {
    /// Returns the engagement score and the conversion rate of a row.
    #[inline]
    pub(crate) fn rates(&self, row: usize) -> [LeafValue; 2] {
        let [engagement, conversion, _] = self.common.row_bits[row].numbers;
        [engagement, conversion].map(leaf)
    }

    pub(crate) fn price(&self, row: usize) -> f64 {
        self.common.row_bits[row].numbers[2]
    }

    /// Returns the visitors of a row, in the order of its regions.
    pub(crate) fn visitors(&self, row: usize) -> &[u64] {
        let first = row.checked_sub(1).map_or(0, |before| self.visitor_ends[before]);
        &self.visitors[first as usize..self.visitor_ends[row] as usize]
    }
}

impl SideColumns for EventColumns {
    type Row = EventRow;

    fn common(&self) -> &RowColumns {
        &self.common
    }

    fn common_mut(&mut self) -> &mut RowColumns {
        &mut self.common
    }

    fn push(&mut self, row: &EventRow, slot: usize, labels: &mut Labels) {
        let EventRow { event, insights } = row;
        let insights = insights.as_ref();
        let came_from = insights.map(|insights| &insights.geo_distribution);
        let elsewhere = came_from
            .into_iter()
            .flat_map(GeoDistribution::reached)
            .filter(|region| !event.regions.contains(region));
        let regions = event.regions.iter().chain(elsewhere);
        let count = |region: &Label| came_from.map_or(0, |visitors| visitors.count(region));
        let mut regions: Vec<(u32, u64)> = regions
            .map(|region| (labels.regions.intern(region), u64::try_from(count(region)).unwrap_or(u64::MAX)))
            .collect();
        regions.sort_unstable();
        self.visitors.extend(regions.iter().map(|(_, visitors)| visitors));
        self.visitor_ends.push(u32::try_from(self.visitors.len()).unwrap_or(u32::MAX));
        let regions: Vec<u32> = regions.into_iter().map(|(region, _)| region).collect();

        let total = came_from.map_or(0, GeoDistribution::total);
        if u64::try_from(total).is_err() {
            self.crowded.insert(self.common.len());
        }
        #[allow(clippy::cast_precision_loss, reason = "exact sums are rounded once: definition, §2.2")]
        self.total_visitors.push(total as f64);

        let rate = |value: Option<UnitInterval>| value.map_or(f64::NAN, UnitInterval::get);
        let numbers = [
            rate(insights.and_then(|insights| insights.engagement_score)),
            rate(insights.and_then(|insights| insights.ticket_conversion_rate)),
            event.min_price_cents.map_or(f64::NAN, Count::as_f64),
        ];
        self.starts
            .push(event.start_at.map_or(NO_START, |start| (start.first_micros(), start.last_micros())));
        push_common(
            &mut self.common,
            slot,
            EventRow::key(event.event_id),
            event.categories.iter().map(|label| labels.categories.intern(label)).collect(),
            &regions,
            numbers,
            event.objectives_embedding.as_ref(),
        );
    }

    fn shrink_to_fit(&mut self) {
        self.common.shrink_to_fit();
        self.visitors.shrink_to_fit();
        self.visitor_ends.shrink_to_fit();
        self.total_visitors.shrink_to_fit();
        self.starts.shrink_to_fit();
    }

    fn bytes(&self) -> usize {
        self.common.bytes()
            + self.visitors.capacity() * size_of::<u64>()
            + self.visitor_ends.capacity() * size_of::<u32>()
            + self.total_visitors.capacity() * size_of::<f64>()
            + self.starts.capacity() * size_of::<(i64, i64)>()
            + self.crowded.bytes()
    }
}

impl SponsorColumns {
    pub(crate) fn budget(&self, row: usize) -> f64 {
        self.common.row_bits[row].numbers[0]
    }
}

impl SideColumns for SponsorColumns {
    type Row = SponsorProfile;

    fn common(&self) -> &RowColumns {
        &self.common
    }

    fn common_mut(&mut self) -> &mut RowColumns {
        &mut self.common
    }

    fn push(&mut self, row: &SponsorProfile, slot: usize, labels: &mut Labels) {
        let mut regions: Vec<u32> = row.regions.iter().map(|label| labels.regions.intern(label)).collect();
        regions.sort_unstable();
        push_common(
            &mut self.common,
            slot,
            SponsorProfile::key(row.sponsor_id),
            row.preferred_categories.iter().map(|label| labels.categories.intern(label)).collect(),
            &regions,
            [row.annual_budget_cents.map_or(f64::NAN, Count::as_f64), f64::NAN, f64::NAN],
            row.objectives_embedding.as_ref(),
        );
    }

    fn shrink_to_fit(&mut self) {
        self.common.shrink_to_fit();
    }

    fn bytes(&self) -> usize {
        self.common.bytes()
    }
}
