//! Which claimed entities are tried together.

/// Returns claimed entities in groups: together what is tried for the first time, then each
/// that `is_again` alone, in the order given.
///
/// What failed before may fail again, and then spoils nobody else's batch; what is half done
/// goes on from a place of its own.
///
/// # Examples
/// ```
/// use sponsorfit::batch::groups;
///
/// let attempts = [0, 2, 0, 1];
/// assert_eq!(groups(attempts, |attempts| *attempts > 0), [vec![0, 0], vec![2], vec![1]]);
/// assert!(groups([0; 0], |_| true).is_empty());
/// ```
pub fn groups<T>(claimed: impl IntoIterator<Item = T>, is_again: impl Fn(&T) -> bool) -> Vec<Vec<T>> {
    let (alone, together): (Vec<T>, Vec<T>) = claimed.into_iter().partition(is_again);
    let together = Some(together).filter(|together| !together.is_empty());
    together.into_iter().chain(alone.into_iter().map(|one| vec![one])).collect()
}
