//! The table as it is printed, and what no input can make it do.

use recommend::print::table::{Ranking, Row};

mod laws;
mod looks;

fn row(rank: usize, name: &str, score: f64) -> Row {
    Row {
        rank,
        name: name.to_owned(),
        score,
        decimal: format!("{score:.4}"),
        lower: (score - 0.05).max(0.0),
        upper: (score + 0.05).min(1.0),
        coverage: 0.9,
        reasons_for: Vec::new(),
        reasons_against: Vec::new(),
    }
}

fn texts(reasons: &[&str]) -> Vec<String> {
    reasons.iter().map(|&reason| reason.to_owned()).collect()
}

fn ranking(anchor: &str, rows: Vec<Row>) -> Ranking {
    Ranking {
        anchor: anchor.to_owned(),
        note: "Austin, US · 2027-03-12".to_owned(),
        column: "sponsor".to_owned(),
        full: false,
        rows,
    }
}
