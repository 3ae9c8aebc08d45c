//! JSON text in, JSON text out: the single door for JavaScript, edge functions and the shell.
//!
//! A [`Desk`] holds a compiled configuration and answers requests about pairs.
//! Every answer is JSON: the result, or `{"error": {"code", "message", "path"}}`.
//! Bad input never panics. In Rust, use [`Scorer`] itself.
//!
//! A request holds a pair in the database's own columns, and what its question
//! needs beside it:
//!
//! | question | request | answer |
//! |---|---|---|
//! | [`Desk::score`] | `{sponsor, event, insights?}` | the score's row, with `score_decimal` and `config_fingerprint` |
//! | [`Desk::explain`] | the same | that, with `factors`, `summary` and `reasons` |
//! | [`Desk::what_if`] | and `changes` | `before`, `after`, `gain` and each factor's gain |
//! | [`Desk::improve`] | and `side`, `limit?` | a list of improvements |
//! | [`Desk::check`] | and `rules` | `eligible`, `verdicts` and `near_miss` |
//! | [`validate`] | any of `sponsor`, `event`, `insights`, `config`, `rules` | `valid`, `problems` and `ignored` |

#[cfg(feature = "catalog")]
mod catalog;
mod door;
#[cfg(feature = "learn")]
mod learn;
mod request;
mod similarity;
mod validate;

use serde::Serialize;

#[cfg(feature = "catalog")]
pub use catalog::CatalogDesk;
#[cfg(feature = "learn")]
pub use learn::{RankerDesk, assign};

pub use door::{Handle, ask, open};
pub use validate::validate;

use request::{CHECK, IMPROVE, PAIR, Request, WHAT_IF};
use sponsorfit::{
    AudienceInsights, Error, Event, Explanation, Fingerprint, Improvement, MatchScore, NearMiss, RuleVerdict,
    Scorer, ScoringConfig, SponsorProfile, WhatIf,
};

/// Answers requests about pairs under one configuration.
///
/// # Examples
/// ```
/// use sponsorfit_wire::Desk;
///
/// let desk = Desk::new("{}")?;
/// let answer = desk.score(
///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#,
/// );
/// assert!(answer.contains(r#""score":0.425"#) && answer.contains(r#""score_decimal":"0.4250""#));
///
/// let refusal = desk.score(
///     r#"{"sponsor": {"sponsor_id": "7"}, "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#,
/// );
/// assert_eq!(
///     refusal,
///     r#"{"error":{"code":"invalid_value","message":"`7` is not a UUID","path":"sponsor.sponsor_id"}}"#,
/// );
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Desk {
    scorer: Scorer,
}

/// A score as it is stored.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Stored{T}"))]
pub(crate) struct Stored<'a, T> {
    #[serde(flatten)]
    result: T,
    /// The score with four digits, for a column `numeric(5,4)`.
    score_decimal: String,
    /// The SHA-256 that names the configuration.
    config_fingerprint: &'a Fingerprint,
}

impl<'a, T> Stored<'a, T> {
    fn new(scorer: &'a Scorer, score: &MatchScore, result: T) -> Self {
        Self { result, score_decimal: score.score_decimal(), config_fingerprint: scorer.fingerprint() }
    }
}

/// What the rules say of a pair.
#[derive(Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub(crate) struct Checked {
    /// Whether the pair may be ranked.
    eligible: bool,
    /// One answer a rule that is set.
    verdicts: Vec<RuleVerdict>,
    /// What keeps the pair out, when it is a single rule.
    near_miss: Option<NearMiss>,
}

