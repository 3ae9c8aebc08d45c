//! Results as Arrow columns.

use std::sync::Arc;

use arrow_array::builder::{Float64Builder, StringBuilder, StringViewBuilder, UInt64Builder};
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray, UInt32Array};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use sponsorfit::{MatchScore, Ranking, UnitInterval};

use crate::load::Reject;
use crate::table::Table;

const ID: usize = 36;

/// A number of a match; `None` was left out.
type Number = fn(&MatchScore) -> Option<UnitInterval>;

/// The numbers of a match, by column.
const NUMBERS: [(&str, Number); 10] = [
    ("score", |found| Some(found.score)),
    ("lower", |found| Some(found.lower)),
    ("upper", |found| Some(found.upper)),
    ("coverage", |found| Some(found.coverage)),
    ("budget_fit", |found| found.overlap_metrics.budget_fit),
    ("categories", |found| found.overlap_metrics.audience_overlap.categories),
    ("geo", |found| found.overlap_metrics.audience_overlap.geo),
    ("geo_fit", |found| found.overlap_metrics.geo_fit),
    ("engagement_quality", |found| found.overlap_metrics.engagement_quality),
    ("objectives_similarity", |found| found.overlap_metrics.objectives_similarity),
];

/// A match, with its place in its list.
struct Ranked {
    rank: u32,
    found: MatchScore,
}

/// The schema of ranked pairs; the fingerprint and the number of pairs without a score are its metadata.
fn schema(fingerprint: &str, insufficient: u64) -> SchemaRef {
    let mut fields = vec![
        Field::new("sponsor_id", DataType::Utf8, false),
        Field::new("event_id", DataType::Utf8, false),
        Field::new("rank", DataType::UInt32, false),
    ];
    fields.extend(NUMBERS.map(|(name, _)| Field::new(name, DataType::Float64, true)));
    let metadata = [
        ("config_fingerprint".to_owned(), fingerprint.to_owned()),
        ("insufficient".to_owned(), insufficient.to_string()),
    ];
    Arc::new(Schema::new_with_metadata(fields, metadata.into()))
}

pub(crate) fn ids(rows: usize, each: impl Iterator<Item = [u8; 16]>) -> ArrayRef {
    let mut builder = StringBuilder::with_capacity(rows, rows * ID);
    for id in each {
        let mut text = [0; ID];
        hyphenated(id, &mut text);
        builder.append_value(std::str::from_utf8(&text).unwrap_or_default());
    }
    Arc::new(builder.finish())
}

fn hyphenated(id: [u8; 16], text: &mut [u8; ID]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let mut at = 0;
    for (index, byte) in id.into_iter().enumerate() {
        if matches!(index, 4 | 6 | 8 | 10) {
            text[at] = b'-';
            at += 1;
        }
        text[at] = DIGITS[usize::from(byte >> 4)];
        text[at + 1] = DIGITS[usize::from(byte & 15)];
        at += 2;
    }
}

/// Ranked pairs that become columns while they are still near.
#[derive(Default)]
pub(crate) struct Collected {
    rows: Vec<Ranked>,
    columns: Vec<Vec<ArrayRef>>,
    pub(crate) insufficient: u64,
}

impl Collected {
    /// Rows of a batch; what is collected meanwhile stays in the cache.
    const CHUNK: usize = 1 << 12;

