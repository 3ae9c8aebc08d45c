//! Our half of the comparison with other engines: writes the rows, times the same work, prints numbers.
//!
//! `peers rows FOLDER SPONSORS EVENTS` writes the rows as columns of 8-byte
//! little-endian numbers. `peers run` prints one line `name value unit` for
//! each measurement (`peers run one_pair 10000`: for those alone), and `peers
//! top FOLDER SPONSORS EVENTS` the identifiers and scores of every sponsor's
//! best events, for the others to be checked by.
#![forbid(unsafe_code)]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "benchmark sizes are far below 2^53"
)]

use std::collections::HashMap;
use std::convert::Infallible;
use std::hint::black_box;
use std::io::{self, Write};
use std::path::Path;
use std::time::Instant;

use sponsorfit::{Catalog, Columns, EventId, Filter, Leaf, SponsorId};
use sponsorfit_benches::{Row, catalog, events, hand, id, sponsors};

/// How many are asked for.
const K: usize = 20;
/// Numbers of a column that are written before the next column is.
const STRIP: usize = 2048;
const RECOMMENDED: &str = r#"{"overlap_reading": "reachable", "geo_reading": "audience_share"}"#;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let number = |at: usize| -> Result<usize, Box<dyn std::error::Error>> {
        Ok(arguments.get(at).ok_or("usage: peers rows|top FOLDER SPONSORS EVENTS")?.parse()?)
    };
    match arguments.first().map(String::as_str) {
        Some("rows") => write_rows(Path::new(&arguments[1]), number(2)?, number(3)?)?,
        Some("top") => write_top(Path::new(&arguments[1]), number(2)?, number(3)?)?,
        Some("run") => run(&arguments[1..])?,
        Some("count") => count(&arguments[1])?,
        _ => {
            return Err(
                "usage: peers rows|top FOLDER SPONSORS EVENTS, peers run [PART…], or peers count WORK".into(),
            );
        }
    }
    Ok(())
}

fn write_column(folder: &Path, name: &str, numbers: impl Iterator<Item = [u8; 8]>) -> io::Result<()> {
    let bytes: Vec<u8> = numbers.flatten().collect();
    std::fs::write(folder.join(name), bytes)
}

fn write_rows(folder: &Path, sponsor_count: usize, event_count: usize) -> io::Result<()> {
    std::fs::create_dir_all(folder)?;
    for (side, rows) in [("sponsors", sponsors(sponsor_count)), ("events", events(event_count))] {
        let column = |name: &str, of: fn(&Row) -> [u8; 8]| {
            write_column(folder, &format!("{side}.{name}"), rows.iter().map(of))
        };
        column("categories", |row| row.categories.to_le_bytes())?;
        column("regions", |row| row.regions.to_le_bytes())?;
        column("budget", |row| row.budget.to_le_bytes())?;
        column("engagement", |row| row.engagement.to_le_bytes())?;
        column("conversion", |row| row.conversion.to_le_bytes())?;
    }
    Ok(())
}

fn write_top(folder: &Path, sponsor_count: usize, event_count: usize) -> io::Result<()> {
    let catalog = catalog(&sponsors(sponsor_count), &events(event_count), "{}");
    let mut file = io::BufWriter::new(std::fs::File::create(folder.join("top"))?);
    catalog.events_for_each_sponsor(K, &Filter::new(), |_, ranking| {
        for pair in &ranking {
            let id = u128::from_be_bytes(*pair.event_id.as_bytes()) as u64 - 1;
            file.write_all(&id.to_le_bytes())?;
            file.write_all(&pair.score.get().to_le_bytes())?;
        }
        Ok::<(), io::Error>(())
    })?;
    file.flush()
}

/// Returns the processor time of all threads so far, in seconds, where the system tells.
///
/// On a machine that others use too, the clock on the wall measures them.
fn processor_time() -> Option<f64> {
    let mut nanoseconds = 0.0;
    for task in std::fs::read_dir("/proc/self/task").ok()? {
        let text = std::fs::read_to_string(task.ok()?.path().join("schedstat")).ok()?;
        nanoseconds += text.split_whitespace().next()?.parse::<f64>().ok()?;
    }
    Some(nanoseconds / 1e9)
}

