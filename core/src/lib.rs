//! Explainable match scores between sponsors and events.
//!
//! Given a sponsor's profile and what an event's audience really did,
//! `sponsorfit` says how well they fit, why in rows that add up to the number,
//! how sure it is, and what would change it. The same inputs give the same bits
//! on every platform and in every language that binds to this crate.
//!
//! ```
//! use sponsorfit::{AudienceInsights, Event, Scorer, ScoringConfig, SponsorProfile};
//!
//! let sponsor: SponsorProfile = serde_json::from_str(
//!     r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "annual_budget_cents": 5000000,
//!         "preferred_categories": ["music", "food", "art"], "regions": ["US", "CA", "MX"]}"#,
//! )?;
//! let event: Event = serde_json::from_str(
//!     r#"{"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "categories": ["Music"], "regions": ["US"]}"#,
//! )?;
//! let insights: AudienceInsights = serde_json::from_str(
//!     r#"{"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "engagement_score": 0.8,
//!         "ticket_conversion_rate": 0.1, "geo_distribution": {"US": 800, "CA": 150, "BR": 50}}"#,
//! )?;
//!
//! let scorer = Scorer::new(ScoringConfig::default())?;
//! let why = scorer.explain(&sponsor, &event, &insights)?;
//! assert_eq!(why.score.score.get(), 0.6469313725490197);
//! assert_eq!(why.summary, "Score 0.65, resting on 90 % of the facts: between 0.60 and 0.70 once all is known.");
//! assert_eq!(why.reasons[1].text, "1 of 3 preferred categories matches: music; not art, food.");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Overview
//!
//! - [`SponsorProfile`], [`Event`] and [`AudienceInsights`] are the rows that go
//!   in, with the database's column names. Their fields' types carry their
//!   ranges, so a row that exists is valid. What is `None` or empty is unknown,
//!   which is neither zero nor one half.
//! - [`PastSponsorship`] is a row of what came of earlier pairs; scores never read it,
//!   the crate `sponsorfit-learn` does.
//! - [`ScoringConfig`] holds every weight, blend, reading and policy; its
//!   [`Fingerprint`] is stored with each score.
//! - [`Scorer`] turns a pair into a [`MatchScore`]; [`Scorer::explain`] adds the
//!   rows that fold to it, [`Scorer::what_if`] the effect of a [`Change`], and
//!   [`Scorer::improve`] the smallest changes that help most.
//! - [`ObjectivesSimilarity`] is the trait behind `objectives_similarity`, for
//!   which you may bring your own implementation.
//! - [`Rules`] say which pairs may be ranked at all.
//! - [`Catalog`] ranks all events for a sponsor, or all sponsors for an event,
//!   exactly and fast, with a [`Filter`] and pages.
//! - The crate `sponsorfit-learn` holds what outcomes teach: evaluation, trained rankers,
//!   experiments and weight fitting; `sponsorfit-wire` answers every question in JSON text, for
//!   other languages.
//!
//! # The score
//!
//! ```text
//! score = 0.25·budget_fit + 0.35·audience_overlap + 0.15·geo_fit
//!       + 0.15·engagement_quality + 0.10·objectives_similarity
//! ```
//!
//! | factor | formula | unknown when |
//! |---|---|---|
//! | `budget_fit` | `B / (B + H)`, budget `B`, half budget `H` | the budget is null |
//! | `audience_overlap` | `0.6·│P∩C│/│P│ + 0.4·│R∩G│/│R│` | `P` or `C`, `R` or `G` is empty |
//! | `geo_fit` | `│R∩G│/│R│`, or the share of visitors from `R` | `R` or `G` is empty |
//! | `engagement_quality` | `0.7·engagement_score + 0.3·ticket_conversion_rate` | each on its own |
//! | `objectives_similarity` | what the [`ObjectivesSimilarity`] says | it says nothing |
//!
//! Evaluated in binary64, products before sums, left to right, with no fused
//! operations and nothing but + − × ÷ √ and comparisons. [`definition`] says all
//! of it, down to the last bit; code and tests cite its sections as `§n`.
//!
//! # When should I use…
//!
//! - …[`Scorer::score`] rather than [`Scorer::explain`]? When nobody reads the
//!   reasons: it allocates nothing.
//! - …`renormalize` rather than `neutral` ([`MissingPolicy`])? When many facts
//!   are missing and a pair should be judged by what is known of it alone.
//!   `neutral` reproduces the scores of systems that fill gaps with constants.
//! - …`audience_share` and `reachable` ([`GeoReading`], [`OverlapReading`])? When
//!   sponsors name many regions or categories, or visitors are counted.
//!
//! # Features
//!
//! - `rows` reads NDJSON, a JSON array or CSV into rows, with line numbers and
//!   rejects. Off by default; brings `csv`.
//! - `parallel` ranks on all cores. Off by default; brings `rayon`.
//! - `schema` describes inputs and results as JSON Schema. Off by default;
//!   brings `schemars`. The schemas are committed in `core/schema`.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::dbg_macro)
)]

#[cfg(feature = "rows")]
pub mod batch;
mod catalog;
mod config;
mod decimal;
#[doc = include_str!("../DEFINITION.md")]
pub mod definition {}
mod error;
mod explain;
pub mod factors;
mod fold;
mod match_score;
mod model;
mod objectives;
mod pair;
pub mod read;
#[cfg(feature = "rows")]
pub mod rows;
mod rules;
#[cfg(feature = "schema")]
pub mod schema;
mod score;
mod sort;
mod what_if;

pub use catalog::{
    Best, Catalog, CatalogBuilder, Columns, Cursor, EventRef, Filter, Memory, Ranking, SponsorRef,
};
pub use config::{
    AudienceBlend, BudgetReading, EngagementBlend, Fingerprint, GeoReading, Missing, MissingPolicy,
    ObjectivesKind, OverlapReading, ScoringConfig, Weights,
};
pub use error::{Error, ErrorKind};
pub use explain::{Evidence, Explanation, FactorRow, LeafRow, Reason, RegionVisitors, Verdict};
pub use factors::{Factor, Leaf, LeafSet};
pub use match_score::{AudienceOverlap, InsufficientData, MatchScore, OverlapMetrics};
pub use model::{
    AgeSegments, AudienceInsights, Count, Embedding, Event, EventId, GeoDistribution, Label, LabelSet,
    Moment, NonNegative, Objectives, PastSponsorship, SignedUnitInterval, SponsorId, SponsorProfile,
    SponsorshipOutcome, TargetAudience, UnitInterval,
};
pub use objectives::{
    EmbeddingSimilarity, KeywordsSimilarity, NoSimilarity, ObjectivesSimilarity, check_dimension,
};
pub use rules::{
    DateWindow, Eligibility, Exclusivity, NearMiss, OnUnknown, Outcome, Rule, RuleVerdict, Rules,
};
pub use score::Scorer;
pub use what_if::{Change, FactorGain, Improvement, Side, WhatIf};
