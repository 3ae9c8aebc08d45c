//! Named changes of fields, and the rows they are made on.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::model::{AudienceInsights, Count, Event, Label, SponsorProfile, UnitInterval};
use crate::small::decimal::{money, plain};

/// A change of one fact, written in JSON as `{"add_region": "CA"}`.
///
/// # Examples
/// ```
/// use sponsorfit::{Change, Side};
///
/// let change: Change = serde_json::from_str(r#"{"set_budget": 500000}"#)?;
/// assert_eq!(change.side(), Side::Sponsor);
/// assert_eq!(change.to_string(), "set the yearly budget to 5,000.00");
/// assert_eq!(serde_json::to_string(&Change::AddRegion("CA".into()))?, r#"{"add_region":"CA"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
#[non_exhaustive]
pub enum Change {
    /// Adds to the sponsor's `preferred_categories`.
    AddCategory(Label),
    /// Removes from the sponsor's `preferred_categories`.
    RemoveCategory(Label),
    /// Adds to the sponsor's `regions`.
    AddRegion(Label),
    /// Removes from the sponsor's `regions`.
    RemoveRegion(Label),
    /// Sets the sponsor's `annual_budget_cents`; `None` makes it unknown.
    SetBudget(Option<Count>),
    /// Adds to the keywords of the sponsor's `brand_objectives`.
    AddKeyword(Label),
    /// Adds to the event's `categories`.
    AddEventCategory(Label),
    /// Removes from the event's `categories`.
    RemoveEventCategory(Label),
    /// Adds to the event's `regions`.
    AddEventRegion(Label),
    /// Removes from the event's `regions`.
    RemoveEventRegion(Label),
    /// Sets the event's `min_price_cents`; `None` makes it unknown.
    SetMinPrice(Option<Count>),
    /// Adds to the keywords of the event's `objectives`.
    AddEventKeyword(Label),
    /// Sets the insights' `engagement_score`; `None` makes it unknown.
    SetEngagementScore(Option<UnitInterval>),
    /// Sets the insights' `ticket_conversion_rate`; `None` makes it unknown.
    SetTicketConversionRate(Option<UnitInterval>),
    /// Sets the visitors from one region in the insights' `geo_distribution`.
    SetVisitors {
        /// The region.
        region: Label,
        /// How many visitors came from there.
        count: Count,
    },
}

/// Whose facts a change is about.
///
/// # Examples
/// ```
/// assert_eq!(serde_json::to_string(&sponsorfit::Side::Event)?, "\"event\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// The sponsor's profile.
    Sponsor,
    /// The event and its audience.
    Event,
}

impl Change {
    /// Returns whose facts it changes.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Change, Side};
    ///
    /// assert_eq!(Change::AddEventRegion("CA".into()).side(), Side::Event);
    /// ```
    pub const fn side(&self) -> Side {
        match self {
            Self::AddCategory(_)
            | Self::RemoveCategory(_)
            | Self::AddRegion(_)
            | Self::RemoveRegion(_)
            | Self::SetBudget(_)
            | Self::AddKeyword(_) => Side::Sponsor,
            Self::AddEventCategory(_)
            | Self::RemoveEventCategory(_)
            | Self::AddEventRegion(_)
            | Self::RemoveEventRegion(_)
            | Self::SetMinPrice(_)
            | Self::AddEventKeyword(_)
            | Self::SetEngagementScore(_)
            | Self::SetTicketConversionRate(_)
            | Self::SetVisitors { .. } => Side::Event,
        }
    }
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = |f: &mut fmt::Formatter<'_>, what: &str, value: Option<String>| match value {
            Some(value) => write!(f, "set the {what} to {value}"),
            None => write!(f, "make the {what} unknown"),
        };
        match self {
            Self::AddCategory(label) => write!(f, "prefer the category {label}"),
            Self::RemoveCategory(label) => write!(f, "no longer prefer the category {label}"),
            Self::AddRegion(label) => write!(f, "want the region {label}"),
            Self::RemoveRegion(label) => write!(f, "no longer want the region {label}"),
            Self::SetBudget(cents) => set(f, "yearly budget", cents.map(|cents| money(cents.as_f64()))),
            Self::AddKeyword(label) => write!(f, "add the sponsor's keyword {label}"),
            Self::AddEventCategory(label) => write!(f, "put the event into the category {label}"),
            Self::RemoveEventCategory(label) => write!(f, "take the event out of the category {label}"),
            Self::AddEventRegion(label) => write!(f, "bring the event to the region {label}"),
            Self::RemoveEventRegion(label) => write!(f, "take the event out of the region {label}"),
            Self::SetMinPrice(cents) => set(f, "lowest price", cents.map(|cents| money(cents.as_f64()))),
            Self::AddEventKeyword(label) => write!(f, "add the event's keyword {label}"),
            Self::SetEngagementScore(rate) => set(f, "engagement score", rate.map(|rate| plain(rate.get()))),
            Self::SetTicketConversionRate(rate) => {
                set(f, "ticket conversion rate", rate.map(|rate| plain(rate.get())))
            }
            Self::SetVisitors { region, count } => write!(f, "count {count} visitors from {region}"),
        }
    }
}

