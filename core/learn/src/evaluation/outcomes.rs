//! What came of events, as it was written down at any time.

use std::collections::BTreeMap;

use sponsorfit::{AudienceInsights, Event, EventId, PastSponsorship};

/// Events and sponsorships of all times: what rankings are measured by.
///
/// Profiles are no part of it: they say what is known today, and a [`Backtest`](super::Backtest)
/// rebuilds them from what was known at its cut.
///
/// # Examples
/// See [`Backtest`](super::Backtest).
#[derive(Clone, Debug, Default)]
pub struct Outcomes {
    /// Every event.
    pub events: Vec<Event>,
    /// What was measured of their audiences.
    pub insights: BTreeMap<EventId, AudienceInsights>,
    /// What came of every sponsorship.
    pub sponsorships: Vec<PastSponsorship>,
}

impl Outcomes {
    /// Returns outcomes made of rows; of several insights of one event the last count.
    ///
    /// # Examples
    /// See [`Backtest`](super::Backtest).
    pub fn new(
        events: Vec<Event>,
        insights: impl IntoIterator<Item = AudienceInsights>,
        sponsorships: Vec<PastSponsorship>,
    ) -> Self {
        let insights = insights.into_iter().map(|row| (row.event_id, row)).collect();
        Self { events, insights, sponsorships }
    }
}
