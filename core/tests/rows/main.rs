//! Rows from bytes, as a face of the project sees them.

#[path = "../checks/rows.rs"]
mod checks;
mod files;
mod formats;
mod laws;
mod rejects;
mod sponsorships;
mod strategies;

use sponsorfit::rows::{self, Reject, Row, Rows};

const A: &str = "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b00a";
const B: &str = "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b00b";

fn lines<T>(read: &Rows<T>) -> Vec<u64> {
    read.rows.iter().map(|row| row.line).collect()
}

fn plain<T: Row>(read: Rows<T>) -> Vec<T> {
    assert_eq!(read.rejects, []);
    read.into_rows().collect()
}

/// The problems of each reject with its line, as a command line prints them.
fn problems(rejects: &[Reject]) -> Vec<String> {
    let of = |reject: &Reject| {
        let line = reject.line;
        reject.problems.iter().map(|problem| format!("{line}: {problem}")).collect::<Vec<_>>()
    };
    rejects.iter().flat_map(of).collect()
}

fn sponsor_problems(text: impl AsRef<[u8]>) -> Vec<String> {
    problems(&rows::read_sponsors(text.as_ref()).rejects)
}