/// Returns the shortest of some times, in seconds of processor time.
fn best_of(times: usize, mut work: impl FnMut()) -> f64 {
    let once = Instant::now();
    work();
    // The system counts in steps of a few milliseconds: what is shorter is repeated.
    let repeats = (0.1 / once.elapsed().as_secs_f64().max(1e-9)).clamp(1.0, 10_000.0) as u32;
    let mut best = f64::INFINITY;
    for _ in 0..times {
        let (wall, processor) = (Instant::now(), processor_time());
        for _ in 0..repeats {
            work();
        }
        let seconds = match (processor, processor_time()) {
            (Some(start), Some(end)) => end - start,
            _ => wall.elapsed().as_secs_f64(),
        };
        best = best.min(seconds / f64::from(repeats));
    }
    best
}

fn say(name: &str, value: f64, unit: &str) {
    println!("{name} {value} {unit}");
}

/// Measures the named parts; without names all but ten million rows.
fn run(names: &[String]) -> Result<(), Box<dyn std::error::Error>> {
    let all = ["all", "columns", "one_pair", "with_config", "10000", "100000", "1000000"].map(String::from);
    for name in if names.is_empty() { &all } else { names } {
        match name.as_str() {
            "all" => {
                every_event_for_every_sponsor("all_10k_10k", 10_000, 10_000, 3);
                every_event_for_every_sponsor("all_2k_5k", 2_000, 5_000, 5);
            }
            "columns" => columns()?,
            "one_pair" => one_pair()?,
            "with_config" => changed_configuration()?,
            events => one_sponsor(events.parse()?)?,
        }
    }
    Ok(())
}

fn each(catalog: &Catalog) -> usize {
    let mut matches = 0;
    let visited = catalog.events_for_each_sponsor(K, &Filter::new(), |_, ranking| {
        matches += ranking.len();
        Ok::<(), Infallible>(())
    });
    let Ok(()) = visited;
    matches
}

fn every_event_for_every_sponsor(name: &str, sponsor_count: usize, event_count: usize, times: usize) {
    let catalog = catalog(&sponsors(sponsor_count), &events(event_count), "{}");
    let pairs = (sponsor_count * event_count) as f64;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get) as f64;
    let seconds = best_of(times, || assert_eq!(each(&catalog), sponsor_count * K));
    say(name, cores * pairs / seconds, "pairs/s");
    let wall = (0..times).map(|_| {
        let start = Instant::now();
        assert_eq!(each(&catalog), sponsor_count * K);
        start.elapsed().as_secs_f64()
    });
    say(&format!("{name}_wall"), pairs / wall.fold(f64::INFINITY, f64::min), "pairs/s");
    let alone = catalog.sequential();
    say(
        &format!("{name}_one_core"),
        pairs / best_of(times, || assert_eq!(each(&alone), sponsor_count * K)),
        "pairs/s",
    );
}

