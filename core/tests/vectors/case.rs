//! One line of a file of cases. JSON that a person wrote keeps its text, down to the last digit.

use std::fmt::Write;
use std::path::Path;

use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) why: String,
    /// The door that is asked: `score`, `explain`, `what_if`, `improve`, `check`, `validate`,
    /// `config` or `label`.
    pub(crate) operation: String,
    /// `{}` where it is left out.
    config: Option<Box<RawValue>>,
    config_text: Option<String>,
    /// Objectives on which the idf table of `keywords` is fitted.
    pub(crate) corpus: Option<Box<RawValue>>,
    /// What the similarity of a configuration of kind `custom` says of the pair; null is unknown.
    #[serde(default, deserialize_with = "given")]
    pub(crate) similarity: Option<Box<RawValue>>,
    input: Option<Box<RawValue>>,
    input_text: Option<String>,
    /// What a person says of the answer, by path.
    pub(crate) by_hand: Option<Box<RawValue>>,
    pub(crate) expected: Option<Box<RawValue>>,
    pub(crate) factors: Option<Box<RawValue>>,
    pub(crate) insufficient: Option<Box<RawValue>>,
    pub(crate) bits: Option<Box<RawValue>>,
}

/// Keeps a null, which is no missing field.
fn given<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Box<RawValue>>, D::Error> {
    Box::<RawValue>::deserialize(deserializer).map(Some)
}

impl Case {
    pub(crate) fn parse(line: &str, path: &Path) -> Self {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{}: {error} in {line}", path.display()))
    }

    /// The same question with another answer.
    pub(crate) fn asked(&self, expected: Box<RawValue>) -> Self {
        Self { expected: Some(expected), factors: None, insufficient: None, bits: None, ..self.clone() }
    }

    /// The text of the configuration.
    pub(crate) fn config(&self) -> &str {
        let json = self.config.as_deref().map(RawValue::get);
        json.or(self.config_text.as_deref()).unwrap_or("{}")
    }

    /// The text of the request.
    pub(crate) fn input(&self) -> &str {
        let json = self.input.as_deref().map(RawValue::get);
        json.or(self.input_text.as_deref()).unwrap_or("{}")
    }

    /// What the implementation of one's own says of the pair.
    pub(crate) fn similarity(&self) -> Option<f64> {
        self.similarity.as_deref().and_then(|similarity| json(similarity).as_f64())
    }

    pub(crate) fn expected(&self) -> Value {
        self.expected.as_deref().map_or(Value::Null, json)
    }

    /// The line as it is written.
    pub(crate) fn line(&self) -> String {
        let mut line = format!("{{\"name\":{},\"why\":{}", quoted(&self.name), quoted(&self.why));
        let mut field = |name: &str, text: Option<&str>| {
            if let Some(text) = text {
                let _ = write!(line, ",\"{name}\":{text}");
            }
        };
        let raw = |json: &Option<Box<RawValue>>| json.as_deref().map(|json| json.get().to_owned());
        field("operation", Some(&quoted(&self.operation)));
        field("config", raw(&self.config).as_deref());
        field("config_text", self.config_text.as_deref().map(quoted).as_deref());
        field("corpus", raw(&self.corpus).as_deref());
        field("similarity", raw(&self.similarity).as_deref());
        field("input", raw(&self.input).as_deref());
        field("input_text", self.input_text.as_deref().map(quoted).as_deref());
        field("by_hand", raw(&self.by_hand).as_deref());
        field("expected", raw(&self.expected).as_deref());
        field("factors", raw(&self.factors).as_deref());
        field("insufficient", raw(&self.insufficient).as_deref());
        field("bits", raw(&self.bits).as_deref());
        line.push('}');
        line
    }
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

pub(crate) fn json(raw: &RawValue) -> Value {
    serde_json::from_str(raw.get()).expect("raw JSON is JSON")
}

pub(crate) fn raw(text: String) -> Box<RawValue> {
    RawValue::from_string(text).expect("an answer is JSON")
}
