//! Random numbers from a seed the caller gives: the same on every machine, forever.

/// The `SplitMix64` generator.
///
/// Steele, Lea and Flood, *Fast Splittable Pseudorandom Number Generators* (2014), with
/// the constants of Vigna's public-domain version. Small, quick, and good enough for
/// resampling and coin flips; not for secrets.
///
/// # Examples
/// ```
/// use sponsorfit_learn::SplitMix64;
/// let mut random = SplitMix64::new(1234567);
/// assert_eq!(random.next_u64(), 6457827717110365317);
/// assert!(random.below(6) < 6);
/// assert!((0.0..1.0).contains(&random.unit()));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitMix64 {
    state: u64,
}

impl SplitMix64 {
    /// Starts the sequence of a seed.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// Returns the next 64 bits.
    pub fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// Returns an integer in 0..`bound`, each equally likely; 0 when `bound` is 0.
    ///
    /// Lemire, *Fast Random Integer Generation in an Interval* (2019).
    pub fn below(&mut self, bound: u64) -> u64 {
        if bound == 0 {
            return 0;
        }
        let uneven = bound.wrapping_neg() % bound;
        loop {
            let product = u128::from(self.next_u64()) * u128::from(bound);
            let (high, low) = halves(product);
            if low >= uneven {
                return high;
            }
        }
    }

    /// Returns an index into a list of `length` entries, each equally likely; 0 for an empty one.
    pub fn index(&mut self, length: usize) -> usize {
        // Both conversions are exact: no list is longer than 2^64, and the result is below `length`.
        usize::try_from(self.below(length as u64)).unwrap_or(0)
    }

    /// Returns a multiple of 2⁻⁵³ in 0..1, each equally likely.
    pub fn unit(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * f64::EPSILON / 2.0
    }

    /// Returns `true` or `false`, each as likely as the other.
    pub fn coin(&mut self) -> bool {
        self.next_u64() >> 63 == 1
    }
}

/// The upper and lower 64 bits.
pub(crate) fn halves(product: u128) -> (u64, u64) {
    let low = product & u128::from(u64::MAX);
    (u64::try_from(product >> 64).unwrap_or(u64::MAX), u64::try_from(low).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The sequence Vigna's `splitmix64.c` prints for this seed.
    #[test]
    fn the_sequence_is_the_published_one() {
        let mut random = SplitMix64::new(1_234_567);
        let first: Vec<u64> = std::iter::repeat_with(|| random.next_u64()).take(5).collect();
        assert_eq!(
            first,
            [
                6_457_827_717_110_365_317,
                3_203_168_211_198_807_973,
                9_817_491_932_198_370_423,
                4_593_380_528_125_082_431,
                16_408_922_859_458_223_821
            ]
        );
    }

    #[test]
    fn bounded_numbers_are_even() {
        let mut random = SplitMix64::new(7);
        let mut times = [0_u32; 6];
        for _ in 0..60_000 {
            times[random.index(6)] += 1;
        }
        // Five standard deviations of a count with probability 1/6.
        assert!(times.iter().all(|&n| n.abs_diff(10_000) < 5 * 92), "{times:?}");
        assert_eq!((random.below(0), random.below(1), random.index(0)), (0, 0, 0));
    }

    /// Without rejection 2^64 outcomes would share 3·2^62 numbers, and every third of them
    /// would come up twice as often as the others.
    #[test]
    fn a_large_bound_is_even_too() {
        let mut random = SplitMix64::new(11);
        let thirds = (0..30_000).filter(|_| random.below(3 << 62).is_multiple_of(3)).count();
        assert!(thirds.abs_diff(10_000) < 5 * 82, "{thirds}");
    }

    #[test]
    fn units_and_coins_are_balanced() {
        let mut random = SplitMix64::new(3);
        let draws: Vec<f64> = std::iter::repeat_with(|| random.unit()).take(20_000).collect();
        assert!(draws.iter().all(|unit| (0.0..1.0).contains(unit)));
        let mean = draws.iter().sum::<f64>() / 20_000.0;
        assert!((mean - 0.5).abs() < 5.0 * 0.2887 / 141.0, "{mean}");
        let heads = (0..20_000).filter(|_| random.coin()).count();
        assert!(heads.abs_diff(10_000) < 5 * 71, "{heads}");
    }
}
