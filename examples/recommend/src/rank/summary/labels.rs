//! Labels that only one side uses: they never match, and some are misspelt.

use std::collections::BTreeMap;

use sponsorfit::Label;

use crate::print::display::counted;
use crate::read::load::Tables;

/// How many labels are named on a line before the rest is counted.
const NAMED: usize = 4;

/// How many labels are compared with the other side: the most used.
const COMPARED: usize = 200;

/// In how many rows a label is, by the label.
type Uses<'a> = BTreeMap<&'a Label, u64>;

/// Returns what there is to say about the categories and regions of each side, a line each.
pub(super) fn texts(tables: &Tables) -> Vec<String> {
    let Tables { sponsors, events, insights, .. } = tables;
    if sponsors.is_empty() || events.is_empty() {
        return Vec::new();
    }
    let visitors = insights.iter().flatten().flat_map(|insights| insights.geo_distribution.reached());
    let wanted = [
        uses(sponsors.iter().flat_map(|sponsor| &sponsor.preferred_categories)),
        uses(sponsors.iter().flat_map(|sponsor| &sponsor.regions)),
    ];
    let held = [
        uses(events.iter().flat_map(|event| &event.categories)),
        uses(events.iter().flat_map(|event| &event.regions).chain(visitors)),
    ];
    let of_sponsors = line("only sponsors", &wanted, &held);
    of_sponsors.into_iter().chain(line("only events", &held, &wanted)).collect()
}

/// Says which categories and regions only one side has.
fn line(whose: &str, own: &[Uses<'_>; 2], other: &[Uses<'_>; 2]) -> Option<String> {
    let kinds = [("category", "categories"), ("region", "regions")];
    let missing = kinds.into_iter().zip(own).zip(other);
    let missing = missing.filter_map(|(((one, many), own), other)| {
        let (count, names) = one_side_only(own, other)?;
        Some(format!("{} ({names})", counted(count as u64, one, many)))
    });
    let missing: Vec<String> = missing.collect();
    (!missing.is_empty()).then(|| format!("{whose}: {}", missing.join(", ")))
}

fn uses<'a>(labels: impl Iterator<Item = &'a Label>) -> Uses<'a> {
    let mut uses = Uses::new();
    for label in labels {
        *uses.entry(label).or_default() += 1;
    }
    uses
}

/// Counts and names labels that the other side has not: those that it nearly has first,
/// then the most used.
fn one_side_only(own: &Uses<'_>, other: &Uses<'_>) -> Option<(usize, String)> {
    let missing = own.iter().filter(|(label, _)| !other.contains_key(**label));
    let mut missing: Vec<(&Label, u64)> = missing.map(|(label, uses)| (*label, *uses)).collect();
    missing.sort_by_key(|(_, uses)| std::cmp::Reverse(*uses));
    let count = missing.len();
    let (mut names, mut far) = (Vec::new(), Vec::new());
    for (label, _) in missing.into_iter().take(COMPARED) {
        let name = label.spelling().trim();
        match nearest(label, other) {
            Some(nearest) => names.push(format!("{name} near {}", nearest.spelling().trim())),
            None => far.push(name.to_owned()),
        }
    }
    names.append(&mut far);
    names.truncate(NAMED);
    if count > NAMED {
        names.push("…".to_owned());
    }
    (count > 0).then(|| (count, names.join(", ")))
}

/// Returns the label of the other side that only a few letters keep apart.
fn nearest<'a>(label: &Label, other: &Uses<'a>) -> Option<&'a Label> {
    let near = other.keys().filter_map(|own| Some((edits(label.key(), own.key())?, *own)));
    near.min().map(|(_, nearest)| nearest)
}

/// Returns how many letters keep two keys apart, when those are few for their length. Codes
/// such as `US` and `UK` are always one letter apart and never alike.
fn edits(own: &str, other: &str) -> Option<usize> {
    let (own_length, other_length) = (own.chars().count(), other.chars().count());
    let allowed = own_length.min(other_length) / 4;
    if own_length.abs_diff(other_length) > allowed {
        return None;
    }
    Some(strsim::damerau_levenshtein(own, other)).filter(|edits| *edits <= allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(own: &[&str], other: &[&str]) -> Option<(usize, String)> {
        let labels = |texts: &[&str]| texts.iter().map(|text| Label::new(text)).collect::<Vec<_>>();
        let (own, other) = (labels(own), labels(other));
        one_side_only(&uses(own.iter()), &uses(other.iter()))
    }

    #[test]
    fn near_labels_come_first_then_the_most_used() {
        let own = ["a1", "b2", "b2", "gastronomia", "both"];
        let (count, names) = said(&own, &["gastronomía", "BOTH "]).unwrap();
        assert_eq!((count, names.as_str()), (3, "gastronomia near gastronomía, b2, a1"));
        assert_eq!(said(&["both"], &["Both"]), None);
        assert_eq!(said(&["a", "b", "c", "d", "e"], &[]).unwrap().1, "a, b, c, d, …");
    }

    #[test]
    fn codes_are_never_near() {
        for (own, other, expected) in [
            ("us", "uk", None),
            ("usa", "us", None),
            ("food", "wood", Some(1)),
            ("music", "musik", Some(1)),
            ("music", "musikk", None),
            ("museum", "musaam", None),
            ("festival", "festvials", Some(2)),
            ("a very long label", "a", None),
        ] {
            assert_eq!(edits(own, other), expected, "{own} {other}");
        }
    }
}
