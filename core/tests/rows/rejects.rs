//! Bad rows: what is told of each, and that the others are kept.

use serde_json::{Value, json};
use sponsorfit::rows::{self, Reader};
use sponsorfit::{ErrorKind, Event, ScoringConfig, SponsorProfile};

use crate::{A, B, problems, sponsor_problems};

#[test]
fn a_repeated_identifier_names_the_line_of_the_first() {
    let repeated = format!("6: sponsor_id: {A} is already on line 4");
    let ndjson = format!(
        "{{\"sponsor_id\": \"{A}\", \"regions\": 7}}\n\n\n{{\"sponsor_id\": \"{A}\"}}\n\n{{\"sponsor_id\": \"{A}\"}}"
    );
    assert_eq!(sponsor_problems(&ndjson), ["1: regions: 7 is not a list of texts", &repeated]);
    let array = format!(
        "[\n\n\n{{\"sponsor_id\": \"{A}\"}},\n\n{{\"sponsor_id\": \"{A}\"}}, {{\"sponsor_id\": \"{A}\"}}]"
    );
    assert_eq!(sponsor_problems(&array), [repeated.as_str(), repeated.as_str()]);
    let csv = format!("sponsor_id\n\n\n{A}\n\n{}\n", A.to_uppercase());
    assert_eq!(sponsor_problems(&csv), [repeated]);

    let events = rows::read_events(format!("id\n{A}\n{A}\n").as_bytes());
    assert_eq!(problems(&events.rejects), [format!("3: event_id: {A} is already on line 2")]);
    assert_eq!(events.rejects[0].problems[0].kind(), ErrorKind::DuplicateId);
    assert_eq!(events.rejects[0].row, json!({"id": A}));
}

#[test]
fn a_wrong_value_is_the_same_error_in_every_format() {
    for (field, value, expected) in [
        ("annual_budget_cents", json!(-5), "-5 is not in 0..=9007199254740991"),
        ("annual_budget_cents", json!(5.5), "5.5 is not a whole number in 0..=9007199254740991"),
        ("annual_budget_cents", json!("lots"), "`lots` is not a whole number in 0..=9007199254740991"),
        (
            "annual_budget_cents",
            json!(9_007_199_254_740_992_u64),
            "9007199254740992 is not in 0..=9007199254740991",
        ),
        ("annual_budget_cents", json!([5]), "a list is not a whole number in 0..=9007199254740991"),
        ("reputation_score", json!(1.5), "1.5 is not in 0..=1"),
        ("reputation_score", json!("high"), "text `high` is not a number in 0..=1"),
        ("regions", json!("US"), "text `US` is not a list of texts"),
        ("regions[1]", json!(["US", 7]), "7 is not text"),
        ("regions[1]", json!(["US", null]), "null is not text"),
        ("brand_objectives.goals[0]", json!({"goals": [{}]}), "an object is not text"),
        ("brand_objectives", json!(["vinyl"]), "a list is not an object"),
        ("brand_objectives", json!("vinyl"), "text `vinyl` is not an object"),
        ("objectives_embedding[1]", json!([0, 1e300]), "1e300 is not in -3.4028235e38..=3.4028235e38"),
        ("objectives_embedding", json!("wide"), "`wide` is not a list of numbers such as [0.1,0.2]"),
    ] {
        let column = field.split(['.', '[']).next().unwrap();
        let row = json!({"sponsor_id": A, column: value});
        let cell = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let csv = format!("sponsor_id,{column}\n{A},\"{}\"\n", cell.replace('"', "\"\""));
        for (text, line) in [(row.to_string(), 1), (format!("[\n{row}]"), 2), (csv, 2)] {
            assert_eq!(sponsor_problems(&text), [format!("{line}: {field}: {expected}")], "{text}");
        }
    }
}

