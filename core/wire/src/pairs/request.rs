//! What a request about a pair holds: the rows, and what its question needs beside them.
//!
//! Unknown fields of the request are refused; the rows inside keep their own
//! tolerance.

#[cfg(feature = "catalog")]
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
#[cfg(feature = "catalog")]
use sponsorfit::read::ObjectOnly as object_only;
use sponsorfit::{AudienceInsights, Change, Error, Event, Rules, Scorer, Side, SponsorProfile};

use crate::table::Request;

/// How many improvements are given when the request does not say.
const DEFAULT_LIMIT: u32 = 5;

/// Without the fast way, rows are read from values alone, which take no list for a struct.
#[cfg(not(feature = "catalog"))]
fn object_only<D>(deserializer: D) -> D {
    deserializer
}

/// A value that only an object can hold.
struct Object<T>(T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        T::deserialize(object_only(deserializer)).map(Self)
    }
}

pub(crate) fn object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<T, D::Error> {
    Object::deserialize(deserializer).map(|Object(value)| value)
}

pub(crate) fn object_or_null<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Ok(Option::<Object<T>>::deserialize(deserializer)?.map(|Object(value)| value))
}

#[cfg(feature = "catalog")]
pub(crate) fn some_object<'de, D: Deserializer<'de>, T: Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    object(deserializer).map(Some)
}

