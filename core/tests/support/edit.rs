//! Edits of rows as JSON, written from the changes' descriptions and without the core.

use serde_json::{Map, Value, json};

use crate::oracle::labels::key;

/// The rows of a pair as JSON, to be edited.
#[derive(Clone, Debug)]
pub(crate) struct Rows {
    pub(crate) sponsor: Value,
    pub(crate) event: Value,
    /// Null where there are none.
    pub(crate) insights: Value,
}

impl Rows {
    pub(crate) fn read(sponsor: &str, event: &str, insights: Option<&str>) -> Self {
        let read = |text: &str| serde_json::from_str(text).expect("a row is JSON");
        Self { sponsor: read(sponsor), event: read(event), insights: insights.map_or(Value::Null, read) }
    }

    pub(crate) fn sponsor_text(&self) -> String {
        self.sponsor.to_string()
    }

    pub(crate) fn event_text(&self) -> String {
        self.event.to_string()
    }

    pub(crate) fn insights_text(&self) -> Option<String> {
        (!self.insights.is_null()).then(|| self.insights.to_string())
    }

    /// Makes a change of `what_if`, given as its JSON.
    pub(crate) fn change(&mut self, change: &Value) {
        let (name, value) = change.as_object().and_then(|change| change.iter().next()).expect("one change");
        let Self { sponsor, event, .. } = self;
        match name.as_str() {
            "add_category" => add(&mut sponsor["preferred_categories"], value),
            "remove_category" => remove(&mut sponsor["preferred_categories"], value),
            "add_region" => add(&mut sponsor["regions"], value),
            "remove_region" => remove(&mut sponsor["regions"], value),
            "set_budget" => sponsor["annual_budget_cents"] = value.clone(),
            "add_keyword" => add(&mut sponsor["brand_objectives"]["keywords"], value),
            "add_event_category" => add(&mut event["categories"], value),
            "remove_event_category" => remove(&mut event["categories"], value),
            "add_event_region" => add(&mut event["regions"], value),
            "remove_event_region" => remove(&mut event["regions"], value),
            "set_min_price" => event["min_price_cents"] = value.clone(),
            "add_event_keyword" => add(&mut event["objectives"]["keywords"], value),
            "set_engagement_score" => self.measured()["engagement_score"] = value.clone(),
            "set_ticket_conversion_rate" => self.measured()["ticket_conversion_rate"] = value.clone(),
            "set_visitors" => {
                let region = value["region"].as_str().expect("a region");
                let visitors = &mut self.measured()["geo_distribution"];
                let mut counts = visitors.as_object().cloned().unwrap_or_default();
                counts.retain(|other, _| key(other) != key(region));
                counts.insert(region.to_owned(), value["count"].clone());
                *visitors = Value::Object(counts);
            }
            other => panic!("no change `{other}`"),
        }
    }

    /// The insights; an event without any gets a row that knows nothing.
    fn measured(&mut self) -> &mut Value {
        if self.insights.is_null() {
            let id = [&self.event["event_id"], &self.event["id"]].into_iter().find(|id| id.is_string());
            self.insights = json!({"event_id": id.expect("an event has an id")});
        }
        &mut self.insights
    }
}

fn add(list: &mut Value, label: &Value) {
    let mut labels = list.as_array().cloned().unwrap_or_default();
    labels.push(label.clone());
    *list = Value::Array(labels);
}

fn remove(list: &mut Value, label: &Value) {
    let same = |other: &Value| key(other.as_str().unwrap_or("")) == key(label.as_str().unwrap_or(""));
    let labels = list.as_array().into_iter().flatten().filter(|other| !same(other)).cloned().collect();
    *list = Value::Array(labels);
}

/// Writes JSON with the fields of objects and the texts of lists in another order. Lists of numbers
/// are vectors: they keep theirs.
pub(crate) fn shuffled(value: &Value, dice: &mut Dice) -> String {
    match value {
        Value::Array(list) => {
            let mut items: Vec<String> = list.iter().map(|item| shuffled(item, dice)).collect();
            if list.iter().all(Value::is_string) {
                dice.shuffle(&mut items);
            }
            format!("[{}]", items.join(","))
        }
        Value::Object(fields) => object(fields, dice),
        other => other.to_string(),
    }
}

fn object(fields: &Map<String, Value>, dice: &mut Dice) -> String {
    let field = |(name, value): (&String, &Value), dice: &mut Dice| {
        format!("{}:{}", Value::String(name.clone()), shuffled(value, dice))
    };
    let mut fields: Vec<String> = fields.iter().map(|pair| field(pair, dice)).collect();
    dice.shuffle(&mut fields);
    format!("{{{}}}", fields.join(","))
}

/// `SplitMix64` (Steele, Lea and Flood, 2014): numbers that depend on a seed alone.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let range = u64::try_from(end.max(1)).unwrap_or(u64::MAX);
        usize::try_from((mixed ^ (mixed >> 31)) % range).unwrap_or(0)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for end in (1..items.len()).rev() {
            items.swap(end, self.below(end + 1));
        }
    }
}
