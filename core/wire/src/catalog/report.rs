//! Rows as bytes, and a report of what reading them came to.

use serde::Serialize;
use sponsorfit::rows::{IgnoredField, Reader, Reject, Row, Rows};
use sponsorfit::{Catalog, ScoringConfig};

/// What reading a catalog came to.
///
/// # Examples
/// See [`report`](super::report).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Report {
    /// The rows of sponsors.
    pub sponsors: KindReport,
    /// The rows of events.
    pub events: KindReport,
    /// The rows of insights.
    pub insights: KindReport,
    /// How many insights belong to no event of the catalog.
    pub ignored_insights: usize,
}

/// What reading one kind of row came to.
///
/// # Examples
/// See [`report`](super::report).
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct KindReport {
    /// How many rows were read.
    pub count: usize,
    /// The rows that were left out.
    pub rejects: Vec<Reject>,
    /// The fields that were ignored.
    pub ignored: Vec<IgnoredField>,
}

impl Report {
    /// The report of a catalog whose rows were not read here.
    pub(super) fn of(catalog: &Catalog) -> Self {
        let counted = |count| KindReport { count, ..KindReport::default() };
        let insights = catalog.events().filter(|(_, insights)| insights.is_some()).count();
        Self {
            sponsors: counted(catalog.sponsor_count()),
            events: counted(catalog.event_count()),
            insights: counted(insights),
            ignored_insights: catalog.ignored_insights(),
        }
    }
}

/// Reads the good rows of a file, and reports the rest; no bytes are no rows.
pub(crate) fn read<T: Row>(config: &ScoringConfig, bytes: &[u8]) -> (Vec<T>, KindReport) {
    if bytes.is_empty() {
        return (Vec::new(), KindReport::default());
    }
    let Rows { rows, rejects, ignored, .. } = Reader::for_config(config).read::<T>(bytes);
    let kind = KindReport { count: rows.len(), rejects, ignored };
    (rows.into_iter().map(|numbered| numbered.row).collect(), kind)
}
