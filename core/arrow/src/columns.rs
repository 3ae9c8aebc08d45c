//! Results as Arrow columns.

use std::sync::Arc;

use arrow_array::builder::UInt64Builder;
use arrow_array::{ArrayRef, Float64Array, RecordBatch, StringArray};
use arrow_buffer::{Buffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use sponsorfit::{Error, EventId, MatchScore, SponsorId, UnitInterval};

use crate::ids;
use crate::memory::Memory;

/// Columns of a result.
///
/// # Examples
/// ```
/// let table = sponsorfit_arrow::rejects(&[])?;
/// assert_eq!((table.batches.len(), table.schema.field(1).name().as_str()), (1, "row"));
/// # Ok::<(), arrow_schema::ArrowError>(())
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Table {
    /// The rows, in batches.
    pub batches: Vec<RecordBatch>,
    /// The columns, and what holds for the whole table as metadata.
    pub schema: SchemaRef,
}

impl Table {
    fn of(batch: RecordBatch) -> Self {
        Self { schema: batch.schema(), batches: vec![batch] }
    }
}

/// A row that was left out.
///
/// # Examples
/// ```
/// use sponsorfit::{Error, ErrorKind};
/// use sponsorfit_arrow::{Reject, rejects};
///
/// let error = Error::new(ErrorKind::OutOfRange, "2 is not in 0..=1").within("reputation_score");
/// let table = rejects(&[Reject { table: "sponsors", row: 3, error }])?;
/// let text = sponsorfit_arrow::json(&table.batches, 1).unwrap();
/// assert!(text.contains(r#""row":3"#) && text.contains("out_of_range"));
/// # Ok::<(), arrow_schema::ArrowError>(())
/// ```
#[derive(Clone, Debug)]
pub struct Reject {
    /// The table it was to be a row of.
    pub table: &'static str,
    /// Its position from 0, or its line in a file from 1.
    pub row: u64,
    /// What is wrong with it.
    pub error: Error,
}

/// Rows of a batch of pairs.
const CHUNK: usize = 1 << 14;

const NUMBERS: [&str; 10] = [
    "score",
    "lower",
    "upper",
    "coverage",
    "budget_fit",
    "categories",
    "geo",
    "geo_fit",
    "engagement_quality",
    "objectives_similarity",
];

/// The numbers of a match, as `NUMBERS` names them; `None` was left out.
pub(crate) fn numbers_of(found: &MatchScore) -> [Option<UnitInterval>; NUMBERS.len()] {
    let factors = &found.overlap_metrics;
    [
        Some(found.score),
        Some(found.lower),
        Some(found.upper),
        Some(found.coverage),
        factors.budget_fit,
        factors.audience_overlap.categories,
        factors.audience_overlap.geo,
        factors.geo_fit,
        factors.engagement_quality,
        factors.objectives_similarity,
    ]
}

/// Which columns of numbers have nulls.
pub(crate) type Nulls = [bool; NUMBERS.len()];

/// The columns of numbers, filled side by side: a match is read once.
pub(crate) struct Numbers<'a> {
    /// Column after column.
    values: &'a mut [[u8; 8]],
    nulls: Nulls,
    filled: usize,
}

impl<'a> Numbers<'a> {
    /// The bytes of a row.
    pub(crate) const ROW: usize = 8 * NUMBERS.len();

    pub(crate) fn fill(bytes: &'a mut [u8]) -> Self {
        Self { values: bytes.as_chunks_mut().0, nulls: [false; NUMBERS.len()], filled: 0 }
    }

    pub(crate) fn push(&mut self, numbers: [Option<UnitInterval>; NUMBERS.len()]) {
        let rows = self.values.len() / NUMBERS.len();
        let columns = self.values.chunks_exact_mut(rows).zip(&mut self.nulls);
        for ((column, nulls), number) in columns.zip(numbers) {
            *nulls |= number.is_none();
            // No number is NaN, so that it can stand for one that was left out.
            column[self.filled] = number.map_or(f64::NAN, UnitInterval::get).to_ne_bytes();
        }
        self.filled += 1;
    }

    /// Tells which columns have nulls.
    pub(crate) fn nulls(self) -> Nulls {
        self.nulls
    }
}

/// Returns the columns of numbers that were filled at the start of a piece of memory.
pub(crate) fn numbers(memory: &Buffer, rows: usize, nulls: Nulls) -> impl Iterator<Item = ArrayRef> {
    let column = move |(at, nulls)| nullable(ScalarBuffer::new(memory.clone(), at * rows, rows), nulls);
    nulls.into_iter().enumerate().map(column)
}

/// Makes a column in which NaN is null; most have none, and need no mask.
fn nullable(values: ScalarBuffer<f64>, nulls: bool) -> ArrayRef {
    let known = nulls.then(|| values.iter().map(|value| !value.is_nan()).collect::<Vec<bool>>().into());
    Arc::new(Float64Array::new(values, known))
}

fn column(values: Vec<f64>) -> ArrayRef {
    let nulls = values.iter().any(|value| value.is_nan());
    nullable(values.into(), nulls)
}

/// The schema of pairs; the fingerprint and the number of pairs without a score are its metadata.
pub(crate) fn schema(rank: Option<Field>, fingerprint: &str, insufficient: u64) -> SchemaRef {
    let mut fields = vec![ids::field("sponsor_id"), ids::field("event_id")];
    fields.extend(rank);
    fields.extend(NUMBERS.map(|name| Field::new(name, DataType::Float64, true)));
    let metadata = [
        ("config_fingerprint".to_owned(), fingerprint.to_owned()),
        ("insufficient".to_owned(), insufficient.to_string()),
    ];
    Arc::new(Schema::new_with_metadata(fields, metadata.into()))
}

