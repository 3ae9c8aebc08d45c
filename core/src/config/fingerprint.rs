//! The name of a configuration: a hash of what it changes.

use std::fmt;

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};

use super::ScoringConfig;
use super::canonical::canonical_json;
use crate::read::Json;

/// The SHA-256 of a configuration as 64 lower-case hexadecimal digits.
///
/// # Examples
/// ```
/// use sponsorfit::ScoringConfig;
///
/// let fingerprint = ScoringConfig::default().fingerprint();
/// assert_eq!(fingerprint.as_str().len(), 64);
/// assert_eq!(fingerprint, ScoringConfig::from_json("{}")?.fingerprint());
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fingerprint(String);

impl Fingerprint {
    /// Hashes what differs from the default; a fitted idf table enters by its own hash.
    pub(crate) fn of(config: &ScoringConfig, idf: Option<&Self>) -> Self {
        let mut changes = difference(written(config), &written(&ScoringConfig::default()));
        if let Some(idf) = idf {
            let idf = ("idf".to_owned(), Json::Text(idf.0.clone()));
            match changes.iter_mut().find(|(field, _)| field == "objectives") {
                Some((_, Json::Object(objectives))) => objectives.push(idf),
                _ => changes.push(("objectives".to_owned(), Json::Object(vec![idf]))),
            }
        }
        Self::of_bytes(canonical_json(&Json::Object(changes)).as_bytes())
    }

    /// Hashes bytes.
    pub(crate) fn of_bytes(bytes: &[u8]) -> Self {
        const HEX: &[u8; 16] = b"0123456789abcdef";
        let digest = Sha256::digest(bytes);
        let digit = |half: u8| HEX.get(usize::from(half)).map_or('0', |byte| char::from(*byte));
        Self(digest.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
    }

    /// Returns the hexadecimal digits.
    ///
    /// # Examples
    /// ```
    /// let fingerprint = sponsorfit::ScoringConfig::default().fingerprint();
    /// assert!(fingerprint.as_str().bytes().all(|byte| byte.is_ascii_hexdigit()));
    /// ```
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Serialize for Fingerprint {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

type Fields = Vec<(String, Json)>;

/// Returns the fields of a configuration as they are written.
fn written(config: &ScoringConfig) -> Fields {
    let text = serde_json::to_string(config).unwrap_or_default();
    match Json::parse(&text) {
        Ok(Json::Object(fields)) => fields,
        // A configuration is plain data with named fields: it is written as an object.
        _ => Fields::new(),
    }
}

/// Returns the fields of `own` that `default` has not, at any depth.
fn difference(own: Fields, default: &[(String, Json)]) -> Fields {
    let mut changes = Fields::new();
    for (field, value) in own {
        let value = match (value, default.iter().find(|(other, _)| *other == field)) {
            (Json::Object(own), Some((_, Json::Object(default)))) => match difference(own, default) {
                none if none.is_empty() => continue,
                changes => Json::Object(changes),
            },
            (value, Some((_, default))) if value == *default => continue,
            (value, _) => value,
        };
        changes.push((field, value));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical_changes(json: &str) -> Fingerprint {
        ScoringConfig::from_json(json).unwrap().fingerprint()
    }

    #[test]
    fn only_changes_are_hashed() {
        assert_eq!(canonical_changes("{}"), Fingerprint::of_bytes(b"{}"));
        assert_eq!(canonical_changes(r#"{"missing": {"budget": 0.5}}"#), Fingerprint::of_bytes(b"{}"));
        assert_eq!(
            canonical_changes(r#"{"objectives": {"dimension": 3, "kind": "embedding"}, "missing": {"budget": 0.25}, "half_budget_cents": 50000}"#),
            Fingerprint::of_bytes(br#"{"half_budget_cents":50000,"missing":{"budget":0.25},"objectives":{"dimension":3,"kind":"embedding"}}"#)
        );
    }

    #[test]
    fn a_fitted_table_enters_by_its_hash() {
        let config = ScoringConfig::from_json(r#"{"objectives": {"kind": "keywords"}}"#).unwrap();
        let idf = Fingerprint::of_bytes(b"table");
        let expected = format!(r#"{{"objectives":{{"idf":"{idf}","kind":"keywords"}}}}"#);
        assert_eq!(Fingerprint::of(&config, Some(&idf)), Fingerprint::of_bytes(expected.as_bytes()));
        let default = ScoringConfig::default();
        assert_ne!(Fingerprint::of(&default, Some(&idf)), default.fingerprint());
    }

    #[test]
    fn the_hash_is_sha_256() {
        let empty = Fingerprint::of_bytes(b"");
        assert_eq!(empty.to_string(), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assert_eq!(serde_json::to_string(&empty).unwrap().len(), 66);
    }
}
