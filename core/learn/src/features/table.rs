//! Every feature: its name, what it is, its unit, its range, and what a value says in words.

use super::words::{count, share, weight, years};

/// What a feature is about.
///
/// # Examples
/// ```
/// use sponsorfit_learn::features::{Feature, Theme};
/// assert_eq!(Feature::CountryRecency.theme(), Theme::Country);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Theme {
    /// Earlier editions of this event.
    Series,
    /// Events in this country.
    Country,
    /// Events in this city.
    City,
    /// Events on this continent.
    Continent,
    /// Events whose sponsors are those of events like this one.
    Company,
    /// How much the sponsor sponsors, and since when.
    Activity,
    /// How widely it spreads what it sponsors.
    Breadth,
    /// How prominently it stands, and beside how many others.
    Tier,
    /// What the events it sponsored were about.
    Categories,
    /// The event itself.
    Event,
    /// What the profile says, compared as the score does.
    Profile,
}

/// A feature's unit.
///
/// # Examples
/// ```
/// use sponsorfit_learn::features::{Feature, Unit};
/// assert_eq!(Feature::YearsSinceLast.unit(), Unit::Years);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Unit {
    /// A whole number of things.
    Count,
    /// Years of 365 days.
    Years,
    /// Things a year.
    PerYear,
    /// Things, each counted as 1 / (1 + its age in years).
    RecencyWeight,
    /// A part of a whole, 0 to 1.
    Share,
    /// 0 for no, 1 for yes.
    YesNo,
    /// A similarity of sets or vectors, 0 to 1.
    Similarity,
}

macro_rules! features {
    ($($variant:ident $name:literal: $theme:ident, $unit:ident, $low:literal ..= $high:expr, $definition:literal, $words:expr;)+) => {
        /// One number about a sponsor and an event, as of a date.
        ///
        /// Every feature has a place in a [`FeatureRow`](super::FeatureRow): that of its
        /// declaration. What a feature cannot say is NaN.
        ///
        /// # Examples
        /// ```
        /// use sponsorfit_learn::features::Feature;
        /// let feature = Feature::from_name("series_years_since").unwrap();
        /// assert_eq!(feature.in_words(0.5), "it last sponsored this series 6 months before");
        /// assert_eq!(feature.in_words(f64::NAN), "series years since: nothing is known");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Feature {
            $(#[doc = $definition] $variant,)+
        }

        impl Feature {
            /// Every feature, in the order of a row.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns its name, as models and files have it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Returns what it is about.
            pub const fn theme(self) -> Theme {
                match self { $(Self::$variant => Theme::$theme),+ }
            }

            /// Returns its unit.
            pub const fn unit(self) -> Unit {
                match self { $(Self::$variant => Unit::$unit),+ }
            }

            /// Returns the least and the greatest value it can have, besides NaN.
            pub const fn range(self) -> (f64, f64) {
                match self { $(Self::$variant => ($low, $high)),+ }
            }

            /// Returns what it is, as a formula in words.
            pub const fn definition(self) -> &'static str {
                match self { $(Self::$variant => $definition),+ }
            }

            /// Returns what a value says, as a clause whose subject is the sponsor or the event.
            pub fn in_words(self, value: f64) -> String {
                if value.is_nan() {
                    return format!("{}: nothing is known", self.name().replace('_', " "));
                }
                let words: fn(f64) -> String = match self { $(Self::$variant => $words),+ };
                words(value)
            }

            /// Returns the feature of a name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|feature| feature.name() == name)
            }
        }
    };
}

/// Written by its name.
impl serde::Serialize for Feature {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

/// No greatest value.
#[cfg(feature = "schema")]
impl schemars::JsonSchema for Feature {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Feature".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let names: Vec<&str> = Self::ALL.iter().map(|feature| feature.name()).collect();
        schemars::json_schema!({
            "description": "The name of one number that a ranker is told of a pair.",
            "type": "string",
            "enum": names,
        })
    }
}

const ANY: f64 = f64::INFINITY;

