//! An event: what it is, where, when, and its cheapest open package.

use std::borrow::Cow;

use super::draw::Draw;
use super::rows::{Event, EventId, Field, Text};
use super::taste::{World, capitalized, count, listed, mistype, translated};
use super::world::{Country, FORMS, Language, Theme};

const MEDIAN_PRICE_CENTS: u64 = 150_000;

// In a thousand events, how many do not say, or are not like the others.
const NO_CATEGORIES: u64 = 40;
const NO_PRICE: u64 = 250;
const NO_DATE: u64 = 50;
const ONLINE: u64 = 60;
const IN_A_SERIES: u64 = 300;
const SHORT_ID: u64 = 30;

/// An event, and what its audience is drawn from.
pub(super) struct Drawn {
    pub(super) event: Event,
    pub(super) event_id: String,
    pub(super) theme: &'static Theme,
    pub(super) home: &'static Country,
}

pub(super) fn event(draw: &mut Draw, world: &World) -> Drawn {
    let theme = world.theme(draw);
    let home = world.country(draw);
    let city = world.popular(draw, home.cities);
    let online = draw.chance(ONLINE);

    let wanted = draw.between(1, 5);
    let mut categories = world.categories(draw, theme, home.language, wanted);
    let subject = categories.first().map_or("", |first| &**first);
    let (title, series) = title(draw, home.language, subject, if online { "Online" } else { city });
    mistype(draw, &mut categories);
    let mut regions: Vec<Text> = Vec::new();
    if !online {
        regions.extend([Cow::Borrowed(home.code), Cow::Borrowed(city)]);
        mistype(draw, &mut regions);
    }

    let event_id = draw.uuid();
    let event = Event {
        id: if draw.chance(SHORT_ID) {
            EventId::Id(event_id.clone())
        } else {
            EventId::EventId(event_id.clone())
        },
        title,
        categories: listed(draw, categories, NO_CATEGORIES),
        regions: Field::Value(regions),
        country: (!online).then_some(Cow::Borrowed(home.code)),
        city: (!online).then_some(Cow::Borrowed(city)),
        series,
        start_at: (!draw.chance(NO_DATE)).then(|| start_at(draw)),
        min_price_cents: price(draw),
        objectives: world.objectives(draw, theme),
    };
    Drawn { event, event_id, theme, home }
}

/// A title, and the series it belongs to.
fn title(draw: &mut Draw, language: Language, subject: &str, place: &str) -> (String, Option<String>) {
    let forms = FORMS.iter().find(|forms| forms.language == language);
    let forms = forms.unwrap_or(&FORMS[0]);
    let word = draw.one(forms.words);
    let subject = translated(subject, language).map_or_else(|| capitalized(subject), str::to_owned);
    let name =
        if forms.last { format!("{place} {subject} {word}") } else { format!("{word} {subject} {place}") };
    if draw.chance(IN_A_SERIES) {
        (format!("{name} #{}", draw.between(2, 20)), Some(name))
    } else {
        (name, None)
    }
}

/// One of the ways a date or a timestamp comes out of a database or an exporter.
fn start_at(draw: &mut Draw) -> String {
    let date = format!("{}-{:02}-{:02}", draw.between(2026, 2028), draw.between(1, 12), draw.between(1, 28));
    let time = format!("{:02}:{:02}:00", draw.between(7, 21), 15 * draw.below(4));
    match draw.below(10) {
        0..=2 => date,
        3..=5 => format!("{date}T{time}Z"),
        6 => format!("{date}T{time}+02:00"),
        7 => format!("{date} {time}+00"),
        8 => format!("{date} {time}.5-03:30"),
        _ => format!("{date} {time}"),
    }
}

fn price(draw: &mut Draw) -> Field<super::rows::Count> {
    if draw.chance(NO_PRICE) {
        return if draw.chance(100) { Field::Absent } else { Field::Null };
    }
    let cents = draw.size(MEDIAN_PRICE_CENTS);
    Field::Value(count(draw, cents))
}
