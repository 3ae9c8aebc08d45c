//! Columns of numbers that scored pairs have, by the names of a score's own fields.

use sponsorfit::{Error, ErrorKind, MatchScore, UnitInterval};

type Field = fn(&MatchScore) -> Option<UnitInterval>;

/// The names, in the order of a score's fields.
const COLUMNS: [(&str, Field); 10] = [
    ("score", |pair| Some(pair.score)),
    ("budget_fit", |pair| pair.overlap_metrics.budget_fit),
    ("audience_overlap.categories", |pair| pair.overlap_metrics.audience_overlap.categories),
    ("audience_overlap.geo", |pair| pair.overlap_metrics.audience_overlap.geo),
    ("geo_fit", |pair| pair.overlap_metrics.geo_fit),
    ("engagement_quality", |pair| pair.overlap_metrics.engagement_quality),
    ("objectives_similarity", |pair| pair.overlap_metrics.objectives_similarity),
    ("coverage", |pair| Some(pair.coverage)),
    ("lower", |pair| Some(pair.lower)),
    ("upper", |pair| Some(pair.upper)),
];

/// Returns the named columns of scored pairs one after the other; NaN where a pair has no number.
pub(crate) fn columns(names: &[String], scores: &[Option<MatchScore>]) -> Result<Vec<f64>, Error> {
    let fields = names.iter().enumerate().map(|(place, name)| field(names, place, name));
    let fields = fields.collect::<Result<Vec<Field>, Error>>()?;
    let number = |field: Field, pair: &Option<MatchScore>| {
        pair.as_ref().and_then(field).map_or(f64::NAN, UnitInterval::get)
    };
    Ok(fields.into_iter().flat_map(|field| scores.iter().map(move |pair| number(field, pair))).collect())
}

fn field(names: &[String], place: usize, name: &str) -> Result<Field, Error> {
    let blame = |kind, message: String| Error::new(kind, message).at(place).within("columns");
    if names.iter().take(place).any(|earlier| earlier == name) {
        return Err(blame(ErrorKind::DuplicateField, format!("`{name}` is there twice")));
    }
    let known = COLUMNS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field);
    known.ok_or_else(|| {
        let names = COLUMNS.map(|(known, _)| format!("`{known}`")).join(", ");
        blame(ErrorKind::InvalidValue, format!("`{name}` is not one of {names}"))
    })
}
