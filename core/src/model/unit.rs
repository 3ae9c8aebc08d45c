//! Numbers that carry their range: no NaN, no infinity, no negative zero.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Unexpected, Visitor};
use serde::{Serialize, Serializer};

use crate::error::{Error, ErrorKind};
use crate::small::decimal::plain;

/// Defines a finite `f64` within an inclusive range.
macro_rules! bounded_number {
    (
        $(#[$doc:meta])*
        $name:ident, $low:expr, $high:expr, $range:literal, $expected:literal
    ) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct $name(f64);

        impl $name {
            /// Returns the number, or an error when it is NaN or out of range.
            ///
            /// # Errors
            /// [`ErrorKind::OutOfRange`], naming the value and the range.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("use sponsorfit::", stringify!($name), ";")]
            ///
            #[doc = concat!("assert_eq!(", stringify!($name), "::new(0.25).unwrap().get(), 0.25);")]
            #[doc = concat!("assert!(", stringify!($name), "::new(f64::NAN).is_err());")]
            /// ```
            pub fn new(value: f64) -> Result<Self, Error> {
                Self::admit(value).ok_or_else(|| {
                    Error::new(ErrorKind::OutOfRange, format!("{} is not in {}", plain(value), $range))
                })
            }

            fn admit(value: f64) -> Option<Self> {
                // Adding 0.0 turns a negative zero into a positive one.
                ($low..=$high).contains(&value).then_some(Self(value + 0.0))
            }

            /// Returns the number as a float.
            ///
            /// # Examples
            /// ```
            #[doc = concat!("use sponsorfit::", stringify!($name), ";")]
            ///
            #[doc = concat!("assert_eq!(", stringify!($name), "::new(-0.0).unwrap().get().to_bits(), 0);")]
            /// ```
            pub const fn get(self) -> f64 {
                self.0
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.0.total_cmp(&other.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl TryFrom<f64> for $name {
            type Error = Error;

            fn try_from(value: f64) -> Result<Self, Error> {
                Self::new(value)
            }
        }

        impl From<$name> for f64 {
            fn from(number: $name) -> Self {
                number.0
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_f64(self.0)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                struct NumberVisitor;

                impl Visitor<'_> for NumberVisitor {
                    type Value = $name;

                    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                        f.write_str($expected)
                    }

                    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<$name, E> {
                        $name::admit(value)
                            .ok_or_else(|| E::invalid_value(Unexpected::Float(value), &$range))
                    }

                    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<$name, E> {
                        #[allow(clippy::cast_precision_loss, reason = "rounding cannot leave or enter a range that ends at small integers")]
                        $name::admit(value as f64)
                            .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &$range))
                    }

                    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<$name, E> {
                        #[allow(clippy::cast_precision_loss, reason = "rounding cannot leave or enter a range that ends at small integers")]
                        $name::admit(value as f64)
                            .ok_or_else(|| E::invalid_value(Unexpected::Signed(value), &$range))
                    }
                }

                deserializer.deserialize_f64(NumberVisitor)
            }
        }
    };
}

bounded_number! {
    /// A share, rate or score: 0 to 1, both included.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::UnitInterval;
    ///
    /// let engagement = UnitInterval::new(0.8).unwrap();
    /// assert_eq!(engagement.get(), 0.8);
    /// assert_eq!(UnitInterval::new(-0.1).unwrap_err().to_string(), "-0.1 is not in 0..=1");
    /// ```
    UnitInterval, 0.0, 1.0, "0..=1", "a number in 0..=1"
}

bounded_number! {
    /// A sentiment: −1 (hostile) to 1 (enthusiastic), both included.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::SignedUnitInterval;
    ///
    /// assert_eq!(SignedUnitInterval::new(-1.0).unwrap().get(), -1.0);
    /// assert!(SignedUnitInterval::new(-1.1).is_err());
    /// ```
    SignedUnitInterval, -1.0, 1.0, "-1..=1", "a number in -1..=1"
}

