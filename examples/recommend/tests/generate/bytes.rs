//! The same bytes for the same seed, in files that are whole or absent.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;

use recommend::generate::{Generate, generate};
use sha2::{Digest, Sha256};

use super::{Catalog, FILES, files};

fn sha256(text: &str) -> String {
    let mut hex = String::new();
    for byte in Sha256::digest(text) {
        write!(hex, "{byte:02x}").unwrap();
    }
    hex
}

/// If this fails, every measurement on a generated catalog is on another one than before:
/// change the hashes only with a reason, and say so in the changelog.
#[test]
fn a_seed_gives_the_same_bytes_everywhere() {
    let catalog = Catalog::new(2000, 1000, 7);
    let hashes: Vec<String> = catalog.text.iter().map(|text| sha256(text)).collect();
    assert_eq!(
        hashes,
        [
            "d196c784eb65c825f2a052ee18df1076bc99963d6db3c35c195e8a5eec291a92",
            "4158789d4ad7dda7ed489e8c1bb355e95940f9ad15b026ddb596db1c05100a84",
            "111de5164fc4e9cae4f07f369712a84239c9c8521d508beb0f41ae286724effd"
        ]
    );
}

#[test]
fn another_seed_gives_other_rows() {
    let (one, two) = (Catalog::new(50, 50, 1), Catalog::new(50, 50, 2));
    for (file, name) in FILES.iter().enumerate() {
        assert_ne!(one.text[file], two.text[file], "{name}");
    }
}

#[test]
fn a_larger_catalog_begins_with_the_smaller_one() {
    let (small, large) = (Catalog::new(30, 40, 3), Catalog::new(500, 200, 3));
    for (file, name) in FILES.iter().enumerate() {
        assert!(large.text[file].starts_with(&small.text[file]), "{name}");
    }
}

#[test]
fn what_is_written_is_counted_and_reported() {
    let catalog = Catalog::new(20, 30, 4);
    let counts = [catalog.written.sponsors, catalog.written.events, catalog.written.insights];
    for (file, count) in counts.into_iter().enumerate() {
        assert_eq!(catalog.text[file].lines().count() as u64, count, "{}", FILES[file]);
    }
    assert_eq!((counts[0], counts[1]), (20, 30));

    let folder = tempfile::tempdir().unwrap();
    let mut seen = Vec::new();
    let wanted = Generate { sponsors: 9000, events: 0, seed: 4, out: folder.path().into() };
    generate(&wanted, |written| seen.push(written.rows())).unwrap();
    assert_eq!(seen, [4096, 8192]);
}

#[test]
fn a_failed_run_leaves_no_files() {
    let folder = tempfile::tempdir().unwrap();
    // A folder where the last file should go.
    fs::create_dir(folder.path().join("insights.ndjson")).unwrap();
    let wanted = Generate { sponsors: 5, events: 5, seed: 5, out: folder.path().into() };
    let error = generate(&wanted, |_| ()).unwrap_err().to_string();
    assert!(error.ends_with("insights.ndjson: is a folder, not a file"), "{error}");
    assert_eq!(files(folder.path()), BTreeSet::from(["insights.ndjson".to_owned()]));
}
