//! The door: handles that are opened once, and questions that are asked of them by name.

use sponsorfit::read::nearest;
use sponsorfit::{Error, ErrorKind, Scorer};

#[cfg(feature = "catalog")]
use crate::catalog::Catalog;
#[cfg(feature = "learn")]
use crate::learning::{History, OpenRanker, Ranker};
use crate::pairs::OpenScorer;
use crate::table::Request;
use crate::{QUESTIONS, questions, refusal, similarity};

/// Something compiled of which questions are asked.
///
/// A clone shares what is large, and keeps it as it is while the other changes.
///
/// # Examples
/// ```
/// let mut scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let answer = scorer.ask(
///     "score",
///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#,
///     None,
/// );
/// assert!(answer.contains(r#""score":0.425"#));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Handle(Held);

#[derive(Clone, Debug)]
enum Held {
    Scorer(Scorer),
    #[cfg(feature = "catalog")]
    Catalog(Catalog),
    #[cfg(feature = "learn")]
    History(History),
    #[cfg(feature = "learn")]
    Ranker(Ranker),
}

/// Opens a handle.
///
/// | what | request | blobs | base |
/// |---|---|---|---|
/// | `scorer` | `{config?, corpus?}` | | |
/// | `catalog` | `{}` | sponsors, events, insights as files; empty ones are no rows | a scorer |
/// | `saved_catalog` | `{}` | what `save` wrote | a scorer, where the catalog needs one of its own |
/// | `with_config` | `{config}` | | a catalog |
/// | `history` | `{}` | past sponsorships, and events that are not in the catalog | a catalog, if pairs are asked about |
/// | `ranker` | `{as_of?, limit?}` | the model's text, and what a history has | a catalog, if candidates are ranked |
///
/// An empty request is `{}`. A configuration is an object or the text of one, which is read to the
/// last digit; what is wrong with it has a path of its own, without `config` before it.
///
/// # Errors
/// What is wrong with the request, and [`ErrorKind::InvalidValue`] for what cannot be opened.
///
/// # Examples
/// See [`Handle`].
pub fn open(what: &str, request: &str, blobs: &[&[u8]], base: Option<&Handle>) -> Result<Handle, Error> {
    let held = match what {
        "scorer" => Held::Scorer(OpenScorer::from_text(request)?.open()?),
        #[cfg(feature = "catalog")]
        "catalog" => Held::Catalog(Catalog::read(scorer_of(base)?, blobs)?),
        #[cfg(feature = "catalog")]
        "saved_catalog" => {
            let scorer = base.map(|base| scorer_of(Some(base))).transpose()?;
            Held::Catalog(Catalog::load(blobs.first().copied().unwrap_or_default(), scorer)?)
        }
        #[cfg(feature = "catalog")]
        "with_config" => Held::Catalog(catalog_of(base)?.with_config(request)?),
        #[cfg(feature = "learn")]
        "history" => {
            Held::History(History::read(blobs, base.map(|base| catalog_of(Some(base))).transpose()?)?)
        }
        #[cfg(feature = "learn")]
        "ranker" => {
            let request = OpenRanker::from_text(request)?;
            Held::Ranker(Ranker::read(request, blobs, base.map(|base| catalog_of(Some(base))).transpose()?)?)
        }
        _ => return Err(unknown("what", what, OPENED)),
    };
    let _ = (blobs, base);
    Ok(Handle(held))
}

const OPENED: &[&str] = &[
    "scorer",
    #[cfg(feature = "catalog")]
    "catalog",
    #[cfg(feature = "catalog")]
    "saved_catalog",
    #[cfg(feature = "catalog")]
    "with_config",
    #[cfg(feature = "learn")]
    "history",
    #[cfg(feature = "learn")]
    "ranker",
];

/// Asks a question that needs no handle.
///
/// # Examples
/// ```
/// assert_eq!(sponsorfit_wire::ask("label_key", r#"{"text": " Live  MUSIC"}"#), r#""live music""#);
/// ```
pub fn ask(question: &str, request: &str) -> String {
    let answer = questions::free_of_pairs::ask(question, request);
    #[cfg(feature = "learn")]
    let answer = answer.or_else(|| questions::free_of_learning::ask(question, request));
    answer.unwrap_or_else(|| refusal(&no_question(question, "")))
}

