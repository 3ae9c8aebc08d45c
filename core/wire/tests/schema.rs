//! The committed schemas and the page of questions are those of the types. Whether rows and answers are valid under them,
//! the Python package tests on every conformance case.
//!
//! After a change of a type: `UPDATE_SCHEMA=1 cargo test -p sponsorfit-wire --features schema --test schema`.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::Value;
use sponsorfit_wire::{page, schemas};

#[test]
fn the_committed_schemas_are_those_of_the_types() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema");
    let mut expected = BTreeSet::new();
    for (name, schema) in schemas() {
        let path = folder.join(format!("{name}.json"));
        let text = serde_json::to_string_pretty(&schema).unwrap() + "\n";
        assert_committed(&path, &text);
        expected.insert(path.file_name().unwrap().to_owned());
    }
    let files: BTreeSet<_> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(files, expected);
}

#[test]
fn the_committed_page_lists_every_question() {
    assert_committed(&Path::new(env!("CARGO_MANIFEST_DIR")).join("QUESTIONS.md"), &page());
}

fn assert_committed(path: &Path, text: &str) {
    if std::env::var_os("UPDATE_SCHEMA").is_some_and(|asked| asked == "1") {
        std::fs::write(path, text).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(committed == text, "{} is not what the types say: run with UPDATE_SCHEMA=1", path.display());
}

#[test]
fn every_field_is_described() {
    fn check(name: &str, value: &Value, undescribed: &mut Vec<String>) {
        if let Some(properties) = value.get("properties").and_then(Value::as_object) {
            for (field, schema) in properties {
                // A variant is described as a whole: its tag, or its only field, says itself.
                let variant = properties.len() == 1 && value.get("description").is_some();
                let tag = schema.get("const").is_some();
                if schema.get("description").is_none() && !tag && !variant {
                    undescribed.push(format!("{name}.{field}"));
                }
            }
        }
        match value {
            Value::Object(fields) => {
                fields
                    .iter()
                    .for_each(|(field, value)| check(&format!("{name}.{field}"), value, undescribed));
            }
            Value::Array(items) => items.iter().for_each(|value| check(name, value, undescribed)),
            _ => {}
        }
    }
    let mut undescribed = Vec::new();
    for (name, schema) in schemas() {
        check(name, &schema, &mut undescribed);
        assert!(!schema.to_string().contains("```"), "{name} holds an example");
    }
    assert_eq!(undescribed, Vec::<String>::new());
}
