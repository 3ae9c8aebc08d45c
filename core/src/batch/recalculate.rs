//! From rows as they were loaded to rows as they are written.

use serde::{Deserialize, Serialize};

use super::{Digest, row};
use crate::config::ScoringConfig;
use crate::error::Error;
use crate::match_score::{MatchScore, OverlapMetrics};
use crate::model::{AudienceInsights, Event, EventId, SponsorId, SponsorProfile};
use crate::rows::Reader;
use crate::score::Scorer;
use crate::what_if::Side;

/// The version of the code that scores; stored with every match.
const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// One group of claimed entities and a page of the other side, as one snapshot had them.
///
/// # Examples
/// See [`recalculate`].
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recalculate {
    /// The scoring configuration, as JSON text.
    pub scoring: String,
    /// Which side the claimed entities are on.
    pub side: Side,
    /// The claimed entities.
    pub claimed: Vec<LoadedRow>,
    /// The page of the other side, in the order of identifiers.
    pub others: Vec<LoadedRow>,
}

/// A row as it was loaded.
///
/// # Examples
/// See [`recalculate`].
#[derive(Clone, Debug, Deserialize)]
pub struct LoadedRow {
    /// Its identifier.
    pub id: String,
    /// The number of its last change.
    #[serde(rename = "gen")]
    pub generation: i64,
    /// The row as JSON text, so that numbers arrive digit by digit; `None` when it is gone.
    pub row: Option<String>,
    /// The insights of an event as JSON text.
    pub insights: Option<String>,
}

/// What is to be written.
///
/// # Examples
/// See [`recalculate`].
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Recalculated {
    /// Names the configuration.
    pub fingerprint: String,
    /// The version of the code that scored.
    pub engine_version: &'static str,
    /// How many pairs were scored, with and without a result.
    pub pairs: u64,
    /// One for each claimed entity that was read or is gone.
    pub written: Vec<Written>,
    /// The claimed entities that could not be read.
    pub failed: Vec<Unreadable>,
    /// Those of the other side that could not be read: what is stored of them stays.
    pub unreadable: Vec<Unreadable>,
}

/// A claimed entity's pairs.
///
/// # Examples
/// See [`recalculate`].
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Written {
    /// The entity as it was loaded.
    pub claimed: Entity,
    /// Whether it is gone, and its pairs with it.
    pub is_gone: bool,
    /// Every pair of it that has a score.
    pub matches: Vec<MatchRow>,
}

/// An entity at one of its changes.
///
/// # Examples
/// See [`recalculate`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Entity {
    /// Its identifier.
    pub id: String,
    /// The number of its last change.
    #[serde(rename = "gen")]
    pub generation: i64,
}

/// A row that the core refuses.
///
/// # Examples
/// See [`recalculate`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Unreadable {
    /// Its identifier.
    pub id: String,
    /// Everything that is wrong with it.
    pub error: String,
}

/// A pair as the database's function `fit_write` takes it.
///
/// # Examples
/// See [`recalculate`].
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct MatchRow {
    /// The event.
    pub event_id: EventId,
    /// The sponsor.
    pub sponsor_id: SponsorId,
    /// The score with four digits.
    pub score: String,
    /// The score as it was computed.
    pub exact: f64,
    /// How much of what the score rests on is known.
    pub coverage: f64,
    /// The factors.
    pub metrics: OverlapMetrics,
    /// The [`Digest`] in decimal: JSON's readers have no such integers.
    pub digest: String,
    /// The event's generation.
    pub event_gen: i64,
    /// The sponsor's generation.
    pub sponsor_gen: i64,
}

/// A row of either side.
enum Entry {
    Sponsor(SponsorProfile),
    Event(Event, Option<AudienceInsights>),
}

/// Scores every claimed entity with every row of the other side, and says what is to be written.
///
/// A row that cannot be read spoils nobody else's: it is named, with all that is wrong with it.
/// The answer holds a row for each pair, so whoever asks in text bounds the page.
///
/// # Errors
/// Those of a configuration that is none.
///
/// # Examples
/// ```
/// use sponsorfit::batch::{Recalculate, recalculate};
///
/// let request: Recalculate = serde_json::from_str(r#"{
///     "scoring": "{}", "side": "sponsor",
///     "claimed": [{"id": "01010101-0101-0101-0101-010101010101", "gen": 3,
///                  "row": "{\"sponsor_id\": \"01010101-0101-0101-0101-010101010101\"}", "insights": null}],
///     "others": [{"id": "02020202-0202-0202-0202-020202020202", "gen": 5,
///                 "row": "{\"event_id\": \"02020202-0202-0202-0202-020202020202\"}", "insights": null},
///                {"id": "03030303-0303-0303-0303-030303030303", "gen": 1, "row": "{}", "insights": null}]
/// }"#)?;
/// let answer = recalculate(&request)?;
/// let pair = &answer.written[0].matches[0];
/// assert_eq!((pair.score.as_str(), pair.sponsor_gen, pair.event_gen), ("0.4250", 3, 5));
/// assert_eq!(answer.unreadable[0].error, "event_id: required, but missing");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn recalculate(request: &Recalculate) -> Result<Recalculated, Error> {
    let scorer = Scorer::new(ScoringConfig::from_json(&request.scoring)?)?;
    let reader = Reader::for_config(scorer.config());
    let fingerprint = scorer.fingerprint().as_str().to_owned();
    let seed = Digest::seed(&fingerprint, ENGINE_VERSION);
    let other_side = match request.side {
        Side::Sponsor => Side::Event,
        Side::Event => Side::Sponsor,
    };
    let (mut others, mut unreadable) = (Vec::new(), Vec::new());
    for other in &request.others {
        match read(reader, other_side, other) {
            Some(Ok(entry)) => others.push((entry, other.generation)),
            Some(Err(error)) => unreadable.push(Unreadable { id: other.id.clone(), error }),
            None => {}
        }
    }
    let (mut written, mut failed, mut pairs) = (Vec::new(), Vec::new(), 0);
    for own in &request.claimed {
        let entry = match read(reader, request.side, own) {
            Some(Ok(entry)) => Some(entry),
            Some(Err(error)) => {
                failed.push(Unreadable { id: own.id.clone(), error });
                continue;
            }
            None => None,
        };
        let scored = entry.iter().flat_map(|entry| {
            others
                .iter()
                .filter_map(|other| pair(&scorer, seed, (entry, own.generation), (&other.0, other.1)))
        });
        pairs += if entry.is_some() { request.others.len() as u64 } else { 0 };
        written.push(Written {
            claimed: Entity { id: own.id.clone(), generation: own.generation },
            is_gone: entry.is_none(),
            matches: scored.collect(),
        });
    }
    Ok(Recalculated { fingerprint, engine_version: ENGINE_VERSION, pairs, written, failed, unreadable })
}