/// Copies of a pair's rows that changes are made on.
pub(super) struct Rows {
    pub(super) sponsor: SponsorProfile,
    pub(super) event: Event,
    pub(super) insights: Option<AudienceInsights>,
}

impl Rows {
    pub(super) fn of(sponsor: &SponsorProfile, event: &Event, insights: Option<&AudienceInsights>) -> Self {
        Self { sponsor: sponsor.clone(), event: event.clone(), insights: insights.cloned() }
    }

    fn measured(&mut self) -> &mut AudienceInsights {
        let event_id = self.event.event_id;
        self.insights.get_or_insert_with(|| AudienceInsights::new(event_id))
    }

    pub(super) fn apply(&mut self, change: &Change) {
        let (sponsor, event) = (&mut self.sponsor, &mut self.event);
        match change {
            Change::AddCategory(label) => {
                sponsor.preferred_categories.insert(label.clone());
            }
            Change::RemoveCategory(label) => {
                sponsor.preferred_categories.remove(label);
            }
            Change::AddRegion(label) => {
                sponsor.regions.insert(label.clone());
            }
            Change::RemoveRegion(label) => {
                sponsor.regions.remove(label);
            }
            Change::SetBudget(cents) => sponsor.annual_budget_cents = *cents,
            Change::AddKeyword(label) => {
                sponsor.brand_objectives.keywords.insert(label.clone());
            }
            Change::AddEventCategory(label) => {
                event.categories.insert(label.clone());
            }
            Change::RemoveEventCategory(label) => {
                event.categories.remove(label);
            }
            Change::AddEventRegion(label) => {
                event.regions.insert(label.clone());
            }
            Change::RemoveEventRegion(label) => {
                event.regions.remove(label);
            }
            Change::SetMinPrice(cents) => event.min_price_cents = *cents,
            Change::AddEventKeyword(label) => {
                event.objectives.keywords.insert(label.clone());
            }
            Change::SetEngagementScore(rate) => self.measured().engagement_score = *rate,
            Change::SetTicketConversionRate(rate) => self.measured().ticket_conversion_rate = *rate,
            Change::SetVisitors { region, count } => {
                self.measured().geo_distribution.set(region.clone(), *count);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{EventId, SponsorId};

    const EVERY: &str = r#"[{"add_category":"a"},{"remove_category":"b"},{"add_region":"c"},{"remove_region":"d"},
        {"set_budget":5},{"add_keyword":"e"},{"add_event_category":"f"},{"remove_event_category":"g"},
        {"add_event_region":"h"},{"remove_event_region":"i"},{"set_min_price":6},{"add_event_keyword":"j"},
        {"set_engagement_score":0.5},{"set_ticket_conversion_rate":0.25},{"set_visitors":{"region":"k","count":7}}]"#;

    #[test]
    fn every_change_is_written_made_and_described() {
        let changes: Vec<Change> = serde_json::from_str(EVERY).unwrap();
        let text: String = EVERY.split_whitespace().collect();
        assert_eq!(serde_json::to_string(&changes).unwrap(), text);

        let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
        sponsor.preferred_categories = ["b"].into_iter().collect();
        sponsor.regions = ["d"].into_iter().collect();
        let mut event = Event::new(EventId::from_bytes([2; 16]));
        event.categories = ["g"].into_iter().collect();
        event.regions = ["i"].into_iter().collect();
        let mut rows = Rows::of(&sponsor, &event, None);
        for change in &changes {
            rows.apply(change);
            assert!(!change.to_string().is_empty());
        }
        let only = |text: &str| [text].into_iter().collect();
        assert_eq!(rows.sponsor.preferred_categories, only("a"));
        assert_eq!(rows.sponsor.regions, only("c"));
        assert_eq!(rows.sponsor.annual_budget_cents, Some(Count::from(5)));
        assert_eq!(rows.sponsor.brand_objectives.keywords, only("e"));
        assert_eq!(rows.event.categories, only("f"));
        assert_eq!(rows.event.regions, only("h"));
        assert_eq!(rows.event.min_price_cents, Some(Count::from(6)));
        assert_eq!(rows.event.objectives.keywords, only("j"));
        let insights = rows.insights.unwrap();
        assert_eq!(insights.engagement_score, Some(UnitInterval::HALF));
        assert_eq!(insights.ticket_conversion_rate.unwrap().get().to_bits(), 0.25_f64.to_bits());
        assert_eq!(insights.geo_distribution.total(), 7);
        let sides: Vec<Side> = changes.iter().map(Change::side).collect();
        assert_eq!(sides.iter().filter(|side| **side == Side::Sponsor).count(), 6);
    }

    #[test]
    fn setting_nothing_makes_unknown() {
        let change: Change = serde_json::from_str(r#"{"set_budget": null}"#).unwrap();
        assert_eq!(change.to_string(), "make the yearly budget unknown");
        assert!(serde_json::from_str::<Change>(r#"{"set_budgets": 1}"#).is_err());
        let more = r#"{"set_visitors": {"region": "US", "count": 1, "counts": 2}}"#;
        assert!(serde_json::from_str::<Change>(more).unwrap_err().to_string().starts_with("unknown field"));
        assert!(serde_json::from_str::<Change>(r#"{"set_engagement_score": 2}"#).is_err());
    }
}
