//! The door: handles that are opened once, and questions that are asked of them by name.

use serde::Deserialize;
#[cfg(feature = "catalog")]
use sponsorfit::Scorer;
use sponsorfit::read::{nearest, strict_from_json};
use sponsorfit::{Error, ErrorKind};

#[cfg(feature = "catalog")]
use crate::CatalogDesk;
#[cfg(feature = "learn")]
use crate::RankerDesk;
use crate::{Desk, refusal};

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
    Scorer(Desk),
    #[cfg(feature = "catalog")]
    Catalog(CatalogDesk),
    #[cfg(feature = "learn")]
    Ranker(RankerDesk),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OpenScorer {
    config: Option<serde_json::Value>,
    corpus: Option<serde_json::Value>,
}

/// Opens a handle.
///
/// | what | request | blobs | base |
/// |---|---|---|---|
/// | `scorer` | `{config?, corpus?}` | | |
/// | `catalog` | `{}` | sponsors, events, insights as files; empty ones are no rows | a scorer |
/// | `saved_catalog` | `{}` | what `save` wrote | a scorer, where the catalog needs one of its own |
/// | `with_config` | `{config}` | | a catalog |
/// | `ranker` | `{}` | the model's text | |
///
/// # Errors
/// What is wrong with the request, and [`ErrorKind::InvalidValue`] for what cannot be opened.
///
/// # Examples
/// See [`Handle`].
pub fn open(what: &str, request: &str, blobs: &[&[u8]], base: Option<&Handle>) -> Result<Handle, Error> {
    let _ = (blobs, base);
    match what {
        "scorer" => {
            let OpenScorer { config, corpus } = strict_from_json(request)?;
            let config = config.map_or_else(|| "{}".to_owned(), |config| config.to_string());
            let desk = match corpus {
                Some(corpus) => Desk::fitted(&config, &corpus.to_string()),
                None => Desk::new(&config),
            };
            Ok(Handle(Held::Scorer(desk?)))
        }
        #[cfg(feature = "catalog")]
        "catalog" => {
            let [sponsors, events, insights] = blobs else { return Err(unknown("blobs", what, &[])) };
            let scorer = scorer_of(base)?;
            Ok(Handle(Held::Catalog(CatalogDesk::read(scorer, sponsors, events, insights)?)))
        }
        #[cfg(feature = "catalog")]
        "saved_catalog" => {
            let bytes = blobs.first().copied().unwrap_or_default();
            let catalog = match base {
                Some(_) => sponsorfit::Catalog::from_bytes_with(bytes, scorer_of(base)?)?,
                None => sponsorfit::Catalog::from_bytes(bytes)?,
            };
            Ok(Handle(Held::Catalog(catalog.into())))
        }
        #[cfg(feature = "catalog")]
        "with_config" => {
            let OpenScorer { config, .. } = strict_from_json(request)?;
            let config = config.map_or_else(|| "{}".to_owned(), |config| config.to_string());
            match base {
                Some(Handle(Held::Catalog(catalog))) => {
                    Ok(Handle(Held::Catalog(catalog.with_config(&config)?)))
                }
                _ => Err(unknown("base", what, &[])),
            }
        }
        #[cfg(feature = "learn")]
        "ranker" => {
            let text = std::str::from_utf8(blobs.first().copied().unwrap_or_default())
                .map_err(|error| Error::new(ErrorKind::InvalidUtf8, error.to_string()))?;
            Ok(Handle(Held::Ranker(RankerDesk::parse(text)?)))
        }
        _ => Err(unknown("what", what, &["scorer", "catalog", "saved_catalog", "with_config", "ranker"])),
    }
}

/// Asks a question that needs no handle: `validate`, `label_key`, `assign`.
///
/// # Examples
/// ```
/// assert_eq!(sponsorfit_wire::ask("label_key", r#"{"text": " Live  MUSIC"}"#), r#""live music""#);
/// ```
pub fn ask(question: &str, request: &str) -> String {
    match question {
        "validate" => crate::validate(request),
        "label_key" => {
            #[derive(Deserialize)]
            #[serde(deny_unknown_fields)]
            struct LabelKey {
                text: String,
            }
            crate::answer(
                &strict_from_json(request)
                    .map(|LabelKey { text }| sponsorfit::Label::new(&text).key().to_owned()),
            )
        }
        #[cfg(feature = "learn")]
        "assign" => crate::assign(request),
        _ => refusal(&unknown("question", question, &["validate", "label_key", "assign"])),
    }
}

impl Handle {
    /// Opens a scorer whose objectives another language compares; see [`Desk::comparing`].
    ///
    /// # Errors
    /// Those of [`Desk::comparing`].
    ///
    /// # Examples
    /// ```
    /// let scorer = sponsorfit_wire::Handle::comparing(r#"{"config": {}}"#, |_, _| Some(1.0))?;
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn comparing(
        request: &str,
        compare: impl Fn(&str, &str) -> Option<f64> + Send + Sync + 'static,
    ) -> Result<Self, Error> {
        let OpenScorer { config, .. } = strict_from_json(request)?;
        let config = config.map_or_else(|| "{}".to_owned(), |config| config.to_string());
        Ok(Self(Held::Scorer(Desk::comparing(&config, compare)?)))
    }

