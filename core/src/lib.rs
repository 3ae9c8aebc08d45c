//! Explainable match scores between sponsors and events.
#![forbid(unsafe_code)]
#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::todo, clippy::dbg_macro)
)]

mod catalog;
mod config;
mod decimal;
mod error;
mod factors;
mod fold;
mod match_score;
mod model;
mod objectives;
mod read;
mod score;

pub use catalog::{Catalog, CatalogBuilder, Columns, Cursor, Filter, Memory, Ranking};
pub use config::{
    AudienceBlend, BudgetReading, EngagementBlend, Fingerprint, GeoReading, Missing, MissingPolicy,
    ObjectivesKind, OverlapReading, ScoringConfig, Weights,
};
pub use error::{Error, ErrorKind};
pub use factors::{Factor, Leaf, LeafSet};
pub use match_score::{AudienceOverlap, InsufficientData, MatchScore, OverlapMetrics};
pub use model::{
    AgeSegments, AudienceInsights, Count, Embedding, Event, EventId, GeoDistribution, Label, LabelSet,
    Moment, NonNegative, Objectives, SignedUnitInterval, SponsorId, SponsorProfile, TargetAudience,
    UnitInterval,
};
pub use objectives::{EmbeddingSimilarity, KeywordsSimilarity, NoSimilarity, ObjectivesSimilarity};
pub use score::Scorer;
