//! Strategies for the raw text of rows and configurations, all of them valid.
//!
//! They make what rows in the world look like: fields in any order, unknown ones in every
//! combination, labels in many spellings, numbers in every notation that the definition, §1, accepts.

pub(crate) mod config;
pub(crate) mod labels;
pub(crate) mod numbers;
pub(crate) mod rows;

use proptest::collection::vec;
use proptest::prelude::*;

use rows::Body;

/// A pair and how to score it. `custom` is the similarity of a configuration that names its own.
#[derive(Clone, Debug)]
pub(crate) struct Case {
    pub(crate) sponsor: String,
    pub(crate) event: String,
    pub(crate) insights: Option<String>,
    pub(crate) config: String,
    pub(crate) custom: Option<f64>,
}

/// Rows of both sides and one configuration. Bodies repeat under other ids, so lists have ties.
#[derive(Clone, Debug)]
pub(crate) struct Catalog {
    pub(crate) sponsors: Vec<String>,
    pub(crate) events: Vec<String>,
    pub(crate) insights: Vec<String>,
    pub(crate) config: String,
    /// Objectives `{keywords[], goals[]}`, to fit an idf table on.
    pub(crate) corpus: Vec<String>,
}

/// Any pair under any configuration; embeddings have the dimension that it names.
pub(crate) fn case() -> impl Strategy<Value = Case> {
    config::dimension().prop_flat_map(|dimension| case_of(dimension, dimension))
}

/// As [`case`], but the event's embedding has one component more than the configuration says: a
/// reader that knows the configuration refuses the row, a scorer calls the similarity unknown.
pub(crate) fn case_with_another_dimension() -> impl Strategy<Value = Case> {
    config::dimension().prop_flat_map(|dimension| case_of(dimension, dimension + 1))
}

fn case_of(dimension: usize, of_event: usize) -> impl Strategy<Value = Case> {
    (
        rows::sponsor(dimension),
        rows::event(of_event),
        prop::option::weighted(0.9, rows::insights()),
        config::config(dimension),
        prop::option::of(0.0..=1.0),
        [uuid(), uuid()],
        any::<bool>(),
    )
        .prop_map(|(sponsor, event, insights, config, custom, ids, upper_case)| Case {
            sponsor: sponsor.render(&ids[0]),
            event: event.render(&ids[1]),
            insights: insights.map(|body| body.render(&spelled(&ids[1], upper_case))),
            config,
            custom,
        })
}

/// Up to `most` rows a side.
pub(crate) fn catalog(most: usize) -> impl Strategy<Value = Catalog> {
    config::dimension().prop_flat_map(move |dimension| {
        (
            side(rows::sponsor(dimension), most),
            side(rows::event(dimension), most),
            vec(prop::option::weighted(0.8, rows::insights()), most),
            config::config(dimension),
            vec(rows::objectives(), 0..4),
        )
            .prop_map(|(sponsors, events, insights, config, corpus)| Catalog {
                insights: events
                    .iter()
                    .zip(insights)
                    .filter_map(|((id, _), body)| Some(body?.render(id)))
                    .collect(),
                sponsors: rendered(&sponsors),
                events: rendered(&events),
                config,
                corpus,
            })
    })
}

/// Rows under ids of their own, from a pool of fewer bodies.
fn side(body: impl Strategy<Value = Body>, most: usize) -> impl Strategy<Value = Vec<(String, Body)>> {
    let ids = prop::collection::btree_set(uuid(), 1..=most);
    (vec(body, 1..4), ids, vec(any::<prop::sample::Index>(), most)).prop_map(|(pool, ids, picks)| {
        ids.into_iter().zip(picks).map(|(id, pick)| (id, pick.get(&pool).clone())).collect()
    })
}

fn rendered(side: &[(String, Body)]) -> Vec<String> {
    side.iter().map(|(id, body)| body.render(id)).collect()
}

fn uuid() -> impl Strategy<Value = String> {
    any::<u128>().prop_map(|bits| {
        let hex = format!("{bits:032x}");
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    })
}

fn spelled(uuid: &str, upper_case: bool) -> String {
    if upper_case { uuid.to_ascii_uppercase() } else { uuid.to_owned() }
}
