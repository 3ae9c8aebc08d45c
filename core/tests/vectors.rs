//! The conformance cases in `core/vectors`: held fixed here, replayed by every other language.
//!
//! A case is a line whose `name`, `why`, `operation` and input a person wrote. The rest of the line
//! is what the core says, and this test says it again: one changed bit is a failure. To add a case,
//! append a line with its input and run `UPDATE_VECTORS=1 cargo test -p sponsorfit --test vectors`;
//! what it writes is to be read before it is committed.

mod oracle;
mod support;

#[path = "vectors/agree.rs"]
mod agree;
#[path = "vectors/answer.rs"]
mod answer;
#[path = "vectors/bits.rs"]
mod bits;
#[path = "vectors/case.rs"]
mod case;
#[path = "vectors/reach.rs"]
mod reach;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use case::Case;

/// The files with their cases, in the order of their names.
fn files() -> Vec<(PathBuf, Vec<Case>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("vectors");
    let entries = std::fs::read_dir(&folder).unwrap_or_else(|error| panic!("{error}: {}", folder.display()));
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "ndjson"));
    paths.sort();
    let cases = |path: &PathBuf| {
        let text = std::fs::read_to_string(path).expect("a file of cases");
        text.lines().map(|line| Case::parse(line, path)).collect()
    };
    paths.into_iter().map(|path| (path.clone(), cases(&path))).collect()
}

#[test]
fn every_case_answers_as_it_is_written() {
    let update = std::env::var_os("UPDATE_VECTORS").is_some_and(|asked| asked == "1");
    let mut wrong = Vec::new();
    for (path, cases) in files() {
        let mut lines = String::new();
        for case in cases {
            let answered = answer::answered(&case);
            // All that disagree are told at once, and nothing is written of them.
            if std::panic::catch_unwind(|| agree::assert_agrees(&answered)).is_err() {
                wrong.push(format!("{}: {}: see above", path.display(), case.name));
                continue;
            }
            let line = answered.line();
            if !update && line != case.line() {
                wrong.push(format!(
                    "{}: {}\n  now: {line}\n  was: {}",
                    path.display(),
                    case.name,
                    case.line()
                ));
            }
            lines.push_str(&line);
            lines.push('\n');
        }
        if update && wrong.is_empty() {
            std::fs::write(&path, lines).expect("a file of cases is written");
        }
    }
    assert!(wrong.is_empty(), "{} cases answer otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn cases_have_names_of_their_own_and_a_reason() {
    let mut names = BTreeSet::new();
    for (path, cases) in files() {
        for Case { name, why, .. } in cases {
            assert!(!name.is_empty() && !why.is_empty(), "{}: `{name}`", path.display());
            assert!(names.insert(name.clone()), "{}: `{name}` is there twice", path.display());
        }
    }
}
