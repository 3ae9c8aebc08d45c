//! Answers about one pair, for people.

mod evaluation;
mod explanation;
mod what_if;

pub(crate) use evaluation::evaluation;
pub(crate) use explanation::explanation;
pub(crate) use what_if::what_if;

use serde::Serialize;
use sponsorfit::Improvement;

use crate::print::display::bar::bar;
use crate::print::display::page::{BAR, PLAIN, Span};
use crate::print::display::text::width;

/// What each side could change.
#[derive(Debug, Serialize)]
pub(crate) struct Improvements {
    pub(crate) sponsor: Vec<Improvement>,
    pub(crate) event: Vec<Improvement>,
}

/// Wide enough for the longest factor or part.
const NAME: usize = 24;

/// A number of four digits and its bar.
fn value(value: f64) -> [Span; 2] {
    [(PLAIN, format!("{value:.4} ")), (BAR, bar(value))]
}

/// The name of a factor or a part, as people write it.
fn named(path: &str, indent: usize) -> String {
    let name = path.rsplit('.').next().unwrap_or(path).replace('_', " ");
    let name = format!("{}{name}", " ".repeat(indent));
    let missing = NAME.saturating_sub(width(&name));
    name + &" ".repeat(missing)
}
