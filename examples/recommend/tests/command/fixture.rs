//! A folder of small files to run in, and what a run gave.

use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

pub(crate) const AVO: &str = "11111111-1111-4111-8111-111111111111";
pub(crate) const BREW: &str = "22222222-2222-4222-8222-222222222222";
pub(crate) const FAIR: &str = "aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa";
pub(crate) const GALA: &str = "bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb";

/// Two sponsors, two events, insights of one of them: enough to be different everywhere.
pub(crate) const SPONSORS: &str = concat!(
    r#"{"sponsor_id":"11111111-1111-4111-8111-111111111111","name":"Avo","annual_budget_cents":300000,"preferred_categories":["music","food"],"regions":["US"]}"#,
    "\n",
    r#"{"sponsor_id":"22222222-2222-4222-8222-222222222222","annual_budget_cents":null,"preferred_categories":["art"],"regions":["CA","MX"]}"#,
    "\n"
);
pub(crate) const EVENTS: &str = concat!(
    r#"{"event_id":"bbbbbbbb-bbbb-4bbb-8bbb-bbbbbbbbbbbb","title":"Gala","categories":["art"],"regions":["CA"],"min_price_cents":400000}"#,
    "\n",
    r#"{"event_id":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa","title":"Fair","categories":["music"],"regions":["US"]}"#,
    "\n"
);
pub(crate) const INSIGHTS: &str = concat!(
    r#"{"event_id":"aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa","engagement_score":0.8,"ticket_conversion_rate":0.1}"#,
    "\n"
);

/// What every run on these files begins with.
pub(crate) const FILES: [&str; 6] =
    ["--sponsors", "s.ndjson", "--events", "e.ndjson", "--insights", "i.ndjson"];

pub(crate) struct Folder(TempDir);

pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Folder {
    /// A folder with nothing in it.
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with the small files.
    pub(crate) fn new() -> Self {
        Self::empty().with("s.ndjson", SPONSORS).with("e.ndjson", EVENTS).with("i.ndjson", INSIGHTS)
    }

    /// Adds or replaces a file.
    pub(crate) fn with(self, name: &str, bytes: impl AsRef<[u8]>) -> Self {
        std::fs::write(self.path(name), bytes).unwrap();
        self
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.path(name)).unwrap()
    }

    /// Returns the names of the files, in order.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// Runs in the folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        self.run_with(arguments, b"")
    }

    /// Runs on the small files.
    pub(crate) fn rank(&self, more: &[&str]) -> Run {
        self.run(&[&FILES[..], more].concat())
    }

    /// Runs with something on standard input.
    pub(crate) fn run_with(&self, arguments: &[&str], input: &[u8]) -> Run {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that refuses its arguments does not wait for input.
        let _ = child.stdin.take().unwrap().write_all(input);
        let run = child.wait_with_output().unwrap();
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        Run { code: run.status.code().unwrap(), out: text(run.stdout), err: text(run.stderr) }
    }

    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_recommend"));
        command.args(arguments).current_dir(self.0.path());
        command
    }
}

impl Run {
    /// Returns standard output of a run that must succeed.
    pub(crate) fn done(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }

    /// Returns standard error of a run that must fail so and print no result.
    pub(crate) fn failed(self, code: i32) -> String {
        assert_eq!((self.code, self.out.as_str()), (code, ""), "{}", self.err);
        self.err
    }

    /// Returns the summary with each paragraph on one line.
    pub(crate) fn summary(&self) -> String {
        self.err.replace("\n         ", " ")
    }

    /// Returns the rows of a run that must succeed.
    pub(crate) fn rows(self) -> Vec<Value> {
        rows(&self.done())
    }
}

/// Parses NDJSON.
pub(crate) fn rows(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Returns the keys of an object in the order they are written, for they are columns.
pub(crate) fn keys(line: &str) -> Vec<String> {
    struct Keys(Vec<String>);
    impl<'de> serde::Deserialize<'de> for Keys {
        fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct Visitor;
            impl<'de> serde::de::Visitor<'de> for Visitor {
                type Value = Keys;
                fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
                    let mut keys = Vec::new();
                    while let Some((key, _)) = map.next_entry::<String, serde::de::IgnoredAny>()? {
                        keys.push(key);
                    }
                    Ok(Keys(keys))
                }
            }
            deserializer.deserialize_map(Visitor)
        }
    }
    serde_json::from_str::<Keys>(line).unwrap().0
}
