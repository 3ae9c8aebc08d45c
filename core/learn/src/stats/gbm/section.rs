//! A section of the text: lines of `key=value`, and lists of numbers in them.

use sponsorfit::Error;
use std::collections::BTreeMap;
use std::ops::RangeInclusive;
use std::str::FromStr;

use super::error::{invalid, quoted};

/// The lines of the text with their numbers and where they begin, in bytes.
pub(super) struct Lines<'a> {
    text: &'a str,
    /// Number of the last line given out, from 1.
    pub(super) number: usize,
    /// Where the next line begins.
    pub(super) offset: usize,
}

impl<'a> Lines<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, number: 0, offset: 0 }
    }

    /// The next line, without moving to it.
    pub(super) fn peek(&self) -> Option<&'a str> {
        let rest = self.text.get(self.offset..).filter(|rest| !rest.is_empty())?;
        let line = rest.split_once('\n').map_or(rest, |(line, _)| line);
        Some(line.strip_suffix('\r').unwrap_or(line))
    }

    pub(super) fn next(&mut self) -> Option<&'a str> {
        let line = self.peek()?;
        let rest = self.text.get(self.offset..)?;
        self.offset += rest.find('\n').map_or(rest.len(), |end| end + 1);
        self.number += 1;
        Some(line)
    }
}

/// The keys of the header or of one tree.
pub(super) struct Section<'a> {
    /// Line at which it begins.
    pub(super) line: usize,
    values: BTreeMap<&'a str, (usize, &'a str)>,
}

impl<'a> Section<'a> {
    pub(super) fn new(line: usize) -> Self {
        Self { line, values: BTreeMap::new() }
    }

    pub(super) fn insert(&mut self, number: usize, line: &'a str) -> Result<(), Error> {
        let Some((key, value)) = line.split_once('=') else {
            return Err(invalid(format!("line {number}: `{}` was not expected here", quoted(line))));
        };
        match self.values.insert(key, (number, value)) {
            None => Ok(()),
            Some(_) => Err(invalid(format!("line {number}: `{}` is here for the second time", quoted(key)))),
        }
    }

    /// The value of a key and its line.
    pub(super) fn get(&self, key: &'static str) -> Result<(usize, &'a str), Error> {
        self.find(key).ok_or_else(|| {
            invalid(format!("line {}: the section that begins here has no `{key}`", self.line))
        })
    }

    pub(super) fn find(&self, key: &str) -> Option<(usize, &'a str)> {
        self.values.get(key).copied()
    }

    /// One whole number.
    pub(super) fn count(&self, key: &'static str, range: RangeInclusive<usize>) -> Result<usize, Error> {
        let (line, text) = self.get(key)?;
        number(line, key, text, || format!("an integer in {range:?}"), |n| range.contains(n))
    }

    /// A list of exactly `expected` numbers, each accepted by `valid`.
    pub(super) fn list<T: FromStr>(
        &self,
        key: &'static str,
        expected: usize,
        kind: &str,
        valid: impl Fn(&T) -> bool,
    ) -> Result<Vec<T>, Error> {
        let (line, text) = self.get(key)?;
        let found = words(text).count();
        if found != expected {
            return Err(invalid(format!("line {line}: `{key}` has {found} values, not {expected}")));
        }
        words(text).map(|word| number(line, key, word, || kind.to_owned(), &valid)).collect()
    }
}

/// The words of a list: numbers or names between spaces.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(' ').filter(|word| !word.is_empty())
}

fn number<T: FromStr>(
    line: usize,
    key: &'static str,
    text: &str,
    expected: impl Fn() -> String,
    valid: impl Fn(&T) -> bool,
) -> Result<T, Error> {
    let parsed = text.parse().ok().filter(valid);
    parsed.ok_or_else(|| invalid(format!("line {line}: `{key}`: `{}` is not {}", quoted(text), expected())))
}
