//! How far a run is, for people who wait.

use std::fmt::Write;
use std::time::Duration;

use indicatif::{HumanCount, ProgressBar, ProgressState, ProgressStyle};

/// Returns a bar on standard error, which shows nothing if that is no terminal.
pub(super) fn bar(length: u64, unit: &str) -> ProgressBar {
    styled(ProgressBar::new(length), &format!("{BAR} {unit}, {{eta}}"), 1)
}

/// Returns a bar of anchors, each of which is ranked against so many rows.
pub(super) fn ranking(anchors: u64, unit: &str, rows: u64) -> ProgressBar {
    styled(ProgressBar::new(anchors), &format!("{BAR} {unit}, {{rows_per_sec}} rows/s, {{eta}}"), rows)
}

/// Returns a sign of life for the reading of files, unless they are read in a moment.
pub(super) fn spinner(message: &'static str, bytes: u64) -> ProgressBar {
    if bytes < LONG_READ {
        return ProgressBar::hidden();
    }
    let spinner = styled(ProgressBar::new_spinner(), "{spinner} {msg}, {elapsed}", 1);
    spinner.set_message(message);
    spinner.enable_steady_tick(Duration::from_millis(100));
    spinner
}

/// Files of so many bytes take longer than people care to wait without a sign.
const LONG_READ: u64 = 1 << 24;

const BAR: &str = "{bar:30} {human_pos} of {human_len}";

fn styled(bar: ProgressBar, template: &str, rows: u64) -> ProgressBar {
    let rows_per_sec = move |state: &ProgressState, text: &mut dyn Write| {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a speed to look at"
        )]
        let speed = (state.per_sec() * rows as f64) as u64;
        // A text takes whatever is written.
        let _ = write!(text, "{}", HumanCount(speed));
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style.with_key("rows_per_sec", rows_per_sec));
    }
    bar
}
