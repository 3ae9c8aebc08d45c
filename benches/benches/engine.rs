//! One sponsor's best events, one event's best sponsors, at growing sizes.
#![allow(missing_docs, reason = "criterion's macros write functions of their own")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use sponsorfit::{Catalog, EventId, Filter, ScoringConfig, SponsorId, UnitInterval};
use sponsorfit_benches::{catalog, events, id, sponsors};

const RECOMMENDED: &str = r#"{"overlap_reading": "reachable", "geo_reading": "audience_share"}"#;

/// Ten million rows take more than 16 GB: only where they are asked for.
fn sizes() -> Vec<usize> {
    let mut sizes = vec![10_000, 100_000, 1_000_000];
    if std::env::var_os("SPONSORFIT_10M").is_some() {
        sizes.push(10_000_000);
    }
    sizes
}

fn top_events(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("top_events");
    for size in sizes() {
        group.throughput(Throughput::Elements(size as u64));
        let engine = catalog(&sponsors(32), &events(size), "{}");
        let recommended = ScoringConfig::from_json(RECOMMENDED).and_then(|config| engine.with_config(config));
        let least = UnitInterval::new(0.7).map(|least| Filter::new().min_score(least)).unwrap_or_default();
        let mut run = |name: &str, catalog: &Catalog, filter: &Filter<'_>| {
            let ids: Vec<SponsorId> = catalog.sponsors().map(|sponsor| sponsor.sponsor_id).collect();
            let mut next = ids.iter().cycle();
            group.bench_function(BenchmarkId::new(name, size), |bencher| {
                bencher.iter(|| next.next().map(|id| catalog.events_for(id).filter(filter).top(20)));
            });
        };
        run("default", &engine, &Filter::new());
        run("least_score", &engine, &least);
        run("plain_scan", &engine.clone().plain(), &Filter::new());
        if let Ok(recommended) = recommended {
            run("recommended", &recommended, &Filter::new());
        }
    }
    group.finish();
}

fn top_sponsors(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("top_sponsors");
    for size in [10_000, 100_000] {
        group.throughput(Throughput::Elements(size as u64));
        let catalog = catalog(&sponsors(size), &events(32), "{}");
        let mut next = (0..32).map(|index| EventId::from_bytes(id(index))).cycle();
        group.bench_function(BenchmarkId::new("default", size), |bencher| {
            bencher.iter(|| next.next().map(|id| catalog.sponsors_for(&id).top(20)));
        });
    }
    group.finish();
}

criterion_group!(benches, top_events, top_sponsors);
criterion_main!(benches);
