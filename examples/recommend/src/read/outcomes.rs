//! A folder of what came of events: who sponsored them, and what was known of them.

use std::io;
use std::path::{Path, PathBuf};

use sponsorfit::AudienceInsights;
use sponsorfit::rows::{Reader, Row, Rows};
use sponsorfit_learn::evaluation::Outcomes;

use crate::error::FileError;
use crate::read::failure::Failure;
use crate::read::input;
use crate::read::problems::Problems;

/// How a table's file may end, in the order in which it is looked for.
const ENDINGS: [&str; 6] = [".ndjson", ".csv", ".json", ".ndjson.gz", ".csv.gz", ".json.gz"];

/// Reads `events`, `sponsorships` and, where there are any, `event_audience_insights`.
///
/// Profiles in the folder are not read: they say what is known today.
pub(crate) fn outcomes(folder: &Path) -> Result<Outcomes, Failure> {
    let mut problems = Problems::default();
    let events = table(&needed(folder, "events")?, &mut problems)?;
    let sponsorships = table(&needed(folder, "sponsorships")?, &mut problems)?;
    let insights: Vec<AudienceInsights> = match find(folder, "event_audience_insights") {
        Some(path) => table(&path, &mut problems)?,
        None => Vec::new(),
    };
    if !problems.is_empty() {
        return Err(Failure::BadData(problems));
    }
    Ok(Outcomes::new(events, insights, sponsorships))
}

fn table<T: Row>(path: &Path, problems: &mut Problems) -> Result<Vec<T>, FileError> {
    let Rows { rows, rejects, .. } = Reader::new().read::<T>(&input::read(path)?);
    problems.add(path, rejects);
    Ok(rows.into_iter().map(|numbered| numbered.row).collect())
}

fn find(folder: &Path, name: &str) -> Option<PathBuf> {
    let paths = ENDINGS.iter().map(|ending| folder.join(format!("{name}{ending}")));
    paths.into_iter().find(|path| path.exists())
}

fn needed(folder: &Path, name: &str) -> Result<PathBuf, FileError> {
    find(folder, name).ok_or_else(|| {
        let expected = format!("no {name} here: expected {name}.ndjson, .csv or .json, gzipped or not");
        FileError::new(folder, io::Error::other(expected))
    })
}
