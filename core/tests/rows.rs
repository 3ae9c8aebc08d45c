//! Rows from bytes, as a face of the project sees them.

mod files;

use files::{ARRAY, CSV, NDJSON, SEMICOLONS};
use serde_json::json;
use sponsorfit::rows::{self, IgnoredField, Reader, Reject, Row, Rows};
use sponsorfit::{AudienceInsights, ErrorKind, Event, SponsorProfile};

const A: &str = "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b00a";
const B: &str = "6f96fbb8-4c5d-4a55-8e5e-2f5cf7a2b00b";

fn lines<T>(read: &Rows<T>) -> Vec<u64> {
    read.rows.iter().map(|row| row.line).collect()
}

fn plain<T: Row>(read: Rows<T>) -> Vec<T> {
    assert_eq!(read.rejects, []);
    read.into_rows().collect()
}

/// The problems of each reject with its line, as a command line prints them.
fn problems(rejects: &[Reject]) -> Vec<String> {
    let of = |reject: &Reject| {
        let line = reject.line;
        reject.problems.iter().map(|problem| format!("{line}: {problem}")).collect::<Vec<_>>()
    };
    rejects.iter().flat_map(of).collect()
}

fn sponsor_problems(text: impl AsRef<[u8]>) -> Vec<String> {
    problems(&rows::read_sponsors(text.as_ref()).rejects)
}

#[test]
fn all_formats_give_the_same_rows() {
    let expected: Vec<SponsorProfile> = plain(rows::read(NDJSON.as_bytes()));
    assert_eq!(expected[0].annual_budget_cents.unwrap().get(), 5_000_000);
    assert_eq!(expected[0].regions.iter().map(ToString::to_string).collect::<Vec<_>>(), ["live \"x\"", "US"]);
    assert_eq!(expected[1], {
        let mut row = SponsorProfile::new(B.parse().unwrap());
        row.annual_budget_cents = Some(sponsorfit::Count::MAX);
        row
    });

    let tabs = SEMICOLONS.replace(';', "\t");
    for (text, expected_lines) in
        [(NDJSON, [1, 3]), (ARRAY, [3, 8]), (CSV, [2, 6]), (SEMICOLONS, [2, 3]), (&tabs, [2, 3])]
    {
        for text in [text.to_owned(), format!("\u{feff}{text}"), text.replace('\n', "\r\n")] {
            let read = rows::read_sponsors(text.as_bytes());
            assert_eq!(lines(&read), expected_lines, "{text}");
            assert_eq!(read.ignored, []);
            assert_eq!(plain(read), expected, "{text}");
        }
    }
}

#[test]
fn json_objects_may_follow_one_another() {
    let text = format!("{{\n  \"sponsor_id\": \"{A}\"\n}}\n{{\n  \"sponsor_id\": \"{B}\"\n}}\n");
    let read = rows::read_sponsors(text.as_bytes());
    assert_eq!(lines(&read), [1, 4]);
}

#[test]
fn no_text_holds_no_rows() {
    for text in ["", "\u{feff}", " \n\r\n\t", "[]", " [\n] \n", "sponsor_id", "sponsor_id,name\n,\n"] {
        let read = rows::read_sponsors(text.as_bytes());
        assert_eq!((read.rows.len(), read.rejects.len(), read.ignored.len()), (0, 0, 0), "{text:?}");
    }
}

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

