//! The generated catalog: the same bytes everywhere, valid, and skewed as real ones are.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use recommend::generate::{Generate, Written, generate};
use serde_json::Value;

mod bytes;
#[path = "../common/row.rs"]
mod row;
mod rows;
mod skew;

const FILES: [&str; 3] = ["sponsors.ndjson", "events.ndjson", "insights.ndjson"];

struct Catalog {
    written: Written,
    text: [String; 3],
}

impl Catalog {
    fn new(sponsors: u64, events: u64, seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let wanted = Generate { sponsors, events, seed, out: folder.path().join("made").join("for us") };
        let written = generate(&wanted, |_| ()).unwrap();
        assert_eq!(files(&wanted.out), BTreeSet::from(FILES.map(str::to_owned)));
        let text = FILES.map(|file| fs::read_to_string(wanted.out.join(file)).unwrap());
        Self { written, text }
    }

    fn rows(&self, file: usize) -> Vec<Value> {
        let rows = self.text[file].lines().map(serde_json::from_str);
        rows.map(Result::unwrap).collect()
    }
}

fn files(folder: &Path) -> BTreeSet<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.map(|name| name.into_string().unwrap()).collect()
}
