//! Reasons in the order of what they weigh.

use sponsorfit::{Explanation, Reason, Verdict};

/// Returns the reasons of one verdict, the strongest first: what speaks for a match by what
/// it adds, everything else by what it could still add.
pub(crate) fn strongest(why: &Explanation, verdict: Verdict) -> Vec<&Reason> {
    let mut reasons: Vec<&Reason> = why.reasons.iter().filter(|reason| reason.verdict == verdict).collect();
    let strength = |reason: &Reason| if verdict == Verdict::For { reason.points } else { reason.lost };
    reasons.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    reasons
}
