//! Every way in: standard input, gzip, arrays, CSV, names, no file at all.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use serde_json::Value;

use super::fixture::{AVO, BREW, EVENTS, FAIR, FILES, Folder, SPONSORS};

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

fn array(ndjson: &str) -> String {
    format!("[\n{}\n]\n", ndjson.trim().replace('\n', ",\n"))
}

#[test]
fn every_form_of_the_same_rows_gives_the_same_results() {
    let csv = format!(
        "sponsor_id,name,annual_budget_cents,preferred_categories,regions\n\
         {AVO},Avo,300000,\"[\"\"music\"\",\"\"food\"\"]\",{{US}}\n{BREW},,,{{art}},\"{{CA,MX}}\"\n"
    );
    let folder = Folder::new()
        .with("s.json", array(SPONSORS))
        .with("s.csv", csv)
        .with("s.ndjson.gz", gzip(SPONSORS))
        .with("unnamed", gzip(SPONSORS));
    let expected = folder.rank(&["--format", "ndjson", "--explain"]).done();
    for sponsors in ["s.json", "s.csv", "s.ndjson.gz", "unnamed"] {
        let files = [&["--sponsors", sponsors], &FILES[2..]].concat();
        let run = folder.run(&[&files[..], &["--format", "ndjson", "--explain"]].concat());
        assert_eq!(run.done(), expected, "{sponsors}");
    }
}

#[test]
fn a_dash_is_standard_input() {
    let folder = Folder::new();
    let expected = folder.rank(&["--format", "ndjson"]).done();
    let arguments =
        [&["--sponsors", "s.ndjson", "--events", "-"], &FILES[4..], &["--format", "ndjson"]].concat();
    for bytes in [EVENTS.as_bytes().to_vec(), gzip(EVENTS), array(EVENTS).into_bytes()] {
        assert_eq!(folder.run_with(&arguments, &bytes).done(), expected);
    }
    let bad = folder.run_with(&arguments, b"{\"event_id\": 7}\n").failed(2);
    assert!(bad.starts_with("stdin:1: event_id: "), "{bad}");
    let config = [&FILES[..], &["--format", "ndjson", "--config", "-"]].concat();
    assert_eq!(folder.run_with(&config, b"\xef\xbb\xbf{}").done(), expected);
}

#[test]
fn standard_input_is_read_once() {
    let folder = Folder::new();
    let arguments = ["--sponsors", "-", "--events", "-"];
    assert_eq!(folder.run(&arguments).failed(2), "error: only one file can be standard input\n");
    let arguments = [&FILES[..], &["--names", "-", "--rules", "-"]].concat();
    assert_eq!(folder.run(&arguments).failed(2), "error: only one file can be standard input\n");
}

#[test]
fn names_come_from_their_file_then_from_the_profile() {
    let names = format!(
        "sponsor_id,name,website\n{AVO},Avocado Ltd,avo.example\n77777777-7777-4777-8777-777777777777,Nobody,\n"
    );
    let blank =
        format!(r#"[{{"sponsor_id": "{AVO}", "name": " "}}, {{"sponsor_id": "{BREW}", "name": null}}]"#);
    let folder = Folder::new().with("n.csv", names).with("blank.json", blank);
    let shown = |file: &str| -> Vec<Option<String>> {
        let rows = folder.rank(&["--id", FAIR, "--names", file, "--format", "ndjson"]).rows();
        rows.iter().map(|row| row.get("sponsor_name").map(|name| name.as_str().unwrap().to_owned())).collect()
    };
    assert_eq!(shown("n.csv"), [Some("Avocado Ltd".to_owned()), None]);
    assert_eq!(shown("blank.json"), [Some("Avo".to_owned()), None]);
    // In the table a sponsor without a name goes by the beginning of its id.
    let table = folder.rank(&["--id", FAIR, "--names", "n.csv"]).done();
    assert!(table.contains("\n 1  Avocado Ltd   ") && table.contains("\n 2  22222222   "), "{table}");
}

#[test]
fn what_a_file_of_names_holds_besides_is_no_news() {
    let names = format!("sponsor_id,name,website\n{AVO},Avocado Ltd,avo.example\n");
    let misspelt = format!("sponsor_id,naem\n{AVO},Avocado Ltd\n");
    let folder = Folder::new().with("n.csv", names).with("m.csv", misspelt);
    assert!(!folder.rank(&["--names", "n.csv"]).err.contains("website"));
    let told = folder.rank(&["--names", "m.csv"]).err;
    assert!(told.contains("ignored  m.csv: `naem` in 1 row, did you mean `name`\n"), "{told}");
}

#[test]
fn the_bundled_catalog_reads_without_a_reject_from_any_folder() {
    let run = Folder::empty().run(&["--format", "ndjson", "--top", "1000"]);
    let read = "read     40 sponsors, 24 events, 22 insights (the bundled catalog)\n";
    assert!(run.err.starts_with(read), "{}", run.err);
    assert!(!run.err.contains("rejected") && !run.err.contains("ignored"), "{}", run.err);
    let rows = run.rows();
    assert_eq!(rows.len(), 40 * 24);
    let unnamed: Vec<&Value> = rows.iter().filter(|row| row.get("sponsor_name").is_none()).collect();
    assert_eq!(unnamed.len(), 24, "one sponsor is known by its id only");
}

#[test]
fn the_bundled_rules_and_configuration_can_be_used() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/");
    let rules = format!("{data}rules.json");
    let config = format!("{data}config-reachable-audience-share.json");
    let rows = Folder::empty().run(&["--rules", &rules, "--config", &config, "--format", "ndjson"]).rows();
    assert!(!rows.is_empty());
    assert!(rows.iter().all(|row| row["config_fingerprint"] != rows[0]["event_id"]));
}

#[test]
fn files_that_cannot_be_read_are_exit_code_1() {
    let folder = Folder::new().with("cut.gz", &gzip(SPONSORS)[..40]);
    std::fs::create_dir(folder.path("folder")).unwrap();
    for (file, message) in [
        ("missing.ndjson", "missing.ndjson: no such file"),
        ("folder", "folder: is a folder, not a file"),
        ("cut.gz", "cut.gz: the gzip data end too early"),
        ("s.ndjson/below", "s.ndjson/below: a part of the path is not a folder"),
    ] {
        let run = folder.run(&["--sponsors", file, "--events", "e.ndjson"]);
        assert_eq!(run.failed(1), format!("error: {message}\n"));
    }
}
