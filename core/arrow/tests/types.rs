//! Rows read the same from every Arrow type that holds the same values.

use std::sync::Arc;

use arrow_array::builder::{FixedSizeListBuilder, Float32Builder, ListBuilder, MapBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    Array, ArrayRef, BinaryArray, Date32Array, Decimal128Array, DictionaryArray, FixedSizeBinaryArray,
    Float64Array, Int64Array, LargeListArray, LargeStringArray, RecordBatch, StringArray, StringViewArray,
    StructArray, TimestampMicrosecondArray, TimestampNanosecondArray, UInt16Array,
};
use arrow_schema::{DataType, Field};
use sponsorfit::rows::{Intake, Reader, Row};
use sponsorfit::{AudienceInsights, Event, SponsorProfile};

const ID: &str = "6f9619ff-8b86-d011-b42d-00c04fc964ff";

fn batch(columns: Vec<(&str, ArrayRef)>) -> RecordBatch {
    RecordBatch::try_from_iter_with_nullable(columns.into_iter().map(|(name, array)| (name, array, true)))
        .unwrap()
}

fn id() -> ArrayRef {
    Arc::new(StringArray::from(vec![ID]))
}

fn read<T: Row>(columns: Vec<(&str, ArrayRef)>) -> Result<T, Vec<String>> {
    let mut intake = Intake::new(Reader::new());
    let (_, row) = sponsorfit_arrow::rows(&batch(columns), &mut intake).next().unwrap();
    row.map_err(|errors| errors.iter().map(ToString::to_string).collect())
}

fn text_list(texts: &[Option<&str>]) -> ArrayRef {
    let mut list = ListBuilder::new(StringBuilder::new());
    list.append_value(texts.iter().copied());
    Arc::new(list.finish())
}

#[test]
fn identifiers_are_text_or_bytes() {
    let bytes = ID.parse::<sponsorfit::SponsorId>().unwrap().as_bytes().to_vec();
    let columns: [ArrayRef; 6] = [
        id(),
        Arc::new(LargeStringArray::from(vec![ID])),
        Arc::new(StringViewArray::from(vec![ID])),
        Arc::new(vec![ID].into_iter().collect::<DictionaryArray<Int32Type>>()),
        Arc::new(FixedSizeBinaryArray::try_from_iter([&bytes].into_iter()).unwrap()),
        Arc::new(BinaryArray::from(vec![bytes.as_slice()])),
    ];
    for column in columns {
        let kind = column.data_type().clone();
        let row: SponsorProfile = read(vec![("sponsor_id", column)]).unwrap();
        assert_eq!(row.sponsor_id.to_string(), ID, "{kind}");
    }
}