/// A request that holds a pair's rows in the database's own columns, and fields of its own.
macro_rules! pair_request {
    ($(#[$doc:meta])* $name:ident { $($(#[$of_field:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// The sponsor's row.
            #[serde(deserialize_with = "object")]
            pub sponsor: SponsorProfile,
            /// The event's row.
            #[serde(deserialize_with = "object")]
            pub event: Event,
            /// What was measured at the event; null is unknown.
            #[serde(default, deserialize_with = "object_or_null")]
            pub insights: Option<AudienceInsights>,
            $($(#[$of_field])* pub $field: $type,)*
        }

        impl $name {
            /// Checks the rows against each other and against the configuration.
            pub(super) fn check_rows(&self, scorer: &Scorer) -> Result<(), Error> {
                scorer.config().check_rows(&self.sponsor, &self.event, self.insights.as_ref())
            }
        }
    };
}

pair_request! {
    /// A pair.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, SponsorId, SponsorProfile};
    /// use sponsorfit_wire::pairs::Pair;
    ///
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let pair = Pair { sponsor, event, insights: None };
    /// ```
    Pair {}
}

pair_request! {
    /// A pair, and changes to make to it.
    ///
    /// # Examples
    /// See [`what_if`](super::what_if).
    PairChanges {
        /// The changes, made one after the other.
        changes: Vec<Change>,
    }
}

pair_request! {
    /// A pair, and the side on which something may change.
    ///
    /// # Examples
    /// See [`improve`](super::improve).
    PairSide {
        /// Whose facts may change.
        side: Side,
        /// How many improvements at most; 5 when it is left out.
        limit: Option<u32>,
    }
}

pair_request! {
    /// A pair, and rules to ask about it.
    ///
    /// # Examples
    /// See [`check`](super::check).
    PairRules {
        /// The rules.
        #[serde(deserialize_with = "object")]
        rules: Rules,
    }
}

impl PairSide {
    pub(super) fn limit(&self) -> usize {
        usize::try_from(self.limit.unwrap_or(DEFAULT_LIMIT)).unwrap_or(usize::MAX)
    }
}

/// Reads what is right at once, and what is wrong once more, for its error: for the questions that are
/// asked most.
#[cfg(feature = "catalog")]
pub(crate) fn right_at_once<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let mut reader = serde_json::Deserializer::from_str(text);
    match Object::deserialize(&mut reader) {
        Ok(Object(request)) if reader.end().is_ok() => Ok(request),
        _ => sponsorfit::read::strict_from_json(text),
    }
}

#[cfg(feature = "catalog")]
impl Request for Pair {
    fn from_text(text: &str) -> Result<Self, Error> {
        right_at_once(text)
    }
}

/// Without `catalog` nothing else reads the fast way, and a reader of each type is a fifth of a small binary.
#[cfg(not(feature = "catalog"))]
impl Request for Pair {}
impl Request for PairChanges {}
impl Request for PairSide {}
impl Request for PairRules {}

/// Pairs, and the columns of numbers that are wanted of them.
///
/// # Examples
/// See [`score_pairs`](super::score_pairs).
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ScoredPairs {
    /// The pairs.
    pub pairs: Vec<Pair>,
    /// The paths of a score's own numbers, such as `coverage` or `audience_overlap.geo`; `score` alone
    /// when it is left out.
    #[serde(default = "score_alone")]
    pub columns: Vec<String>,
}

pub(crate) fn score_alone() -> Vec<String> {
    vec!["score".to_owned()]
}

impl Request for ScoredPairs {}

#[cfg(test)]
mod tests {
    use crate::{Handle, open};

    const PAIR: &str = r#""sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
        "event": {"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}"#;

    fn opened(config: &str) -> Handle {
        open("scorer", &format!(r#"{{"config": {config}}}"#), &[], None).unwrap()
    }

    fn asked(desk: &Handle, question: &str, request: &str) -> String {
        desk.clone().ask(question, request, None)
    }

    fn refusal(answer: &str) -> String {
        let answer: serde_json::Value = serde_json::from_str(answer).unwrap();
        let error = &answer["error"];
        format!("{} {}: {}", error["code"], error["path"], error["message"]).replace('"', "")
    }

    #[test]
    fn each_question_takes_its_own_fields() {
        let desk = opened("{}");
        let ask = |question: &str, more: &str| refusal(&asked(&desk, question, &format!("{{{PAIR}{more}}}")));
        assert_eq!(
            ask("score", r#", "changes": []"#),
            "unknown_field changes: unknown field, expected `sponsor`, `event` or `insights`"
        );
        assert_eq!(ask("explain", r#", "config": {}"#).split(':').next(), Some("unknown_field config"));
        assert_eq!(ask("what_if", ""), "missing_field changes: required, but missing");
        assert_eq!(ask("improve", ""), "missing_field side: required, but missing");
        assert_eq!(ask("check", ""), "missing_field rules: required, but missing");
        assert_eq!(
            ask("what_if", r#", "changes": [{"set_budget": -1}]"#),
            "out_of_range changes[0].set_budget: -1 is not in 0..=9007199254740991"
        );
        assert_eq!(
            ask("what_if", r#", "changes": [{"set_budgets": 1}]"#).split(':').nth(1),
            Some(
                " `set_budgets` is not `add_category`, `remove_category`, `add_region`, `remove_region`, `set_budget`, `add_keyword`, `add_event_category`, `remove_event_category`, `add_event_region`, `remove_event_region`, `set_min_price`, `add_event_keyword`, `set_engagement_score`, `set_ticket_conversion_rate` or `set_visitors`, did you mean `set_budget`"
            )
        );
        assert_eq!(
            ask("check", r#", "rules": {"date_window": {"from": "2026-02-01", "until": "2026-01-01"}}"#),
            "invalid_value rules.date_window.until: 2026-01-01 is before the window begins, at 2026-02-01"
        );
        assert_eq!(
            refusal(&asked(&desk, "score", "nonsense")),
            "invalid_json : not JSON: expected ident at column 2"
        );
    }

    #[test]
    fn what_a_text_says_twice_is_refused() {
        let desk = opened("{}");
        let pair = |sponsor: &str, more: &str| {
            let event = r#""event": {"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}"#;
            format!(
                r#"{{"sponsor": {{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"{sponsor}}}, {event}{more}}}"#
            )
        };
        let twice = r#", "annual_budget_cents": 1, "annual_budget_cents": 5000000"#;
        let expected = "duplicate_field sponsor.annual_budget_cents: appears twice";
        assert_eq!(refusal(&asked(&desk, "score", &pair(twice, ""))), expected);
        assert_eq!(refusal(&asked(&desk, "what_if", &pair(twice, r#", "changes": []"#))), expected);
        assert_eq!(
            refusal(&asked(&desk, "score", &pair("", r#", "insights": null, "insights": null"#))),
            "duplicate_field insights: appears twice"
        );
        let rules = r#", "rules": {"price_ceiling": true, "price_ceiling": false}"#;
        assert_eq!(
            refusal(&asked(&desk, "check", &pair("", rules))),
            "duplicate_field rules.price_ceiling: appears twice"
        );
        let config =
            open("scorer", r#"{"config": {"missing": {"budget": 0, "budget": 1}}}"#, &[], None).unwrap_err();
        assert_eq!(config.to_string(), "missing.budget: appears twice");
    }

    #[test]
    fn lists_stand_for_no_object() {
        let desk = opened("{}");
        let ask =
            |question: &str, more: &str| refusal(&asked(&desk, question, &format!("{{{PAIR}, {more}}}")));
        assert_eq!(
            ask("score", r#""insights": ["0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", 5]"#),
            "wrong_type insights: a list is not an object"
        );
        assert_eq!(
            ask("what_if", r#""changes": [{"set_visitors": ["US", 5]}]"#),
            "wrong_type changes[0].set_visitors: a list is not an object"
        );
        assert_eq!(
            ask("check", r#""rules": {"date_window": ["2026-01-01", "2026-02-01"]}"#),
            "wrong_type rules.date_window: a list is not an object"
        );
        assert_eq!(
            ask(
                "check",
                r#""rules": {"blocked_pairs": [["6f9619ff-8b86-d011-b42d-00c04fc964ff", "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", 1]]}"#
            ),
            "invalid_value rules.blocked_pairs[0]: a list of 3 is too long"
        );
        assert_eq!(ask("improve", r#""side": 7"#), "wrong_type side: 7 is not `sponsor` or `event`");
    }

    #[test]
    fn rows_must_belong_together() {
        let desk = opened(r#"{"objectives": {"kind": "embedding", "dimension": 2}}"#);
        let ask = |pair: &str| refusal(&asked(&desk, "score", pair));
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
