//! The rankers that are compared.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Backtest;
use crate::ranker::Ranker;
use sponsorfit::Error;
use sponsorfit::Scorer;
use sponsorfit::{GeoReading, OverlapReading, ScoringConfig};

/// What the row of a trained model is called.
const MODEL: &str = "model";

/// The rule that the others are compared with: the best that needs no score at all.
///
/// # Examples
/// ```
/// use sponsorfit_learn::evaluation::{Contender, RULE_TO_BEAT};
///
/// assert!(Contender::standing()?.iter().any(|contender| contender.name == RULE_TO_BEAT));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub const RULE_TO_BEAT: &str = "country";

/// A ranker with the name of its row.
///
/// # Examples
/// See [`Contender::standing`].
#[derive(Clone, Debug)]
pub struct Contender {
    /// The name of its row.
    pub name: String,
    /// What it does, for people.
    pub what: String,
    /// How it scores.
    pub method: Method,
}

/// How a ranker scores.
///
/// # Examples
/// See [`Contender::of_config`].
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Method {
    /// Not at all: what chance gives.
    Chance,
    /// By the formula.
    Formula(Box<Scorer>),
    /// By how many events a sponsor had sponsored.
    Popularity,
    /// By how many of them in the event's country, then everywhere.
    Country,
    /// As a trained ranker orders what the recommended formula finds.
    Model(Box<Ranker>),
}

/// What decides the order.
///
/// # Examples
/// ```
/// use sponsorfit_learn::evaluation::{ContenderKind, Method};
/// assert_eq!(Method::Popularity.kind(), ContenderKind::Rule);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ContenderKind {
    /// Chance.
    Chance,
    /// The formula, under some configuration.
    Formula,
    /// A single rule.
    Rule,
    /// A trained ranker.
    Model,
}

impl Method {
    /// Returns what decides the order.
    ///
    /// # Examples
    /// See [`ContenderKind`].
    pub fn kind(&self) -> ContenderKind {
        match self {
            Self::Chance => ContenderKind::Chance,
            Self::Formula(_) => ContenderKind::Formula,
            Self::Popularity | Self::Country => ContenderKind::Rule,
            Self::Model(_) => ContenderKind::Model,
        }
    }
}

impl Contender {
    /// Returns those that are in every table: chance, three configurations and two rules.
    ///
    /// # Errors
    /// None in practice: the configurations are the crate's own.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::Contender;
    ///
    /// let names: Vec<String> = Contender::standing()?.into_iter().map(|contender| contender.name).collect();
    /// assert_eq!(names, ["random", "default", "recommended", "readings", "popularity", "country"]);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn standing() -> Result<Vec<Self>, Error> {
        let readings = ScoringConfig {
            overlap_reading: OverlapReading::Reachable,
            geo_reading: GeoReading::AudienceShare,
            ..ScoringConfig::default()
        };
        let rule = |name: &str, what: &str, method| Self { name: name.into(), what: what.into(), method };
        let formula = |name: &str, what: &str, config| -> Result<Self, Error> {
            let scorer = Scorer::new(config)?;
            Ok(Self::of_config(name, what, scorer))
        };
        Ok(vec![
            rule("random", "what chance gives", Method::Chance),
            formula("default", "the published formula", ScoringConfig::default())?,
            formula("recommended", "the formula as `recommended` sets it", ScoringConfig::recommended())?,
            formula("readings", "the formula, reading `reachable` overlap and `audience_share`", readings)?,
            rule("popularity", "how many events a sponsor had sponsored", Method::Popularity),
            rule(RULE_TO_BEAT, "how many of them in the event's country, then anywhere", Method::Country),
        ])
    }

    /// Returns the formula under a configuration.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::{Contender, Method};
    /// use sponsorfit::{Scorer, ScoringConfig};
    ///
    /// let ours = Contender::of_config("ours", "the formula as we set it", Scorer::new(ScoringConfig::default())?);
    /// assert!(matches!(ours.method, Method::Formula(_)));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn of_config(name: impl Into<String>, what: impl Into<String>, scorer: Scorer) -> Self {
        Self { name: name.into(), what: what.into(), method: Method::Formula(Box::new(scorer)) }
    }

    /// Returns a trained ranker. It is called `model`, so that its row can be found.
    ///
    /// # Examples
    /// ```no_run
    /// use sponsorfit_learn::{evaluation::Contender, ranker::Ranker};
    ///
    /// # let text = "";
    /// let contender = Contender::of_model("the trained ranker of May", Ranker::from_text(text)?);
    /// assert_eq!(contender.name, "model");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn of_model(what: impl Into<String>, ranker: Ranker) -> Self {
        Self { name: MODEL.into(), what: what.into(), method: Method::Model(Box::new(ranker)) }
    }

    /// Gives contenders of the same name numbers, so that rows can be told apart.
    ///
    /// The first trained ranker is `model`, whatever configurations are called.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::Contender;
    ///
    /// let mut twice = [Contender::standing()?, Contender::standing()?].concat();
    /// Contender::number_names(&mut twice);
    /// assert_eq!((&*twice[0].name, &*twice[6].name), ("random", "random-2"));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn number_names(contenders: &mut [Self]) {
        let model = contenders.iter().position(|contender| contender.method.kind() == ContenderKind::Model);
        let mut taken: BTreeSet<String> = model.iter().map(|_| MODEL.to_owned()).collect();
        for (at, contender) in contenders.iter_mut().enumerate().filter(|(at, _)| Some(*at) != model) {
            let numbered = (1..).map(|number| match number {
                1 => contender.name.clone(),
                _ => format!("{}-{number}", contender.name),
            });
            let free = numbered.into_iter().find(|name| !taken.contains(name));
            contender.name = free.unwrap_or_else(|| at.to_string());
            taken.insert(contender.name.clone());
        }
    }

    /// Scores every candidate for the event at a position, or nobody where chance decides.
    ///
    /// Who has no score because too little is known stands last, and so does whom a trained
    /// ranker does not consider.
    ///
    /// # Errors
    /// [`ErrorKind::UnknownId`](sponsorfit::ErrorKind::UnknownId) where a trained ranker is asked about
    /// an event that is not among those [`asked`](Backtest::asked) about.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::{Backtest, Contender, Outcomes, TemporalSplit};
    ///
    /// let outcomes = Outcomes::default();
    /// let backtest = Backtest::new(&outcomes, TemporalSplit::new("2025-01-01".parse()?, None)?)?;
    /// assert_eq!(Contender::standing()?[0].scores(&backtest, 0)?, None);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn scores(&self, backtest: &Backtest<'_>, event: usize) -> Result<Option<Vec<f64>>, Error> {
        let Some((event, insights)) = backtest.event(event) else { return Ok(None) };
        let score = |scorer: &Scorer| {
            let sponsors = backtest.candidates().iter();
            let scores = sponsors.map(|sponsor| scorer.score(sponsor, event, insights.as_ref()));
            scores.map(|score| score.map_or(f64::NEG_INFINITY, |score| score.score.get())).collect()
        };
        Ok(match &self.method {
            Method::Chance => None,
            Method::Formula(scorer) => Some(score(scorer)),
            Method::Popularity => Some(backtest.tally().popularity()),
            Method::Country => Some(backtest.tally().country(event)),
            Method::Model(ranker) => Some(backtest.refined(ranker, event)?),
        })
    }
}