/// Reads a row; `None` when it is gone.
fn read(reader: Reader, side: Side, loaded: &LoadedRow) -> Option<Result<Entry, String>> {
    let text = loaded.row.as_deref()?;
    Some(match side {
        Side::Sponsor => row(reader, text).map(Entry::Sponsor),
        Side::Event => row(reader, text).and_then(|event| {
            let insights = loaded.insights.as_deref().map(|text| row(reader, text)).transpose();
            Ok(Entry::Event(event, insights.map_err(|error| format!("insights: {error}"))?))
        }),
    })
}

/// Scores a pair, given in either order; `None` when too little is known.
fn pair(scorer: &Scorer, seed: Digest, own: (&Entry, i64), other: (&Entry, i64)) -> Option<MatchRow> {
    let ((sponsor, sponsor_gen), (event, insights, event_gen)) = match (own, other) {
        ((Entry::Sponsor(sponsor), own), (Entry::Event(event, insights), other)) => {
            ((sponsor, own), (event, insights, other))
        }
        ((Entry::Event(event, insights), own), (Entry::Sponsor(sponsor), other)) => {
            ((sponsor, other), (event, insights, own))
        }
        _ => return None,
    };
    let found: MatchScore = scorer.score(sponsor, event, insights.as_ref()).ok()?;
    Some(MatchRow {
        event_id: found.event_id,
        sponsor_id: found.sponsor_id,
        score: found.score_decimal(),
        exact: found.score.get(),
        coverage: found.coverage.get(),
        metrics: found.overlap_metrics,
        digest: seed.of(&found).to_string(),
        event_gen,
        sponsor_gen,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPONSOR: &str = "01010101-0101-0101-0101-010101010101";
    const EVENT: &str = "02020202-0202-0202-0202-020202020202";

    fn loaded(id: &str, generation: i64, row: Option<String>, insights: Option<&str>) -> LoadedRow {
        LoadedRow { id: id.to_owned(), generation, row, insights: insights.map(str::to_owned) }
    }

    fn sponsor(generation: i64) -> LoadedRow {
        loaded(SPONSOR, generation, Some(format!(r#"{{"sponsor_id": "{SPONSOR}"}}"#)), None)
    }

    fn event(generation: i64, insights: Option<&str>) -> LoadedRow {
        loaded(EVENT, generation, Some(format!(r#"{{"event_id": "{EVENT}"}}"#)), insights)
    }

    fn answer(side: Side, claimed: Vec<LoadedRow>, others: Vec<LoadedRow>) -> Recalculated {
        recalculate(&Recalculate { scoring: "{}".to_owned(), side, claimed, others }).unwrap()
    }

    #[test]
    fn a_pair_is_the_same_from_either_side() {
        let from_sponsor = answer(Side::Sponsor, vec![sponsor(3)], vec![event(5, None)]);
        let from_event = answer(Side::Event, vec![event(5, None)], vec![sponsor(3)]);
        let row = |answer: &Recalculated| serde_json::to_value(&answer.written[0].matches).unwrap();
        assert_eq!(row(&from_sponsor), row(&from_event));
        assert_eq!(from_event.written[0].claimed, Entity { id: EVENT.to_owned(), generation: 5 });
        assert_eq!((from_sponsor.written[0].matches[0].sponsor_gen, from_sponsor.pairs), (3, 1));
    }

    #[test]
    fn a_bad_row_spoils_nobody_elses() {
        let bad = event(5, Some(r#"{"event_id": "7"}"#));
        let found = answer(Side::Event, vec![bad, event(6, None)], vec![sponsor(1)]);
        let error = "insights: event_id: `7` is not a UUID".to_owned();
        assert_eq!(found.failed, [Unreadable { id: EVENT.to_owned(), error }]);
        assert_eq!((found.written.len(), found.written[0].matches.len()), (1, 1));
    }

    #[test]
    fn who_is_gone_has_no_pairs_and_is_no_failure() {
        let gone = loaded(SPONSOR, 9, None, None);
        let found = answer(Side::Sponsor, vec![gone.clone()], vec![event(5, None)]);
        assert!(found.written[0].is_gone && found.written[0].matches.is_empty() && found.failed.is_empty());
        assert_eq!(found.pairs, 0);
        let found = answer(Side::Event, vec![event(5, None)], vec![gone]);
        assert!(found.written[0].matches.is_empty() && found.unreadable.is_empty());
    }
}
