//! A row's shares of visitors in eight bytes, rounded up: most rows need no more to be passed over.

/// Parts of 255, rounded up; what is all or nearly all is 255.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 255")]
fn rounded_up(share: f64) -> u8 {
    (share * 255.0 + 1.0).clamp(0.0, 255.0) as u8
}

/// The three regions that most visitors of a row come from, and how many come from the others.
///
/// A region is known by the lowest byte of its number: where two have the same,
/// the bound is higher than it need be, never too low.
#[derive(Clone, Copy, Debug)]
pub(crate) struct ShareDigest([u8; 8]);

impl ShareDigest {
    /// Takes regions with their shares.
    pub(crate) fn new(shares: &mut [(u32, f64)]) -> Self {
        shares.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut bytes = [0; 8];
        let (named, others) = shares.split_at(shares.len().min(3));
        for (pair, (region, share)) in bytes.as_chunks_mut::<2>().0.iter_mut().zip(named) {
            *pair = [region.to_le_bytes()[0], rounded_up(*share)];
        }
        if !others.is_empty() {
            bytes[6] = rounded_up(others.iter().map(|(_, share)| share).sum());
        }
        Self(bytes)
    }
}

/// The regions that a sponsor wants, as digests have them.
#[derive(Clone, Debug)]
pub(crate) struct WantedRegions(Box<[u8; 256]>);

impl WantedRegions {
    pub(crate) fn new(regions: &[u32]) -> Self {
        let mut wanted = Box::new([0; 256]);
        for region in regions {
            wanted[usize::from(region.to_le_bytes()[0])] = u8::MAX;
        }
        Self(wanted)
    }

    /// Returns what the share of the wanted regions does not exceed.
    #[inline]
    pub(crate) fn highest(&self, ShareDigest([a, of_a, b, of_b, c, of_c, others, _]): ShareDigest) -> f64 {
        let share = |region: u8, share: u8| u32::from(self.0[usize::from(region)] & share);
        let parts = share(a, of_a) + share(b, of_b) + share(c, of_c) + u32::from(others);
        // Shares, and the share of a sum, are rounded a few times: a millionth covers that.
        (f64::from(parts) * (1.0 / 255.0 * (1.0 + 1e-6))).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn highest(shares: &[(u32, f64)], wanted: &[u32]) -> f64 {
        WantedRegions::new(wanted).highest(ShareDigest::new(&mut shares.to_vec()))
    }

    #[test]
    fn no_bound_is_below_the_share() {
        // The last region has the lowest byte of the first; the fourth and fifth are not named.
        let shares = [(1, 0.4), (2, 0.2), (3, 0.2), (4, 0.15), (257, 0.05)];
        for wanted in 0..32_u32 {
            let of = |at: &usize| wanted >> at & 1 == 1;
            let regions: Vec<u32> = (0..5).filter(of).map(|at| shares[at].0).collect();
            let share: f64 = (0..5).filter(of).map(|at| shares[at].1).sum();
            let bound = highest(&shares, &regions);
            assert!(bound >= share && bound <= 1.0, "{regions:?}: {bound} is below {share}");
        }
    }

    #[test]
    fn a_bound_says_more_than_that_shares_are_at_most_all() {
        let bound = highest(&[(1, 0.75), (2, 0.25)], &[2, 9]);
        assert!((0.25..0.26).contains(&bound), "{bound}");
        assert!(highest(&[(1, 0.75), (2, 0.25)], &[9]) < 1e-9);
        assert!((highest(&[(1, 1.0)], &[1]) - 1.0).abs() < 1e-9);
    }
}