    /// Answers a question in JSON: the result, or `{"error": {code, message, path}}`.
    ///
    /// `inputs` are the similarities that `top_events` and `top_sponsors` may be given: one number a row
    /// of the other side, NaN where it is unknown.
    ///
    /// # Examples
    /// See [`Handle`].
    pub fn ask(&mut self, question: &str, request: &str, inputs: Option<&[f64]>) -> String {
        let _ = inputs;
        match &mut self.0 {
            Held::Scorer(desk) => match question {
                "fingerprint" => crate::answer(&Ok(desk.scorer().fingerprint())),
                "score" => desk.score(request),
                "explain" => desk.explain(request),
                "what_if" => desk.what_if(request),
                "improve" => desk.improve(request),
                "check" => desk.check(request),
                _ => refusal(&unknown(
                    "question",
                    question,
                    &["score", "explain", "what_if", "improve", "check"],
                )),
            },
            #[cfg(feature = "catalog")]
            Held::Catalog(catalog) => ask_catalog(catalog, question, request, inputs),
            #[cfg(feature = "learn")]
            Held::Ranker(ranker) => match question {
                "describe" => ranker.describe(),
                _ => refusal(&unknown("question", question, &["describe"])),
            },
        }
    }

    /// Answers a question in numbers, from numbers.
    ///
    /// | on | question | request | inputs | numbers |
    /// |---|---|---|---|---|
    /// | catalog | `score_all` | `{columns}` | | each column, sponsor by sponsor |
    /// | ranker | `scores` | `{}` | rows, one number a feature | one a row |
    /// | ranker | `contributions` | `{}` | one row | where the sum begins, then one a feature |
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
        let _ = (request, inputs);
        match (&self.0, question) {
            #[cfg(feature = "catalog")]
            (Held::Catalog(catalog), "score_all") => {
                #[derive(Deserialize)]
                #[serde(deny_unknown_fields)]
                struct ScoreAll {
                    columns: Vec<String>,
                }
                catalog.score_all(&strict_from_json::<ScoreAll>(request)?.columns)
            }
            #[cfg(feature = "learn")]
            (Held::Ranker(ranker), "scores") => ranker.scores(inputs),
            #[cfg(feature = "learn")]
            (Held::Ranker(ranker), "contributions") => ranker.contributions(inputs),
            _ => Err(unknown("question", question, &["score_all", "scores", "contributions"])),
        }
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
        match (&self.0, question) {
            #[cfg(feature = "catalog")]
            (Held::Catalog(catalog), "save") => catalog.catalog().to_bytes(),
            _ => Err(unknown("question", question, &["save"])),
        }
    }
}

#[cfg(feature = "catalog")]
fn ask_catalog(catalog: &mut CatalogDesk, question: &str, request: &str, inputs: Option<&[f64]>) -> String {
    #[derive(Deserialize)]
    struct Ids {
        #[serde(default)]
        sponsor_id: String,
        #[serde(default)]
        event_id: String,
    }
    let ids = || strict_from_json::<Ids>(request);
    let with = |ask: &dyn Fn(Ids) -> String| ids().map_or_else(|error| refusal(&error), ask);
    match question {
        "report" => catalog.report().to_owned(),
        "fingerprint" => crate::answer(&Ok(catalog.catalog().scorer().fingerprint())),
        "sponsor_ids" => catalog.sponsor_ids(),
        "event_ids" => catalog.event_ids(),
        "top_events" => catalog.top_events(request, inputs),
        "top_sponsors" => catalog.top_sponsors(request, inputs),
        "rank" => catalog.rank(request),
        "score" => with(&|ids| catalog.score(&ids.sponsor_id, &ids.event_id)),
        "explain" => with(&|ids| catalog.explain(&ids.sponsor_id, &ids.event_id)),
        "sponsor" => with(&|ids| catalog.sponsor(&ids.sponsor_id)),
        "event" => with(&|ids| catalog.event(&ids.event_id)),
        "upsert_event" => catalog.upsert_event(request),
        "upsert_sponsor" => catalog.upsert_sponsor(request),
        "remove_event" => {
            ids().map_or_else(|error| refusal(&error), |ids| catalog.remove_event(&ids.event_id))
        }
        "remove_sponsor" => {
            ids().map_or_else(|error| refusal(&error), |ids| catalog.remove_sponsor(&ids.sponsor_id))
        }
        _ => refusal(&unknown("question", question, &["top_events", "top_sponsors", "rank"])),
    }
}

#[cfg(feature = "catalog")]
fn scorer_of(base: Option<&Handle>) -> Result<Scorer, Error> {
    match base {
        Some(Handle(Held::Scorer(desk))) => Ok(desk.scorer().clone()),
        _ => Err(Error::new(ErrorKind::InvalidValue, "a catalog is opened with a scorer").within("base")),
    }
}

fn unknown(what: &'static str, name: &str, known: &[&'static str]) -> Error {
    let hint = nearest(name, known.iter().copied()).map(|name| format!(", did you mean `{name}`"));
    let message = format!("`{name}` is none here{}", hint.unwrap_or_default());
    Error::new(ErrorKind::InvalidValue, message).within(what)
}
