//! Columns that no type has, each with the nearest one that there is.

use sponsorfit::rows::IgnoredField;

use crate::print::display::counted;
use crate::read::load::{FileRead, TableName};

/// How many names are listed for a file.
const LISTED: usize = 8;

/// Returns the ignored columns of a file, those that look misspelt first.
pub(super) fn text(file: &FileRead) -> Option<String> {
    let (misspelt, other): (Vec<&IgnoredField>, Vec<&IgnoredField>) =
        file.ignored.iter().partition(|field| field.nearest.is_some());
    let mut parts: Vec<String> = misspelt.into_iter().map(question).collect();
    // A file of names may hold anything else.
    if file.table != TableName::Names {
        parts.extend(together(&other));
    }
    (!parts.is_empty()).then(|| format!("{}: {}", file.path.display(), parts.join("; ")))
}

fn question(field: &IgnoredField) -> String {
    let nearest = field.nearest.unwrap_or_default();
    format!("`{}` in {}, did you mean `{nearest}`", field.name, rows(field.count))
}

/// Lists fields, with the number of rows once for those that share it.
fn together(fields: &[&IgnoredField]) -> Vec<String> {
    let mut fields = fields.to_vec();
    // Stable: by name among those with the same count.
    fields.sort_by_key(|field| std::cmp::Reverse(field.count));
    let more = fields.len().saturating_sub(LISTED);
    fields.truncate(LISTED);
    let same = fields.chunk_by(|a, b| a.count == b.count);
    let mut parts: Vec<String> = same
        .map(|group| {
            let names: Vec<String> = group.iter().map(|field| format!("`{}`", field.name)).collect();
            format!("{} in {}", names.join(", "), rows(group[0].count))
        })
        .collect();
    if more > 0 {
        parts.push(format!("and {}", counted(more as u64, "more column", "more columns")));
    }
    parts
}

fn rows(count: u64) -> String {
    counted(count, "row", "rows")
}
