//! Workers side by side, each with a connection of its own.

use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::sleep;
use tokio_postgres::Client;
use uuid::Uuid;

use crate::args::Args;
use crate::batch;
use crate::claim::{self, Claim, Report};
use crate::database::{Statements, connect};
use crate::error::Error;
use crate::metrics::Metrics;
use crate::others::Others;

/// How long a lost database is waited for with `--once`; without it, for ever.
const PATIENCE: Duration = Duration::from_secs(60);
/// How long to wait before connecting again: twice as long each time.
const SHORTEST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// How often the depth of the queue is asked for the metrics.
const LOOK_EVERY: Duration = Duration::from_secs(5);

/// Works until told to stop, or until nothing is due with `--once`.
///
/// # Errors
/// What a worker cannot get over: a database that stays away with `--once`, or a
/// configuration that is none.
pub async fn run(args: Args, metrics: Arc<Metrics>, stopped: watch::Receiver<bool>) -> Result<(), Error> {
    let started = Instant::now();
    if args.full {
        let client = connect(&args.database_url).await?;
        let row = client
            .query_one(
                "select fit.enqueue('sponsor', array(select sponsor_id from public.sponsor_targeting))",
                &[],
            )
            .await?;
        tracing::info!("marked {} sponsors", row.try_get::<_, i32>(0)?);
    }
    let mut workers = JoinSet::new();
    for _ in 0..args.workers.get() {
        workers.spawn(work(args.clone(), metrics.clone(), stopped.clone()));
    }
    let mut pairs = Report::default();
    while let Some(ended) = workers.join_next().await {
        let report = ended.map_err(std::io::Error::other)??;
        pairs.pairs += report.pairs;
        pairs.written += report.written;
        pairs.completed += report.completed;
    }
    let seconds = started.elapsed().as_secs_f64();
    #[allow(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = pairs.pairs as f64 / seconds;
    tracing::info!(
        "{} entities, {} pairs in {seconds:.2} s: {rate:.0} pairs a second; {} rows written",
        pairs.completed,
        pairs.pairs,
        pairs.written
    );
    Ok(())
}

/// Asks how the queue stands, for the metrics, for as long as the process lives.
pub async fn watch_queue(args: Args, metrics: Arc<Metrics>) {
    loop {
        if let Ok(client) = connect(&args.database_url).await {
            while look(&client, &metrics).await.is_ok() {
                sleep(LOOK_EVERY).await;
            }
        }
        sleep(LOOK_EVERY).await;
    }
}

async fn look(client: &Client, metrics: &Metrics) -> Result<(), Error> {
    let row = client
        .query_one("select depth, dead, oldest_age_seconds from public.v_fit_queue_health", &[])
        .await?;
    metrics.depth.set(row.try_get(0)?);
    metrics.dead.set(row.try_get(1)?);
    metrics.oldest.set(row.try_get(2)?);
    metrics.note_answer();
    Ok(())
}

/// One worker: connects, works, and connects again when the connection is lost.
async fn work(
    args: Args,
    metrics: Arc<Metrics>,
    mut stopped: watch::Receiver<bool>,
) -> Result<Report, Error> {
    let mut total = Report::default();
    let mut held: Vec<Claim> = Vec::new();
    let mut lost_at: Option<Instant> = None;
    let mut pause = SHORTEST_PAUSE;
    loop {
        let began = Instant::now();
        let failure = match session(&args, &metrics, &mut stopped, &mut held, &mut total).await {
            Ok(()) => return Ok(total),
            Err(error) => error,
        };
        metrics.count_error();
        if !failure.is_transient() {
            return Err(failure);
        }
        if *stopped.borrow() {
            return Ok(total);
        }
        if began.elapsed() > LONGEST_PAUSE {
            // It worked for a while: this loss is another.
            (lost_at, pause) = (None, SHORTEST_PAUSE);
        }
        if args.once && lost_at.get_or_insert_with(Instant::now).elapsed() > PATIENCE {
            return Err(failure);
        }
        tracing::warn!("{failure}; again in {} ms", pause.as_millis());
        tokio::select! {
            () = sleep(pause) => {}
            _ = stopped.changed() => {}
        }
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

/// Works over one connection until it is lost, the stop, or the end of what is due.
async fn session(
    args: &Args,
    metrics: &Metrics,
    stopped: &mut watch::Receiver<bool>,
    held: &mut Vec<Claim>,
    total: &mut Report,
) -> Result<(), Error> {
    let mut client = connect(&args.database_url).await?;
    let statements = Statements::prepare(&client).await?;
    // What the lost connection held need not wait for its lease.
    for claim in held.drain(..) {
        release(&client, &statements, &claim).await?;
    }
    let mut others = None;
    loop {
        if *stopped.borrow() {
            return Ok(());
        }
        *held = claim::claim(&client, &statements, args.pairs_a_batch.get(), args.lease_seconds).await?;
        metrics.note_answer();
        if held.is_empty() {
            if args.once {
                return Ok(());
            }
            // Who waits holds no catalog.
            others = None;
            tokio::select! {
                () = sleep(Duration::from_millis(args.poll_ms)) => {}
                _ = stopped.changed() => {}
            }
            continue;
        }
        while let Some(claim) = held.first().cloned() {
            if *stopped.borrow() {
                release(&client, &statements, &claim).await?;
            } else {
                do_claim(args, metrics, &mut client, &statements, &claim, &mut others, total).await?;
            }
            held.remove(0);
        }
    }
}

async fn do_claim(
    args: &Args,
    metrics: &Metrics,
    client: &mut Client,
    statements: &Statements,
    claim: &Claim,
    others: &mut Option<Others>,
    total: &mut Report,
) -> Result<(), Error> {
    let started = Instant::now();
    match batch::run(client, statements, claim, args.pairs_a_batch.get(), others).await {
        Ok(report) => {
            let took = started.elapsed();
            metrics.count(&report, took);
            #[allow(clippy::cast_precision_loss, reason = "a rate for people")]
            let rate = report.pairs as f64 / took.as_secs_f64();
            tracing::info!(
                side = claim.side.name(),
                entities = claim.ids.len(),
                pairs = report.pairs,
                written = report.written,
                removed = report.removed,
                failed = report.failed,
                "batch in {:.2} s, {rate:.0} pairs a second",
                took.as_secs_f64(),
            );
            total.completed += report.completed;
            total.pairs += report.pairs;
            total.written += report.written;
            Ok(())
        }
        Err(error) if error.is_transient() => Err(error),
        // Something about this batch: noted, tried again later, one by one.
        Err(error) => {
            metrics.count_error();
            tracing::error!("batch: {error}");
            client
                .query(&statements.fail, &[&claim.side.name(), &claim.token, &claim.ids, &error.to_string()])
                .await?;
            Ok(())
        }
    }
}

async fn release(client: &Client, statements: &Statements, claim: &Claim) -> Result<(), Error> {
    let parameters: [&(dyn tokio_postgres::types::ToSql + Sync); 4] =
        [&claim.side.name(), &claim.token, &claim.ids, &None::<Uuid>];
    client.query(&statements.release, &parameters).await?;
    Ok(())
}
