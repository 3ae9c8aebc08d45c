//! The connection, and the statements that a worker keeps prepared.

use tokio_postgres::{Client, Statement, Transaction};
use uuid::Uuid;

use crate::error::Error;
use crate::rows::{Loaded, Side};
use crate::tls::Target;

/// The columns that a worker writes, in the order of its rows.
const COLUMNS: &str = "event_id, sponsor_id, score, score_exact, coverage, overlap_metrics, digest, \
     event_gen, sponsor_gen, config_fingerprint, engine_version";

/// Connects and drives the connection in the background.
pub(crate) async fn connect(url: &str) -> Result<Client, Error> {
    let Target { config, tls } = Target::parse(url)?;
    let (client, connection) = config.connect(tls).await?;
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!("connection lost: {error}");
        }
    });
    // A plan for parameters that are not known would scan where these use an index, and so would
    // one that takes every page for a turn of a disk.
    client
        .batch_execute(
            "set application_name = 'queue-worker'; set jit = off;
             set plan_cache_mode = force_custom_plan; set random_page_cost = 1.1",
        )
        .await?;
    Ok(client)
}

/// Statements that every batch runs.
#[derive(Debug)]
pub(crate) struct Statements {
    pub(crate) claim: Statement,
    pub(crate) load: Statement,
    pub(crate) generation: Statement,
    pub(crate) open: Statement,
    pub(crate) changed: Statement,
    stored: [Statement; 2],
    decided: [Statement; 2],
    pub(crate) insert: Statement,
    pub(crate) update: Statement,
    pub(crate) remove: Statement,
    pub(crate) remove_all: Statement,
    pub(crate) complete: Statement,
    pub(crate) release: Statement,
    pub(crate) fail: Statement,
}

impl Statements {
    pub(crate) async fn prepare(client: &Client) -> Result<Self, Error> {
        let pairs = |columns: &str, own: &str, other: &str, which: &str| {
            format!(
                "select {own}, {other} {columns} from public.sponsorship_matches where {own} = any($1)
                   and ($2::uuid is null or {other} > $2) and ($3::uuid is null or {other} <= $3) {which}"
            )
        };
        // Two statements: what both ask for is in an index, the one's or the other's.
        let stored = |own, other| pairs(", digest", own, other, "");
        let decided = |own, other| {
            pairs("", own, other, "and (status in ('accepted', 'rejected') or contacted_at is not null)")
        };
        Ok(Self {
            claim: client
                .prepare("select side, id, gen, after_id, attempts, token from fit.claim(2147483647, make_interval(secs => $1), null, $2)")
                .await?,
            load: client.prepare("select id, gen, \"row\", insights from fit.load($1, $2, $3, $4)").await?,
            generation: client.prepare("select fit.generation($1)").await?,
            open: client.prepare("select fit.open_write($1, $2, $3, $4)").await?,
            changed: client.prepare("select fit.changed_since($1, $2, $3)").await?,
            stored: [
                client.prepare(&stored("sponsor_id", "event_id")).await?,
                client.prepare(&stored("event_id", "sponsor_id")).await?,
            ],
            decided: [
                client.prepare(&decided("sponsor_id", "event_id")).await?,
                client.prepare(&decided("event_id", "sponsor_id")).await?,
            ],
            insert: client
                .prepare(&format!("copy public.sponsorship_matches ({COLUMNS}) from stdin (format binary)"))
                .await?,
            update: client
                .prepare("select fit.update_matches($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)")
                .await?,
            remove: client.prepare("select fit.remove_matches($1, $2, $3, $4)").await?,
            remove_all: client.prepare("select fit.remove_matches_of($1, $2)").await?,
            complete: client.prepare("select fit.complete($1, $2, $3)").await?,
            release: client.prepare("select fit.release($1, $2, $3, $4)").await?,
            fail: client.prepare("select fit.fail($1, $2, $3, $4)").await?,
        })
    }

    /// Returns the statement that reads the stored pairs of entities of a side.
    pub(crate) fn stored(&self, side: Side) -> &Statement {
        &self.stored[usize::from(side == Side::Event)]
    }

    /// Returns the statement that reads which of them somebody acted on.
    pub(crate) fn decided(&self, side: Side) -> &Statement {
        &self.decided[usize::from(side == Side::Event)]
    }

    pub(crate) async fn load(
        &self,
        transaction: &Transaction<'_>,
        side: Side,
        ids: Option<&[Uuid]>,
        after: Option<Uuid>,
        limit: Option<i32>,
    ) -> Result<Loaded, Error> {
        let rows = transaction.query(&self.load, &[&side.name(), &ids, &after, &limit]).await?;
        Loaded::read(side, &rows)
    }
}

/// What `fit.settings` says.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) scoring: String,
    pub(crate) min_score: f64,
    pub(crate) top_k: Option<usize>,
}

impl Settings {
    pub(crate) async fn read(transaction: &Transaction<'_>) -> Result<Self, Error> {
        let row =
            transaction.query_one("select scoring::text, min_score, top_k from fit.settings", &[]).await?;
        let top_k: Option<i32> = row.try_get(2)?;
        Ok(Self {
            scoring: row.try_get(0)?,
            min_score: row.try_get(1)?,
            top_k: top_k.and_then(|k| usize::try_from(k).ok()),
        })
    }
}
