//! Orders candidates by what earlier outcomes teach, and says why.
//!
//! A [`Ranker`] holds a model that LightGBM trained on [features](super::features). It does
//! not replace the score: candidates come from the formula, which everybody can follow, and
//! the ranker refines their order. [`Ranker::explain`] shows both, the formula's rows and what
//! each feature adds, in words too.
//!
//! # Examples
//! ```
//! # let model_text = "\
//! # tree
//! # version=v4
//! # num_class=1
//! # num_tree_per_iteration=1
//! # max_feature_idx=1
//! # objective=lambdarank
//! # feature_names=series_recency country_years_since
//! #
//! # Tree=0
//! # num_leaves=3
//! # num_cat=0
//! # split_feature=0 1
//! # threshold=0.25 2.5
//! # decision_type=10 10
//! # left_child=1 -2
//! # right_child=-1 -3
//! # leaf_value=0.9 0.1 -0.3
//! # leaf_count=10 30 60
//! # internal_count=100 90
//! #
//! # end of trees
//! # ";
//! use sponsorfit_learn::{features::Features, history::History, ranker::Ranker};
//! use sponsorfit::{Catalog, Event, EventId, Filter, PastSponsorship, Scorer, ScoringConfig, SponsorId};
//! use sponsorfit::SponsorProfile;
//!
//! let fair = |byte, slug: &str| {
//!     let mut event = Event::new(EventId::from_bytes([byte; 16]));
//!     event.slug = Some(slug.to_owned());
//!     event
//! };
//! let (last, next) = (fair(2, "lantern-fair-2025"), fair(3, "lantern-fair-2026"));
//! let regular = SponsorId::from_bytes([9; 16]);
//! let past = PastSponsorship::new(regular, last.event_id, "2025-07-01".parse()?);
//! let catalog = Catalog::builder(Scorer::new(ScoringConfig::default())?)
//!     .sponsors((1..=9).map(|byte| SponsorProfile::new(SponsorId::from_bytes([byte; 16]))))
//!     .events([next.clone()])
//!     .build()?;
//!
//! let features = Features::as_of(&History::new(&[last], &[past])?, "2026-01-01".parse()?);
//! let ranker = Ranker::from_text(model_text)?;
//! let refined = ranker.top_sponsors(&catalog, &features, &next.event_id, 3, &Filter::new())?;
//! assert_eq!(refined.matches[0].score.sponsor_id, regular);
//! assert_eq!((refined.considered, refined.is_complete), (9, true));
//!
//! let profile = catalog.sponsor(&regular).ok_or("gone")?;
//! let (sponsor, event) = (features.sponsor(profile), features.event(&next, None));
//! let why = ranker.explain(catalog.scorer(), &features, &sponsor, &event)?;
//! assert_eq!(
//!     why.summary,
//!     "The formula gives 0.42. What came of earlier proposals speaks for it, \
//!      above all that it sponsored this series once, in 2025.",
//! );
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod explain;
mod refine;
mod story;

pub use explain::{Effect, FeatureContribution, RefinedExplanation, ThemeContribution};
pub use refine::{RefinedMatch, RefinedRanking};

use sponsorfit::read::nearest;
use sponsorfit::{Error, ErrorKind};

use super::features::{Feature, FeatureRow};
use super::gbm::BoostedTrees;

/// How many candidates are considered at most, besides those with a history.
const LIMIT: usize = 20_000;

/// Refines the order of candidates by a trained model.
///
/// # Examples
/// ```
/// use sponsorfit_learn::ranker::Ranker;
///
/// let head = "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=0\n";
/// let tree = "Tree=0\nnum_leaves=1\nleaf_value=0.25\n\nend of trees\n";
/// let model = |name: &str| format!("{head}objective=lambdarank\nfeature_names={name}\n\n{tree}");
/// assert!(Ranker::from_text(&model("country_recency")).is_ok());
/// let error = Ranker::from_text(&model("country_recenzy")).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "feature_names[0]: `country_recenzy` is no feature, did you mean `country_recency`",
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Ranker {
    model: BoostedTrees,
    /// For each feature of the model, which it is.
    features: Vec<Feature>,
    limit: usize,
}

