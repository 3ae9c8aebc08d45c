//! One batch: what was claimed is loaded, scored and written.

use std::collections::{HashMap, HashSet};
use std::pin::pin;

use futures_util::TryStreamExt;
use sponsorfit::batch::Digest;
use sponsorfit::{Catalog, MatchScore};
use tokio_postgres::types::ToSql;
use tokio_postgres::{Client, IsolationLevel, Row, Transaction};
use uuid::Uuid;

use crate::claim::{Claim, Removals, Report, Stored, finish, open, scorer};
use crate::database::{Settings, Statements};
use crate::error::Error;
use crate::lists;
use crate::others::{Others, Page};
use crate::rows::{self, Loaded, Side};
use crate::writes::{Identity, Writes};

/// Does a claim; what it read of the other side is kept for the next.
pub(crate) async fn run(
    client: &mut Client,
    statements: &Statements,
    claim: &Claim,
    pairs_a_batch: u32,
    kept: &mut Option<Others>,
) -> Result<Report, Error> {
    let reading = client
        .build_transaction()
        .isolation_level(IsolationLevel::RepeatableRead)
        .read_only(true)
        .start()
        .await?;
    let settings = Settings::read(&reading).await?;
    if settings.top_k.is_some() {
        reading.commit().await?;
        let writing = client.transaction().await?;
        let report = lists::write(&writing, statements, claim).await?;
        writing.commit().await?;
        return Ok(report);
    }
    let (scorer, identity) = scorer(&settings)?;
    let mut own = statements.load(&reading, claim.side, Some(&claim.ids), None, None).await?;
    let most = i32::try_from(pairs_a_batch).unwrap_or(i32::MAX);
    // A batch of several fits its budget, by how it was claimed.
    let limit = (claim.ids.len() == 1).then_some(most);
    let page = Page { side: claim.side.other(), after: claim.after, limit };
    let others = Others::read(&reading, statements, page, scorer, kept.take()).await?;
    reading.commit().await?;

    let catalog = others.beside(&mut own)?;
    let ids = &others.loaded.ids;
    let is_cut = limit.is_some() && ids.len() >= usize::try_from(most).unwrap_or(usize::MAX);
    let cursor = ids.last().copied().filter(|_| is_cut);
    let seed = Digest::seed(&identity.fingerprint, &identity.engine_version);
    let batch = Batch {
        claim,
        own: &own,
        others: &others.loaded,
        catalog: &catalog,
        settings: &settings,
        seed,
        cursor,
    };

    let writing = client.transaction().await?;
    let report = batch.write(&writing, statements, &identity).await?;
    writing.commit().await?;
    *kept = Some(others);
    Ok(report)
}

struct Batch<'a> {
    claim: &'a Claim,
    own: &'a Loaded,
    others: &'a Loaded,
    catalog: &'a Catalog,
    settings: &'a Settings,
    seed: Digest,
    /// The last of the others, when there may be more.
    cursor: Option<Uuid>,
}

