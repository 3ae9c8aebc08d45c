//! `recommend generate`.

use super::fixture::Folder;

const FILES: [&str; 6] = [
    "--sponsors",
    "made/sponsors.ndjson",
    "--events",
    "made/events.ndjson",
    "--insights",
    "made/insights.ndjson",
];

#[test]
fn it_writes_files_and_says_so_on_stderr() {
    let folder = Folder::empty();
    let run = folder.run(&["generate", "--sponsors", "3", "--events", "0", "--out", "made"]);
    assert_eq!(run.err, "wrote 3 sponsors, 0 events and 0 insights to made\n");
    assert_eq!(run.done(), "");
    assert_eq!(folder.read("made/sponsors.ndjson").lines().count(), 3);
}

#[test]
fn what_it_writes_can_be_ranked() {
    let folder = Folder::empty();
    folder.run(&["generate", "--sponsors", "300", "--events", "40", "--seed", "7", "--out", "made"]).done();
    let run = folder.run(&[&FILES[..], &["--format", "ndjson", "--top", "3"]].concat());
    assert!(!run.err.contains("rejected") && !run.err.contains("ignored"), "{}", run.err);
    assert_eq!(run.rows().len(), 40 * 3);
}

#[test]
fn a_folder_that_cannot_be_made_is_exit_code_1() {
    let folder = Folder::empty().with("file", "");
    let run = folder.run(&["generate", "--sponsors", "3", "--events", "0", "--out", "file/below"]);
    assert!(run.failed(1).starts_with("error: file/below: "));
}
