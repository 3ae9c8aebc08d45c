//! Rows on their way to `sponsorship_matches`.

use std::pin::pin;

use bytes::{BufMut, BytesMut};
use sponsorfit::MatchScore;
use tokio_postgres::Transaction;
use tokio_postgres::binary_copy::BinaryCopyInWriter;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use crate::database::Statements;
use crate::error::Error;

/// Rows that are written at a time: enough to hide the round trip, few enough to stay in cache.
const ROWS_A_STATEMENT: usize = 2048;

/// The types of the columns that [`Statements::insert`] names.
const TYPES: [Type; 11] = [
    Type::UUID,
    Type::UUID,
    Type::NUMERIC,
    Type::FLOAT8,
    Type::FLOAT8,
    Type::JSONB,
    Type::INT8,
    Type::INT8,
    Type::INT8,
    Type::TEXT,
    Type::TEXT,
];

type Encoded = Result<IsNull, Box<dyn std::error::Error + Sync + Send>>;

/// JSON text, sent as it is: parsed once, by Postgres.
#[derive(Debug)]
struct Json(String);

impl ToSql for Json {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Encoded {
        out.put_u8(1);
        out.extend_from_slice(self.0.as_bytes());
        Ok(IsNull::No)
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::JSONB
    }

    to_sql_checked!();
}

/// Ten-thousandths as a `numeric(5, 4)`, whose digits in binary are of base 10 000: it is one digit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct TenThousandths(u16);

impl TenThousandths {
    /// Reads the digits of `0.6469`.
    fn of_decimal(decimal: &str) -> Self {
        let digits = decimal.bytes().filter(u8::is_ascii_digit);
        Self(digits.fold(0, |number, digit| number * 10 + u16::from(digit - b'0')))
    }
}

impl ToSql for TenThousandths {
    fn to_sql(&self, _: &Type, out: &mut BytesMut) -> Encoded {
        const POSITIVE: u16 = 0;
        const DIGITS_SHOWN: u16 = 4;
        let (count, weight, digit) = match self.0 {
            0 => (0, 0, None),
            10_000 => (1, 0, Some(1)),
            part => (1, -1, Some(part)),
        };
        out.put_u16(count);
        out.put_i16(weight);
        out.put_u16(POSITIVE);
        out.put_u16(DIGITS_SHOWN);
        if let Some(digit) = digit {
            out.put_u16(digit);
        }
        Ok(IsNull::No)
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::NUMERIC
    }

    to_sql_checked!();
}

/// A pair that differs from what is stored.
#[derive(Debug)]
struct Row {
    event: Uuid,
    sponsor: Uuid,
    score: TenThousandths,
    exact: f64,
    coverage: f64,
    metrics: Json,
    digest: i64,
    event_gen: i64,
    sponsor_gen: i64,
}

/// Pairs that are new, and pairs that are stored and changed.
#[derive(Debug, Default)]
pub(crate) struct Writes {
    new: Vec<Row>,
    changed: Vec<Row>,
    pub(crate) written: u64,
}

impl Writes {
    pub(crate) fn push(
        &mut self,
        score: &MatchScore,
        digest: i64,
        [sponsor_gen, event_gen]: [i64; 2],
        is_stored: bool,
    ) {
        let rows = if is_stored { &mut self.changed } else { &mut self.new };
        rows.push(Row {
            event: Uuid::from_bytes(*score.event_id.as_bytes()),
            sponsor: Uuid::from_bytes(*score.sponsor_id.as_bytes()),
            score: TenThousandths::of_decimal(&score.score_decimal()),
            exact: score.score.get(),
            coverage: score.coverage.get(),
            // Numbers in 0..=1 and null: this cannot fail, and an empty text would be refused by Postgres.
            metrics: Json(serde_json::to_string(&score.overlap_metrics).unwrap_or_default()),
            digest,
            event_gen,
            sponsor_gen,
        });
    }

    /// Writes once there is enough to write.
    pub(crate) async fn flush_full(
        &mut self,
        transaction: &Transaction<'_>,
        statements: &Statements,
        identity: &Identity,
    ) -> Result<(), Error> {
        if self.new.len() >= ROWS_A_STATEMENT || self.changed.len() >= ROWS_A_STATEMENT {
            self.flush(transaction, statements, identity).await?;
        }
        Ok(())
    }

    pub(crate) async fn flush(
        &mut self,
        transaction: &Transaction<'_>,
        statements: &Statements,
        identity: &Identity,
    ) -> Result<(), Error> {
        let (new, changed) = (std::mem::take(&mut self.new), std::mem::take(&mut self.changed));
        if !new.is_empty() {
            self.written += insert(transaction, statements, identity, &new).await?;
        }
        if !changed.is_empty() {
            self.written += update(transaction, statements, identity, &changed).await?;
        }
        Ok(())
    }
}

/// Copies rows into the table, which has no check for a conflict: the gate keeps others out.
async fn insert(
    transaction: &Transaction<'_>,
    statements: &Statements,
    identity: &Identity,
    rows: &[Row],
) -> Result<u64, Error> {
    let sink = transaction.copy_in(&statements.insert).await?;
    let mut writer = pin!(BinaryCopyInWriter::new(sink, &TYPES));
    for row in rows {
        let values: [&(dyn ToSql + Sync); 11] = [
            &row.event,
            &row.sponsor,
            &row.score,
            &row.exact,
            &row.coverage,
            &row.metrics,
            &row.digest,
            &row.event_gen,
            &row.sponsor_gen,
            &identity.fingerprint,
            &identity.engine_version,
        ];
        writer.as_mut().write(&values).await?;
    }
    Ok(writer.finish().await?)
}

/// Rewrites stored rows: columns, so that one statement takes thousands.
async fn update(
    transaction: &Transaction<'_>,
    statements: &Statements,
    identity: &Identity,
    rows: &[Row],
) -> Result<u64, Error> {
    let row = transaction
        .query_one(
            &statements.update,
            &[
                &column(rows, |row| &row.event),
                &column(rows, |row| &row.sponsor),
                &column(rows, |row| &row.score),
                &column(rows, |row| &row.exact),
                &column(rows, |row| &row.coverage),
                &column(rows, |row| &row.metrics),
                &column(rows, |row| &row.digest),
                &column(rows, |row| &row.event_gen),
                &column(rows, |row| &row.sponsor_gen),
                &identity.fingerprint,
                &identity.engine_version,
            ],
        )
        .await?;
    Ok(row.try_get::<_, i64>(0)?.unsigned_abs())
}

fn column<T>(rows: &[Row], of: impl Fn(&Row) -> &T) -> Vec<&T> {
    rows.iter().map(of).collect()
}

/// Under which configuration and by which engine a score was made.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) fingerprint: String,
    pub(crate) engine_version: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_counted_in_ten_thousandths() {
        let counts = ["0.0000", "0.0042", "0.6469", "1.0000"].map(TenThousandths::of_decimal);
        assert_eq!(counts, [0, 42, 6469, 10_000].map(TenThousandths));
    }
}
