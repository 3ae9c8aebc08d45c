//! One stored row.

use crate::rows::{Reader, Row};

/// Reads one row as the database wrote it: one bad row must not spoil a batch.
///
/// # Errors
/// Everything that is wrong with the row, as a line for the queue's own column of errors.
///
/// # Examples
/// ```
/// use sponsorfit::rows::Reader;
/// use sponsorfit::{Event, batch};
///
/// let refusal = batch::row::<Event>(Reader::new(), r#"{"event_id": "7", "min_price_cents": -1}"#);
/// let refusal = refusal.unwrap_err();
/// assert!(refusal.starts_with("event_id: `7` is not a UUID; min_price_cents: "), "{refusal}");
/// ```
pub fn row<T: Row>(reader: Reader, text: &str) -> Result<T, String> {
    // The fast way first: nearly always a row is good.
    let read = match serde_json::from_str::<T>(text) {
        Ok(row) => return reader.check(&row).map(|()| row).map_err(|error| error.to_string()),
        Err(error) => error,
    };
    match reader.read::<T>(text.as_bytes()).rejects.first() {
        Some(reject) => {
            let problems: Vec<String> = reject.problems.iter().map(ToString::to_string).collect();
            Err(problems.join("; "))
        }
        None => Err(read.to_string()),
    }
}