impl Batch<'_> {
    async fn write(
        &self,
        transaction: &Transaction<'_>,
        statements: &Statements,
        identity: &Identity,
    ) -> Result<Report, Error> {
        let Claim { side, token, .. } = self.claim;
        let mine = open(transaction, statements, *side, *token, (&self.own.ids, &self.own.gens)).await?;
        let scorable = self.scorable(transaction, statements).await?;

        let own: Vec<(Uuid, i64)> = self.own.readable().filter(|(id, _)| mine.contains(id)).collect();
        let stored = self.stored(transaction, statements, &own).await?;

        let mut writes = Writes::default();
        let mut removals = Removals::default();
        for (number, position) in in_key_order(*side, own.len(), &scorable) {
            let ((id, own_gen), found) = (own[number], stored[number * self.others.ids.len() + position]);
            let (other, other_gen) = (self.others.ids[position], self.others.gens[position]);
            let score = rows::score(self.catalog, *side, id, other);
            let is_kept = |score: &MatchScore| {
                score.score.get() >= self.settings.min_score || found.is_some_and(|stored| stored.is_decided)
            };
            if let Some(score) = score.filter(is_kept) {
                let digest = self.seed.of(&score);
                if found.is_none_or(|stored| stored.digest != digest) {
                    let (sponsor, event) = side.in_order(own_gen, other_gen);
                    writes.push(&score, digest, [sponsor, event], found.is_some());
                }
            } else if found.is_some() {
                removals.push(id, other, score.is_some());
            }
            writes.flush_full(transaction, statements, identity).await?;
        }
        writes.flush(transaction, statements, identity).await?;
        let pairs = (own.len() * scorable.len()) as u64;
        let mut report = Report { pairs, written: writes.written, ..Report::default() };
        report.removed = removals.remove(transaction, statements, *side, &self.own.gone, &mine).await?;
        finish(transaction, statements, self.claim, self.own, &mine, self.cursor, &mut report).await?;
        Ok(report)
    }

    /// Returns the positions of the others whose pairs this batch may write: those that can
    /// be read, and have not changed since they were.
    async fn scorable(
        &self,
        transaction: &Transaction<'_>,
        statements: &Statements,
    ) -> Result<Vec<usize>, Error> {
        let Loaded { ids, gens, unreadable, .. } = self.others;
        let side = self.claim.side.other().name();
        let rows = transaction.query(&statements.changed, &[&side, ids, gens]).await?;
        let changed: HashSet<Uuid> = rows.iter().map(|row| row.try_get(0)).collect::<Result<_, _>>()?;
        let is_scorable = |id: &Uuid| !changed.contains(id) && !unreadable.contains_key(id);
        Ok((0..ids.len()).filter(|position| is_scorable(&ids[*position])).collect())
    }

    /// Returns what is stored of the pairs, entity by entity and for each by the position of
    /// the other. Others that were not loaded are beyond the cursor, or in the queue themselves.
    async fn stored(
        &self,
        transaction: &Transaction<'_>,
        statements: &Statements,
        own: &[(Uuid, i64)],
    ) -> Result<Vec<Option<Stored>>, Error> {
        let ids: Vec<Uuid> = own.iter().map(|(id, _)| *id).collect();
        let numbers: HashMap<Uuid, usize> = ids.iter().copied().zip(0..).collect();
        let positions: HashMap<Uuid, usize> = self.others.ids.iter().copied().zip(0..).collect();
        let mut stored = vec![None; ids.len() * positions.len()];
        let place = |row: &Row| -> Result<Option<usize>, Error> {
            let (number, position) = (numbers.get(&row.try_get(0)?), positions.get(&row.try_get(1)?));
            Ok(number.zip(position).map(|(number, position)| number * positions.len() + position))
        };
        let side = self.claim.side;
        let parameters: [&(dyn ToSql + Sync); 3] = [&ids, &self.claim.after, &self.cursor];
        // One by one: together they would be the largest thing in memory.
        let mut rows = pin!(transaction.query_raw(statements.stored(side), parameters).await?);
        while let Some(row) = rows.try_next().await? {
            if let Some(place) = place(&row)? {
                stored[place] = Some(Stored { digest: row.try_get(2)?, is_decided: false });
            }
        }
        for row in transaction.query(statements.decided(side), &parameters).await? {
            if let Some(stored) = place(&row)?.and_then(|place| stored[place].as_mut()) {
                stored.is_decided = true;
            }
        }
        Ok(stored)
    }
}

/// Returns the numbers of a batch's entities and the positions of the others as their pairs
/// stand in the primary key, by event and then by sponsor: neighbours are written together.
fn in_key_order(
    side: Side,
    own: usize,
    others: &[usize],
) -> Box<dyn Iterator<Item = (usize, usize)> + Send + '_> {
    match side {
        Side::Sponsor => {
            Box::new(others.iter().flat_map(move |other| (0..own).map(move |own| (own, *other))))
        }
        Side::Event => Box::new((0..own).flat_map(move |own| others.iter().map(move |other| (own, *other)))),
    }
}
