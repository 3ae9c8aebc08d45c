//! Labels as small numbers, so that sets are compared without reading text.

use std::collections::HashMap;

use crate::model::{Label, LabelSet};

/// The numbers of the labels that some row has, in the order in which they were met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    numbers: HashMap<Box<str>, u32>,
}

impl Interner {
    /// Returns the label's number, a new one where it has none.
    pub(crate) fn intern(&mut self, label: &Label) -> u32 {
        if let Some(number) = self.numbers.get(label.key()) {
            return *number;
        }
        // Four billion distinct labels do not fit in memory.
        let number = u32::try_from(self.numbers.len()).unwrap_or(u32::MAX);
        self.numbers.insert(label.key().into(), number);
        number
    }

    /// Returns the label's number, where some row has it.
    pub(crate) fn number(&self, label: &Label) -> Option<u32> {
        self.numbers.get(label.key()).copied()
    }

    /// Returns the numbers of those labels that some row has: the others match nothing.
    pub(crate) fn known(&self, labels: &LabelSet) -> Vec<u32> {
        labels.iter().filter_map(|label| self.number(label)).collect()
    }

    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }

    pub(crate) fn bytes(&self) -> usize {
        let text: usize = self.numbers.keys().map(|key| key.len()).sum();
        text + self.numbers.capacity() * (size_of::<(Box<str>, u32)>() + 1)
    }
}

/// The label numbers of each row, ascending. Rows with the same set share it.
#[derive(Clone, Debug)]
pub(crate) struct Lists {
    /// The set of each row.
    pub(crate) sets: Vec<u32>,
    /// The sets, end to end.
    ends: Vec<u32>,
    numbers: Vec<u32>,
    known: HashMap<Box<[u32]>, u32>,
    /// The sets that have a label, by its number.
    holders: Vec<Vec<u32>>,
}

impl Default for Lists {
    fn default() -> Self {
        Self {
            sets: Vec::new(),
            ends: vec![0],
            numbers: Vec::new(),
            known: HashMap::new(),
            holders: Vec::new(),
        }
    }
}

impl Lists {
    /// Appends a row, whose numbers are ascending.
    pub(crate) fn push(&mut self, numbers: &[u32]) {
        let set = self.known.get(numbers).copied().unwrap_or_else(|| {
            // Rows are fewer than u32 has numbers, and sets are not more.
            let set = u32::try_from(self.known.len()).unwrap_or(u32::MAX);
            self.numbers.extend(numbers);
            self.ends.push(u32::try_from(self.numbers.len()).unwrap_or(u32::MAX));
            self.known.insert(numbers.into(), set);
            for number in numbers {
                let number = *number as usize;
                if number >= self.holders.len() {
                    self.holders.resize(number + 1, Vec::new());
                }
                self.holders[number].push(set);
            }
            set
        });
        self.sets.push(set);
    }

    pub(crate) fn of(&self, row: usize) -> &[u32] {
        self.set(self.sets[row] as usize)
    }

    fn set(&self, set: usize) -> &[u32] {
        &self.numbers[self.ends[set] as usize..self.ends[set + 1] as usize]
    }

    /// Returns how many sets differ.
    pub(crate) fn set_count(&self) -> usize {
        self.known.len()
    }

    /// Counts how many of the labels each set has.
    pub(crate) fn counts(&self, labels: &[u32]) -> Vec<u16> {
        let mut counts = vec![0; self.known.len()];
        for label in labels {
            for set in self.holders.get(*label as usize).into_iter().flatten() {
                counts[*set as usize] += 1;
            }
        }
        counts
    }

    pub(crate) fn shrink_to_fit(&mut self) {
        self.sets.shrink_to_fit();
        self.ends.shrink_to_fit();
        self.numbers.shrink_to_fit();
    }

    pub(crate) fn bytes(&self) -> usize {
        let known = self.known.capacity() * (size_of::<(Box<[u32]>, u32)>() + 1);
        let holders: usize = self.holders.iter().map(|sets| sets.capacity() * size_of::<u32>()).sum();
        known
            + holders
            + (self.sets.capacity() + self.ends.capacity() + 2 * self.numbers.capacity()) * size_of::<u32>()
    }
}

/// Returns how many numbers two ascending lists share.
pub(crate) fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut at_a, mut at_b, mut count) = (0, 0, 0);
    while at_a < a.len() && at_b < b.len() {
        let (of_a, of_b) = (a[at_a], b[at_b]);
        count += usize::from(of_a == of_b);
        at_a += usize::from(of_a <= of_b);
        at_b += usize::from(of_b <= of_a);
    }
    count
}

/// A set of small numbers, asked whether it has one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bits(Vec<u64>);

impl Bits {
    pub(crate) fn of(numbers: &[u32], len: usize) -> Self {
        let mut bits = Self(vec![0; len.div_ceil(64)]);
        for number in numbers {
            bits.insert(*number as usize);
        }
        bits
    }

    pub(crate) fn insert(&mut self, number: usize) {
        if number / 64 >= self.0.len() {
            self.0.resize(number / 64 + 1, 0);
        }
        self.0[number / 64] |= 1 << (number % 64);
    }

    /// Returns whether no number was ever inserted.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn contains(&self, number: usize) -> bool {
        self.0.get(number / 64).is_some_and(|word| word >> (number % 64) & 1 == 1)
    }

    /// Returns how many of the numbers are in the set.
    pub(crate) fn count(&self, numbers: &[u32]) -> usize {
        numbers.iter().filter(|number| self.contains(**number as usize)).count()
    }

    pub(crate) fn bytes(&self) -> usize {
        self.0.capacity() * size_of::<u64>()
    }
}
