//! `recommend generate`.

use super::progress;
use crate::generate::{Generate, generate};
use crate::print::display::counted;
use crate::read::failure::Failure;

pub(super) fn run(wanted: &Generate) -> Result<(), Failure> {
    let bar = progress::bar(wanted.sponsors.saturating_add(wanted.events), "rows");
    let written = generate(wanted, |written| bar.set_position(written.sponsors + written.events));
    bar.finish_and_clear();
    let written = written?;
    eprintln!(
        "wrote {}, {} and {} insights to {}",
        counted(written.sponsors, "sponsor", "sponsors"),
        counted(written.events, "event", "events"),
        written.insights,
        wanted.out.display()
    );
    Ok(())
}
