//! What one pair reads of a row, in one line of the cache.

/// The labels of a row as bits, how many they are, and the row's numbers.
///
/// Labels are numbered as they are met, so nearly all rows have all of theirs
/// among the first 64. Those of the others are compared as lists.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub(crate) struct RowBits {
    pub(crate) categories: Set,
    pub(crate) regions: Set,
    /// Engagement, conversion and price of an event, the budget of a sponsor; NaN is not known.
    pub(crate) numbers: [f64; 3],
}

/// A set of label numbers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Set {
    /// A bit for each number below 64.
    bits: u64,
    /// How many numbers there are.
    len: u32,
    /// Whether one of them has no bit.
    is_wide: bool,
}

impl Set {
    pub(crate) fn of(numbers: &[u32]) -> Self {
        let bits = numbers.iter().filter(|number| **number < 64).fold(0, |bits, number| bits | 1 << number);
        Self {
            bits,
            // A row's labels are fewer than there are label numbers.
            len: u32::try_from(numbers.len()).unwrap_or(u32::MAX),
            is_wide: numbers.iter().any(|number| *number >= 64),
        }
    }

    pub(crate) fn len(self) -> usize {
        self.len as usize
    }

    /// Returns how many labels two rows share: where their bits cannot tell, what `count` says.
    #[inline]
    pub(crate) fn shared(self, other: Self, count: impl FnOnce() -> usize) -> usize {
        if self.is_wide && other.is_wide { count() } else { (self.bits & other.bits).count_ones() as usize }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_asked_where_bits_cannot_tell() {
        let (wide, other, narrow) = (Set::of(&[1, 64, 70]), Set::of(&[1, 70]), Set::of(&[1, 2]));
        assert_eq!(wide.shared(other, || 2), 2);
        assert_eq!(wide.shared(narrow, || 9), 1);
        assert_eq!((wide.len(), narrow.len()), (3, 2));
    }
}
