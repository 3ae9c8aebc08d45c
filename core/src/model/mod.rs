//! The rows that go in, and the numbers and labels they are made of.
//!
//! Everything here is valid once it exists: ranges are checked when a value is
//! read or built, so the scorer has nothing left to refuse.

mod embedding;
mod event;
mod geo_distribution;
mod id;
mod insights;
mod label;
mod moment;
mod objectives;
mod sponsor;
mod sponsorship;
mod unit;

use crate::read::ObjectOnly;
pub use embedding::Embedding;
pub use event::Event;
#[cfg(feature = "rows")]
pub(crate) use event::RowId;
pub use geo_distribution::GeoDistribution;
pub use id::{EventId, SponsorId};
pub use insights::{AgeSegments, AudienceInsights};
pub use label::{Label, LabelSet};
pub use moment::Moment;
pub use objectives::Objectives;
pub use sponsor::{SponsorProfile, TargetAudience};
pub use sponsorship::{PastSponsorship, SponsorshipOutcome};

pub use unit::{Count, NonNegative, SignedUnitInterval, UnitInterval};

/// Reads an object, and null as the type's empty value.
fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de> + Default,
{
    struct OrDefault<T>(std::marker::PhantomData<T>);

    impl<'de, T: serde::Deserialize<'de> + Default> serde::de::Visitor<'de> for OrDefault<T> {
        type Value = T;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an object")
        }

        fn visit_none<E: serde::de::Error>(self) -> Result<T, E> {
            Ok(T::default())
        }

        fn visit_unit<E: serde::de::Error>(self) -> Result<T, E> {
            Ok(T::default())
        }

        fn visit_some<D: serde::Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
            T::deserialize(ObjectOnly(deserializer))
        }
    }

    deserializer.deserialize_option(OrDefault(std::marker::PhantomData))
}
