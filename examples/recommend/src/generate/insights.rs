//! What an event's audience did.

use std::borrow::Cow;

use super::draw::Draw;
use super::event::Drawn;
use super::rows::{Count, Insights, Pairs, Text, Thousandths};
use super::taste::{World, count};
use super::world::AGES;

const MEDIAN_ATTENDEES: u64 = 800;
const MEDIAN_DWELL_MS: u64 = 1_200_000;
const MEDIAN_MENTIONS: u64 = 1_500;

// In a thousand events, how many have no insights at all, and then in a thousand insights.
const NO_INSIGHTS: u64 = 150;
const NO_COUNT: u64 = 100;
const NO_DWELL: u64 = 300;
const NO_GEOGRAPHY: u64 = 200;
const NO_AGES: u64 = 350;
const NO_ENGAGEMENT: u64 = 180;
const NO_CONVERSION: u64 = 350;
const NO_MENTIONS: u64 = 300;
const NO_SENTIMENT: u64 = 400;

pub(super) fn insights(draw: &mut Draw, world: &World, of: &Drawn) -> Option<Insights> {
    if draw.chance(NO_INSIGHTS) {
        return None;
    }
    // Some never opened their doors: all is known, and zero.
    if draw.chance(5) {
        return Some(nobody_came(of));
    }
    let attendees = draw.size(MEDIAN_ATTENDEES);
    let share = |draw: &mut Draw, low, high| {
        let drawn = draw.hump(low, high);
        Thousandths(i32::try_from(drawn).unwrap_or(1000))
    };
    Some(Insights {
        // An id is the same in capital letters.
        event_id: if draw.chance(10) { of.event_id.to_ascii_uppercase() } else { of.event_id.clone() },
        attendee_count: (!draw.chance(NO_COUNT)).then(|| count(draw, attendees)),
        avg_dwell_time_ms: (!draw.chance(NO_DWELL)).then(|| Count::Whole(draw.size(MEDIAN_DWELL_MS))),
        geo_distribution: Pairs(if draw.chance(NO_GEOGRAPHY) {
            Vec::new()
        } else {
            geography(draw, world, of, attendees)
        }),
        age_segments: Pairs(if draw.chance(NO_AGES) { Vec::new() } else { ages(draw, of.theme.age) }),
        engagement_score: (!draw.chance(NO_ENGAGEMENT)).then(|| share(draw, 150, 1000)),
        // Few who look buy: the square of an even draw.
        ticket_conversion_rate: (!draw.chance(NO_CONVERSION)).then(|| {
            let even = draw.below(1001);
            Thousandths(i32::try_from(even * even / 1000).unwrap_or(1000))
        }),
        social_mentions: (!draw.chance(NO_MENTIONS)).then(|| draw.size(MEDIAN_MENTIONS)),
        sentiment_score: (!draw.chance(NO_SENTIMENT)).then(|| {
            let Thousandths(share) = share(draw, 0, 1700);
            Thousandths(share - 700)
        }),
    })
}

fn nobody_came(of: &Drawn) -> Insights {
    let zero = Some(Thousandths(0));
    Insights {
        event_id: of.event_id.clone(),
        attendee_count: Some(Count::Whole(0)),
        avg_dwell_time_ms: Some(Count::Whole(0)),
        geo_distribution: Pairs(Vec::new()),
        age_segments: Pairs(Vec::new()),
        engagement_score: zero,
        ticket_conversion_rate: zero,
        social_mentions: Some(0),
        sentiment_score: zero,
    }
}

/// Most come from the event's own country, some from next door, a few from anywhere. The
/// counts sum to the attendees, except where nobody came from a region that was asked about.
fn geography(draw: &mut Draw, world: &World, of: &Drawn, attendees: u64) -> Vec<(Text, Count)> {
    let local = attendees * draw.between(550, 980) / 1000;
    let mut left = attendees - local;
    let mut counts = vec![(Cow::Borrowed(of.home.code), local)];
    while left > 0 {
        let from = if counts.len() < 3 { world.neighbour(draw, of.home) } else { world.country(draw) };
        let all = counts.len() >= 12 || left < 5;
        let some = if all { left } else { draw.between(1, left) };
        left -= some;
        match counts.iter_mut().find(|(code, _)| code == from.code) {
            Some((_, count)) => *count += some,
            None => counts.push((Cow::Borrowed(from.code), some)),
        }
    }
    if draw.chance(30) {
        counts.push((Cow::Borrowed("AQ"), 0));
    }
    counts.into_iter().map(|(code, value)| (code, count(draw, value))).collect()
}

/// Thousandths by age that sum to 1, falling on both sides of the theme's age.
fn ages(draw: &mut Draw, peak: usize) -> Vec<(Text, Thousandths)> {
    let mut left = 1000;
    let mut segments = Vec::new();
    for (index, age) in AGES.iter().enumerate() {
        let near = 420 >> index.abs_diff(peak);
        let share = draw.between(near / 2, near).min(left);
        left -= share;
        segments.push((Cow::Borrowed(*age), share));
    }
    segments[peak].1 += left;
    segments
        .into_iter()
        .map(|(age, share)| (age, Thousandths(i32::try_from(share).unwrap_or(1000))))
        .collect()
}
