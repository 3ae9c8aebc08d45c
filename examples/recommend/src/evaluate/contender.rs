//! The rankers that are compared.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Serialize;
use sponsorfit::{GeoReading, OverlapReading, Scorer, ScoringConfig};
use sponsorfit_learn::ranker::Ranker;

use super::{RULE_TO_BEAT, World};
use crate::failure::Failure;

/// What the row of a trained model is called.
const MODEL: &str = "model";

/// A ranker with the name of its row.
pub(crate) struct Contender {
    pub(crate) name: String,
    /// What it does, for people.
    pub(crate) what: String,
    pub(crate) method: Method,
}

/// How a ranker scores.
pub(crate) enum Method {
    /// Not at all: what chance gives.
    Chance,
    Formula(Box<Scorer>),
    /// How many events a sponsor had sponsored.
    Popularity,
    /// How many of them in the event's country, then everywhere.
    Country,
    Model(Box<Ranker>),
}

/// What decides the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Kind {
    Chance,
    Formula,
    Rule,
    Model,
}

impl Method {
    pub(crate) fn kind(&self) -> Kind {
        match self {
            Self::Chance => Kind::Chance,
            Self::Formula(_) => Kind::Formula,
            Self::Popularity | Self::Country => Kind::Rule,
            Self::Model(_) => Kind::Model,
        }
    }
}

impl Contender {
    /// Returns those that are in every table.
    pub(crate) fn standing() -> Result<Vec<Self>, Failure> {
        let readings = ScoringConfig {
            overlap_reading: OverlapReading::Reachable,
            geo_reading: GeoReading::AudienceShare,
            ..ScoringConfig::default()
        };
        let rule = |name: &str, what: &str, method| Self { name: name.into(), what: what.into(), method };
        Ok(vec![
            rule("random", "what chance gives", Method::Chance),
            Self::formula("default", "the published formula", ScoringConfig::default())?,
            Self::formula(
                "recommended",
                "the formula as `recommended` sets it",
                ScoringConfig::recommended(),
            )?,
            Self::formula(
                "readings",
                "the formula, reading `reachable` overlap and `audience_share`",
                readings,
            )?,
            rule("popularity", "how many events a sponsor had sponsored", Method::Popularity),
            rule(RULE_TO_BEAT, "how many of them in the event's country, then anywhere", Method::Country),
        ])
    }

    /// Adds the scorer of a configuration file, called by the file's name.
    pub(crate) fn of_config(path: &Path, scorer: Scorer) -> Self {
        let what = format!("the formula as {} sets it", path.display());
        Self { name: stem(path), what, method: Method::Formula(Box::new(scorer)) }
    }

    /// Adds a trained model. The first is called `model`, so that its row can be found.
    pub(crate) fn of_model(path: &Path, ranker: Ranker) -> Self {
        let what = format!("the trained ranker {}", path.display());
        Self { name: MODEL.into(), what, method: Method::Model(Box::new(ranker)) }
    }

    fn formula(name: &str, what: &str, config: ScoringConfig) -> Result<Self, Failure> {
        let scorer = Scorer::new(config).map_err(|error| Failure::settings(&PathBuf::from(name), error))?;
        Ok(Self { name: name.into(), what: what.into(), method: Method::Formula(Box::new(scorer)) })
    }

    /// Scores every candidate for an event, or nobody where chance decides.
    ///
    /// Who has no score because too little is known stands last, and so does whom a trained
    /// ranker does not consider.
    pub(crate) fn scores(&self, world: &World<'_>, at: usize) -> Result<Option<Vec<f64>>, Failure> {
        let (event, insights) = world.event(at);
        let score = |scorer: &Scorer| {
            let scores = world.profiles.iter().map(|sponsor| scorer.score(sponsor, event, insights.as_ref()));
            scores.map(|score| score.map_or(f64::NEG_INFINITY, |score| score.score.get())).collect()
        };
        Ok(match &self.method {
            Method::Chance => None,
            Method::Formula(scorer) => Some(score(scorer)),
            Method::Popularity => Some(world.tally.popularity()),
            Method::Country => Some(world.tally.country(event)),
            Method::Model(ranker) => Some(world.refined(ranker, event)?),
        })
    }
}

/// Gives contenders of the same name numbers, so that rows can be told apart; the first trained
/// model is `model`, whatever configurations are called.
pub(crate) fn number_names(contenders: &mut [Contender]) {
    let model = contenders.iter().position(|contender| contender.method.kind() == Kind::Model);
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

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