bounded_number! {
    /// A finite quantity that is never negative, such as a duration in milliseconds.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::NonNegative;
    ///
    /// assert_eq!(NonNegative::new(1_500.5).unwrap().get(), 1_500.5);
    /// assert!(NonNegative::new(f64::INFINITY).is_err());
    /// ```
    NonNegative, 0.0, f64::MAX, "0..=1.7976931348623157e308", "a finite number of 0 or more"
}

impl UnitInterval {
    /// Nothing: no match, no engagement, no coverage.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::UnitInterval::ZERO.get(), 0.0);
    /// ```
    pub const ZERO: Self = Self(0.0);

    /// The whole: a perfect match, full coverage.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::UnitInterval::ONE.get(), 1.0);
    /// ```
    pub const ONE: Self = Self(1.0);

    /// Half: what several unknowns count as under the default configuration.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::UnitInterval::HALF.get(), 0.5);
    /// ```
    pub const HALF: Self = Self(0.5);

    /// Returns the nearest number in 0 to 1, and 0 for NaN.
    ///
    /// For the result of a fold that rounding may push past 1, and for
    /// similarities of your own. Rows are never clamped.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::UnitInterval;
    ///
    /// assert_eq!(UnitInterval::clamped(1.0000000000000002), UnitInterval::ONE);
    /// assert_eq!(UnitInterval::clamped(f64::NAN), UnitInterval::ZERO);
    /// ```
    pub fn clamped(value: f64) -> Self {
        if value >= 1.0 {
            Self::ONE
        } else if value > 0.0 {
            Self(value)
        } else {
            Self::ZERO
        }
    }
}

/// A whole number from 0 to 2⁵³−1: cents, attendees, mentions.
///
/// The upper end is what JavaScript can carry without rounding, so the same
/// number reaches every face.
///
/// # Examples
/// ```
/// use sponsorfit::Count;
///
/// assert_eq!(Count::new(5_000_000).unwrap().get(), 5_000_000);
/// let error = Count::new(9_007_199_254_740_992).unwrap_err();
/// assert_eq!(error.to_string(), "9007199254740992 is not in 0..=9007199254740991");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Count(u64);

impl Count {
    /// The largest count, 2⁵³−1.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Count::MAX.get(), 9_007_199_254_740_991);
    /// ```
    pub const MAX: Self = Self((1 << 53) - 1);

    const RANGE: &'static str = "0..=9007199254740991";
    const EXPECTED: &'static str = "a whole number in 0..=9007199254740991";

    /// Returns the count, or an error when it is above [`Count::MAX`].
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`], naming the value and the range.
    ///
    /// # Examples
    /// ```
    /// assert!(sponsorfit::Count::new(1 << 53).is_err());
    /// ```
    pub fn new(value: u64) -> Result<Self, Error> {
        Self::admit(value)
            .ok_or_else(|| Error::new(ErrorKind::OutOfRange, format!("{value} is not in {}", Self::RANGE)))
    }

    fn admit(value: u64) -> Option<Self> {
        (value <= Self::MAX.0).then_some(Self(value))
    }

    /// Returns the count as an integer.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Count::new(7).unwrap().get(), 7);
    /// ```
    pub const fn get(self) -> u64 {
        self.0
    }

    /// Returns the count as a float, which is exact for every count.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Count::MAX.as_f64(), 9_007_199_254_740_991.0);
    /// ```
    #[allow(clippy::cast_precision_loss, reason = "a count is below 2^53")]
    pub const fn as_f64(self) -> f64 {
        self.0 as f64
    }
}

impl fmt::Display for Count {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl TryFrom<u64> for Count {
    type Error = Error;

    fn try_from(value: u64) -> Result<Self, Error> {
        Self::new(value)
    }
}

impl From<u32> for Count {
    fn from(value: u32) -> Self {
        Self(u64::from(value))
    }
}

impl From<Count> for u64 {
    fn from(count: Count) -> Self {
        count.0
    }
}

impl Serialize for Count {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u64(self.0)
    }
}

/// Accepts integers, integral floats and digit strings: drivers return `bigint` as text.
impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(CountVisitor)
    }
}

struct CountVisitor;

