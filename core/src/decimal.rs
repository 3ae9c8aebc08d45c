//! The shortest decimal text of a float, and what is derived from its digits.
//!
//! The digits come from `serde_json`, which breaks ties to even as ECMAScript
//! does; Rust's own formatting does not.

use crate::model::UnitInterval;

/// The shortest decimal that reads back as a float: `0.d₁d₂d₃… × 10^point`.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Decimal {
    pub(crate) is_negative: bool,
    /// Without leading or trailing zeros; empty for zero.
    pub(crate) digits: String,
    /// How many digits stand before the decimal point.
    pub(crate) point: i32,
}

impl Decimal {
    /// Takes a finite number apart; one that is not finite is zero.
    pub(crate) fn shortest(value: f64) -> Self {
        let text = serde_json::Number::from_f64(value).map_or_else(String::new, |number| number.to_string());
        let (is_negative, text) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let all = format!("{whole}{fraction}");
        let digits = all.trim_start_matches('0');
        let leading = length(&all) - length(digits);
        let point = exponent.parse::<i32>().unwrap_or(0) + length(whole) - leading;
        Self { is_negative, digits: digits.trim_end_matches('0').to_owned(), point }
    }

    /// Returns the digit that stands `place` places after the decimal point, counted from 1.
    fn after_point(&self, place: i32) -> u32 {
        let at = usize::try_from(self.point + place - 1).ok();
        let digit = at.and_then(|at| self.digits.as_bytes().get(at)).copied().unwrap_or(b'0');
        u32::from(digit - b'0')
    }
}

fn length(text: &str) -> i32 {
    i32::try_from(text.len()).unwrap_or(i32::MAX)
}

/// Rounds the shortest decimal text of a number in 0..=1 half away from zero to four places.
pub(crate) fn four_places(value: UnitInterval) -> String {
    let decimal = Decimal::shortest(value.get());
    let kept = (0..=4).fold(0, |sum, place| sum * 10 + decimal.after_point(place));
    let rounded = kept + u32::from(decimal.after_point(5) >= 5);
    format!("{}.{:04}", rounded / 10_000, rounded % 10_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_are_taken_apart() {
        for (value, is_negative, digits, point) in [
            (0.0, false, "", 1),
            (1.0, false, "1", 1),
            (-0.5, true, "5", 0),
            (100_000.0, false, "1", 6),
            (0.000_012_5, false, "125", -4),
            (1e300, false, "1", 301),
            (5e-324, false, "5", -323),
            (f64::from_bits(0x4314_3ff3_c1cb_0959), false, "14249539237812062", 16),
        ] {
            let expected = Decimal { is_negative, digits: digits.to_owned(), point };
            let found = Decimal::shortest(value);
            assert_eq!(found.digits, expected.digits, "{value}");
            if !digits.is_empty() {
                assert_eq!(found, expected, "{value}");
            }
        }
        assert_eq!(Decimal::shortest(f64::NAN).digits, "");
    }

    #[test]
    fn four_places_are_rounded_once() {
        for (score, text) in [
            (0.0, "0.0000"),
            (1.0, "1.0000"),
            (0.5, "0.5000"),
            (0.646_931_372_549_019_7, "0.6469"),
            (0.646_95_f64.next_down(), "0.6469"),
            (0.646_95, "0.6470"),
            (0.000_05, "0.0001"),
            (0.000_049_999, "0.0000"),
            (1e-300, "0.0000"),
            (0.999_949_999, "0.9999"),
            (0.999_95, "1.0000"),
        ] {
            assert_eq!(four_places(UnitInterval::new(score).unwrap()), text, "{score}");
        }
    }
}
