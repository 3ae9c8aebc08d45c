//! Labels: their keys, the sets they make, the tokens within them.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use super::text::Text;

/// "**Labels** (categories, regions, keywords, age buckets) compare by a key: Unicode NFC, default
/// lower case (final sigma included), NFC again; runs of Unicode White_Space become one space,
/// and the ends are trimmed."
pub(crate) fn key(label: &str) -> String {
    let composed: String = label.nfc().collect();
    let lower: String = composed.to_lowercase();
    let composed_again: String = lower.nfc().collect();
    let words: Vec<&str> = composed_again.split_whitespace().collect();
    words.join(" ")
}

/// "Empty keys and repeats are dropped: labels are sets."
pub(crate) fn keys(labels: &Text) -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    for label in labels.items() {
        keys.insert(key(label.string()));
    }
    keys.remove("");
    keys
}

/// "Counts of keys that merge are added exactly", so the sum may exceed what one row may hold.
/// A region whose key is empty is dropped with its count.
pub(crate) fn counts(geo_distribution: &Text) -> Vec<(String, u128)> {
    let mut merged: Vec<(String, u128)> = Vec::new();
    for (region, count) in geo_distribution.pairs() {
        let region = key(region);
        let count = u128::from(count.count().expect("a region's count is never unknown"));
        if region.is_empty() {
            continue;
        }
        match merged.iter_mut().find(|(other, _)| *other == region) {
            Some((_, sum)) => *sum += count,
            None => merged.push((region, count)),
        }
    }
    merged
}

/// "tokens = label keys of keywords and goals, split at everything that is not alphanumeric, as a
/// set"
pub(crate) fn tokens(objectives: &Text) -> BTreeSet<String> {
    let mut tokens = BTreeSet::new();
    for list in [objectives.field("keywords"), objectives.field("goals")] {
        for label in keys(list) {
            for token in label.split(|c: char| !c.is_alphanumeric()) {
                tokens.insert(token.to_owned());
            }
        }
    }
    tokens.remove("");
    tokens
}
