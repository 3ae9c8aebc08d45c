//! Which implementation compares objectives.

use serde::de::{Error, Unexpected};
use serde::{Deserialize, Deserializer, Serialize};

/// How objectives are compared, as the configuration names it.
///
/// # Examples
/// ```
/// use sponsorfit::{ObjectivesKind, ScoringConfig};
///
/// let config = ScoringConfig::from_json(r#"{"objectives": {"kind": "embedding", "dimension": 384}}"#)?;
/// assert_eq!(config.objectives, ObjectivesKind::Embedding { dimension: 384 });
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ObjectivesKind {
    /// Not at all: similarity is unknown.
    #[default]
    None,
    /// By the words of keywords and goals.
    Keywords,
    /// By the vectors in `objectives_embedding`.
    Embedding {
        /// How many components each vector has.
        dimension: u32,
    },
    /// By an implementation of your own.
    Custom {
        /// The implementation's [`id`](crate::ObjectivesSimilarity::id).
        id: String,
    },
}

impl ObjectivesKind {
    /// Returns how many components an embedding must have, where the kind says.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::ObjectivesKind;
    ///
    /// assert_eq!(ObjectivesKind::Embedding { dimension: 384 }.dimension(), Some(384));
    /// ```
    pub const fn dimension(&self) -> Option<u32> {
        match self {
            Self::Embedding { dimension } => Some(*dimension),
            Self::None | Self::Keywords | Self::Custom { .. } => None,
        }
    }
}

/// The fields of all kinds; a tagged enum of serde's would lose the paths of errors.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename = "ObjectivesKind")]
struct Fields {
    kind: Kind,
    dimension: Option<Dimension>,
    id: Option<String>,
}

/// A number of components, which is never 0.
struct Dimension(u32);

impl<'de> Deserialize<'de> for Dimension {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match u32::deserialize(deserializer)? {
            0 => Err(Error::invalid_value(Unexpected::Unsigned(0), &"1..=4294967295")),
            components => Ok(Self(components)),
        }
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Kind {
    None,
    Keywords,
    Embedding,
    Custom,
}

impl<'de> Deserialize<'de> for ObjectivesKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Fields::deserialize(deserializer)?;
        match (fields.kind, fields.dimension, fields.id) {
            (Kind::None, None, None) => Ok(Self::None),
            (Kind::Keywords, None, None) => Ok(Self::Keywords),
            (Kind::Embedding, Some(Dimension(dimension)), None) => Ok(Self::Embedding { dimension }),
            (Kind::Embedding, None, _) => Err(D::Error::missing_field("dimension")),
            (Kind::Custom, None, Some(id)) => Ok(Self::Custom { id }),
            (Kind::Custom, _, None) => Err(D::Error::missing_field("id")),
            (_, Some(_), _) => Err(D::Error::unknown_field("dimension", &["kind"])),
            (_, None, Some(_)) => Err(D::Error::unknown_field("id", &["kind"])),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ScoringConfig;

    fn read(kind: &str) -> Result<ObjectivesKind, String> {
        ScoringConfig::from_json(&format!(r#"{{"objectives": {kind}}}"#))
            .map(|config| config.objectives)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn each_kind_reads_what_it_writes() {
        for kind in [
            ObjectivesKind::None,
            ObjectivesKind::Keywords,
            ObjectivesKind::Embedding { dimension: 3 },
            ObjectivesKind::Custom { id: "crm".to_owned() },
        ] {
            assert_eq!(read(&serde_json::to_string(&kind).unwrap()), Ok(kind));
        }
    }

    #[test]
    fn each_kind_takes_its_own_fields_only() {
        for (kind, expected) in [
            (r#"{"kind": "embedding"}"#, "objectives.dimension: required, but missing"),
            (r#"{"kind": "embedding", "dimension": 0}"#, "objectives.dimension: 0 is not in 1..=4294967295"),
            (r#"{"kind": "custom"}"#, "objectives.id: required, but missing"),
            (r#"{"kind": "none", "dimension": 3}"#, "objectives.dimension: unknown field, expected `kind`"),
            (r#"{"kind": "keywords", "id": "x"}"#, "objectives.id: unknown field, expected `kind`"),
            (
                r#"{"kind": "words"}"#,
                "objectives.kind: `words` is not `none`, `keywords`, `embedding` or `custom`",
            ),
            ("{}", "objectives.kind: required, but missing"),
        ] {
            assert_eq!(read(kind), Err(expected.to_owned()), "{kind}");
        }
    }
}
