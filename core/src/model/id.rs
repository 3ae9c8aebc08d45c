//! Identifiers: UUIDs that cannot be mistaken for each other.

use std::fmt;
use std::str::FromStr;

use serde::de::{Deserialize, Deserializer, Unexpected, Visitor};
use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::error::{Error, ErrorKind};

const EXPECTED: &str = "a UUID";

macro_rules! identifier {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// Builds the identifier from its sixteen bytes, most significant first.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("use sponsorfit::", stringify!($name), ";")]
            ///
            #[doc = concat!("let id = ", stringify!($name), "::from_bytes([0xab; 16]);")]
            /// assert_eq!(id.to_string(), "abababab-abab-abab-abab-abababababab");
            /// ```
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// Returns the sixteen bytes, the order in which ties are ranked.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("use sponsorfit::", stringify!($name), ";")]
            ///
            #[doc = concat!("assert_eq!(", stringify!($name), "::from_bytes([7; 16]).as_bytes(), &[7; 16]);")]
            /// ```
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0.hyphenated(), f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), self.0.hyphenated())
            }
        }

        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                Uuid::try_parse(text).map(Self).map_err(|_| {
                    Error::new(ErrorKind::InvalidValue, format!("`{text}` is not {EXPECTED}"))
                })
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let mut buffer = Uuid::encode_buffer();
                serializer.serialize_str(self.0.hyphenated().encode_lower(&mut buffer))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(UuidVisitor).map(Self)
            }
        }
    };
}

identifier! {
    /// The UUID of a sponsor.
    ///
    /// Reads any usual spelling and prints lower-case and hyphenated. Ordered by
    /// its bytes, which is how ties in a ranking are broken.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::SponsorId;
    ///
    /// let id: SponsorId = "6F9619FF8B86D011B42D00C04FC964FF".parse().unwrap();
    /// assert_eq!(id.to_string(), "6f9619ff-8b86-d011-b42d-00c04fc964ff");
    /// assert!("sponsor-7".parse::<SponsorId>().is_err());
    /// ```
    SponsorId
}

identifier! {
    /// The UUID of an event.
    ///
    /// Reads any usual spelling and prints lower-case and hyphenated. Ordered by
    /// its bytes, which is how ties in a ranking are broken.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::EventId;
    ///
    /// let id: EventId = "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001".parse().unwrap();
    /// assert_eq!(id.as_bytes()[0], 0x0b);
    /// ```
    EventId
}

struct UuidVisitor;

impl Visitor<'_> for UuidVisitor {
    type Value = Uuid;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(EXPECTED)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Uuid, E> {
        Uuid::try_parse(text).map_err(|_| E::invalid_value(Unexpected::Str(text), &EXPECTED))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_usual_spelling_is_the_same_id() {
        let expected = EventId::from_bytes([0xab; 16]);
        for text in [
            "abababab-abab-abab-abab-abababababab",
            "ABABABAB-ABAB-ABAB-ABAB-ABABABABABAB",
            "abababababababababababababababab",
            "{abababab-abab-abab-abab-abababababab}",
            "urn:uuid:abababab-abab-abab-abab-abababababab",
        ] {
            assert_eq!(text.parse::<EventId>().unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_uuid_is_named() {
        let error = "42".parse::<SponsorId>().unwrap_err();
        assert_eq!(error.to_string(), "`42` is not a UUID");
        assert!(serde_json::from_str::<SponsorId>("42").is_err());
    }

    #[test]
    fn json_round_trip() {
        let id = SponsorId::from_bytes([9; 16]);
        let json = serde_json::to_string(&id).unwrap();
        assert_eq!(json, "\"09090909-0909-0909-0909-090909090909\"");
        assert_eq!(serde_json::from_str::<SponsorId>(&json).unwrap(), id);
        assert_eq!(format!("{id:?}"), "SponsorId(09090909-0909-0909-0909-090909090909)");
    }
}
