//! What an experiment says, with its guards.
#![allow(
    clippy::indexing_slicing,
    reason = "variants are checked against their number before anything is counted"
)]

use super::error::check_alpha;
use super::{Experiment, Interval, SampleRatio, cuped, difference, sample_ratio};
use sponsorfit::{Error, ErrorKind};

/// One exposed unit: which variant it had and what came of it.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::Observation;
/// let accepted = Observation { variant: 1, outcome: 1.0, before: Some(0.2) };
/// assert_eq!(accepted.variant, 1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Number of the variant, in the order of the experiment.
    pub variant: usize,
    /// What is compared, finite: 1 or 0 for accepted or not, an amount, a count.
    pub outcome: f64,
    /// Something known of the unit before the experiment that goes with the outcome.
    pub before: Option<f64>,
}

/// What was decided before looking at the data.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::Plan;
/// let plan = Plan { alpha: 0.05, horizon: 10_000, sample_ratio_alpha: 0.001 };
/// assert_eq!(plan.horizon, 10_000);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// How often a read-out may be wrong about some variant, in all its looks together.
    pub alpha: f64,
    /// Units of a variant and the control at which the intervals are narrowest.
    pub horizon: u64,
    /// Below this p-value of the sizes nothing is read; 0.001 is usual.
    pub sample_ratio_alpha: f64,
}

/// A variant against the control.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::{Comparison, Interval};
/// let difference = Interval { estimate: 0.02, lower: 0.004, upper: 0.036 };
/// let better = Comparison { variant: "new".into(), difference, variance_left: Some(0.7) };
/// assert!(better.difference.lower > 0.0);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The variant's name.
    pub variant: String,
    /// Mean outcome minus the control's.
    pub difference: Interval,
    /// The variance that was left after the covariate, 0..=1; `None` when some unit had none.
    pub variance_left: Option<f64>,
}

/// What an experiment says.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::{ReadOut, SampleRatio};
/// let sample_ratio = SampleRatio { statistic: 0.1, p_value: 0.75 };
/// let nothing_to_compare = ReadOut { sample_ratio, comparisons: vec![] };
/// assert!(nothing_to_compare.comparisons.is_empty());
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ReadOut {
    /// How well the variants keep their shares.
    pub sample_ratio: SampleRatio,
    /// Every variant but the control, which is the first.
    pub comparisons: Vec<Comparison>,
}

impl Experiment {
    /// Compares each variant with the first, or says why that cannot be trusted.
    ///
    /// The sizes of the variants are tested first, and a mismatch blocks everything else.
    /// Then each difference is an always-valid interval at `alpha` divided by the number of
    /// comparisons (Bonferroni), after [`cuped`] when every unit has a `before`.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::experiment::{Experiment, Observation, Plan};
    /// let experiment = Experiment::new("ns", "x", "", 10_000, &[("now", 5_000), ("new", 5_000)])?;
    /// let seen: Vec<Observation> = (0..4_000)
    ///     .map(|i| Observation { variant: i % 2, outcome: f64::from(i % 3 == i % 2), before: None })
    ///     .collect();
    /// let plan = Plan { alpha: 0.05, horizon: 4_000, sample_ratio_alpha: 0.001 };
    /// let read_out = experiment.read_out(&seen, plan)?;
    /// assert_eq!(read_out.comparisons[0].variant, "new");
    /// assert!(read_out.comparisons[0].difference.contains(0.0));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    ///
    /// # Errors
    /// `sample_ratio_mismatch` when the sizes are wrong, and the errors of
    /// [`sample_ratio`], [`cuped`] and [`difference`].
    pub fn read_out(&self, observations: &[Observation], plan: Plan) -> Result<ReadOut, Error> {
        check_alpha(plan.alpha)?;
        check_alpha(plan.sample_ratio_alpha)?;
        let sample_ratio = self.check_sizes(observations, plan.sample_ratio_alpha)?;
        let outcomes: Vec<f64> = observations.iter().map(|seen| seen.outcome).collect();
        let before: Option<Vec<f64>> = observations.iter().map(|seen| seen.before).collect();
        let (outcomes, variance_left) = match before {
            None => (outcomes, None),
            Some(before) => {
                let cuped = cuped(&outcomes, &before)?;
                (cuped.adjusted, Some(cuped.variance_left))
            }
        };
        let mut by_variant = vec![vec![]; self.variants().len()];
        for (seen, outcome) in observations.iter().zip(outcomes) {
            by_variant[seen.variant].push(outcome);
        }
        let alpha = plan.alpha / (by_variant.len().max(2) - 1) as f64;
        let compare = |(treated, variant): (&Vec<f64>, &super::Variant)| {
            Ok(Comparison {
                variant: variant.name.clone(),
                difference: difference(treated, &by_variant[0], alpha, plan.horizon)?,
                variance_left,
            })
        };
        let others = by_variant.iter().zip(self.variants()).skip(1);
        // A variant that nobody was to get has nothing to say.
        let others = others.filter(|(_, variant)| variant.basis_points > 0);
        Ok(ReadOut { sample_ratio, comparisons: others.map(compare).collect::<Result<_, Error>>()? })
    }

    fn check_sizes(&self, observations: &[Observation], alpha: f64) -> Result<SampleRatio, Error> {
        let variants = self.variants().len();
        let mut observed = vec![0; variants];
        for (position, seen) in observations.iter().enumerate() {
            let Some(count) = observed.get_mut(seen.variant) else {
                return Err(Error::new(
                    ErrorKind::UnknownId,
                    format!("{} is not in 0..{variants}", seen.variant),
                )
                .within("variant")
                .at(position));
            };
            *count += 1;
        }
        let shares: Vec<u16> = self.variants().iter().map(|variant| variant.basis_points).collect();
        let sample_ratio = sample_ratio(&observed, &shares)?;
        if sample_ratio.p_value < alpha {
            let p_value = sample_ratio.p_value;
            return Err(Error::new(
                ErrorKind::SampleRatioMismatch,
                format!(
                    "sample ratio mismatch: counts {observed:?} for shares {shares:?} have p = {p_value:e}"
                ),
            ));
        }
        Ok(sample_ratio)
    }
}
