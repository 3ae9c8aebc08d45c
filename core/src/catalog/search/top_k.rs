//! The best rows seen so far.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// A row with its score. The worse one is the greater: lower score first, then the later identifier.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry {
    pub(crate) score: f64,
    pub(crate) id: u128,
    pub(crate) row: u32,
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        // No score is below zero, so its bits are in its order.
        other.score.to_bits().cmp(&self.score.to_bits()).then(self.id.cmp(&other.id))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Entry {}

/// Keeps the `k` best of the rows that a page may show.
#[derive(Debug)]
pub(crate) struct TopK {
    k: usize,
    least: f64,
    /// The last row of the page before, which only later rows may follow.
    after: Option<(f64, u128)>,
    kept: BinaryHeap<Entry>,
}

impl TopK {
    pub(crate) fn new(k: usize, least: f64, after: Option<(f64, u128)>) -> Self {
        // `k` may be "all of them": room is made as rows come.
        Self { k, least, after, kept: BinaryHeap::with_capacity(k.min(1024) + 1) }
    }

    /// Returns the score below which no row can enter.
    pub(crate) fn floor(&self) -> f64 {
        match self.kept.peek() {
            Some(worst) if self.kept.len() >= self.k => worst.score,
            _ if self.k == 0 => f64::INFINITY,
            _ => self.least,
        }
    }

    /// Raises the least score: at least `k` rows are known to have it, of which none is filtered out.
    pub(crate) fn raise(&mut self, least: f64) {
        self.least = self.least.max(least);
    }

    /// Returns how many rows are still to be found, where every row may be one of them.
    pub(crate) fn wanted(&self) -> Option<usize> {
        (self.after.is_none() && self.k > 0 && self.kept.is_empty()).then_some(self.k)
    }

    /// Returns whether a row with this score at best and this identifier at the earliest may enter.
    #[allow(clippy::float_cmp, reason = "ties are between equal bits")]
    pub(crate) fn may_enter(&self, score: f64, id: u128) -> bool {
        match self.kept.peek() {
            Some(worst) if self.kept.len() >= self.k => {
                score > worst.score || (score == worst.score && id < worst.id)
            }
            _ => self.k > 0 && score >= self.least,
        }
    }

    /// Returns whether the row belongs among the best so far.
    #[allow(clippy::float_cmp, reason = "ties are between equal bits")]
    pub(crate) fn admits(&self, score: f64, id: u128) -> bool {
        let on_an_earlier_page =
            self.after.is_some_and(|(last, last_id)| score > last || (score == last && id <= last_id));
        !on_an_earlier_page && score >= self.least && self.may_enter(score, id)
    }

    /// Enters a row that [`Self::admits`].
    pub(crate) fn push(&mut self, entry: Entry) {
        self.kept.push(entry);
        if self.kept.len() > self.k {
            self.kept.pop();
        }
    }

    /// Returns the rows, the best first.
    pub(crate) fn into_sorted(self) -> Vec<Entry> {
        self.kept.into_sorted_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offer(top: &mut TopK, score: f64, id: u128) {
        if top.admits(score, id) {
            top.push(Entry { score, id, row: 0 });
        }
    }

    #[test]
    fn ties_go_to_the_earlier_identifier() {
        let mut top = TopK::new(2, 0.0, None);
        for id in [3, 1, 2] {
            offer(&mut top, 0.5, id);
        }
        assert!(!top.may_enter(0.5, 4) && top.may_enter(0.5, 0) && top.may_enter(0.6, 9));
        assert_eq!(top.into_sorted().iter().map(|entry| entry.id).collect::<Vec<_>>(), [1, 2]);
    }

    #[test]
    fn a_page_begins_behind_its_cursor() {
        let mut top = TopK::new(9, 0.25, Some((0.5, 2)));
        for (score, id) in [(0.6, 9), (0.5, 1), (0.5, 2), (0.5, 3), (0.25, 4), (0.2, 5)] {
            offer(&mut top, score, id);
        }
        assert_eq!(top.into_sorted().iter().map(|entry| entry.id).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn none_are_kept_when_none_are_asked_for() {
        let mut top = TopK::new(0, 0.0, None);
        offer(&mut top, 1.0, 1);
        assert!(top.floor() > 1.0 && top.into_sorted().is_empty());
    }
}
