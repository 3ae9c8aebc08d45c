//! What no row of a block exceeds, under one configuration.

use super::digest::ShareDigest;
use super::layout::{BLOCK, GROUP, Layout};
use super::view::{View, Viewed};
use crate::catalog::rows::columns::{EventColumns, SponsorColumns};
use crate::config::{BudgetReading, GeoReading};
use crate::score::Scorer;

/// The highest and the lowest share of the rows that have a region, by its number.
type ByRegion = Box<[(u32, [f64; 2])]>;

/// Upper bounds by block, and the rows' own factors in the order of the layout.
#[derive(Clone, Debug, Default)]
pub(crate) struct Bounds {
    /// The row's own factor, by position.
    pub(crate) own: Vec<f64>,
    /// The highest of them, by block.
    pub(crate) highest: Vec<f64>,
    /// The lowest of them, by block.
    pub(crate) lowest: Vec<f64>,
    /// The highest of them, by group of words; every block has as many.
    pub(crate) groups: Vec<f64>,
    /// The lowest known price above 0, by block, and whether a row has none; empty unless prices are read.
    pub(crate) prices: Vec<(f64, bool)>,
    /// The highest and the lowest share of visitors by region, by block; empty unless shares are read.
    pub(crate) shares: Vec<ByRegion>,
    /// The shares of each row, rounded up, by position; empty likewise.
    pub(crate) digests: Vec<ShareDigest>,
}

impl Bounds {
    pub(crate) fn new(layout: &Layout, view: &View) -> Self {
        let own: Vec<f64> =
            layout.order.iter().map(|row| view.own.get(*row as usize).copied().unwrap_or(0.0)).collect();
        let of_blocks = || layout.blocks.iter().map(|block| own[block.positions()].iter().copied());
        let highest = of_blocks().map(|own| own.fold(0.0, f64::max)).collect();
        let lowest = of_blocks().map(|own| own.fold(f64::INFINITY, f64::min)).collect();
        let mut groups = Vec::with_capacity(layout.blocks.len() * (BLOCK / GROUP));
        for block in &layout.blocks {
            let of_block = own[block.positions()].chunks(GROUP * 64);
            groups.extend(of_block.map(|own| own.iter().copied().fold(0.0, f64::max)));
            groups.resize(groups.len().next_multiple_of(BLOCK / GROUP), 0.0);
        }
        Self { own, highest, lowest, groups, ..Self::default() }
    }

    pub(crate) fn with_prices(mut self, layout: &Layout, events: &EventColumns) -> Self {
        let prices = layout.blocks.iter().map(|block| {
            let prices = layout.order[block.positions()].iter().map(|row| events.price(*row as usize));
            prices.fold((f64::INFINITY, false), |(lowest, any), price| {
                if price > 0.0 { (lowest.min(price), any) } else { (lowest, true) }
            })
        });
        self.prices = prices.collect();
        self
    }

    #[allow(clippy::cast_precision_loss, reason = "the same rounding as the share itself")]
    pub(crate) fn with_shares(mut self, layout: &Layout, events: &EventColumns) -> Self {
        let mut digests = vec![ShareDigest::new(&mut []); layout.order.len()];
        let shares = layout.blocks.iter().map(|block| {
            let mut shares: Vec<(u32, f64)> = Vec::new();
            for position in block.positions() {
                let row = layout.order[position] as usize;
                let total = events.total_visitors[row];
                let first = shares.len();
                for (region, visitors) in events.common.regions.of(row).iter().zip(events.visitors(row)) {
                    // Where nobody is counted there is no share, and none is asked for.
                    let share = if total > 0.0 { *visitors as f64 / total } else { 0.0 };
                    shares.push((*region, share));
                }
                digests[position] = ShareDigest::new(&mut shares[first..]);
            }
            shares.sort_unstable_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
            let of_regions = shares.chunk_by(|a, b| a.0 == b.0);
            of_regions
                .filter_map(|of_one| Some((of_one.first()?.0, [of_one.first()?.1, of_one.last()?.1])))
                .collect()
        });
        self.shares = shares.collect();
        self.digests = digests;
        self
    }

    pub(crate) fn bytes(&self) -> usize {
        let shares: usize = self.shares.iter().map(|shares| size_of_val(&**shares)).sum();
        (self.own.capacity() + self.highest.capacity() + self.lowest.capacity() + self.groups.capacity())
            * size_of::<f64>()
            + self.prices.capacity() * size_of::<(f64, bool)>()
            + shares
            + self.digests.capacity() * size_of::<ShareDigest>()
    }
}

/// A side whose blocks can be bounded.
pub(crate) trait Bounded: Viewed {
    /// Returns what bounds the rows of each block.
    fn bounds(&self, layout: &Layout, view: &View, scorer: &Scorer) -> Bounds;
}

impl Bounded for EventColumns {
    fn bounds(&self, layout: &Layout, view: &View, scorer: &Scorer) -> Bounds {
        let mut bounds = Bounds::new(layout, view);
        if scorer.config().budget_reading == BudgetReading::Price {
            bounds = bounds.with_prices(layout, self);
        }
        if scorer.config().geo_reading == GeoReading::AudienceShare {
            bounds = bounds.with_shares(layout, self);
        }
        bounds
    }
}

impl Bounded for SponsorColumns {
    fn bounds(&self, layout: &Layout, view: &View, _scorer: &Scorer) -> Bounds {
        Bounds::new(layout, view)
    }
}
