//! Rows as the world writes them, labels among them.

use super::oracle::generate::labels::SPELLINGS;
use super::oracle::labels::key;
use super::oracle::rows::{Event, Insights, Sponsor};
use super::oracle::text::Text;
use super::{Pair, event, insights, pair, refused, same, scored, sponsor};

fn count(json: &str) -> Option<u64> {
    Text::parse(json).count()
}

#[test]
fn a_count_is_an_integer_in_any_notation() {
    for json in ["5000000", "5000000.0", "5e6", "\"5000000\"", "0.5E+7"] {
        assert_eq!(count(json), Some(5_000_000), "{json}");
    }
    for json in ["9007199254740991", "9007199254740991.0", "\"9007199254740991\""] {
        assert_eq!(count(json), Some(9_007_199_254_740_991), "{json}");
    }
    for json in ["0", "-0", "-0.0", "0.0", "\"0\""] {
        assert_eq!(count(json), Some(0), "{json}");
    }
    assert_eq!(count("null"), None);
    let none = [
        "9007199254740992",
        "\"9007199254740992\"",
        "9007199254740992.0",
        "1e300",
        "-1",
        "1.5",
        "\"5.0\"",
        "\"-1\"",
        "\"\"",
        "true",
        "[1]",
    ];
    for json in none {
        refused(json, || _ = count(json));
    }
}

#[test]
fn a_share_is_a_number_rounded_once() {
    let share = |json: &str| Text::parse(json).share();
    same(share("0.64694999999999995"), 0.6469499999999999);
    // Exactly between 1 - 2^-53 and 1, so to the even one; a little less, a little more.
    let half_way = "0.999999999999999944488848768742172978818416595458984375";
    same(share(half_way), 1.0);
    same(share(&half_way.replace("4375", "4374")), 0.9999999999999999);
    same(share(&format!("{half_way}000000000000000001")), 1.0);
    same(share("-0.0"), 0.0);
    same(share("4.9e-324"), f64::from_bits(1));
    same(share("null"), None);
    for json in ["1.0000000000000003", "-0.1", "\"0.5\"", "1e999"] {
        refused(json, || _ = share(json));
    }
}

#[test]
fn an_absent_list_a_null_and_an_empty_one_are_the_same() {
    let bare = Sponsor::read(&sponsor(""));
    let null = Sponsor::read(&sponsor(
        r#""annual_budget_cents": null, "preferred_categories": null, "regions": null,
           "brand_objectives": null, "objectives_embedding": null"#,
    ));
    let empty = Sponsor::read(&sponsor(
        r#""preferred_categories": [], "regions": ["", " \u00a0"],
           "brand_objectives": {"keywords": null, "goals": []}, "objectives_embedding": []"#,
    ));
    for row in [bare, null, empty] {
        assert_eq!(row.annual_budget_cents, None);
        assert!(row.preferred_categories.is_empty() && row.regions.is_empty());
        assert!(row.tokens.is_empty() && row.embedding.is_none());
    }
    let null = Insights::read(&insights(r#""geo_distribution": null, "engagement_score": null"#));
    assert!(null.geo_distribution.is_empty() && null.engagement_score.is_none());
}

#[test]
fn other_names_and_other_fields() {
    let id = r#"{"id": "00000000-0000-4000-8000-00000000000E", "prefered_categories": ["x"],
        "country": "US", "city": "Berlin", "categories": ["x"]}"#;
    let row = Event::read(id);
    assert_eq!(row.id, "00000000-0000-4000-8000-00000000000e");
    // Where an event is, its `regions` say.
    assert!(row.regions.is_empty());
    refused("a field that stands twice", || {
        _ = Event::read(&event(r#""city": "a", "regions": ["b"], "regions": []"#));
    });
    refused("no uuid", || {
        _ = Event::read(r#"{"id": "00000000-0000-4000-8000-00000000000"}"#);
    });
}

#[test]
fn the_order_of_fields_and_labels_changes_nothing() {
    let Pair { sponsor, event, insights } = pair();
    let turned = r#"{"regions": ["MX", "CA", "US", "ca"], "preferred_categories": ["art", "food",
        "music", "Art"], "annual_budget_cents": "5000000",
        "sponsor_id": "00000000-0000-4000-8000-00000000000a"}"#;
    assert_eq!(
        scored(turned, &event, Some(&insights), "{}"),
        scored(&sponsor, &event, Some(&insights), "{}")
    );
}

#[test]
fn an_embedding_is_a_list_or_a_text() {
    let embedding =
        |json: &str| Sponsor::read(&sponsor(&format!("\"objectives_embedding\": {json}"))).embedding;
    let expected = Some(vec![0.1_f32, -0.0, 3.0]);
    assert_eq!(embedding("[0.1, -0.0, 3]"), expected);
    assert_eq!(embedding("\"[0.1,-0.0,3]\""), expected);
    assert_eq!(embedding("\"[]\""), None);
    // By way of the nearest f64, 1 + 2^-24, which is half-way and so goes to the even 1.
    assert_eq!(embedding("[1.000000059604644775390625000001]"), Some(vec![1.0]));
    refused("more than an f32 holds", || _ = embedding("[1e39]"));
}

#[test]
fn spellings_of_a_label_have_one_key() {
    for (index, spellings) in SPELLINGS.iter().enumerate() {
        for spelling in *spellings {
            assert_eq!(key(spelling), key(spellings[0]), "{spelling:?}");
        }
        for others in &SPELLINGS[index + 1..] {
            assert_ne!(key(spellings[0]), key(others[0]));
        }
    }
}

#[test]
fn keys_by_the_letter() {
    let expected = [
        (" Food \t\n & \u{a0}\u{3000} DRINK\u{2028}", "food & drink"),
        ("\u{a0}\u{1680}\u{2000}\u{205f}\u{85}\u{b}", ""),
        // No White_Space: zero width, the byte order mark, the information separators.
        ("a\u{200b}b\u{feff}c\u{1c}d", "a\u{200b}b\u{feff}c\u{1c}d"),
        ("İ", "i\u{307}"),
        ("I\u{307}", "i\u{307}"),
        ("ẞ", "ß"),
        ("CAFE\u{301}", "caf\u{e9}"),
        ("Σ", "σ"),
        ("ΣΑΣ", "σας"),
        ("ΣΑΣ ΣΑΣ", "σας σας"),
        // What is ignored for case does not end a word; a hyphen does.
        ("ΑΣ'Α", "ασ'α"),
        ("ΑΣ-Α", "ας-α"),
        ("ΑΣ\u{301}", "ας\u{301}"),
        // Lowering leaves H and the mark apart, the second NFC puts them together.
        ("H\u{331}", "\u{1e96}"),
        ("J\u{30c}", "\u{1f0}"),
        ("\u{212a}", "k"),
        ("ﬀ", "ﬀ"),
    ];
    for (label, expected) in expected {
        assert_eq!(key(label), expected, "{label:?}");
    }
}
