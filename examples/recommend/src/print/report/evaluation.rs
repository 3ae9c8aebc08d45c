//! Rankers side by side, from the best.

use sponsorfit_learn::evaluation::{Estimate, RULE_TO_BEAT, RankerComparison, RankerQuality, Report};

use crate::print::display::bar::{self, bar};
use crate::print::display::page::{AGAINST, BAR, BOLD, DIMMED, FOR, PLAIN, Page};
use crate::print::display::text::{cell, clean, width};
use crate::print::display::{Terminal, counted, percent, period};

/// Longer names are cut.
const WIDEST_NAME: usize = 24;

/// The columns that all numbers take together.
const NUMBERS: usize = 65;

/// Returns what was measured as lines.
pub(crate) fn evaluation(report: &Report<'_>, terminal: Terminal) -> String {
    let mut page = Page::new(terminal);
    let rows = report.best_first();
    let widest = rows.iter().map(|row| width(&clean(row.name))).max().unwrap_or(0).min(WIDEST_NAME);
    let name = widest.min(terminal.width.saturating_sub(NUMBERS)).max("ranker".len());
    page.paragraph(&[], &subject(report));
    page.blank();
    let has_bars = terminal.width >= name + NUMBERS + 1 + bar::WIDTH;
    qualities(&mut page, &rows, name, has_bars);
    page.blank();
    differences(&mut page, report, &rows, name);
    page.blank();
    for row in rows {
        page.paragraph(&[(DIMMED, padded(row.name, widest) + "  ")], &clean(&what(row)));
    }
    page.finish()
}

/// What a ranker does, and whom it cannot find.
fn what(row: &RankerQuality<'_>) -> String {
    if row.candidate_recall < 1.0 {
        format!("{}; it considers {} of the sponsors to find", row.what, percent(row.candidate_recall))
    } else {
        row.what.to_owned()
    }
}

/// What was asked, and with what known.
fn subject(report: &Report<'_>) -> String {
    let mut text = vec![format!(
        "{} of {} {}, with {} to find among {} known before.",
        report.queries,
        counted(report.events as u64, "event", "events"),
        period(report.cut, report.until),
        counted(report.sponsorships as u64, "sponsorship", "sponsorships"),
        counted(report.candidates as u64, "sponsor", "sponsors"),
    )];
    if report.newcomers > 0 {
        let more = counted(report.newcomers as u64, "more is", "more are");
        text.push(format!("{more} by sponsors who were not known yet: out of reach of any ranking."));
    }
    if report.undated_events > 0 {
        text.push(format!("{} no date.", counted(report.undated_events as u64, "event has", "events have")));
    }
    text.join(" ")
}

fn qualities(page: &mut Page, rows: &[&RankerQuality<'_>], name: usize, has_bars: bool) {
    let ndcg = if has_bars { 7 + 1 + bar::WIDTH } else { 7 };
    let head = ["95 %", "MAP", "MRR", "recall@20", "AUC", "shown", "Gini"];
    let head = head.iter().zip(WIDTHS).map(|(title, width)| format!("  {title:>width$}"));
    page.line(&[(
        DIMMED,
        format!("{}  {:ndcg$}{}", padded("ranker", name), "NDCG@20", head.collect::<String>()),
    )]);
    for row in rows {
        let mut line = vec![
            (BOLD, padded(row.name, name)),
            (PLAIN, format!("  {:<7}", format!("{:.3}", row.ndcg_at_20.mean))),
        ];
        if has_bars {
            line.push((BAR, format!(" {}", bar(row.ndcg_at_20.mean))));
        }
        let auc = row.auc.map_or_else(|| "-".to_owned(), |auc| format!("{:.3}", auc.mean));
        let cells = [
            interval(&row.ndcg_at_20),
            format!("{:.3}", row.map.mean),
            format!("{:.3}", row.mrr.mean),
            format!("{:.3}", row.recall_at_20.mean),
            auc,
            percent(row.catalogue_coverage),
            format!("{:.2}", row.exposure_gini),
        ];
        let cells = cells.iter().zip(WIDTHS).map(|(text, width)| format!("  {text:>width$}"));
        line.push((PLAIN, cells.collect()));
        page.line(&line);
    }
}

/// The columns behind NDCG.
const WIDTHS: [usize; 7] = [9, 5, 5, 9, 5, 5, 4];

fn interval(estimate: &Estimate) -> String {
    format!("{:.2}-{:.2}", estimate.lower, estimate.upper)
}

/// Each ranker against the rule to beat.
fn differences(page: &mut Page, report: &Report<'_>, rows: &[&RankerQuality<'_>], name: usize) {
    let title = format!("against {RULE_TO_BEAT}");
    let name = name.max(title.len());
    page.line(&[(
        DIMMED,
        format!("{}  NDCG@20              95 %  better  worse       p", padded(&title, name)),
    )]);
    for row in rows.iter().filter(|row| row.name != RULE_TO_BEAT) {
        let found = report.comparisons.iter().find_map(|comparison| difference(comparison, row.name));
        let Some(Difference { mean, ends, better, worse, p }) = found else { continue };
        page.line(&[
            (BOLD, padded(row.name, name)),
            (style(ends), format!("  {mean:<+7.3}")),
            (
                PLAIN,
                format!(
                    "  {:>16}  {better:>6}  {worse:>5}  {:>6}",
                    format!("{:+.3} {:+.3}", ends.0, ends.1),
                    chance(p)
                ),
            ),
        ]);
    }
}

/// A ranker minus the rule to beat.
struct Difference {
    mean: f64,
    ends: (f64, f64),
    better: usize,
    worse: usize,
    p: f64,
}

fn difference(row: &RankerComparison<'_>, name: &str) -> Option<Difference> {
    let found = &row.comparison;
    let Estimate { mean, lower, upper } = found.difference;
    let p = found.p_value;
    if (row.ranker, row.against) == (name, RULE_TO_BEAT) {
        Some(Difference { mean, ends: (lower, upper), better: found.wins, worse: found.losses, p })
    } else if (row.ranker, row.against) == (RULE_TO_BEAT, name) {
        Some(Difference { mean: -mean, ends: (-upper, -lower), better: found.losses, worse: found.wins, p })
    } else {
        None
    }
}

/// A p-value in a few digits.
fn chance(p: f64) -> String {
    if p < 0.001 { "<0.001".to_owned() } else { format!("{p:.3}") }
}

/// Green and yellow for what is more than chance.
fn style((lower, upper): (f64, f64)) -> anstyle::Style {
    if lower > 0.0 {
        FOR
    } else if upper < 0.0 {
        AGAINST
    } else {
        PLAIN
    }
}

fn padded(text: &str, limit: usize) -> String {
    let text = cell(&clean(text), limit);
    let missing = limit.saturating_sub(width(&text));
    text + &" ".repeat(missing)
}
