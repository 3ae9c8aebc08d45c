//! How far a run is, for people who wait.

use indicatif::{ProgressBar, ProgressStyle};

/// Returns a bar on standard error, which shows nothing if that is no terminal.
pub(super) fn bar(length: u64, unit: &str) -> ProgressBar {
    let bar = ProgressBar::new(length);
    let template = format!("{{bar:30}} {{human_pos}} of {{human_len}} {unit}, {{eta}}");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar
}