features! {
    SeriesRecency "series_recency": Series, RecencyWeight, 0.0..=ANY,
        "Editions of this series that it sponsored, each counted as 1 / (1 + its age in years). NaN when the series is unknown.",
        |v| format!("it sponsored this series {}", weight(v));
    SeriesRecencyShare "series_recency_share": Series, Share, 0.0..=1.0,
        "`series_recency` ÷ the same sum over all earlier editions. NaN when there is none.",
        |v| format!("it sponsored {} of this series' editions, the late ones counting more", share(v));
    SeriesYearsSince "series_years_since": Series, Years, 0.0..=ANY,
        "Age of the last edition of this series that it sponsored. NaN when it sponsored none.",
        |v| format!("it last sponsored this series {} before", years(v));
    LastEdition "last_edition": Series, YesNo, 0.0..=1.0,
        "Whether it sponsored the last edition of this series. NaN when there is none.",
        |v| format!("it {} the last edition", sponsored(v));
    EditionBeforeLast "edition_before_last": Series, YesNo, 0.0..=1.0,
        "Whether it sponsored the edition of this series before the last. NaN when there are fewer than two.",
        |v| format!("it {} the edition before the last", sponsored(v));
    CountryRecency "country_recency": Country, RecencyWeight, 0.0..=ANY,
        "Events in this country that it sponsored, each counted as 1 / (1 + its age in years). NaN when the country is unknown.",
        |v| format!("it sponsored in this country {}", weight(v));
    CountryRecencyShare "country_recency_share": Country, Share, 0.0..=1.0,
        "`country_recency` ÷ the same sum over all events of the country. NaN when there is none.",
        |v| format!("it sponsored {} of this country's events, the late ones counting more", share(v));
    CountryYearsSince "country_years_since": Country, Years, 0.0..=ANY,
        "Age of the last event in this country that it sponsored. NaN when it sponsored none.",
        |v| format!("it last sponsored in this country {} before", years(v));
    CountryShare "country_share": Country, Share, 0.0..=1.0,
        "Events in this country ÷ all events that it sponsored. NaN when it sponsored none, or the country is unknown.",
        |v| format!("{} of what it sponsored was in this country", share(v));
    CountrySeries "country_series": Country, Count, 0.0..=ANY,
        "How many series of this country it sponsored. NaN when the country is unknown.",
        |v| format!("it sponsored {} of this country", count(v, "series", "series"));
    CityRecency "city_recency": City, RecencyWeight, 0.0..=ANY,
        "Events in this city that it sponsored, each counted as 1 / (1 + its age in years). NaN when the city or its country is unknown.",
        |v| format!("it sponsored in this city {}", weight(v));
    ContinentRecency "continent_recency": Continent, RecencyWeight, 0.0..=ANY,
        "Events on this continent that it sponsored, each counted as 1 / (1 + its age in years). NaN when the continent is unknown.",
        |v| format!("it sponsored on this continent {}", weight(v));
    ContinentRecencyShare "continent_recency_share": Continent, Share, 0.0..=1.0,
        "`continent_recency` ÷ the same sum over all events of the continent. NaN when there is none.",
        |v| format!("it sponsored {} of this continent's events, the late ones counting more", share(v));
    ContinentYearsSince "continent_years_since": Continent, Years, 0.0..=ANY,
        "Age of the last event on this continent that it sponsored. NaN when it sponsored none.",
        |v| format!("it last sponsored on this continent {} before", years(v));
    ContinentShare "continent_share": Continent, Share, 0.0..=1.0,
        "Events on this continent ÷ all events that it sponsored. NaN when it sponsored none, or the continent is unknown.",
        |v| format!("{} of what it sponsored was on this continent", share(v));
    SeriesNeighbours "series_neighbours": Company, RecencyWeight, 0.0..=ANY,
        "Sum over the events it sponsored of their closeness to this series, each counted as 1 / (1 + its age in years). Closeness: the mean similarity of an event's sponsors to those of the series' editions, weighted in the same way; similarity of two sets of sponsors: shared ÷ √(product of sizes). NaN when there is no earlier edition.",
        |v| format!("the events it sponsors share their sponsors with this series: {v:.2}");
    SeriesNeighboursMean "series_neighbours_mean": Company, Similarity, 0.0..=1.0,
        "Mean over the events it sponsored of their closeness to this series. NaN when there is none.",
        |v| format!("an event it sponsors shares {} of its sponsors with this series", share(v));
    CountryNeighbours "country_neighbours": Company, RecencyWeight, 0.0..=ANY,
        "As `series_neighbours`, with the events of this country.",
        |v| format!("the events it sponsors share their sponsors with this country's: {v:.2}");
    CountryNeighboursMean "country_neighbours_mean": Company, Similarity, 0.0..=1.0,
        "As `series_neighbours_mean`, with the events of this country.",
        |v| format!("an event it sponsors shares {} of its sponsors with one of this country", share(v));
    ContinentNeighbours "continent_neighbours": Company, RecencyWeight, 0.0..=ANY,
        "As `series_neighbours`, with the events of this continent.",
        |v| format!("the events it sponsors share their sponsors with this continent's: {v:.2}");
    ContinentNeighboursMean "continent_neighbours_mean": Company, Similarity, 0.0..=1.0,
        "As `series_neighbours_mean`, with the events of this continent.",
        |v| format!("an event it sponsors shares {} of its sponsors with one of this continent", share(v));
    Recency "recency": Activity, RecencyWeight, 0.0..=ANY,
        "Events that it sponsored, each counted as 1 / (1 + its age in years).",
        |v| format!("it sponsored events {}", weight(v));
    RecencyShare "recency_share": Activity, Share, 0.0..=1.0,
        "`recency` ÷ the same sum over all events: its popularity. NaN when nothing was ever sponsored.",
        |v| format!("it sponsored {} of all events, the late ones counting more", share(v));
    LastYearShare "last_year_share": Activity, Share, 0.0..=1.0,
        "Events of the last 365 days that it sponsored ÷ all of them.",
        |v| format!("it sponsored {} of the last year's events", share(v));
    Events "events": Activity, Count, 0.0..=ANY,
        "How many events it sponsored.",
        |v| format!("it sponsored {} so far", count(v, "event", "events"));
    YearsSinceFirst "years_since_first": Activity, Years, 0.0..=ANY,
        "Age of the first event that it sponsored. NaN when it sponsored none.",
        |v| format!("it first sponsored an event {} before", years(v));
    YearsSinceLast "years_since_last": Activity, Years, 0.0..=ANY,
        "Age of the last event that it sponsored. NaN when it sponsored none.",
        |v| format!("it last sponsored an event {} before", years(v));
    EventsPerYear "events_per_year": Activity, PerYear, 0.0..=ANY,
        "`events` ÷ (1 + `years_since_first`). NaN when it sponsored none.",
        |v| format!("it sponsors about {v:.1} events a year");
    NewSeries "new_series": Activity, Count, 0.0..=ANY,
        "Series that it sponsored for the first time in the last two years.",
        |v| format!("it took up {} in the last two years", count(v, "series", "series"));
    Countries "countries": Breadth, Count, 0.0..=ANY,
        "In how many countries it sponsored.",
        |v| format!("it sponsored in {}", count(v, "country", "countries"));
    Continents "continents": Breadth, Count, 0.0..=ANY,
        "On how many continents it sponsored.",
        |v| format!("it sponsored on {}", count(v, "continent", "continents"));
    Series "series": Breadth, Count, 0.0..=ANY,
        "How many series it sponsored.",
        |v| format!("it sponsored {}", count(v, "series", "series"));
    CountryConcentration "country_concentration": Breadth, Share, 0.0..=1.0,
        "Sum over countries of (its events there ÷ all its events)². NaN when it sponsored none.",
        |v| format!("its sponsoring is concentrated on few countries: {v:.2} of at most 1");
    TierMean "tier_mean": Tier, Share, 0.0..=1.0,
        "Mean over its sponsorships of (tier level − 1) ÷ (lowest level of that event − 1): 0 is the top tier. NaN when no level is known.",
        |v| format!("its packages stand {} of the way down from the top tier on average", share(v));
    EventSizeMean "event_size_mean": Tier, Count, 1.0..=ANY,
        "Mean number of sponsors of the events it sponsored. NaN when it sponsored none.",
        |v| format!("the events it sponsors have {v:.0} sponsors on average");
    CategoryCosine "category_cosine": Categories, Similarity, 0.0..=1.0,
        "Cosine between how often it sponsored each category and the event's set of categories. NaN when either is empty.",
        |v| format!("what it sponsored is like this event's categories: {v:.2} of at most 1");
    CategoryCosineIdf "category_cosine_idf": Categories, Similarity, 0.0..=1.0,
        "As `category_cosine`, each category weighted by ln((1 + events) ÷ (1 + events that carry it)). NaN when nothing is left.",
        |v| format!("what it sponsored is like this event's rare categories: {v:.2} of at most 1");
    SeriesEditions "series_editions": Event, Count, 0.0..=ANY,
        "How many earlier editions of this series were sponsored.",
        |v| format!("the event had {}", count(v, "sponsored edition before", "sponsored editions before"));
    SeriesYearsSinceEdition "series_years_since_edition": Event, Years, 0.0..=ANY,
        "Age of the last edition of this series. NaN when there is none.",
        |v| format!("its last edition was {} before", years(v));
    CountryEvents "country_events": Event, Count, 0.0..=ANY,
        "How many earlier events in this country were sponsored. NaN when the country is unknown.",
        |v| format!("the country had {}", count(v, "sponsored event before", "sponsored events before"));
    BudgetFit "budget_fit": Profile, Share, 0.0..=1.0,
        "The score's `budget_fit` under the default half budget. NaN when the budget is unknown.",
        |v| format!("its budget fits: {v:.2} of at most 1");
    BudgetFitPrice "budget_fit_price": Profile, Share, 0.0..=1.0,
        "The score's `budget_fit` under the reading `price`. NaN when the budget or the event's price is unknown.",
        |v| format!("its budget fits the cheapest package: {v:.2} of at most 1");
    CategoriesPreferred "categories_preferred": Profile, Share, 0.0..=1.0,
        "The score's overlap of categories under the reading `preferred`. NaN when unknown.",
        |v| format!("the event is about {} of its preferred categories", share(v));
    CategoriesReachable "categories_reachable": Profile, Share, 0.0..=1.0,
        "The score's overlap of categories under the reading `reachable`. NaN when unknown.",
        |v| format!("their categories overlap by {} of what is possible", share(v));
    GeoPreferred "geo_preferred": Profile, Share, 0.0..=1.0,
        "The score's overlap of regions under the reading `preferred`. NaN when unknown.",
        |v| format!("the event reaches {} of its regions", share(v));
    GeoReachable "geo_reachable": Profile, Share, 0.0..=1.0,
        "The score's overlap of regions under the reading `reachable`. NaN when unknown.",
        |v| format!("their regions overlap by {} of what is possible", share(v));
    GeoAudienceShare "geo_audience_share": Profile, Share, 0.0..=1.0,
        "The score's `geo_fit` under the reading `audience_share`. NaN when unknown.",
        |v| format!("{} of the audience comes from its regions", share(v));
    EngagementScore "engagement_score": Profile, Share, 0.0..=1.0,
        "How engaged the event's audience was. NaN when unknown.",
        |v| format!("the audience's engagement is {v:.2} of at most 1");
    TicketConversionRate "ticket_conversion_rate": Profile, Share, 0.0..=1.0,
        "Visitors who bought a ticket ÷ visitors. NaN when unknown.",
        |v| format!("{} of the visitors bought a ticket", share(v));
    ObjectivesKeywords "objectives_keywords": Profile, Similarity, 0.0..=1.0,
        "The score's similarity of objectives by keywords, every word counting the same. NaN when unknown.",
        |v| format!("their objectives share words: {v:.2} of at most 1");
    ObjectivesEmbedding "objectives_embedding": Profile, Similarity, 0.0..=1.0,
        "The score's similarity of objectives by embedding. NaN when unknown.",
        |v| format!("their objectives mean the same: {v:.2} of at most 1");
}

fn sponsored(value: f64) -> &'static str {
    if value > 0.0 { "sponsored" } else { "did not sponsor" }
}

/// The features of one pair, each at the place of its declaration; NaN is unknown.
///
/// # Examples
/// ```
/// use sponsorfit_learn::features::{Feature, FeatureRow};
/// fn is_newcomer(row: &FeatureRow) -> bool {
///     row[Feature::Events as usize] == 0.0
/// }
/// ```
pub type FeatureRow = [f64; Feature::ALL.len()];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_distinct_and_known() {
        for (place, feature) in Feature::ALL.iter().enumerate() {
            assert_eq!(*feature as usize, place);
            assert_eq!(Feature::from_name(feature.name()), Some(*feature));
            assert!(feature.name().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_'));
        }
        assert_eq!(Feature::from_name("Events"), None);
    }

    #[test]
    fn every_value_has_words() {
        for feature in Feature::ALL {
            let (low, high) = feature.range();
            for value in [low, 1.0, high.min(7.0)] {
                let words = feature.in_words(value);
                assert!(words.len() > 10 && !words.contains("NaN") && !words.contains("nothing"), "{words}");
            }
            assert!(feature.in_words(f64::NAN).ends_with("nothing is known"));
        }
    }
}
