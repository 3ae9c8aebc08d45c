//! The order of candidates, refined.

use std::collections::BTreeSet;

use serde::Serialize;
use sponsorfit::{Catalog, Error, EventId, Filter, MatchScore, SponsorId};

use super::Ranker;
use crate::features::{FeatureRow, Features};

/// A match, and how far the ranker puts it forward.
///
/// # Examples
/// ```
/// use sponsorfit_learn::ranker::RefinedMatch;
/// fn line(found: &RefinedMatch) -> String {
///     format!("{} {:+.2}", found.score.sponsor_id, found.refinement)
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RefinedMatch {
    /// The match as the formula scores it.
    #[serde(flatten)]
    pub score: MatchScore,
    /// The model's raw score: higher comes first, and only differences mean something.
    pub refinement: f64,
}

/// Candidates in refined order.
///
/// # Examples
/// ```
/// use sponsorfit_learn::ranker::RefinedRanking;
/// fn note(ranking: &RefinedRanking) -> String {
///     let all = if ranking.is_complete { "all" } else { "the likeliest" };
///     format!("the best of {all} {} candidates", ranking.considered)
/// }
/// ```
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RefinedRanking {
    /// The pairs, by refinement, then by score, then by id.
    pub matches: Vec<RefinedMatch>,
    /// How many candidates the model was asked about.
    pub considered: usize,
    /// Whether these were all that the filter lets pass and that have a score.
    pub is_complete: bool,
    /// How many pairs passed the filter and have no score, because too little is known.
    pub insufficient: u64,
}

impl Ranker {
    /// Returns the best sponsors for an event of the catalog, as of the features' date.
    ///
    /// All sponsors that pass the filter are candidates as long as they are no more than the
    /// limit; beyond that the best of them by score, and everyone who ever sponsored an event
    /// of the series, in the country or in the city. A cursor in the filter counts in the
    /// order of scores: to see more, ask for more.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`](sponsorfit::ErrorKind::UnknownId) when the catalog does not have the event.
    ///
    /// # Examples
    /// See [`ranker`](crate::ranker).
    pub fn top_sponsors(
        &self,
        catalog: &Catalog,
        features: &Features,
        event: &EventId,
        k: usize,
        filter: &Filter<'_>,
    ) -> Result<RefinedRanking, Error> {
        let mut pool = catalog.sponsors_for(event).filter(filter).top(self.limit)?;
        let Some((row, insights)) = catalog.event(event) else { return Ok(RefinedRanking::default()) };
        let facts = features.event(row, insights);
        let is_cut = pool.len() == self.limit && catalog.sponsor_count() > self.limit;
        if is_cut {
            let known: BTreeSet<SponsorId> = pool.iter().map(|found| found.sponsor_id).collect();
            let acquainted = features.acquainted(&facts).difference(&known).copied().collect();
            let filter = filter.clone().further_only(acquainted);
            pool.matches.extend(catalog.sponsors_for(event).filter(&filter).top(usize::MAX)?.matches);
        }
        let pairs = pool.matches.into_iter().filter_map(|found| {
            let profile = catalog.sponsor(&found.sponsor_id)?;
            Some((found, features.row(&features.sponsor(profile), &facts)))
        });
        let ranking = self.ranked(pairs.unzip(), k)?;
        Ok(RefinedRanking { is_complete: !is_cut, insufficient: pool.insufficient, ..ranking })
    }

    /// Returns the best events for a sponsor of the catalog, as of the features' date.
    ///
    /// Candidates are the best events by score, up to the limit. A model that was trained to
    /// order sponsors within an event has not been taught to compare events: its order of
    /// them follows the sponsor's history all the same.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`](sponsorfit::ErrorKind::UnknownId) when the catalog does not have the sponsor.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::{features::Features, ranker::{RefinedRanking, Ranker}};
    /// # use sponsorfit::{Catalog, Error, Filter, SponsorId};
    /// fn suggest(ranker: &Ranker, catalog: &Catalog, features: &Features, sponsor: &SponsorId) -> Result<RefinedRanking, Error> {
    ///     let upcoming = Filter::new().from(features.date());
    ///     ranker.top_events(catalog, features, sponsor, 20, &upcoming)
    /// }
    /// ```
    pub fn top_events(
        &self,
        catalog: &Catalog,
        features: &Features,
        sponsor: &SponsorId,
        k: usize,
        filter: &Filter<'_>,
    ) -> Result<RefinedRanking, Error> {
        let pool = catalog.events_for(sponsor).filter(filter).top(self.limit)?;
        let Some(profile) = catalog.sponsor(sponsor) else { return Ok(RefinedRanking::default()) };
        let facts = features.sponsor(profile);
        let is_cut = pool.len() == self.limit && catalog.event_count() > self.limit;
        let pairs = pool.matches.into_iter().filter_map(|found| {
            let (event, insights) = catalog.event(&found.event_id)?;
            Some((found, features.row(&facts, &features.event(event, insights))))
        });
        let ranking = self.ranked(pairs.unzip(), k)?;
        Ok(RefinedRanking { is_complete: !is_cut, insufficient: pool.insufficient, ..ranking })
    }

    /// Orders pairs by refinement, then by score, then by id.
    fn ranked(
        &self,
        (pool, rows): (Vec<MatchScore>, Vec<FeatureRow>),
        k: usize,
    ) -> Result<RefinedRanking, Error> {
        let refinements = self.refinements(&rows)?;
        drop(rows);
        let considered = pool.len();
        let pairs = pool.into_iter().zip(refinements);
        let mut matches: Vec<RefinedMatch> =
            pairs.map(|(score, refinement)| RefinedMatch { score, refinement }).collect();
        matches.sort_by(|a, b| {
            let by_score = || b.score.score.cmp(&a.score.score);
            let ids = |found: &RefinedMatch| (found.score.sponsor_id, found.score.event_id);
            b.refinement.total_cmp(&a.refinement).then_with(by_score).then_with(|| ids(a).cmp(&ids(b)))
        });
        matches.truncate(k);
        Ok(RefinedRanking { matches, considered, ..RefinedRanking::default() })
    }
}
