//! Budget fit: `B / (B + H)`.
//!
//! `B` is the sponsor's `annual_budget_cents` and `H` the budget that counts as
//! one half, both as binary64. Range 0 to 1; unknown when the budget is.

use super::LeafValue;
use crate::config::BudgetReading;
use crate::model::{Count, Event};

/// Returns the half budget: the configured one, or the event's price where that reading asks for it.
///
/// # Examples
/// ```
/// use sponsorfit::factors::budget;
/// use sponsorfit::{BudgetReading, Count, Event, EventId};
///
/// let mut event = Event::new(EventId::from_bytes([2; 16]));
/// event.min_price_cents = Some(Count::from(250_000));
/// assert_eq!(budget::half_budget(100_000.0, BudgetReading::Price, &event), 250_000.0);
/// assert_eq!(budget::half_budget(100_000.0, BudgetReading::Fixed, &event), 100_000.0);
/// ```
pub fn half_budget(configured: f64, reading: BudgetReading, event: &Event) -> f64 {
    half_of_price(configured, reading, event.min_price_cents.map_or(f64::NAN, Count::as_f64))
}

/// Returns the half budget for a price, NaN when it is not known.
pub(crate) fn half_of_price(configured: f64, reading: BudgetReading, price: f64) -> f64 {
    match reading {
        BudgetReading::Price if price > 0.0 => price,
        _ => configured,
    }
}

/// Returns how well the budget fits.
///
/// # Examples
/// ```
/// use sponsorfit::Count;
/// use sponsorfit::factors::{LeafValue, budget};
///
/// assert_eq!(budget::budget_fit(Some(Count::from(100_000)), 100_000.0), LeafValue::Known(0.5));
/// ```
pub fn budget_fit(budget: Option<Count>, half: f64) -> LeafValue {
    match budget {
        Some(budget) => LeafValue::Known(fit(budget.as_f64(), half)),
        None => LeafValue::Missing,
    }
}

/// Returns the fit of a known budget.
pub(crate) fn fit(budget: f64, half: f64) -> f64 {
    budget / (budget + half)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::EventId;

    #[test]
    fn the_worked_cases() {
        let fit = |cents: u64| budget_fit(Some(Count::new(cents).unwrap()), 100_000.0).known().unwrap();
        assert_eq!(fit(0).to_bits(), 0.0_f64.to_bits());
        assert_eq!(fit(1).to_bits(), (1.0_f64 / 100_001.0).to_bits());
        assert_eq!(fit(100_000).to_bits(), 0.5_f64.to_bits());
        assert_eq!(fit(5_000_000).to_bits(), 0.980_392_156_862_745_1_f64.to_bits());
        assert_eq!(budget_fit(None, 100_000.0), LeafValue::Missing);
    }

    #[test]
    fn a_price_counts_only_where_it_is_one() {
        let mut event = Event::new(EventId::from_bytes([0; 16]));
        assert_eq!(half_budget(7.0, BudgetReading::Price, &event).to_bits(), 7.0_f64.to_bits());
        event.min_price_cents = Some(Count::from(0));
        assert_eq!(half_budget(7.0, BudgetReading::Price, &event).to_bits(), 7.0_f64.to_bits());
        event.min_price_cents = Some(Count::from(9));
        assert_eq!(half_budget(7.0, BudgetReading::Price, &event).to_bits(), 9.0_f64.to_bits());
        assert_eq!(half_budget(7.0, BudgetReading::Fixed, &event).to_bits(), 7.0_f64.to_bits());
    }
}
