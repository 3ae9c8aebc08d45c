//! Points in time as databases write them.

use std::fmt;
use std::ops::RangeInclusive;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime, SecondsFormat, Utc};
use serde::de::{Deserialize, Deserializer, Unexpected, Visitor};
use serde::{Serialize, Serializer};

use crate::error::{Error, ErrorKind};

const EXPECTED: &str = "a timestamp or date such as 2025-10-21T10:30:00Z or 2025-10-21";
const MICROS_PER_DAY: i64 = 86_400_000_000;

/// A timestamp with microseconds in UTC, or a whole calendar day.
///
/// Reads RFC 3339, Postgres' own timestamp text and plain dates; a timestamp
/// without an offset is UTC. Keeps whether it was a date, because the last day
/// of a window includes all of that day. Ordered by the instant it begins.
///
/// # Examples
/// ```
/// use sponsorfit::Moment;
///
/// let rfc: Moment = "2025-10-21T12:30:00+02:00".parse().unwrap();
/// let postgres: Moment = "2025-10-21 10:30:00+00".parse().unwrap();
/// assert_eq!(rfc, postgres);
/// assert_eq!(rfc.to_string(), "2025-10-21T10:30:00Z");
///
/// let day: Moment = "2025-10-21".parse().unwrap();
/// assert!(day < rfc && rfc.first_micros() < day.last_micros());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    first_micros: i64,
    is_date: bool,
}

impl Moment {
    /// Builds a timestamp from microseconds since 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] outside the years that can be printed.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::Moment;
    ///
    /// let moment = Moment::from_unix_micros(1_500_000).unwrap();
    /// assert_eq!(moment.to_string(), "1970-01-01T00:00:01.500Z");
    /// ```
    pub fn from_unix_micros(micros: i64) -> Result<Self, Error> {
        match DateTime::<Utc>::from_timestamp_micros(micros) {
            Some(_) => Ok(Self { first_micros: micros, is_date: false }),
            None => Err(Error::new(
                ErrorKind::OutOfRange,
                format!("{micros} microseconds are not within the years -262143..=262142"),
            )),
        }
    }

    /// Returns the microsecond at which it begins: midnight UTC for a date.
    ///
    /// # Examples
    /// ```
    /// let day: sponsorfit::Moment = "1970-01-02".parse().unwrap();
    /// assert_eq!(day.first_micros(), 86_400_000_000);
    /// ```
    pub const fn first_micros(self) -> i64 {
        self.first_micros
    }

    /// Returns the last microsecond it covers: the end of the day for a date.
    ///
    /// # Examples
    /// ```
    /// let day: sponsorfit::Moment = "1970-01-01".parse().unwrap();
    /// assert_eq!(day.last_micros(), 86_399_999_999);
    /// ```
    pub const fn last_micros(self) -> i64 {
        if self.is_date { self.first_micros.saturating_add(MICROS_PER_DAY - 1) } else { self.first_micros }
    }

    /// Returns whether it is a whole day.
    ///
    /// # Examples
    /// ```
    /// let moment: sponsorfit::Moment = "2025-10-21 10:30:00".parse().unwrap();
    /// assert!(!moment.is_date());
    /// ```
    pub const fn is_date(self) -> bool {
        self.is_date
    }

    /// Returns the calendar year in UTC.
    ///
    /// # Examples
    /// ```
    /// let eve: sponsorfit::Moment = "2024-12-31T23:30:00-01:00".parse().unwrap();
    /// assert_eq!(eve.year(), 2025);
    /// ```
    pub fn year(self) -> i32 {
        DateTime::<Utc>::from_timestamp_micros(self.first_micros).map_or(0, |instant| instant.year())
    }