pub(crate) fn table(schema: SchemaRef, batches: impl IntoIterator<Item = Made>) -> Result<Table, ArrowError> {
    let batch = |columns: Made| RecordBatch::try_new(Arc::clone(&schema), columns?);
    let batches = batches.into_iter().map(batch).collect::<Result<_, _>>()?;
    Ok(Table { batches, schema })
}

pub(crate) type Made = Result<Vec<ArrayRef>, ArrowError>;

/// Returns given pairs as a table; a pair without a score has null numbers.
///
/// # Errors
/// When Arrow refuses a column, such as one that is too long for its references.
///
/// # Examples
/// ```
/// use sponsorfit::{EventId, SponsorId};
///
/// let pair = (SponsorId::from_bytes([0; 16]), EventId::from_bytes([1; 16]), None);
/// let table = sponsorfit_arrow::pairs(&[pair], "a fingerprint")?;
/// assert_eq!(table.schema.metadata()["insufficient"], "1");
/// # Ok::<(), arrow_schema::ArrowError>(())
/// ```
pub fn pairs(
    rows: &[(SponsorId, EventId, Option<MatchScore>)],
    fingerprint: &str,
) -> Result<Table, ArrowError> {
    let insufficient = rows.iter().filter(|(.., found)| found.is_none()).count();
    let schema = schema(None, fingerprint, u64::try_from(insufficient).unwrap_or(u64::MAX));
    table(schema, rows.chunks(CHUNK).map(pair_columns))
}

fn pair_columns(rows: &[(SponsorId, EventId, Option<MatchScore>)]) -> Made {
    let mut memory = Memory::of(rows.len() * Numbers::ROW);
    let mut filling = Numbers::fill(memory.bytes());
    for (.., found) in rows {
        filling.push(found.as_ref().map_or([None; NUMBERS.len()], numbers_of));
    }
    let nulls = filling.nulls();
    let mut columns = vec![
        ids::column(rows.iter().map(|(sponsor, ..)| *sponsor.as_bytes()))?,
        ids::column(rows.iter().map(|(_, event, _)| *event.as_bytes()))?,
    ];
    columns.extend(numbers(&memory.freeze(), rows.len(), nulls));
    Ok(columns)
}

/// Returns every pair, sponsor by sponsor, with the columns asked for; NaN becomes null.
///
/// # Errors
/// When a column is not as long as the pairs are many.
///
/// # Examples
/// ```
/// use sponsorfit::{EventId, SponsorId};
///
/// let (sponsors, events) = ([SponsorId::from_bytes([0; 16])], [EventId::from_bytes([1; 16])]);
/// let table = sponsorfit_arrow::every_pair(&sponsors, &events, vec![("score".to_owned(), vec![0.5])], "")?;
/// assert_eq!(table.batches[0].num_rows(), 1);
/// assert!(sponsorfit_arrow::every_pair(&sponsors, &events, vec![("score".to_owned(), vec![])], "").is_err());
/// # Ok::<(), arrow_schema::ArrowError>(())
/// ```
pub fn every_pair(
    sponsors: &[SponsorId],
    events: &[EventId],
    numbers: Vec<(String, Vec<f64>)>,
    fingerprint: &str,
) -> Result<Table, ArrowError> {
    let metadata = [("config_fingerprint".to_owned(), fingerprint.to_owned())];
    let mut fields = vec![ids::field("sponsor_id"), ids::field("event_id")];
    let each_often = sponsors.iter().flat_map(|id| std::iter::repeat_n(*id.as_bytes(), events.len()));
    let again = ids::repeated(events.iter().map(|id| *id.as_bytes()), sponsors.len())?;
    let mut columns = vec![ids::column(each_often)?, again];
    for (name, values) in numbers {
        fields.push(Field::new(name, DataType::Float64, true));
        columns.push(column(values));
    }
    let schema = Arc::new(Schema::new_with_metadata(fields, metadata.into()));
    RecordBatch::try_new(schema, columns).map(Table::of)
}

/// Returns pairs with the numbers of each feature, which has a name and a definition; NaN becomes null.
///
/// # Errors
/// When a column is not as long as the pairs are many.
///
/// # Examples
/// ```
/// use sponsorfit::{EventId, SponsorId};
///
/// let pair = (SponsorId::from_bytes([0; 16]), EventId::from_bytes([1; 16]));
/// let table = sponsorfit_arrow::features(&[pair], [("age", "days since the first", vec![f64::NAN])])?;
/// assert_eq!(table.schema.field(2).metadata()["definition"], "days since the first");
/// assert_eq!(table.batches[0].column(2).null_count(), 1);
/// # Ok::<(), arrow_schema::ArrowError>(())
/// ```
pub fn features<'a>(
    pairs: &[(SponsorId, EventId)],
    features: impl IntoIterator<Item = (&'a str, &'a str, Vec<f64>)>,
) -> Result<Table, ArrowError> {
    let mut fields = vec![ids::field("sponsor_id"), ids::field("event_id")];
    let mut columns = vec![
        ids::column(pairs.iter().map(|(sponsor, _)| *sponsor.as_bytes()))?,
        ids::column(pairs.iter().map(|(_, event)| *event.as_bytes()))?,
    ];
    for (name, definition, values) in features {
        let field = Field::new(name, DataType::Float64, true);
        fields.push(field.with_metadata([("definition".to_owned(), definition.to_owned())].into()));
        columns.push(column(values));
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map(Table::of)
}

/// Returns the rows that were left out, with the reasons.
///
/// # Errors
/// Never, unless Arrow itself changes.
///
/// # Examples
/// See [`Reject`].
pub fn rejects(rejects: &[Reject]) -> Result<Table, ArrowError> {
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
    RecordBatch::try_new(schema, columns).map(Table::of)
}