impl Visitor<'_> for CountVisitor {
    type Value = Count;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Count::EXPECTED)
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Count, E> {
        Count::admit(value).ok_or_else(|| E::invalid_value(Unexpected::Unsigned(value), &Count::RANGE))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Count, E> {
        match u64::try_from(value) {
            Ok(value) => self.visit_u64(value),
            Err(_) => Err(E::invalid_value(Unexpected::Signed(value), &Count::RANGE)),
        }
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Count, E> {
        match u64::try_from(value) {
            Ok(value) => self.visit_u64(value),
            Err(_) => Err(E::custom(format_args!("{value} is not in {}", Count::RANGE))),
        }
    }

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Count, E> {
        match u64::try_from(value) {
            Ok(value) => self.visit_u64(value),
            Err(_) => Err(E::custom(format_args!("{value} is not in {}", Count::RANGE))),
        }
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Count, E> {
        if !(0.0..=Count::MAX.as_f64()).contains(&value) {
            Err(E::invalid_value(Unexpected::Float(value), &Count::RANGE))
        } else if value.fract() == 0.0 {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked above")]
            Ok(Count(value as u64))
        } else {
            Err(E::invalid_value(Unexpected::Float(value), &self))
        }
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Count, E> {
        if text.is_empty() || !text.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(E::invalid_value(Unexpected::Str(text), &self));
        }
        // Digits that overflow u64 are out of range like any other large number.
        let value = text.parse::<u64>().ok().and_then(Count::admit);
        value.ok_or_else(|| E::invalid_value(Unexpected::Str(text), &Count::RANGE))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(json: &str) -> Result<u64, serde_json::Error> {
        serde_json::from_str::<Count>(json).map(Count::get)
    }

    #[test]
    fn counts_accept_what_databases_send() {
        assert_eq!(count("5000000").unwrap(), 5_000_000);
        assert_eq!(count("5000000.0").unwrap(), 5_000_000);
        assert_eq!(count("5e6").unwrap(), 5_000_000);
        assert_eq!(count("\"5000000\"").unwrap(), 5_000_000);
        assert_eq!(count("-0").unwrap(), 0);
        assert_eq!(count("-0.0").unwrap(), 0);
        assert_eq!(count("9007199254740991").unwrap(), Count::MAX.get());
    }

    #[test]
    fn counts_refuse_the_rest() {
        for json in [
            "-5",
            "5.5",
            "9007199254740992",
            "9007199254740992.0",
            "1e300",
            "\"\"",
            "\"-5\"",
            "\"5.0\"",
            "\"five\"",
            "\"99999999999999999999999\"",
            "true",
            "[]",
            "{}",
            "99999999999999999999999999",
        ] {
            assert!(count(json).is_err(), "{json}");
        }
    }

    #[test]
    fn shares_take_numbers_only() {
        assert_eq!(serde_json::from_str::<UnitInterval>("1").unwrap(), UnitInterval::ONE);
        for json in ["\"0.5\"", "1.0000000000000002", "-1e-300", "2", "-1", "null", "18446744073709551615"] {
            assert!(serde_json::from_str::<UnitInterval>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn negative_zero_becomes_zero() {
        let share: UnitInterval = serde_json::from_str("-0.0").unwrap();
        assert_eq!(share.get().to_bits(), 0);
    }

    #[test]
    fn large_integers_of_other_formats_are_out_of_range() {
        use serde::de::IntoDeserializer;
        use serde::de::value::{Error as ValueError, I128Deserializer, U128Deserializer};
        let huge: U128Deserializer<ValueError> = u128::MAX.into_deserializer();
        assert!(Count::deserialize(huge).unwrap_err().to_string().contains("is not in 0..="));
        let low: I128Deserializer<ValueError> = (-1_i128).into_deserializer();
        assert!(Count::deserialize(low).unwrap_err().to_string().contains("-1 is not in 0..="));
        let fine: I128Deserializer<ValueError> = 7_i128.into_deserializer();
        assert_eq!(Count::deserialize(fine).unwrap().get(), 7);
        let fine: U128Deserializer<ValueError> = 7_u128.into_deserializer();
        assert_eq!(Count::deserialize(fine).unwrap().get(), 7);
    }
}
