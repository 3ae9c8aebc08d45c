//! Vectors that stand for texts, for similarity of objectives.

use std::fmt;

use serde::de::{Deserialize, Deserializer, SeqAccess, Unexpected, Visitor};
use serde::{Serialize, Serializer};

use crate::decimal::plain;
use crate::error::{Error, ErrorKind};
use crate::read;

const RANGE: &str = "-3.4028235e38..=3.4028235e38";

/// A vector from a text embedding model, its components rounded to `f32`.
///
/// Half the memory of `f64` for a loss far below what such models mean. All
/// components are finite. Reads a list of numbers, or such a list as text,
/// which is how pgvector prints it.
///
/// # Examples
/// ```
/// use sponsorfit::Embedding;
///
/// let embedding = Embedding::new(&[0.1, -0.2, 0.3]).unwrap();
/// assert_eq!(embedding.components(), [0.1_f32, -0.2, 0.3]);
/// assert!(Embedding::new(&[f64::NAN]).is_err());
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Embedding(Box<[f32]>);

impl Embedding {
    /// Rounds each component to the nearest `f32`.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] at the first component that is not finite as `f32`.
    ///
    /// # Examples
    /// ```
    /// let error = sponsorfit::Embedding::new(&[0.0, 1e39]).unwrap_err();
    /// assert_eq!(error.to_string(), "[1]: 1e39 is not in -3.4028235e38..=3.4028235e38");
    /// ```
    pub fn new(components: &[f64]) -> Result<Self, Error> {
        let rounded: Result<Box<[f32]>, Error> = components
            .iter()
            .enumerate()
            .map(|(index, &value)| {
                round(value).ok_or_else(|| {
                    let message = format!("{} is not in {RANGE}", plain(value));
                    Error::new(ErrorKind::OutOfRange, message).at(index)
                })
            })
            .collect();
        rounded.map(Self)
    }

    /// Returns the components.
    ///
    /// # Examples
    /// ```
    /// assert!(sponsorfit::Embedding::default().components().is_empty());
    /// ```
    pub fn components(&self) -> &[f32] {
        &self.0
    }

    /// Returns how many components there are.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Embedding::new(&[0.5, 0.5]).unwrap().dimension(), 2);
    /// ```
    pub fn dimension(&self) -> usize {
        self.0.len()
    }
}

fn round(value: f64) -> Option<f32> {
    #[allow(clippy::cast_possible_truncation, reason = "rounding to f32: definition, §1.5")]
    let rounded = value as f32;
    // Adding 0.0 turns a negative zero into a positive one.
    rounded.is_finite().then_some(rounded + 0.0)
}

impl Serialize for Embedding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter())
    }
}

/// One component, so that an error names its position.
struct Component(f32);

impl<'de> Deserialize<'de> for Component {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ComponentVisitor;

        impl Visitor<'_> for ComponentVisitor {
            type Value = Component;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a finite number")
            }

            fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Component, E> {
                round(value).map(Component).ok_or_else(|| E::invalid_value(Unexpected::Float(value), &RANGE))
            }

            #[allow(clippy::cast_precision_loss, reason = "rounding to f32 follows")]
            fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Component, E> {
                self.visit_f64(value as f64)
            }

            #[allow(clippy::cast_precision_loss, reason = "rounding to f32 follows")]
            fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Component, E> {
                self.visit_f64(value as f64)
            }
        }

        deserializer.deserialize_f64(ComponentVisitor)
    }
}

impl<'de> Deserialize<'de> for Embedding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EmbeddingVisitor)
    }
}

struct EmbeddingVisitor;

impl<'de> Visitor<'de> for EmbeddingVisitor {
    type Value = Embedding;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of numbers")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Embedding, A::Error> {
        let mut components = Vec::with_capacity(list.size_hint().unwrap_or(0).min(4096));
        while let Some(Component(component)) = list.next_element()? {
            components.push(component);
        }
        Ok(Embedding(components.into()))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Embedding, E> {
        read::strict_from_json::<Vec<Component>>(text)
            .map(|list| Embedding(list.into_iter().map(|Component(component)| component).collect()))
            .map_err(|_| E::invalid_value(Unexpected::Str(text), &"a list of numbers such as [0.1,0.2]"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Embedding, serde_json::Error> {
        serde_json::from_str(json)
    }

    #[test]
    fn lists_and_their_text_are_the_same() {
        let expected = Embedding::new(&[0.1, -2.0, 3e-50]).unwrap();
        assert_eq!(read("[0.1, -2, 3e-50]").unwrap(), expected);
        assert_eq!(read("\"[0.1,-2,3e-50]\"").unwrap(), expected);
        assert_eq!(read("[]").unwrap().dimension(), 0);
        assert_eq!(read("[-0.0]").unwrap().components()[0].to_bits(), 0);
        assert_eq!(serde_json::to_string(&expected).unwrap(), "[0.1,-2.0,0.0]");
    }

    #[test]
    fn what_is_not_finite_as_f32_is_refused() {
        for json in ["[1e39]", "[\"1\"]", "\"[1e39]\"", "\"0.1\"", "\"[0.1\"", "3", "{}", "[null]"] {
            assert!(read(json).is_err(), "{json}");
        }
    }
}
