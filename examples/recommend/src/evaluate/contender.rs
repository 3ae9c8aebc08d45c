//! The rankers that are compared.

use std::path::{Path, PathBuf};

use sponsorfit::{GeoReading, OverlapReading, Scorer, ScoringConfig};

use super::{RULE_TO_BEAT, World};
use crate::failure::Failure;

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

    fn formula(name: &str, what: &str, config: ScoringConfig) -> Result<Self, Failure> {
        let scorer = Scorer::new(config).map_err(|error| Failure::settings(&PathBuf::from(name), error))?;
        Ok(Self { name: name.into(), what: what.into(), method: Method::Formula(Box::new(scorer)) })
    }

    /// Scores every candidate for an event, or nobody where chance decides.
    ///
    /// Who has no score because too little is known stands last.
    pub(crate) fn scores(&self, world: &World<'_>, event: usize) -> Option<Vec<f64>> {
        let (event, insights) = world.event(event);
        let score = |scorer: &Scorer| {
            let scores = world.profiles.iter().map(|sponsor| scorer.score(sponsor, event, insights.as_ref()));
            scores.map(|score| score.map_or(f64::NEG_INFINITY, |score| score.score.get())).collect()
        };
        match &self.method {
            Method::Chance => None,
            Method::Formula(scorer) => Some(score(scorer)),
            Method::Popularity => Some(world.tally.popularity()),
            Method::Country => Some(world.tally.country(event)),
        }
    }
}

/// Gives contenders of the same name numbers, so that rows can be told apart.
pub(crate) fn number_names(contenders: &mut [Contender]) {
    for at in 1..contenders.len() {
        let (earlier, rest) = contenders.split_at_mut(at);
        let wanted = rest[0].name.clone();
        let mut number = 1;
        while earlier.iter().any(|other| other.name == rest[0].name) {
            number += 1;
            rest[0].name = format!("{wanted}-{number}");
        }
    }
}

fn stem(path: &Path) -> String {
    path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}
