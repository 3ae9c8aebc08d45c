//! A ranker that LightGBM trained: on any numbers, or on the candidates of a catalog with its history.

use std::sync::Arc;

use serde::Deserialize;
use sponsorfit::{Count, Error, ErrorKind, EventId, Moment, SponsorId};
use sponsorfit_learn::features::Features;
use sponsorfit_learn::gbm::BoostedTrees;
use sponsorfit_learn::ranker::{RefinedExplanation, RefinedRanking};

use super::history::{History, pair_of};
use super::{answer, request, size};
use crate::catalog::{Catalog, Conditions, PairKey, Selection};
use crate::pairs::some_object;

/// A trained ranker, and what it knows of a catalog, if anything.
///
/// # Examples
/// ```
/// use sponsorfit_wire::learning::{OpenRanker, Ranker, describe};
///
/// let head = "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=0\n";
/// let names = "objective=regression\nfeature_names=visitors\n\n";
/// let tree = "Tree=0\nnum_leaves=1\nleaf_value=0.25\n\nend of trees\n";
/// let ranker = Ranker::read(OpenRanker::default(), &[[head, names, tree].concat().as_bytes()], None)?;
/// assert_eq!(describe(&ranker)?.feature_names, ["visitors"]);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Ranker {
    trees: Arc<BoostedTrees>,
    refining: Option<Refining>,
}

/// What a ranker of a catalog's candidates needs.
#[derive(Clone, Debug)]
struct Refining {
    ranker: Arc<sponsorfit_learn::ranker::Ranker>,
    features: Arc<Features>,
    catalog: Catalog,
}

/// How a ranker is opened.
///
/// # Examples
/// See [`top_sponsors`].
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct OpenRanker {
    /// The date as of which candidates are looked at: nothing that happened on it or later enters. Needed
    /// with a catalog.
    pub as_of: Option<Moment>,
    /// How many candidates of the formula are refined at most; 20 000 when it is left out.
    pub limit: Option<Count>,
}

impl crate::table::Request for OpenRanker {}

impl Ranker {
    /// Reads LightGBM's text; with a catalog also past sponsorships and past events, as
    /// [`History::read`] does, for ranking the catalog's candidates as it is now.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidModel`], which names the line; [`ErrorKind::UnknownFeature`] for a model that
    /// asks for a number that is not told of a catalog's pairs; and those of [`History::read`].
    ///
    /// # Examples
    /// See [`Ranker`].
    pub fn read(request: OpenRanker, blobs: &[&[u8]], catalog: Option<&Catalog>) -> Result<Self, Error> {
        let (model, past) = blobs.split_first().ok_or_else(|| {
            Error::new(ErrorKind::InvalidValue, "the first blob is the model's text").within("blobs")
        })?;
        let text = std::str::from_utf8(model)
            .map_err(|error| Error::new(ErrorKind::InvalidUtf8, error.to_string()))?;
        let trees = BoostedTrees::parse(text)?;
        let refining = catalog.map(|catalog| Refining::read(trees.clone(), request, past, catalog));
        Ok(Self { refining: refining.transpose()?, trees: trees.into() })
    }

    fn refining(&self) -> Result<&Refining, Error> {
        self.refining.as_ref().ok_or_else(|| {
            Error::new(
                ErrorKind::InvalidValue,
                "the ranker was opened without a catalog, so it has no candidates",
            )
        })
    }
}

impl Refining {
    fn read(
        trees: BoostedTrees,
        request: OpenRanker,
        past: &[&[u8]],
        catalog: &Catalog,
    ) -> Result<Self, Error> {
        let missing = || Error::new(ErrorKind::MissingField, "required with a catalog").within("as_of");
        let date = request.as_of.ok_or_else(missing)?;
        let past = if past.is_empty() { &[&[][..]][..] } else { past };
        let features = History::read(past, Some(catalog))?.as_of(date);
        let mut ranker = sponsorfit_learn::ranker::Ranker::new(trees)?;
        if let Some(limit) = request.limit {
            ranker = ranker.with_limit(size(limit));
        }
        Ok(Self { ranker: ranker.into(), features: features.into(), catalog: catalog.clone() })
    }
}

