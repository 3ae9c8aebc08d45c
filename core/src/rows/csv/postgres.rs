//! Lists as Postgres prints them: `{US,"live music",NULL}`.

use std::iter::{Enumerate, Peekable};
use std::str::Chars;

use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

use super::number::{number, visit_number};
use crate::error::Error;
use crate::read::{Json, ValueDeserializer};

/// What stands between two commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Element {
    Null,
    Text(String),
}

impl Element {
    pub(super) fn is_number(&self) -> bool {
        matches!(self, Self::Text(text) if number(text).is_some())
    }
}

/// Returns the elements of a one-dimensional array literal.
///
/// The rules are those of Postgres' manual, "Array Input and Output Syntax".
pub(super) fn elements(text: &str) -> Option<Vec<Element>> {
    let body = text.trim_ascii().strip_prefix('{')?.strip_suffix('}')?;
    let mut elements = Vec::new();
    if body.trim_ascii().is_empty() {
        return Some(elements);
    }
    let mut rest = body.chars().peekable();
    loop {
        skip_space(&mut rest);
        let is_quoted = rest.next_if_eq(&'"').is_some();
        elements.push(if is_quoted { quoted(&mut rest)? } else { bare(&mut rest)? });
        skip_space(&mut rest);
        match rest.next() {
            None => return Some(elements),
            Some(',') => {}
            Some(_) => return None,
        }
    }
}

fn skip_space(rest: &mut Peekable<Chars<'_>>) {
    while rest.next_if(char::is_ascii_whitespace).is_some() {}
}

/// Reads up to the closing quote.
fn quoted(rest: &mut Peekable<Chars<'_>>) -> Option<Element> {
    let mut text = String::new();
    loop {
        match rest.next()? {
            '"' => return Some(Element::Text(text)),
            '\\' => text.push(rest.next()?),
            other => text.push(other),
        }
    }
}

/// Reads up to the comma or the end.
fn bare(rest: &mut Peekable<Chars<'_>>) -> Option<Element> {
    let mut text = String::new();
    // What a backslash protects is neither trimmed nor null.
    let mut protected = 0;
    while let Some(next) = rest.next_if(|next| *next != ',') {
        match next {
            '"' | '{' | '}' => return None,
            '\\' => {
                text.push(rest.next()?);
                protected = text.len();
            }
            other => text.push(other),
        }
    }
    let end = text.trim_ascii_end().len().max(protected);
    text.truncate(end);
    if text.is_empty() {
        None
    } else if protected == 0 && text.eq_ignore_ascii_case("null") {
        Some(Element::Null)
    } else {
        Some(Element::Text(text))
    }
}

/// The elements as serde reads a list.
pub(super) struct List(Enumerate<std::vec::IntoIter<Element>>);

impl List {
    pub(super) fn new(elements: Vec<Element>) -> Self {
        Self(elements.into_iter().enumerate())
    }
}

impl<'de> SeqAccess<'de> for List {
    type Error = Error;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some((index, element)) = self.0.next() else { return Ok(None) };
        let read = match element {
            Element::Text(text) => seed.deserialize(Text(text)),
            Element::Null => seed.deserialize(ValueDeserializer::new(&Json::Null)),
        };
        read.map(Some).map_err(|error| error.at(index))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

/// An element as serde reads it: text, unless a number is asked for.
struct Text(String);

impl<'de> Deserializer<'de> for Text {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_string(self.0)
    }

    fn deserialize_f64<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visit_number(&self.0, visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Vec<String>> {
        let name = |element| match element {
            Element::Null => "<null>".to_owned(),
            Element::Text(text) => text,
        };
        elements(text).map(|elements| elements.into_iter().map(name).collect())
    }

    #[test]
    fn arrays_are_read_as_postgres_prints_them() {
        for (text, expected) in [
            ("{}", &[][..]),
            (" { } ", &[]),
            ("{US}", &["US"]),
            ("{US,CA}", &["US", "CA"]),
            ("{ live music , art }", &["live music", "art"]),
            (r#"{"a,b","c}d","",é}"#, &["a,b", "c}d", "", "é"]),
            (r#"{"say \"hi\"","back\\slash"}"#, &[r#"say "hi""#, r"back\slash"]),
            (r"{a\ ,\,b}", &["a ", ",b"]),
            (r#"{NULL,null,"NULL",\null,nullable}"#, &["<null>", "<null>", "NULL", "null", "nullable"]),
        ] {
            assert_eq!(read(text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_postgres_would_refuse_is_no_array() {
        for text in [
            "",
            "{",
            "}",
            "US",
            "{a",
            "{a,}",
            "{,a}",
            "{a,,b}",
            r#"{"a"#,
            r#"{"a"b}"#,
            r#"{a"b"}"#,
            "{{a}}",
            r"{a\}",
            "{a}b}",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
