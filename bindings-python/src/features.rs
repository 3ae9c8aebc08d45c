//! What a ranker is told of pairs, as columns.

use std::sync::Arc;

use arrow_array::{Float64Array, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema};
use sponsorfit::{Catalog, Error, ErrorKind, EventId, SponsorId};
use sponsorfit_learn::features::{Feature, Features};

use crate::ids;
use crate::table::Table;

/// Returns the features of pairs of the catalog, one column a feature; null cannot be told.
pub(crate) fn table(
    catalog: &Catalog,
    features: &Features,
    pairs: &[(SponsorId, EventId)],
) -> Result<Result<Table, ArrowError>, Error> {
    let mut columns: Vec<Vec<Option<f64>>> = vec![Vec::with_capacity(pairs.len()); Feature::ALL.len()];
    for (sponsor, event) in pairs {
        let unknown = |what: &str, id: String| Error::new(ErrorKind::UnknownId, format!("no {what} `{id}`"));
        let profile = catalog.sponsor(sponsor).ok_or_else(|| unknown("sponsor", sponsor.to_string()))?;
        let (event, insights) = catalog.event(event).ok_or_else(|| unknown("event", event.to_string()))?;
        let row = features.row(&features.sponsor(profile), &features.event(event, insights));
        for (column, value) in columns.iter_mut().zip(row) {
            column.push((!value.is_nan()).then_some(value));
        }
    }
    let mut fields = vec![ids::field("sponsor_id"), ids::field("event_id")];
    fields.extend(Feature::ALL.iter().map(|feature| {
        let field = Field::new(feature.name(), DataType::Float64, true);
        field.with_metadata([("definition".to_owned(), feature.definition().to_owned())].into())
    }));
    let arrays = || {
        let mut arrays = vec![
            ids::column(pairs.iter().map(|(sponsor, _)| *sponsor.as_bytes()))?,
            ids::column(pairs.iter().map(|(_, event)| *event.as_bytes()))?,
        ];
        arrays.extend(columns.into_iter().map(|column| Arc::new(Float64Array::from(column)) as _));
        Table::of(RecordBatch::try_new(Arc::new(Schema::new(fields)), arrays))
    };
    Ok(arrays())
}
