//! Plain English from the rows of an explanation: the one formatter of every face.

use serde::Serialize;

use super::evidence::Evidence;
use super::{FactorRow, LeafRow};
use crate::config::GeoReading;
use crate::factors::Leaf;
use crate::match_score::MatchScore;
use crate::model::{Count, Label, UnitInterval};
use crate::small::decimal::{fixed, money};

/// Lists longer than this are cut and counted: `a, b, c and 4 more`.
const LISTED: usize = 6;

/// One thing that speaks for or against a match, or is not known.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, SponsorId, SponsorProfile, Verdict};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// let event = Event::new(EventId::from_bytes([2; 16]));
/// let reason = &scorer.explain(&sponsor, &event, None)?.reasons[0];
/// assert_eq!((reason.verdict, reason.short.as_str()), (Verdict::Unknown, "budget unknown"));
/// assert_eq!(reason.text, "The yearly budget is unknown; it counts as 0.50.");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Reason {
    /// The paths of the leaves it speaks of.
    pub leaves: Vec<Leaf>,
    /// For, against or unknown.
    pub verdict: Verdict,
    /// What it adds to the score.
    pub points: f64,
    /// What it could still add.
    pub lost: f64,
    /// A sentence.
    pub text: String,
    /// A few words, for a table.
    pub short: String,
}

/// Which way a reason speaks.
///
/// # Examples
/// ```
/// assert_eq!(serde_json::to_string(&sponsorfit::Verdict::For)?, "\"for\"");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Known, and worth half or more.
    For,
    /// Known, and worth less than half.
    Against,
    /// Not known.
    Unknown,
}

/// What a sentence needs of a row, whether it is a factor's or a leaf's.
struct Fact<'a> {
    leaves: Vec<Leaf>,
    value: Option<UnitInterval>,
    known: bool,
    /// The share of the whole score.
    weight: f64,
    evidence: &'a Evidence,
}

/// Says the whole in one sentence.
pub(super) fn summary(score: &MatchScore) -> String {
    let whole = format!("Score {}, resting on {}", fixed(score.score.get(), 2), percent(score.coverage));
    if score.unknown.is_empty() {
        format!("{whole} of the facts.")
    } else {
        let (lower, upper) = (fixed(score.lower.get(), 2), fixed(score.upper.get(), 2));
        format!("{whole} of the facts: between {lower} and {upper} once all is known.")
    }
}

/// Turns the rows into reasons, in formula order.
pub(super) fn reasons(rows: &[FactorRow], geo_reading: GeoReading) -> Vec<Reason> {
    let mut facts: Vec<Fact<'_>> = Vec::with_capacity(7);
    for row in rows {
        if row.children.is_empty() {
            facts.extend(whole_factor(row));
        } else {
            facts.extend(row.children.iter().filter_map(|child| part(child, row.weight)));
        }
    }
    if geo_reading == GeoReading::Any {
        merge_geography(&mut facts);
    }
    facts.iter().map(reason).collect()
}

fn whole_factor(row: &FactorRow) -> Option<Fact<'_>> {
    let leaf = Leaf::ALL.into_iter().find(|leaf| leaf.factor() == row.factor)?;
    let evidence = row.evidence.as_ref()?;
    Some(Fact { leaves: vec![leaf], value: row.value, known: row.known, weight: row.weight, evidence })
}

fn part(row: &LeafRow, factor_weight: f64) -> Option<Fact<'_>> {
    let evidence = row.evidence.as_ref()?;
    let weight = factor_weight * row.weight;
    Some(Fact { leaves: vec![row.leaf], value: row.value, known: row.known, weight, evidence })
}

/// Says once what the default reading counts twice: `geo` and `geo_fit` are the same number.
fn merge_geography(facts: &mut Vec<Fact<'_>>) {
    let Some(at) = facts.iter().position(|fact| fact.leaves == [Leaf::GeoFit]) else { return };
    let geo_fit = facts.remove(at);
    if let Some(geo) = facts.iter_mut().find(|fact| fact.leaves == [Leaf::Geo]) {
        geo.leaves.push(Leaf::GeoFit);
        geo.weight += geo_fit.weight;
    }
}

