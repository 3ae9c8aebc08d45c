//! Rows on their way to `sponsorship_matches`: columns, so that one statement writes thousands.

use bytes::{BufMut, BytesMut};
use sponsorfit::MatchScore;
use tokio_postgres::Transaction;
use tokio_postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use uuid::Uuid;

use crate::database::Statements;
use crate::error::Error;

/// Rows that one statement writes: enough to hide the round trip, few enough to stay in cache.
const ROWS_A_STATEMENT: usize = 8192;

/// JSON text, sent as it is: parsed once, by Postgres.
#[derive(Debug)]
struct Json(String);

impl ToSql for Json {
    fn to_sql(
        &self,
        _: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        out.put_u8(1);
        out.extend_from_slice(self.0.as_bytes());
        Ok(IsNull::No)
    }

    fn accepts(kind: &Type) -> bool {
        *kind == Type::JSONB
    }

    to_sql_checked!();
}

/// Pairs that changed, and pairs that are not kept.
#[derive(Debug, Default)]
pub(crate) struct Writes {
    events: Vec<Uuid>,
    sponsors: Vec<Uuid>,
    scores_e4: Vec<i32>,
    scores: Vec<f64>,
    coverages: Vec<f64>,
    metrics: Vec<Json>,
    digests: Vec<i64>,
    event_gens: Vec<i64>,
    sponsor_gens: Vec<i64>,
    pub(crate) written: u64,
}

impl Writes {
    pub(crate) fn push(&mut self, score: &MatchScore, digest: i64, sponsor_gen: i64, event_gen: i64) {
        self.events.push(Uuid::from_bytes(*score.event_id.as_bytes()));
        self.sponsors.push(Uuid::from_bytes(*score.sponsor_id.as_bytes()));
        self.scores_e4.push(ten_thousandths(&score.score_decimal()));
        self.scores.push(score.score.get());
        self.coverages.push(score.coverage.get());
        // Numbers in 0..=1 and null: this cannot fail, and an empty text would be refused by Postgres.
        self.metrics.push(Json(serde_json::to_string(&score.overlap_metrics).unwrap_or_default()));
        self.digests.push(digest);
        self.sponsor_gens.push(sponsor_gen);
        self.event_gens.push(event_gen);
    }

    pub(crate) fn is_full(&self) -> bool {
        self.events.len() >= ROWS_A_STATEMENT
    }

    pub(crate) async fn flush(
        &mut self,
        transaction: &Transaction<'_>,
        statements: &Statements,
        identity: &Identity,
    ) -> Result<(), Error> {
        if self.events.is_empty() {
            return Ok(());
        }
        let row = transaction
            .query_one(
                &statements.write,
                &[
                    &self.events,
                    &self.sponsors,
                    &self.scores_e4,
                    &self.scores,
                    &self.coverages,
                    &self.metrics,
                    &self.digests,
                    &self.event_gens,
                    &self.sponsor_gens,
                    &identity.fingerprint,
                    &identity.engine_version,
                ],
            )
            .await?;
        self.written += row.try_get::<_, i64>(0)?.unsigned_abs();
        let written = self.written;
        *self = Self { written, ..Self::default() };
        Ok(())
    }
}

/// Under which configuration and by which engine a score was made.
#[derive(Clone, Debug)]
pub(crate) struct Identity {
    pub(crate) fingerprint: String,
    pub(crate) engine_version: String,
}

/// Reads the digits of `0.6469` as a number of ten-thousandths.
fn ten_thousandths(decimal: &str) -> i32 {
    decimal.bytes().filter(u8::is_ascii_digit).fold(0, |number, digit| number * 10 + i32::from(digit - b'0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_are_counted_in_ten_thousandths() {
        assert_eq!(["0.0000", "0.0042", "0.6469", "1.0000"].map(ten_thousandths), [0, 42, 6469, 10_000]);
    }
}