/// One sponsor against ever more events: by the engine, by its plain scan, and by hand.
fn one_sponsor(event_count: usize) -> Result<(), sponsorfit::Error> {
    let (sponsor_rows, event_rows) = (sponsors(32), events(event_count));
    let start = processor_time();
    let engine = catalog(&sponsor_rows, &event_rows, "{}");
    let seconds = start.zip(processor_time()).map_or(0.0, |(start, end)| end - start);
    say(&format!("build_{event_count}"), seconds, "s");
    let memory = engine.memory();
    say(&format!("memory_{event_count}"), memory.total() as f64 / event_count as f64, "B/event");
    let own = (memory.total() - memory.rows) as f64 / event_count as f64;
    say(&format!("memory_own_{event_count}"), own, "B/event");
    let prepared = hand::prepare(&event_rows);
    let ids: Vec<SponsorId> = engine.sponsors().map(|sponsor| sponsor.sponsor_id).collect();
    let repeats = (1_000_000 / event_count).clamp(1, 30);
    let top = |catalog: &Catalog| {
        let seconds = best_of(3, || {
            for _ in 0..repeats {
                for id in &ids {
                    black_box(catalog.events_for(id).top(K).map_or(0, |ranking| ranking.len()));
                }
            }
        });
        seconds / (repeats * ids.len()) as f64
    };
    let by_engine = top(&engine);
    say(&format!("engine_{event_count}"), by_engine * 1e6, "us");
    let recommended = engine.with_config(sponsorfit::ScoringConfig::from_json(RECOMMENDED)?)?;
    say(&format!("recommended_{event_count}"), top(&recommended) * 1e6, "us");
    let plain = engine.clone().plain();
    let by_hand = || {
        for row in &sponsor_rows {
            black_box(hand::top(row, &prepared, K));
        }
    };
    say(&format!("hand_{event_count}"), best_of(3, by_hand) / sponsor_rows.len() as f64 * 1e6, "us");
    if event_count <= 1_000_000 {
        say(&format!("plain_{event_count}"), top(&plain) * 1e6, "us");
    }
    for (id, row) in ids.iter().zip(&sponsor_rows) {
        let ranking = engine.events_for(id).top(K)?;
        if event_count <= 1_000_000 {
            assert_eq!(ranking, plain.events_for(id).top(K)?, "the engine and the scan differ");
        }
        let expected = hand::top(row, &prepared, K);
        let found = ranking
            .iter()
            .map(|pair| (pair.score.get(), u128::from_be_bytes(*pair.event_id.as_bytes()) as usize - 1));
        assert!(found.eq(expected), "the engine and the formula by hand differ");
    }
    Ok(())
}

fn columns() -> Result<(), sponsorfit::Error> {
    let (sponsor_count, event_count) = (200, 10_000);
    let catalog = catalog(&sponsors(sponsor_count), &events(event_count), "{}");
    let pairs = sponsor_count * event_count;
    let mut score = vec![0.0; pairs];
    let mut result = Ok(());
    let seconds = best_of(3, || {
        result = catalog.score_all(Columns { score: Some(&mut score), ..Columns::default() });
    });
    result?;
    say("score_column", pairs as f64 / seconds, "pairs/s");

    let mut coverage = vec![0.0; pairs];
    let mut leaves: [Vec<f64>; 7] = std::array::from_fn(|_| vec![0.0; pairs]);
    let mut result = Ok(());
    let seconds = best_of(3, || {
        let leaves = leaves.each_mut().map(|leaf| Some(leaf.as_mut_slice()));
        result =
            catalog.score_all(Columns { score: Some(&mut score), coverage: Some(&mut coverage), leaves });
    });
    result?;
    let bytes = (pairs * 9 * 8) as f64;
    say("all_columns", bytes / seconds, "B/s");
    let mut value = 0.0;
    let seconds = best_of(3, || {
        value += 1.0;
        for column in leaves.iter_mut().chain([&mut score, &mut coverage]) {
            black_box(&mut *column).fill(value);
        }
    });
    say("plain_stores", bytes / seconds, "B/s");
    // As our columns are written: nine streams side by side, in strips of what is in the cache.
    let source: Vec<f64> = (0..STRIP).map(|index| index as f64).collect();
    let seconds = best_of(3, || {
        for start in (0..pairs).step_by(STRIP) {
            let strip = start..pairs.min(start + STRIP);
            for column in leaves.iter_mut().chain([&mut score, &mut coverage]) {
                column[strip.clone()].copy_from_slice(&black_box(&source)[..strip.len()]);
            }
        }
    });
    say("nine_streams", bytes / seconds, "B/s");
    Ok(())
}

