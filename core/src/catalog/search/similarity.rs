//! Where a ranking takes the similarity of objectives from.

use crate::catalog::rows::vectors::Vectors;
use crate::config::ObjectivesKind;
use crate::model::{Embedding, Event, SponsorProfile, UnitInterval};
use crate::objectives::{ObjectivesSimilarity, cosine_of, norm};
use crate::score::Scorer;

/// How an anchor's objectives are compared with a row's.
pub(crate) enum Similarity<'a> {
    /// Not at all.
    Unknown,
    /// By the scorer's implementation, pair by pair.
    PerPair(&'a dyn ObjectivesSimilarity),
    /// By vectors: the anchor's with its norm, and the rows'.
    Vectors { anchor: &'a [f32], norm: f64, rows: &'a Vectors },
    /// By what the caller worked out, by slot.
    Given(&'a [Option<UnitInterval>]),
}

impl<'a> Similarity<'a> {
    pub(crate) fn of(scorer: &'a Scorer, anchor: Option<&'a Embedding>, rows: &'a Vectors) -> Self {
        match &scorer.config().objectives {
            ObjectivesKind::None => Self::Unknown,
            ObjectivesKind::Keywords | ObjectivesKind::Custom { .. } => Self::PerPair(scorer.objectives()),
            ObjectivesKind::Embedding { dimension } => {
                let anchor = anchor.map_or(&[][..], Embedding::components);
                if usize::try_from(*dimension).is_ok_and(|dimension| dimension == anchor.len()) {
                    Self::Vectors { anchor, norm: norm(anchor), rows }
                } else {
                    Self::Unknown
                }
            }
        }
    }

    /// Returns whether it is unknown for every row.
    pub(crate) fn is_unknown(&self) -> bool {
        matches!(self, Self::Unknown)
    }

    /// Returns the similarity of a row.
    pub(crate) fn of_row(
        &self,
        row: usize,
        slot: usize,
        pair: (&SponsorProfile, &Event),
    ) -> Option<UnitInterval> {
        match self {
            Self::Unknown => None,
            Self::PerPair(implementation) => implementation.similarity(pair.0, pair.1),
            Self::Vectors { anchor, norm, rows } => {
                let (components, row_norm) = rows.of(row);
                // Of another dimension, a row is as unknown as without a vector.
                (components.len() == anchor.len())
                    .then(|| cosine_of((anchor, *norm), (components, row_norm)))
                    .flatten()
            }
            Self::Given(values) => values.get(slot).copied().flatten(),
        }
    }
}
