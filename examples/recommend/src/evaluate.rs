//! Rankers measured on what really came of events.

mod answer;
mod contender;
#[cfg(test)]
mod no_leak;
mod world;

use sponsorfit_learn::SplitMix64;
use sponsorfit_learn::evaluation::{Bootstrap, Evaluation, MeanQuality};

pub(crate) use answer::{Answer, ComparisonRow, RankerRow};
pub(crate) use contender::{Contender, Kind, Method, number_names};
pub(crate) use world::World;

use crate::failure::Failure;

/// How many sponsors of a list count as shown.
pub(crate) const SHOWN: usize = 20;

/// The rule that the others are compared with: the best that needs no score at all.
pub(crate) const RULE_TO_BEAT: &str = "country";

/// Decides which random order stands for chance; its metrics are exact without it.
const SEED: u64 = 0;

/// A ranker and how it did.
pub(crate) struct Measured {
    pub(crate) contender: Contender,
    pub(crate) evaluation: Evaluation,
    pub(crate) mean: MeanQuality,
}

/// Ranks the candidates for every query with every contender.
pub(crate) fn measure(world: &World, contenders: Vec<Contender>) -> Result<Vec<Measured>, Failure> {
    let bootstrap = Bootstrap::default();
    let measured = contenders.into_iter().map(|contender| {
        let evaluation = evaluation(world, &contender)?;
        let mean = evaluation.mean(&bootstrap).ok_or_else(|| world.nothing_to_measure())?;
        Ok(Measured { contender, evaluation, mean })
    });
    measured.collect()
}

fn evaluation(world: &World, contender: &Contender) -> Result<Evaluation, Failure> {
    let mut evaluation = Evaluation::new(world.profiles.len(), SHOWN);
    let mut random = SplitMix64::new(SEED);
    for query in &world.asked.queries {
        match contender.scores(world, query.event)? {
            Some(scores) => evaluation.add(&scores, &query.positives),
            None => evaluation.add_random(&query.positives, &mut random),
        }
        .map_err(|error| Failure::Usage(format!("{}: {error}", contender.name)))?;
    }
    Ok(evaluation)
}
