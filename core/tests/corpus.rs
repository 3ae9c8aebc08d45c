//! Replays what fuzzing found worth keeping, so that no finding comes back.

#[path = "checks/catalog.rs"]
mod catalog;
#[path = "checks/config.rs"]
mod config;
#[path = "checks/rows.rs"]
mod rows;
#[path = "checks/wire.rs"]
mod wire;

use std::fs;
use std::path::Path;

type Check = fn(&[u8]);

const TARGETS: [(&str, Check); 4] =
    [("catalog", catalog::check), ("config", config::check), ("rows", rows::check), ("wire", wire::check)];

#[test]
fn every_corpus_file_passes_its_check() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus");
    for target in fs::read_dir(&corpus).unwrap() {
        let target = target.unwrap();
        let name = target.file_name().into_string().unwrap();
        let check = TARGETS.iter().find(|(target, _)| *target == name).expect("a check for each folder").1;
        let mut files = 0;
        for file in fs::read_dir(target.path()).unwrap() {
            let file = file.unwrap().path();
            println!("{}", file.display());
            check(&fs::read(&file).unwrap());
            files += 1;
        }
        assert!(files > 0, "the corpus of {name} is empty");
    }
}
