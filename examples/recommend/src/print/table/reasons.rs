//! The reasons below a row.

use anstyle::Style;

use super::{GAP, Row};
use crate::print::display::page::{AGAINST, FOR, PLAIN, Page, Span};
use crate::print::display::text::{cell, clean, width};

/// For and against: on one line where both fit in full, else on one line each with as many
/// as fit.
pub(super) fn strongest(row: &Row, indent: &str, limit: usize) -> Vec<Vec<Span>> {
    let room = limit.saturating_sub(indent.len());
    let pro = Side::of(&row.reasons_for, FOR, "+ ", room);
    let contra = Side::of(&row.reasons_against, AGAINST, "- ", room);
    let start = vec![(PLAIN, indent.to_owned())];
    match (pro, contra) {
        (Some(pro), Some(contra)) if pro.fits_beside(&contra, room) => {
            let gap = vec![(PLAIN, GAP.to_owned())];
            vec![[start, pro.spans, gap, contra.spans].concat()]
        }
        (pro, contra) => {
            let sides = pro.into_iter().chain(contra);
            sides.map(|side| [start.clone(), side.spans].concat()).collect()
        }
    }
}

/// Every reason in full, each on lines of its own.
pub(super) fn all(page: &mut Page, row: &Row, indent: &str) {
    for (style, sign, reasons) in [(FOR, "+ ", &row.reasons_for), (AGAINST, "- ", &row.reasons_against)] {
        for reason in reasons {
            page.paragraph(&[(PLAIN, indent.to_owned()), (style, sign.to_owned())], &clean(reason));
        }
    }
}

struct Side {
    spans: Vec<Span>,
    width: usize,
    /// No reason is left out or cut.
    whole: bool,
}

impl Side {
    fn of(reasons: &[String], style: Style, sign: &str, room: usize) -> Option<Self> {
        let reasons: Vec<String> = reasons.iter().map(|reason| clean(reason)).collect();
        let (text, whole) = joined(&reasons, room.saturating_sub(sign.len()))?;
        Some(Self {
            width: sign.len() + width(&text),
            spans: vec![(style, sign.to_owned()), (PLAIN, text)],
            whole,
        })
    }

    fn fits_beside(&self, other: &Self, room: usize) -> bool {
        self.whole && other.whole && self.width + GAP.len() + other.width <= room
    }
}

/// What is left of a cut reason says nothing below this width.
const CUT: usize = 16;

/// As many reasons as fit, the last one cut where enough of it is left to read, and whether
/// that is all of them.
fn joined(reasons: &[String], room: usize) -> Option<(String, bool)> {
    let mut reasons = reasons.iter().filter(|reason| !reason.is_empty());
    let mut text = reasons.next()?.clone();
    for reason in reasons {
        let longer = format!("{text}; {reason}");
        if width(&longer) <= room {
            text = longer;
            continue;
        }
        if width(&text) + 2 + CUT <= room {
            text = longer;
        }
        return Some((cell(&text, room), false));
    }
    let whole = width(&text) <= room;
    Some((cell(&text, room), whole))
}