#[test]
fn every_problem_of_a_row_is_told() {
    let expected = [
        "2: sponsor_id: `7` is not a UUID",
        "2: annual_budget_cents: `x` is not a whole number in 0..=9007199254740991",
        "2: regions[0]: null is not text",
        "2: objectives_embedding: `{x}` is not a list of numbers such as [0.1,0.2]",
    ];
    let csv = "sponsor_id,annual_budget_cents,regions,slug,objectives_embedding\n7,x,{NULL},s,{x}\n";
    let read = rows::read_sponsors(csv.as_bytes());
    assert_eq!(problems(&read.rejects), expected);
    assert_eq!(
        read.rejects[0].row,
        json!({"sponsor_id": "7", "annual_budget_cents": "x", "regions": "{NULL}", "slug": "s", "objectives_embedding": "{x}"})
    );
    let mut json: Vec<String> = sponsor_problems(
        "\n{\"sponsor_id\": \"7\", \"annual_budget_cents\": \"x\", \"regions\": [null], \"objectives_embedding\": \"{x}\"}",
    );
    json.sort_by_key(|problem| expected.iter().position(|expected| expected == problem));
    assert_eq!(json, expected);
}

/// A file with one bad row: its text, and what is told of that row.
type Case = (String, u64, ErrorKind, &'static str, Value);

fn assert_rejects<const N: usize>(cases: [Case; N]) {
    for (text, line, kind, problem, row) in cases {
        let read = Reader::new().embedding_dimension(3).read::<SponsorProfile>(text.as_bytes());
        let [reject] = read.rejects.as_slice() else { panic!("{text}: {:?}", read.rejects) };
        assert_eq!(problems(&read.rejects), [format!("{line}: {problem}")], "{text}");
        assert_eq!((reject.problems[0].kind(), &reject.row), (kind, &row), "{text}");
    }
}

fn with_id(fields: &str) -> String {
    format!("{{\"sponsor_id\": \"{A}\", {fields}}}")
}

#[test]
fn broken_json_is_placed() {
    let id = format!("\"sponsor_id\": \"{A}\"");
    assert_rejects([
        (
            "{\"sponsor_id\": }\n".to_owned(),
            1,
            ErrorKind::InvalidJson,
            "not JSON: expected value at column 16",
            json!("{\"sponsor_id\": }"),
        ),
        (
            format!("[\n  {{{id},\n  \"name\": NaN}},\n{{{id}}}]"),
            2,
            ErrorKind::InvalidJson,
            "not JSON: expected value at line 3 column 11",
            json!(format!("{{{id},\n  \"name\": NaN}}")),
        ),
        (
            format!("[{{{id}}}, {{\"name\"}}]"),
            1,
            ErrorKind::InvalidJson,
            "not JSON: expected `:` at column 65",
            json!("{\"name\"}"),
        ),
        (
            format!("[{{{id}}},\n{{\"name\": \"a}}\n"),
            2,
            ErrorKind::InvalidJson,
            "not JSON: a text that does not end at column 10; nothing behind it was read",
            json!("{\"name\": \"a}"),
        ),
        ("[7]".to_owned(), 1, ErrorKind::WrongType, "7 is not an object", json!(7)),
    ]);
}

#[test]
fn broken_csv_is_placed() {
    assert_rejects([
        (
            format!("sponsor_id,name\n{A}\n"),
            2,
            ErrorKind::InvalidCsv,
            "cell count 1 is not the header's 2",
            json!(A),
        ),
        (
            format!("sponsor_id,name\n\n{A},\"a\nb"),
            3,
            ErrorKind::InvalidCsv,
            "not CSV: a quoted cell that does not end at column 38; nothing behind it was read",
            json!(format!("{A},\"a\nb")),
        ),
        (
            format!("sponsor_id,name\n{A},\"a\"b\n"),
            2,
            ErrorKind::InvalidCsv,
            "not CSV: text behind a closing quote at column 41",
            json!(format!("{A},\"a\"b")),
        ),
        (
            format!("\n{A},Avo\n"),
            2,
            ErrorKind::InvalidCsv,
            "`6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b00a,Avo` is not a CSV header with `sponsor_id`, nor the `[` or `{` that JSON begins with",
            json!(format!("{A},Avo")),
        ),
    ]);
}

#[test]
fn wrong_fields_are_named() {
    assert_rejects([
        (
            "name,sponsorId\nx,y\n".to_owned(),
            1,
            ErrorKind::MissingField,
            "sponsor_id: required, but not in the header: is it `sponsorId`",
            json!("name,sponsorId"),
        ),
        (
            "{\"sponsorId\": 7}".to_owned(),
            1,
            ErrorKind::MissingField,
            "sponsor_id: required, but missing: is it `sponsorId`",
            json!({"sponsorId": 7}),
        ),
        (
            "sponsor_id,name\n,Avo\n".to_owned(),
            2,
            ErrorKind::MissingField,
            "sponsor_id: required, but missing",
            json!({"sponsor_id": "", "name": "Avo"}),
        ),
        (
            format!("sponsor_id,sponsor_id\n{A},{A}\n"),
            1,
            ErrorKind::DuplicateField,
            "sponsor_id: appears twice in the header",
            json!("sponsor_id,sponsor_id"),
        ),
        (
            with_id(&format!("\"sponsor_id\": \"{A}\"")),
            1,
            ErrorKind::DuplicateField,
            "sponsor_id: appears twice",
            json!(with_id(&format!("\"sponsor_id\": \"{A}\""))),
        ),
        (
            format!("sponsor_id,brand_objectives\n{A},\"{{\"\"goals\"\": [], \"\"goals\"\": []}}\"\n"),
            2,
            ErrorKind::DuplicateField,
            "brand_objectives.goals: appears twice",
            json!({"sponsor_id": A, "brand_objectives": "{\"goals\": [], \"goals\": []}"}),
        ),
        (
            format!("sponsor_id;regions\n{A};[US]\n"),
            2,
            ErrorKind::InvalidJson,
            "regions: not JSON: expected value at column 2",
            json!({"sponsor_id": A, "regions": "[US]"}),
        ),
        (
            with_id("\"reputation_score\": 2"),
            1,
            ErrorKind::OutOfRange,
            "reputation_score: 2 is not in 0..=1",
            json!({"sponsor_id": A, "reputation_score": 2}),
        ),
        (
            with_id("\"objectives_embedding\": [1, 2]"),
            1,
            ErrorKind::DimensionMismatch,
            "objectives_embedding: 2 components are not 3, the configured dimension",
            json!({"sponsor_id": A, "objectives_embedding": [1, 2]}),
        ),
    ]);
}

#[test]
fn what_is_not_utf_8_costs_its_row_alone() {
    for (before, bad, after, lines, problem) in [
        (
            "{\"sponsor_id\": \"A\"}\n",
            &b"{\"name\": \"\xff\"}\n"[..],
            "{\"sponsor_id\": \"B\"}",
            [1, 3],
            "not UTF-8: byte 0xff at column 11",
        ),
        (
            "[{\"sponsor_id\": \"A\"},\n",
            b"{\"name\":\n \"\xc3\"},\n",
            "{\"sponsor_id\": \"B\"}]",
            [1, 4],
            "not UTF-8: byte 0xc3 at line 3 column 3",
        ),
        ("sponsor_id,name\nA,\n", b"\xe9t\xe9,x\n", "B,\n", [2, 4], "not UTF-8: byte 0xe9 at column 1"),
    ] {
        let name = |text: &str| {
            text.replace("\"A\"", &format!("\"{A}\""))
                .replace("\nA,", &format!("\n{A},"))
                .replace("\"B\"", &format!("\"{B}\""))
                .replace("B,", &format!("{B},"))
        };
        let text = [name(before).as_bytes(), bad, name(after).as_bytes()].concat();
        let read = rows::read_sponsors(&text);
        assert_eq!(crate::lines(&read), lines);
        let [reject] = read.rejects.as_slice() else { panic!("{:?}", read.rejects) };
        assert_eq!(reject.problems[0].to_string(), problem);
        assert_eq!(reject.problems[0].kind(), ErrorKind::InvalidUtf8);
        assert!(reject.row.as_str().unwrap().contains('\u{fffd}'));
    }

    let utf_16: Vec<u8> = "\u{feff}id\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let read = rows::read_events(&utf_16);
    assert_eq!(problems(&read.rejects), ["1: not UTF-8 but UTF-16: save the file as UTF-8"]);
}

#[test]
fn the_configured_dimension_is_checked() {
    let json = format!(r#"{{"id": "{A}", "objectives_embedding": [1, 2]}}"#);
    for (config, code) in [
        (r#"{"objectives": {"kind": "embedding", "dimension": 3}}"#, Some("dimension_mismatch")),
        (r#"{"objectives": {"kind": "embedding", "dimension": 2}}"#, None),
        (r#"{"objectives": {"kind": "keywords"}}"#, None),
    ] {
        let reader = Reader::for_config(&ScoringConfig::from_json(config).unwrap());
        let read = reader.read::<Event>(json.as_bytes());
        assert_eq!(read.rejects.first().map(|reject| reject.problems[0].code()), code, "{config}");
    }
}
