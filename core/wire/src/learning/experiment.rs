//! Experiments: who gets which variant, and what came of it.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, de};
use sponsorfit::{Count, Error, ErrorKind};
use sponsorfit_learn::experiment::{Assignment, Experiment, Observation, Plan};

use super::{answer, of_one_length, request};

/// A share in hundredths of a percent, 0 to 10 000.
///
/// # Examples
/// See [`assign`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BasisPoints(u16);

impl BasisPoints {
    const ALL: Self = Self(10_000);

    fn all() -> Self {
        Self::ALL
    }
}

impl From<BasisPoints> for u16 {
    fn from(share: BasisPoints) -> Self {
        share.0
    }
}

impl<'de> Deserialize<'de> for BasisPoints {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let given = Count::deserialize(deserializer)?.get();
        let share = u16::try_from(given).ok().filter(|share| *share <= Self::ALL.0);
        let refused = || D::Error::invalid_value(de::Unexpected::Unsigned(given), &"in 0..=10000");
        share.map(Self).ok_or_else(refused)
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for BasisPoints {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> std::borrow::Cow<'static, str> {
        "BasisPoints".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({"type": "integer", "minimum": 0, "maximum": 10_000})
    }
}

/// An experiment: who takes part, and which variants there are.
///
/// What it does with a unit is [`Experiment`]'s business.
///
/// # Examples
/// See [`assign`].
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Experiment"))]
#[serde(deny_unknown_fields)]
pub struct ExperimentSpec {
    /// Experiments of one namespace share their exposure.
    #[serde(default)]
    pub namespace: String,
    /// The experiment's name.
    pub name: String,
    /// Another salt is another draw.
    #[serde(default)]
    pub salt: String,
    /// How many units of 10 000 take part; all when it is left out.
    #[serde(default = "BasisPoints::all")]
    pub exposure_basis_points: BasisPoints,
    /// The variants; the first is the control.
    pub variants: Vec<VariantSpec>,
}

/// A variant of an experiment.
///
/// # Examples
/// See [`assign`].
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema), schemars(rename = "Variant"))]
#[serde(deny_unknown_fields)]
pub struct VariantSpec {
    /// Its name.
    pub name: String,
    /// Its share of the units that take part; all shares are 10 000 together.
    pub basis_points: BasisPoints,
}

impl ExperimentSpec {
    fn experiment(&self) -> Result<Experiment, Error> {
        let Self { namespace, name, salt, exposure_basis_points, variants } = self;
        let shares: Vec<(&str, u16)> =
            variants.iter().map(|variant| (variant.name.as_str(), variant.basis_points.0)).collect();
        Experiment::new(namespace, name, salt, exposure_basis_points.0, &shares)
            .map_err(|error| error.within("experiment"))
    }
}

request! {
    /// Units, and the experiment that deals with them.
    ///
    /// # Examples
    /// See [`assign`].
    Assign {
        /// The experiment.
        experiment: ExperimentSpec,
        /// The names of units.
        units: Vec<String>,
    }
}

/// Returns which variant each unit gets; `None` for those that take no part.
///
/// # Errors
/// What is wrong with the experiment, at `experiment`.
///
/// # Examples
/// ```
/// let request = r#"{"experiment": {"namespace": "ns", "name": "x",
///     "variants": [{"name": "a", "basis_points": 5000}, {"name": "b", "basis_points": 5000}]},
///     "units": ["Zoë"]}"#;
/// assert_eq!(sponsorfit_wire::ask("assign", request), r#"["b"]"#);
/// ```
pub fn assign(request: Assign) -> Result<Vec<Option<String>>, Error> {
    let experiment = request.experiment.experiment()?;
    let variant = |unit: &String| match experiment.assign(unit) {
        Assignment::Variant(name) => Some(name.to_owned()),
        Assignment::NotExposed => None,
    };
    Ok(request.units.iter().map(variant).collect())
}

request! {
    /// A unit of an experiment.
    ///
    /// # Examples
    /// See [`seed`].
    Seed {
        /// The experiment.
        experiment: ExperimentSpec,
        /// The unit's name.
        unit: String,
    }
}

/// Returns the seed of a unit's own draws, in digits: JSON's numbers would round it.
///
/// # Errors
/// As [`assign`].
///
/// # Examples
/// ```
/// let request = r#"{"experiment": {"name": "x", "variants": [{"name": "a", "basis_points": 10000}]},
///     "unit": "Zoë"}"#;
/// assert!(sponsorfit_wire::ask("seed", request).len() > 10);
/// ```
pub fn seed(request: Seed) -> Result<String, Error> {
    Ok(request.experiment.experiment()?.seed(&request.unit).to_string())
}