    /// Takes a list, the best first.
    pub(crate) fn push(&mut self, ranking: Ranking) {
        self.insufficient += ranking.insufficient;
        self.rows.extend((1..).zip(ranking).map(|(rank, found)| Ranked { rank, found }));
        if self.rows.len() >= Self::CHUNK {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let rows = &self.rows;
        let mut columns: Vec<ArrayRef> = vec![
            ids(rows.len(), rows.iter().map(|row| *row.found.sponsor_id.as_bytes())),
            ids(rows.len(), rows.iter().map(|row| *row.found.event_id.as_bytes())),
            Arc::new(UInt32Array::from_iter_values(rows.iter().map(|row| row.rank))),
        ];
        columns.extend(
            NUMBERS.map(|(_, number)| numbers(rows.len(), rows.iter().map(|row| number(&row.found)))),
        );
        self.columns.push(columns);
        self.rows.clear();
    }

    /// Returns all as a table.
    pub(crate) fn table(mut self, fingerprint: &str) -> Result<Table, ArrowError> {
        if !self.rows.is_empty() {
            self.flush();
        }
        let schema = schema(fingerprint, self.insufficient);
        let batch = |columns| RecordBatch::try_new(Arc::clone(&schema), columns);
        let batches: Vec<RecordBatch> = self.columns.into_iter().map(batch).collect::<Result<_, _>>()?;
        Ok(Table::new(batches, schema))
    }
}

/// Makes a column of numbers; most have no null, and need no mask.
fn numbers(rows: usize, each: impl Iterator<Item = Option<UnitInterval>> + Clone) -> ArrayRef {
    let mut values = Vec::with_capacity(rows);
    let mut nulls = false;
    for number in each.clone() {
        nulls |= number.is_none();
        values.push(number.map_or(0.0, UnitInterval::get));
    }
    let mask = nulls.then(|| each.map(|number| number.is_some()).collect::<Vec<bool>>().into());
    Arc::new(Float64Array::new(values.into(), mask))
}

/// Returns given pairs as a table; a pair without a score has null numbers.
pub(crate) fn pairs(
    rows: &[(sponsorfit::SponsorId, sponsorfit::EventId, Option<MatchScore>)],
    fingerprint: &str,
) -> Result<Table, ArrowError> {
    let insufficient = rows.iter().filter(|(.., found)| found.is_none()).count();
    let ranked = schema(fingerprint, u64::try_from(insufficient).unwrap_or(u64::MAX));
    let fields = ranked.fields().iter().filter(|field| field.name() != "rank").cloned();
    let schema = Arc::new(Schema::new_with_metadata(fields.collect::<Vec<_>>(), ranked.metadata().clone()));
    let mut columns = vec![
        ids(rows.len(), rows.iter().map(|(sponsor, ..)| *sponsor.as_bytes())),
        ids(rows.len(), rows.iter().map(|(_, event, _)| *event.as_bytes())),
    ];
    for (_, number) in NUMBERS {
        let mut builder = Float64Builder::with_capacity(rows.len());
        for (.., found) in rows {
            builder.append_option(found.as_ref().and_then(number).map(UnitInterval::get));
        }
        columns.push(Arc::new(builder.finish()));
    }
    Table::of(RecordBatch::try_new(schema, columns))
}

/// Returns every pair, sponsor by sponsor, with the columns asked for; NaN becomes null.
pub(crate) fn every_pair(
    sponsors: &[[u8; 16]],
    events: &[[u8; 16]],
    numbers: Vec<(String, Vec<f64>)>,
    fingerprint: &str,
) -> Result<Table, ArrowError> {
    let metadata = [("config_fingerprint".to_owned(), fingerprint.to_owned())];
    let mut fields = vec![
        Field::new("sponsor_id", DataType::Utf8View, false),
        Field::new("event_id", DataType::Utf8View, false),
    ];
    let mut columns = vec![
        repeated(
            sponsors,
            sponsors.iter().enumerate().flat_map(|(at, _)| std::iter::repeat_n(at, events.len())),
        )?,
        repeated(events, sponsors.iter().flat_map(|_| 0..events.len()))?,
    ];
    for (name, values) in numbers {
        fields.push(Field::new(name, DataType::Float64, true));
        let known = values
            .iter()
            .any(|value| value.is_nan())
            .then(|| values.iter().map(|value| !value.is_nan()).collect::<Vec<bool>>());
        let array = Float64Array::new(values.into(), known.map(Into::into));
        columns.push(Arc::new(array));
    }
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata.into()));
    Table::of(RecordBatch::try_new(schema, columns))
}

/// Writes each identifier once, and refers to it as often as it stands there.
fn repeated(ids: &[[u8; 16]], positions: impl Iterator<Item = usize>) -> Result<ArrayRef, ArrowError> {
    const LENGTH: u32 = 36;
    let mut texts = vec![0; ids.len() * ID];
    for (id, text) in ids.iter().zip(texts.as_chunks_mut::<ID>().0) {
        hyphenated(*id, text);
    }
    let mut builder = StringViewBuilder::new();
    let block = builder.append_block(texts.into());
    for position in positions {
        let offset = u32::try_from(position).unwrap_or(u32::MAX).saturating_mul(LENGTH);
        builder.try_append_view(block, offset, LENGTH)?;
    }
    Ok(Arc::new(builder.finish()))
}

/// Returns the rows that were left out, with the reasons.
pub(crate) fn rejects(rejects: &[Reject]) -> Result<Table, ArrowError> {
    let mut rows = UInt64Builder::with_capacity(rejects.len());
    for reject in rejects {
        rows.append_value(reject.row);
    }
    let text = |of: fn(&Reject) -> &str| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(rejects.iter().map(of)))
    };
    let columns = vec![
        text(|reject| reject.table),
        Arc::new(rows.finish()),
        text(|reject| reject.error.code()),
        text(|reject| reject.error.path()),
        text(|reject| reject.error.message()),
    ];
    let names = ["table", "row", "code", "path", "message"];
    let fields =
        names.iter().zip(&columns).map(|(name, column)| Field::new(*name, column.data_type().clone(), false));
    let schema = Arc::new(Schema::new(fields.collect::<Vec<_>>()));
    Table::of(RecordBatch::try_new(schema, columns))
}

/// Turns an error of Arrow into Python's: columns made here always fit together.
pub(crate) fn or_runtime_error<T>(made: Result<T, ArrowError>) -> PyResult<T> {
    made.map_err(|error| PyRuntimeError::new_err(error.to_string()))
}
