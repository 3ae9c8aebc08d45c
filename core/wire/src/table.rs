//! What makes a table of questions from one line each: dispatch by name, and the list of them.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use sponsorfit::read::strict_from_json;
use sponsorfit::{Error, ErrorKind};

/// What a question is answered in.
///
/// # Examples
/// ```
/// use sponsorfit_wire::{Form, QUESTIONS};
///
/// assert!(QUESTIONS.iter().any(|question| question.name == "score" && question.form == Form::Text));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Form {
    /// JSON text.
    Text,
    /// 64-bit floats.
    Numbers,
    /// Bytes.
    Bytes,
}

/// One question that can be asked, as the faces and the docs list it.
///
/// # Examples
/// ```
/// let score = sponsorfit_wire::QUESTIONS.iter().find(|question| question.name == "score").unwrap();
/// assert_eq!((score.on, score.doc), ("scorer", "Scores a pair."));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Question {
    /// Its name, by which it is asked.
    pub name: &'static str,
    /// What it is asked of: `scorer`, `catalog`, `history`, `ranker`; empty for none.
    pub on: &'static str,
    /// What it is answered in.
    pub form: Form,
    /// One sentence.
    pub doc: &'static str,
    /// What the numbers beside the request are, where it takes some.
    pub inputs: Option<&'static str>,
    /// The schema of its request; none where it asks for nothing more.
    #[cfg(feature = "schema")]
    pub request: Option<fn(&mut schemars::SchemaGenerator) -> schemars::Schema>,
    /// The schema of its answer in JSON.
    #[cfg(feature = "schema")]
    pub answer: Option<fn(&mut schemars::SchemaGenerator) -> schemars::Schema>,
}

/// A request, as its question reads it: no text at all is `{}`.
pub(crate) trait Request: DeserializeOwned {
    fn from_text(text: &str) -> Result<Self, Error> {
        strict_from_json(if text.is_empty() { "{}" } else { text })
    }
}

/// The request of a question that asks for nothing more: `{}`, or no text at all.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Nothing {}

impl Request for Nothing {
    fn from_text(text: &str) -> Result<Self, Error> {
        if text.is_empty() {
            return Ok(Self {});
        }
        strict_from_json(text).map_err(|error: Error| match error.kind() {
            kind @ ErrorKind::UnknownField => {
                Error::new(kind, "unknown field: this question takes none").within(error.path())
            }
            _ => error,
        })
    }
}

/// Returns a count as what the machine counts with.
#[cfg(feature = "catalog")]
pub(crate) fn size(count: sponsorfit::Count) -> usize {
    usize::try_from(count.get()).unwrap_or(usize::MAX)
}

/// Refuses numbers that a question has no use for.
pub(crate) fn no_inputs(question: &str, inputs: Option<&[f64]>) -> Result<(), Error> {
    match inputs {
        None | Some([]) => Ok(()),
        Some(_) => {
            Err(Error::new(ErrorKind::InvalidValue, format!("`{question}` takes no numbers"))
                .within("inputs"))
        }
    }
}