fn reason(fact: &Fact<'_>) -> Reason {
    let value = fact.value.map_or(0.0, UnitInterval::get);
    let verdict = match fact.known {
        false => Verdict::Unknown,
        true if value >= 0.5 => Verdict::For,
        true => Verdict::Against,
    };
    let (text, short) = if fact.known { known(fact, value) } else { unknown(fact) };
    let (points, lost) = (fact.weight * value, fact.weight * (1.0 - value));
    Reason { leaves: fact.leaves.clone(), verdict, points, lost, text, short }
}

fn known(fact: &Fact<'_>, value: f64) -> (String, String) {
    match fact.evidence {
        Evidence::Budget { annual_budget_cents, half_budget_cents } => {
            budget(annual_budget_cents.unwrap_or_default(), *half_budget_cents, value)
        }
        Evidence::Labels { matched, unmatched, offered, divisor } => {
            let things = if fact.leaves.first() == Some(&Leaf::Categories) { CATEGORIES } else { REGIONS };
            labels(&things, matched, unmatched, offered, *divisor)
        }
        Evidence::Visitors { reached, total, .. } => (
            format!(
                "Of the counted visitors, {} come from the sponsor's regions: {reached} of {total}.",
                share(value)
            ),
            format!("{} of visitors in regions", share(value)),
        ),
        Evidence::Rate { .. } if fact.leaves.first() == Some(&Leaf::EngagementScore) => {
            let value = fixed(value, 2);
            (format!("The audience's engagement score is {value} of 1."), format!("engagement {value}"))
        }
        Evidence::Rate { .. } => (
            format!("Of the visitors, {} bought a ticket.", share(value)),
            format!("{} bought a ticket", share(value)),
        ),
        Evidence::Objectives { shared_words, .. } => {
            let words: Vec<&str> = shared_words.iter().map(String::as_str).collect();
            let shared =
                if words.is_empty() { String::new() } else { format!(", with the words {}", list(&words)) };
            let value = fixed(value, 2);
            (format!("The objectives are {value} alike{shared}."), format!("objectives {value} alike"))
        }
    }
}

fn budget(budget: Count, half: f64, value: f64) -> (String, String) {
    let (own, mark) = (money(budget.as_f64()), money(half));
    let text = if value >= 0.9 {
        format!("The yearly budget of {own} is ample: {mark} would count as half.")
    } else if value >= 0.5 {
        format!("The yearly budget of {own} is enough: {mark} would count as half.")
    } else {
        format!("The yearly budget of {own} is small: {mark} would count as half.")
    };
    (text, format!("budget {own}"))
}

