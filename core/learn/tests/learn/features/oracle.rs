//! The definitions of the history features, read off the rows with no index at all.

use std::collections::{BTreeMap, BTreeSet};

use sponsorfit::{Count, Event, EventId, Moment, PastSponsorship, SponsorId, SponsorshipOutcome};
use sponsorfit_learn::features::Feature;

/// The features that [`Oracle::values`] knows: all but those of profiles.
pub(crate) struct Oracle<'a> {
    events: &'a [Event],
    /// Sponsorships that took place before the date.
    past: Vec<&'a PastSponsorship>,
    date: Moment,
}

/// Continents of the countries in the worlds drawn here.
fn continent(event: &Event) -> Option<&'static str> {
    match event.country.as_deref()?.to_lowercase().as_str() {
        "fr" => Some("Europe"),
        "us" => Some("North America"),
        "jp" => Some("Asia"),
        "br" => Some("South America"),
        _ => None,
    }
}

fn country(event: &Event) -> Option<String> {
    event.country.as_deref().map(str::to_lowercase)
}

fn city(event: &Event) -> Option<(String, String)> {
    Some((country(event)?, event.city.clone()?))
}

fn series(event: &Event) -> Option<String> {
    let slug = event.slug.as_deref()?;
    slug.rsplit_once('-').map(|(name, _)| name.to_owned())
}

