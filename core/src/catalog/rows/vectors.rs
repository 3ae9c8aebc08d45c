//! Embeddings of all rows, end to end, so that comparing them reads memory in order.

use crate::model::Embedding;
use crate::objectives::norm;

/// The vector of each row, whatever its dimension; empty where there is none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Vectors {
    components: Vec<f32>,
    ends: Vec<usize>,
    norms: Vec<f64>,
}

impl Vectors {
    pub(crate) fn push(&mut self, embedding: Option<&Embedding>) {
        let components = embedding.map_or(&[][..], Embedding::components);
        self.components.extend(components);
        self.ends.push(self.components.len());
        self.norms.push(norm(components));
    }

    /// Returns the vector of a row and its norm.
    pub(crate) fn of(&self, row: usize) -> (&[f32], f64) {
        let first = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        (&self.components[first..self.ends[row]], self.norms[row])
    }

    pub(crate) fn shrink_to_fit(&mut self) {
        self.components.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.norms.shrink_to_fit();
    }

    pub(crate) fn bytes(&self) -> usize {
        self.components.capacity() * size_of::<f32>()
            + self.ends.capacity() * size_of::<usize>()
            + self.norms.capacity() * size_of::<f64>()
    }
}
