//! The log of what was shown and decided, as the columns from which everything else learns.

use sponsorfit::{Error, PastSponsorship};
use sponsorfit_learn::decision::Decision;

use super::{answer, request};

request! {
    /// A log of decisions.
    ///
    /// # Examples
    /// See [`decisions`].
    Decisions {
        /// The rows of the log.
        decisions: Vec<Decision>,
    }
}

answer! {
    /// Decided rows whose factors are known, as `fit_weights` takes them.
    ///
    /// # Examples
    /// See [`decisions`].
    OutcomeColumns {
        /// The list that each was part of.
        queries: Vec<String>,
        /// Whose outcome each is.
        sponsors: Vec<String>,
        /// The five factors of each, in the formula's order.
        factors: Vec<[f64; 5]>,
        /// What came of each.
        accepted: Vec<bool>,
    }
}

answer! {
    /// Decided rows whose score is known, as `fit_calibration` takes them.
    ///
    /// # Examples
    /// See [`decisions`].
    ScoredColumns {
        /// What each was scored.
        scores: Vec<f64>,
        /// What came of each.
        accepted: Vec<bool>,
    }
}

answer! {
    /// A log of decisions as columns.
    ///
    /// # Examples
    /// See [`decisions`].
    DecisionColumns {
        /// Decided rows whose factors are known.
        outcomes: OutcomeColumns,
        /// Decided rows whose score is known.
        scored: ScoredColumns,
        /// Every row, as history takes it.
        past: Vec<PastSponsorship>,
    }
}

/// Turns a log of decisions into what weights, calibrations and history are learnt from.
///
/// # Errors
/// What is wrong with a row, at `decisions[…]`.
///
/// # Examples
/// ```
/// let answer = sponsorfit_wire::ask(
///     "decisions",
///     r#"{"decisions": [{"list_id": "monday", "event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001",
///         "sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "shown_at": "2026-01-05", "position": 1,
///         "score": 0.75, "outcome": "accepted"}]}"#,
/// );
/// assert!(answer.contains(r#""scored":{"scores":[0.75],"accepted":[true]}"#), "{answer}");
/// ```
pub fn decisions(request: Decisions) -> Result<DecisionColumns, Error> {
    let log = request.decisions;
    let mut outcomes =
        OutcomeColumns { queries: vec![], sponsors: vec![], factors: vec![], accepted: vec![] };
    let mut scored = ScoredColumns { scores: vec![], accepted: vec![] };
    for row in &log {
        if let Some(outcome) = row.scored() {
            scored.scores.push(outcome.score);
            scored.accepted.push(outcome.accepted);
        }
        // One row at a time, so that each keeps its own names.
        for outcome in sponsorfit_learn::decision::outcomes(std::slice::from_ref(row)) {
            outcomes.queries.push(row.list_id.clone());
            outcomes.sponsors.push(row.sponsor_id.to_string());
            outcomes.factors.push(outcome.factors);
            outcomes.accepted.push(outcome.accepted);
        }
    }
    Ok(DecisionColumns { outcomes, scored, past: log.iter().map(Decision::past).collect() })
}