fn one_pair() -> Result<(), sponsorfit::Error> {
    let (sponsor_rows, event_rows) = (sponsors(100), events(1_000));
    let catalog = catalog(&sponsor_rows, &event_rows, "{}");
    let prepared = hand::prepare(&event_rows);
    let sponsor_ids: Vec<SponsorId> = catalog.sponsors().map(|row| row.sponsor_id).collect();
    let event_ids: Vec<EventId> = catalog.events().map(|(row, _)| row.event_id).collect();
    let pairs = (sponsor_rows.len() * event_rows.len()) as f64;
    let seconds = best_of(3, || {
        for sponsor in &sponsor_ids {
            for event in &event_ids {
                black_box(catalog.score(sponsor, event).map_or(0.0, |pair| pair.score.get()));
            }
        }
    });
    say("one_pair", seconds / pairs * 1e9, "ns");
    let seconds = best_of(3, || {
        for sponsor in &sponsor_rows {
            for event in &prepared {
                black_box(hand::score(black_box(sponsor), black_box(event)));
            }
        }
    });
    say("one_pair_by_hand", seconds / pairs * 1e9, "ns");
    let found: [HashMap<[u8; 16], usize>; 2] =
        [sponsor_rows.len(), prepared.len()].map(|rows| (0..rows).map(|row| (id(row), row)).collect());
    let seconds = best_of(3, || {
        for sponsor in &sponsor_ids {
            for event in &event_ids {
                let rows = found[0].get(sponsor.as_bytes()).zip(found[1].get(event.as_bytes()));
                black_box(
                    rows.map(|(sponsor, event)| hand::score(&sponsor_rows[*sponsor], &prepared[*event])),
                );
            }
        }
    });
    say("one_pair_found_by_hand", seconds / pairs * 1e9, "ns");
    for (sponsor, row) in sponsor_ids.iter().zip(&sponsor_rows) {
        for (event, prepared) in event_ids.iter().zip(&prepared) {
            let score = catalog.score(sponsor, event)?.score.get();
            assert_eq!(score.to_bits(), hand::score(row, prepared).to_bits(), "one pair, two scores");
        }
    }
    Ok(())
}

fn changed_configuration() -> Result<(), sponsorfit::Error> {
    let catalog = catalog(&sponsors(1_000), &events(10_000), "{}");
    for (name, json) in [
        ("with_weights", r#"{"weights": {"budget_fit": 0.2, "audience_overlap": 0.4}}"#),
        ("with_readings", RECOMMENDED),
    ] {
        let config = sponsorfit::ScoringConfig::from_json(json)?;
        let seconds = best_of(3, || drop(black_box(catalog.with_config(config.clone()))));
        say(name, seconds * 1e3, "ms");
    }
    Ok(())
}

/// Scores every pair, each found by its identifiers.
#[inline(never)]
fn every_pair(catalog: &Catalog) -> f64 {
    let sponsors: Vec<SponsorId> = catalog.sponsors().map(|row| row.sponsor_id).collect();
    let events: Vec<EventId> = catalog.events().map(|(row, _)| row.event_id).collect();
    let score = |sponsor, event| catalog.score(sponsor, event).map_or(0.0, |pair| pair.score.get());
    sponsors.iter().map(|sponsor| events.iter().map(|event| score(sponsor, event)).sum::<f64>()).sum()
}

/// Fixed work for counting instructions.
fn count(work: &str) -> Result<(), Box<dyn std::error::Error>> {
    match work {
        "top_events" => {
            let catalog = catalog(&sponsors(500), &events(10_000), "{}").sequential();
            println!("{}", each(&catalog));
        }
        "recommended" => {
            let catalog = catalog(&sponsors(200), &events(50_000), RECOMMENDED).sequential();
            println!("{}", each(&catalog));
        }
        "pairs" => {
            let catalog = catalog(&sponsors(100), &events(1_000), "{}");
            println!("{}", every_pair(&catalog));
        }
        "top_sponsors" => {
            let catalog = catalog(&sponsors(20_000), &events(50), RECOMMENDED);
            let ids: Vec<EventId> = catalog.events().map(|(event, _)| event.event_id).collect();
            let mut matches = 0;
            for id in &ids {
                matches += catalog.sponsors_for(id).top(K)?.len();
            }
            println!("{matches}");
        }
        "score_all" => {
            let catalog = catalog(&sponsors(50), &events(5_000), "{}");
            let (mut score, mut geo) = (vec![0.0; 250_000], vec![0.0; 250_000]);
            let mut columns = Columns { score: Some(&mut score), ..Columns::default() };
            columns.leaves[Leaf::Geo as usize] = Some(&mut geo);
            catalog.score_all(columns)?;
            println!("{}", score.iter().sum::<f64>());
        }
        other => {
            return Err(format!(
                "no work `{other}`: top_events, recommended, pairs, top_sponsors or score_all"
            )
            .into());
        }
    }
    Ok(())
}
