//! What a ranking should be: every pair scored on its own, then sorted.

use sponsorfit::{Event, MatchScore, Ranking, Scorer, SponsorProfile};

use crate::world::World;

/// Which pairs a test lets through, written down a second time.
pub(crate) type Accepts<'a> = &'a dyn Fn(&SponsorProfile, &Event) -> bool;

fn ranked(
    pairs: impl Iterator<Item = Result<MatchScore, sponsorfit::InsufficientData>>,
    id: impl Fn(&MatchScore) -> [u8; 16],
) -> (Vec<MatchScore>, u64) {
    let mut insufficient = 0;
    let mut scores: Vec<MatchScore> = pairs
        .filter_map(|score| {
            insufficient += u64::from(score.is_err());
            score.ok()
        })
        .collect();
    scores.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| id(a).cmp(&id(b))));
    (scores, insufficient)
}

pub(crate) fn events_for(
    world: &World,
    scorer: &Scorer,
    sponsor: &SponsorProfile,
    accepts: Accepts<'_>,
) -> (Vec<MatchScore>, u64) {
    let pairs = world
        .events
        .iter()
        .filter(|event| accepts(sponsor, event))
        .map(|event| scorer.score(sponsor, event, world.insights_of(event)));
    ranked(pairs, |pair| *pair.event_id.as_bytes())
}

pub(crate) fn sponsors_for(
    world: &World,
    scorer: &Scorer,
    event: &Event,
    accepts: Accepts<'_>,
) -> (Vec<MatchScore>, u64) {
    let pairs = world
        .sponsors
        .iter()
        .filter(|sponsor| accepts(sponsor, event))
        .map(|sponsor| scorer.score(sponsor, event, world.insights_of(event)));
    ranked(pairs, |pair| *pair.sponsor_id.as_bytes())
}

/// Compares a ranking with the first `k` of what it should be, to the last bit.
#[track_caller]
pub(crate) fn assert_top(ranking: &Ranking, (expected, insufficient): &(Vec<MatchScore>, u64), k: usize) {
    let bits = |pairs: &[MatchScore]| -> Vec<_> {
        pairs.iter().map(|pair| (pair.event_id, pair.sponsor_id, pair.score.get().to_bits())).collect()
    };
    let expected = &expected[..k.min(expected.len())];
    assert_eq!(bits(ranking), bits(expected));
    assert_eq!(&ranking.matches, expected);
    assert_eq!(ranking.insufficient, *insufficient);
}