fn same<T: PartialEq>(of: impl Fn(&Event) -> Option<T>, one: &Event, other: &Event) -> bool {
    of(one).is_some() && of(one) == of(other)
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

impl<'a> Oracle<'a> {
    pub(crate) fn new(events: &'a [Event], past: &'a [PastSponsorship], date: Moment) -> Self {
        let past = past
            .iter()
            .filter(|row| row.outcome == SponsorshipOutcome::Accepted)
            .filter(|row| row.at.first_micros() < date.first_micros());
        Self { events, past: past.collect(), date }
    }

    fn event(&self, id: EventId) -> Event {
        self.events.iter().find(|event| event.event_id == id).cloned().unwrap_or_else(|| Event::new(id))
    }

    fn moment(&self, event: EventId) -> Moment {
        self.past.iter().filter(|row| row.event_id == event).map(|row| row.at).max().unwrap()
    }

    fn age(&self, event: EventId) -> f64 {
        (self.date.first_micros() - self.moment(event).first_micros()) as f64 / 86_400e6 / 365.0
    }

    fn weight(&self, event: EventId) -> f64 {
        1.0 / (1.0 + self.age(event))
    }

    /// Past events in the order of their days, ties by id.
    fn all(&self) -> Vec<EventId> {
        let ids: BTreeSet<EventId> = self.past.iter().map(|row| row.event_id).collect();
        let mut ids: Vec<EventId> = ids.into_iter().collect();
        ids.sort_by_key(|id| (self.moment(*id), *id));
        ids
    }

    fn of(&self, sponsor: SponsorId) -> Vec<EventId> {
        let own = |id: &EventId| self.sponsors(*id).contains(&sponsor);
        self.all().into_iter().filter(own).collect()
    }

    fn sponsors(&self, event: EventId) -> BTreeSet<SponsorId> {
        self.past.iter().filter(|row| row.event_id == event).map(|row| row.sponsor_id).collect()
    }

    fn levels(&self, event: EventId, sponsor: Option<SponsorId>) -> Vec<u64> {
        let rows = self.past.iter().filter(|row| row.event_id == event);
        let rows = rows.filter(|row| sponsor.is_none_or(|sponsor| row.sponsor_id == sponsor));
        rows.filter_map(|row| row.tier_level.map(Count::get)).collect()
    }

    fn similarity(&self, one: EventId, other: EventId) -> f64 {
        if one == other {
            return 0.0;
        }
        let (a, b) = (self.sponsors(one), self.sponsors(other));
        a.intersection(&b).count() as f64 / ((a.len() * b.len()) as f64).sqrt()
    }

    /// What is told of a pair; what is absent must be NaN.
    pub(crate) fn values(&self, sponsor: SponsorId, event: &Event) -> BTreeMap<Feature, f64> {
        let mut told = BTreeMap::new();
        let own = self.of(sponsor);
        self.places(&own, event, &mut told);
        self.editions(&own, event, &mut told);
        self.alone(sponsor, &own, &mut told);
        self.categories(&own, event, &mut told);
        told
    }

    fn places(&self, own: &[EventId], event: &Event, told: &mut BTreeMap<Feature, f64>) {
        use Feature::*;
        type Same = fn(&Event, &Event) -> bool;
        let places: [(bool, Same, [Feature; 5]); 3] = [
            (
                series(event).is_some(),
                |a, b| same(series, a, b),
                [SeriesRecency, SeriesRecencyShare, SeriesYearsSince, SeriesNeighbours, SeriesNeighboursMean],
            ),
            (
                country(event).is_some(),
                |a, b| same(country, a, b),
                [
                    CountryRecency,
                    CountryRecencyShare,
                    CountryYearsSince,
                    CountryNeighbours,
                    CountryNeighboursMean,
                ],
            ),
            (
                continent(event).is_some(),
                |a, b| same(continent, a, b),
                [
                    ContinentRecency,
                    ContinentRecencyShare,
                    ContinentYearsSince,
                    ContinentNeighbours,
                    ContinentNeighboursMean,
                ],
            ),
        ];
        for (is_known, same, [recency, share, since, neighbours, neighbours_mean]) in places {
            if !is_known {
                continue;
            }
            let like = |id: &EventId| *id != event.event_id && same(&self.event(*id), event);
            let weights =
                |ids: &[EventId]| ids.iter().filter(|id| like(id)).map(|id| self.weight(*id)).sum::<f64>();
            told.insert(recency, weights(own));
            if let Some(last) = own.iter().filter(|id| like(id)).map(|id| self.age(*id)).reduce(f64::min) {
                told.insert(since, last);
            }
            let all: Vec<EventId> = self.all().into_iter().filter(|id| like(id)).collect();
            if all.is_empty() {
                continue;
            }
            let sum = weights(&all);
            told.insert(share, weights(own) / sum);
            let closeness = |j: EventId| {
                if j == event.event_id {
                    return 0.0;
                }
                all.iter().map(|k| self.similarity(j, *k) * (self.weight(*k) / sum)).sum::<f64>()
            };
            told.insert(neighbours, own.iter().map(|j| closeness(*j) * self.weight(*j)).sum());
            if !own.is_empty() {
                told.insert(neighbours_mean, mean(&own.iter().map(|j| closeness(*j)).collect::<Vec<_>>()));
            }
        }
        let others = || own.iter().filter(|id| **id != event.event_id).map(|id| self.event(*id));
        if country(event).is_some() {
            let here = others().filter(|other| same(country, other, event)).count();
            let all = self.all().into_iter().filter(|id| *id != event.event_id);
            told.insert(
                CountryEvents,
                all.filter(|id| same(country, &self.event(*id), event)).count() as f64,
            );
            let met = own.iter().map(|id| self.event(*id)).filter(|other| same(country, other, event));
            told.insert(
                CountrySeries,
                met.filter_map(|other| series(&other)).collect::<BTreeSet<_>>().len() as f64,
            );
            if !own.is_empty() {
                told.insert(CountryShare, here as f64 / own.len() as f64);
            }
        }
        if continent(event).is_some() && !own.is_empty() {
            let here = others().filter(|other| same(continent, other, event)).count();
            told.insert(ContinentShare, here as f64 / own.len() as f64);
        }
        if city(event).is_some() {
            let here = others().filter(|other| same(city, other, event));
            told.insert(CityRecency, here.map(|other| self.weight(other.event_id)).sum());
        }
    }

    fn editions(&self, own: &[EventId], event: &Event, told: &mut BTreeMap<Feature, f64>) {
        let is_edition = |id: &EventId| *id != event.event_id && same(series, &self.event(*id), event);
        let editions: Vec<EventId> = self.all().into_iter().filter(is_edition).collect();
        let sponsored = |id: &EventId| if own.contains(id) { 1.0 } else { 0.0 };
        told.insert(Feature::SeriesEditions, editions.len() as f64);
        if let [.., last] = editions.as_slice() {
            told.insert(Feature::LastEdition, sponsored(last));
            told.insert(Feature::SeriesYearsSinceEdition, self.age(*last));
        }
        if let [.., before, _] = editions.as_slice() {
            told.insert(Feature::EditionBeforeLast, sponsored(before));
        }
    }

    fn alone(&self, sponsor: SponsorId, own: &[EventId], told: &mut BTreeMap<Feature, f64>) {
        use Feature::*;
        let recent = |ids: &[EventId]| ids.iter().filter(|id| self.age(**id) <= 1.0).count();
        let weights = |ids: &[EventId]| ids.iter().map(|id| self.weight(*id)).sum::<f64>();
        let all = self.all();
        told.insert(Recency, weights(own));
        if !all.is_empty() {
            told.insert(RecencyShare, weights(own) / weights(&all));
        }
        told.insert(LastYearShare, recent(own) as f64 / recent(&all).max(1) as f64);
        told.insert(Events, own.len() as f64);
        let rows: Vec<Event> = own.iter().map(|id| self.event(*id)).collect();
        let mut first: BTreeMap<String, f64> = BTreeMap::new();
        for row in &rows {
            if let Some(series) = series(row) {
                let age = first.entry(series).or_insert(0.0);
                *age = age.max(self.age(row.event_id));
            }
        }
        told.insert(NewSeries, first.values().filter(|age| **age <= 2.0).count() as f64);
        told.insert(Series, first.len() as f64);
        told.insert(Countries, rows.iter().filter_map(country).collect::<BTreeSet<_>>().len() as f64);
        told.insert(Continents, rows.iter().filter_map(continent).collect::<BTreeSet<_>>().len() as f64);
        if own.is_empty() {
            return;
        }
        let count = own.len() as f64;
        let ages: Vec<f64> = own.iter().map(|id| self.age(*id)).collect();
        let (oldest, newest) =
            (ages.iter().copied().fold(0.0, f64::max), ages.iter().copied().fold(1e9, f64::min));
        told.insert(YearsSinceFirst, oldest);
        told.insert(YearsSinceLast, newest);
        told.insert(EventsPerYear, count / (1.0 + oldest));
        let shares = rows.iter().filter_map(country).collect::<BTreeSet<_>>();
        let share = |name: &String| {
            rows.iter().filter(|row| country(row).as_ref() == Some(name)).count() as f64 / count
        };
        told.insert(CountryConcentration, shares.iter().map(|name| share(name) * share(name)).sum());
        told.insert(
            EventSizeMean,
            mean(&own.iter().map(|id| self.sponsors(*id).len() as f64).collect::<Vec<_>>()),
        );
        let tiers = own.iter().filter_map(|id| {
            let best = *self.levels(*id, Some(sponsor)).iter().min()?;
            let lowest = *self.levels(*id, None).iter().max()?;
            Some((best - 1) as f64 / (lowest - 1).max(1) as f64)
        });
        let tiers: Vec<f64> = tiers.collect();
        if !tiers.is_empty() {
            told.insert(TierMean, mean(&tiers));
        }
    }

    fn categories(&self, own: &[EventId], event: &Event, told: &mut BTreeMap<Feature, f64>) {
        let all = self.all();
        let carries = |id: &EventId, category: &str| self.event(*id).categories.contains(&category.into());
        let keys: BTreeSet<String> = self
            .events
            .iter()
            .chain([event])
            .flat_map(|event| event.categories.iter())
            .map(|label| label.key().to_owned())
            .collect();
        for (feature, is_rare) in [(Feature::CategoryCosine, false), (Feature::CategoryCosineIdf, true)] {
            let (mut product, mut of_sponsor, mut of_event) = (0.0, 0.0, 0.0);
            for key in &keys {
                let events = all.iter().filter(|id| carries(id, key)).count() as f64;
                let idf = if is_rare { libm::log((1.0 + all.len() as f64) / (1.0 + events)) } else { 1.0 };
                let times = own.iter().filter(|id| carries(id, key)).count() as f64 * idf;
                let offered = if event.categories.contains(&key.as_str().into()) { idf } else { 0.0 };
                product += times * offered;
                of_sponsor += times * times;
                of_event += offered * offered;
            }
            let norms = of_sponsor.sqrt() * of_event.sqrt();
            if norms > 0.0 {
                told.insert(feature, (product / norms).min(1.0));
            }
        }
    }
}
