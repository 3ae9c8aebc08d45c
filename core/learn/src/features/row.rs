//! One pair's features.
#![allow(
    clippy::indexing_slicing,
    reason = "a row has a place for every feature; past events are places in the lists of the same features"
)]

use super::event::Bond;
use super::known::Features;
use super::record::Record;
use super::{EventFacts, Feature, FeatureRow, SponsorFacts, profile};

/// What a sponsor did among the past events with one bond.
#[derive(Clone, Copy, Debug)]
struct Within {
    weight: f64,
    events: f64,
    /// Years since the last one, NaN where there is none.
    last: f64,
    closeness: f64,
    weighted_closeness: f64,
}

impl Features {
    /// Returns the features of a pair.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::{features::{Feature, Features}, history::History};
    /// use sponsorfit::{Event, EventId, SponsorId, SponsorProfile};
    ///
    /// let features = Features::as_of(&History::new(&[], &[])?, "2026-07-01".parse()?);
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let stranger = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let row = features.row(&features.sponsor(&stranger), &features.event(&event, None));
    /// assert_eq!(row[Feature::Events as usize], 0.0);
    /// assert!(row[Feature::YearsSinceLast as usize].is_nan());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn row(&self, sponsor: &SponsorFacts<'_>, event: &EventFacts<'_>) -> FeatureRow {
        let mut row = [f64::NAN; Feature::ALL.len()];
        let record = sponsor.number.map_or(&self.nobody, |number| &self.records[number]);
        self.set_places(&mut row, record, event);
        set_editions(&mut row, record, event, self);
        set_alone(&mut row, record);
        self.set_categories(&mut row, record, event);
        profile::set(&mut row, sponsor, event);
        row
    }

    /// Sets what depends on where and when both were.
    fn set_places(&self, row: &mut FeatureRow, record: &Record, event: &EventFacts<'_>) {
        use Feature::{
            CityRecency, ContinentNeighbours, ContinentNeighboursMean, ContinentRecency,
            ContinentRecencyShare, ContinentShare, ContinentYearsSince, CountryEvents, CountryNeighbours,
            CountryNeighboursMean, CountryRecency, CountryRecencyShare, CountrySeries, CountryShare,
            CountryYearsSince, SeriesNeighbours, SeriesNeighboursMean, SeriesRecency, SeriesRecencyShare,
            SeriesYearsSince,
        };
        let count = record.ties.len() as f64;
        let within = self.within(record, event);
        let mut put = |feature: Feature, value: f64| row[feature as usize] = value;
        let places = [
            (
                Bond::Series,
                SeriesRecency,
                SeriesRecencyShare,
                SeriesYearsSince,
                SeriesNeighbours,
                SeriesNeighboursMean,
            ),
            (
                Bond::Country,
                CountryRecency,
                CountryRecencyShare,
                CountryYearsSince,
                CountryNeighbours,
                CountryNeighboursMean,
            ),
            (
                Bond::Continent,
                ContinentRecency,
                ContinentRecencyShare,
                ContinentYearsSince,
                ContinentNeighbours,
                ContinentNeighboursMean,
            ),
        ];
        for (bond, recency, recency_share, years_since, neighbours, neighbours_mean) in places {
            let Within { weight, last, closeness, weighted_closeness, .. } = within[bond as usize];
            if event.known[bond as usize] {
                put(recency, weight);
                put(years_since, last);
            }
            let all = event.weights[bond as usize];
            if all > 0.0 {
                put(recency_share, weight / all);
                put(neighbours, weighted_closeness);
                put(neighbours_mean, closeness / count);
            }
        }
        if event.known[Bond::Country as usize] {
            let of_country = |country: &usize| Some(*country) == event.country;
            put(CountryShare, within[Bond::Country as usize].events / count);
            put(
                CountrySeries,
                record.series_countries.iter().filter(|country| of_country(country)).count() as f64,
            );
            put(CountryEvents, event.country_events as f64);
        }
        if event.known[Bond::Continent as usize] {
            put(ContinentShare, within[Bond::Continent as usize].events / count);
        }
        if event.known[Bond::City as usize] {
            put(CityRecency, within[Bond::City as usize].weight);
        }
    }

    fn within(&self, record: &Record, event: &EventFacts<'_>) -> [Within; 4] {
        let nothing =
            Within { weight: 0.0, events: 0.0, last: f64::NAN, closeness: 0.0, weighted_closeness: 0.0 };
        let mut within = [nothing; 4];
        for tie in &record.ties {
            let place = tie.event as usize;
            let past = &self.past[place];
            for bond in Bond::ALL.into_iter().filter(|bond| event.has(place, *bond)) {
                let sums = &mut within[bond as usize];
                sums.weight += past.weight;
                sums.events += 1.0;
                // Events come in the order of their days, so this one is the last so far.
                sums.last = past.age;
            }
            for (sums, closeness) in within.iter_mut().zip(&event.closeness) {
                sums.closeness += closeness[place];
                sums.weighted_closeness += closeness[place] * past.weight;
            }
        }
        within
    }

    fn set_categories(&self, row: &mut FeatureRow, record: &Record, event: &EventFacts<'_>) {
        let (mut plain, mut rare) = (0.0, 0.0);
        for &category in &event.categories {
            if let Ok(place) = record.categories.binary_search_by_key(&category, |(own, _)| *own) {
                let times = f64::from(record.categories[place].1);
                let idf = self.idfs[category];
                plain += times;
                rare += times * idf * idf;
            }
        }
        // Rounding may carry a cosine past 1.
        let cosine =
            |product: f64, norms: f64| if norms > 0.0 { (product / norms).min(1.0) } else { f64::NAN };
        let norms = |which: usize| record.norms[which] * event.norms[which];
        row[Feature::CategoryCosine as usize] = cosine(plain, norms(0));
        row[Feature::CategoryCosineIdf as usize] = cosine(rare, norms(1));
    }
}

fn set_editions(row: &mut FeatureRow, record: &Record, event: &EventFacts<'_>, features: &Features) {
    let sponsored = |edition: usize| {
        let own = |tie: &super::record::Tie| (tie.event as usize).cmp(&edition);
        f64::from(u8::from(record.ties.binary_search_by(own).is_ok()))
    };
    let mut put = |feature: Feature, value: f64| row[feature as usize] = value;
    put(Feature::SeriesEditions, event.editions.len() as f64);
    if let Some(&last) = event.editions.first() {
        put(Feature::LastEdition, sponsored(last));
        put(Feature::SeriesYearsSinceEdition, features.past[last].age);
    }
    if let Some(&before) = event.editions.get(1) {
        put(Feature::EditionBeforeLast, sponsored(before));
    }
}

fn set_alone(row: &mut FeatureRow, record: &Record) {
    let alone = &record.alone;
    let values = [
        (Feature::Recency, alone.recency),
        (Feature::RecencyShare, alone.recency_share),
        (Feature::LastYearShare, alone.last_year_share),
        (Feature::Events, alone.events),
        (Feature::YearsSinceFirst, alone.years_since_first),
        (Feature::YearsSinceLast, alone.years_since_last),
        (Feature::EventsPerYear, alone.events_per_year),
        (Feature::NewSeries, alone.new_series),
        (Feature::Countries, alone.countries),
        (Feature::Continents, alone.continents),
        (Feature::Series, alone.series),
        (Feature::CountryConcentration, alone.country_concentration),
        (Feature::TierMean, alone.tier_mean),
        (Feature::EventSizeMean, alone.event_size_mean),
    ];
    for (feature, value) in values {
        row[feature as usize] = value;
    }
}