/// Returns every schema with the name of its file, inputs first.
///
/// # Examples
/// ```
/// assert!(sponsorfit_wire::schemas().iter().any(|(name, _)| *name == "stored_match_score"));
/// ```
#[cfg(feature = "schema")]
pub fn schemas() -> Vec<(&'static str, serde_json::Value)> {
    use sponsorfit::schema::written;
    let mut schemas = sponsorfit::schema::schemas();
    schemas.extend([
        ("stored_match_score", written::<Stored<'_, MatchScore>>()),
        ("stored_explanation", written::<Stored<'_, Explanation>>()),
        ("checked", written::<Checked>()),
        ("validation", written::<validate::Validation>()),
    ]);
    schemas
}

impl Desk {
    /// Reads a configuration from JSON; `{}` is the default.
    ///
    /// # Errors
    /// Those of [`ScoringConfig::from_json`] and [`Scorer::new`].
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::Desk;
    ///
    /// assert_eq!(Desk::new(r#"{"min_coverage": 2}"#).unwrap_err().path(), "min_coverage");
    /// ```
    pub fn new(config: &str) -> Result<Self, Error> {
        Ok(Self { scorer: Scorer::new(ScoringConfig::from_json(config)?)? })
    }

    /// Returns the scorer behind the desk.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::Desk;
    ///
    /// let desk = Desk::new("{}")?;
    /// assert_eq!(desk.scorer().fingerprint().as_str().len(), 64);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn scorer(&self) -> &Scorer {
        &self.scorer
    }

    /// Scores the pair of a request.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::Desk;
    ///
    /// let desk = Desk::new(r#"{"missing": {"policy": "renormalize"}}"#)?;
    /// let answer = desk.score(
    ///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
    ///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#,
    /// );
    /// assert!(answer.starts_with(r#"{"error":{"code":"insufficient_data""#));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn score(&self, request: &str) -> String {
        answer(&self.scored(request))
    }

    /// Scores the pair of a request and says why.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::Desk;
    ///
    /// let answer = Desk::new("{}")?.explain(
    ///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
    ///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#,
    /// );
    /// assert!(answer.contains(r#""summary":"Score 0.42, resting on 0 % of the facts"#));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn explain(&self, request: &str) -> String {
        answer(&self.explained(request))
    }

    /// Scores the pair of a request as if its `changes` were made.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::Desk;
    ///
    /// let answer = Desk::new("{}")?.what_if(
    ///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
    ///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"},
    ///         "changes": [{"set_budget": 300000}]}"#,
    /// );
    /// assert!(answer.contains(r#""gain":0.0625"#));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn what_if(&self, request: &str) -> String {
        answer(&self.changed(request))
    }

    /// Returns the best small changes on one side of the pair of a request.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::Desk;
    ///
    /// let answer = Desk::new("{}")?.improve(
    ///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
    ///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"},
    ///         "side": "event", "limit": 1}"#,
    /// );
    /// assert!(answer.starts_with(r#"[{"changes":[{"set_engagement_score""#));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn improve(&self, request: &str) -> String {
        answer(&self.improved(request))
    }

    /// Asks the `rules` of a request about its pair.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::Desk;
    ///
    /// let answer = Desk::new("{}")?.check(
    ///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
    ///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"},
    ///         "rules": {"price_ceiling": true}}"#,
    /// );
    /// assert!(answer.starts_with(r#"{"eligible":true"#));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn check(&self, request: &str) -> String {
        answer(&self.checked(request))
    }

    fn scored(&self, request: &str) -> Result<Stored<'_, MatchScore>, Error> {
        let (sponsor, event, insights) = Request::read(request, PAIR)?.rows(&self.scorer)?;
        let score = self.scorer.score(&sponsor, &event, &insights)?;
        Ok(Stored::new(&self.scorer, &score, score))
    }

    fn explained(&self, request: &str) -> Result<Stored<'_, Explanation>, Error> {
        let (sponsor, event, insights) = Request::read(request, PAIR)?.rows(&self.scorer)?;
        let why = self.scorer.explain(&sponsor, &event, &insights)?;
        Ok(Stored::new(&self.scorer, &why.score.clone(), why))
    }

    fn changed(&self, request: &str) -> Result<WhatIf, Error> {
        let mut request = Request::read(request, WHAT_IF)?;
        let changes = request.changes()?;
        let (sponsor, event, insights) = request.rows(&self.scorer)?;
        Ok(self.scorer.what_if(&sponsor, &event, &insights, &changes)?)
    }

    fn improved(&self, request: &str) -> Result<Vec<Improvement>, Error> {
        let request = Request::read(request, IMPROVE)?;
        let (side, limit) = (request.side()?, request.limit());
        let (sponsor, event, insights) = request.rows(&self.scorer)?;
        Ok(self.scorer.improve(&sponsor, &event, &insights, side, limit))
    }

    fn checked(&self, request: &str) -> Result<Checked, Error> {
        let mut request = Request::read(request, CHECK)?;
        let rules = request.rules()?;
        let (sponsor, event, insights) = request.rows(&self.scorer)?;
        let eligibility = rules.check(&sponsor, &event, &insights);
        let near_miss = rules.near_miss(&self.scorer, &sponsor, &event, &insights);
        Ok(Checked { eligible: eligibility.is_eligible(), verdicts: eligibility.verdicts, near_miss })
    }
}

