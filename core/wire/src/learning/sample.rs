//! Single tests and intervals of experiments, and two rankings on one page.

use sponsorfit::{Count, Error};
use sponsorfit_learn::experiment::{self, Interval, Logged, OffPolicy, SampleRatio, Team};

use super::experiment::five_percent;
use super::{answer, of_one_length, request, size};

request! {
    /// How many units each variant has, and was promised.
    ///
    /// # Examples
    /// See [`sample_ratio`].
    SampleSizes {
        /// The units of each variant.
        observed: Vec<Count>,
        /// The share of each variant; all shares are 10 000 together.
        basis_points: Vec<super::BasisPoints>,
    }
}

/// Returns whether variants have the sizes they were promised: a statistic and its p-value.
///
/// # Errors
/// [`TooFewOutcomes`](sponsorfit::ErrorKind::TooFewOutcomes), and what is wrong with the shares.
///
/// # Examples
/// ```
/// let answer = sponsorfit_wire::ask(
///     "sample_ratio",
///     r#"{"observed": [500, 500], "basis_points": [5000, 5000]}"#,
/// );
/// assert_eq!(answer, r#"{"statistic":0.0,"p_value":1.0}"#);
/// ```
pub fn sample_ratio(request: SampleSizes) -> Result<SampleRatio, Error> {
    let observed: Vec<u64> = request.observed.into_iter().map(Count::get).collect();
    let shares: Vec<u16> = request.basis_points.into_iter().map(u16::from).collect();
    experiment::sample_ratio(&observed, &shares)
}

request! {
    /// A sample that is looked at as often as one likes.
    ///
    /// # Examples
    /// See [`confidence_sequence`].
    SequenceOf {
        /// The values.
        values: Vec<f64>,
        /// How often the interval may be wrong, in all its looks together.
        #[serde(default = "five_percent")]
        alpha: f64,
        /// How many values make the interval narrowest; all that are there when it is left out.
        #[serde(default)]
        horizon: Option<Count>,
    }
}

/// Returns a mean with an interval that stays valid however often one looks.
///
/// # Errors
/// [`TooFewOutcomes`](sponsorfit::ErrorKind::TooFewOutcomes) for fewer than 100 values, or values that
/// are all the same.
///
/// # Examples
/// ```
/// let values: Vec<u32> = (0..200).map(|place| place % 2).collect();
/// let answer = sponsorfit_wire::ask("confidence_sequence", &format!(r#"{{"values": {values:?}}}"#));
/// assert!(answer.starts_with(r#"{"estimate":0.5,"lower":0."#), "{answer}");
/// ```
pub fn confidence_sequence(request: SequenceOf) -> Result<Interval, Error> {
    let SequenceOf { values, alpha, horizon } = request;
    let horizon = horizon.map_or(values.len().max(1) as u64, Count::get);
    experiment::confidence_sequence(&values, alpha, horizon)
}

request! {
    /// Two samples that are compared as often as one likes.
    ///
    /// # Examples
    /// See [`difference`].
    DifferenceOf {
        /// The values with the change.
        treated: Vec<f64>,
        /// The values without.
        control: Vec<f64>,
        /// How often the interval may be wrong, in all its looks together.
        #[serde(default = "five_percent")]
        alpha: f64,
        /// How many values of both make the interval narrowest; all that are there when it is left out.
        #[serde(default)]
        horizon: Option<Count>,
    }
}

/// Returns the difference of two means with an interval that stays valid however often one looks.
///
/// # Errors
/// As [`confidence_sequence`].
///
/// # Examples
/// ```
/// let [treated, control] = [2, 4].map(|every| (0..200).map(|at| u32::from(at % every == 0)).collect::<Vec<_>>());
/// let request = format!(r#"{{"treated": {treated:?}, "control": {control:?}}}"#);
/// assert!(sponsorfit_wire::ask("difference", &request).starts_with(r#"{"estimate":0.25,"#));
/// ```
pub fn difference(request: DifferenceOf) -> Result<Interval, Error> {
    let DifferenceOf { treated, control, alpha, horizon } = request;
    let horizon = horizon.map_or((treated.len() + control.len()).max(1) as u64, Count::get);
    experiment::difference(&treated, &control, alpha, horizon)
}