impl Handle {
    /// Opens a scorer whose objectives another language compares, from the JSON of both rows.
    ///
    /// What the function answers outside 0..=1 counts as unknown: the caller refuses it before. Its
    /// id is the configuration's, or `custom` where the configuration has none.
    ///
    /// # Errors
    /// Those of `open("scorer", …)`, and
    /// [`MissingImplementation`](ErrorKind::MissingImplementation) when the configuration names one of
    /// the crate's own.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::Handle;
    ///
    /// let mut scorer = Handle::comparing("{}", |sponsor, event| Some(f64::from(sponsor.len() == event.len())))?;
    /// let answer = scorer.ask(
    ///     "score",
    ///     r#"{"sponsor": {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff"},
    ///         "event": {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}}"#,
    ///     None,
    /// );
    /// assert!(answer.contains(r#""objectives_similarity":0.0"#));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn comparing(
        request: &str,
        compare: impl Fn(&str, &str) -> Option<f64> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        similarity::comparing(OpenScorer::from_text(request)?, compare).map(Self::from)
    }

    /// Returns the scorer whose configuration answers, where the handle has one.
    ///
    /// # Examples
    /// ```
    /// let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
    /// assert!(scorer.scorer().is_some());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn scorer(&self) -> Option<&Scorer> {
        match &self.0 {
            Held::Scorer(scorer) => Some(scorer),
            #[cfg(feature = "catalog")]
            Held::Catalog(catalog) => Some(catalog.scorer()),
            #[cfg(feature = "learn")]
            Held::History(_) | Held::Ranker(_) => None,
        }
    }

    /// Returns the catalog, where the handle is one.
    ///
    /// # Examples
    /// ```
    /// let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
    /// assert!(scorer.catalog().is_none());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    #[cfg(feature = "catalog")]
    pub fn catalog(&self) -> Option<&Catalog> {
        match &self.0 {
            Held::Catalog(catalog) => Some(catalog),
            Held::Scorer(_) => None,
            #[cfg(feature = "learn")]
            Held::History(_) | Held::Ranker(_) => None,
        }
    }

    /// Answers a question in JSON: the result, or `{"error": {code, message, path}}`.
    ///
    /// `inputs` are the similarities that `top_events` and `top_sponsors` may be given: one number a row
    /// of the other side, NaN where it is unknown.
    ///
    /// # Examples
    /// See [`Handle`].
    pub fn ask(&mut self, question: &str, request: &str, inputs: Option<&[f64]>) -> String {
        let answer = match &mut self.0 {
            Held::Scorer(scorer) => questions::pair_texts::ask(scorer, question, request, inputs),
            #[cfg(feature = "catalog")]
            Held::Catalog(catalog) => questions::catalog_texts::ask(catalog, question, request, inputs),
            #[cfg(feature = "learn")]
            Held::History(history) => questions::history_texts::ask(history, question, request, inputs),
            #[cfg(feature = "learn")]
            Held::Ranker(ranker) => questions::ranker_texts::ask(ranker, question, request, inputs),
        };
        answer.unwrap_or_else(|| refusal(&no_question(question, self.name())))
    }

    /// Answers a question in numbers, from numbers where it takes some.
    ///
    /// # Errors
    /// What is wrong with the request.
    ///
    /// # Examples
    /// ```
    /// let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
    /// let catalog = sponsorfit_wire::open("catalog", "{}", &[b"", b"", b""], Some(&scorer))?;
    /// assert!(catalog.numbers("score_all", r#"{"columns": ["score"]}"#, &[])?.is_empty());
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn numbers(&self, question: &str, request: &str, inputs: &[f64]) -> Result<Vec<f64>, Error> {
        let numbers = match &self.0 {
            Held::Scorer(scorer) => questions::pair_numbers::ask(scorer, question, request, inputs),
            #[cfg(feature = "catalog")]
            Held::Catalog(catalog) => questions::catalog_numbers::ask(catalog, question, request, inputs),
            #[cfg(feature = "learn")]
            Held::History(history) => questions::history_numbers::ask(history, question, request, inputs),
            #[cfg(feature = "learn")]
            Held::Ranker(ranker) => questions::ranker_numbers::ask(ranker, question, request, inputs),
        };
        numbers.unwrap_or_else(|| Err(no_question(question, self.name())))
    }

    /// Answers a question in bytes: `save` of a catalog.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidValue`] for a question that is none.
    ///
    /// # Examples
    /// ```
    /// let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
    /// let catalog = sponsorfit_wire::open("catalog", "{}", &[b"", b"", b""], Some(&scorer))?;
    /// let again = sponsorfit_wire::open("saved_catalog", "{}", &[&catalog.bytes("save")?], None)?;
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn bytes(&self, question: &str) -> Result<Vec<u8>, Error> {
        let bytes = match &self.0 {
            #[cfg(feature = "catalog")]
            Held::Catalog(catalog) => questions::catalog_bytes::ask(catalog, question),
            _ => None,
        };
        bytes.unwrap_or_else(|| Err(no_question(question, self.name())))
    }

    /// Returns what the handle is called in the list of questions.
    fn name(&self) -> &'static str {
        match &self.0 {
            Held::Scorer(_) => "scorer",
            #[cfg(feature = "catalog")]
            Held::Catalog(_) => "catalog",
            #[cfg(feature = "learn")]
            Held::History(_) => "history",
            #[cfg(feature = "learn")]
            Held::Ranker(_) => "ranker",
        }
    }
}

impl From<Scorer> for Handle {
    fn from(scorer: Scorer) -> Self {
        Self(Held::Scorer(scorer))
    }
}

#[cfg(feature = "catalog")]
impl From<Catalog> for Handle {
    fn from(catalog: Catalog) -> Self {
        Self(Held::Catalog(catalog))
    }
}

#[cfg(feature = "catalog")]
fn scorer_of(base: Option<&Handle>) -> Result<Scorer, Error> {
    match base {
        Some(Handle(Held::Scorer(scorer))) => Ok(scorer.clone()),
        _ => Err(Error::new(ErrorKind::InvalidValue, "a catalog is opened with a scorer").within("base")),
    }
}

#[cfg(feature = "catalog")]
fn catalog_of(base: Option<&Handle>) -> Result<&Catalog, Error> {
    match base {
        Some(Handle(Held::Catalog(catalog))) => Ok(catalog),
        _ => Err(Error::new(ErrorKind::InvalidValue, "this is opened with a catalog").within("base")),
    }
}

fn no_question(question: &str, on: &str) -> Error {
    let known = QUESTIONS.iter().filter(|known| known.on == on).map(|known| known.name);
    unknown("question", question, &known.collect::<Vec<_>>())
}

fn unknown(what: &'static str, name: &str, known: &[&'static str]) -> Error {
    let hint = nearest(name, known.iter().copied()).map(|name| format!(", did you mean `{name}`"));
    let message = format!("`{name}` is none here{}", hint.unwrap_or_default());
    Error::new(ErrorKind::InvalidValue, message).within(what)
}
