//! A reader of LightGBM's text model: scores and exact contributions, in pure Rust.
//!
//! A ranker is trained elsewhere, with LightGBM itself, and answers here: the same scores
//! to the last bit, on every platform, without a C++ library. Supported are versions v3
//! and v4 of the text, the objectives in [`Objective`], numerical and categorical splits
//! with every kind of missing value. Refused by name are linear trees, several scores a
//! row, random forests, and any text that is not whole ([`Error`]).
//!
//! What counts is what LightGBM 4.7 does with a row, also where the text is older: values
//! within ±1e-35 are 0, NaN in a categorical feature is in no category.
//!
//! # Examples
//! ```
//! use sponsorfit_learn::gbm::BoostedTrees;
//!
//! let text = "\
//! tree
//! version=v4
//! num_class=1
//! num_tree_per_iteration=1
//! max_feature_idx=1
//! objective=lambdarank
//! feature_names=same_country years_ago
//!
//! Tree=0
//! num_leaves=3
//! num_cat=0
//! split_feature=0 1
//! threshold=0.5 2.5
//! decision_type=2 10
//! left_child=-1 -2
//! right_child=1 -3
//! leaf_value=-0.5 0.75 0.25
//! leaf_count=60 30 10
//! internal_count=100 40
//!
//! end of trees
//! ";
//! let model = BoostedTrees::parse(text)?;
//! assert_eq!(model.feature_names(), ["same_country", "years_ago"]);
//! assert_eq!(model.score(&[1.0, f64::NAN])?, 0.75);
//!
//! let why = model.contributions(&[1.0, f64::NAN])?;
//! let sum: f64 = why.expected + why.features.iter().sum::<f64>();
//! assert!((sum - 0.75).abs() < 1e-12);
//! # Ok::<(), sponsorfit::Error>(())
//! ```

mod compile;
mod error;
mod parse;
mod quick_scorer;
mod section;
mod shap;
mod tree;
#[cfg(test)]
mod two_ways;

use sponsorfit::{Error, ErrorKind};

use error::invalid;

use quick_scorer::QuickScorer;
use tree::Tree;

/// What a model was trained for, which tells what its raw score means.
///
/// # Examples
/// ```
/// use sponsorfit_learn::gbm::Objective;
/// assert_eq!(Objective::Lambdarank.output(-0.25), -0.25);
/// assert_eq!(Objective::Binary { sigmoid: 1.0 }.output(0.0), 0.5);
/// assert_eq!(Objective::Regression { sqrt: true }.output(-3.0), -9.0);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Objective {
    /// Order within queries, by NDCG; only differences of scores mean something.
    Lambdarank,
    /// Order within queries, by a cross entropy; only differences of scores mean something.
    RankXendcg,
    /// Probability of a yes; the raw score is its log-odds divided by `sigmoid`.
    Binary {
        /// Slope of the sigmoid, above 0.
        sigmoid: f64,
    },
    /// A number.
    Regression {
        /// Whether the raw score is its square root, with its sign.
        sqrt: bool,
    },
}

impl Objective {
    /// Returns LightGBM's name of it.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit_learn::gbm::Objective::RankXendcg.name(), "rank_xendcg");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lambdarank => "lambdarank",
            Self::RankXendcg => "rank_xendcg",
            Self::Binary { .. } => "binary",
            Self::Regression { .. } => "regression",
        }
    }

    /// Returns what a raw score means: a probability, a number, or itself where only order counts.
    pub fn output(self, raw: f64) -> f64 {
        match self {
            Self::Binary { sigmoid } => 1.0 / (1.0 + libm::exp(-sigmoid * raw)),
            Self::Regression { sqrt: true } => raw.signum() * raw * raw,
            Self::Regression { sqrt: false } | Self::Lambdarank | Self::RankXendcg => raw,
        }
    }
}

/// Trees whose values add up to a score, as LightGBM trained them.
///
/// # Examples
/// ```
/// use sponsorfit_learn::gbm::{BoostedTrees, Objective};
///
/// let head = "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=0\n";
/// let names = "objective=regression\nfeature_names=visitors\n\n";
/// let tree = "Tree=0\nnum_leaves=1\nleaf_value=0.25\n\nend of trees\n";
/// let model = BoostedTrees::parse(&[head, names, tree].concat())?;
/// assert_eq!(model.objective(), Objective::Regression { sqrt: false });
/// assert_eq!((model.tree_count(), model.score(&[800.0])?), (1, 0.25));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct BoostedTrees {
    objective: Objective,
    feature_names: Vec<String>,
    trees: Vec<Tree>,
    /// `None` when the trees are too large to compile, and are walked.
    compiled: Option<QuickScorer>,
}