/// Takes a scorer that no configuration gives alone: with a fitted table, or a similarity of one's own.
///
/// # Examples
/// ```
/// use sponsorfit_wire::Desk;
/// use sponsorfit::{KeywordsSimilarity, Scorer, ScoringConfig};
///
/// let fitted = KeywordsSimilarity::fit([]);
/// let desk = Desk::from(Scorer::new(ScoringConfig::default())?.with_keywords(fitted));
/// assert_ne!(desk.scorer().fingerprint(), Desk::new("{}")?.scorer().fingerprint());
/// # Ok::<(), sponsorfit::Error>(())
/// ```
impl From<Scorer> for Desk {
    fn from(scorer: Scorer) -> Self {
        Self { scorer }
    }
}

type Rows = (SponsorProfile, Event, Option<AudienceInsights>);

/// Writes a result, or the error in the shape that every face knows.
fn answer<T: Serialize>(result: &Result<T, Error>) -> String {
    match result {
        // Results are plain data with string keys: writing them cannot fail.
        Ok(result) => serde_json::to_string(result).unwrap_or_default(),
        Err(error) => refusal(error),
    }
}

/// Writes an error as every answer does: `{"error": {"code", "message", "path"}}`.
///
/// # Examples
/// ```
/// use sponsorfit_wire::{Desk, refusal};
///
/// let error = Desk::new("[]").unwrap_err();
/// assert_eq!(refusal(&error), r#"{"error":{"code":"wrong_type","message":"a list is not an object","path":""}}"#);
/// ```
pub fn refusal(error: &Error) -> String {
    #[derive(Serialize)]
    struct Refusal<'a> {
        error: &'a Error,
    }
    serde_json::to_string(&Refusal { error }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIR: &str = r#""sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
        "event": {"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}"#;

    fn refusal(answer: &str) -> String {
        let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
        let error = &answer["error"];
        format!("{} {}: {}", error["code"], error["path"], error["message"]).replace('"', "")
    }

    #[test]
    fn each_question_takes_its_own_fields() {
        let desk = Desk::new("{}").unwrap();
        let ask = |question: fn(&Desk, &str) -> String, more: &str| {
            refusal(&question(&desk, &format!("{{{PAIR}{more}}}")))
        };
        assert_eq!(
            ask(Desk::score, r#", "changes": []"#),
            "unknown_field changes: unknown field, expected `sponsor`, `event` or `insights`"
        );
        assert_eq!(ask(Desk::explain, r#", "config": {}"#).split(':').next(), Some("unknown_field config"));
        assert_eq!(ask(Desk::what_if, ""), "missing_field changes: required, but missing");
        assert_eq!(ask(Desk::improve, ""), "missing_field side: required, but missing");
        assert_eq!(ask(Desk::check, ""), "missing_field rules: required, but missing");
        assert_eq!(
            ask(Desk::what_if, r#", "changes": [{"set_budget": -1}]"#),
            "out_of_range changes[0].set_budget: -1 is not in 0..=9007199254740991"
        );
        assert_eq!(
            ask(Desk::what_if, r#", "changes": [{"set_budgets": 1}]"#).split(':').nth(1),
            Some(
                " `set_budgets` is not `add_category`, `remove_category`, `add_region`, `remove_region`, `set_budget`, `add_keyword`, `add_event_category`, `remove_event_category`, `add_event_region`, `remove_event_region`, `set_min_price`, `add_event_keyword`, `set_engagement_score`, `set_ticket_conversion_rate` or `set_visitors`, did you mean `set_budget`"
            )
        );
        assert_eq!(
            ask(Desk::check, r#", "rules": {"date_window": {"from": "2026-02-01", "until": "2026-01-01"}}"#),
            "invalid_value rules.date_window.until: 2026-01-01 is before the window begins, at 2026-02-01"
        );
        assert_eq!(refusal(&desk.score("nonsense")), "invalid_json : not JSON: expected ident at column 2");
    }

    #[test]
    fn what_a_text_says_twice_is_refused() {
        let desk = Desk::new("{}").unwrap();
        let pair = |sponsor: &str, more: &str| {
            let event = r#""event": {"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}"#;
            format!(
                r#"{{"sponsor": {{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"{sponsor}}}, {event}{more}}}"#
            )
        };
        let twice = r#", "annual_budget_cents": 1, "annual_budget_cents": 5000000"#;
        let expected = "duplicate_field sponsor.annual_budget_cents: appears twice";
        assert_eq!(refusal(&desk.score(&pair(twice, ""))), expected);
        assert_eq!(refusal(&desk.what_if(&pair(twice, r#", "changes": []"#))), expected);
        assert_eq!(
            refusal(&desk.score(&pair("", r#", "insights": null, "insights": null"#))),
            "duplicate_field insights: appears twice"
        );
        let rules = r#", "rules": {"price_ceiling": true, "price_ceiling": false}"#;
        assert_eq!(
            refusal(&desk.check(&pair("", rules))),
            "duplicate_field rules.price_ceiling: appears twice"
        );
        let config = Desk::new(r#"{"missing": {"budget": 0, "budget": 1}}"#).unwrap_err();
        assert_eq!(config.to_string(), "missing.budget: appears twice");
    }

    #[test]
    fn lists_stand_for_no_object() {
        let desk = Desk::new("{}").unwrap();
        let ask = |question: fn(&Desk, &str) -> String, more: &str| {
            refusal(&question(&desk, &format!("{{{PAIR}, {more}}}")))
        };
        assert_eq!(
            ask(Desk::score, r#""insights": ["0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", 5]"#),
            "wrong_type insights: a list is not an object"
        );
        assert_eq!(
            ask(Desk::what_if, r#""changes": [{"set_visitors": ["US", 5]}]"#),
            "wrong_type changes[0].set_visitors: a list is not an object"
        );
        assert_eq!(
            ask(Desk::check, r#""rules": {"date_window": ["2026-01-01", "2026-02-01"]}"#),
            "wrong_type rules.date_window: a list is not an object"
        );
        assert_eq!(
            ask(
                Desk::check,
                r#""rules": {"blocked_pairs": [["6f9619ff-8b86-d011-b42d-00c04fc964ff", "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", 1]]}"#
            ),
            "invalid_value rules.blocked_pairs[0]: a list of 3 is too long"
        );
        assert_eq!(ask(Desk::improve, r#""side": 7"#), "wrong_type side: 7 is not `sponsor` or `event`");
    }

    #[test]
    fn rows_must_belong_together() {
        let desk = Desk::new(r#"{"objectives": {"kind": "embedding", "dimension": 2}}"#).unwrap();
        let ask = |pair: &str| refusal(&desk.score(pair));
        let strangers =
            format!(r#"{{{PAIR}, "insights": {{"event_id": "00000000-0000-0000-0000-000000000000"}}}}"#);
        assert!(ask(&strangers).starts_with("invalid_value insights.event_id"));
        let short = r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "objectives_embedding": [1]},
            "event": {"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#;
        assert!(ask(short).starts_with("dimension_mismatch sponsor.objectives_embedding"));
        let list = r#"{"sponsor": ["6f9619ff-8b86-d011-b42d-00c04fc964ff"], "event": {"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#;
        assert_eq!(ask(list), "wrong_type sponsor: a list is not an object");
    }
}
