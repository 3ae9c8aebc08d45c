//! Rows that add up to a score, the reasons in sentences, and what would improve it.

use anstyle::Style;
use sponsorfit::{Explanation, FactorRow, Improvement, LeafRow, Outcome, RuleVerdict, Verdict};

use super::{named, value};
use crate::print::display::page::{AGAINST, BOLD, DIMMED, FOR, PLAIN, Page, Span};
use crate::print::display::text::clean;
use crate::print::display::{Terminal, percent};
use crate::print::report::Improvements;
use crate::print::strongest;

/// Returns everything behind the score of a pair as lines.
pub(crate) fn explanation(
    name: &str,
    why: &Explanation,
    improvements: &Improvements,
    verdicts: Option<&[RuleVerdict]>,
    terminal: Terminal,
) -> String {
    let mut page = Page::new(terminal);
    page.paragraph(&[], &clean(name));
    page.blank();
    factors(&mut page, why);
    page.blank();
    reasons(&mut page, why);
    if let Some(verdicts) = verdicts {
        rules(&mut page, verdicts);
    }
    what_helps(&mut page, why, improvements);
    page.finish()
}

fn factors(page: &mut Page, why: &Explanation) {
    page.line(&[(
        DIMMED,
        format!("{} {:17}  {:<9}  {:>6}", named("factor", 0), "value", "weight", "points"),
    )]);
    for row in &why.factors {
        page.line(&factor(row));
        for child in &row.children {
            page.line(&part(child));
        }
    }
    let score = &why.score;
    let mut total = vec![(BOLD, format!("{} ", named("score", 0)))];
    total.extend(value(score.score.get()));
    total.push((BOLD, format!("  {:9}  {:>6}", "", score.score_decimal())));
    page.line(&total);
    let (lower, upper) = (score.lower.get(), score.upper.get());
    let known = percent(score.coverage.get());
    let range = format!("{known} of it is known; between {lower:.4} and {upper:.4} once all is");
    page.line(&[(DIMMED, range)]);
}

fn factor(row: &FactorRow) -> Vec<Span> {
    let mut spans = vec![(PLAIN, format!("{} ", named(row.factor.name(), 0)))];
    spans.extend(entered(row.value.map(sponsorfit::UnitInterval::get)));
    spans.push((PLAIN, format!("  × {:<7.3}  {:>6.4}", row.weight, row.contribution)));
    spans.extend(unknown(row.known));
    spans
}

fn part(row: &LeafRow) -> Vec<Span> {
    let mut spans = vec![(PLAIN, format!("{} ", named(row.leaf.path(), 2)))];
    spans.extend(entered(row.value.map(sponsorfit::UnitInterval::get)));
    let share = row.value.map(|_| format!("{} of it", percent(row.weight))).unwrap_or_default();
    spans.push((DIMMED, format!("  {share:<9}  {:>6}", "")));
    spans.extend(unknown(row.known));
    spans
}

fn entered(number: Option<f64>) -> [Span; 2] {
    match number {
        Some(number) => value(number),
        None => [(DIMMED, format!("{:17}", "left out")), (PLAIN, String::new())],
    }
}

fn unknown(known: bool) -> Option<Span> {
    (!known).then(|| (AGAINST, "  unknown".to_owned()))
}

fn reasons(page: &mut Page, why: &Explanation) {
    for (verdict, style, mark) in
        [(Verdict::For, FOR, "+ "), (Verdict::Against, AGAINST, "- "), (Verdict::Unknown, DIMMED, "? ")]
    {
        for reason in strongest(why, verdict) {
            page.paragraph(&[(style, mark.to_owned())], &clean(&reason.text));
        }
    }
}

fn rules(page: &mut Page, verdicts: &[RuleVerdict]) {
    page.blank();
    page.line(&[(BOLD, "Rules".to_owned())]);
    for verdict in verdicts {
        let (style, word): (Style, &str) = match verdict.outcome {
            Outcome::Pass => (FOR, "pass"),
            Outcome::Fail => (AGAINST, "fail"),
            Outcome::Unknown => (DIMMED, "unknown"),
        };
        let mark = vec![(style, format!("{word:<9}"))];
        page.paragraph(&mark, &clean(&format!("{}: {}", verdict.rule, verdict.reason)));
    }
}

fn what_helps(page: &mut Page, why: &Explanation, improvements: &Improvements) {
    let before = why.score.score.get();
    for (title, ways) in [
        ("What the sponsor could change", &improvements.sponsor),
        ("What the event could change", &improvements.event),
    ] {
        if ways.is_empty() {
            continue;
        }
        page.blank();
        page.line(&[(BOLD, title.to_owned())]);
        for way in ways {
            page.paragraph(&[(FOR, gain(before, way))], &clean(&way.text));
        }
    }
}

fn gain(before: f64, way: &Improvement) -> String {
    format!("{:+.4} → {:.4}  ", way.gain, before + way.gain)
}