/// Makes, of groups of questions, a module with `ask` for each group, and the one list of all.
///
/// A group says what its questions are asked of and what they are answered in; a line of it is
/// `name(Request) -> Answer = function`, with `, inputs "what they are"` behind the request where
/// the function takes numbers too.
macro_rules! questions {
    ($(
        #[cfg($cfg:meta)]
        $group:ident: $form:ident of $on:ty as $on_name:literal {
            $(
                #[doc = $doc:literal]
                $name:ident($($request:ty $(, inputs $inputs:literal)?)?) -> $answer:ty = $function:path;
            )*
        }
    )*) => {
        $(
            #[cfg($cfg)]
            pub(crate) mod $group {
                #[allow(unused_imports, reason = "not every group needs all that a table names")]
                use super::*;

                questions!(@ask $form $on {
                    $($name ($($request $(, $inputs)?)?) -> $answer = $function;)*
                });
            }
        )*

        /// Every question of this build, in the order of the docs.
        ///
        /// # Examples
        /// See [`Question`].
        pub const QUESTIONS: &[Question] = &[$($(
            #[cfg($cfg)]
            Question {
                name: stringify!($name),
                on: $on_name,
                form: questions!(@form $form),
                doc: $doc.trim_ascii(),
                inputs: questions!(@inputs $($($inputs)?)?),
                #[cfg(feature = "schema")]
                request: questions!(@request $($request)?),
                #[cfg(feature = "schema")]
                answer: questions!(@answer $form $answer),
            },
        )*)*];
    };

    (@ask text $on:ty { $($name:ident ($($request:ty $(, $inputs:literal)?)?) -> $answer:ty = $function:path;)* }) => {
        pub(crate) fn ask(on: $on, question: &str, request: &str, inputs: Option<&[f64]>) -> Option<String> {
            Some(match question {
                $(stringify!($name) => $crate::answer::<$answer>(
                    &no_inputs_unless!(($($($inputs)?)?) question, inputs)
                        .and_then(|()| questions!(@call $function, (on), request, inputs $(, $request $(, $inputs)?)?)),
                ),)*
                _ => return None,
            })
        }
    };
    (@ask free $on:ty { $($name:ident ($($request:ty)?) -> $answer:ty = $function:path;)* }) => {
        pub(crate) fn ask(question: &str, request: &str) -> Option<String> {
            Some(match question {
                $(stringify!($name) => $crate::answer::<$answer>(&questions!(@call $function, (), request, () $(, $request)?)),)*
                _ => return None,
            })
        }
    };
    (@ask numbers $on:ty { $($name:ident ($($request:ty $(, $inputs:literal)?)?) -> $answer:ty = $function:path;)* }) => {
        pub(crate) fn ask(
            on: $on,
            question: &str,
            request: &str,
            inputs: &[f64],
        ) -> Option<Result<Vec<f64>, Error>> {
            Some(match question {
                $(stringify!($name) => no_inputs_unless!(($($($inputs)?)?) question, Some(inputs))
                    .and_then(|()| questions!(@call $function, (on), request, inputs $(, $request $(, $inputs)?)?)),)*
                _ => return None,
            })
        }
    };
    (@ask bytes $on:ty { $($name:ident () -> $answer:ty = $function:path;)* }) => {
        pub(crate) fn ask(on: $on, question: &str) -> Option<Result<Vec<u8>, Error>> {
            Some(match question {
                $(stringify!($name) => $function(on),)*
                _ => return None,
            })
        }
    };

    (@call $function:path, ($($on:ident)?), $text:ident, $inputs:tt) => {
        Nothing::from_text($text).and_then(|Nothing {}| $function($($on)?))
    };
    (@call $function:path, ($($on:ident)?), $text:ident, $inputs:tt, $request:ty) => {
        <$request>::from_text($text).and_then(|request| $function($($on,)? request))
    };
    (@call $function:path, ($($on:ident)?), $text:ident, $inputs:ident, $request:ty, $what:literal) => {
        <$request>::from_text($text).and_then(|request| $function($($on,)? request, $inputs))
    };

    (@form free) => { Form::Text };
    (@form text) => { Form::Text };
    (@form numbers) => { Form::Numbers };
    (@form bytes) => { Form::Bytes };
    (@inputs) => { None };
    (@inputs $inputs:literal) => { Some($inputs) };
    (@request) => { None };
    (@request $request:ty) => { Some(|generator| generator.subschema_for::<$request>()) };
    (@answer free $answer:ty) => { questions!(@answer text $answer) };
    (@answer text $answer:ty) => { Some(|generator| generator.subschema_for::<$answer>()) };
    (@answer $form:ident $answer:ty) => { None };
}

/// Refuses numbers beside a request whose question says nothing of them.
macro_rules! no_inputs_unless {
    (() $question:ident, $inputs:expr) => {
        no_inputs($question, $inputs)
    };
    (($what:literal) $question:ident, $inputs:expr) => {
        Ok::<(), Error>(())
    };
}

pub(crate) use no_inputs_unless;
pub(crate) use questions;
