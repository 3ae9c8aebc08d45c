//! Points in time as databases write them.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, NaiveTime, SecondsFormat, Utc};
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

    fn read(text: &str) -> Option<Self> {
        // chrono reads `%Y` of any length and sign: four digits keep `20251-1-1` out.
        let year = text.get(..5)?;
        if !year.bytes().take(4).all(|byte| byte.is_ascii_digit()) || !year.ends_with('-') {
            return None;
        }
        if let Ok(date) = NaiveDate::parse_from_str(text, "%Y-%m-%d") {
            let midnight = date.and_time(NaiveTime::MIN).and_utc();
            return Some(Self { first_micros: midnight.timestamp_micros(), is_date: true });
        }
        let (date, time) = text.split_once(['T', 't', ' '])?;
        let text = format!("{date}T{time}");
        let utc = text.strip_suffix(['Z', 'z']);
        let instant = if let Some(local) = utc {
            read_local(local)?.and_utc()
        } else if let Ok(instant) = DateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%S%.f%#z") {
            instant.to_utc()
        } else {
            read_local(&text)?.and_utc()
        };
        Some(Self { first_micros: instant.timestamp_micros(), is_date: false })
    }
}

fn read_local(text: &str) -> Option<NaiveDateTime> {
    ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%dT%H:%M"]
        .iter()
        .find_map(|format| NaiveDateTime::parse_from_str(text, format).ok())
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
        ] {
            assert!(text.parse::<Moment>().is_err(), "{text}");
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
