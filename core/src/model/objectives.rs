//! What a sponsor or an event wants to achieve, in words.

use serde::{Deserialize, Serialize};

use super::label::LabelSet;
use crate::small::sort;

/// Keywords and goals of a brand or an event.
///
/// # Examples
/// ```
/// use sponsorfit::Objectives;
///
/// let objectives = Objectives {
///     keywords: ["zero-waste", "Vinyl"].into_iter().collect(),
///     goals: ["reach vinyl collectors"].into_iter().collect(),
/// };
/// assert_eq!(objectives.tokens(), ["collectors", "reach", "vinyl", "waste", "zero"]);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Objectives {
    /// Single words or short phrases.
    pub keywords: LabelSet,
    /// What is to be achieved.
    pub goals: LabelSet,
}

impl Objectives {
    /// Returns the distinct words of all keywords and goals in byte order.
    ///
    /// Label keys are split at everything that is not alphanumeric.
    ///
    /// # Examples
    /// ```
    /// assert!(sponsorfit::Objectives::default().tokens().is_empty());
    /// ```
    pub fn tokens(&self) -> Vec<&str> {
        let mut tokens: Vec<&str> = self
            .keywords
            .iter()
            .chain(&self.goals)
            .flat_map(|label| label.key().split(|c: char| !c.is_alphanumeric()))
            .filter(|token| !token.is_empty())
            .collect();
        sort::stable(&mut tokens, Ord::cmp);
        tokens.dedup();
        tokens
    }
}
