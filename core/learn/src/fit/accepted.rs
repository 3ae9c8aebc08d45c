//! What a match's score means, once scores are calibrated.

use sponsorfit::{MatchScore, UnitInterval};

use super::Calibration;

impl Calibration {
    /// Returns the probability that a match is accepted.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::fit::Calibration;
    /// # use sponsorfit::MatchScore;
    /// fn describe(calibration: &Calibration, found: &MatchScore) -> String {
    ///     format!("{:.0} in 100 are accepted", 100.0 * calibration.of_match(found).get())
    /// }
    /// ```
    pub fn of_match(&self, found: &MatchScore) -> UnitInterval {
        UnitInterval::clamped(self.probability(found.score.get()))
    }
}