#[test]
fn every_kind_of_reject() {
    let read = |text: &[u8]| {
        let mut rejects = Reader::new().embedding_dimension(3).read::<SponsorProfile>(text).rejects;
        assert_eq!(rejects.len(), 1, "{rejects:?}");
        let Reject { line, mut problems, row, .. } = rejects.remove(0);
        assert_eq!(problems.len(), 1, "{problems:?}");
        let problem = problems.remove(0);
        (line, problem.kind(), problem.to_string(), row)
    };
    let id = format!("\"sponsor_id\": \"{A}\"");
    let with = |rest: &str| format!("{{{id}, {rest}}}");
    for (text, line, kind, expected, row) in [
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
        (with(&id), 1, ErrorKind::DuplicateField, "sponsor_id: appears twice", json!({"sponsor_id": A})),
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
            with("\"reputation_score\": 2"),
            1,
            ErrorKind::OutOfRange,
            "reputation_score: 2 is not in 0..=1",
            json!({"sponsor_id": A, "reputation_score": 2}),
        ),
        (
            with("\"objectives_embedding\": [1, 2]"),
            1,
            ErrorKind::DimensionMismatch,
            "objectives_embedding: dimension 2 is not the configured 3",
            json!({"sponsor_id": A, "objectives_embedding": [1, 2]}),
        ),
    ] {
        assert_eq!(read(text.as_bytes()), (line, kind, expected.to_owned(), row), "{text}");
    }
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
        assert_eq!(self::lines(&read), lines);
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
fn ignored_fields_are_counted_over_the_good_rows() {
    let field = |name: &str, count, nearest| IgnoredField { name: name.to_owned(), count, nearest };
    let ndjson = format!(
        r#"{{"sponsor_id": "{A}", "slug": null, "brand_objectives": {{"keyword": []}}}}
{{"sponsor_id": "{B}", "slug": 7, "Regions": ["US"]}}
{{"sponsor_id": "7", "slug": 7}}"#
    );
    let expected = [
        field("Regions", 1, Some("regions")),
        field("brand_objectives.keyword", 1, Some("keywords")),
        field("slug", 2, None),
    ];
    assert_eq!(rows::read_sponsors(ndjson.as_bytes()).ignored, expected);

    let csv = format!(
        "sponsor_id,slug,brand_objectives,Regions\n{A},,\"{{\"\"keyword\"\": 1}}\",\n{B},x,,US\n7,,,\n"
    );
    let expected = [
        field("Regions", 2, Some("regions")),
        field("brand_objectives.keyword", 1, Some("keywords")),
        field("slug", 2, None),
    ];
    assert_eq!(rows::read_sponsors(csv.as_bytes()).ignored, expected);
}

#[test]
fn the_two_names_of_an_event_read_alike_in_csv() {
    let bare = "12345678901234567890123456789012";
    for (csv, id) in [
        (format!("id\n{A}\n"), A),
        (format!("id,event_id\n7,{A}\n"), A),
        (format!("id\n{{{A}}}\n"), A),
        (format!("id\n{bare}\n"), bare),
    ] {
        let id = id.parse().unwrap();
        assert_eq!(plain::<Event>(rows::read(csv.as_bytes())), [Event::new(id)], "{csv}");
        assert_eq!(plain::<rows::EventTitle>(rows::read(csv.as_bytes()))[0].event_id, id, "{csv}");
    }
    let read = rows::read_titles(b"id,title\n7,Fair\n");
    assert_eq!(problems(&read.rejects), ["2: id: 7 is not a UUID"]);
}

#[test]
fn names_are_read_from_any_table() {
    let profile =
        format!(r#"{{"sponsor_id": "{A}", "name": "Avo", "regions": 7, "annual_budget_cents": -5}}"#);
    assert_eq!(plain(rows::read_names(profile.as_bytes()))[0].name.as_deref(), Some("Avo"));
    let csv = format!("name,sponsor_id,website\n,{A},x\n");
    assert_eq!(plain(rows::read_names(csv.as_bytes()))[0].name, None);
}

#[test]
fn a_row_can_be_read_before_the_next_is_looked_at() {
    let text = format!("sponsor_id\n{A}\n\"");
    let mut iter = Reader::new().iter::<SponsorProfile>(text.as_bytes());
    assert_eq!(iter.next().unwrap().unwrap().line, 2);
    assert_eq!(iter.next().unwrap().unwrap_err().line, 3);
    assert!(iter.next().is_none() && iter.next().is_none());
}

#[test]
fn insights_in_csv_carry_their_maps() {
    let csv = format!(
        "event_id;attendee_count;geo_distribution;age_segments;sentiment_score\n{A};1200.0;{{\"US\": 800, \"us\": \"5\"}};{{\"18-24\": 0.2}};-0\n"
    );
    let read = plain::<AudienceInsights>(rows::read(csv.as_bytes())).remove(0);
    assert_eq!(
        serde_json::to_value(&read).unwrap(),
        json!({
            "event_id": A, "attendee_count": 1200, "avg_dwell_time_ms": null, "geo_distribution": {"US": 805},
            "age_segments": {"18-24": 0.2}, "engagement_score": null, "ticket_conversion_rate": null,
            "social_mentions": null, "sentiment_score": 0.0,
        })
    );
    let csv = format!("event_id;geo_distribution;age_segments\n{A};{{\"US\": -1}};[0.2]\n");
    assert_eq!(
        problems(&rows::read_insights(csv.as_bytes()).rejects),
        [
            "2: geo_distribution.US: -1 is not in 0..=9007199254740991",
            "2: age_segments: a list is not an object of shares by age bucket",
        ]
    );
}
