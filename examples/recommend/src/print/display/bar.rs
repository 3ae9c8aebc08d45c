//! A score as a bar.

/// Columns of a full bar.
pub(crate) const WIDTH: usize = 10;

/// The blocks of one to seven eighths.
const PARTS: [char; 7] = ['▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// Returns the score as a bar of [`WIDTH`] columns, to the nearest eighth of one.
pub(crate) fn bar(score: f64) -> String {
    let all = WIDTH * 8;
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        clippy::cast_precision_loss,
        reason = "the cast takes what is below 0, above the end or not a number to an end"
    )]
    let eighths = ((score * all as f64).round() as usize).min(all);
    let mut bar = "█".repeat(eighths / 8);
    let part = (eighths % 8).checked_sub(1);
    bar.extend(part.map(|part| PARTS[part]));
    let drawn = eighths.div_ceil(8);
    bar + &" ".repeat(WIDTH - drawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::print::display::text::width;

    #[test]
    fn length_follows_the_score() {
        for (score, drawn) in [
            (0.0, ""),
            (0.0125, "▏"),
            (0.1, "█"),
            (0.6469, "██████▌"),
            (0.9999, "██████████"),
            (1.0, "██████████"),
            (7.0, "██████████"),
            (f64::INFINITY, "██████████"),
            (-1.0, ""),
            (f64::NAN, ""),
        ] {
            assert_eq!(bar(score).trim_end(), drawn, "{score}");
            assert_eq!(width(&bar(score)), WIDTH, "{score}");
        }
    }

    #[test]
    fn every_eighth_is_another_bar() {
        let bars: std::collections::BTreeSet<String> =
            (0..=80).map(|eighth| bar(f64::from(eighth) / 80.0)).collect();
        assert_eq!(bars.len(), 81);
    }
}
