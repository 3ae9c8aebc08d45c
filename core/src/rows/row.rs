//! The types that can be read as rows.

use std::fmt::{Debug, Display};
use std::hash::Hash;

use serde::de::{DeserializeOwned, Deserializer};
use serde::{Deserialize, Serialize};

use crate::model::{
    AudienceInsights, Embedding, Event, EventId, PastSponsorship, RowId, SponsorId, SponsorProfile,
};

/// A type whose values are rows with an identifier.
///
/// # Examples
/// ```
/// use sponsorfit::rows::{self, Row};
///
/// fn ids<T: Row>(bytes: &[u8]) -> Vec<T::Id> {
///     rows::read::<T>(bytes).rows.iter().map(|numbered| numbered.row.id()).collect()
/// }
///
/// let csv = b"sponsor_id\n6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b001\n";
/// assert_eq!(ids::<sponsorfit::SponsorProfile>(csv).len(), 1);
/// ```
pub trait Row: DeserializeOwned {
    /// The type of its identifier.
    type Id: Copy + Ord + Hash + Display + Debug;

    /// The column of its identifier.
    const ID_FIELD: &'static str;

    /// Whether several rows may have the same identifier.
    const MAY_REPEAT: bool = false;

    /// Returns its identifier; of a [`PastSponsorship`] its event's, which many rows share.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, rows::Row};
    ///
    /// let id = EventId::from_bytes([7; 16]);
    /// assert_eq!(Event::new(id).id(), id);
    /// ```
    fn id(&self) -> Self::Id;

    /// Returns the vector whose length the configuration fixes, where the type has one.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, rows::Row};
    ///
    /// assert!(Event::new(EventId::from_bytes([7; 16])).embedding().is_none());
    /// ```
    fn embedding(&self) -> Option<&Embedding> {
        None
    }
}

/// What a sponsor is called.
///
/// # Examples
/// ```
/// let name: sponsorfit::rows::SponsorName =
///     serde_json::from_str(r#"{"sponsor_id": "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b001", "name": "Avo"}"#)?;
/// assert_eq!(name.name.as_deref(), Some("Avo"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SponsorName {
    /// The sponsor's UUID.
    pub sponsor_id: SponsorId,
    /// Its name, for display only.
    #[serde(default)]
    pub name: Option<String>,
}

/// What an event is called. A row may call its identifier `id`, as [`Event`]'s do.
///
/// # Examples
/// ```
/// let title: sponsorfit::rows::EventTitle =
///     serde_json::from_str(r#"{"id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "title": "Lantern Fair"}"#)?;
/// assert_eq!(title.title.as_deref(), Some("Lantern Fair"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EventTitle {
    /// The event's UUID.
    pub event_id: EventId,
    /// Its title, for display only.
    pub title: Option<String>,
}

impl<'de> Deserialize<'de> for EventTitle {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(rename = "EventTitle")]
        struct TitleRow {
            #[serde(default)]
            event_id: Option<EventId>,
            #[serde(default)]
            id: Option<RowId>,
            #[serde(default)]
            title: Option<String>,
        }
        let row = TitleRow::deserialize(deserializer)?;
        Ok(Self { event_id: RowId::resolve(row.event_id, row.id)?, title: row.title })
    }
}

/// Names the identifier of a row type, and its embedding where it has one.
macro_rules! row {
    ($name:ident, $id:ident: $id_type:ident $(, $embedding:ident)?) => {
        impl Row for $name {
            type Id = $id_type;
            const ID_FIELD: &'static str = stringify!($id);

            fn id(&self) -> $id_type {
                self.$id
            }

            $(fn embedding(&self) -> Option<&Embedding> {
                self.$embedding.as_ref()
            })?
        }
    };
}

row!(SponsorProfile, sponsor_id: SponsorId, objectives_embedding);
row!(Event, event_id: EventId, objectives_embedding);
row!(AudienceInsights, event_id: EventId);
row!(SponsorName, sponsor_id: SponsorId);
row!(EventTitle, event_id: EventId);

impl Row for PastSponsorship {
    type Id = EventId;
    const ID_FIELD: &'static str = "event_id";
    const MAY_REPEAT: bool = true;

    fn id(&self) -> EventId {
        self.event_id
    }
}
