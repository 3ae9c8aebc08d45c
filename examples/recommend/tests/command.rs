//! The command line, run as a process.

use std::process::{Command, Output};

fn recommend(arguments: &[&str]) -> Output {
    let program = env!("CARGO_BIN_EXE_recommend");
    Command::new(program).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

#[test]
fn generate_writes_files_and_says_so_on_stderr() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().to_str().unwrap();
    let run = recommend(&["generate", "--sponsors", "3", "--events", "0", "--out", out]);
    assert_eq!(run.status.code(), Some(0));
    assert_eq!(text(&run.stdout), "");
    let told = format!("wrote 3 sponsors, 0 events and 0 insights to {out}\n");
    assert_eq!(text(&run.stderr), told);
    let rows = std::fs::read_to_string(folder.path().join("sponsors.ndjson")).unwrap();
    assert_eq!(rows.lines().count(), 3);
}

#[test]
fn a_folder_that_cannot_be_made_is_exit_code_1() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let out = file.join("below").to_str().unwrap().to_owned();
    let run = recommend(&["generate", "--sponsors", "3", "--events", "0", "--out", &out]);
    assert_eq!(run.status.code(), Some(1));
    assert_eq!(text(&run.stdout), "");
    assert!(text(&run.stderr).starts_with(&format!("error: {out}: ")), "{}", text(&run.stderr));
}

#[test]
fn wrong_usage_is_exit_code_2() {
    for arguments in [&["generate"][..], &["generate", "--sponsors", "-1"], &["no-such-command"], &[]] {
        let run = recommend(arguments);
        assert_eq!(run.status.code(), Some(2), "{arguments:?}");
        assert_eq!(text(&run.stdout), "", "{arguments:?}");
        assert!(text(&run.stderr).contains("Usage:"), "{arguments:?}");
    }
}

#[test]
fn help_is_a_result() {
    let run = recommend(&["generate", "--help"]);
    assert_eq!(run.status.code(), Some(0));
    assert!(text(&run.stdout).contains("--seed <S>"));
    assert_eq!(text(&run.stderr), "");
}
