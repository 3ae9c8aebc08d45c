//! What the table shows of a ranked list: names, and the strongest reasons.

use sponsorfit::{Event, Explanation, LabelSet, Leaf, ObjectivesKind, Reason, SponsorProfile, Verdict};

use super::Printer;
use crate::print::strongest;
use crate::print::table::{Ranking, Row};
use crate::rank::{Anchor, Candidate, Shortlist};
use crate::read::failure::Failure;
use crate::read::load::{event_name, sponsor_name};

/// Returns an anchor's list as the table wants it.
pub(super) fn ranking(
    printer: &Printer<'_>,
    anchor: Anchor<'_>,
    list: &Shortlist<'_>,
) -> Result<Ranking, Failure> {
    let (name, note, column) = match anchor {
        Anchor::Event((event, _)) => (event_name(event), event_note(event), "sponsor"),
        Anchor::Sponsor(sponsor) => (sponsor_name(sponsor), sponsor_note(sponsor), "event"),
    };
    let rows = list.best.iter().zip(1..).map(|(candidate, rank)| row(printer, anchor, candidate, rank));
    Ok(Ranking {
        anchor: name.into_owned(),
        note,
        column: column.to_owned(),
        full: printer.explain,
        rows: rows.collect::<Result<_, _>>()?,
    })
}

fn row(
    printer: &Printer<'_>,
    anchor: Anchor<'_>,
    candidate: &Candidate<'_>,
    rank: usize,
) -> Result<Row, Failure> {
    let why = printer.why(candidate)?;
    let (reasons_for, reasons_against) = reasons(printer, &why, candidate);
    let score = &candidate.score;
    Ok(Row {
        rank,
        name: match anchor {
            Anchor::Event(_) => sponsor_name(candidate.sponsor),
            Anchor::Sponsor(_) => event_name(candidate.event),
        }
        .into_owned(),
        score: score.score.get(),
        decimal: score.score_decimal(),
        lower: score.lower.get(),
        upper: score.upper.get(),
        coverage: score.coverage.get(),
        reasons_for,
        reasons_against,
    })
}

/// Returns what speaks for and what speaks against a pair, the strongest first and what is
/// unknown last.
fn reasons(
    printer: &Printer<'_>,
    why: &Explanation,
    candidate: &Candidate<'_>,
) -> (Vec<String>, Vec<String>) {
    let texts = |verdict: Verdict| {
        let reasons = strongest(why, verdict).into_iter();
        let said = reasons.filter(|reason| !is_never_known(printer, reason));
        said.map(|reason| if printer.explain { &reason.text } else { &reason.short }).cloned()
    };
    let undecided = candidate.undecided.iter();
    let undecided = undecided.map(|verdict| format!("{} undecided: {}", verdict.rule, verdict.reason));
    let against = texts(Verdict::Against).chain(undecided).chain(texts(Verdict::Unknown));
    (texts(Verdict::For).collect(), against.collect())
}

/// Tells whether a reason is the same for all pairs: a configuration that compares no
/// objectives does so once, not below every row.
fn is_never_known(printer: &Printer<'_>, reason: &Reason) -> bool {
    reason.leaves == [Leaf::ObjectivesSimilarity]
        && printer.settings.scorer.config().objectives == ObjectivesKind::None
}

/// Where, when and what.
fn event_note(event: &Event) -> String {
    let place = [&event.city, &event.country].into_iter().flatten().map(String::as_str);
    let place = place.filter(|part| !part.trim().is_empty()).collect::<Vec<_>>().join(", ");
    let day = event.start_at.map(|moment| moment.to_string().chars().take(10).collect());
    joined([place, day.unwrap_or_default(), labels(&event.categories)])
}

/// What it is and what it looks for.
fn sponsor_note(sponsor: &SponsorProfile) -> String {
    let industry = sponsor.industry.clone().unwrap_or_default();
    joined([industry, labels(&sponsor.preferred_categories), labels(&sponsor.regions)])
}

fn labels(labels: &LabelSet) -> String {
    labels.iter().map(|label| label.spelling().trim()).collect::<Vec<_>>().join(", ")
}

fn joined<const N: usize>(parts: [String; N]) -> String {
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}
