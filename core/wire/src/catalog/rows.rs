//! Rows as bytes, and a report of what reading them came to.

use serde::Serialize;
use sponsorfit::rows::{IgnoredField, Reader, Reject, Row, Rows};
use sponsorfit::{AudienceInsights, Catalog, Event, ScoringConfig, SponsorProfile};

/// The good rows.
pub(super) struct Read {
    pub(super) sponsors: Vec<SponsorProfile>,
    pub(super) events: Vec<Event>,
    pub(super) insights: Vec<AudienceInsights>,
}

/// What is to be told of each kind of row.
#[derive(Serialize)]
pub(super) struct Report {
    sponsors: Kind,
    events: Kind,
    insights: Kind,
}

#[derive(Default, Serialize)]
struct Kind {
    count: usize,
    rejects: Vec<Reject>,
    ignored: Vec<IgnoredField>,
}

impl Report {
    /// The report of a catalog whose rows were not read here.
    pub(super) fn of(catalog: &Catalog) -> Self {
        let counted = |count| Kind { count, ..Kind::default() };
        let insights = catalog.events().filter(|(_, insights)| insights.is_some()).count();
        Self {
            sponsors: counted(catalog.sponsor_count()),
            events: counted(catalog.event_count()),
            insights: counted(insights),
        }
    }

    /// Writes it, with the number of insights that belong to no event.
    pub(super) fn text(&self, ignored_insights: usize) -> String {
        #[derive(Serialize)]
        struct Whole<'a> {
            #[serde(flatten)]
            report: &'a Report,
            ignored_insights: usize,
        }
        crate::answer(&Ok(Whole { report: self, ignored_insights }))
    }
}

pub(super) fn read(
    config: &ScoringConfig,
    sponsors: &[u8],
    events: &[u8],
    insights: &[u8],
) -> (Read, Report) {
    let (sponsors, of_sponsors) = kind(config, sponsors);
    let (events, of_events) = kind(config, events);
    let (insights, of_insights) = kind(config, insights);
    let report = Report { sponsors: of_sponsors, events: of_events, insights: of_insights };
    (Read { sponsors, events, insights }, report)
}

fn kind<T: Row>(config: &ScoringConfig, bytes: &[u8]) -> (Vec<T>, Kind) {
    if bytes.is_empty() {
        return (Vec::new(), Kind::default());
    }
    let Rows { rows, rejects, ignored, .. } = Reader::for_config(config).read::<T>(bytes);
    let kind = Kind { count: rows.len(), rejects, ignored };
    (rows.into_iter().map(|numbered| numbered.row).collect(), kind)
}
