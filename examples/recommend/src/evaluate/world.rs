//! Everything that was known on a date, and what is asked from it on.

use sponsorfit::{
    AudienceInsights, Catalog, Event, Filter, Scorer, ScoringConfig, SponsorId, SponsorProfile,
};
use sponsorfit_learn::evaluation::{Queries, Tally, TemporalSplit};
use sponsorfit_learn::features::{FeatureRow, Features};
use sponsorfit_learn::history::{History, ProfileRule};
use sponsorfit_learn::ranker::Ranker;

use crate::display::counted;
use crate::failure::Failure;
use crate::outcomes::Outcomes;

/// A cut through outcomes.
pub(crate) struct World<'a> {
    pub(crate) outcomes: &'a Outcomes,
    pub(crate) split: TemporalSplit,
    /// Those of all who had sponsored before the cut, rebuilt from that alone; by id.
    pub(crate) profiles: Vec<SponsorProfile>,
    pub(crate) tally: Tally,
    /// Made of what was known at the cut, and nothing else.
    features: Features,
    /// The candidates, and the events that are asked about.
    catalog: Catalog,
    pub(crate) asked: Queries,
}

impl<'a> World<'a> {
    /// Rebuilds what was known at the cut.
    pub(crate) fn new(outcomes: &'a Outcomes, split: TemporalSplit) -> Result<Self, Failure> {
        let Outcomes { events, sponsorships, .. } = outcomes;
        let known = split.known(events, sponsorships);
        let history = History::new(&known.events, &known.sponsorships);
        let history = history.map_err(|error| Failure::Usage(error.to_string()))?;
        let profiles = history.profiles(split.cut(), &ProfileRule::default());
        let candidates: Vec<SponsorId> = profiles.iter().map(|profile| profile.sponsor_id).collect();
        let tally = Tally::new(&known, &candidates);
        let features = Features::as_of(&history, split.cut());
        let asked = split.queries(events, sponsorships, &candidates);
        let catalog = catalog(outcomes, &profiles, &asked)?;
        Ok(Self { outcomes, split, profiles, tally, features, catalog, asked })
    }

    /// Returns an event by its position, with what was known of its audience before it began.
    pub(crate) fn event(&self, at: usize) -> (&Event, Option<AudienceInsights>) {
        event(self.outcomes, at)
    }

    /// Returns what a ranker is told of an event and each candidate.
    pub(crate) fn rows(&self, event: usize) -> Vec<FeatureRow> {
        let (event, insights) = self.event(event);
        let event = self.features.event(event, insights.as_ref());
        let row = |sponsor| self.features.row(&self.features.sponsor(sponsor), &event);
        self.profiles.iter().map(row).collect()
    }

    /// Returns scores that rank the candidates as a trained ranker does where it serves.
    pub(crate) fn refined(&self, ranker: &Ranker, event: &Event) -> Result<Vec<f64>, Failure> {
        let Self { catalog, features, profiles, .. } = self;
        let ranking = ranker.top_sponsors(catalog, features, &event.event_id, usize::MAX, &Filter::new());
        let ranking = ranking.map_err(|error| Failure::Usage(error.to_string()))?;
        let mut scores = vec![f64::NEG_INFINITY; profiles.len()];
        for (found, place) in ranking.matches.iter().zip(0_u32..) {
            let id = found.score.sponsor_id;
            if let Ok(candidate) = profiles.binary_search_by_key(&id, |profile| profile.sponsor_id) {
                scores[candidate] = -f64::from(place);
            }
        }
        Ok(scores)
    }

    /// Returns how many true pairs of event and sponsor the queries have.
    pub(crate) fn positives(&self) -> usize {
        self.asked.queries.iter().map(|query| query.positives.len()).sum()
    }

    /// Returns the time that is asked about, in words.
    pub(crate) fn period(&self) -> String {
        match self.split.until() {
            Some(until) => format!("from {} until {until}", self.split.cut()),
            None => format!("from {} on", self.split.cut()),
        }
    }

    pub(crate) fn nothing_to_measure(&self) -> Failure {
        Failure::Usage(format!(
            "nothing to measure: {} begin {}, none with one of the {} that were known before",
            counted(self.asked.events as u64, "event", "events"),
            self.period(),
            counted(self.profiles.len() as u64, "sponsor", "sponsors"),
        ))
    }
}

fn event(outcomes: &Outcomes, at: usize) -> (&Event, Option<AudienceInsights>) {
    let event = &outcomes.events[at];
    let measured = outcomes.insights.get(&event.event_id);
    (event, measured.map(TemporalSplit::known_insights))
}

fn catalog(outcomes: &Outcomes, profiles: &[SponsorProfile], asked: &Queries) -> Result<Catalog, Failure> {
    let refuse = |error: sponsorfit::Error| Failure::Usage(error.to_string());
    let scorer = Scorer::new(ScoringConfig::recommended()).map_err(refuse)?;
    let asked = asked.queries.iter().map(|query| event(outcomes, query.event));
    let (events, insights): (Vec<&Event>, Vec<Option<AudienceInsights>>) = asked.unzip();
    let catalog =
        Catalog::builder(scorer).sponsors(profiles.iter().cloned()).events(events.into_iter().cloned());
    catalog.insights(insights.into_iter().flatten()).build().map_err(refuse)
}
