//! `stats` knows nothing of sponsors and events: of the score's crate it uses the error alone.

use std::fs;
use std::path::Path;

/// Collects what the files of a folder name of this crate and of the score's, outside of comments.
fn names(folder: &Path, found: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            names(&entry, found);
            continue;
        }
        let text = fs::read_to_string(&entry).expect("a text");
        let code: String = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"))
            .flat_map(|line| [line.trim(), " "])
            .collect();
        for start in ["sponsorfit::", "crate::"] {
            for (at, _) in code.match_indices(start) {
                let rest = &code[at..];
                let end = if rest[start.len()..].starts_with('{') {
                    rest.find('}')
                } else {
                    rest.find([';', '(', '<', ' '])
                };
                found.push(format!("{}: {}", entry.display(), &rest[..end.unwrap_or(rest.len())]));
            }
        }
    }
}

#[test]
fn of_the_domain_only_the_error_is_known() {
    let mut found = Vec::new();
    names(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/stats"), &mut found);
    assert!(found.len() > 20, "only {} names were read", found.len());
    let allowed =
        ["sponsorfit::Error", "sponsorfit::ErrorKind", "sponsorfit::{Error, ErrorKind", "crate::stats::"];
    found.retain(|name| !allowed.iter().any(|allowed| name.contains(&format!(": {allowed}"))));
    assert_eq!(found, Vec::<String>::new());
}
