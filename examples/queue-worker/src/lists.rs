//! The other policy: the best of every event and of every sponsor, and what was decided.
//!
//! A change can push a pair out of a list that neither of its sides is an anchor of, so the
//! lists are made from the whole catalog, which the core does at millions of pairs a second,
//! and only their differences are written. One worker at a time: the gate is held from
//! before the rows are read, so that what is written is what they are.

use std::collections::{HashMap, HashSet};
use std::convert::Infallible;

use sponsorfit::batch::Digest;
use sponsorfit::{Filter, MatchScore, UnitInterval};
use tokio_postgres::Transaction;
use uuid::Uuid;

use crate::claim::{Claim, Removals, Report, Stored, finish, open, scorer};
use crate::database::{Settings, Statements};
use crate::error::Error;
use crate::rows::{self, Side, catalog};
use crate::writes::Writes;

type Pair = (Uuid, Uuid);

pub(crate) async fn write(
    transaction: &Transaction<'_>,
    statements: &Statements,
    claim: &Claim,
) -> Result<Report, Error> {
    transaction.batch_execute("select fit.shut_gate()").await?;
    let settings = Settings::read(transaction).await?;
    let own = statements.load(transaction, claim.side, Some(&claim.ids), None, None).await?;
    let mine = open(transaction, statements, claim.side, claim.token, (&own.ids, &own.gens)).await?;

    let mut sponsors = statements.load(transaction, Side::Sponsor, None, None, None).await?;
    let mut events = statements.load(transaction, Side::Event, None, None, None).await?;
    let (made, identity) = scorer(&settings)?;
    let catalog = catalog(made, [&mut sponsors, &mut events])?;

    let mut kept: HashMap<Pair, MatchScore> = HashMap::new();
    let k = settings.top_k.unwrap_or(usize::MAX);
    let least = UnitInterval::new(settings.min_score).unwrap_or(UnitInterval::ZERO);
    let filter = Filter::new().min_score(least);
    let mut keep = |ranking: sponsorfit::Ranking| {
        for ranked in &ranking {
            kept.insert(pair(ranked), *ranked);
        }
    };
    let _: Result<(), Infallible> = catalog.sponsors_for_each_event(k, &filter, |_, _, ranking| {
        keep(ranking);
        Ok(())
    });
    let _: Result<(), Infallible> = catalog.events_for_each_sponsor(k, &filter, |_, ranking| {
        keep(ranking);
        Ok(())
    });

    let stored = stored(transaction).await?;
    let mut removals = Removals::default();
    for ((event, sponsor), found) in &stored {
        if kept.contains_key(&(*event, *sponsor)) {
            continue;
        }
        // An unreadable side has no score to be wrong; its death takes what is undecided.
        let is_unreadable =
            events.unreadable.contains_key(event) || sponsors.unreadable.contains_key(sponsor);
        match rows::score(&catalog, Side::Sponsor, *sponsor, *event) {
            Some(score) if found.is_decided => {
                kept.insert((*event, *sponsor), score);
            }
            _ if is_unreadable && found.is_decided => {}
            score => removals.push(*sponsor, *event, score.is_some()),
        }
    }

    let mut report = Report { pairs: (sponsors.ids.len() * events.ids.len()) as u64, ..Report::default() };
    let mut writes = Writes::default();
    let seed = Digest::seed(&identity.fingerprint, &identity.engine_version);
    let (event_gens, sponsor_gens) = (events.gen_of(), sponsors.gen_of());
    let mut kept: Vec<(Pair, MatchScore)> = kept.into_iter().collect();
    kept.sort_unstable_by_key(|(pair, _)| *pair);
    for ((event, sponsor), score) in &kept {
        let digest = seed.of(score);
        let found = stored.get(&(*event, *sponsor));
        if found.is_none_or(|found| found.digest != digest) {
            writes.push(score, digest, [sponsor_gens[sponsor], event_gens[event]], found.is_some());
        }
        writes.flush_full(transaction, statements, &identity).await?;
    }
    writes.flush(transaction, statements, &identity).await?;
    report.written = writes.written;
    report.removed = removals.remove(transaction, statements, Side::Sponsor, &HashSet::new(), &mine).await?;
    finish(transaction, statements, claim, &own, &mine, None, &mut report).await?;
    Ok(report)
}

fn pair(score: &MatchScore) -> Pair {
    (Uuid::from_bytes(*score.event_id.as_bytes()), Uuid::from_bytes(*score.sponsor_id.as_bytes()))
}

async fn stored(transaction: &Transaction<'_>) -> Result<HashMap<Pair, Stored>, Error> {
    let rows = transaction
        .query(
            "select event_id, sponsor_id, digest, status in ('accepted', 'rejected') or contacted_at is not null
             from public.sponsorship_matches",
            &[],
        )
        .await?;
    let read = |row: &tokio_postgres::Row| {
        let pair = (row.try_get(0)?, row.try_get(1)?);
        Ok((pair, Stored { digest: row.try_get(2)?, is_decided: row.try_get(3)? }))
    };
    rows.iter().map(read).collect()
}
