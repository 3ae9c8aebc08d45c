//! Which fields a type has, asked of the type itself.

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, Error as _, IntoDeserializer, MapAccess, Visitor,
};
use serde::forward_to_deserialize_any;

use super::nearest;
use crate::error::Error;

/// Returns the field names of `T`, or of the object inside it at a dotted path.
///
/// No list is kept beside the types: `T`'s own `Deserialize` tells what it asks for.
pub(crate) fn known_fields<T: DeserializeOwned>(path: &[&str]) -> &'static [&'static str] {
    let mut found: &'static [&'static str] = &[];
    // The probe always ends in an error: it has no values to give.
    let _ = T::deserialize(Probe { path, found: &mut found });
    found
}

/// Returns the field of `T` that an unknown one, given by its dotted path, was probably meant to be.
pub(crate) fn nearest_field<T: DeserializeOwned>(path: &str) -> Option<&'static str> {
    let names: Vec<&str> = path.split('.').collect();
    let (name, parents) = names.split_last()?;
    nearest(name, known_fields::<T>(parents).iter().copied())
}

struct Probe<'p> {
    path: &'p [&'p str],
    found: &'p mut &'static [&'static str],
}

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.path {
            [] => {
                *self.found = fields;
                Err(Error::custom("found"))
            }
            [first, rest @ ..] => visitor
                .visit_map(OneField { name: Some(first), probe: Probe { path: rest, found: self.found } }),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_some(self)
    }

    fn deserialize_any<V: Visitor<'de>>(self, _visitor: V) -> Result<V::Value, Error> {
        Err(Error::custom("not an object"))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct OneField<'p> {
    name: Option<&'p str>,
    probe: Probe<'p>,
}

impl<'de> MapAccess<'de> for OneField<'_> {
    type Error = Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.name.take().map(|name| seed.deserialize(name.into_deserializer())).transpose()
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        seed.deserialize(Probe { path: self.probe.path, found: &mut *self.probe.found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Event, SponsorProfile};

    #[test]
    fn types_tell_their_own_fields() {
        assert!(known_fields::<SponsorProfile>(&[]).contains(&"preferred_categories"));
        assert!(known_fields::<Event>(&[]).contains(&"id"));
        assert_eq!(known_fields::<SponsorProfile>(&["brand_objectives"]), ["keywords", "goals"]);
        assert!(known_fields::<SponsorProfile>(&["regions"]).is_empty());
        assert!(known_fields::<SponsorProfile>(&["nowhere"]).is_empty());
        assert_eq!(nearest_field::<SponsorProfile>("brand_objectives.keyword"), Some("keywords"));
        assert_eq!(nearest_field::<SponsorProfile>("website"), None);
    }
}
