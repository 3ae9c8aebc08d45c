//! The rules that hold for rows wherever they come from.

use std::collections::BTreeMap;
use std::collections::hash_map::{Entry, HashMap};

use super::reader::Reader;
use super::report::IgnoredField;
use super::row::Row;
use crate::error::{Error, ErrorKind};
use crate::read::{ReadRow, nearest_field};

/// Takes the rows of one source: checks their embeddings, refuses an identifier that an earlier row has,
/// and counts what is ignored.
///
/// Readers of text, of frames and of objects differ in how they come by a row, and in nothing after that.
///
/// # Examples
/// ```
/// use sponsorfit::rows::{Intake, Reader, SponsorName};
///
/// let row: SponsorName = serde_json::from_str(r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"}"#)?;
/// let mut intake = Intake::new(Reader::new());
/// assert!(intake.take(0, Ok(row.clone().into())).is_ok());
/// let problems = intake.take(1, Ok(row.into())).unwrap_err();
/// assert_eq!(problems[0].message(), "6f9619ff-8b86-d011-b42d-00c04fc964ff is already in row 0");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug)]
pub struct Intake<T: Row> {
    reader: Reader,
    /// How a number of a row reads in a sentence.
    numbered: &'static str,
    /// The number of the row that has an identifier.
    seen: HashMap<T::Id, u64>,
    taken: u64,
    good: u64,
    ignored: BTreeMap<String, u64>,
    /// The columns that are no fields, with how many good rows there were before they were noticed.
    columns: BTreeMap<String, u64>,
}

impl<T: Row> Intake<T> {
    /// Takes rows that are numbered by their position.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, rows::{Intake, Reader}};
    ///
    /// assert_eq!(Intake::<Event>::new(Reader::new()).taken(), 0);
    /// ```
    pub fn new(reader: Reader) -> Self {
        Self::numbered(reader, "in row")
    }

    pub(super) fn numbered(reader: Reader, numbered: &'static str) -> Self {
        Self {
            reader,
            numbered,
            seen: HashMap::new(),
            taken: 0,
            good: 0,
            ignored: BTreeMap::new(),
            columns: BTreeMap::new(),
        }
    }

    /// Takes what became of the next row, and returns it if it is right in itself and beside the others.
    ///
    /// # Errors
    /// All that is wrong with it.
    ///
    /// # Examples
    /// See [`Intake`].
    pub fn take(&mut self, number: u64, read: Result<ReadRow<T>, Vec<Error>>) -> Result<T, Vec<Error>> {
        self.taken += 1;
        let ReadRow { row, mut ignored } = read?;
        self.check(number, &row).map_err(|error| vec![error])?;
        self.good += 1;
        // A name that a row has twice still occurs in one row.
        ignored.sort_unstable();
        ignored.dedup();
        for name in ignored {
            *self.ignored.entry(name).or_insert(0) += 1;
        }
        Ok(row)
    }

    /// Counts a column that is no field as ignored from the next row on.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::rows::{Intake, Reader, SponsorName};
    ///
    /// let row: SponsorName = serde_json::from_str(r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"}"#)?;
    /// let mut intake = Intake::new(Reader::new());
    /// intake.ignore_column("nam");
    /// intake.take(0, Ok(row.into())).unwrap();
    /// assert!(intake.ignores("nam"));
    /// assert_eq!(intake.ignored()[0].nearest, Some("name"));
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn ignore_column(&mut self, name: &str) {
        let before = self.good;
        self.columns.entry(name.to_owned()).or_insert(before);
    }

    /// Tells whether a column is known to be no field.
    ///
    /// # Examples
    /// See [`Intake::ignore_column`].
    pub fn ignores(&self, column: &str) -> bool {
        self.columns.contains_key(column)
    }

    /// Returns how many rows were taken, good and bad.
    ///
    /// # Examples
    /// See [`Intake::new`].
    pub fn taken(&self) -> u64 {
        self.taken
    }

    /// Returns the fields that good rows had and the type has not.
    ///
    /// # Examples
    /// See [`Intake::ignore_column`].
    pub fn ignored(&self) -> Vec<IgnoredField> {
        let columns = self.columns.iter().map(|(name, before)| (name, self.good - before));
        let fields = self.ignored.iter().map(|(name, count)| (name, *count));
        let mut counts: BTreeMap<&String, u64> = BTreeMap::new();
        for (name, count) in columns.chain(fields).filter(|(_, count)| *count > 0) {
            *counts.entry(name).or_insert(0) += count;
        }
        let field = |(name, count): (&String, u64)| IgnoredField {
            nearest: nearest_field::<T>(name),
            name: name.clone(),
            count,
        };
        counts.into_iter().map(field).collect()
    }

    fn check(&mut self, number: u64, row: &T) -> Result<(), Error> {
        self.reader.check(row)?;
        if T::MAY_REPEAT {
            return Ok(());
        }
        match self.seen.entry(row.id()) {
            Entry::Vacant(entry) => {
                entry.insert(number);
                Ok(())
            }
            Entry::Occupied(first) => {
                let message = format!("{} is already {} {}", row.id(), self.numbered, first.get());
                Err(Error::new(ErrorKind::DuplicateId, message).within(T::ID_FIELD))
            }
        }
    }
}
