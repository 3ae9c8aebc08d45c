//! The other side of a batch, kept for the next one while nothing in it changes: to read it
//! anew takes as long as to compare the scores of a batch.

use sponsorfit::{Catalog, Scorer};
use tokio_postgres::Transaction;
use uuid::Uuid;

use crate::database::Statements;
use crate::error::Error;
use crate::rows::{Loaded, Side, catalog};

/// Which rows of a side: all after one, as far as the limit goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) side: Side,
    pub(crate) after: Option<Uuid>,
    pub(crate) limit: Option<i32>,
}

/// Rows of a side, and the catalog of them alone.
#[derive(Debug)]
pub(crate) struct Others {
    page: Page,
    /// What the side's rows were numbered when they were read.
    generation: i64,
    pub(crate) loaded: Loaded,
    catalog: Catalog,
}

impl Others {
    /// Reads a page, unless what is kept is that page as it is now.
    pub(crate) async fn read(
        transaction: &Transaction<'_>,
        statements: &Statements,
        page: Page,
        scorer: Scorer,
        kept: Option<Self>,
    ) -> Result<Self, Error> {
        let row = transaction.query_one(&statements.generation, &[&page.side.name()]).await?;
        let generation: i64 = row.try_get(0)?;
        match kept {
            Some(kept) if kept.page == page && kept.generation == generation => {
                let is_same = kept.catalog.scorer().config() == scorer.config();
                let catalog = if is_same { kept.catalog } else { kept.catalog.with_scorer(scorer) };
                Ok(Self { catalog, ..kept })
            }
            _ => {
                let mut loaded =
                    statements.load(transaction, page.side, None, page.after, page.limit).await?;
                let catalog = catalog(scorer, [&mut loaded])?;
                Ok(Self { page, generation, loaded, catalog })
            }
        }
    }

    /// Returns the catalog of these rows and a batch's own.
    pub(crate) fn beside(&self, own: &mut Loaded) -> Result<Catalog, Error> {
        let mut catalog = self.catalog.clone();
        for sponsor in own.sponsors.drain(..) {
            catalog.upsert_sponsor(sponsor).map_err(Error::Catalog)?;
        }
        for (event, insights) in own.events.drain(..) {
            catalog.upsert_event(event, insights).map_err(Error::Catalog)?;
        }
        Ok(catalog)
    }
}
