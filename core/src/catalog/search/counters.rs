//! Matches of 64 rows counted at once: bitmaps added as binary numbers, digit by digit.

use crate::catalog::compiled::layout::{BLOCK, GROUP, Postings};
#[cfg(doc)]
use crate::catalog::compiled::view::WIDEST;

/// Binary digits of a count up to [`WIDEST`].
const DIGITS: usize = 6;

/// Counts of 64 rows a word: one plane a binary digit.
pub(crate) struct Counters {
    planes: [[u64; BLOCK]; DIGITS],
    /// How many planes a count of all labels takes.
    digits: usize,
}

impl Counters {
    pub(crate) fn new(labels: usize) -> Self {
        Self { planes: [[0; BLOCK]; DIGITS], digits: digits(labels) }
    }

    /// Counts, for each row of the words, how many of the labels it has.
    pub(crate) fn count(&mut self, postings: &Postings, labels: &[u32], range: &std::ops::Range<usize>) {
        let words = range.len();
        let mut room = [[0; BLOCK]; 3];
        let [first, second, third] = &mut room;
        let [ones, twos, above @ ..] = &mut self.planes;
        let (ones, twos) = (&mut ones[..words], &mut twos[..words]);
        // Three labels at a time are added in five operations, without a plane to be read.
        match labels {
            [] => return,
            [a] => ones.copy_from_slice(postings.words(*a, range, first)),
            [a, b, others @ ..] => {
                let a = postings.words(*a, range, first).iter();
                let b = postings.words(*b, range, second).iter();
                let planes = ones.iter_mut().zip(twos);
                if let Some(c) = others.first() {
                    let c = postings.words(*c, range, third).iter();
                    for ((((ones, twos), a), b), c) in planes.zip(a).zip(b).zip(c) {
                        let half = a ^ b;
                        (*ones, *twos) = (half ^ c, (a & b) | (half & c));
                    }
                } else {
                    for (((ones, twos), a), b) in planes.zip(a).zip(b) {
                        (*ones, *twos) = (a ^ b, a & b);
                    }
                }
            }
        }
        for plane in &mut above[..self.digits.saturating_sub(2)] {
            plane[..words].fill(0);
        }
        for (index, label) in labels.iter().enumerate().skip(3) {
            let bits = postings.words(*label, range, first);
            // The count before this label is at most `index`: no carry goes beyond.
            match digits(index + 1) {
                3 => self.add::<3>(bits),
                4 => self.add::<4>(bits),
                5 => self.add::<5>(bits),
                _ => self.add::<DIGITS>(bits),
            }
        }
    }

    #[inline]
    fn add<const N: usize>(&mut self, bits: &[u64]) {
        let words = bits.len();
        let mut carries = [0; BLOCK];
        let carries = &mut carries[..words];
        carries.copy_from_slice(bits);
        for plane in &mut self.planes[..N] {
            for (digit, carry) in plane[..words].iter_mut().zip(&mut *carries) {
                (*digit, *carry) = (*digit ^ *carry, *digit & *carry);
            }
        }
    }

    /// Keeps in `rows` those of a group whose count is at least `least`.
    #[inline]
    pub(crate) fn keep(&self, least: usize, group: usize, rows: &mut [u64; GROUP]) {
        if least == 0 {
            return;
        }
        let mut reached = [!0; GROUP];
        for (digit, plane) in self.planes[..self.digits].iter().enumerate() {
            let plane = &plane.as_chunks::<GROUP>().0[group];
            if least >> digit & 1 == 1 {
                reached.iter_mut().zip(plane).for_each(|(reached, digit)| *reached &= digit);
            } else {
                reached.iter_mut().zip(plane).for_each(|(reached, digit)| *reached |= digit);
            }
        }
        rows.iter_mut().zip(reached).for_each(|(rows, reached)| *rows &= reached);
    }

    /// Returns which rows have exactly this count, of all the words.
    pub(crate) fn equal(&self, count: usize) -> [u64; BLOCK] {
        let mut rows = [!0; BLOCK];
        for (digit, plane) in self.planes[..self.digits].iter().enumerate() {
            let flip = if count >> digit & 1 == 1 { 0 } else { !0 };
            rows.iter_mut().zip(plane).for_each(|(rows, digit)| *rows &= digit ^ flip);
        }
        rows
    }

    pub(crate) fn of(&self, word: usize, bit: usize) -> usize {
        self.planes[..self.digits]
            .iter()
            .enumerate()
            .fold(0, |count, (digit, plane)| count | ((plane[word] >> bit & 1) as usize) << digit)
    }
}

/// Counts the rows that are in both, among the first `rows` of them.
pub(crate) fn count_both(a: &[u64; BLOCK], b: &[u64; BLOCK], rows: usize) -> usize {
    let both = a.iter().zip(b).map(|(a, b)| a & b);
    // High counts are rare: most words have none.
    let counts =
        both.take(rows.div_ceil(64)).enumerate().filter(|(_, both)| *both != 0).map(|(word, both)| {
            // Beyond the last row of the block there is none.
            let beyond = 64_usize.saturating_sub(rows - word * 64);
            (both << beyond).count_ones() as usize
        });
    counts.sum()
}

fn digits(count: usize) -> usize {
    (usize::BITS - count.leading_zeros()) as usize
}
