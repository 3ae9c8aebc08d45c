//! The conformance cases in `core/vectors/door`: what is opened, what is asked, what is answered.
//!
//! A case is a line whose steps a person wrote; `UPDATE_VECTORS=1 cargo test -p sponsorfit-wire --test
//! vectors` writes what they answer, which is to be read before it is committed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use sponsorfit_wire::{Form, Handle, QUESTIONS, ask, open, refusal};

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    why: String,
    steps: Vec<Step>,
}

/// Opens a handle, or asks a question of one.
#[derive(Clone, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Step {
    /// What is opened; else a question is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    open: Option<String>,
    /// The question that is answered in JSON, in numbers or in bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    ask: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    numbers: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    bytes: Option<String>,
    /// The handle that is asked, or the base of the one that is opened; none is a free question.
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request: Option<Value>,
    /// Texts, or `{"saved": name}` for what a step kept as bytes.
    #[serde(skip_serializing_if = "Option::is_none")]
    blobs: Option<Vec<Value>>,
    /// Numbers beside the request; null is NaN.
    #[serde(skip_serializing_if = "Option::is_none")]
    inputs: Option<Vec<Option<f64>>>,
    /// The name under which a handle or bytes are kept.
    #[serde(rename = "as", skip_serializing_if = "Option::is_none")]
    kept: Option<String>,
    #[serde(default, deserialize_with = "given", skip_serializing_if = "Option::is_none")]
    expected: Option<Value>,
    /// The numbers as 16 hexadecimal digits each.
    #[serde(skip_serializing_if = "Option::is_none")]
    bits: Option<Vec<String>>,
}

/// Keeps a null, which is no missing field.
fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// What the steps before have left.
#[derive(Default)]
struct Bench {
    handles: BTreeMap<String, Handle>,
    bytes: BTreeMap<String, Vec<u8>>,
}

impl Bench {
    /// Does a step, and fills in what it answers.
    fn done(&mut self, step: &Step) -> Step {
        let mut done = Step { expected: None, bits: None, ..step.clone() };
        let request = step.request.as_ref().map_or_else(String::new, Value::to_string);
        let inputs = step
            .inputs
            .as_ref()
            .map(|inputs| inputs.iter().map(|number| number.unwrap_or(f64::NAN)).collect::<Vec<_>>());
        let refused = |error: &sponsorfit::Error| parsed(&refusal(error));
        if let Some(what) = &step.open {
            let blobs: Vec<Vec<u8>> = step.blobs.iter().flatten().map(|blob| self.blob(blob)).collect();
            let blobs: Vec<&[u8]> = blobs.iter().map(Vec::as_slice).collect();
            let base = step.on.as_ref().map(|name| &self.handles[name]);
            match open(what, &request, &blobs, base) {
                Ok(handle) => drop(self.handles.insert(step.kept.clone().unwrap_or_default(), handle)),
                Err(error) => done.expected = Some(refused(&error)),
            }
        } else if let Some(question) = &step.ask {
            let answer = match &step.on {
                None => ask(question, &request),
                Some(name) => {
                    let handle = self.handles.get_mut(name).expect("a handle that was opened");
                    handle.ask(question, &request, inputs.as_deref())
                }
            };
            done.expected = Some(parsed(&answer));
        } else if let Some(question) = &step.numbers {
            let handle = &self.handles[step.on.as_ref().expect("a handle")];
            match handle.numbers(question, &request, inputs.as_deref().unwrap_or_default()) {
                Ok(numbers) => {
                    let bits = |number: &f64| {
                        format!("{:016x}", if number.is_nan() { f64::NAN } else { *number }.to_bits())
                    };
                    done.bits = Some(numbers.iter().map(bits).collect());
                    let numbers = numbers.into_iter().map(|number| Some(number).filter(|n| !n.is_nan()));
                    done.expected = Some(numbers.collect());
                }
                Err(error) => done.expected = Some(refused(&error)),
            }
        } else if let Some(question) = &step.bytes {
            let handle = &self.handles[step.on.as_ref().expect("a handle")];
            match handle.bytes(question) {
                Ok(bytes) => drop(self.bytes.insert(step.kept.clone().unwrap_or_default(), bytes)),
                Err(error) => done.expected = Some(refused(&error)),
            }
        }
        done
    }