request! {
    /// What came of an experiment so far.
    ///
    /// # Examples
    /// See [`read_out`].
    Read {
        /// The experiment.
        experiment: ExperimentSpec,
        /// The variant of each unit.
        variants: Vec<String>,
        /// What is compared of each unit: 1 or 0 for accepted or not, an amount, a count.
        outcomes: Vec<f64>,
        /// Something known of each unit beforehand that goes with the outcome; null is unknown.
        #[serde(default)]
        before: Option<Vec<Option<f64>>>,
        /// How often a read-out may be wrong about some variant, in all its looks together.
        #[serde(default = "five_percent")]
        alpha: f64,
        /// Units of a variant and the control at which intervals are narrowest; all that are there when
        /// it is left out.
        #[serde(default)]
        horizon: Option<Count>,
        /// Below this p-value of the sizes nothing is read.
        #[serde(default = "one_in_a_thousand")]
        sample_ratio_alpha: f64,
    }
}

pub(super) fn five_percent() -> f64 {
    0.05
}

fn one_in_a_thousand() -> f64 {
    0.001
}

answer! {
    /// What an experiment says so far. It may be looked at as often as you like.
    ///
    /// # Examples
    /// See [`read_out`].
    ReadOut {
        /// The statistic of the test that the variants keep their shares.
        statistic: f64,
        /// The p-value of that test.
        p_value: f64,
        /// Every variant but the control, against the control.
        comparisons: Vec<VariantDifference>,
    }
}

answer! {
    /// A variant against the control, the first variant.
    ///
    /// # Examples
    /// See [`read_out`].
    VariantDifference {
        /// The variant's name.
        variant: String,
        /// Mean outcome minus the control's.
        estimate: f64,
        /// The lower end of its always-valid interval.
        lower: f64,
        /// The upper end.
        upper: f64,
        /// The variance that was left after what was known beforehand, 0 to 1; null without that.
        variance_left: Option<f64>,
    }
}

/// Compares each variant with the first, or says why that cannot be trusted.
///
/// # Errors
/// [`ErrorKind::SampleRatioMismatch`], [`ErrorKind::TooFewOutcomes`], and what is wrong with the request.
///
/// # Examples
/// ```
/// let variants: Vec<&str> = (0..400).map(|unit| if unit % 2 == 0 { "a" } else { "b" }).collect();
/// let outcomes: Vec<u32> = (0..400).map(|unit| u32::from(unit % 8 < 3)).collect();
/// let request = format!(
///     r#"{{"experiment": {{"name": "x", "variants":
///          [{{"name": "a", "basis_points": 5000}}, {{"name": "b", "basis_points": 5000}}]}},
///          "variants": {variants:?}, "outcomes": {outcomes:?}}}"#
/// );
/// let answer = sponsorfit_wire::ask("read_out", &request);
/// assert!(answer.contains(r#""comparisons":[{"variant":"b","estimate":-0.25"#), "{answer}");
/// ```
pub fn read_out(request: Read) -> Result<ReadOut, Error> {
    let Read { variants, outcomes, before, alpha, horizon, sample_ratio_alpha, .. } = &request;
    let experiment = request.experiment.experiment()?;
    let counted = outcomes.len();
    of_one_length([("outcomes", counted), ("variants", variants.len())])?;
    of_one_length([("outcomes", counted), ("before", before.as_ref().map_or(counted, Vec::len))])?;
    let before = before.iter().flatten().copied().chain(std::iter::repeat(None));
    let seen = variants.iter().zip(outcomes).zip(before).enumerate();
    let observation = |(at, ((name, outcome), before)): (usize, ((&String, &f64), Option<f64>))| {
        let variant = experiment.variants().iter().position(|variant| variant.name == *name);
        let variant = variant.ok_or_else(|| {
            let message = format!("no variant has the name `{name}`");
            Error::new(ErrorKind::UnknownId, message).at(at).within("variants")
        })?;
        Ok(Observation { variant, outcome: *outcome, before })
    };
    let observations = seen.map(observation).collect::<Result<Vec<_>, Error>>()?;
    let horizon = horizon.map_or(counted.max(1) as u64, Count::get);
    let plan = Plan { alpha: *alpha, horizon, sample_ratio_alpha: *sample_ratio_alpha };
    let read = experiment.read_out(&observations, plan)?;
    let comparisons = read.comparisons.into_iter().map(|one| VariantDifference {
        variant: one.variant,
        estimate: one.difference.estimate,
        lower: one.difference.lower,
        upper: one.difference.upper,
        variance_left: one.variance_left,
    });
    Ok(ReadOut {
        statistic: read.sample_ratio.statistic,
        p_value: read.sample_ratio.p_value,
        comparisons: comparisons.collect(),
    })
}
