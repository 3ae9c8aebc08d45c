//! One sort for what a pair of rows holds: labels, words, keys, ways to improve.
//!
//! The standard library's sorts are compiled for each type and order they meet,
//! three kilobytes at a time. Lists of a row are short, and short lists it
//! inserts too. Catalogs sort with the standard library.

use std::cmp::Ordering;

/// Up to this length inserting is fastest, as the standard library finds too.
const SHORT: usize = 20;

/// Sorts a list; what compares equal keeps its order.
pub(crate) fn stable<T>(items: &mut [T], compare: impl Fn(&T, &T) -> Ordering) {
    if items.is_sorted_by(|a, b| compare(a, b).is_le()) {
        return;
    }
    if items.len() > SHORT {
        let order = order(items.len(), &|a, b| match (items.get(a), items.get(b)) {
            (Some(a), Some(b)) => compare(a, b),
            _ => Ordering::Equal,
        });
        put_in_order(order, |a, b| items.swap(a, b));
        return;
    }
    for end in 1..items.len() {
        let is_less = |items: &[T], at: usize| matches!(items.get(at - 1..=at), Some([before, item]) if compare(item, before).is_lt());
        let mut at = end;
        while at > 0 && is_less(items, at) {
            items.swap(at - 1, at);
            at -= 1;
        }
    }
}

/// Returns the positions of `length` items in their order.
fn order(length: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..length).collect();
    order.sort_by(|a, b| compare(*a, *b));
    order
}

/// Brings items into an order by swapping them.
fn put_in_order(mut order: Vec<usize>, mut swap: impl FnMut(usize, usize)) {
    for at in 0..order.len() {
        let mut from = order.get(at).copied().unwrap_or(at);
        // What stood before `at` has been swapped away: its place in the order says whither.
        while from < at {
            from = order.get(from).copied().unwrap_or(at);
        }
        if let Some(place) = order.get_mut(at) {
            *place = from;
        }
        swap(at, from);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_library_does(keys in prop::collection::vec(0_u8..40, 0..100)) {
            let mut items: Vec<(u8, usize)> = keys.into_iter().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort_by_key(|(key, _)| *key);
            stable(&mut items, |(a, _), (b, _)| a.cmp(b));
            prop_assert_eq!(items, expected);
        }
    }
}
