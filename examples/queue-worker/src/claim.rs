//! What every way of working has in common: a claim is taken, its gate opened, and in the end closed.

use std::collections::HashSet;

use sponsorfit::batch::groups;
use sponsorfit::{Scorer, ScoringConfig};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, Transaction};
use uuid::Uuid;

use crate::database::{Settings, Statements};
use crate::error::Error;
use crate::rows::{Loaded, Side};
use crate::writes::Identity;

/// The version of the code that scores; stored with every match.
const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// Entities of one side that this worker may write until the lease runs out.
#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) side: Side,
    pub(crate) token: Uuid,
    pub(crate) ids: Vec<Uuid>,
    /// Where an earlier batch left off; only ever of a single entity.
    pub(crate) after: Option<Uuid>,
}

/// What a batch did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    pub(crate) completed: u64,
    pub(crate) failed: u64,
    pub(crate) pairs: u64,
    pub(crate) written: u64,
    pub(crate) removed: u64,
}

/// Takes what is due, oldest first: together what is tried for the first time, and alone
/// what failed before, so that one bad entity spoils no batch twice.
pub(crate) async fn claim(
    client: &Client,
    statements: &Statements,
    pairs_a_batch: u32,
    lease_seconds: u32,
) -> Result<Vec<Claim>, Error> {
    let parameters: [&(dyn ToSql + Sync); 2] = [&f64::from(lease_seconds), &i64::from(pairs_a_batch)];
    let rows = client.query(&statements.claim, &parameters).await?;
    let claimed = rows.iter().map(|row| {
        let (side, id, token) = (Side::of_name(row.try_get(0)?), row.try_get(1)?, row.try_get(5)?);
        let (after, attempts): (Option<Uuid>, i32) = (row.try_get(3)?, row.try_get(4)?);
        Ok((Claim { side, token, ids: vec![id], after }, attempts > 0 || after.is_some()))
    });
    let claimed = claimed.collect::<Result<Vec<_>, Error>>()?;
    let groups = groups(claimed, |(_, is_again)| *is_again).into_iter();
    let joined = groups.filter_map(|group| {
        group.into_iter().map(|(claim, _)| claim).reduce(|mut joined, claim| {
            joined.ids.extend(claim.ids);
            joined
        })
    });
    Ok(joined.collect())
}

/// Prepares the scorer that the settings ask for.
pub(crate) fn scorer(settings: &Settings) -> Result<(Scorer, Identity), Error> {
    let config = ScoringConfig::from_json(&settings.scoring).map_err(Error::Configuration)?;
    let scorer = Scorer::new(config).map_err(Error::Configuration)?;
    let fingerprint = scorer.config().fingerprint().as_str().to_owned();
    Ok((scorer, Identity { fingerprint, engine_version: ENGINE_VERSION.to_owned() }))
}

/// What a stored pair is compared by.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stored {
    pub(crate) digest: i64,
    pub(crate) is_decided: bool,
}

/// Opens the gate, and returns which of the claimed are still this worker's and as they were read.
pub(crate) async fn open(
    transaction: &Transaction<'_>,
    statements: &Statements,
    side: Side,
    token: Uuid,
    (ids, gens): (&Vec<Uuid>, &Vec<i64>),
) -> Result<HashSet<Uuid>, Error> {
    let rows = transaction.query(&statements.open, &[&side.name(), &token, ids, gens]).await?;
    Ok(rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?)
}

/// Pairs that are stored and not kept.
#[derive(Debug, Default)]
pub(crate) struct Removals {
    ids: Vec<Uuid>,
    others: Vec<Uuid>,
    /// Without a score a pair goes even when somebody acts on it at this moment.
    is_scored: Vec<bool>,
}

impl Removals {
    pub(crate) fn push(&mut self, id: Uuid, other: Uuid, is_scored: bool) {
        self.ids.push(id);
        self.others.push(other);
        self.is_scored.push(is_scored);
    }

    /// Removes them, and all pairs of entities that are gone.
    pub(crate) async fn remove(
        &self,
        transaction: &Transaction<'_>,
        statements: &Statements,
        side: Side,
        gone: &HashSet<Uuid>,
        mine: &HashSet<Uuid>,
    ) -> Result<u64, Error> {
        let mut removed = 0;
        if !self.ids.is_empty() {
            let parameters: [&(dyn ToSql + Sync); 4] =
                [&side.name(), &self.ids, &self.others, &self.is_scored];
            let row = transaction.query_one(&statements.remove, &parameters).await?;
            removed += row.try_get::<_, i64>(0)?.unsigned_abs();
        }
        let gone: Vec<Uuid> = gone.intersection(mine).copied().collect();
        if !gone.is_empty() {
            let row = transaction.query_one(&statements.remove_all, &[&side.name(), &gone]).await?;
            removed += row.try_get::<_, i64>(0)?.unsigned_abs();
        }
        Ok(removed)
    }
}

/// Completes what was done, notes what could not be read, and gives the rest back.
pub(crate) async fn finish(
    transaction: &Transaction<'_>,
    statements: &Statements,
    claim: &Claim,
    own: &Loaded,
    mine: &HashSet<Uuid>,
    cursor: Option<Uuid>,
    report: &mut Report,
) -> Result<(), Error> {
    let side = claim.side.name();
    for (id, reason) in own.unreadable.iter().filter(|(id, _)| mine.contains(id)) {
        tracing::warn!(side, %id, "unreadable: {reason}");
        transaction.query(&statements.fail, &[&side, &claim.token, &vec![*id], reason]).await?;
        report.failed += 1;
    }
    let done: Vec<Uuid> = mine.iter().copied().filter(|id| !own.unreadable.contains_key(id)).collect();
    if cursor.is_some() && own.gone.is_empty() {
        transaction.query(&statements.release, &[&side, &claim.token, &done, &cursor]).await?;
    } else {
        transaction.query(&statements.complete, &[&side, &claim.token, &done]).await?;
        report.completed += done.len() as u64;
    }
    // What changed under way is dirty, and free for the next claim.
    transaction.query(&statements.release, &[&side, &claim.token, &claim.ids, &None::<Uuid>]).await?;
    Ok(())
}
