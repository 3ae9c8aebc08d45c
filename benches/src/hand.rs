//! The formula written by hand over bitmasks: what a careful program without this crate would do.

use crate::Row;

/// What is left of an event once its sets are masks.
#[derive(Clone, Copy, Debug)]
pub struct Prepared {
    /// One bit a category.
    pub categories: u64,
    /// One bit a region.
    pub regions: u64,
    /// `engagement_quality`.
    pub engagement: f64,
}

/// Prepares events.
pub fn prepare(events: &[Row]) -> Vec<Prepared> {
    let one = |row: &Row| Prepared {
        categories: row.categories,
        regions: row.regions,
        engagement: 0.7 * row.engagement + 0.3 * row.conversion,
    };
    events.iter().map(one).collect()
}

/// Returns the score of a pair under the default configuration.
#[inline]
pub fn score(sponsor: &Row, event: &Prepared) -> f64 {
    let budget = sponsor.budget as f64 / (sponsor.budget as f64 + 100_000.0);
    let categories = f64::from((sponsor.categories & event.categories).count_ones())
        / f64::from(sponsor.categories.count_ones());
    let geo =
        f64::from((sponsor.regions & event.regions).count_ones()) / f64::from(sponsor.regions.count_ones());
    let audience = 0.6 * categories + 0.4 * geo;
    0.25 * budget + 0.35 * audience + 0.15 * geo + 0.15 * event.engagement + 0.10 * 0.5
}

/// Returns the best events of a sponsor by a scan of all, with a table for what only counts decide.
pub fn top(sponsor: &Row, events: &[Prepared], k: usize) -> Vec<(f64, usize)> {
    let (wanted, regions) = (sponsor.categories.count_ones(), sponsor.regions.count_ones());
    let mut table = [[0.0; 9]; 9];
    for (i, row) in table.iter_mut().enumerate().take(wanted as usize + 1) {
        for (j, start) in row.iter_mut().enumerate().take(regions as usize + 1) {
            let budget = sponsor.budget as f64 / (sponsor.budget as f64 + 100_000.0);
            let (categories, geo) = (i as f64 / f64::from(wanted), j as f64 / f64::from(regions));
            *start = 0.25 * budget + 0.35 * (0.6 * categories + 0.4 * geo) + 0.15 * geo;
        }
    }
    let mut best: Vec<(f64, usize)> = Vec::with_capacity(k + 1);
    let mut least = f64::NEG_INFINITY;
    for (index, event) in events.iter().enumerate() {
        let i = (sponsor.categories & event.categories).count_ones() as usize;
        let j = (sponsor.regions & event.regions).count_ones() as usize;
        let score = table[i][j] + 0.15 * event.engagement + 0.10 * 0.5;
        if score > least || (best.len() < k && score >= least) {
            let at = best.partition_point(|(other, _)| *other >= score);
            best.insert(at, (score, index));
            if best.len() > k {
                best.pop();
            }
            if best.len() == k {
                least = best[k - 1].0;
            }
        }
    }
    best
}
