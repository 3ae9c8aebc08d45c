//! The schemas of requests and answers, and the page that lists the questions.

use std::fmt::Write;

use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use sponsorfit::schema::{plain, written};
use sponsorfit::{Explanation, MatchScore};

use crate::pairs::{Checked, Stored, Validation};
use crate::{QUESTIONS, Question};

/// Returns every schema with the name of its file, inputs first: one a type that is looked up by
/// itself, and `questions`, which holds the types of all questions.
///
/// # Examples
/// ```
/// assert!(sponsorfit_wire::schemas().iter().any(|(name, _)| *name == "stored_match_score"));
/// ```
pub fn schemas() -> Vec<(&'static str, Value)> {
    let mut schemas = sponsorfit::schema::schemas();
    schemas.extend([
        ("stored_match_score", written::<Stored<MatchScore>>()),
        ("stored_explanation", written::<Stored<Explanation>>()),
        ("checked", written::<Checked>()),
        ("validation", written::<Validation>()),
        ("questions", questions()),
    ]);
    schemas
}

/// Returns `{"$defs": {"read": …, "written": …}, "questions": […]}`: what requests and answers are made
/// of, and for each question its name, what it is asked of, its form, its sentence, its request and
/// its answer.
///
/// # Examples
/// ```
/// let questions = sponsorfit_wire::questions();
/// assert_eq!(questions["$defs"]["read"]["LabelText"]["required"][0], "text");
/// ```
pub fn questions() -> Value {
    let settings = |contract: SchemaSettings, part: &str| {
        contract.with(|own| own.definitions_path = format!("/$defs/{part}").into())
    };
    let draft = SchemaSettings::draft2020_12;
    let mut read = SchemaGenerator::new(settings(draft().for_deserialize(), "read"));
    let mut written = SchemaGenerator::new(settings(draft().for_serialize(), "written"));
    let described = |question: &Question| {
        json!({
            "name": question.name,
            "on": question.on,
            "form": question.form,
            "description": question.doc,
            "inputs": question.inputs,
            "request": question.request.map(|request| request(&mut read)),
            "answer": question.answer.map(|answer| answer(&mut written)),
        })
    };
    let questions: Vec<Value> = QUESTIONS.iter().map(described).collect();
    let definitions = |mut generator: SchemaGenerator| generator.take_definitions(true);
    plain(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$defs": {"read": definitions(read), "written": definitions(written)},
        "title": "Questions",
        "questions": questions,
    }))
}

/// Returns the page that lists every question, in Markdown.
///
/// # Examples
/// ```
/// assert!(sponsorfit_wire::page().contains("| `score` | `Pair` |"));
/// ```
pub fn page() -> String {
    let schemas = questions();
    let rows = schemas.get("questions").and_then(Value::as_array);
    let rows: Vec<&Map<String, Value>> = rows.into_iter().flatten().filter_map(Value::as_object).collect();
    let text = |row: &Map<String, Value>, field: &str| {
        row.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let mut page = String::from(HEAD);
    let mut heading = String::new();
    for row in rows {
        let on = text(row, "on");
        let next = if on.is_empty() { "Asked of nothing".to_owned() } else { format!("Asked of a {on}") };
        if next != heading {
            // Writing to memory cannot fail.
            let _ = write!(page, "\n## {next}\n\n| question | request | answer | |\n|---|---|---|---|\n");
            heading = next;
        }
        let answer = match text(row, "form").as_str() {
            "text" => named(row.get("answer")),
            form => form.to_owned(),
        };
        let inputs = row
            .get("inputs")
            .and_then(Value::as_str)
            .map(|inputs| format!(" and {}", inputs.split(':').next().unwrap_or(inputs)));
        let (name, request, said) = (text(row, "name"), named(row.get("request")), text(row, "description"));
        let _ = writeln!(page, "| `{name}` | {request}{} | {answer} | {said} |", inputs.unwrap_or_default());
    }
    page
}

const HEAD: &str = "\
# Questions

Made from the table in `src/questions.rs`: do not edit. The types are in `core/schema/questions.json`, in
`bindings-wasm/js/types.ts` and in `sponsorfit.types`. Every face asks every question by its name; where a face has
a method of its own for one, the method asks it.
";

/// Returns what a type is called on the page.
fn named(schema: Option<&Value>) -> String {
    let Some(schema) = schema.filter(|schema| !schema.is_null()) else { return String::new() };
    format!("`{}`", name(schema))
}

fn name(schema: &Value) -> String {
    let last = |reference: &str| reference.rsplit('/').next().unwrap_or_default().to_owned();
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        return last(reference);
    }
    if let Some(choices) = schema.get("anyOf").and_then(Value::as_array) {
        return choices.iter().map(name).collect::<Vec<_>>().join(" or ");
    }
    if let Some(items) = schema.get("items") {
        return format!("list of {}", name(items));
    }
    match schema.get("type") {
        Some(Value::String(kind)) => kind.clone(),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" or "),
        _ => "any".to_owned(),
    }
}
