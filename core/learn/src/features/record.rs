//! What a sponsor had done before a date.

/// A sponsor and a past event it sponsored.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    /// Place in the past events.
    pub(super) event: u32,
    /// The most prominent tier level it had there.
    pub(super) level: Option<u64>,
}

/// What a sponsor had done before the date.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    /// In the order of the past events.
    pub(super) ties: Vec<Tie>,
    /// How often it sponsored each category, ascending by category.
    pub(super) categories: Vec<(usize, u32)>,
    /// √Σ p² and √Σ (p·idf)² over these.
    pub(super) norms: [f64; 2],
    /// The country of each pair of a series and a country that it sponsored, ascending.
    pub(super) series_countries: Vec<usize>,
    pub(super) alone: Alone,
}

/// The features of a sponsor that no event changes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Alone {
    pub(super) recency: f64,
    pub(super) recency_share: f64,
    pub(super) last_year_share: f64,
    pub(super) events: f64,
    pub(super) years_since_first: f64,
    pub(super) years_since_last: f64,
    pub(super) events_per_year: f64,
    pub(super) new_series: f64,
    pub(super) countries: f64,
    pub(super) continents: f64,
    pub(super) series: f64,
    pub(super) country_concentration: f64,
    pub(super) tier_mean: f64,
    pub(super) event_size_mean: f64,
}
