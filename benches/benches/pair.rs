//! One pair: what a service pays for each score, explanation and reading.

use std::hint::black_box;
use std::sync::Arc;

use criterion::{Criterion, criterion_group, criterion_main};
use sponsorfit::{
    AudienceInsights, Change, Event, KeywordsSimilarity, Scorer, ScoringConfig, Side, SponsorProfile,
};
use sponsorfit_benches::pair::{EVENT, INSIGHTS, SPONSOR, pair};
use sponsorfit_wire::open;

fn score(c: &mut Criterion) {
    let (sponsor, event, insights) = pair();
    let scorer = Scorer::new(ScoringConfig::default()).unwrap();
    let recommended = r#"{"geo_reading": "audience_share", "overlap_reading": "reachable"}"#;
    let readings = Scorer::new(ScoringConfig::from_json(recommended).unwrap()).unwrap();
    let renormalize = r#"{"missing": {"policy": "renormalize"}}"#;
    let renormalize = Scorer::new(ScoringConfig::from_json(renormalize).unwrap()).unwrap();
    let keywords = scorer.clone().with_objectives(Arc::new(KeywordsSimilarity::default()));

    let mut group = c.benchmark_group("score");
    for (name, scorer) in [
        ("default", &scorer),
        ("reachable + audience_share", &readings),
        ("renormalize", &renormalize),
        ("keywords", &keywords),
    ] {
        group.bench_function(name, |b| {
            b.iter(|| scorer.score(black_box(&sponsor), black_box(&event), black_box(&insights)));
        });
    }
    group.finish();
}

fn why(c: &mut Criterion) {
    let (sponsor, event, insights) = pair();
    let scorer = Scorer::new(ScoringConfig::default()).unwrap();
    c.bench_function("explain", |b| {
        b.iter(|| scorer.explain(black_box(&sponsor), black_box(&event), black_box(&insights)));
    });
    let changes = [Change::AddRegion("BR".into())];
    c.bench_function("what_if", |b| {
        b.iter(|| scorer.what_if(black_box(&sponsor), black_box(&event), black_box(&insights), &changes));
    });
    c.bench_function("improve", |b| {
        b.iter(|| {
            scorer.improve(black_box(&sponsor), black_box(&event), black_box(&insights), Side::Event, 5)
        });
    });
}

fn read(c: &mut Criterion) {
    c.bench_function("read three rows", |b| {
        b.iter(|| {
            let sponsor: SponsorProfile = serde_json::from_str(black_box(SPONSOR)).unwrap();
            let event: Event = serde_json::from_str(black_box(EVENT)).unwrap();
            let insights: AudienceInsights = serde_json::from_str(black_box(INSIGHTS)).unwrap();
            (sponsor, event, insights)
        });
    });
    let mut scorer = open("scorer", "{}", &[], None).unwrap();
    let request = format!(r#"{{"sponsor": {SPONSOR}, "event": {EVENT}, "insights": {INSIGHTS}}}"#);
    c.bench_function("wire score, text to text", |b| {
        b.iter(|| scorer.ask("score", black_box(&request), None));
    });
    c.bench_function("wire explain, text to text", |b| {
        b.iter(|| scorer.ask("explain", black_box(&request), None));
    });
}

criterion_group!(benches, score, why, read);
criterion_main!(benches);
