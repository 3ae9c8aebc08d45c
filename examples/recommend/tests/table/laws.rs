//! What holds for every input.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use recommend::print::table::{Ranking, Row, Terminal, render};
use unicode_width::UnicodeWidthStr;

/// What terminals, widths and directions have been fooled by.
const HOSTILE: &[&str] = &[
    "\u{1b}[31m",
    "\u{1b}]0;x\u{7}",
    "\u{9b}2J",
    "\r",
    "\n",
    "\t",
    "\0",
    "\u{202e}",
    "\u{2067}",
    "\u{200f}",
    "\u{301}",
    "\u{301}\u{302}\u{303}\u{304}",
    "\u{200d}",
    "\u{200b}",
    "\u{feff}",
    "\u{fe0f}",
    "\u{fe0e}",
    "\u{ad}",
    "東京",
    "서울",
    "ｗｉｄｅ",
    "ل",
    "ا",
    "لا",
    "שלום",
    "नमस्ते",
    "ក្ក",
    "👩🏽‍👩🏻‍👧🏿‍👦🏾",
    "👩",
    "🏽",
    "🇯🇵",
    "🇯",
    "1️⃣",
    "❤️",
    "☠",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿",
    "\u{1160}",
    "\u{1100}",
    "\u{115f}",
    "\u{a4fc}",
    "\u{a4fd}",
    "\u{2d4f}\u{2d7f}",
    "\u{16d63}\u{16d67}",
    "\u{338}",
    "<\u{338}",
    "\u{2028}",
    "\u{3000}",
    "a",
    " ",
    "﷽",
    "\u{fdfd}",
    "\u{600}",
    "\u{110bd}",
    "\u{e0041}",
    "\u{10ffff}",
    "\u{fffe}",
];

const TURNS: [char; 8] =
    ['\u{200f}', '\u{202a}', '\u{202b}', '\u{202d}', '\u{202e}', '\u{2066}', '\u{2067}', '\u{2068}'];

fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => select(HOSTILE).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
        1 => "[a-z]{1,9} ",
    ];
    vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

fn number() -> impl Strategy<Value = f64> {
    prop_oneof![4 => 0.0..=1.0, 1 => any::<f64>()]
}

prop_compose! {
    fn row()(
        rank in prop_oneof![3 => 1_usize..200, 1 => any::<usize>()],
        name in text(),
        score in number(),
        decimal in prop_oneof![3 => Just("0.5000".to_owned()), 1 => text()],
        lower in number(),
        upper in number(),
        coverage in number(),
        reasons_for in vec(text(), 0..4),
        reasons_against in vec(text(), 0..4),
    ) -> Row {
        Row { rank, name, score, decimal, lower, upper, coverage, reasons_for, reasons_against }
    }
}

prop_compose! {
    fn ranking()(
        anchor in text(),
        note in text(),
        column in text(),
        full: bool,
        rows in vec(row(), 0..5),
    ) -> Ranking {
        Ranking { anchor, note, column, full, rows }
    }
}

/// Takes away the colours this crate itself writes: `ESC [ digits m`.
fn without_colors(line: &str) -> String {
    let mut parts = line.split('\u{1b}');
    let mut plain = parts.next().unwrap().to_owned();
    for part in parts {
        let (code, rest) = part.strip_prefix('[').unwrap().split_once('m').unwrap();
        assert!(code.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'), "{part:?}");
        plain += rest;
    }
    plain
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_line_is_wider_than_the_terminal(ranking in ranking(), width in 1_usize..=140, color: bool) {
        for line in render(&ranking, Terminal { width, color }).lines() {
            let plain = without_colors(line);
            prop_assert!(plain.width() <= width, "{} columns in {width}: {plain:?}", plain.width());
        }
    }

    #[test]
    fn nothing_but_text_reaches_the_terminal(ranking in ranking()) {
        let text = render(&ranking, Terminal::PLAIN);
        for line in text.lines() {
            prop_assert!(!line.chars().any(char::is_control), "{line:?}");
            prop_assert!(!line.contains(TURNS), "{line:?}");
            prop_assert!(!line.ends_with(' '), "{line:?}");
        }
        prop_assert!(text.ends_with('\n'));
        let rows = ranking.rows.len();
        let least = 2 + rows;
        let most = if ranking.full { usize::MAX } else { 2 + 3 * rows.max(1) };
        prop_assert!((least..=most).contains(&text.lines().count()), "{text}");
    }

    #[test]
    fn colors_change_nothing_else(ranking in ranking(), width in 1_usize..=140) {
        let plain = render(&ranking, Terminal { width, color: false });
        let colored = render(&ranking, Terminal { width, color: true });
        let stripped: Vec<String> = colored.lines().map(|line| without_colors(line).trim_end_matches(' ').to_owned()).collect();
        prop_assert_eq!(stripped, plain.lines().collect::<Vec<_>>());
    }

    #[test]
    fn a_line_does_not_depend_on_the_rows_around_it(rows in vec(row(), 1..5), full: bool) {
        let lines = |rows: Vec<Row>| {
            let text = |text: &str| text.to_owned();
            let ranking = Ranking { anchor: text("a"), note: text(""), column: text("b"), full, rows };
            render(&ranking, Terminal::PLAIN).lines().skip(2).map(str::to_owned).collect::<Vec<_>>()
        };
        let rows: Vec<Row> = rows.into_iter().map(|row| Row { rank: 1, ..row }).collect();
        let expected: Vec<String> = rows.iter().flat_map(|row| lines(vec![row.clone()])).collect();
        prop_assert_eq!(lines(rows), expected);
    }

    #[test]
    fn every_reason_in_full_is_whole(reasons in vec("[a-z]{1,12}( [a-z]{1,12}){0,30}", 1..4), width in 30_usize..=120) {
        let row = Row {
            rank: 1,
            name: String::new(),
            score: 0.5,
            decimal: String::new(),
            lower: 0.0,
            upper: 1.0,
            coverage: 1.0,
            reasons_for: reasons.clone(),
            reasons_against: reasons.clone(),
        };
        let ranking = Ranking {
            anchor: String::new(),
            note: String::new(),
            column: String::new(),
            full: true,
            rows: vec![row],
        };
        let text = render(&ranking, Terminal { width, color: false });
        let said: Vec<&str> = text.lines().skip(3).flat_map(str::split_whitespace).collect();
        let marked = |mark: &str| reasons.iter().map(|reason| format!("{mark} {reason}")).collect::<Vec<_>>();
        let expected = [marked("+"), marked("-")].concat().join(" ");
        prop_assert_eq!(said.join(" "), expected);
    }
}
