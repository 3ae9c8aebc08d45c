//! Quotes that the `csv` crate reads in silence, and that rows never mean.
//!
//! It takes a quoted cell that does not end for one that holds the rest of the
//! file, and text behind a closing quote for part of the cell.

/// Where quotes go wrong in a record, and how.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) at: usize,
    pub(super) what: &'static str,
    /// Whether the rest of the file went into this record.
    pub(super) ends_reading: bool,
}

/// Finds the first fault of a record.
///
/// A quote inside a cell that does not begin with one is text, as in
/// `{"live music"}` between semicolons.
pub(super) fn fault(record: &[u8], separator: u8) -> Option<Fault> {
    if !record.contains(&b'"') {
        return None;
    }
    let is_end = |byte: u8| byte == separator || byte == b'\r' || byte == b'\n';
    let mut start = 0;
    while let Some(&first) = record.get(start) {
        let behind = if first == b'"' {
            let Some(behind) = behind_quotes(record, start) else {
                return Some(Fault {
                    at: start,
                    what: "a quoted cell that does not end",
                    ends_reading: true,
                });
            };
            match record.get(behind) {
                Some(&byte) if !is_end(byte) => {
                    return Some(Fault {
                        at: behind,
                        what: "text behind a closing quote",
                        ends_reading: false,
                    });
                }
                _ => behind,
            }
        } else {
            let rest = record.get(start..).unwrap_or_default();
            start + rest.iter().position(|byte| is_end(*byte)).unwrap_or(rest.len())
        };
        // A line end can only be the record's own here.
        start = behind + 1;
    }
    None
}

/// Returns what follows the closing quote of the cell that opens at `start`.
fn behind_quotes(record: &[u8], start: usize) -> Option<usize> {
    let mut at = start + 1;
    loop {
        match (record.get(at)?, record.get(at + 1)) {
            (b'"', Some(b'"')) => at += 2,
            (b'"', _) => return Some(at + 1),
            _ => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotes_that_mean_what_they_say_pass() {
        for record in [
            "a,b",
            "\"a\",b\n",
            "a,\"b\"\r\n",
            "\"a,\"\"b\"\"\nc\",d",
            "a,5\" pipe",
            "\"\",\"\"",
            "\"\"\"\"",
            "a,",
            "{\"live music\"}",
        ] {
            assert_eq!(fault(record.as_bytes(), b','), None, "{record:?}");
        }
        assert_eq!(fault(b"\"a\";b", b';'), None);
    }

    #[test]
    fn quotes_that_do_not_are_placed() {
        for (record, at, ends_reading) in [
            ("a,\"b", 2, true),
            ("\"", 0, true),
            ("a,\"b\"\",c", 2, true),
            ("\"a\"b,c", 3, false),
            ("\"a\" ,c", 3, false),
            ("\"a\";b", 3, false),
        ] {
            let fault = fault(record.as_bytes(), b',').unwrap();
            assert_eq!((fault.at, fault.ends_reading), (at, ends_reading), "{record:?}");
        }
    }
}
