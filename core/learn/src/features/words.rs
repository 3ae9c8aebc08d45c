//! Numbers as people say them.

/// A share as a percentage: `2 %`, `under 1 %`.
pub(crate) fn share(value: f64) -> String {
    let percent = value * 100.0;
    if percent > 0.0 && percent < 1.0 { "under 1 %".to_owned() } else { format!("{percent:.0} %") }
}

/// A count with its noun: `1 event`, `3 events`, `no events`.
pub(crate) fn count(value: f64, one: &str, many: &str) -> String {
    if value < 0.5 {
        format!("no {many}")
    } else if value < 1.5 {
        format!("1 {one}")
    } else {
        format!("{value:.0} {many}")
    }
}

/// How often something happened: `once`, `twice`, `3 times`.
pub(crate) fn times(count: usize) -> String {
    match count {
        0 => "never".to_owned(),
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        many => format!("{many} times"),
    }
}

/// A span of time: `3 days`, `6 months`, `2.5 years`.
pub(crate) fn years(value: f64) -> String {
    let (months, days) = (value * 12.0, value * 365.0);
    if months < 1.5 {
        count(days.max(1.0), "day", "days")
    } else if months < 18.0 {
        format!("{months:.0} months")
    } else {
        format!("{value:.1} years")
    }
}

/// A sum of 1 / (1 + age): `not at all`, or how many times of this very day it is worth.
pub(crate) fn weight(value: f64) -> String {
    if value > 0.0 {
        format!("as much as {value:.1} times today, what is older counting less")
    } else {
        "not at all".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_well() {
        assert_eq!([0.0, 0.004, 0.25, 1.0].map(share), ["0 %", "under 1 %", "25 %", "100 %"]);
        assert_eq!(
            [0.0, 1.0, 12.0].map(|v| count(v, "event", "events")),
            ["no events", "1 event", "12 events"]
        );
        assert_eq!([0, 1, 2, 7].map(times), ["never", "once", "twice", "7 times"]);
        assert_eq!(
            [0.0, 0.1, 0.5, 1.0, 2.46].map(years),
            ["1 day", "36 days", "6 months", "12 months", "2.5 years"]
        );
        assert_eq!(weight(0.0), "not at all");
        assert_eq!(weight(1.25), "as much as 1.2 times today, what is older counting less");
    }
}