impl Ranker {
    /// Takes a model whose features are all known here.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownFeature`] with the nearest name, and [`ErrorKind::DuplicateField`]
    /// for a feature that the model has twice.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::{gbm::BoostedTrees, ranker::Ranker};
    /// fn load(text: &str) -> Result<Ranker, sponsorfit::Error> {
    ///     Ranker::new(BoostedTrees::parse(text)?)
    /// }
    /// assert_eq!(load("").unwrap_err().code(), "invalid_model");
    /// ```
    pub fn new(model: BoostedTrees) -> Result<Self, Error> {
        let mut features: Vec<Feature> = vec![];
        for (place, name) in model.feature_names().iter().enumerate() {
            let blame = |error: Error| error.at(place).within("feature_names");
            let feature = Feature::from_name(name).ok_or_else(|| blame(unknown_feature(name)))?;
            if features.contains(&feature) {
                return Err(blame(Error::new(ErrorKind::DuplicateField, format!("`{name}` is there twice"))));
            }
            features.push(feature);
        }
        Ok(Self { model, features, limit: LIMIT })
    }

    /// Reads a model in LightGBM's text format.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidModel`] with the line, and those of [`Ranker::new`].
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::ranker::Ranker;
    /// assert_eq!(Ranker::from_text("tree\nversion=v2\n").unwrap_err().code(), "invalid_model");
    /// ```
    pub fn from_text(text: &str) -> Result<Self, Error> {
        Self::new(BoostedTrees::parse(text)?)
    }

    /// Considers at most so many candidates by score, besides those with a history; 20 000 at first.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::ranker::Ranker;
    /// fn quick(ranker: Ranker) -> Ranker {
    ///     ranker.with_limit(1_000)
    /// }
    /// ```
    #[must_use]
    pub fn with_limit(mut self, limit: usize) -> Self {
        self.limit = limit;
        self
    }

    /// Returns the model.
    pub fn model(&self) -> &BoostedTrees {
        &self.model
    }

    /// Returns the features it looks at, in the model's order.
    pub fn features(&self) -> &[Feature] {
        &self.features
    }

    /// Returns the refinement of each row: higher comes first. Only differences mean something.
    ///
    /// # Errors
    /// None that a row of features could cause.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::{features::FeatureRow, ranker::Ranker};
    /// fn best(ranker: &Ranker, rows: &[FeatureRow]) -> Result<Option<usize>, sponsorfit::Error> {
    ///     let refinements = ranker.refinements(rows)?;
    ///     Ok((0..rows.len()).max_by(|&a, &b| refinements[a].total_cmp(&refinements[b])))
    /// }
    /// ```
    pub fn refinements(&self, rows: &[FeatureRow]) -> Result<Vec<f64>, Error> {
        let width = self.features.len().max(1);
        let own: Vec<f64> = rows.iter().flat_map(|row| self.own(row)).collect();
        let own: Vec<&[f64]> = own.chunks(width).collect();
        self.model.scores(&own)
    }

    /// Returns the values that the model asks for, in its order.
    #[allow(clippy::indexing_slicing, reason = "a row has a place for every feature")]
    fn own<'a>(&'a self, row: &'a FeatureRow) -> impl Iterator<Item = f64> + 'a {
        self.features.iter().map(|feature| row[*feature as usize])
    }
}

fn unknown_feature(name: &str) -> Error {
    let names = Feature::ALL.iter().map(|feature| feature.name());
    let hint = nearest(name, names).map_or_else(String::new, |near| format!(", did you mean `{near}`"));
    Error::new(ErrorKind::UnknownFeature, format!("`{name}` is no feature{hint}"))
}