request! {
    /// Outcomes, and what was known of their units beforehand.
    ///
    /// # Examples
    /// See [`cuped`].
    CupedColumns {
        /// The outcome of each unit.
        outcomes: Vec<f64>,
        /// What was known of it.
        before: Vec<f64>,
    }
}

answer! {
    /// Outcomes with less variance and the same mean.
    ///
    /// # Examples
    /// See [`cuped`].
    Cuped {
        /// What one more of what was known beforehand goes with.
        theta: f64,
        /// The outcome of each unit, adjusted.
        adjusted: Vec<f64>,
        /// The share of the variance that is left, 0 to 1.
        variance_left: f64,
    }
}

/// Returns outcomes adjusted by what was known beforehand: their mean stays, their variance shrinks.
///
/// # Errors
/// What is wrong with the columns.
///
/// # Examples
/// ```
/// let answer = sponsorfit_wire::ask("cuped", r#"{"outcomes": [1, 2, 3], "before": [1, 2, 3]}"#);
/// assert_eq!(answer, r#"{"theta":1.0,"adjusted":[2.0,2.0,2.0],"variance_left":0.0}"#);
/// ```
pub fn cuped(request: CupedColumns) -> Result<Cuped, Error> {
    let experiment::Cuped { theta, adjusted, variance_left } =
        experiment::cuped(&request.outcomes, &request.before)?;
    Ok(Cuped { theta, adjusted, variance_left })
}

request! {
    /// The log of one ranking, and what another would have done.
    ///
    /// # Examples
    /// See [`off_policy`].
    LoggedColumns {
        /// What each row that was shown brought.
        rewards: Vec<f64>,
        /// How probable it was that the row was shown, above 0 and at most 1.
        propensities: Vec<f64>,
        /// How probable the other ranking would have made it, 0 to 1.
        targets: Vec<f64>,
        /// How often the interval may be wrong.
        #[serde(default = "five_percent")]
        alpha: f64,
    }
}

/// Returns what another ranking would have earned, from the log of this one.
///
/// # Errors
/// [`TooFewOutcomes`](sponsorfit::ErrorKind::TooFewOutcomes) where the other ranking would have shown
/// nothing of the log, and what is wrong with the columns.
///
/// # Examples
/// ```
/// let request = r#"{"rewards": [1, 0], "propensities": [0.5, 0.5], "targets": [1, 0]}"#;
/// let answer = sponsorfit_wire::ask("off_policy", request);
/// assert!(answer.starts_with(r#"{"reward":{"estimate":1.0,"#), "{answer}");
/// ```
pub fn off_policy(request: LoggedColumns) -> Result<OffPolicy, Error> {
    let LoggedColumns { rewards, propensities, targets, alpha } = request;
    of_one_length([
        ("rewards", rewards.len()),
        ("propensities", propensities.len()),
        ("targets", targets.len()),
    ])?;
    let rows = rewards.into_iter().zip(propensities).zip(targets);
    let log: Vec<Logged> =
        rows.map(|((reward, propensity), target)| Logged { reward, propensity, target }).collect();
    experiment::off_policy(&log, alpha)
}

request! {
    /// Two rankings, and the page that shows both.
    ///
    /// # Examples
    /// See [`team_draft`].
    TeamDraft {
        /// One ranking, best first.
        a: Vec<String>,
        /// The other.
        b: Vec<String>,
        /// How many places the page has.
        length: Count,
        /// The seed of the draws: of one page always the same.
        #[serde(default)]
        seed: Count,
    }
}

answer! {
    /// A place of a page that two rankings share.
    ///
    /// # Examples
    /// See [`team_draft`].
    PagePlace {
        /// What stands there.
        item: String,
        /// Whose it is: the ranking from which people choose more is the better one.
        team: Team,
    }
}

/// Returns the page on which two rankings take turns.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// let answer = sponsorfit_wire::ask("team_draft", r#"{"a": ["x", "y"], "b": ["y", "x"], "length": 2, "seed": 7}"#);
/// assert!(answer.contains(r#""team":"a""#) && answer.contains(r#""team":"b""#), "{answer}");
/// ```
pub fn team_draft(request: TeamDraft) -> Result<Vec<PagePlace>, Error> {
    let TeamDraft { a, b, length, seed } = request;
    let page = experiment::team_draft(&a, &b, size(length), seed.get());
    Ok(page.items.into_iter().map(|(item, team)| PagePlace { item, team }).collect())
}
