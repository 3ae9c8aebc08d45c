//! Rows by what people call them: an id, the beginning of one, or a name.

use sponsorfit::Label;

use crate::read::load::Tables;

/// An id has this many hex digits at least before it is looked for by its beginning.
const SHORTEST: usize = 4;

/// What a row can be found by.
struct Entry<'a> {
    /// Hyphenated and in small letters.
    id: String,
    name: Option<&'a str>,
}

/// Returns the position of the sponsor that `wanted` means.
pub(crate) fn sponsor(wanted: &str, tables: &Tables) -> Result<usize, String> {
    let sponsors = tables.sponsors.iter();
    let rows = sponsors.map(|row| Entry { id: row.sponsor_id.to_string(), name: row.name.as_deref() });
    find(wanted, "sponsor", &rows.collect::<Vec<_>>())
}

/// Returns the position of the event that `wanted` means.
pub(crate) fn event(wanted: &str, tables: &Tables) -> Result<usize, String> {
    let events = tables.events.iter();
    let rows = events.map(|row| Entry { id: row.event_id.to_string(), name: row.title.as_deref() });
    find(wanted, "event", &rows.collect::<Vec<_>>())
}

/// `kind` is what the rows are, for messages.
fn find(wanted: &str, kind: &str, rows: &[Entry<'_>]) -> Result<usize, String> {
    let label = Label::new(wanted);
    let by_id = |row: &Entry<'_>| is_beginning(wanted, &row.id);
    let by_name = |row: &Entry<'_>| row.name.is_some_and(|name| Label::new(name) == label);
    let mut found: Vec<usize> = positions(rows, by_id);
    if found.is_empty() {
        found = positions(rows, by_name);
    }
    match found[..] {
        [only] => Ok(only),
        [] => Err(unknown(wanted, kind, rows)),
        [first, second, ..] => {
            let (first, second) = (&rows[first].id, &rows[second].id);
            Err(format!("`{wanted}` means more than one {kind}: {first}, {second}"))
        }
    }
}

fn positions(rows: &[Entry<'_>], wanted: impl Fn(&Entry<'_>) -> bool) -> Vec<usize> {
    let found = rows.iter().enumerate().filter(|(_, row)| wanted(row));
    found.map(|(at, _)| at).collect()
}

/// Compares hex digits only: hyphens, braces and capital letters are ways to write the same.
fn is_beginning(wanted: &str, id: &str) -> bool {
    let text = wanted.trim().to_ascii_lowercase();
    let text = text.strip_prefix("urn:uuid:").unwrap_or(&text);
    let digits: String = text.chars().filter(|c| !"{}-".contains(*c)).collect();
    digits.len() >= SHORTEST && id.replace('-', "").starts_with(&digits)
}

fn unknown(wanted: &str, kind: &str, rows: &[Entry<'_>]) -> String {
    let label = Label::new(wanted);
    let edits = |name: &str| strsim::damerau_levenshtein(Label::new(name).key(), label.key());
    let names = rows.iter().filter_map(|row| row.name);
    let nearest = names.map(|name| (edits(name), name)).min();
    match nearest {
        Some((edits, name)) if edits <= label.key().chars().count() / 3 => {
            format!("no {kind} `{wanted}`, did you mean `{name}`")
        }
        _ => format!("no {kind} has the id or name `{wanted}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Entry<'static>> {
        let rows = [
            ("6f9619ff-8b86-d011-b42d-00c04fc964ff", Some("Velvetine Amplifiers")),
            ("6f9619ff-0000-d011-b42d-00c04fc964ff", Some("Café Perché-Lune")),
            ("0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", Some("Twins")),
            ("1b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", Some("twins ")),
            ("2b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", None),
        ];
        rows.map(|(id, name)| Entry { id: id.to_owned(), name }).into()
    }

    #[test]
    fn ids_beginnings_and_names_are_found() {
        for (wanted, at) in [
            ("6f9619ff-8b86-d011-b42d-00c04fc964ff", 0),
            ("6F9619FF8B86D011B42D00C04FC964FF", 0),
            ("{6f9619ff-8b86-d011-b42d-00c04fc964ff}", 0),
            ("urn:uuid:6f9619ff-8b86-d011-b42d-00c04fc964ff", 0),
            ("6f9619ff-0", 1),
            ("2b8d", 4),
            ("velvetine  AMPLIFIERS", 0),
            ("Cafe\u{301} Perche\u{301}-Lune", 1),
        ] {
            assert_eq!(find(wanted, "sponsor", &rows()), Ok(at), "{wanted}");
        }
    }

    #[test]
    fn what_is_not_one_row_is_refused() {
        for (wanted, refusal) in [
            (
                "6f9619ff",
                "`6f9619ff` means more than one sponsor: 6f9619ff-8b86-d011-b42d-00c04fc964ff, 6f9619ff-0000-d011-b42d-00c04fc964ff",
            ),
            (
                "Twins",
                "`Twins` means more than one sponsor: 0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001, 1b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001",
            ),
            ("Velvetin Amplifier", "no sponsor `Velvetin Amplifier`, did you mean `Velvetine Amplifiers`"),
            ("2b8", "no sponsor has the id or name `2b8`"),
            ("", "no sponsor has the id or name ``"),
        ] {
            assert_eq!(find(wanted, "sponsor", &rows()), Err(refusal.to_owned()), "{wanted}");
        }
    }
}
