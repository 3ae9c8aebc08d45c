//! Everything that was known on a date, and what is asked from it on.

use super::{Outcomes, Queries, Tally, TemporalSplit};
use crate::features::{FeatureRow, Features};
use crate::history::{History, ProfileRule};
use crate::ranker::Ranker;
use sponsorfit::Error;
use sponsorfit::Scorer;
use sponsorfit::ScoringConfig;
use sponsorfit::{AudienceInsights, Event, SponsorId, SponsorProfile};
use sponsorfit::{Catalog, Filter};

/// A cut through outcomes: sponsors, features and rules rebuilt from what was known before it.
///
/// A ranker that is asked through it cannot see the future, whatever the outcomes hold: it gets
/// profiles made of the past alone, and of an event only what is known before it begins.
///
/// # Examples
/// ```
/// use sponsorfit_learn::evaluation::{Backtest, Contender, Outcomes, Report, TemporalSplit};
/// use sponsorfit::{Event, EventId, PastSponsorship, SponsorId};
///
/// let event = |id, start_at: &str| {
///     let mut event = Event::new(EventId::from_bytes([id; 16]));
///     event.start_at = start_at.parse().ok();
///     event.country = Some("FR".to_owned());
///     event
/// };
/// let events = vec![event(1, "2024-05-15"), event(2, "2024-06-15"), event(3, "2025-05-14")];
/// let (local, other) = (SponsorId::from_bytes([7; 16]), SponsorId::from_bytes([8; 16]));
/// let at = |sponsor, event: &Event| PastSponsorship::new(sponsor, event.event_id, event.start_at.unwrap());
/// let sponsorships =
///     vec![at(local, &events[0]), at(local, &events[1]), at(other, &events[0]), at(local, &events[2])];
/// let outcomes = Outcomes::new(events, [], sponsorships);
///
/// let backtest = Backtest::new(&outcomes, TemporalSplit::new("2025-01-01".parse()?, None)?)?;
/// assert_eq!((backtest.candidates().len(), backtest.asked().queries.len()), (2, 1));
/// let contenders = Contender::standing()?;
/// let report = Report::new(&backtest, &contenders)?;
/// let popularity = report.rankers.iter().find(|row| row.name == "popularity").unwrap();
/// assert_eq!(popularity.ndcg_at_20.mean, 1.0);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Debug)]
pub struct Backtest<'a> {
    outcomes: &'a Outcomes,
    split: TemporalSplit,
    profiles: Vec<SponsorProfile>,
    tally: Tally,
    /// Made of what was known at the cut, and nothing else.
    features: Features,
    /// The candidates, and the events that are asked about.
    catalog: Catalog,
    asked: Queries,
}

impl<'a> Backtest<'a> {
    /// Rebuilds what was known at the cut.
    ///
    /// # Errors
    /// Those of [`History::new`] and of a catalog: rows with the same id.
    ///
    /// # Examples
    /// See [`Backtest`].
    pub fn new(outcomes: &'a Outcomes, split: TemporalSplit) -> Result<Self, Error> {
        let Outcomes { events, sponsorships, .. } = outcomes;
        let known = split.known(events, sponsorships);
        let history = History::new(&known.events, &known.sponsorships)?;
        let profiles = history.profiles(split.cut(), &ProfileRule::default());
        let candidates: Vec<SponsorId> = profiles.iter().map(|profile| profile.sponsor_id).collect();
        let tally = Tally::new(&known, &candidates);
        let features = Features::as_of(&history, split.cut());
        let asked = split.queries(events, sponsorships, &candidates);
        let catalog = catalog(outcomes, &profiles, &asked)?;
        Ok(Self { outcomes, split, profiles, tally, features, catalog, asked })
    }

    /// Returns the cut, and the end of what is asked.
    ///
    /// # Examples
    /// See [`Backtest`].
    pub fn split(&self) -> TemporalSplit {
        self.split
    }

    /// Returns those of all sponsors who had sponsored before the cut, rebuilt from that alone; by id.
    ///
    /// # Examples
    /// See [`Backtest`].
    pub fn candidates(&self) -> &[SponsorProfile] {
        &self.profiles
    }

    /// Returns the events that are asked about, and who of the candidates sponsored them.
    ///
    /// # Examples
    /// See [`Backtest`].
    pub fn asked(&self) -> &Queries {
        &self.asked
    }

    /// Returns what a ranker is told of each candidate and the event at a position of the
    /// outcomes; none for a position that is not there.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::evaluation::{Backtest, Outcomes, TemporalSplit};
    /// # let outcomes = Outcomes::default();
    /// let backtest = Backtest::new(&outcomes, TemporalSplit::new("2025-01-01".parse()?, None)?)?;
    /// assert!(backtest.features(0).is_empty());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn features(&self, event: usize) -> Vec<FeatureRow> {
        let Some((event, insights)) = event_at(self.outcomes, event) else { return Vec::new() };
        let event = self.features.event(event, insights.as_ref());
        let row = |sponsor| self.features.row(&self.features.sponsor(sponsor), &event);
        self.profiles.iter().map(row).collect()
    }

    /// Returns an event by its position, with what was known of its audience before it began.
    pub(super) fn event(&self, at: usize) -> Option<(&Event, Option<AudienceInsights>)> {
        event_at(self.outcomes, at)
    }

    pub(super) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Returns scores that rank the candidates as a trained ranker does where it serves.
    pub(super) fn refined(&self, ranker: &Ranker, event: &Event) -> Result<Vec<f64>, Error> {
        let Self { catalog, features, profiles, .. } = self;
        let ranking = ranker.top_sponsors(catalog, features, &event.event_id, usize::MAX, &Filter::new())?;
        let mut scores = vec![f64::NEG_INFINITY; profiles.len()];
        for (found, place) in ranking.matches.iter().zip(0_u32..) {
            let id = found.score.sponsor_id;
            let candidate = profiles.binary_search_by_key(&id, |profile| profile.sponsor_id).ok();
            if let Some(score) = candidate.and_then(|candidate| scores.get_mut(candidate)) {
                *score = -f64::from(place);
            }
        }
        Ok(scores)
    }
}

fn event_at(outcomes: &Outcomes, at: usize) -> Option<(&Event, Option<AudienceInsights>)> {
    let event = outcomes.events.get(at)?;
    let measured = outcomes.insights.get(&event.event_id);
    Some((event, measured.map(TemporalSplit::known_insights)))
}

fn catalog(outcomes: &Outcomes, profiles: &[SponsorProfile], asked: &Queries) -> Result<Catalog, Error> {
    let scorer = Scorer::new(ScoringConfig::recommended())?;
    let asked = asked.queries.iter().filter_map(|query| event_at(outcomes, query.event));
    let (events, insights): (Vec<&Event>, Vec<Option<AudienceInsights>>) = asked.unzip();
    let catalog =
        Catalog::builder(scorer).sponsors(profiles.iter().cloned()).events(events.into_iter().cloned());
    catalog.insights(insights.into_iter().flatten()).build()
}
