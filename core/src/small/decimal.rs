//! Floats as decimal text: the shortest, and what is derived from it.
//!
//! The digits come from `serde_json`, which breaks ties to even as ECMAScript
//! does; Rust's own formatting does not, and is more to load.

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

/// Prints a number as briefly as it can be read back: `1`, `0.5`, `1e300`.
pub(crate) fn plain(value: f64) -> String {
    match serde_json::Number::from_f64(value) {
        Some(number) => {
            let text = number.to_string();
            let mut plain = text.strip_suffix(".0").unwrap_or(&text).to_owned();
            plain.retain(|character| character != '+');
            plain
        }
        None if value.is_nan() => "NaN".to_owned(),
        None if value > 0.0 => "inf".to_owned(),
        None => "-inf".to_owned(),
    }
}

/// Prints a number of 0 or more with so many places, rounded exactly and ties to even.
pub(crate) fn fixed(value: f64, places: u32) -> String {
    /// From here on floats are whole.
    const WHOLE: f64 = 9_007_199_254_740_992.0;
    let wide = usize::try_from(places).unwrap_or(0);
    let (whole, fraction) = if value < WHOLE {
        let scale = 10_u128.pow(places);
        let units = scaled(value, scale);
        (format!("{}", units / scale), format!("{:0wide$}", units % scale))
    } else {
        let Decimal { digits, point, .. } = Decimal::shortest(value);
        let point = usize::try_from(point).unwrap_or(0);
        (format!("{digits:0<point$}"), "0".repeat(wide))
    };
    if places == 0 { whole } else { format!("{whole}.{fraction}") }
}

/// Returns `value · scale` as the nearest whole number, of two the even one.
fn scaled(value: f64, scale: u128) -> u128 {
    // A float is `mantissa / 2^shift`: IEEE 754 binary64, with 52 bits of fraction and a bias of 1023.
    const FRACTION: u64 = (1 << 52) - 1;
    let bits = value.to_bits();
    let exponent = bits >> 52;
    let mantissa = (bits & FRACTION) | if exponent > 0 { FRACTION + 1 } else { 0 };
    let shift = 1075 - exponent.max(1);
    let product = u128::from(mantissa) * scale;
    let (whole, rest, half) = match u32::try_from(shift) {
        Ok(0) => (product, 0, 1),
        Ok(shift @ 1..=127) => (product >> shift, product & ((1 << shift) - 1), 1 << (shift - 1)),
        // Less than a half of the smallest unit.
        _ => (0, 0, 1),
    };
    whole + u128::from(rest > half || rest == half && whole % 2 == 1)
}

/// Prints minor units as an amount with two decimals and grouped thousands.
pub(crate) fn money(cents: f64) -> String {
    let amount = fixed(cents / 100.0, 2);
    let (whole, fraction) = amount.split_once('.').unwrap_or((&amount, "00"));
    let mut grouped = String::with_capacity(whole.len() + whole.len() / 3 + 3);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{grouped}.{fraction}")
}

/// Rounds the shortest decimal text of a number in 0..=1 half away from zero to four places.
pub(crate) fn four_places(value: f64) -> String {
    let decimal = Decimal::shortest(value);
    let kept = (0..=4).fold(0, |sum, place| sum * 10 + decimal.after_point(place));
    let rounded = kept + u32::from(decimal.after_point(5) >= 5);
    format!("{}.{:04}", rounded / 10_000, rounded % 10_000)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn fixed_text_is_what_the_standard_library_prints(
            value in prop_oneof![0.0..1e15, 0.0..1.0, (0_u32..4000).prop_map(|eighths| f64::from(eighths) / 8.0)],
            places in 0_u32..4,
        ) {
            prop_assert_eq!(fixed(value, places), format!("{value:.*}", places as usize));
        }
    }

    #[test]
    fn numbers_are_printed_briefly() {
        for (value, text) in [
            (1.0, "1"),
            (-0.5, "-0.5"),
            (0.1, "0.1"),
            (1e300, "1e300"),
            (f64::MAX, "1.7976931348623157e308"),
            (f64::NAN, "NaN"),
            (f64::INFINITY, "inf"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(plain(value), text);
        }
        for (value, text) in
            [(0.0, "0.00"), (5e-324, "0.00"), (1e-40, "0.00"), (1e17, "100000000000000000.00")]
        {
            assert_eq!(fixed(value, 2), text);
        }
    }

    #[test]
    fn amounts_read_well() {
        for (cents, text) in [
            (0.0, "0.00"),
            (5.0, "0.05"),
            (100_000.0, "1,000.00"),
            (123_456_789.0, "1,234,567.89"),
            (99_999.0, "999.99"),
        ] {
            assert_eq!(money(cents), text);
        }
    }

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
            assert_eq!(four_places(score), text, "{score}");
        }
    }
}
