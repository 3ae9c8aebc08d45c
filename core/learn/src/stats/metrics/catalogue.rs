//! What all lists together do to the catalogue: who is ever shown, and how evenly.

use sponsorfit::{Error, ErrorKind};

/// Returns the share of the catalogue that is among the first `k` of some list, 0..=1.
///
/// Items are numbered 0..`catalogue`. A good ranker that shows the same ten sponsors to
/// every event is bad for everyone else; this is the number that says so (Ge et al.,
/// *Beyond Accuracy*, 2010). `None` for an empty catalogue.
///
/// # Examples
/// ```
/// use sponsorfit_learn::metrics::catalogue_coverage;
/// let lists = [vec![0, 1, 2], vec![0, 2, 3]];
/// assert_eq!(catalogue_coverage(&lists, 5, 2)?, Some(0.6));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
///
/// # Errors
/// `unknown_id` when a list holds a number outside the catalogue.
pub fn catalogue_coverage(lists: &[Vec<usize>], catalogue: usize, k: usize) -> Result<Option<f64>, Error> {
    let shown = exposures(lists, catalogue, k)?.iter().filter(|&&times| times > 0).count();
    Ok((catalogue > 0).then(|| shown as f64 / catalogue as f64))
}

/// Returns the Gini coefficient of how often each item is among the first `k`, 0 ≤ g < 1.
///
/// 0: all items are shown equally often; towards 1: one item takes it all. Exposure is a
/// count, the same at every rank up to `k`, and items that are never shown count as 0.
/// With x sorted ascending, i = 1..=n: g = Σ (2i − n − 1)·xᵢ / (n·Σ xᵢ), the population
/// form (one item takes it all: 1 − 1/n). `None` when nothing is shown.
///
/// # Examples
/// ```
/// use sponsorfit_learn::metrics::exposure_gini;
/// assert_eq!(exposure_gini(&[vec![0, 1], vec![2, 3]], 4, 2)?, Some(0.0));
/// assert_eq!(exposure_gini(&[vec![0], vec![0]], 4, 2)?, Some(0.75));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
///
/// # Errors
/// `unknown_id` when a list holds a number outside the catalogue.
pub fn exposure_gini(lists: &[Vec<usize>], catalogue: usize, k: usize) -> Result<Option<f64>, Error> {
    let mut times = exposures(lists, catalogue, k)?;
    times.sort_unstable();
    let items = i128::try_from(times.len()).unwrap_or(i128::MAX);
    let (mut total, mut skew) = (0_i128, 0_i128);
    for (rank, &times) in (1_i128..).zip(&times) {
        total += i128::from(times);
        skew += (2 * rank - items - 1) * i128::from(times);
    }
    Ok((total > 0).then(|| skew as f64 / (items * total) as f64))
}

/// How often each item is among the first `k` of a list.
fn exposures(lists: &[Vec<usize>], catalogue: usize, k: usize) -> Result<Vec<u64>, Error> {
    let mut times = vec![0_u64; catalogue];
    for &item in lists.iter().flat_map(|list| list.iter().take(k)) {
        let times = times.get_mut(item).ok_or_else(|| {
            Error::new(
                ErrorKind::UnknownId,
                format!("item {item} is not in the catalogue of {catalogue} items"),
            )
        })?;
        *times += 1;
    }
    Ok(times)
}
