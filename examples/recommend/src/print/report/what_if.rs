//! A score before and after changes, factor by factor.

use sponsorfit::{FactorGain, WhatIf};

use super::{named, value};
use crate::print::display::Terminal;
use crate::print::display::page::{AGAINST, BOLD, DIMMED, FOR, PLAIN, Page, Span};
use crate::print::display::text::clean;

/// Returns what changes do to the score of a pair as lines.
pub(crate) fn what_if(name: &str, what: &WhatIf, terminal: Terminal) -> String {
    let mut page = Page::new(terminal);
    page.paragraph(&[], &clean(name));
    let changes: Vec<String> = what.changes.iter().map(ToString::to_string).collect();
    page.paragraph(&[(DIMMED, "what if: ".to_owned())], &clean(&changes.join(", ")));
    page.blank();
    match &what.before {
        Some(before) => page.line(&score("before", before.score.get(), None)),
        None => page.line(&[(DIMMED, format!("{} too little was known for a score", named("before", 0)))]),
    }
    page.line(&score("after", what.after.score.get(), what.gain));
    page.blank();
    page.line(&[(DIMMED, format!("{} before   after     gain", named("points of", 0)))]);
    for row in &what.factors {
        page.line(&factor(row));
    }
    page.finish()
}

fn score(name: &str, score: f64, gain: Option<f64>) -> Vec<Span> {
    let mut spans = vec![(BOLD, format!("{} ", named(name, 0)))];
    spans.extend(value(score));
    spans.extend(gain.map(|gain| (style(gain), format!("  {gain:+.4}"))));
    spans
}

fn factor(row: &FactorGain) -> Vec<Span> {
    let FactorGain { factor, before, after, gain, .. } = row;
    let gained = if *gain == 0.0 { format!("{:>7}", "=") } else { format!("{gain:+.4}") };
    vec![(PLAIN, format!("{} {before:.4}  {after:.4}  ", named(factor.name(), 0))), (style(*gain), gained)]
}

fn style(gain: f64) -> anstyle::Style {
    if gain > 0.0 {
        FOR
    } else if gain < 0.0 {
        AGAINST
    } else {
        DIMMED
    }
}
