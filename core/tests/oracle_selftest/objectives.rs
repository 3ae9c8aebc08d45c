//! Similarities of objectives.

use super::oracle::{Given, Idf, Outcome, fit, score_with};
use super::{event, same, scored, sponsor};

const KEYWORDS: &str = r#"{"objectives": {"kind": "keywords"}}"#;

fn similarity(of_sponsor: &str, of_event: &str, config: &str, given: Given) -> Option<f64> {
    match score_with(&sponsor(of_sponsor), &event(of_event), None, config, given) {
        Outcome::Score(scored) if scored.unknown.len() == 7 => None,
        Outcome::Score(scored) => scored.objectives_similarity,
        Outcome::Insufficient { .. } => panic!("no score under the default policy"),
    }
}

fn keywords(of_sponsor: &str, of_event: &str, given: Given) -> Option<f64> {
    let of_sponsor = format!("\"brand_objectives\": {of_sponsor}");
    similarity(&of_sponsor, &format!("\"objectives\": {of_event}"), KEYWORDS, given)
}

#[test]
fn none_is_unknown_whatever_the_rows_say() {
    let of_sponsor = r#""brand_objectives": {"keywords": ["a"]}, "objectives_embedding": [1]"#;
    let of_event = r#""objectives": {"keywords": ["a"]}, "objectives_embedding": [1]"#;
    let custom = |_: &str, _: &str| Some(0.3);
    assert_eq!(similarity(of_sponsor, of_event, "{}", Given::Custom(&custom)), None);
}

