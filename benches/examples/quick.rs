//! scratch
use sponsorfit_benches::*;
use std::time::Instant;
fn main() {
    let n: usize = std::env::args().nth(1).unwrap().parse().unwrap();
    let ns: usize = std::env::args().nth(2).unwrap().parse().unwrap();
    for config in ["{}", r#"{"overlap_reading": "reachable", "geo_reading": "audience_share"}"#] {
        let s = sponsors(ns);
        let e = events(n);
        let t = Instant::now();
        let c = catalog(&s, &e, config);
        println!("build {:?}", t.elapsed());
        let ids: Vec<_> = c.sponsors().map(|s| s.sponsor_id).collect();
        for k in [10, 20] {
            let reps = (20_000_000 / n / ns).max(1);
            let mut best = f64::MAX;
            for _ in 0..3 {
                let t = Instant::now();
                for _ in 0..reps {
                    for id in &ids {
                        std::hint::black_box(c.top_events(id, k).unwrap());
                    }
                }
                best = best.min(t.elapsed().as_secs_f64() / (reps * ns) as f64);
            }
            println!("{config} n={n} k={k} {:.1} us/query", best * 1e6);
        }
    }
}