    /// Splits digits here and leaves the calendar to chrono, whose own reader takes every format
    /// there is, and twenty kilobytes of what a browser loads.
    fn read(text: &str) -> Option<Self> {
        let mut rest = Rest(text);
        let year = rest.number(4..=4)?;
        rest.one_of("-")?;
        let month = rest.number(1..=2)?;
        rest.one_of("-")?;
        let day = rest.number(1..=2)?;
        let date = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?;
        let midnight = date.and_time(NaiveTime::MIN).and_utc().timestamp_micros();
        if rest.0.is_empty() {
            return Some(Self { first_micros: midnight, is_date: true });
        }
        rest.one_of("Tt ")?;
        Some(Self { first_micros: midnight + rest.micros_of_day()?, is_date: false })
    }
}

/// What is left to read of a text.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    /// Takes one of the given characters.
    fn one_of(&mut self, characters: &str) -> Option<char> {
        let first = self.0.chars().next().filter(|first| characters.contains(*first))?;
        self.0 = self.0.get(first.len_utf8()..)?;
        Some(first)
    }

    /// Takes the digits that come next, at most so many.
    fn digits(&mut self, most: usize) -> &'a str {
        let length = self.0.bytes().take(most).take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.0.split_at_checked(length).unwrap_or_default();
        self.0 = rest;
        digits
    }

    /// Takes a number of so many digits.
    fn number(&mut self, lengths: RangeInclusive<usize>) -> Option<u32> {
        let digits = self.digits(*lengths.end());
        if lengths.contains(&digits.len()) { digits.parse().ok() } else { None }
    }

    /// Reads `10:30`, `10:30:00` or `10:30:00.5`, with or without an offset from UTC.
    fn micros_of_day(&mut self) -> Option<i64> {
        let hour = self.number(1..=2).filter(|hour| *hour < 24)?;
        self.one_of(":")?;
        let minute = self.number(1..=2).filter(|minute| *minute < 60)?;
        let mut micros = i64::from(hour * 60 + minute) * 60_000_000;
        let has_seconds = self.one_of(":").is_some();
        if has_seconds {
            // 60 is a leap second: the first one of the next minute, as in Unix time.
            let second = self.number(1..=2).filter(|second| *second <= 60)?;
            micros += i64::from(second) * 1_000_000;
            if self.one_of(".").is_some() {
                micros += self.fraction()?;
            }
        }
        match self.0 {
            "" | "Z" | "z" => Some(micros),
            _ if has_seconds => Some(micros - self.offset()?),
            _ => None,
        }
    }

    /// Reads the digits after a decimal point; those below a microsecond are dropped.
    fn fraction(&mut self) -> Option<i64> {
        let digits = self.digits(usize::MAX);
        if digits.is_empty() { None } else { format!("{digits:0<6}").get(..6)?.parse().ok() }
    }

    /// Reads an offset to the end of the text: `+02:00`, `+0200`, `+02`, also after a space as Ruby prints it.
    fn offset(&mut self) -> Option<i64> {
        self.0 = self.0.trim_start();
        let sign = if self.one_of("+-\u{2212}")? == '+' { 1 } else { -1 };
        let hours = self.number(2..=2).filter(|hours| *hours < 24)?;
        let _ = self.one_of(":");
        let minutes = if self.0.is_empty() { 0 } else { self.number(2..=2)? };
        let is_all = self.0.is_empty() && minutes < 60;
        is_all.then(|| sign * i64::from(hours * 60 + minutes) * 60_000_000)
    }
}

impl FromStr for Moment {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        Self::read(text)
            .ok_or_else(|| Error::new(ErrorKind::InvalidValue, format!("`{text}` is not {EXPECTED}")))
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every constructor has checked that the instant exists.
        let instant = DateTime::<Utc>::from_timestamp_micros(self.first_micros).unwrap_or_default();
        if self.is_date {
            write!(f, "{}", instant.date_naive())
        } else {
            f.write_str(&instant.to_rfc3339_opts(SecondsFormat::AutoSi, true))
        }
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MomentVisitor;

