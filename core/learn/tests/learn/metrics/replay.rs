use serde::Deserialize;
use sponsorfit_learn::metrics::{
    Gain, Judged, NoPositives, RankedList, Ties, catalogue_coverage, exposure_gini,
};

const VECTORS: &str = include_str!("vectors.ndjson");
const TOLERANCE: f64 = 1e-12;

#[derive(Deserialize)]
#[serde(untagged)]
enum Line {
    Provenance { provenance: serde_json::Value },
    Queries { queries: String, rows: Vec<Query> },
    Number(Number),
    Exposure { exposure: Exposure },
}

#[derive(Deserialize)]
struct Query {
    scores: Vec<f64>,
    grades: Vec<u32>,
}

/// One number of one tool. `per_query` where the tool tells it, otherwise `mean`.
#[derive(Deserialize)]
struct Number {
    on: String,
    tool: String,
    metric: String,
    k: Option<usize>,
    gain: String,
    ties: String,
    no_positives: String,
    per_query: Option<Vec<f64>>,
    mean: Option<f64>,
}

#[derive(Deserialize)]
struct Exposure {
    lists: Vec<Vec<usize>>,
    catalogue: usize,
    k: usize,
    coverage: f64,
    gini: f64,
}

fn lines() -> Vec<Line> {
    VECTORS.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Every number with the queries it was measured on.
fn numbers(lines: &[Line]) -> Vec<(&Number, &[Query])> {
    let mut current: (&str, &[Query]) = ("", &[]);
    let mut found = vec![];
    for line in lines {
        match line {
            Line::Queries { queries, rows } => current = (queries, rows),
            Line::Number(number) => {
                assert_eq!(number.on, current.0);
                found.push((number, current.1));
            }
            Line::Provenance { .. } | Line::Exposure { .. } => {}
        }
    }
    found
}

fn gain(name: &str) -> Gain {
    match name {
        "linear" => Gain::Linear,
        "exponential" => Gain::Exponential,
        other => panic!("gain {other}"),
    }
}

fn ties(name: &str) -> Ties {
    match name {
        "by_id" => Ties::ById,
        "averaged" => Ties::Averaged,
        other => panic!("ties {other}"),
    }
}

fn no_positives(name: &str) -> NoPositives {
    match name {
        "zero" => NoPositives::Zero,
        "one" => NoPositives::One,
        other => panic!("no_positives {other}"),
    }
}

fn list(query: &Query, ties: Ties) -> RankedList {
    let rows = query.scores.iter().zip(&query.grades).enumerate();
    let judged: Vec<_> = rows.map(|(id, (&score, &grade))| Judged { id, score, grade }).collect();
    RankedList::new(&judged, ties).unwrap()
}

fn ask(number: &Number, query: &Query, gain: Gain, ties: Ties) -> Option<f64> {
    let list = list(query, ties);
    let k = number.k.unwrap_or(usize::MAX);
    match number.metric.as_str() {
        "ndcg" => list.ndcg(k, gain),
        "average_precision" => list.average_precision(),
        "reciprocal_rank" => list.reciprocal_rank(),
        "recall" => list.recall(k),
        "auc" => list.auc(),
        other => panic!("metric {other}"),
    }
}

/// Whether the tool's number comes out under these conventions.
fn agrees(number: &Number, queries: &[Query], gain: Gain, ties: Ties, empty: NoPositives) -> bool {
    let ours = queries.iter().map(|query| ask(number, query, gain, ties));
    let near = |a: f64, b: f64| (a - b).abs() <= TOLERANCE;
    match (&number.per_query, number.mean) {
        (Some(theirs), None) => {
            assert_eq!(theirs.len(), queries.len());
            ours.zip(theirs).all(|(ours, &theirs)| near(empty.mean([ours]).unwrap_or(f64::NAN), theirs))
        }
        (None, Some(theirs)) => near(empty.mean(ours).unwrap(), theirs),
        _ => panic!("either per_query or mean"),
    }
}

#[test]
fn every_tool_is_met_under_its_own_conventions() {
    let lines = lines();
    let mut met = std::collections::BTreeMap::new();
    for (number, queries) in numbers(&lines) {
        let empty = no_positives(&number.no_positives);
        assert!(
            agrees(number, queries, gain(&number.gain), ties(&number.ties), empty),
            "{} {} at {:?} on {}",
            number.tool,
            number.metric,
            number.k,
            number.on
        );
        *met.entry(number.tool.as_str()).or_insert(0) += 1;
    }
    assert_eq!(
        met.into_iter().collect::<Vec<_>>(),
        [("ir_measures", 24), ("lightgbm", 34), ("pytrec_eval", 66), ("scikit-learn", 30)]
    );
}

/// Each convention is the reason for a number: under another one, some tool is missed.
#[test]
fn every_convention_matters() {
    let lines = lines();
    let missed = |tool: &str, other: &dyn Fn(&Number, &[Query]) -> bool| {
        numbers(&lines).iter().filter(|(n, queries)| n.tool == tool && !other(n, queries)).count()
    };
    let other_gain = |n: &Number, q: &[Query]| {
        let other = if n.gain == "linear" { Gain::Exponential } else { Gain::Linear };
        agrees(n, q, other, ties(&n.ties), no_positives(&n.no_positives))
    };
    let other_ties = |other: Ties| {
        move |n: &Number, q: &[Query]| agrees(n, q, gain(&n.gain), other, no_positives(&n.no_positives))
    };
    let other_empty =
        |other: NoPositives| move |n: &Number, q: &[Query]| agrees(n, q, gain(&n.gain), ties(&n.ties), other);
    for tool in ["scikit-learn", "lightgbm", "pytrec_eval", "ir_measures"] {
        assert!(missed(tool, &other_gain) > 0, "{tool}: gain");
        assert!(missed(tool, &other_ties(Ties::Pessimistic)) > 0, "{tool}: pessimistic ties");
        assert!(missed(tool, &other_empty(NoPositives::Skip)) > 0, "{tool}: skipped queries");
    }
    assert!(missed("scikit-learn", &other_ties(Ties::ById)) > 0);
    assert!(missed("pytrec_eval", &other_ties(Ties::Averaged)) > 0);
    assert!(missed("lightgbm", &other_ties(Ties::Averaged)) > 0);
    assert!(missed("scikit-learn", &other_empty(NoPositives::One)) > 0);
    assert!(missed("lightgbm", &other_empty(NoPositives::Zero)) > 0);
}

#[test]
fn coverage_and_gini_follow_their_definitions() {
    let lines = lines();
    let cases: Vec<_> = lines
        .iter()
        .filter_map(|line| if let Line::Exposure { exposure } = line { Some(exposure) } else { None })
        .collect();
    assert_eq!(cases.len(), 4);
    for Exposure { lists, catalogue, k, coverage, gini } in cases {
        let ours = catalogue_coverage(lists, *catalogue, *k).unwrap().unwrap();
        assert!((ours - coverage).abs() <= TOLERANCE, "coverage {ours}, not {coverage}");
        let ours = exposure_gini(lists, *catalogue, *k).unwrap().unwrap();
        assert!((ours - gini).abs() <= TOLERANCE, "gini {ours}, not {gini}");
    }
}

#[test]
fn the_vectors_tell_where_they_come_from() {
    let lines = lines();
    let Some(Line::Provenance { provenance }) = lines.first() else { panic!("no provenance") };
    for package in ["lightgbm", "scikit-learn", "ir-measures", "pytrec-eval-terrier"] {
        assert!(provenance["packages"][package].is_string(), "{package}");
    }
}
