//! Rows of the three tables.

use proptest::collection::vec;
use proptest::prelude::*;

use super::labels;
use super::numbers;

/// A row's fields in the order of its text, but for its id.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    fields: Vec<(&'static str, String)>,
    between: &'static str,
}

/// Stands where the id goes.
const ID: &str = "";

impl Body {
    pub(crate) fn render(&self, id: &str) -> String {
        let field = |(name, text): &(&str, String)| {
            let value = if text == ID { format!("\"{id}\"") } else { text.clone() };
            format!("\"{name}\":{}{value}", self.between)
        };
        let fields: Vec<String> = self.fields.iter().map(field).collect();
        format!("{{{}}}", fields.join(&format!(",{}", self.between)))
    }
}

/// Fields in any order; a field without text is absent. No row has `prefered_categories`: readers
/// ignore it.
fn body(fields: impl Strategy<Value = Vec<(&'static str, Option<String>)>>) -> impl Strategy<Value = Body> {
    let misspelled = prop::option::weighted(0.1, labels::list());
    let between = prop::sample::select(&["", " ", "\n\t"][..]);
    (fields, misspelled)
        .prop_map(|(mut fields, misspelled)| {
            fields.push(("prefered_categories", misspelled));
            fields.into_iter().filter_map(|(name, text)| Some((name, text?))).collect::<Vec<_>>()
        })
        .prop_shuffle()
        .prop_flat_map(move |fields| (Just(fields), between.clone()))
        .prop_map(|(fields, between)| Body { fields, between })
}

/// Absent, null, or a value.
fn maybe(value: impl Strategy<Value = String> + 'static) -> BoxedStrategy<Option<String>> {
    prop_oneof![1 => Just(None), 1 => Just(Some("null".to_owned())), 14 => value.prop_map(Some)].boxed()
}

fn one_of(words: &'static [&'static str]) -> impl Strategy<Value = String> {
    prop::sample::select(words).prop_map(|word| format!("\"{word}\""))
}

pub(crate) fn sponsor(dimension: usize) -> impl Strategy<Value = Body> {
    let scored = (
        maybe(numbers::count()),
        maybe(labels::list()),
        maybe(labels::list()),
        maybe(objectives()),
        maybe(numbers::embedding(dimension)),
    );
    let unscored = (
        maybe(labels::quoted()),
        maybe(one_of(&["software", "beverages"])),
        maybe(numbers::share()),
        maybe(labels::list()),
        maybe(labels::list().prop_map(|list| format!("{{\"age_buckets\":{list},\"interests\":[]}}"))),
    );
    body((scored, unscored).prop_map(|(scored, unscored)| {
        let (budget, categories, regions, objectives, embedding) = scored;
        let (name, industry, reputation, excluded, audience) = unscored;
        vec![
            ("sponsor_id", Some(ID.to_owned())),
            ("annual_budget_cents", budget),
            ("preferred_categories", categories),
            ("regions", regions),
            ("brand_objectives", objectives),
            ("objectives_embedding", embedding),
            ("name", name),
            ("industry", industry),
            ("reputation_score", reputation),
            ("excluded_categories", excluded),
            ("target_audience", audience),
        ]
    }))
}

/// `country` and `city` are labels like those of `regions`, and are none of them.
pub(crate) fn event(dimension: usize) -> impl Strategy<Value = Body> {
    let scored = (
        prop::sample::select(&["event_id", "id"][..]),
        maybe(labels::list()),
        maybe(labels::list()),
        maybe(numbers::count()),
        maybe(objectives()),
        maybe(numbers::embedding(dimension)),
    );
    let unscored = (
        maybe(labels::quoted()),
        maybe(labels::quoted()),
        maybe(labels::quoted()),
        maybe(one_of(&[
            "2025-10-21",
            "2025-10-21T10:30:00Z",
            "2025-10-21T10:30:00.123456+02:00",
            "2025-10-21T10:30:00",
            "2025-10-21 10:30:00+00",
        ])),
    );
    body((scored, unscored).prop_map(|(scored, unscored)| {
        let (id, categories, regions, price, objectives, embedding) = scored;
        let (title, country, city, start_at) = unscored;
        vec![
            (id, Some(ID.to_owned())),
            ("categories", categories),
            ("regions", regions),
            ("min_price_cents", price),
            ("objectives", objectives),
            ("objectives_embedding", embedding),
            ("title", title),
            ("country", country),
            ("city", city),
            ("start_at", start_at),
        ]
    }))
}

pub(crate) fn insights() -> impl Strategy<Value = Body> {
    let scored = (maybe(geo_distribution()), maybe(numbers::share()), maybe(numbers::share()));
    let unscored = (
        maybe(numbers::count()),
        maybe(numbers::share()),
        maybe(numbers::share().prop_map(|share| format!("{{\"18-24\":{share}}}"))),
    );
    body((scored, unscored).prop_map(|(scored, unscored)| {
        let (geo, engagement, conversion) = scored;
        let (attendees, sentiment, ages) = unscored;
        vec![
            ("event_id", Some(ID.to_owned())),
            ("geo_distribution", geo),
            ("engagement_score", engagement),
            ("ticket_conversion_rate", conversion),
            ("attendee_count", attendees),
            ("sentiment_score", sentiment),
            ("age_segments", ages),
        ]
    }))
}

/// The JSON text `{keywords[], goals[]}`, with either absent too.
pub(crate) fn objectives() -> impl Strategy<Value = String> {
    (maybe(labels::list()), maybe(labels::list())).prop_map(|(keywords, goals)| {
        let mut parts = Vec::new();
        for (name, list) in [("keywords", keywords), ("goals", goals)] {
            parts.extend(list.map(|list| format!("\"{name}\":{list}")));
        }
        format!("{{{}}}", parts.join(","))
    })
}

/// Counts by region: spellings merge, and many counts are zero. No two names are equal as they
/// stand, for JSON leaves open what that would mean.
fn geo_distribution() -> impl Strategy<Value = String> {
    let count = prop_oneof![1 => Just("0".to_owned()), 3 => numbers::count()];
    vec((labels::quoted(), count), 0..8).prop_map(|mut counts| {
        let mut seen = Vec::new();
        counts.retain(|(region, _)| {
            let region: String = serde_json::from_str(region).expect("a quoted label");
            let new = !seen.contains(&region);
            seen.push(region);
            new
        });
        let pairs: Vec<String> = counts.iter().map(|(region, count)| format!("{region}:{count}")).collect();
        format!("{{{}}}", pairs.join(","))
    })
}
