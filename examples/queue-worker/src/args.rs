//! The command line.

use std::net::SocketAddr;
use std::num::{NonZeroU32, NonZeroUsize};

use clap::Parser;

/// Drains the recalculation queue and writes exact match scores.
#[derive(Clone, Debug, Parser)]
#[command(name = "queue-worker", version)]
pub struct Args {
    /// The database, as `postgresql://user:password@host:port/name`; `?sslmode=` disable, prefer, require
    /// or verify-full, the last by whom this machine trusts or by `&sslrootcert=FILE`
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: String,

    /// Stop when nothing is due any more, instead of waiting for work
    #[arg(long)]
    pub once: bool,

    /// Mark every pair for recalculation first; for the night
    #[arg(long, requires = "once")]
    pub full: bool,

    /// How many connections work side by side
    #[arg(long, env = "FIT_WORKERS", default_value = "2")]
    pub workers: NonZeroUsize,

    /// How many pairs one batch scores at most; a larger entity takes several
    #[arg(long, env = "FIT_PAIRS_A_BATCH", default_value = "250000")]
    pub pairs_a_batch: NonZeroU32,

    /// How many seconds a batch may take before others may claim its entities
    #[arg(long, env = "FIT_LEASE_SECONDS", default_value = "300", value_parser = clap::value_parser!(u32).range(1..=86_400))]
    pub lease_seconds: u32,

    /// How many milliseconds to wait before asking an empty queue again
    #[arg(long, env = "FIT_POLL_MS", default_value = "1000", value_parser = clap::value_parser!(u64).range(1..))]
    pub poll_ms: u64,

    /// Where to serve `/metrics` and `/healthz`, as `127.0.0.1:9187`
    #[arg(long, env = "FIT_LISTEN")]
    pub listen: Option<SocketAddr>,
}