    fn blob(&self, blob: &Value) -> Vec<u8> {
        match blob.as_str() {
            Some(text) => text.as_bytes().to_vec(),
            None => self.bytes[blob["saved"].as_str().expect("the name of what was saved")].clone(),
        }
    }
}

fn parsed(answer: &str) -> Value {
    serde_json::from_str(answer).unwrap_or_else(|error| panic!("{error} in {answer}"))
}

fn files() -> Vec<(PathBuf, Vec<Case>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../vectors/door");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(&folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    paths.sort();
    let case = |line: &str| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error} in {line}"));
    let cases = |path: &PathBuf| std::fs::read_to_string(path).expect("a file").lines().map(case).collect();
    paths.iter().map(|path| (path.clone(), cases(path))).collect()
}

fn line(case: &Case) -> String {
    serde_json::to_string(case).expect("a case is written")
}

#[test]
fn every_case_answers_as_it_is_written() {
    let update = std::env::var_os("UPDATE_VECTORS").is_some_and(|asked| asked == "1");
    let mut wrong = String::new();
    for (path, cases) in files() {
        let mut lines = String::new();
        for case in cases {
            let mut bench = Bench::default();
            let steps = case.steps.iter().map(|step| bench.done(step)).collect();
            let now = line(&Case { name: case.name.clone(), why: case.why.clone(), steps });
            if !update && now != line(&case) {
                let _ = writeln!(wrong, "{}\n  now: {now}\n  was: {}", case.name, line(&case));
            }
            lines.push_str(&now);
            lines.push('\n');
        }
        if update {
            std::fs::write(&path, &lines).expect("a file is written");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn cases_have_names_of_their_own_and_a_reason() {
    let mut names = BTreeSet::new();
    for Case { name, why, .. } in files().into_iter().flat_map(|(_, cases)| cases) {
        assert!(!name.is_empty() && !why.is_empty(), "`{name}`");
        assert!(names.insert(name.clone()), "`{name}` is there twice");
    }
}

/// A question about a pair is asked by the older cases, in `core/vectors` itself.
#[test]
fn every_other_question_is_asked_by_a_case() {
    let mut asked = BTreeSet::new();
    for case in files().into_iter().flat_map(|(_, cases)| cases) {
        let mut kinds: BTreeMap<String, String> = BTreeMap::new();
        for step in case.steps {
            let on = step.on.as_ref().and_then(|name| kinds.get(name).cloned()).unwrap_or_default();
            let answered = step.expected.as_ref().is_none_or(|answer| answer.get("error").is_none());
            for question in [step.ask, step.numbers, step.bytes].into_iter().flatten().filter(|_| answered) {
                asked.insert((on.clone(), question));
            }
            if let (Some(what), Some(name)) = (step.open, step.kept) {
                let kind = if what == "saved_catalog" || what == "with_config" {
                    "catalog".to_owned()
                } else {
                    what
                };
                kinds.insert(name, kind);
            }
        }
    }
    let of_pairs =
        ["validate", "label_key", "fingerprint", "score", "explain", "what_if", "improve", "check"];
    let missing: Vec<_> = QUESTIONS
        .iter()
        .filter(|question| {
            !(of_pairs.contains(&question.name) && question.on.is_empty()
                || question.on == "scorer" && question.form == Form::Text)
        })
        .filter(|question| !asked.contains(&(question.on.to_owned(), question.name.to_owned())))
        .map(|question| json!([question.on, question.name]))
        .collect();
    assert_eq!(missing, Vec::<Value>::new());
}