        impl Visitor<'_> for MomentVisitor {
            type Value = Moment;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(EXPECTED)
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Moment, E> {
                Moment::read(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &EXPECTED))
            }
        }

        deserializer.deserialize_str(MomentVisitor)
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDateTime;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_instant_in_many_spellings() {
        let expected = Moment::from_unix_micros(1_761_042_600_000_000).unwrap();
        for text in [
            "2025-10-21T10:30:00Z",
            "2025-10-21t10:30:00z",
            "2025-10-21 10:30:00Z",
            "2025-10-21T10:30:00",
            "2025-10-21T10:30",
            "2025-10-21 10:30:00.000000",
            "2025-10-21 10:30:00+00",
            "2025-10-21 05:30:00-05",
            "2025-10-21 16:00:00+05:30",
            "2025-10-21 16:00:00+0530",
            "2025-10-21 12:30:00 +0200",
            "2025-10-21 05:30:00\u{2212}05:00",
            "2025-10-21T10:29:60Z",
            "2025-10-21T10:30Z",
            "2025-10-21T10:30:00.0000001Z",
        ] {
            assert_eq!(text.parse::<Moment>().unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "tomorrow",
            "2025",
            "2025-13-01",
            "2025-02-30",
            "2025-10-21T25:00:00Z",
            "infinity",
            "0044-03-15 BC",
            "20251-01-01",
            "2025-10-21T10:30:00+",
            "2025-10-21 10:30:00 Z+02",
            "１９９９-01-01",
            "-2025-10-21",
            "2025-10-21T",
            "2025-10-21T10:30:61Z",
            "2025-10-21T10:60",
            "2025-10-21T10:30:00.",
            "2025-10-21T10:30:00+24",
            "2025-10-21T10:30:00+02:60",
            "2025-10-21T10:30:00+2",
            "2025-10-21T10:30:00Z ",
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
        }
    }

    /// chrono's own reader, in the formats that `read` takes.
    fn as_chrono_reads(text: &str) -> Option<i64> {
        let micros = |local: NaiveDateTime| local.and_utc().timestamp_micros();
        if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            return Some(micros(date.and_time(NaiveTime::MIN)));
        }
        let (date, time) = text.split_once(['T', 't', ' '])?;
        let text = format!("{date}T{time}");
        let local = |text: &str| {
            let formats = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"];
            formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok()).map(micros)
        };
        match text.strip_suffix(['Z', 'z']) {
            Some(utc) => local(utc),
            None => match DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%#z") {
                Ok(instant) => Some(instant.timestamp_micros()),
                Err(_) => local(&text),
            },
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]
        #[test]
        fn it_reads_as_chrono_does(
            text in "[0-9]{4}-[01]?[0-9]-[0-3]?[0-9]([Tt ][0-2]?[0-9]:[0-6]?[0-9](:[0-6]?[0-9](\\.[0-9]{0,10})?)?([Zz]| ?[-+\u{2212}][0-2]?[0-9](:?[0-6][0-9])?)?)?"
        ) {
            prop_assert_eq!(Moment::read(&text).map(Moment::first_micros), as_chrono_reads(&text));
        }
    }

    #[test]
    fn printing_reads_back() {
        for text in ["2025-10-21", "2025-10-21T10:30:00Z", "1969-12-31T23:59:59.999999Z", "0001-01-01"] {
            let moment: Moment = text.parse().unwrap();
            assert_eq!(moment.to_string(), text);
            let json = serde_json::to_string(&moment).unwrap();
            assert_eq!(serde_json::from_str::<Moment>(&json).unwrap(), moment);
        }
    }

    #[test]
    fn instants_that_cannot_be_printed_are_refused() {
        assert!(Moment::from_unix_micros(i64::MAX).is_err());
        assert!(!"2025-10-21T00:00:00Z".parse::<Moment>().unwrap().is_date());
        assert!("2025-10-21".parse::<Moment>().unwrap().is_date());
        let at: Moment = "2025-10-21T00:00:00Z".parse().unwrap();
        assert_eq!(at.first_micros(), at.last_micros());
        assert!(serde_json::from_str::<Moment>("7").is_err());
    }
}
