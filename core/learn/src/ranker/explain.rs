//! Why a candidate stands where it does, for people who have never heard of trees.

use serde::Serialize;
use sponsorfit::{Error, Explanation, Scorer};

use super::Ranker;
use super::story::Story;
use crate::features::{EventFacts, Feature, Features, SponsorFacts, Theme};

/// A contribution below this share of all contributions hardly matters.
const HARDLY: f64 = 0.02;
/// One below this share matters a little.
const LITTLE: f64 = 0.1;

/// What something does to a candidate's place.
///
/// # Examples
/// ```
/// use sponsorfit_learn::ranker::Effect;
/// assert_eq!(Effect::RaisesMost.in_words(), "raises it most");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Effect {
    /// Nothing raises it more.
    RaisesMost,
    /// It raises it.
    Raises,
    /// It raises it a little.
    RaisesALittle,
    /// It makes next to no difference.
    HardlyMatters,
    /// It lowers it a little.
    LowersALittle,
    /// It lowers it.
    Lowers,
    /// Nothing lowers it more.
    LowersMost,
}

impl Effect {
    /// Returns the effect as the end of a sentence.
    pub const fn in_words(self) -> &'static str {
        match self {
            Self::RaisesMost => "raises it most",
            Self::Raises => "raises it",
            Self::RaisesALittle => "raises it a little",
            Self::HardlyMatters => "hardly matters",
            Self::LowersALittle => "lowers it a little",
            Self::Lowers => "lowers it",
            Self::LowersMost => "lowers it most",
        }
    }
}

/// What everything about one theme adds to a candidate's place.
///
/// # Examples
/// ```
/// use sponsorfit_learn::ranker::ThemeContribution;
/// fn print(theme: &ThemeContribution) {
///     println!("{:+.2}  {}", theme.contribution, theme.text);
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ThemeContribution {
    /// What it is about.
    pub theme: Theme,
    /// The sum of its features' contributions.
    pub contribution: f64,
    /// What that does to the candidate's place, beside the other themes.
    pub effect: Effect,
    /// The facts and the effect in one sentence: `Sponsored this series 3 times, most recently
    /// in 2024: raises it most.`
    pub text: String,
}

/// What one feature adds to a candidate's place.
///
/// # Examples
/// ```
/// use sponsorfit_learn::ranker::FeatureContribution;
/// fn print(feature: &FeatureContribution) {
///     println!("{:+.2}  {}", feature.contribution, feature.text);
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FeatureContribution {
    /// The feature, written by its name.
    pub feature: Feature,
    /// Its value, `None` where nothing is known.
    pub value: Option<f64>,
    /// What it adds, in the model's own unit.
    pub contribution: f64,
    /// The value in words.
    pub text: String,
}

/// A match with the formula's reasons and with those of the ranker.
///
/// `expected` and the contributions of all features sum to `refinement` up to rounding; so
/// do those of the themes. They are exact Shapley values: what each fact adds, averaged over
/// all orders in which the facts could become known.
///
/// # Examples
/// ```
/// use sponsorfit_learn::ranker::RefinedExplanation;
/// fn print(why: &RefinedExplanation) {
///     println!("{}", why.summary);
///     why.themes.iter().for_each(|theme| println!("- {}", theme.text));
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct RefinedExplanation {
    /// What the formula says, with its own rows.
    pub formula: Explanation,
    /// The model's raw score: higher comes first, and only differences mean something.
    pub refinement: f64,
    /// The mean refinement of the candidates the model was trained on.
    pub expected: f64,
    /// The whole in two sentences.
    pub summary: String,
    /// What speaks for and against the candidate, by theme, what matters most first.
    pub themes: Vec<ThemeContribution>,
    /// The same feature by feature, what matters most first.
    pub features: Vec<FeatureContribution>,
}