/// How labels of a kind are spoken of.
struct Things {
    one: &'static str,
    many: &'static str,
    short: &'static str,
    /// For one and for many: "matches", "match".
    hit: [&'static str; 2],
    miss: &'static str,
}

const CATEGORIES: Things = Things {
    one: "preferred category",
    many: "preferred categories",
    short: "categories",
    hit: ["matches", "match"],
    miss: "does not match",
};

const REGIONS: Things = Things {
    one: "wanted region",
    many: "wanted regions",
    short: "regions",
    hit: ["is reached", "are reached"],
    miss: "is not reached",
};

fn labels(
    things: &Things,
    matched: &[Label],
    unmatched: &[Label],
    offered: &[Label],
    divisor: usize,
) -> (String, String) {
    let Things { one, many, short, hit: [hit_one, hit_many], miss } = things;
    let (hits, total) = (matched.len(), matched.len() + unmatched.len());
    let reachable = if divisor < total { format!(" ({divisor} could)") } else { String::new() };
    let (has, wants, lacks) = (spellings(matched), spellings(unmatched), spellings(offered));
    let text = match (hits, total) {
        (0, 1) => format!("The {one} {wants} {miss}: the event has {lacks}."),
        (0, _) => format!("None of {total} {many} {hit_one}: the event has {lacks}."),
        (_, 1) => format!("The {one} {has} {hit_one}."),
        _ if hits == total => format!("All {total} {many} {hit_many}: {has}."),
        (1, _) => format!("1 of {total} {many} {hit_one}{reachable}: {has}; not {wants}."),
        _ => format!("{hits} of {total} {many} {hit_many}{reachable}: {has}; not {wants}."),
    };
    let short = match hits {
        0 => format!("no {short} match"),
        _ => format!("{hits} of {divisor} {short}: {has}"),
    };
    (text, short)
}

fn unknown(fact: &Fact<'_>) -> (String, String) {
    let (what, short) = match (fact.leaves.first(), fact.evidence) {
        (Some(Leaf::BudgetFit), _) => ("The yearly budget is unknown", "budget unknown"),
        (Some(Leaf::Categories), evidence) if states_nothing(evidence) => {
            ("The sponsor prefers no category", "no preferred categories")
        }
        (Some(Leaf::Categories), _) => ("The event names no category", "event's categories unknown"),
        (_, evidence @ (Evidence::Labels { .. } | Evidence::Visitors { .. })) if states_nothing(evidence) => {
            ("The sponsor prefers no region", "no preferred regions")
        }
        (_, Evidence::Visitors { .. }) => {
            ("Where the visitors came from is unknown", "visitors' regions unknown")
        }
        (_, Evidence::Labels { .. }) => ("The event names no region", "event's regions unknown"),
        (Some(Leaf::EngagementScore), _) => ("The engagement score is unknown", "engagement unknown"),
        (Some(Leaf::TicketConversionRate), _) => {
            ("The ticket conversion rate is unknown", "conversion unknown")
        }
        _ => ("The similarity of objectives is unknown", "objectives unknown"),
    };
    let counts = match fact.value {
        Some(value) => format!("it counts as {}", fixed(value.get(), 2)),
        None => "it is left out".to_owned(),
    };
    (format!("{what}; {counts}."), short.to_owned())
}

/// Tells whether it is the sponsor who says nothing.
fn states_nothing(evidence: &Evidence) -> bool {
    match evidence {
        Evidence::Labels { matched, unmatched, .. } => matched.is_empty() && unmatched.is_empty(),
        Evidence::Visitors { regions, .. } => regions.is_empty(),
        Evidence::Budget { .. } | Evidence::Rate { .. } | Evidence::Objectives { .. } => false,
    }
}

fn spellings(labels: &[Label]) -> String {
    let texts: Vec<&str> = labels.iter().map(|label| label.spelling().trim()).collect();
    if texts.is_empty() { "none".to_owned() } else { list(&texts) }
}

fn list(texts: &[&str]) -> String {
    match texts.split_at_checked(LISTED) {
        Some((shown, rest)) if !rest.is_empty() => format!("{} and {} more", shown.join(", "), rest.len()),
        _ => texts.join(", "),
    }
}

fn percent(value: UnitInterval) -> String {
    share(value.get())
}

/// Prints a share as whole percent, and never 0 % or 100 % for what is not.
fn share(value: f64) -> String {
    match value {
        none if none <= 0.0 => "0 %".to_owned(),
        few if few < 0.01 => "under 1 %".to_owned(),
        most if most < 1.0 && most > 0.99 => "over 99 %".to_owned(),
        some => format!("{} %", fixed(some * 100.0, 0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_read_well() {
        for (value, text) in
            [(0.0, "0 %"), (0.001, "under 1 %"), (0.5, "50 %"), (0.999, "over 99 %"), (1.0, "100 %")]
        {
            assert_eq!(share(value), text);
        }
    }

    #[test]
    fn long_lists_are_counted() {
        let texts = ["a", "b", "c", "d", "e", "f", "g", "h"];
        assert_eq!(list(&texts), "a, b, c, d, e, f and 2 more");
        assert_eq!(list(&texts[..6]), "a, b, c, d, e, f");
    }
}