#[test]
fn lists_come_as_lists_and_as_text() {
    let large = LargeListArray::new(
        Arc::new(Field::new("item", DataType::Utf8, true)),
        arrow_buffer::OffsetBuffer::from_lengths([2]),
        Arc::new(StringArray::from(vec!["US", "CA"])),
        None,
    );
    let columns: [ArrayRef; 5] = [
        text_list(&[Some("US"), Some("CA")]),
        Arc::new(large),
        Arc::new(StringArray::from(vec!["{US,CA}"])),
        Arc::new(StringViewArray::from(vec![r#"["US", "CA"]"#])),
        Arc::new(vec![r#"["US","CA"]"#].into_iter().collect::<DictionaryArray<Int32Type>>()),
    ];
    for column in columns {
        let kind = column.data_type().clone();
        let row: SponsorProfile = read(vec![("sponsor_id", id()), ("regions", column)]).unwrap();
        assert_eq!(serde_json::to_value(&row.regions).unwrap(), serde_json::json!(["CA", "US"]), "{kind}");
    }
    let wrong =
        read::<SponsorProfile>(vec![("sponsor_id", id()), ("regions", text_list(&[Some("US"), None]))]);
    assert_eq!(wrong.unwrap_err(), ["regions[1]: null is not an element"]);
}

#[test]
fn vectors_of_single_floats_are_embeddings() {
    let mut vectors = FixedSizeListBuilder::new(Float32Builder::new(), 2);
    vectors.values().append_slice(&[0.5, 1.0]);
    vectors.append(true);
    let vectors = vectors.finish();
    let row: Event = read(vec![("id", id()), ("objectives_embedding", Arc::new(vectors))]).unwrap();
    assert_eq!(serde_json::to_value(row.objectives_embedding).unwrap(), serde_json::json!([0.5, 1.0]));
}

#[test]
fn numbers_come_in_every_width() {
    let columns: [ArrayRef; 5] = [
        Arc::new(Int64Array::from(vec![300])),
        Arc::new(UInt16Array::from(vec![300])),
        Arc::new(Float64Array::from(vec![300.0])),
        Arc::new(Decimal128Array::from(vec![30000]).with_precision_and_scale(10, 2).unwrap()),
        Arc::new(StringArray::from(vec!["300"])),
    ];
    for column in columns {
        let kind = column.data_type().clone();
        let row: SponsorProfile = read(vec![("sponsor_id", id()), ("annual_budget_cents", column)]).unwrap();
        assert_eq!(serde_json::to_value(row.annual_budget_cents).unwrap(), 300, "{kind}");
    }
    let wrong = vec![
        ("sponsor_id", id()),
        ("annual_budget_cents", Arc::new(Int64Array::from(vec![-5])) as ArrayRef),
        ("reputation_score", Arc::new(Float64Array::from(vec![1.5]))),
    ];
    let errors = read::<SponsorProfile>(wrong).unwrap_err();
    assert_eq!(
        errors,
        ["annual_budget_cents: -5 is not in 0..=9007199254740991", "reputation_score: 1.5 is not in 0..=1"]
    );
}

#[test]
fn times_and_dates_are_moments() {
    let columns: [(ArrayRef, &str); 4] = [
        (Arc::new(TimestampMicrosecondArray::from(vec![1_500_000])), "1970-01-01T00:00:01.5Z"),
        (Arc::new(TimestampNanosecondArray::from(vec![2_000_000_000])), "1970-01-01T00:00:02Z"),
        (Arc::new(Date32Array::from(vec![1])), "1970-01-02"),
        (Arc::new(StringArray::from(vec!["1970-01-02"])), "1970-01-02"),
    ];
    for (column, expected) in columns {
        let kind = column.data_type().clone();
        let row: Event = read(vec![("id", id()), ("start_at", column)]).unwrap();
        assert_eq!(row.start_at, Some(expected.parse().unwrap()), "{kind}");
    }
}

#[test]
fn objects_are_structs_maps_and_json() {
    let mut map = MapBuilder::new(None, StringBuilder::new(), arrow_array::builder::Int64Builder::new());
    map.keys().append_value("7");
    map.values().append_value(3);
    map.append(true).unwrap();
    let columns: [ArrayRef; 3] = [
        Arc::new(map.finish()),
        Arc::new(StructArray::from(vec![(
            Arc::new(Field::new("7", DataType::Int64, true)),
            Arc::new(Int64Array::from(vec![3])) as ArrayRef,
        )])),
        Arc::new(StringArray::from(vec![r#"{"7": 3}"#])),
    ];
    for column in columns {
        let kind = column.data_type().clone();
        let row: AudienceInsights = read(vec![("event_id", id()), ("geo_distribution", column)]).unwrap();
        assert_eq!(row.geo_distribution.total(), 3, "{kind}");
    }
}

#[test]
fn null_is_as_absent_and_unknown_columns_are_counted() {
    let row: SponsorProfile =
        read(vec![("sponsor_id", id()), ("regions", Arc::new(StringArray::from(vec![None::<&str>])))])
            .unwrap();
    assert!(row.regions.is_empty());
    let two = batch(vec![
        (
            "sponsor_id",
            Arc::new(StringArray::from(vec![ID, "7", ID, "00000000-0000-0000-0000-000000000000"])),
        ),
        ("regiones", Arc::new(StringArray::from(vec!["a", "b", "c", "d"]))),
    ]);
    let mut intake = Intake::<SponsorProfile>::new(Reader::new());
    let found: Vec<_> =
        sponsorfit_arrow::rows(&two, &mut intake).map(|(at, row)| (at, row.is_ok())).collect();
    assert_eq!(found, [(0, true), (1, false), (2, false), (3, true)]);
    let ignored = intake.ignored();
    assert_eq!(
        (ignored[0].name.as_str(), ignored[0].count, ignored[0].nearest),
        ("regiones", 2, Some("regions"))
    );
    let again: Vec<_> = sponsorfit_arrow::rows(&two, &mut intake).map(|(at, _)| at).collect();
    assert_eq!(again, [4, 5, 6, 7]);
}

#[test]
fn bad_types_are_named() {
    let wrong = Arc::new(arrow_array::DurationSecondArray::from(vec![1])) as ArrayRef;
    let error = read::<SponsorProfile>(vec![("sponsor_id", id()), ("regions", wrong)]).unwrap_err();
    assert!(error[0].starts_with("regions: a value of Arrow type Duration"), "{error:?}");
}
