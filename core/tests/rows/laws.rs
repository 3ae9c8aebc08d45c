//! What holds for any rows and any bytes.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, any, proptest};
use proptest::sample::{Index, select};
use serde::Serialize;
use serde_json::Value;
use sponsorfit::rows::{self, Row};
use sponsorfit::{EventId, SponsorId};

use crate::files::{ARRAY, CSV, NDJSON, SEMICOLONS};
use crate::{checks, strategies};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sponsors_read_back_from_every_format(rows in vec(strategies::sponsor(), 1..6)) {
        reads_back_from_every_format(rows, |row, number| row.sponsor_id = SponsorId::from_bytes(number));
    }

    #[test]
    fn events_read_back_from_every_format(rows in vec(strategies::event(), 1..6)) {
        reads_back_from_every_format(rows, |row, number| row.event_id = EventId::from_bytes(number));
    }

    #[test]
    fn insights_read_back_from_every_format(rows in vec(strategies::insights(), 1..6)) {
        reads_back_from_every_format(rows, |row, number| row.event_id = EventId::from_bytes(number));
    }

    #[test]
    fn any_bytes_are_read_without_panic(bytes in vec(any::<u8>(), 0..200)) {
        checks::check(&bytes);
    }

    #[test]
    fn broken_files_are_read_without_panic(
        file in select(vec![NDJSON, ARRAY, CSV, SEMICOLONS]),
        edits in vec((any::<Index>(), strategies::edit()), 1..8),
    ) {
        let mut bytes = file.as_bytes().to_vec();
        for (place, edit) in edits {
            edit.apply(&mut bytes, place);
        }
        checks::check(&bytes);
    }
}

fn reads_back_from_every_format<T: Row + Serialize>(mut rows: Vec<T>, identify: impl Fn(&mut T, [u8; 16])) {
    for (number, row) in rows.iter_mut().enumerate() {
        identify(row, [u8::try_from(number).unwrap(); 16]);
    }
    let values: Vec<Value> = rows.iter().map(|row| serde_json::to_value(row).unwrap()).collect();
    let ndjson = values.iter().map(Value::to_string).collect::<Vec<_>>().join("\n");
    let mut files = vec![
        ndjson.into_bytes(),
        serde_json::to_vec(&values).unwrap(),
        serde_json::to_vec_pretty(&values).unwrap(),
    ];
    for separator in [b',', b';', b'\t'] {
        for lists in [Lists::Json, Lists::Postgres] {
            files.push(csv_of(&values, separator, lists));
        }
    }
    for file in files {
        let read = rows::read::<T>(&file);
        let shown = || String::from_utf8_lossy(&file).into_owned();
        assert_eq!(read.rejects, [], "{}", shown());
        assert_eq!(read.ignored, [], "{}", shown());
        // Text compares spellings too, which labels leave out of `==`.
        let read: Vec<Value> = read.into_rows().map(|row| serde_json::to_value(row).unwrap()).collect();
        assert_eq!(read, values, "{}", shown());
    }
}

#[derive(Clone, Copy)]
enum Lists {
    Json,
    Postgres,
}

fn csv_of(rows: &[Value], separator: u8, lists: Lists) -> Vec<u8> {
    let mut writer = csv::WriterBuilder::new().delimiter(separator).from_writer(Vec::new());
    let columns: Vec<&String> = rows[0].as_object().unwrap().keys().collect();
    writer.write_record(&columns).unwrap();
    for row in rows {
        let cell = |column: &&String| match (&row[column.as_str()], lists) {
            (Value::Null, _) => String::new(),
            (Value::String(text), _) => text.clone(),
            (Value::Array(list), Lists::Postgres) => postgres(list),
            (other, _) => other.to_string(),
        };
        writer.write_record(columns.iter().map(cell)).unwrap();
    }
    writer.into_inner().unwrap()
}

/// Writes a list as `array_out` of Postgres does.
fn postgres(list: &[Value]) -> String {
    let element = |value: &Value| match value {
        Value::String(text) => format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\"")),
        other => other.to_string(),
    };
    format!("{{{}}}", list.iter().map(element).collect::<Vec<_>>().join(","))
}