#[test]
fn keywords_are_a_cosine_of_sets() {
    let one_of_three = keywords(
        r#"{"keywords": ["Live music"], "goals": ["X-Factor: MUSIC!"]}"#,
        r#"{"goals": ["music", "(Music)"]}"#,
        Given::Nothing,
    );
    // live, music, x, factor: 1 / (√4 · √1)
    same(one_of_three, 0.5);
    let a = r#"{"keywords": ["ai", "jazz", "music"]}"#;
    same(keywords(a, r#"{"keywords": ["music"]}"#, Given::Nothing), 0.5773502691896258);
    same(keywords(a, r#"{"keywords": ["new-music"]}"#, Given::Nothing), 0.40824829046386296);
    same(keywords(a, a, Given::Nothing), 1.0);
    same(keywords(a, r#"{"keywords": ["art"]}"#, Given::Nothing), 0.0);
    for empty in ["{}", "null", r#"{"keywords": [], "goals": ["--", " "]}"#] {
        assert_eq!(keywords(a, empty, Given::Nothing), None);
        assert_eq!(keywords(empty, a, Given::Nothing), None);
    }
    // Letters and numbers of any script; a mark is neither, and a label's key comes first.
    let tokens = |goal: &str, other: &str| {
        let [a, b] = [goal, other].map(|goal| format!("{{\"goals\": [\"{goal}\"]}}"));
        keywords(&a, &b, Given::Nothing)
    };
    same(tokens("ΟΔΟΣ", "οδος"), 1.0);
    same(tokens("οδοσ", "οδος"), 0.0);
    same(tokens("10²", "10 2"), 0.0);
    same(tokens("한국-東京", "東京"), 0.7071067811865475);
    // Two of two: √2 · √2 is more than 2.
    same(tokens("İzmir", "i zmir"), 0.9999999999999998);
}

/// a stands in none of 8 documents, b in 2, c in 4, d in 5, e in 7; one document is empty.
fn corpus() -> Idf {
    fit(&[
        r#"{"keywords": ["b c", "B"], "goals": ["d e b"]}"#,
        r#"{"goals": ["E D C B"]}"#,
        r#"{"keywords": ["c/d/e"]}"#,
        r#"{"keywords": ["c"], "goals": ["d", "e"]}"#,
        r#"{"keywords": ["d", "e"]}"#,
        r#"{"keywords": ["e"]}"#,
        r#"{"goals": ["E!"]}"#,
        "{}",
    ])
}

#[test]
fn a_rare_token_weighs_more_once_fitted() {
    let fitted = corpus();
    same(fitted.of("a"), 3.1972245773362196);
    // ln 3 is 1.0986122886681098: `libm` is the definition (§2.8), not the logarithm.
    same(fitted.of("b"), 2.0986122886681096);
    same(fitted.of("c"), 1.587786664902119);
    same(fitted.of("d"), 1.4054651081081644);
    same(fitted.of("e"), 1.1177830356563834);
    same(fit(&[]).of("a"), 1.0);

    // Folded from e to a, with one root of the product, or with another logarithm, the end differs:
    // 0.8473238573686273, 0.8473238573686273, 0.8473238573686274.
    let of_sponsor = r#"{"keywords": ["e d c b a"]}"#;
    let of_event = r#"{"goals": ["b", "a"]}"#;
    same(keywords(of_sponsor, of_event, Given::Idf(&fitted)), 0.8473238573686275);
    same(keywords(of_sponsor, of_event, Given::Nothing), 0.6324555320336759);
    same(keywords(of_sponsor, of_sponsor, Given::Idf(&fitted)), 1.0);
}

fn embedding(of_sponsor: &str, of_event: &str, dimension: usize) -> Option<f64> {
    let config = format!("{{\"objectives\": {{\"kind\": \"embedding\", \"dimension\": {dimension}}}}}");
    let field = |list: &str| format!("\"objectives_embedding\": {list}");
    similarity(&field(of_sponsor), &field(of_event), &config, Given::Nothing)
}

#[test]
fn embeddings_are_a_cosine_of_f32_components() {
    // 0.7142857142857143 without the rounding to f32.
    same(embedding("[0.1, 0.2, 0.3]", "\"[0.3,0.2,0.1]\"", 3), 0.7142857021215013);
    same(embedding("[1, 0]", "[0, 1]", 2), 0.0);
    // Clamped from both sides: -1, and 1.0000000000000002.
    same(embedding("[1, 2]", "[-1, -2]", 2), 0.0);
    same(embedding("[0.001, 0.3]", "[0.001, 0.3]", 2), 1.0);
}

#[test]
fn lanes_are_folded_from_first_to_last() {
    // The last bits differ one by one, with lanes in reverse or in pairs, with one root of both
    // norms, and with one division after the other.
    let a = "[0.0, 0.2, 0.4, 0.6, 0.8, 1.0, 1.2, 1.4, 1.6, 1.8, 0.1, 0.3, 0.5, 0.7, 0.9, 1.1, 1.3, 1.5, 1.7]";
    let b = "[0.0, 0.4, 0.8, 1.2, 1.6, 0.1, 0.5, 0.9, 1.3, 1.7, 0.2, 0.6, 1.0, 1.4, 1.8, 0.3, 0.7, 1.1, 1.5]";
    same(embedding(a, b, 19), 0.8648648635949823);
}

#[test]
fn an_embedding_that_has_no_direction_is_unknown() {
    assert_eq!(embedding("[0, -0.0]", "[1, 0]", 2), None);
    assert_eq!(embedding("[1, 0]", "[0.0, 1e-50]", 2), None);
    assert_eq!(embedding("null", "[1, 0]", 2), None);
    assert_eq!(embedding("[1, 0]", "\"[]\"", 2), None);
    // Neither has the other's dimension, nor both another than the configuration's.
    assert_eq!(embedding("[1, 0]", "[1, 0, 0]", 2), None);
    assert_eq!(embedding("[1, 0, 0]", "[1, 0]", 2), None);
    assert_eq!(embedding("[1, 0]", "[1, 0]", 3), None);
}

#[test]
fn a_custom_similarity_is_asked_with_both_ids() {
    const CUSTOM: &str = r#"{"objectives": {"kind": "custom", "id": "house"}}"#;
    let by_id = |sponsor: &str, event: &str| {
        assert_eq!(sponsor, "00000000-0000-4000-8000-00000000000a");
        assert_eq!(event, "00000000-0000-4000-8000-00000000000e");
        Some(0.3)
    };
    same(similarity("", "", CUSTOM, Given::Custom(&by_id)), 0.3);
    assert_eq!(similarity("", "", CUSTOM, Given::Custom(&|_, _| None)), None);
    assert_eq!(similarity("", "", CUSTOM, Given::Nothing), None);
}

#[test]
fn a_known_similarity_enters_the_score() {
    let a = sponsor(r#""brand_objectives": {"keywords": ["ai", "jazz", "music"]}"#);
    let b = event(r#""objectives": {"keywords": ["music"]}"#);
    let case = scored(&a, &b, None, KEYWORDS);
    same(case.score, 0.4327350269189626);
    same(case.coverage, 0.1);
    same(case.lower, 0.05773502691896259);
    same(case.upper, 0.9577350269189626);
}
