//! Similarity by the angle between two vectors.

use super::ObjectivesSimilarity;
use crate::model::{Event, SponsorProfile, UnitInterval};

/// Sums are kept in this many lanes, so that a vector unit and a scalar loop agree.
const LANES: usize = 8;

/// Cosine of the two `objectives_embedding` vectors, clamped to 0..=1.
///
/// Products are summed in binary64 over eight lanes (position mod 8), and the
/// lanes are added in order. Unknown when a side has no vector, a zero norm or
/// another dimension than configured.
///
/// # Examples
/// ```
/// use sponsorfit::{
///     Embedding, EmbeddingSimilarity, Event, EventId, ObjectivesSimilarity, SponsorId, SponsorProfile,
/// };
///
/// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// sponsor.objectives_embedding = Some(Embedding::new(&[3.0, 4.0])?);
/// let mut event = Event::new(EventId::from_bytes([2; 16]));
/// event.objectives_embedding = Some(Embedding::new(&[3.0, 0.0])?);
///
/// let similarity = EmbeddingSimilarity::new(2).similarity(&sponsor, &event).unwrap();
/// assert_eq!(similarity.get(), 0.6);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct EmbeddingSimilarity {
    dimension: usize,
}

impl EmbeddingSimilarity {
    /// Compares vectors of this many components.
    ///
    /// # Examples
    /// ```
    /// let similarity = sponsorfit::EmbeddingSimilarity::new(384);
    /// ```
    pub const fn new(dimension: usize) -> Self {
        Self { dimension }
    }
}

impl ObjectivesSimilarity for EmbeddingSimilarity {
    fn similarity(&self, sponsor: &SponsorProfile, event: &Event) -> Option<UnitInterval> {
        let a = sponsor.objectives_embedding.as_ref()?.components();
        let b = event.objectives_embedding.as_ref()?.components();
        if a.len() != self.dimension || b.len() != self.dimension {
            return None;
        }
        cosine(a, b)
    }

    fn id(&self) -> &'static str {
        "embedding"
    }
}

/// Returns the clamped cosine of two vectors of the same length.
pub(crate) fn cosine(a: &[f32], b: &[f32]) -> Option<UnitInterval> {
    cosine_of((a, norm(a)), (b, norm(b)))
}

/// Returns the clamped cosine of two vectors of the same length, whose norms are known.
pub(crate) fn cosine_of((a, a_norm): (&[f32], f64), (b, b_norm): (&[f32], f64)) -> Option<UnitInterval> {
    if a_norm == 0.0 || b_norm == 0.0 {
        return None;
    }
    Some(UnitInterval::clamped(dot(a, b) / (a_norm * b_norm)))
}

/// Returns the Euclidean norm, which is 0 only where the sum of squares is.
pub(crate) fn norm(a: &[f32]) -> f64 {
    dot(a, a).sqrt()
}

/// Returns the inner product, summed over eight lanes.
pub(crate) fn dot(a: &[f32], b: &[f32]) -> f64 {
    let mut lanes = [0.0_f64; LANES];
    for (a, b) in a.chunks(LANES).zip(b.chunks(LANES)) {
        for (lane, (a, b)) in lanes.iter_mut().zip(a.iter().zip(b)) {
            *lane += f64::from(*a) * f64::from(*b);
        }
    }
    lanes.iter().fold(0.0, |sum, lane| sum + lane)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lanes_are_positions_modulo_eight() {
        let a: Vec<f32> = (0..19_u8).map(|i| 0.1 + f32::from(i) * 0.37).collect();
        let mut lanes = [0.0_f64; 8];
        for (index, value) in a.iter().enumerate() {
            lanes[index % 8] += f64::from(*value) * f64::from(*value);
        }
        let mut expected = 0.0;
        for lane in lanes {
            expected += lane;
        }
        assert_eq!(dot(&a, &a).to_bits(), expected.to_bits());
    }

    #[test]
    fn opposite_and_zero_vectors() {
        assert_eq!(cosine(&[1.0, 0.0], &[-1.0, 0.0]), Some(UnitInterval::ZERO));
        assert_eq!(cosine(&[1.0, 0.0], &[0.0, 0.0]), None);
        assert_eq!(cosine(&[0.0], &[1.0]), None);
        assert_eq!(cosine(&[2.0, 0.0], &[2.0, 0.0]).map(UnitInterval::get), Some(1.0));
        assert_eq!(cosine(&[], &[]), None);
    }
}
