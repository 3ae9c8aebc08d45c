//! Text for a terminal: how wide it is, what may reach it, and in which colours.

pub(crate) mod bar;
pub(crate) mod page;
mod terminal;
pub(crate) mod text;

use sponsorfit::Moment;

pub use terminal::Terminal;

/// Returns a share as whole percent, but 100% only for what is whole and 0% for nothing.
pub(crate) fn percent(share: f64) -> String {
    let rounded = (share * 100.0).round();
    let shown = if share > 0.0 && share < 1.0 { rounded.clamp(1.0, 99.0) } else { rounded };
    format!("{shown:.0}%")
}

/// Returns a number with its thousands apart.
pub(crate) fn grouped(number: u64) -> String {
    indicatif::HumanCount(number).to_string()
}

/// Returns a number and what it counts, in the singular for one.
pub(crate) fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{} {}", grouped(number), if number == 1 { one } else { many })
}

/// Returns the time from one day on until another, in words.
pub(crate) fn period(from: Moment, until: Option<Moment>) -> String {
    match until {
        Some(until) => format!("from {from} until {until}"),
        None => format!("from {from} on"),
    }
}