impl Ranker {
    /// Explains a pair: the formula's score, and what each feature adds to its place.
    ///
    /// # Errors
    /// [`ErrorKind::InsufficientData`](sponsorfit::ErrorKind::InsufficientData) when the formula has no
    /// score, and [`ErrorKind::InvalidModel`](sponsorfit::ErrorKind::InvalidModel) when the model's text
    /// does not tell how many training rows went where.
    ///
    /// # Examples
    /// See [`ranker`](crate::ranker).
    pub fn explain(
        &self,
        scorer: &Scorer,
        features: &Features,
        sponsor: &SponsorFacts<'_>,
        event: &EventFacts<'_>,
    ) -> Result<RefinedExplanation, Error> {
        let formula = scorer.explain(sponsor.profile(), event.event(), event.insights())?;
        let row = features.row(sponsor, event);
        let own: Vec<f64> = self.own(&row).collect();
        let refinement = self.model.score(&own)?;
        let contributions = self.model.contributions(&own)?;
        let parts = self.features.iter().zip(&own).zip(&contributions.features);
        let mut parts: Vec<FeatureContribution> = parts
            .map(|((feature, value), contribution)| FeatureContribution {
                feature: *feature,
                value: Some(*value).filter(|value| !value.is_nan()),
                contribution: *contribution,
                text: feature.in_words(*value),
            })
            .collect();
        let story = Story { features, sponsor, event, row: &row };
        let themes = themes(&parts, &story);
        // What is equal keeps the model's order.
        parts.sort_by(|a, b| b.contribution.abs().total_cmp(&a.contribution.abs()));
        let expected = contributions.expected;
        let gain: f64 = themes.iter().map(|theme| theme.contribution).sum();
        let decisive = themes.iter().find(|theme| theme.contribution * gain > 0.0);
        let decisive = decisive.map(|theme| story.clause(theme.theme));
        let summary = summary(formula.score.score.get(), gain, decisive);
        Ok(RefinedExplanation { formula, refinement, expected, summary, themes, features: parts })
    }
}

/// Sums contributions by theme, what matters most first.
fn themes(parts: &[FeatureContribution], story: &Story<'_>) -> Vec<ThemeContribution> {
    let mut sums: std::collections::BTreeMap<Theme, f64> = std::collections::BTreeMap::new();
    for part in parts {
        *sums.entry(part.feature.theme()).or_default() += part.contribution;
    }
    let mut sums: Vec<(Theme, f64)> = sums.into_iter().collect();
    sums.sort_by(|(_, a), (_, b)| b.abs().total_cmp(&a.abs()));
    let all: f64 = sums.iter().map(|(_, sum)| sum.abs()).sum();
    let (mut is_raised, mut is_lowered) = (false, false);
    let told = sums.into_iter().map(|(theme, contribution)| {
        let is_first =
            !std::mem::replace(if contribution > 0.0 { &mut is_raised } else { &mut is_lowered }, true);
        let effect = effect(contribution, contribution.abs() / all, is_first);
        let text = sentence(&story.clause(theme), effect);
        ThemeContribution { theme, contribution, effect, text }
    });
    told.collect()
}

/// Names what a contribution does, by its share of all; the first of its sign is the largest.
fn effect(contribution: f64, share: f64, is_first: bool) -> Effect {
    match (contribution > 0.0, is_first) {
        _ if share.is_nan() || share < HARDLY => Effect::HardlyMatters,
        (true, true) => Effect::RaisesMost,
        (false, true) => Effect::LowersMost,
        (true, false) if share < LITTLE => Effect::RaisesALittle,
        (false, false) if share < LITTLE => Effect::LowersALittle,
        (true, false) => Effect::Raises,
        (false, false) => Effect::Lowers,
    }
}

fn sentence(clause: &str, effect: Effect) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map_or_else(String::new, |letter| letter.to_uppercase().collect());
    format!("{first}{}: {}.", letters.as_str(), effect.in_words())
}

fn summary(score: f64, gain: f64, decisive: Option<String>) -> String {
    let formula = format!("The formula gives {score:.2}.");
    let Some(clause) = decisive else {
        return format!("{formula} What came of earlier proposals says nothing more.");
    };
    let side = if gain > 0.0 { "for" } else { "against" };
    let subject = if clause.starts_with("the ") || clause.starts_with("nobody ") { "" } else { "it " };
    format!("{formula} What came of earlier proposals speaks {side} it, above all that {subject}{clause}.")
}
