//! Pairs of a catalog by their identifiers, and all pairs at once.

use sponsorfit::{Columns, Error, ErrorKind, Leaf};

use super::{Catalog, PairKey, PairKeys, ScoreAll};
use crate::pairs::{Stored, StoredExplanation, StoredMatch, columns};

/// Scores a pair of the catalog, as the question of the same name does of a scorer.
///
/// # Errors
/// [`ErrorKind::UnknownId`], and [`ErrorKind::InsufficientData`].
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let sponsors = b"sponsor_id\n6f9619ff-8b86-d011-b42d-00c04fc964ff\n";
/// let mut catalog = sponsorfit_wire::open("catalog", "{}", &[sponsors, b"", b""], Some(&scorer))?;
/// let pair = r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
///     "event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}"#;
/// assert!(catalog.ask("score", pair, None).starts_with(
///     r#"{"error":{"code":"unknown_id","message":"no event `0b8d60e5"#,
/// ));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn score(catalog: &Catalog, request: PairKey) -> Result<StoredMatch, Error> {
    let sponsor = catalog.sponsor_row(request.sponsor_id)?;
    let row = catalog.event_row(request.event_id)?;
    let score = catalog.scorer().score(sponsor, row.event, row.insights)?;
    Ok(Stored::new(catalog.scorer(), &score, score))
}

/// Explains a pair of the catalog, as the question of the same name does of a scorer.
///
/// # Errors
/// As [`score`].
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let sponsors = b"sponsor_id\n6f9619ff-8b86-d011-b42d-00c04fc964ff\n";
/// let events = b"id\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001\n";
/// let mut catalog = sponsorfit_wire::open("catalog", "{}", &[sponsors, events, b""], Some(&scorer))?;
/// let pair = r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
///     "event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}"#;
/// assert!(catalog.ask("explain", pair, None).contains(r#""summary":"Score 0.42"#));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn explain(catalog: &Catalog, request: PairKey) -> Result<StoredExplanation, Error> {
    let sponsor = catalog.sponsor_row(request.sponsor_id)?;
    let row = catalog.event_row(request.event_id)?;
    let why = catalog.scorer().explain(sponsor, row.event, row.insights)?;
    Ok(Stored::new(catalog.scorer(), &why.score.clone(), why))
}

/// Scores pairs of the catalog: each column that is named, one number a pair, NaN where too little is
/// known for one.
///
/// # Errors
/// [`ErrorKind::UnknownId`] at `pairs[…]`, and [`ErrorKind::InvalidValue`] for a column that is none.
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let sponsors = b"sponsor_id\n6f9619ff-8b86-d011-b42d-00c04fc964ff\n";
/// let events = b"id\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001\n";
/// let catalog = sponsorfit_wire::open("catalog", "{}", &[sponsors, events, b""], Some(&scorer))?;
/// let request = r#"{"pairs": [{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
///     "event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}]}"#;
/// assert_eq!(catalog.numbers("score_pairs", request, &[])?, [0.425]);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn score_pairs(catalog: &Catalog, request: PairKeys) -> Result<Vec<f64>, Error> {
    let scored = request.pairs.iter().enumerate().map(|(place, pair)| {
        let blame = |error: Error| error.at(place).within("pairs");
        let sponsor = catalog.sponsor_row(pair.sponsor_id).map_err(blame)?;
        let row = catalog.event_row(pair.event_id).map_err(blame)?;
        // The one error of a score is that too little is known.
        Ok(catalog.scorer().score(sponsor, row.event, row.insights).ok())
    });
    columns(&request.columns, &scored.collect::<Result<Vec<_>, Error>>()?)
}

/// Scores every pair: the columns that are named, one after the other.
///
/// A name is `score`, `coverage` or the path of a leaf. Each column is as
/// [`Columns`] says: sponsor by sponsor, NaN where there is no number.
///
/// # Errors
/// [`ErrorKind::InvalidValue`] for a name that is none, [`ErrorKind::DuplicateField`] for one that is
/// there twice, [`ErrorKind::OutOfRange`] where memory does not hold them all.
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let sponsors = b"sponsor_id\n6f9619ff-8b86-d011-b42d-00c04fc964ff\n";
/// let events = b"id\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001\n";
/// let catalog = sponsorfit_wire::open("catalog", "{}", &[sponsors, events, b""], Some(&scorer))?;
/// assert_eq!(catalog.numbers("score_all", r#"{"columns": ["score", "budget_fit"]}"#, &[])?, [0.425, 0.5]);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn score_all(catalog: &Catalog, request: ScoreAll) -> Result<Vec<f64>, Error> {
    let names = request.columns;
    let pairs = catalog.rows().sponsor_count().saturating_mul(catalog.rows().event_count());
    let mut numbers = Vec::new();
    let count = pairs.saturating_mul(names.len());
    numbers.try_reserve_exact(count).map_err(|_| {
        let message = format!("{count} numbers are too many to hold at once");
        Error::new(ErrorKind::OutOfRange, message)
    })?;
    numbers.resize(count, 0.0);
    let mut columns = Columns::default();
    // An empty catalog still has its names checked.
    let mut free = numbers.as_mut_slice();
    for (number, name) in names.iter().enumerate() {
        let (column, rest) = free.split_at_mut(pairs);
        free = rest;
        let place = column_of(&mut columns, name).map_err(|error| error.at(number))?;
        if place.replace(column).is_some() {
            return Err(Error::new(ErrorKind::DuplicateField, "appears twice").within(name));
        }
    }
    catalog.rows().score_all(columns)?;
    Ok(numbers)
}

/// Where a column of this name is to stand.
fn column_of<'c, 'n>(
    columns: &'c mut Columns<'n>,
    name: &str,
) -> Result<&'c mut Option<&'n mut [f64]>, Error> {
    match name {
        "score" => return Ok(&mut columns.score),
        "coverage" => return Ok(&mut columns.coverage),
        _ => {}
    }
    let place = Leaf::ALL.iter().zip(&mut columns.leaves).find(|(leaf, _)| leaf.path() == name);
    place.map(|(_, column)| column).ok_or_else(|| {
        let leaves = Leaf::ALL.map(|leaf| format!("`{}`", leaf.path())).join(", ");
        let message = format!("`{name}` is not `score`, `coverage` or one of {leaves}");
        Error::new(ErrorKind::InvalidValue, message)
    })
}
