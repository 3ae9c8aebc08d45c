//! The reasons below a row.

use anstyle::Style;

use super::text::{cell, clean, width};
use super::{AGAINST, FOR, GAP, PLAIN, Row, Span};

/// For and against: on one line where both fit in full, else on one line each with as many
/// as fit.
pub(super) fn lines(row: &Row, indent: &str, limit: usize) -> Vec<Vec<Span>> {
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

/// As many reasons as fit, the first one cut if it must be, and whether that is all of them.
fn joined(reasons: &[String], room: usize) -> Option<(String, bool)> {
    let mut reasons = reasons.iter().filter(|reason| !reason.is_empty());
    let mut text = reasons.next()?.clone();
    let mut whole = width(&text) <= room;
    for reason in reasons {
        let longer = format!("{text}; {reason}");
        if width(&longer) > room {
            whole = false;
            break;
        }
        text = longer;
    }
    Some((cell(&text, room), whole))
}
