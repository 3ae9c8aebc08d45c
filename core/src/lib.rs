//! Explainable match scores between sponsors and events.
#![forbid(unsafe_code)]

mod error;
mod model;
mod read;

pub use error::{Error, ErrorKind};
pub use model::{
    AgeSegments, AudienceInsights, Count, Embedding, Event, EventId, GeoDistribution, Label, LabelSet,
    Moment, NonNegative, Objectives, SignedUnitInterval, SponsorId, SponsorProfile, TargetAudience,
    UnitInterval,
};
