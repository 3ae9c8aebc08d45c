//! What must hold when any bytes are read as rows.
//!
//! The fuzz target calls it, and so do ordinary tests: over the corpus that
//! fuzzing left, and over what proptest makes up.

use serde::Serialize;
use sponsorfit::rows::{self, Row};
use sponsorfit::{AudienceInsights, ErrorKind, Event, SponsorProfile};

/// Reads bytes as every type of row.
pub(crate) fn check(bytes: &[u8]) {
    check_type::<SponsorProfile>(bytes);
    check_type::<Event>(bytes);
    check_type::<AudienceInsights>(bytes);
    check_type::<rows::SponsorName>(bytes);
    check_type::<rows::EventTitle>(bytes);
}

fn check_type<T: Row + Serialize + PartialEq + std::fmt::Debug>(bytes: &[u8]) {
    let read = rows::read::<T>(bytes);
    let last = bytes.split(|byte| *byte == b'\n').count() as u64;

    let lines: Vec<u64> = read.rows.iter().map(|row| row.line).collect();
    assert!(lines.is_sorted() && lines.iter().all(|line| (1..=last).contains(line)), "{lines:?}");
    let lines: Vec<u64> = read.rejects.iter().map(|reject| reject.line).collect();
    assert!(lines.is_sorted() && lines.iter().all(|line| (1..=last).contains(line)), "{lines:?}");

    assert!(read.rejects.iter().all(|reject| !reject.problems.is_empty()));
    for field in &read.ignored {
        assert!((1..=read.rows.len() as u64).contains(&field.count), "{field:?}");
    }

    for row in read.rows {
        reads_back(&row.row);
    }
}

/// Checks that a row survives being written and read.
fn reads_back<T: Row + Serialize>(row: &T) {
    let text = serde_json::to_string(row).unwrap();
    let again = rows::read::<T>(text.as_bytes());
    if let [reject] = again.rejects.as_slice() {
        // Counts of regions with the same key add up, possibly beyond what one count may be.
        assert!(reject.problems.iter().all(|problem| {
            problem.kind() == ErrorKind::OutOfRange && problem.path().starts_with("geo_distribution.")
        }));
    } else {
        assert_eq!(serde_json::to_string(&again.rows[0].row).unwrap(), text);
    }
}
