//! Ranked lists, by scoring every pair and sorting everything.

use super::objectives::Given;
use super::rows::{self, Event, Sponsor};
use super::score::Outcome;
use super::score_with;

/// All rows and what they are scored with.
#[derive(Clone, Copy)]
pub(crate) struct Rows<'a> {
    pub(crate) sponsors: &'a [String],
    pub(crate) events: &'a [String],
    pub(crate) insights: &'a [String],
    pub(crate) config: &'a str,
    pub(crate) given: Given<'a>,
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Ranked {
    /// The other side's uuid.
    pub(crate) id: String,
    pub(crate) score: f64,
}

/// The best of one anchor.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct List {
    /// The uuid of the event or sponsor that the list is for.
    pub(crate) anchor: String,
    pub(crate) ranked: Vec<Ranked>,
    /// "rankings leave such pairs out and report their number"
    pub(crate) insufficient: usize,
}

/// The lists of all events, each with its best `k` sponsors; anchors in uuid order.
pub(crate) fn sponsors_for_each_event(rows: Rows, k: usize) -> Vec<List> {
    let list = |event: &String| {
        let pairs = rows.sponsors.iter().map(|sponsor| (Sponsor::read(sponsor).id, sponsor, event));
        top(Event::read(event).id, pairs.collect(), rows, k)
    };
    by_anchor(rows.events.iter().map(list).collect())
}

/// The lists of all sponsors, each with its best `k` events; anchors in uuid order.
pub(crate) fn events_for_each_sponsor(rows: Rows, k: usize) -> Vec<List> {
    let list = |sponsor: &String| {
        let pairs = rows.events.iter().map(|event| (Event::read(event).id, sponsor, event));
        top(Sponsor::read(sponsor).id, pairs.collect(), rows, k)
    };
    by_anchor(rows.sponsors.iter().map(list).collect())
}

/// "`top_k` returns exactly what sorting all scores would."
fn top(anchor: String, pairs: Vec<(String, &String, &String)>, rows: Rows, k: usize) -> List {
    let mut ranked = Vec::new();
    let mut insufficient = 0;
    for (id, sponsor, event) in pairs {
        let insights = insights_of(event, rows.insights);
        match score_with(sponsor, event, insights, rows.config, rows.given) {
            Outcome::Score(scored) => ranked.push(Ranked { id, score: scored.score }),
            Outcome::Insufficient { .. } => insufficient += 1,
        }
    }
    order(&mut ranked);
    ranked.truncate(k);
    List { anchor, ranked, insufficient }
}

/// "score descending, then the other side's uuid ascending (byte order)". Lower-case hex of one
/// length sorts as its bytes do.
pub(crate) fn order(ranked: &mut [Ranked]) {
    ranked.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.id.cmp(&b.id)));
}

/// The row of insights about an event, which must not be there twice.
fn insights_of<'a>(event: &str, insights: &'a [String]) -> Option<&'a str> {
    let id = Event::read(event).id;
    let mut found = None;
    for row in insights {
        if rows::insights_event_id(row) == id {
            assert!(found.is_none(), "two rows of insights for event {id}");
            found = Some(row.as_str());
        }
    }
    found
}

fn by_anchor(mut lists: Vec<List>) -> Vec<List> {
    lists.sort_by(|a, b| a.anchor.cmp(&b.anchor));
    lists
}
