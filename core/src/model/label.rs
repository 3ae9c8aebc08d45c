//! Labels: words that people spell in many ways and mean the same.

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;
use serde::de::{Deserialize, Deserializer, SeqAccess, Visitor};
use serde::{Serialize, Serializer};

use crate::small::sort;

/// A category, region, keyword or age bucket: how it was spelled, and its key.
///
/// Labels compare by key: Unicode NFC, default lower case (a final sigma
/// included), NFC again; runs of white space become one space and the ends are
/// trimmed. The tables are those compiled into this crate, so every face
/// agrees.
///
/// # Examples
/// ```
/// use sponsorfit::Label;
///
/// let label = Label::new("  Live\u{a0}MUSIC ");
/// assert_eq!(label.key(), "live music");
/// assert_eq!(label.spelling(), "  Live\u{a0}MUSIC ");
/// assert_eq!(label, Label::new("live music"));
/// ```
#[derive(Clone)]
pub struct Label {
    key: Box<str>,
    /// Absent when it equals the key, as it mostly does.
    spelling: Option<Box<str>>,
}

impl Label {
    /// Makes the label of a text. The key of white space alone is empty.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::Label;
    ///
    /// assert_eq!(Label::new("ΟΔΟΣ").key(), "οδος");
    /// assert_eq!(Label::new(" \t").key(), "");
    /// ```
    pub fn new(text: &str) -> Self {
        if is_plain_key(text) {
            return Self { key: text.into(), spelling: None };
        }
        let key = if text.is_ascii() {
            fold_white_space(&text.to_ascii_lowercase())
        } else {
            let nfc = ComposingNormalizerBorrowed::new_nfc();
            let lower = nfc.normalize(text).to_lowercase();
            fold_white_space(&nfc.normalize(&lower))
        };
        let spelling = (key != text).then(|| text.into());
        Self { key: key.into(), spelling }
    }

    /// Returns what labels are compared by.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Label::new("São Paulo").key(), "são paulo");
    /// ```
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns the label as it was first written.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Label::new("São Paulo").spelling(), "São Paulo");
    /// ```
    pub fn spelling(&self) -> &str {
        self.spelling.as_ref().unwrap_or(&self.key)
    }
}

/// Tells texts that are their own key without building one: most are.
fn is_plain_key(text: &str) -> bool {
    let mut after_space = true;
    for byte in text.bytes() {
        match byte {
            b' ' if after_space => return false,
            b' ' => after_space = true,
            b'!'..=b'@' | b'['..=b'~' => after_space = false,
            _ => return false,
        }
    }
    text.is_empty() || !after_space
}

fn fold_white_space(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.push_str(word);
    }
    folded
}

impl From<&str> for Label {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl PartialEq for Label {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for Label {}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Label {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key.cmp(&other.key)
    }
}

impl std::hash::Hash for Label {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

impl fmt::Debug for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.spelling(), f)
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.spelling(), f)
    }
}

impl Serialize for Label {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.spelling())
    }
}

impl<'de> Deserialize<'de> for Label {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LabelVisitor;

        impl Visitor<'_> for LabelVisitor {
            type Value = Label;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Label, E> {
                Ok(Label::new(text))
            }
        }

        deserializer.deserialize_str(LabelVisitor)
    }
}

/// A set of labels in the byte order of their keys.
///
/// Repeats and empty keys are dropped, and the first spelling of each key is
/// kept. A set that is null, absent or empty in a row states no preference.
///
/// # Examples
/// ```
/// use sponsorfit::LabelSet;
///
/// let set: LabelSet = ["Music ", "food", "MUSIC", ""].into_iter().collect();
/// assert_eq!(set.len(), 2);
/// assert_eq!(set.iter().map(|label| label.spelling()).collect::<Vec<_>>(), ["food", "Music "]);
/// ```
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct LabelSet(Vec<Label>);

impl LabelSet {
    /// Returns how many labels the set has.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::LabelSet;
    ///
    /// assert_eq!(["US", "us"].into_iter().collect::<LabelSet>().len(), 1);
    /// ```
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns whether nothing is stated.
    ///
    /// # Examples
    /// ```
    /// assert!(sponsorfit::LabelSet::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the labels in key order.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::LabelSet;
    ///
    /// let regions: LabelSet = ["US", "CA"].into_iter().collect();
    /// assert_eq!(regions.iter().next().unwrap().key(), "ca");
    /// ```
    pub fn iter(&self) -> std::slice::Iter<'_, Label> {
        self.0.iter()
    }

    /// Returns whether the set has a label with this key.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Label, LabelSet};
    ///
    /// let regions: LabelSet = ["US", "CA"].into_iter().collect();
    /// assert!(regions.contains(&Label::new("us")));
    /// ```
    pub fn contains(&self, label: &Label) -> bool {
        self.position(label).is_ok()
    }

    /// Returns how many labels both sets have.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::LabelSet;
    ///
    /// let wanted: LabelSet = ["music", "food", "art"].into_iter().collect();
    /// let offered: LabelSet = ["Music", "sport"].into_iter().collect();
    /// assert_eq!(wanted.matches(&offered), 1);
    /// ```
    pub fn matches(&self, other: &Self) -> usize {
        let (few, many) = if self.len() <= other.len() { (self, other) } else { (other, self) };
        few.iter().filter(|label| many.contains(label)).count()
    }

    /// Adds a label. Returns whether it was new; an empty key never is.
    ///
    /// # Examples
    /// ```
    /// let mut regions = sponsorfit::LabelSet::default();
    /// assert!(regions.insert("US".into()));
    /// assert!(!regions.insert("us".into()));
    /// ```
    pub fn insert(&mut self, label: Label) -> bool {
        match self.position(&label) {
            Err(at) if !label.key().is_empty() => {
                self.0.insert(at, label);
                true
            }
            _ => false,
        }
    }

    /// Removes a label. Returns whether it was there.
    ///
    /// # Examples
    /// ```
    /// let mut regions: sponsorfit::LabelSet = ["US"].into_iter().collect();
    /// assert!(regions.remove(&"us".into()));
    /// assert!(regions.is_empty());
    /// ```
    pub fn remove(&mut self, label: &Label) -> bool {
        match self.position(label) {
            Ok(at) => {
                self.0.remove(at);
                true
            }
            Err(_) => false,
        }
    }

    fn position(&self, label: &Label) -> Result<usize, usize> {
        self.0.binary_search_by(|own| own.key().cmp(label.key()))
    }
}

