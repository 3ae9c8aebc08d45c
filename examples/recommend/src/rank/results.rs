//! A pair as a row of results: the columns of `sponsorship_matches` and what belongs to them.

use serde::Serialize;
use sponsorfit::{
    EventId, Explanation, FactorRow, Fingerprint, LeafSet, MatchScore, OverlapMetrics, Reason, RuleVerdict,
    SponsorId, UnitInterval,
};

/// What a match is until somebody decides.
const PENDING: &str = "pending";

/// One ranked or explained pair.
#[derive(Serialize)]
pub(crate) struct ResultRow<'a> {
    event_id: EventId,
    sponsor_id: SponsorId,
    #[serde(skip_serializing_if = "Option::is_none")]
    rank: Option<usize>,
    score: UnitInterval,
    overlap_metrics: OverlapMetrics,
    coverage: UnitInterval,
    lower: UnitInterval,
    upper: UnitInterval,
    unknown: LeafSet,
    config_fingerprint: &'a Fingerprint,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) sponsor_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) event_title: Option<&'a str>,
    /// What the rules say, when there are any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) eligibility: Option<&'a [RuleVerdict]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) explanation: Option<Why<'a>>,
}

/// An explanation without the score, which is in the row already.
#[derive(Serialize)]
pub(crate) struct Why<'a> {
    summary: &'a str,
    factors: &'a [FactorRow],
    reasons: &'a [Reason],
}

impl<'a> ResultRow<'a> {
    pub(crate) fn new(score: &MatchScore, config_fingerprint: &'a Fingerprint) -> Self {
        Self {
            event_id: score.event_id,
            sponsor_id: score.sponsor_id,
            rank: None,
            score: score.score,
            overlap_metrics: score.overlap_metrics,
            coverage: score.coverage,
            lower: score.lower,
            upper: score.upper,
            unknown: score.unknown,
            config_fingerprint,
            status: None,
            sponsor_name: None,
            event_title: None,
            eligibility: None,
            explanation: None,
        }
    }

    /// Makes it a row of `sponsorship_matches`: one that has a place in a list.
    pub(crate) fn ranked(self, rank: usize) -> Self {
        Self { rank: Some(rank), status: Some(PENDING), ..self }
    }
}

impl<'a> From<&'a Explanation> for Why<'a> {
    fn from(why: &'a Explanation) -> Self {
        Self { summary: &why.summary, factors: &why.factors, reasons: &why.reasons }
    }
}
