//! Questions about one pair, about labels and about configurations.

mod column;
mod config;
mod request;
mod stored;
mod validate;

use serde::Serialize;
use sponsorfit::{Error, Fingerprint, Improvement, NearMiss, RuleVerdict, Scorer, WhatIf};

pub(crate) use column::columns;
#[cfg(all(feature = "learn", feature = "schema"))]
pub(crate) use config::ConfigOrText;
pub use config::{Configuration, Configured, LabelText, config, label_key};
pub(crate) use config::{OpenScorer, configuration};
pub use request::{Pair, PairChanges, PairRules, PairSide, ScoredPairs};
#[cfg(feature = "catalog")]
pub(crate) use request::{object, object_or_null, right_at_once, score_alone, some_object};
pub use stored::{Stored, StoredExplanation, StoredMatch};
pub use validate::{Ignored, Unchecked, Validation, validate};

/// What the rules say of a pair.
///
/// # Examples
/// See [`check`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Checked {
    /// Whether the pair may be ranked.
    pub eligible: bool,
    /// One answer a rule that is set.
    pub verdicts: Vec<RuleVerdict>,
    /// What keeps the pair out, when it is a single rule.
    pub near_miss: Option<NearMiss>,
}

/// Returns the SHA-256 that names the configuration.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// let scorer = sponsorfit::Scorer::new(sponsorfit::ScoringConfig::default())?;
/// assert_eq!(sponsorfit_wire::pairs::fingerprint(&scorer)?.as_str().len(), 64);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn fingerprint(scorer: &Scorer) -> Result<&Fingerprint, Error> {
    Ok(scorer.fingerprint())
}

/// Scores a pair.
///
/// # Errors
/// Those of [`ScoringConfig::check_rows`](sponsorfit::ScoringConfig::check_rows), and
/// [`InsufficientData`](sponsorfit::ErrorKind::InsufficientData).
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile};
/// use sponsorfit_wire::pairs::{Pair, score};
///
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let stored = score(&scorer, Pair { sponsor, event, insights: None })?;
/// assert_eq!((stored.result.score.get(), stored.score_decimal.as_str()), (0.425, "0.4250"));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn score(scorer: &Scorer, pair: Pair) -> Result<StoredMatch, Error> {
    pair.check_rows(scorer)?;
    let score = scorer.score(&pair.sponsor, &pair.event, &pair.insights)?;
    Ok(Stored::new(scorer, &score, score))
}

/// Scores a pair and says why.
///
/// # Errors
/// As [`score`].
///
/// # Examples
/// ```
/// let mut scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let answer = scorer.ask(
///     "explain",
///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#,
///     None,
/// );
/// assert!(answer.contains(r#""summary":"Score 0.42, resting on 0 % of the facts"#));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn explain(scorer: &Scorer, pair: Pair) -> Result<StoredExplanation, Error> {
    pair.check_rows(scorer)?;
    let why = scorer.explain(&pair.sponsor, &pair.event, &pair.insights)?;
    Ok(Stored::new(scorer, &why.score.clone(), why))
}

/// Scores a pair before and after changes.
///
/// # Errors
/// As [`score`].
///
/// # Examples
/// ```
/// let mut scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let answer = scorer.ask(
///     "what_if",
///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"},
///         "changes": [{"set_budget": 300000}]}"#,
///     None,
/// );
/// assert!(answer.contains(r#""gain":0.0625"#));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn what_if(scorer: &Scorer, request: PairChanges) -> Result<WhatIf, Error> {
    request.check_rows(scorer)?;
    Ok(scorer.what_if(&request.sponsor, &request.event, &request.insights, &request.changes)?)
}

/// Returns the smallest changes on one side of a pair that raise its score most.
///
/// # Errors
/// Those of [`ScoringConfig::check_rows`](sponsorfit::ScoringConfig::check_rows).
///
/// # Examples
/// ```
/// let mut scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let answer = scorer.ask(
///     "improve",
///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"},
///         "side": "event", "limit": 1}"#,
///     None,
/// );
/// assert!(answer.starts_with(r#"[{"changes":[{"set_engagement_score""#));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn improve(scorer: &Scorer, request: PairSide) -> Result<Vec<Improvement>, Error> {
    request.check_rows(scorer)?;
    let PairSide { sponsor, event, insights, side, .. } = &request;
    Ok(scorer.improve(sponsor, event, insights, *side, request.limit()))
}

/// Asks rules about a pair.
///
/// # Errors
/// Those of [`Rules::validate`](sponsorfit::Rules::validate) and of
/// [`ScoringConfig::check_rows`](sponsorfit::ScoringConfig::check_rows).
///
/// # Examples
/// ```
/// let mut scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let answer = scorer.ask(
///     "check",
///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"},
///         "rules": {"price_ceiling": true}}"#,
///     None,
/// );
/// assert!(answer.starts_with(r#"{"eligible":true"#));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn check(scorer: &Scorer, request: PairRules) -> Result<Checked, Error> {
    request.rules.validate().map_err(|error| error.within("rules"))?;
    request.check_rows(scorer)?;
    let PairRules { sponsor, event, insights, rules } = &request;
    let eligibility = rules.check(sponsor, event, insights);
    let near_miss = rules.near_miss(scorer, sponsor, event, insights);
    Ok(Checked { eligible: eligibility.is_eligible(), verdicts: eligibility.verdicts, near_miss })
}

/// Scores pairs: each column that is named, one number a pair, NaN where too little is known for one.
///
/// # Errors
/// Those of [`score`] but for too little being known, at `pairs[…]`; [`InvalidValue`](sponsorfit::ErrorKind::InvalidValue) for a
/// column that is none.
///
/// # Examples
/// ```
/// let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let pair = r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
///     "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#;
/// let request = format!(r#"{{"pairs": [{pair}], "columns": ["score", "budget_fit"]}}"#);
/// assert_eq!(scorer.numbers("score_pairs", &request, &[])?, [0.425, 0.5]);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn score_pairs(scorer: &Scorer, request: ScoredPairs) -> Result<Vec<f64>, Error> {
    let rows = request.pairs.iter().enumerate().map(|(place, pair)| {
        pair.check_rows(scorer).map_err(|error| error.at(place).within("pairs"))?;
        // The one error of a score is that too little is known.
        Ok(scorer.score(&pair.sponsor, &pair.event, &pair.insights).ok())
    });
    columns(&request.columns, &rows.collect::<Result<Vec<_>, Error>>()?)
}
