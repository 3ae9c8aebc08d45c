//! The rows, as far as they enter the score.

use std::collections::BTreeSet;

use super::labels;
use super::text::Text;

pub(crate) struct Sponsor {
    pub(crate) id: String,
    pub(crate) annual_budget_cents: Option<u64>,
    pub(crate) preferred_categories: BTreeSet<String>,
    pub(crate) regions: BTreeSet<String>,
    pub(crate) tokens: BTreeSet<String>,
    pub(crate) embedding: Option<Vec<f32>>,
}

pub(crate) struct Event {
    pub(crate) id: String,
    pub(crate) categories: BTreeSet<String>,
    pub(crate) regions: BTreeSet<String>,
    pub(crate) min_price_cents: Option<u64>,
    pub(crate) tokens: BTreeSet<String>,
    pub(crate) embedding: Option<Vec<f32>>,
}

/// Without a row everything about the audience is unknown.
#[derive(Default)]
pub(crate) struct Insights {
    pub(crate) geo_distribution: Vec<(String, u128)>,
    pub(crate) engagement_score: Option<f64>,
    pub(crate) ticket_conversion_rate: Option<f64>,
}

impl Sponsor {
    pub(crate) fn read(json: &str) -> Sponsor {
        let row = Text::parse(json);
        Sponsor {
            id: uuid(row.field("sponsor_id")),
            annual_budget_cents: row.field("annual_budget_cents").count(),
            preferred_categories: labels::keys(row.field("preferred_categories")),
            regions: labels::keys(row.field("regions")),
            tokens: labels::tokens(row.field("brand_objectives")),
            embedding: embedding(row.field("objectives_embedding")),
        }
    }
}

impl Event {
    pub(crate) fn read(json: &str) -> Event {
        let row = Text::parse(json);
        Event {
            id: event_id(&row),
            categories: labels::keys(row.field("categories")),
            regions: labels::keys(row.field("regions")),
            min_price_cents: row.field("min_price_cents").count(),
            tokens: labels::tokens(row.field("objectives")),
            embedding: embedding(row.field("objectives_embedding")),
        }
    }
}

impl Insights {
    pub(crate) fn read(json: &str) -> Insights {
        let row = Text::parse(json);
        Insights {
            geo_distribution: labels::counts(row.field("geo_distribution")),
            engagement_score: row.field("engagement_score").share(),
            ticket_conversion_rate: row.field("ticket_conversion_rate").share(),
        }
    }
}

/// "`id` for `event_id` on events"
fn event_id(row: &Text) -> String {
    match row.field("event_id") {
        Text::Null => uuid(row.field("id")),
        named => uuid(named),
    }
}

/// The event that a row of insights is about.
pub(crate) fn insights_event_id(json: &str) -> String {
    uuid(Text::parse(json).field("event_id"))
}

/// "Uuids print lower-case and hyphenated". They are read in every usual spelling: in braces too, and
/// as a URN.
fn uuid(text: &Text) -> String {
    let bare = text.string().trim_start_matches("urn:uuid:").trim_matches(['{', '}']);
    let hex: String = bare.chars().filter(|&c| c != '-').collect::<String>().to_ascii_lowercase();
    assert!(hex.len() == 32 && hex.bytes().all(|b| b.is_ascii_hexdigit()), "{text:?} is not a uuid");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// "an embedding as text `[0.1,…]`", "components rounded to f32 when read". The component is the
/// nearest f64 first: that is what every other language hands over.
fn embedding(text: &Text) -> Option<Vec<f32>> {
    let list = match text {
        Text::String(list) => Text::parse(list),
        list => list.clone(),
    };
    if list.items().is_empty() {
        return None;
    }
    Some(list.items().iter().map(component).collect())
}

#[expect(clippy::cast_possible_truncation, reason = "the page asks for the rounding")]
fn component(text: &Text) -> f32 {
    let component = text.number() as f32;
    assert!(component.is_finite(), "{text:?} is not finite as an f32");
    component
}
