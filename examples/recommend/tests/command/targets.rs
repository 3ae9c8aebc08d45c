//! Where results go: whole or not at all.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use super::fixture::{FILES, Folder};

#[test]
fn a_file_gets_what_standard_output_would() {
    let folder = Folder::new().with("out", "of another run");
    for format in ["table", "ndjson", "json"] {
        let expected = folder.rank(&["--format", format]).done();
        assert_eq!(folder.rank(&["--format", format, "--out", "out"]).done(), "");
        assert_eq!(folder.read("out"), expected);
        assert_eq!(folder.rank(&["--format", format, "--out", "-"]).done(), expected);
    }
    assert_eq!(folder.names(), ["e.ndjson", "i.ndjson", "out", "s.ndjson"]);
}

#[test]
fn results_can_replace_what_they_were_made_from() {
    let folder = Folder::new();
    let expected = folder.rank(&["--format", "ndjson"]).done();
    folder.rank(&["--format", "ndjson", "--out", "s.ndjson"]).done();
    assert_eq!(folder.read("s.ndjson"), expected);
}

#[test]
fn places_that_cannot_be_written_are_exit_code_1() {
    let folder = Folder::new().with("rules.json", "{}");
    for option in ["--out", "--rejects", "--near-misses"] {
        let run = folder.rank(&["--rules", "rules.json", option, "no/such/folder"]);
        assert_eq!(run.failed(1), "error: no/such/folder: no such folder\n");
    }
}

#[test]
fn targets_must_not_be_mixed_up() {
    let folder = Folder::new().with("rules.json", "{}");
    for (arguments, refusal) in [
        (&["--rejects", "-"][..], "standard output is for results only: name a file"),
        (&["--near-misses", "-"], "standard output is for results only: name a file"),
        (&["--out", "x", "--rejects", "x"], "x cannot be two files at once"),
        (&["--near-misses", "x", "--rejects", "x"], "x cannot be two files at once"),
        (&["--out", "x", "--rejects", "x", "--near-misses", "y"], "x cannot be two files at once"),
    ] {
        let run = folder.rank(&[&["--rules", "rules.json"], arguments].concat());
        assert_eq!(run.failed(2), format!("error: {refusal}\n"));
    }
    assert_eq!(folder.names(), ["e.ndjson", "i.ndjson", "rules.json", "s.ndjson"]);
}

#[test]
fn a_reader_that_leaves_early_is_no_error() {
    let folder = Folder::empty();
    let mut command = folder.command(&["--top", "40", "--format", "ndjson", "--explain"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::with_capacity(64, child.stdout.take().unwrap()).read_line(&mut line).unwrap();
    assert!(line.starts_with(r#"{"event_id":"#));
    let run = child.wait_with_output().unwrap();
    assert_eq!((run.status.code(), String::from_utf8(run.stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn side_files_are_whole_even_if_the_reader_leaves() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../data/rules.json");
    let folder = Folder::empty();
    let arguments = ["--rules", data, "--near-misses", "n.ndjson", "--explain", "--format", "ndjson"];
    folder.run(&arguments).done();
    let whole = folder.read("n.ndjson");
    std::fs::remove_file(folder.path("n.ndjson")).unwrap();
    let mut command = folder.command(&arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(folder.read("n.ndjson"), whole);
}

#[test]
fn nothing_but_results_reaches_standard_output() {
    let run = Folder::new().run(&[&FILES[..], &["--format", "ndjson"]].concat());
    assert!(run.out.lines().all(|line| line.starts_with("{\"event_id\":")), "{}", run.out);
    assert!(!run.err.contains('\u{1b}'), "{}", run.err);
}
