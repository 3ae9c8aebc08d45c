//! Two rankings on one page: which one do people choose from?

use std::collections::BTreeSet;

use crate::stats::random::SplitMix64;

/// Which ranking an item was taken from.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::{Team, team_draft};
/// let page = team_draft(&["acme"], &["birch"], 2, 1);
/// assert!(page.items.contains(&("acme", Team::A)) && page.items.contains(&("birch", Team::B)));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Team {
    /// The first ranking.
    A,
    /// The second ranking.
    B,
}

/// A page on which two rankings compete.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::{Credit, Interleaved, Team};
/// let page = Interleaved { items: vec![("acme", Team::B), ("birch", Team::A)] };
/// assert_eq!(page.credit(|&item| item == "acme"), Credit { a: 0, b: 1 });
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interleaved<T> {
    /// What to show, in this order, and whose it is.
    pub items: Vec<(T, Team)>,
}

/// How many accepted items each team had on a page.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::{Credit, Team};
/// let page = Credit { a: 2, b: 1 };
/// assert_eq!((page.winner(), page.score()), (Some(Team::A), 1.0));
/// assert_eq!(Credit { a: 0, b: 0 }.score(), 0.5);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Accepted items of the first ranking.
    pub a: usize,
    /// Accepted items of the second ranking.
    pub b: usize,
}

impl Credit {
    /// Returns the team with more, or `None` when they are even.
    pub fn winner(&self) -> Option<Team> {
        match self.a.cmp(&self.b) {
            std::cmp::Ordering::Greater => Some(Team::A),
            std::cmp::Ordering::Less => Some(Team::B),
            std::cmp::Ordering::Equal => None,
        }
    }

    /// Returns 1 when A wins, 0 when B does, and one half when they are even.
    ///
    /// The mean over pages, with its [`confidence_sequence`](super::confidence_sequence),
    /// is the preference for A: one half means that people do not care.
    pub fn score(&self) -> f64 {
        match self.winner() {
            Some(Team::A) => 1.0,
            Some(Team::B) => 0.0,
            None => 0.5,
        }
    }
}

/// Merges two rankings into one page of up to `length` items, as captains draft teams.
///
/// Radlinski, Kurup and Joachims, *How Does Clickthrough Data Reflect Retrieval Quality?*
/// (2008): in each round a coin decides which ranking picks first, and each picks its best
/// item that is not on the page yet. Both have the same number of items at the same places
/// on average, so with equal rankings neither wins. The page ends when one ranking has
/// nothing left to pick, since the other would go on without competition. The same seed
/// gives the same page.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::{Team, team_draft};
/// let page = team_draft(&["acme", "birch", "cedar"], &["birch", "dune", "acme"], 4, 7);
/// assert_eq!(page.items.len(), 4);
/// let accepted = ["dune"];
/// let credit = page.credit(|item| accepted.contains(item));
/// assert_eq!(credit.winner(), Some(Team::B));
/// ```
pub fn team_draft<T: Clone + Ord>(a: &[T], b: &[T], length: usize, seed: u64) -> Interleaved<T> {
    let mut random = SplitMix64::new(seed);
    let mut picked = BTreeSet::new();
    let (mut from_a, mut from_b) = (a.iter(), b.iter());
    let mut items = vec![];
    'page: while items.len() < length {
        let order = if random.coin() { [Team::A, Team::B] } else { [Team::B, Team::A] };
        for team in order {
            let ranking = match team {
                Team::A => &mut from_a,
                Team::B => &mut from_b,
            };
            let Some(item) = ranking.find(|&item| !picked.contains(item)) else { break 'page };
            picked.insert(item);
            items.push((item.clone(), team));
        }
    }
    items.truncate(length);
    Interleaved { items }
}

impl<T> Interleaved<T> {
    /// Returns how many items each team had accepted.
    pub fn credit(&self, accepted: impl Fn(&T) -> bool) -> Credit {
        let of = |team| self.items.iter().filter(|(item, of)| *of == team && accepted(item)).count();
        Credit { a: of(Team::A), b: of(Team::B) }
    }
}
