//! Experiments and trained rankers behind text doors.

use serde::{Deserialize, Serialize};

use super::{answer, refusal};
use sponsorfit::Error;
use sponsorfit::read;
use sponsorfit_learn::experiment::{Assignment, Experiment};
use sponsorfit_learn::gbm::BoostedTrees;

/// All of the exposed units, in basis points.
const EVERYONE: u16 = 10_000;

fn everyone() -> u16 {
    EVERYONE
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Assign {
    experiment: Definition,
    units: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Definition {
    namespace: String,
    name: String,
    #[serde(default)]
    salt: String,
    #[serde(default = "everyone")]
    exposure_basis_points: u16,
    variants: Vec<Variant>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Variant {
    name: String,
    basis_points: u16,
}

/// Answers which variant each of `units` gets in `experiment`; `null` for those not exposed.
///
/// An experiment is `{namespace, name, salt?, exposure_basis_points?, variants: [{name, basis_points}]}`;
/// what it does with a unit is [`Experiment`]'s business.
///
/// # Examples
/// ```
/// let experiment = r#"{"namespace": "ns", "name": "x",
///     "variants": [{"name": "a", "basis_points": 5000}, {"name": "b", "basis_points": 5000}]}"#;
/// let answer = sponsorfit_wire::assign(&format!(r#"{{"experiment": {experiment}, "units": ["Zoë"]}}"#));
/// assert_eq!(answer, r#"["b"]"#);
/// ```
pub fn assign(request: &str) -> String {
    let Assign { experiment, units } = match read::strict_from_json(request) {
        Ok(request) => request,
        Err(error) => return answer::<()>(&Err(error)),
    };
    let Definition { namespace, name, salt, exposure_basis_points, variants } = experiment;
    let shares: Vec<(&str, u16)> =
        variants.iter().map(|variant| (variant.name.as_str(), variant.basis_points)).collect();
    match Experiment::new(&namespace, &name, &salt, exposure_basis_points, &shares) {
        Ok(experiment) => {
            let variant = |unit: &String| match experiment.assign(unit) {
                Assignment::Variant(name) => Some(name.to_owned()),
                Assignment::NotExposed => None,
            };
            answer(&Ok::<_, Error>(units.iter().map(variant).collect::<Vec<_>>()))
        }
        Err(error) => refusal(&Error::from(error).within("experiment")),
    }
}

/// Answers requests about a trained ranker; rows are numbers, one after the other.
///
/// # Examples
/// ```
/// use sponsorfit_wire::RankerDesk;
///
/// let head = "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx=0\n";
/// let names = "objective=regression\nfeature_names=visitors\n\n";
/// let tree = "Tree=0\nnum_leaves=1\nleaf_value=0.25\n\nend of trees\n";
/// let ranker = RankerDesk::parse(&[head, names, tree].concat())?;
/// assert_eq!(ranker.scores(&[800.0, 900.0])?, [0.25, 0.25]);
/// assert_eq!(
///     ranker.describe(),
///     r#"{"objective":"regression","feature_names":["visitors"],"tree_count":1}"#,
/// );
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct RankerDesk {
    trees: BoostedTrees,
}

impl RankerDesk {
    /// Reads LightGBM's text.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidModel`](sponsorfit::ErrorKind::InvalidModel), which names the line.
    ///
    /// # Examples
    /// ```
    /// let refusal = sponsorfit_wire::RankerDesk::parse("").unwrap_err();
    /// assert_eq!(refusal.code(), "invalid_model");
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        Ok(Self { trees: BoostedTrees::parse(text)? })
    }

    /// Answers what the ranker was trained for, its features' names and how many trees it has.
    ///
    /// # Examples
    /// See [`RankerDesk`].
    pub fn describe(&self) -> String {
        #[derive(Serialize)]
        struct Description<'a> {
            objective: &'a str,
            feature_names: &'a [String],
            tree_count: usize,
        }
        let objective = self.trees.objective().name();
        let (feature_names, tree_count) = (self.trees.feature_names(), self.trees.tree_count());
        answer(&Ok(Description { objective, feature_names, tree_count }))
    }

    /// Returns the raw score of each row.
    ///
    /// # Errors
    /// As [`RankerDesk::parse`]; a row has one number a feature.
    ///
    /// # Examples
    /// See [`RankerDesk`].
    pub fn scores(&self, rows: &[f64]) -> Result<Vec<f64>, Error> {
        let width = self.trees.feature_names().len().max(1);
        // A last row that is too short is refused by the trees, with both numbers.
        let rows: Vec<&[f64]> = rows.chunks(width).collect();
        Ok(self.trees.scores(&rows)?)
    }

    /// Returns what each feature adds to the raw score of a row, behind where the sum begins.
    ///
    /// # Errors
    /// As [`RankerDesk::parse`]; the text must hold the counts of its nodes.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_wire::RankerDesk;
    ///
    /// fn why(ranker: &RankerDesk, row: &[f64]) -> Result<f64, sponsorfit::Error> {
    ///     Ok(ranker.contributions(row)?.iter().sum())
    /// }
    /// ```
    pub fn contributions(&self, row: &[f64]) -> Result<Vec<f64>, Error> {
        let why = self.trees.contributions(row)?;
        Ok(std::iter::once(why.expected).chain(why.features).collect())
    }
}