/// What each feature adds to a raw score, and where the sum begins.
///
/// Exact Shapley values, as LightGBM's `pred_contrib` gives them: `expected` and
/// `features` sum to the raw score up to rounding.
///
/// # Examples
/// ```
/// use sponsorfit_learn::gbm::Contributions;
/// let why = Contributions { expected: 0.5, features: vec![0.25, -0.125] };
/// let raw_score: f64 = why.expected + why.features.iter().sum::<f64>();
/// assert_eq!(raw_score, 0.625);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Contributions {
    /// The mean raw score over the training rows.
    pub expected: f64,
    /// One number a feature, in the order of the model's features.
    pub features: Vec<f64>,
}

impl BoostedTrees {
    /// Reads LightGBM's text, as `Booster.save_model` writes it.
    ///
    /// # Errors
    /// [`Error`], with the line, when the text is not a whole model of a supported kind.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let parse::Parsed { objective, feature_names, trees } = parse::parse(text)?;
        let compiled = compile::compile(&trees);
        Ok(Self { objective, feature_names, trees, compiled })
    }

    /// Returns what the model was trained for.
    pub fn objective(&self) -> Objective {
        self.objective
    }

    /// Returns the names of the features, in the order in which a row has them.
    pub fn feature_names(&self) -> &[String] {
        &self.feature_names
    }

    /// Returns how many trees the model has.
    pub fn tree_count(&self) -> usize {
        self.trees.len()
    }

    /// Returns the raw score of a row: LightGBM's, to the last bit.
    ///
    /// A missing value is NaN. Any f64 is allowed.
    ///
    /// # Errors
    /// `invalid_value` when the row does not have one value a feature.
    pub fn score(&self, row: &[f64]) -> Result<f64, Error> {
        Ok(self.scores(&[row])?.iter().sum())
    }

    /// Returns the raw scores of rows, each as [`score`](Self::score) gives it, at less cost.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit::Error;
    /// # use sponsorfit_learn::gbm::BoostedTrees;
    /// fn rank(model: &BoostedTrees, candidates: &[Vec<f64>]) -> Result<Vec<usize>, Error> {
    ///     let scores = model.scores(candidates)?;
    ///     let mut order: Vec<usize> = (0..scores.len()).collect();
    ///     order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    ///     Ok(order)
    /// }
    /// ```
    ///
    /// # Errors
    /// `invalid_value` when a row does not have one value a feature.
    pub fn scores<R: AsRef<[f64]>>(&self, rows: &[R]) -> Result<Vec<f64>, Error> {
        for row in rows {
            self.check(row.as_ref())?;
        }
        let mut scores = Vec::with_capacity(rows.len());
        match &self.compiled {
            Some(compiled) => compiled.score(rows, &mut scores),
            None => scores.extend(rows.iter().map(|row| self.walk(row.as_ref()))),
        }
        Ok(scores)
    }

    /// Returns what each feature adds to the raw score of a row.
    ///
    /// # Errors
    /// `invalid_value` when the row does not have one value a feature, and
    /// `invalid_model` when the text does not tell how many training rows went where.
    pub fn contributions(&self, row: &[f64]) -> Result<Contributions, Error> {
        self.check(row)?;
        let mut contributions = Contributions { expected: 0.0, features: vec![0.0; row.len()] };
        for (number, tree) in self.trees.iter().enumerate() {
            let counts = tree.counts.as_ref().ok_or_else(|| invalid(format!("contributions need `leaf_count` and `internal_count` above 0 in every tree; tree {number} has none")))?;
            contributions.expected += shap::expected(tree, counts);
            shap::add(tree, counts, row, &mut contributions.features);
        }
        Ok(contributions)
    }

    /// The score of a row, tree by tree.
    fn walk(&self, row: &[f64]) -> f64 {
        self.trees.iter().fold(0.0, |sum, tree| sum + tree.value(row))
    }

    fn check(&self, row: &[f64]) -> Result<(), Error> {
        let (found, expected) = (row.len(), self.feature_names.len());
        if found == expected {
            Ok(())
        } else {
            Err(Error::new(
                ErrorKind::InvalidValue,
                format!("the row has {found} values, and the model {expected} features"),
            ))
        }
    }
}
