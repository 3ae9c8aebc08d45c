//! Rows of the database, read by the core.

use std::collections::{HashMap, HashSet};

use sponsorfit::batch::row;
use sponsorfit::rows::{Reader, Row as CoreRow};
use sponsorfit::{AudienceInsights, Catalog, Event, EventId, MatchScore, Scorer, SponsorId, SponsorProfile};
use tokio_postgres::Row;
use uuid::Uuid;

use crate::error::Error;

/// Which side of a pair an entity is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Side {
    Sponsor,
    Event,
}

impl Side {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Sponsor => "sponsor",
            Self::Event => "event",
        }
    }

    pub(crate) fn other(self) -> Self {
        match self {
            Self::Sponsor => Self::Event,
            Self::Event => Self::Sponsor,
        }
    }

    /// Puts what belongs to this side and what belongs to the other in the order sponsor, event.
    pub(crate) fn in_order<T>(self, own: T, other: T) -> (T, T) {
        match self {
            Self::Sponsor => (own, other),
            Self::Event => (other, own),
        }
    }

    pub(crate) fn of_name(name: &str) -> Self {
        if name == "sponsor" { Self::Sponsor } else { Self::Event }
    }
}

/// The rows of a side, as one snapshot had them.
#[derive(Debug, Default)]
pub(crate) struct Loaded {
    /// Every row that was there or was asked for, and its generation.
    pub(crate) ids: Vec<Uuid>,
    pub(crate) gens: Vec<i64>,
    pub(crate) sponsors: Vec<SponsorProfile>,
    pub(crate) events: Vec<(Event, Option<AudienceInsights>)>,
    /// Asked for, and not there.
    pub(crate) gone: HashSet<Uuid>,
    /// There, and refused by the core, with the reason.
    pub(crate) unreadable: HashMap<Uuid, String>,
}

impl Loaded {
    pub(crate) fn read(side: Side, rows: &[Row]) -> Result<Self, Error> {
        let mut loaded = Self::default();
        for row in rows {
            let id: Uuid = row.try_get(0)?;
            let (text, insights): (Option<&str>, Option<&str>) = (row.try_get(2)?, row.try_get(3)?);
            loaded.ids.push(id);
            loaded.gens.push(row.try_get(1)?);
            let Some(text) = text else {
                loaded.gone.insert(id);
                continue;
            };
            if let Err(reason) = loaded.add(side, text, insights) {
                loaded.unreadable.insert(id, reason);
            }
        }
        Ok(loaded)
    }

    fn add(&mut self, side: Side, text: &str, insights: Option<&str>) -> Result<(), String> {
        match side {
            Side::Sponsor => self.sponsors.push(parse(text)?),
            Side::Event => {
                let event = parse(text)?;
                let insights =
                    insights.map(parse).transpose().map_err(|reason| format!("insights: {reason}"))?;
                self.events.push((event, insights));
            }
        }
        Ok(())
    }

    pub(crate) fn gen_of(&self) -> HashMap<Uuid, i64> {
        self.ids.iter().copied().zip(self.gens.iter().copied()).collect()
    }

    /// Returns those that can be scored, with their generations.
    pub(crate) fn readable(&self) -> impl Iterator<Item = (Uuid, i64)> + '_ {
        let all = self.ids.iter().copied().zip(self.gens.iter().copied());
        all.filter(|(id, _)| !self.gone.contains(id) && !self.unreadable.contains_key(id))
    }
}

/// Any dimension is read: which one counts is not known before the settings are.
fn parse<T: CoreRow>(text: &str) -> Result<T, String> {
    row(Reader::new(), text)
}

/// Builds the catalog of what was loaded.
pub(crate) fn catalog<const SIDES: usize>(
    scorer: Scorer,
    sides: [&mut Loaded; SIDES],
) -> Result<Catalog, Error> {
    let mut builder = Catalog::builder(scorer);
    for side in sides {
        let (events, insights): (Vec<_>, Vec<_>) = std::mem::take(&mut side.events).into_iter().unzip();
        builder = builder
            .sponsors(std::mem::take(&mut side.sponsors))
            .events(events)
            .insights(insights.into_iter().flatten());
    }
    builder.build().map_err(Error::Catalog)
}

/// Scores a pair; `None` when too little is known.
pub(crate) fn score(catalog: &Catalog, side: Side, id: Uuid, other: Uuid) -> Option<MatchScore> {
    let (sponsor, event) = side.in_order(id, other);
    // Both are in the catalog, so all that can be missing is data.
    catalog.score(&SponsorId::from_bytes(*sponsor.as_bytes()), &EventId::from_bytes(*event.as_bytes())).ok()
}
