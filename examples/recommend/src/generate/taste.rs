//! What sponsors and events share: categories, places, odd spellings.

use std::borrow::Cow;

use super::draw::{Draw, Popularity};
use super::rows::{Count, Field, Objectives, Text};
use super::world::{COUNTRIES, Country, DECOMPOSED, GOALS, Language, STYLES, THEMES, TRANSLATIONS, Theme};

/// In a thousand labels, how many somebody typed another way. Real tags are as careless.
const MISTYPED: u64 = 12;

/// The frequencies, counted once.
pub(super) struct World {
    themes: Popularity,
    countries: Popularity,
    /// By number of items: a theme's categories or keywords, a country's cities.
    lists: Vec<Popularity>,
}

impl World {
    pub(super) fn new() -> Self {
        Self {
            themes: Popularity::of(THEMES.len()),
            countries: Popularity::of(COUNTRIES.len()),
            lists: (0..=16).map(Popularity::of).collect(),
        }
    }

    pub(super) fn theme(&self, draw: &mut Draw) -> &'static Theme {
        &THEMES[draw.popular(&self.themes)]
    }

    pub(super) fn country(&self, draw: &mut Draw) -> &'static Country {
        &COUNTRIES[draw.popular(&self.countries)]
    }

    pub(super) fn popular(&self, draw: &mut Draw, items: &[&'static str]) -> &'static str {
        items[draw.popular(&self.lists[items.len()])]
    }

    /// A country of the same area, maybe the same one.
    pub(super) fn neighbour(&self, draw: &mut Draw, home: &Country) -> &'static Country {
        loop {
            let other = self.country(draw);
            if other.area == home.area {
                return other;
            }
        }
    }

    /// Categories about a theme: most are its own, a few are anybody's, and some are words
    /// that hardly anyone else uses.
    pub(super) fn categories(
        &self,
        draw: &mut Draw,
        theme: &Theme,
        language: Language,
        count: u64,
    ) -> Vec<Text> {
        let mut labels = Vec::new();
        for _ in 0..count {
            let theme = if draw.chance(800) { theme } else { self.theme(draw) };
            let label = self.popular(draw, theme.categories);
            if draw.chance(50) {
                labels.push(Cow::Owned(format!("{} {label}", draw.one(STYLES))));
            } else {
                add(&mut labels, label);
            }
            if draw.chance(300) {
                labels.extend(translated(label, language).map(Cow::Borrowed));
            }
        }
        labels.dedup();
        labels
    }

    pub(super) fn objectives(&self, draw: &mut Draw, theme: &Theme) -> Objectives {
        let mut objectives = Objectives::default();
        for _ in 0..draw.below(5) {
            add(&mut objectives.keywords, self.popular(draw, theme.keywords));
        }
        for _ in 0..draw.below(3) {
            add(&mut objectives.goals, self.popular(draw, GOALS));
        }
        objectives
    }
}

pub(super) fn add(labels: &mut Vec<Text>, label: &'static str) {
    if !labels.iter().any(|known| known == label) {
        labels.push(Cow::Borrowed(label));
    }
}

/// A language's own word for a category, where one is known.
pub(super) fn translated(label: &str, language: Language) -> Option<&'static str> {
    TRANSLATIONS
        .iter()
        .find(|(spoken, english, _)| *spoken == language && *english == label)
        .map(|(_, _, word)| *word)
}

/// Spells some labels as another hand would: the same label to the reader, other bytes.
pub(super) fn mistype(draw: &mut Draw, labels: &mut Vec<Text>) {
    for label in labels.iter_mut() {
        if draw.chance(MISTYPED) {
            *label = Cow::Owned(respelled(draw, label));
        }
    }
    if let Some(first) = labels.first().cloned()
        && draw.chance(MISTYPED)
    {
        labels.push(first);
    }
}

fn respelled(draw: &mut Draw, label: &str) -> String {
    if let Some((_, decomposed)) = DECOMPOSED.iter().find(|(composed, _)| *composed == label) {
        return (*decomposed).to_owned();
    }
    match draw.below(4) {
        0 => format!("{label} "),
        1 => format!(" {}", label.replace(' ', "\u{a0} ")),
        // Capital letters of other scripts may not come back to the same small ones.
        2 if label.is_ascii() => swapped(label),
        _ => capitalized(label),
    }
}

fn swapped(label: &str) -> String {
    if label.bytes().any(|byte| byte.is_ascii_lowercase()) {
        label.to_ascii_uppercase()
    } else {
        label.to_ascii_lowercase()
    }
}

pub(super) fn capitalized(label: &str) -> String {
    let mut label = label.to_owned();
    if let Some(first) = label.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    label
}

/// A list, or one of the three ways to say that there is none.
pub(super) fn listed(draw: &mut Draw, labels: Vec<Text>, silent: u64) -> Field<Vec<Text>> {
    if !draw.chance(silent) {
        return Field::Value(labels);
    }
    match draw.below(4) {
        0 => Field::Absent,
        1 => Field::Null,
        _ => Field::Value(Vec::new()),
    }
}

/// A count as exporters write it, now and then with a point or in quotes.
pub(super) fn count(draw: &mut Draw, value: u64) -> Count {
    match draw.below(100) {
        0 => Count::Digits(value.to_string()),
        // Exact: sizes stay far below 2⁵³.
        1 => u32::try_from(value).map_or(Count::Whole(value), |value| Count::Float(value.into())),
        _ => Count::Whole(value),
    }
}
