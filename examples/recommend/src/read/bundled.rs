//! The small catalog of `examples/data`, inside the program so that it runs from any folder.

pub(crate) const SPONSORS: (&str, &[u8]) =
    ("examples/data/sponsors.ndjson", include_bytes!("../../data/sponsors.ndjson"));
pub(crate) const EVENTS: (&str, &[u8]) =
    ("examples/data/events.ndjson", include_bytes!("../../data/events.ndjson"));
pub(crate) const INSIGHTS: (&str, &[u8]) =
    ("examples/data/insights.ndjson", include_bytes!("../../data/insights.ndjson"));