answer! {
    /// What a ranker is.
    ///
    /// # Examples
    /// See [`describe`].
    Description {
        /// What it was trained for: `lambdarank`, `rank_xendcg`, `binary` or `regression`.
        objective: &'static str,
        /// The names of its features, in the order of a row.
        feature_names: Vec<String>,
        /// How many trees it has.
        tree_count: usize,
    }
}

/// Returns what the ranker was trained for, its features' names and how many trees it has.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// See [`Ranker`].
pub fn describe(ranker: &Ranker) -> Result<Description, Error> {
    Ok(Description {
        objective: ranker.trees.objective().name(),
        feature_names: ranker.trees.feature_names().to_vec(),
        tree_count: ranker.trees.tree_count(),
    })
}

request! {
    /// What is wanted of rows of numbers.
    ///
    /// # Examples
    /// See [`scores`].
    Scores {
        /// Whether raw scores are wanted, or what they mean under the objective; raw when it is left out.
        #[serde(default = "yes")]
        raw: bool,
    }
}

fn yes() -> bool {
    true
}

/// Returns the score of each row of `rows`, one number a feature, NaN where one is missing.
///
/// # Errors
/// [`ErrorKind::InvalidValue`] for a row that is too short.
///
/// # Examples
/// ```
/// let head = "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=0\n";
/// let names = "objective=regression\nfeature_names=visitors\n\n";
/// let tree = "Tree=0\nnum_leaves=1\nleaf_value=0.25\n\nend of trees\n";
/// let ranker = sponsorfit_wire::open("ranker", "{}", &[[head, names, tree].concat().as_bytes()], None)?;
/// assert_eq!(ranker.numbers("scores", "{}", &[800.0, 900.0])?, [0.25, 0.25]);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn scores(ranker: &Ranker, request: Scores, rows: &[f64]) -> Result<Vec<f64>, Error> {
    let width = ranker.trees.feature_names().len().max(1);
    // A last row that is too short is refused by the trees, with both numbers.
    let rows: Vec<&[f64]> = rows.chunks(width).collect();
    let mut scores = ranker.trees.scores(&rows)?;
    if !request.raw {
        for score in &mut scores {
            *score = ranker.trees.objective().output(*score);
        }
    }
    Ok(scores)
}

request! {
    /// Nothing more than rows of numbers.
    ///
    /// # Examples
    /// See [`contributions`].
    RowsOnly {}
}

/// Returns, for each row of `rows`, where the sum begins and what each feature adds to the raw score.
///
/// # Errors
/// As [`scores`]; [`ErrorKind::InvalidModel`] where the model's text has no counts of its nodes.
///
/// # Examples
/// ```
/// fn why(ranker: &sponsorfit_wire::Handle, row: &[f64]) -> Result<f64, sponsorfit::Error> {
///     Ok(ranker.numbers("contributions", "{}", row)?.iter().sum())
/// }
/// ```
pub fn contributions(ranker: &Ranker, _: RowsOnly, rows: &[f64]) -> Result<Vec<f64>, Error> {
    let width = ranker.trees.feature_names().len().max(1);
    let mut numbers = Vec::with_capacity(rows.len() + rows.len() / width);
    // No row at all is refused like one that is too short.
    let none = rows.is_empty().then_some(rows);
    for row in rows.chunks(width).chain(none) {
        let why = ranker.trees.contributions(row)?;
        numbers.push(why.expected);
        numbers.extend(why.features);
    }
    Ok(numbers)
}

request! {
    /// The candidates of an event, in the ranker's order.
    ///
    /// # Examples
    /// See [`top_sponsors`].
    RefinedSponsors {
        /// The event, one of the catalog's.
        event_id: EventId,
        /// How many rows; 20 when it is left out.
        #[serde(default)]
        k: Option<Count>,
        /// Which pairs may be shown; all when it is left out.
        #[serde(default, deserialize_with = "some_object")]
        filter: Option<Conditions>,
    }
}

