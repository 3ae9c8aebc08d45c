//! Reads JSON as text: a number keeps its literal, so each reader rounds it once.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

/// JSON as it was written.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Text {
    Null,
    Bool(bool),
    /// The literal, `5000000.0` as well as `5e6`.
    Number(String),
    String(String),
    List(Vec<Text>),
    /// In the order of the text, repeated names included.
    Object(Vec<(String, Text)>),
}

impl Text {
    pub(crate) fn parse(json: &str) -> Text {
        let raw: &RawValue = parsed(json);
        let json = raw.get();
        match json.as_bytes()[0] {
            b'n' => Text::Null,
            b't' | b'f' => Text::Bool(json == "true"),
            b'"' => Text::String(parsed(json)),
            b'[' => {
                let items: Vec<&RawValue> = parsed(json);
                Text::List(items.iter().map(|item| Text::parse(item.get())).collect())
            }
            b'{' => {
                let Pairs(pairs) = parsed(json);
                let read = |(name, value): (String, Box<RawValue>)| (name, Text::parse(value.get()));
                Text::Object(pairs.into_iter().map(read).collect())
            }
            _ => Text::Number(json.to_owned()),
        }
    }

    /// What stands under `name`, null when the name is absent.
    pub(crate) fn field(&self, name: &str) -> &Text {
        let mut found = &Text::Null;
        let mut times = 0;
        for (other, value) in self.pairs() {
            if other == name {
                found = value;
                times += 1;
            }
        }
        assert!(times <= 1, "`{name}` stands {times} times in one object");
        found
    }

    /// The names and values of an object; null is an object without any.
    pub(crate) fn pairs(&self) -> &[(String, Text)] {
        match self {
            Text::Null => &[],
            Text::Object(pairs) => pairs,
            other => panic!("{other:?} is not an object"),
        }
    }

    /// The items of a list.
    ///
    /// "A list that is null, absent or empty = **no preference stated**".
    pub(crate) fn items(&self) -> &[Text] {
        match self {
            Text::Null => &[],
            Text::List(items) => items,
            other => panic!("{other:?} is not a list"),
        }
    }

    pub(crate) fn string(&self) -> &str {
        match self {
            Text::String(string) => string,
            other => panic!("{other:?} is not a string"),
        }
    }

    /// "Reading is exact: decimal text becomes the nearest f64", "−0.0 is 0.0".
    pub(crate) fn number(&self) -> f64 {
        match self {
            Text::Number(literal) => nearest(literal),
            other => panic!("{other:?} is not a number"),
        }
    }

    /// "Shares and scores take numbers only", "0..1?", "`?` = may be null or absent = **unknown**".
    pub(crate) fn share(&self) -> Option<f64> {
        if *self == Text::Null {
            return None;
        }
        let share = self.number();
        assert!((0.0..=1.0).contains(&share), "{share} is not in 0..=1");
        Some(share)
    }

    /// "A *count* is an integer 0..2⁵³−1", "integral floats (`5000000.0`) and digit strings for counts".
    pub(crate) fn count(&self) -> Option<u64> {
        let count = match self {
            Text::Null => return None,
            Text::String(digits) => whole(digits),
            Text::Number(literal) if literal.bytes().all(|b| b.is_ascii_digit()) => whole(literal),
            Text::Number(literal) => integral(nearest(literal)),
            other => panic!("{other:?} is not a count"),
        };
        assert!(count < 1 << 53, "{count} is not in 0..=9007199254740991");
        Some(count)
    }
}

/// The standard library's parser is correctly rounded.
fn nearest(literal: &str) -> f64 {
    let number: f64 = literal.parse().expect("a number's literal");
    assert!(number.is_finite(), "{literal} is not finite");
    if number == 0.0 { 0.0 } else { number }
}

fn whole(digits: &str) -> u64 {
    assert!(digits.bytes().all(|b| b.is_ascii_digit()), "`{digits}` is not all digits");
    digits.parse().expect("a string of digits")
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "both are checked first")]
fn integral(number: f64) -> u64 {
    assert!(number.fract() == 0.0, "{number} is not integral");
    assert!((0.0..9_007_199_254_740_992.0).contains(&number), "{number} is not a count");
    number as u64
}

fn parsed<'json, T: Deserialize<'json>>(json: &'json str) -> T {
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error} in `{json}`"))
}

/// An object whose repeated names survive: a map would drop them.
struct Pairs(Vec<(String, Box<RawValue>)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct PairsVisitor;
        impl<'de> Visitor<'de> for PairsVisitor {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(PairsVisitor)
    }
}
