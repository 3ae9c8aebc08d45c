//! The same rows in every format, and what only some of them have.

use serde_json::json;
use sponsorfit::rows::{self, IgnoredField, Reader};
use sponsorfit::{AudienceInsights, Event, SponsorProfile};

use crate::files::{ARRAY, CSV, NDJSON, SEMICOLONS};
use crate::{A, B, lines, plain, problems};

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
fn ignored_fields_are_counted_over_the_good_rows() {
    let field = |name: &str, count, nearest| IgnoredField { name: name.to_owned(), count, nearest };
    let ndjson = format!(
        r#"{{"sponsor_id": "{A}", "slug": null, "brand_objectives": {{"keyword": []}}}}
{{"sponsor_id": "{B}", "slug": 7, "Regions": ["US"], "slug": 8}}
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
