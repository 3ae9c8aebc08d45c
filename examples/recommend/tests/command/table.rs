//! The table of the bundled catalog.

use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use super::fixture::Folder;

fn table(arguments: &[&str]) -> String {
    let text = Folder::empty().run(arguments).done();
    for line in text.lines() {
        assert!(line.width() <= 80, "{} columns: {line}", line.width());
    }
    // Marks that cannot be seen are written out.
    text.replace('\u{200e}', "‹lrm›")
}

#[test]
fn sponsors_for_every_event() {
    assert_snapshot!(table(&["--top", "3"]));
}

#[test]
fn events_for_every_sponsor() {
    assert_snapshot!(table(&["--for-each", "sponsor", "--top", "1"]));
}

#[test]
fn every_reason_in_full() {
    assert_snapshot!(table(&["--id", "Rooftop Sine Waves", "--top", "2", "--explain"]));
}

#[test]
fn nothing_to_rank() {
    let folder = Folder::new().with("s.ndjson", "");
    assert_eq!(folder.rank(&["--id", "Fair"]).done(), "Fair  music\n    (none)\n");
    assert_eq!(folder.with("e.ndjson", "").rank(&[]).done(), "");
}

#[test]
fn scores_are_rounded_as_they_are_stored() {
    let rows = Folder::empty().run(&["--top", "40", "--format", "ndjson"]).rows();
    let shown = table(&["--top", "40"]);
    let mut shown = shown.lines().filter(|line| line.ends_with('%')).map(|line| {
        let (_, score) = line.split_once("  0.").unwrap();
        format!("0.{}", &score[..4])
    });
    let mut differently = 0;
    for row in rows {
        let text = row["score"].to_string();
        let digits: Vec<u32> =
            text[2..].chars().chain("00000".chars()).map(|c| c.to_digit(10).unwrap()).collect();
        let kept = digits[..4].iter().fold(0, |number, digit| number * 10 + digit);
        let rounded = format!("0.{:04}", kept + u32::from(digits[4] >= 5));
        differently += u32::from(format!("{:.4}", row["score"].as_f64().unwrap()) != rounded);
        assert_eq!(shown.next().unwrap(), rounded, "{text}");
    }
    assert!(differently > 0, "every score is rounded the same in binary");
}
