//! The name of a configuration: a hash of what it changes.

use std::fmt;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};

use super::ScoringConfig;
use super::canonical::canonical_json;

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
        let mut changes = match (serde_json::to_value(config), serde_json::to_value(ScoringConfig::default()))
        {
            (Ok(own), Ok(default)) => difference(own, &default).unwrap_or_else(|| Value::Object(Map::new())),
            // A configuration is plain data with string keys: writing it cannot fail.
            _ => Value::Null,
        };
        if let (Some(idf), Value::Object(changes)) = (idf, &mut changes) {
            let objectives = changes.entry("objectives").or_insert_with(|| Value::Object(Map::new()));
            if let Value::Object(objectives) = objectives {
                objectives.insert("idf".to_owned(), Value::String(idf.0.clone()));
            }
        }
        Self::of_bytes(canonical_json(&changes).as_bytes())
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

/// Returns what `own` has that `default` has not, at any depth.
fn difference(own: Value, default: &Value) -> Option<Value> {
    match (own, default) {
        (Value::Object(own), Value::Object(default)) => {
            let changes: Map<String, Value> = own
                .into_iter()
                .filter_map(|(key, value)| {
                    let change = match default.get(&key) {
                        Some(default) => difference(value, default),
                        None => Some(value),
                    };
                    change.map(|change| (key, change))
                })
                .collect();
            (!changes.is_empty()).then_some(Value::Object(changes))
        }
        (own, default) => (own != *default).then_some(own),
    }
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