request! {
    /// The candidates of a sponsor, in the ranker's order.
    ///
    /// # Examples
    /// See [`top_events`].
    RefinedEvents {
        /// The sponsor, one of the catalog's.
        sponsor_id: SponsorId,
        /// How many rows; 20 when it is left out.
        #[serde(default)]
        k: Option<Count>,
        /// Which pairs may be shown; all when it is left out.
        #[serde(default, deserialize_with = "some_object")]
        filter: Option<Conditions>,
    }
}

/// Returns the sponsors of an event in the order that earlier outcomes teach.
///
/// # Errors
/// [`ErrorKind::UnknownId`], and what is wrong with the filter.
///
/// # Examples
/// ```
/// # let scorer = sponsorfit_wire::open("scorer", "{}", &[], None)?;
/// let sponsors = b"sponsor_id\n6f9619ff-8b86-d011-b42d-00c04fc964ff\n";
/// let events = b"id\n0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001\n";
/// let catalog = sponsorfit_wire::open("catalog", "{}", &[sponsors, events, b""], Some(&scorer))?;
/// let head = "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=0\n";
/// let names = "objective=lambdarank\nfeature_names=events\n\n";
/// let tree = "Tree=0\nnum_leaves=1\nleaf_value=0.25\n\nend of trees\n";
/// let model = [head, names, tree].concat();
/// let as_of = r#"{"as_of": "2026-01-01"}"#;
/// let mut ranker = sponsorfit_wire::open("ranker", as_of, &[model.as_bytes()], Some(&catalog))?;
/// let event = r#"{"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}"#;
/// assert!(ranker.ask("top_sponsors", event, None).contains(r#""refinement":0.25"#));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn top_sponsors(ranker: &Ranker, request: RefinedSponsors) -> Result<RefinedRanking, Error> {
    let Refining { ranker, features, catalog } = ranker.refining()?;
    catalog.event_row(request.event_id)?;
    let RefinedSponsors { event_id, k, filter } = &request;
    Selection { k: *k, filter: filter.as_ref() }
        .ranked(None, |k, filter| ranker.top_sponsors(catalog.rows(), features, event_id, k, filter))
}

/// Returns the events of a sponsor in the order that earlier outcomes teach.
///
/// # Errors
/// As [`top_sponsors`].
///
/// # Examples
/// ```
/// fn best(ranker: &mut sponsorfit_wire::Handle) -> String {
///     ranker.ask("top_events", r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "k": 5}"#, None)
/// }
/// ```
pub fn top_events(ranker: &Ranker, request: RefinedEvents) -> Result<RefinedRanking, Error> {
    let Refining { ranker, features, catalog } = ranker.refining()?;
    catalog.sponsor_row(request.sponsor_id)?;
    let RefinedEvents { sponsor_id, k, filter } = &request;
    Selection { k: *k, filter: filter.as_ref() }
        .ranked(None, |k, filter| ranker.top_events(catalog.rows(), features, sponsor_id, k, filter))
}

/// Returns why a candidate stands where it does: the formula's rows, and what earlier outcomes add, in words.
///
/// # Errors
/// [`ErrorKind::UnknownId`], [`ErrorKind::InsufficientData`], and [`ErrorKind::InvalidModel`] where the
/// model's text has no counts of its nodes.
///
/// # Examples
/// ```
/// fn why(ranker: &mut sponsorfit_wire::Handle) -> String {
///     let pair = r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
///         "event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001"}"#;
///     ranker.ask("explain", pair, None)
/// }
/// ```
pub fn explain(ranker: &Ranker, request: PairKey) -> Result<RefinedExplanation, Error> {
    let Refining { ranker, features, catalog } = ranker.refining()?;
    let (profile, row) = pair_of(catalog, &request)?;
    let (sponsor, event) = (features.sponsor(profile), features.event(row.event, row.insights));
    ranker.explain(catalog.scorer(), features, &sponsor, &event)
}
