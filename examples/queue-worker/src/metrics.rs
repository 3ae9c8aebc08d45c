//! Prometheus metrics.

use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use prometheus::{
    Counter, Encoder, Gauge, Histogram, HistogramOpts, IntCounter, IntGauge, Registry, TextEncoder,
};

use crate::claim::Report;
use crate::error::Error;

/// What a worker counts, and how the queue stands.
#[derive(Debug)]
pub struct Metrics {
    registry: Registry,
    pairs: IntCounter,
    written: IntCounter,
    removed: IntCounter,
    completed: IntCounter,
    failed: IntCounter,
    errors: IntCounter,
    busy: Counter,
    batch: Histogram,
    pub(crate) depth: IntGauge,
    pub(crate) dead: IntGauge,
    pub(crate) oldest: Gauge,
    /// When the database last answered, in seconds of the epoch.
    answered: AtomicI64,
}

impl Metrics {
    /// Registers the metrics, in a registry of their own.
    ///
    /// # Errors
    /// [`Error::Metrics`] when two have one name.
    pub fn new() -> Result<Self, Error> {
        let registry = Registry::new();
        let counter = |name: &str, help: &str| -> Result<IntCounter, Error> {
            let counter = IntCounter::new(name, help)?;
            registry.register(Box::new(counter.clone()))?;
            Ok(counter)
        };
        let gauge = |name: &str, help: &str| -> Result<IntGauge, Error> {
            let gauge = IntGauge::new(name, help)?;
            registry.register(Box::new(gauge.clone()))?;
            Ok(gauge)
        };
        let busy = Counter::new("fit_busy_seconds_total", "time spent in batches, over all connections")?;
        let oldest = Gauge::new("fit_queue_oldest_age_seconds", "age of the oldest change that is not done")?;
        let buckets = prometheus::exponential_buckets(0.01, 2.0, 14)?;
        let batch = Histogram::with_opts(
            HistogramOpts::new("fit_batch_seconds", "time a batch took").buckets(buckets),
        )?;
        registry.register(Box::new(busy.clone()))?;
        registry.register(Box::new(oldest.clone()))?;
        registry.register(Box::new(batch.clone()))?;
        Ok(Self {
            pairs: counter("fit_pairs_scored_total", "pairs scored")?,
            written: counter("fit_rows_written_total", "matches written, because they changed")?,
            removed: counter("fit_rows_removed_total", "matches removed")?,
            completed: counter("fit_entities_completed_total", "sponsors and events done")?,
            failed: counter("fit_entities_failed_total", "sponsors and events that could not be read")?,
            errors: counter("fit_batch_errors_total", "batches that ended in an error")?,
            depth: gauge("fit_queue_depth", "sponsors and events that wait")?,
            dead: gauge("fit_queue_dead", "sponsors and events that were given up")?,
            busy,
            oldest,
            batch,
            registry,
            answered: AtomicI64::new(0),
        })
    }

    pub(crate) fn count(&self, report: &Report, took: Duration) {
        self.pairs.inc_by(report.pairs);
        self.written.inc_by(report.written);
        self.removed.inc_by(report.removed);
        self.completed.inc_by(report.completed);
        self.failed.inc_by(report.failed);
        self.busy.inc_by(took.as_secs_f64());
        self.batch.observe(took.as_secs_f64());
    }

    pub(crate) fn count_error(&self) {
        self.errors.inc();
    }

    pub(crate) fn note_answer(&self) {
        self.answered.store(now(), Ordering::Relaxed);
    }

    /// Returns how many seconds ago the database last answered.
    pub(crate) fn silence(&self) -> i64 {
        now() - self.answered.load(Ordering::Relaxed)
    }

    pub(crate) fn text(&self) -> Result<String, Error> {
        let mut text = Vec::new();
        TextEncoder::new().encode(&self.registry.gather(), &mut text)?;
        Ok(String::from_utf8_lossy(&text).into_owned())
    }
}

fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
