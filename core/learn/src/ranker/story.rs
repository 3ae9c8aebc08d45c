//! What a sponsor's past has to do with an event, in one clause a theme.
//!
//! Each clause begins with a verb and has the sponsor as its subject, or with `the event`.

use crate::features::words::{count, share, times};
use crate::features::{Bond, EventFacts, Feature, FeatureRow, Features, Met, SponsorFacts, Theme};

/// Where the words come from.
pub(super) struct Story<'a> {
    pub(super) features: &'a Features,
    pub(super) sponsor: &'a SponsorFacts<'a>,
    pub(super) event: &'a EventFacts<'a>,
    pub(super) row: &'a FeatureRow,
}

impl Story<'_> {
    /// Returns what there is to say about a theme.
    pub(super) fn clause(&self, theme: Theme) -> String {
        let event = self.event.event();
        let here =
            |text: Option<&String>, or: &str| text.map_or_else(|| or.to_owned(), |text| format!("in {text}"));
        match theme {
            Theme::Series => self.series(),
            Theme::Country => self.place(Bond::Country, &here(event.country.as_ref(), "in its country")),
            Theme::City => self.place(Bond::City, &here(event.city.as_ref(), "in its city")),
            Theme::Continent => self.place(Bond::Continent, "on this continent"),
            Theme::Company => self.company(),
            Theme::Activity => self.activity(),
            Theme::Breadth => format!(
                "sponsors {} in {}",
                count(self.value(Feature::Series), "series", "series"),
                count(self.value(Feature::Countries), "country", "countries"),
            ),
            Theme::Tier => self.tier(),
            Theme::Categories => self.categories(),
            Theme::Event => self.about_event(),
            Theme::Profile => self.profile(),
        }
    }

    fn series(&self) -> String {
        match self.features.met(self.sponsor, self.event, Bond::Series) {
            Met { of: None, .. } => "the event is part of no known series".to_owned(),
            Met { of: Some(0), .. } => "the event is the first of its series that is known".to_owned(),
            Met { times: 0, of: Some(of), .. } => {
                format!("never sponsored this series, which had {}", count_of(of, "edition", "editions"))
            }
            met => format!("sponsored this series {}", often(met)),
        }
    }

    fn place(&self, bond: Bond, here: &str) -> String {
        match self.features.met(self.sponsor, self.event, bond) {
            Met { of: None, .. } => {
                format!("the event does not say what else happens {}", here.replace("its ", "the same "))
            }
            Met { of: Some(0), .. } => format!("nobody is known to have sponsored {here}"),
            Met { times: 0, .. } => format!("never sponsored {here}"),
            met => format!("sponsored {here} {}", often(met)),
        }
    }

    fn company(&self) -> String {
        let nearest = [
            (Feature::SeriesNeighboursMean, "this series"),
            (Feature::CountryNeighboursMean, "this country's events"),
            (Feature::ContinentNeighboursMean, "this continent's events"),
        ];
        match nearest.into_iter().find(|(feature, _)| !self.value(*feature).is_nan()) {
            Some((feature, place)) if self.value(feature) > 0.0 => {
                format!(
                    "sponsors events that share {} of their sponsors with {place}",
                    share(self.value(feature))
                )
            }
            Some((_, place)) => format!("sponsors no event that shares a sponsor with {place}"),
            None => "cannot be compared by the company it keeps".to_owned(),
        }
    }

    fn activity(&self) -> String {
        match self.features.activity(self.sponsor) {
            (all, Some(first), recent) => format!(
                "sponsored {} since {first}, {} in the last year",
                count_of(all, "event", "events"),
                if recent == 0 { "none".to_owned() } else { recent.to_string() },
            ),
            _ => "has not been seen to sponsor anything yet".to_owned(),
        }
    }

    fn tier(&self) -> String {
        let mean = self.value(Feature::TierMean);
        let stands = match mean {
            unknown if unknown.is_nan() => "has taken packages of unknown rank".to_owned(),
            top if top < 0.2 => "mostly takes the most prominent packages".to_owned(),
            upper if upper < 0.5 => "mostly takes packages of the upper half".to_owned(),
            lower if lower < 0.8 => "mostly takes packages of the lower half".to_owned(),
            _ => "mostly takes the least prominent packages".to_owned(),
        };
        match self.value(Feature::EventSizeMean) {
            unknown if unknown.is_nan() => stands,
            size => format!("{stands}, at events with {} on average", count(size, "sponsor", "sponsors")),
        }
    }

    fn categories(&self) -> String {
        match self.value(Feature::CategoryCosine) {
            unknown if unknown.is_nan() => "cannot be compared by what its events were about".to_owned(),
            near if near >= 0.7 => "mostly sponsors events about the same".to_owned(),
            some if some > 0.0 => "partly sponsors events about the same".to_owned(),
            _ => "sponsored no event about any of the same".to_owned(),
        }
    }

    fn about_event(&self) -> String {
        let editions = count(self.value(Feature::SeriesEditions), "earlier edition", "earlier editions");
        match self.value(Feature::CountryEvents) {
            unknown if unknown.is_nan() => format!("the event had {editions}"),
            events => format!(
                "the event had {editions}, and its country {}",
                count(events, "sponsored event", "sponsored events")
            ),
        }
    }

    fn profile(&self) -> String {
        let parts = [
            (Feature::CategoriesReachable, "categories"),
            (Feature::GeoReachable, "regions"),
            (Feature::BudgetFit, "budget"),
        ];
        let known = parts.into_iter().filter(|(feature, _)| !self.value(*feature).is_nan());
        let known: Vec<String> =
            known.map(|(feature, name)| format!("{name} by {}", share(self.value(feature)))).collect();
        if known.is_empty() {
            "states nothing that could be compared with the event".to_owned()
        } else {
            format!("fits by its profile: {}", known.join(", "))
        }
    }

    #[allow(clippy::indexing_slicing, reason = "a row has a place for every feature")]
    fn value(&self, feature: Feature) -> f64 {
        self.row[feature as usize]
    }
}

/// `3 times, most recently in 2024`; `once, in 2024`.
fn often(met: Met) -> String {
    let when = met.last_year.map_or_else(String::new, |year| match met.times {
        1 => format!(", in {year}"),
        _ => format!(", most recently in {year}"),
    });
    format!("{}{when}", times(met.times))
}

fn count_of(number: usize, one: &str, many: &str) -> String {
    count(number as f64, one, many)
}
