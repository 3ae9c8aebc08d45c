//! Random numbers that are the same everywhere: whole numbers, and nothing rounded.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// One stream of random draws.
///
/// Every table has its own, so its first thousand rows are the same however many rows
/// are asked for, of it or of another.
pub(super) struct Draw(ChaCha8Rng);

impl Draw {
    pub(super) fn new(seed: u64, stream: u64) -> Self {
        // `seed_from_u64` may change between versions of the crate; these bytes may not.
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let mut rng = ChaCha8Rng::from_seed(bytes);
        rng.set_stream(stream);
        Self(rng)
    }

    /// A number in `0..end`, by Lemire's multiplication; at these sizes its bias is
    /// below one in 2⁴⁰.
    pub(super) fn below(&mut self, end: u64) -> u64 {
        let wide = u128::from(self.0.next_u64()) * u128::from(end);
        u64::try_from(wide >> 64).unwrap_or(0)
    }

    pub(super) fn between(&mut self, low: u64, high: u64) -> u64 {
        low + self.below(high - low + 1)
    }

    /// True `permille` times in a thousand.
    pub(super) fn chance(&mut self, permille: u64) -> bool {
        self.below(1000) < permille
    }

    pub(super) fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    pub(super) fn one<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.index(items.len())]
    }

    /// The index of an item whose frequency falls as one over its rank, as that of
    /// words and tags does (Zipf).
    pub(super) fn popular(&mut self, popularity: &Popularity) -> usize {
        let mark = self.below(popularity.total());
        popularity.0.partition_point(|&upto| upto <= mark)
    }

    /// Heads in 64 tosses of a coin, less 32: near enough to a bell of deviation 4, and exact.
    fn bell(&mut self) -> i32 {
        self.0.next_u64().count_ones().cast_signed() - 32
    }

    /// A size spread as budgets and crowds are: log-normal, two octaves of deviation
    /// about `median`, at two significant digits as people write them.
    pub(super) fn size(&mut self, median: u64) -> u64 {
        // A half octave is √2, here 1448/1024; the factor drawn fills the step between two.
        let halves = self.bell();
        let step = if halves % 2 == 0 { 1024 } else { 1448 };
        let filled = median * step / 1024 * self.between(861, 1217) / 1024;
        let octaves = halves.div_euclid(2);
        two_digits(if octaves < 0 {
            filled >> octaves.unsigned_abs()
        } else {
            filled << octaves.unsigned_abs()
        })
    }

    /// A share in thousandths with a hump in the middle of `low..=high`.
    pub(super) fn hump(&mut self, low: u64, high: u64) -> u64 {
        let width = high - low;
        low + (self.below(width + 1) + self.below(width + 1) + self.below(width + 1)) / 3
    }

    /// A random (version 4) UUID.
    pub(super) fn uuid(&mut self) -> String {
        let (high, low) = (self.0.next_u64(), self.0.next_u64());
        let version = (high & !0xf000) | 0x4000;
        let variant = (low & !(0b11 << 62)) | (0b10 << 62);
        let hex = format!("{version:016x}{variant:016x}");
        [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
    }
}

/// How often each of a number of items is drawn, the most popular first.
pub(super) struct Popularity(Vec<u64>);

impl Popularity {
    pub(super) fn of(count: usize) -> Self {
        let weight = |rank: u64| 1_000_000 / rank;
        Self(
            (1..=count as u64)
                .scan(0, |upto, rank| {
                    *upto += weight(rank);
                    Some(*upto)
                })
                .collect(),
        )
    }

    fn total(&self) -> u64 {
        self.0.last().copied().unwrap_or(0)
    }
}

fn two_digits(value: u64) -> u64 {
    let mut unit = 1;
    while value / unit >= 100 {
        unit *= 10;
    }
    value / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stream_is_chacha8_of_the_seed() {
        // From an independent implementation (RFC 8439's block function with 8 rounds, the
        // seed as the first key word, counter 0, the stream as the nonce).
        let mut draw = Draw::new(1, 2);
        let drawn = [draw.0.next_u64(), draw.0.next_u64()];
        assert_eq!(drawn, [0x604b_e002_d3f1_62fa, 0x1c1e_d398_d11a_0190]);
    }

    #[test]
    fn streams_and_seeds_differ() {
        let first = |seed, stream| Draw::new(seed, stream).uuid();
        assert_eq!(first(1, 1), first(1, 1));
        assert_ne!(first(1, 1), first(1, 2));
        assert_ne!(first(1, 1), first(2, 1));
    }

    #[test]
    fn draws_stay_in_their_range_and_reach_its_ends() {
        let mut draw = Draw::new(3, 0);
        let seen: Vec<u64> = (0..1000).map(|_| draw.between(5, 9)).collect();
        assert_eq!(seen.iter().min(), Some(&5));
        assert_eq!(seen.iter().max(), Some(&9));
        let shares: Vec<u64> = (0..5000).map(|_| draw.hump(100, 900)).collect();
        assert!(shares.iter().all(|share| (100..=900).contains(share)));
        assert_eq!(draw.below(1), 0);
    }

    #[test]
    fn popularity_falls_as_one_over_the_rank() {
        let mut draw = Draw::new(4, 0);
        let popularity = Popularity::of(4);
        let mut counts = [0_u32; 4];
        for _ in 0..25_000 {
            counts[draw.popular(&popularity)] += 1;
        }
        // 25 000 in the ratio 1 : 1/2 : 1/3 : 1/4; one standard deviation is below 80.
        for (count, expected) in counts.into_iter().zip([12_000, 6_000, 4_000, 3_000]) {
            assert!(count.abs_diff(expected) < 320, "{counts:?}");
        }
    }

    #[test]
    fn sizes_are_spread_about_the_median() {
        let mut draw = Draw::new(5, 0);
        let mut sizes: Vec<u64> = (0..10_001).map(|_| draw.size(2_500_000)).collect();
        sizes.sort_unstable();
        let quantile = |permille: usize| sizes[permille * 10];
        assert!((2_200_000..=2_800_000).contains(&quantile(500)), "{}", quantile(500));
        // One deviation, two octaves, on either side: a quarter and four times.
        assert!((500_000..=800_000).contains(&quantile(159)), "{}", quantile(159));
        assert!((8_000_000..=12_000_000).contains(&quantile(841)), "{}", quantile(841));
    }

    #[test]
    fn two_digits_remain() {
        for (value, rounded) in [(0, 0), (7, 7), (99, 99), (100, 100), (129, 120), (98_765, 98_000)] {
            assert_eq!(two_digits(value), rounded);
        }
    }

    #[test]
    fn ids_are_version_4_uuids() {
        let mut draw = Draw::new(6, 0);
        for _ in 0..100 {
            let id = draw.uuid();
            let parts: Vec<&str> = id.split('-').collect();
            assert_eq!(parts.iter().map(|part| part.len()).collect::<Vec<_>>(), [8, 4, 4, 4, 12]);
            assert!(parts[2].starts_with('4'), "{id}");
            assert!(parts[3].starts_with(['8', '9', 'a', 'b']), "{id}");
            assert!(id.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f' | b'-')));
        }
    }
}