impl FromIterator<Label> for LabelSet {
    fn from_iter<I: IntoIterator<Item = Label>>(labels: I) -> Self {
        let mut labels: Vec<Label> = labels.into_iter().filter(|label| !label.key().is_empty()).collect();
        // A stable sort leaves the first spelling in front of its repeats.
        sort::stable(&mut labels, Label::cmp);
        labels.dedup();
        Self(labels)
    }
}

impl<'a> FromIterator<&'a str> for LabelSet {
    fn from_iter<I: IntoIterator<Item = &'a str>>(texts: I) -> Self {
        texts.into_iter().map(Label::new).collect()
    }
}

impl<'a> IntoIterator for &'a LabelSet {
    type Item = &'a Label;
    type IntoIter = std::slice::Iter<'a, Label>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl fmt::Debug for LabelSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self).finish()
    }
}

impl Serialize for LabelSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self)
    }
}

/// Null is an empty set: both state no preference.
impl<'de> Deserialize<'de> for LabelSet {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_option(LabelSetVisitor)
    }
}

struct LabelSetVisitor;

impl<'de> Visitor<'de> for LabelSetVisitor {
    type Value = LabelSet;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of texts")
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<LabelSet, E> {
        Ok(LabelSet::default())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<LabelSet, E> {
        Ok(LabelSet::default())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<LabelSet, D::Error> {
        deserializer.deserialize_seq(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<LabelSet, A::Error> {
        let mut labels = Vec::with_capacity(list.size_hint().unwrap_or(4).min(64));
        while let Some(label) = list.next_element::<Label>()? {
            labels.push(label);
        }
        Ok(labels.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_fold_case_normalisation_and_white_space() {
        for (text, key) in [
            ("Music", "music"),
            ("  live   Music\t", "live music"),
            ("e\u{301}cole", "école"),
            ("ÉCOLE", "école"),
            ("İstanbul", "i\u{307}stanbul"),
            ("ΟΔΥΣΣΕΥΣ", "οδυσσευς"),
            ("STRASSE", "strasse"),
            ("Straße", "straße"),
            ("東京\u{3000}都", "東京 都"),
            ("a\u{85}b", "a b"),
            ("\u{1f}a", "\u{1f}a"),
            ("\u{212b}", "å"),
        ] {
            assert_eq!(Label::new(text).key(), key, "{text:?}");
        }
    }

    #[test]
    fn a_key_is_its_own_key() {
        for text in ["live music", "İ", "ᾈ", "Ω\u{301}Σ Σ", "a  b", "\u{3000}", "ǅ"] {
            let key = Label::new(text).key().to_owned();
            assert_eq!(Label::new(&key).key(), key, "{text:?}");
        }
    }

    #[test]
    fn the_short_way_agrees_with_the_long_way() {
        for text in ["", " ", "a", " a", "a ", "a b", "a  b", "A", "a\u{7f}", "a\tb", "!~", "é"] {
            if is_plain_key(text) {
                assert_eq!(fold_white_space(&text.to_lowercase()), text);
            }
        }
        assert!(is_plain_key("live music & arts"));
    }

    #[test]
    fn the_first_spelling_stays() {
        let set: LabelSet = ["MUSIC", "music", "Art"].into_iter().collect();
        assert_eq!(format!("{set:?}"), r#"{"Art", "MUSIC"}"#);
        assert_eq!(serde_json::to_string(&set).unwrap(), r#"["Art","MUSIC"]"#);
        assert_eq!(set.clone(), ["art", "Music"].into_iter().collect());
    }

    #[test]
    fn null_states_no_preference() {
        assert!(serde_json::from_str::<LabelSet>("null").unwrap().is_empty());
        assert!(serde_json::from_str::<LabelSet>("[\" \"]").unwrap().is_empty());
        assert!(serde_json::from_str::<LabelSet>("\"music\"").is_err());
        assert!(serde_json::from_str::<LabelSet>("[null]").is_err());
    }

    #[test]
    fn removing_what_is_absent_changes_nothing() {
        let mut set: LabelSet = ["a"].into_iter().collect();
        assert!(!set.remove(&Label::new("b")));
        assert!(!set.insert(Label::new("  ")));
        assert_eq!(set.len(), 1);
    }
}
