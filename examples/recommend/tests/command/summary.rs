//! What a run says about the rows, on standard error.

use insta::assert_snapshot;

use super::fixture::{AVO, EVENTS, FAIR, FILES, Folder, GALA, INSIGHTS, SPONSORS};

#[test]
fn the_summary_of_a_plain_run() {
    let run = Folder::new().rank(&["--top", "1"]);
    assert_snapshot!(run.err, @r#"
    read     2 sponsors, 2 events, 1 insight
    ranked   4 pairs for the best sponsor of 2 events
    labels   only sponsors: 1 category (food), 1 region (MX)
    unknown  sponsors: annual_budget_cents 50%
             events: engagement_score 50%, ticket_conversion_rate 50%
             objectives_similarity, which this configuration does not compare
    "#);
}

#[test]
fn ignored_columns_are_counted_and_misspelt_ones_asked_about() {
    let events = EVENTS.replace("\"title\"", "\"hall\":1,\"kind\":2,\"titel\"");
    let sponsors = SPONSORS.replacen("\"regions\"", "\"brand_objectives\":{\"keyword\":[]},\"regons\"", 1);
    let run = Folder::new().with("e.ndjson", events).with("s.ndjson", sponsors).rank(&["--top", "1"]);
    let summary = run.summary();
    let told = [
        "ignored  s.ndjson: `brand_objectives.keyword` in 1 row, did you mean `keywords`; \
         `regons` in 1 row, did you mean `regions`",
        " e.ndjson: `titel` in 2 rows, did you mean `title`; `hall`, `kind` in 2 rows\n",
    ];
    assert!(summary.contains(&told.concat()), "{summary}");
}

#[test]
fn many_ignored_columns_are_cut() {
    let fields: Vec<String> = (0..12).map(|number| format!("\"column_{number:02}\":0")).collect();
    let events = format!("{{\"event_id\":\"{FAIR}\",{}}}", fields.join(","));
    let run = Folder::new().with("e.ndjson", events).rank(&[]);
    assert!(run.summary().contains("`column_07` in 1 row; and 4 more columns\n"), "{}", run.err);
}

#[test]
fn insights_of_strangers_are_counted() {
    let stranger = format!("{{\"event_id\":\"{AVO}\",\"engagement_score\":1}}\n");
    let folder = Folder::new().with("i.ndjson", format!("{INSIGHTS}{stranger}"));
    let run = folder.rank(&["--format", "ndjson"]);
    assert!(
        run.summary().contains("insights 1 row is about an event that was not read: ignored\n"),
        "{}",
        run.err
    );
    assert_eq!(run.done(), Folder::new().rank(&["--format", "ndjson"]).done());
    let without = folder.with("e.ndjson", format!("{{\"event_id\":\"{GALA}\"}}"));
    let told = without.rank(&[]).err;
    assert!(told.contains("insights 2 rows are about events that were not read: ignored\n"), "{told}");
}

#[test]
fn what_is_unknown_depends_on_what_is_read() {
    let config =
        r#"{"geo_reading": "audience_share", "budget_reading": "price", "objectives": {"kind": "keywords"}}"#;
    let vectors = r#"{"objectives": {"kind": "embedding", "dimension": 2}}"#;
    let folder = Folder::new().with("c.json", config).with("v.json", vectors);
    let unknown = |arguments: &[&str]| {
        let told = folder.rank(arguments).err;
        told[told.find("unknown").unwrap()..].to_owned()
    };
    assert_snapshot!(unknown(&["--config", "c.json"]), @r#"
    unknown  sponsors: annual_budget_cents 50%, brand_objectives 100%
             events: geo_distribution 100%, min_price_cents 50%, engagement_score
             50%, ticket_conversion_rate 50%, objectives 100%
    "#);
    assert_snapshot!(unknown(&["--config", "v.json"]), @r#"
    unknown  sponsors: annual_budget_cents 50%, objectives_embedding 100%
             events: engagement_score 50%, ticket_conversion_rate 50%,
             objectives_embedding 100%
    "#);
}

#[test]
fn an_event_is_where_its_audience_is() {
    let insights = format!("{{\"event_id\":\"{FAIR}\",\"geo_distribution\":{{\"US\":3}}}}");
    let unheard = insights.replace('3', "0");
    let folder = Folder::new().with("e.ndjson", format!("{{\"event_id\":\"{FAIR}\"}}"));
    let folder = folder.with("i.ndjson", insights);
    assert!(folder.rank(&[]).summary().contains("events: categories 100%, engagement_score 100%"));
    let folder = folder.with("i.ndjson", unheard);
    assert!(folder.rank(&[]).summary().contains("events: categories 100%, regions 100%,"));
}

#[test]
fn fully_known_rows_are_not_talked_about() {
    let sponsor = format!(
        "{{\"sponsor_id\":\"{AVO}\",\"annual_budget_cents\":1,\"preferred_categories\":[\"a\"],\"regions\":[\"b\"],\
         \"brand_objectives\":{{\"keywords\":[\"c\"]}}}}"
    );
    let event = format!(
        "{{\"event_id\":\"{FAIR}\",\"categories\":[\"a\"],\"regions\":[\"b\"],\"objectives\":{{\"goals\":[\"c\"]}}}}"
    );
    let config = r#"{"objectives": {"kind": "keywords"}}"#;
    let folder = Folder::new().with("s.ndjson", sponsor).with("e.ndjson", event).with("c.json", config);
    let run = folder.rank(&["--config", "c.json"]);
    assert_eq!(
        run.err,
        "read     1 sponsor, 1 event, 1 insight\nranked   1 pair for the best 5 sponsors of 1 event\n"
    );
}

#[test]
fn labels_that_only_the_audience_has_are_regions_of_the_event() {
    let insights = INSIGHTS
        .replace("\"engagement_score\"", "\"geo_distribution\":{\"MX\":5,\"BR\":0},\"engagement_score\"");
    let told = Folder::new().with("i.ndjson", insights).rank(&["--for-each", "sponsor"]).err;
    assert!(!told.contains("MX") && !told.contains("BR"), "{told}");
    assert!(told.contains("ranked   4 pairs for the best 5 events of 2 sponsors\n"), "{told}");
    let told = Folder::new().run(&FILES).err;
    assert!(told.contains("only sponsors: 1 category (food), 1 region (MX)\n"), "{told}");
}
