//! The smallest changes on one side that raise a score most.
//!
//! Candidates are combinations of a few labels of the other side, a larger
//! budget or a lower price, and better engagement. Each is scored again, and
//! those that another one beats in number of changes, in steps and in gain at
//! once are left out: what remains is the Pareto front.

use serde::Serialize;

use super::change::{Change, Rows, Side};
use crate::factors::geography;
use crate::match_score::MatchScore;
use crate::model::{AudienceInsights, Count, Event, Label, SponsorProfile, UnitInterval};
use crate::score::Scorer;
use crate::small::sort;

/// At most this many changes are combined: longer lists are not small any more.
const MOST_CHANGES: usize = 3;
/// A budget is doubled and a price halved at most this often.
const MOST_DOUBLINGS: u32 = 6;

/// A way to raise a score, verified by scoring again.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, Side, SponsorId, SponsorProfile};
///
/// let scorer = Scorer::new(ScoringConfig::default())?;
/// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// sponsor.regions = ["US"].into_iter().collect();
/// let mut event = Event::new(EventId::from_bytes([2; 16]));
/// event.regions = ["CA"].into_iter().collect();
///
/// let best = &scorer.improve(&sponsor, &event, None, Side::Event, 3)[0];
/// assert_eq!(best.text, "bring the event to the region US");
/// assert!(best.gain > 0.1);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Improvement {
    /// The changes to make together.
    pub changes: Vec<Change>,
    /// How far they go: one step a label, a doubling, or a tenth of a rate.
    pub steps: u32,
    /// What the score gains.
    pub gain: f64,
    /// The score after the changes.
    pub after: MatchScore,
    /// The changes in words.
    pub text: String,
}

/// One kind of change, taken zero or more steps far.
struct Lever {
    /// What is changed at one step, at two, and so on.
    levels: Vec<Vec<Change>>,
}

impl Scorer {
    /// Returns the best small changes on one side, the most gain a step first.
    ///
    /// The list is a Pareto front of few changes, few steps and much gain, cut
    /// at `limit`; it is empty when nothing helps, or when too little is known
    /// for a score to improve on.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, Scorer, ScoringConfig, Side, SponsorId, SponsorProfile};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?;
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let ways = scorer.improve(&sponsor, &event, None, Side::Sponsor, 5);
    /// assert!(ways.iter().all(|way| way.gain > 0.0));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn improve<'a>(
        &self,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: impl Into<Option<&'a AudienceInsights>>,
        side: Side,
        limit: usize,
    ) -> Vec<Improvement> {
        let insights = insights.into();
        let Ok(before) = self.score(sponsor, event, insights) else { return Vec::new() };
        let rows = Rows::of(sponsor, event, insights);
        let levers = match side {
            Side::Sponsor => sponsor_levers(self, &rows),
            Side::Event => event_levers(self, &rows),
        };
        let mut ways: Vec<Improvement> = combinations(&levers)
            .into_iter()
            .filter_map(|(changes, steps)| self.improvement(&rows, &before, changes, steps))
            .collect();
        keep_pareto_front(&mut ways);
        sort::stable(&mut ways, by_gain_per_step);
        ways.truncate(limit);
        ways
    }

    /// Scores the rows after the changes; `None` when that gains nothing.
    fn improvement(
        &self,
        rows: &Rows,
        before: &MatchScore,
        changes: Vec<Change>,
        steps: u32,
    ) -> Option<Improvement> {
        let after = self.score_after(rows, &changes)?;
        let gain = after.score.get() - before.score.get();
        let text = changes.iter().map(Change::to_string).collect::<Vec<_>>().join(", ");
        (gain > 0.0).then_some(Improvement { changes, steps, gain, after, text })
    }

    fn score_after(&self, rows: &Rows, changes: &[Change]) -> Option<MatchScore> {
        let mut after = Rows::of(&rows.sponsor, &rows.event, rows.insights.as_ref());
        for change in changes {
            after.apply(change);
        }
        self.score(&after.sponsor, &after.event, after.insights.as_ref()).ok()
    }
}

fn sponsor_levers(scorer: &Scorer, rows: &Rows) -> Vec<Lever> {
    let Rows { sponsor, event, insights } = rows;
    let visitors =
        |region: &Label| insights.as_ref().map_or(0, |insights| insights.geo_distribution.count(region));
    let mut regions = geography::reached(event, insights.as_ref());
    regions.retain(|region| !sponsor.regions.contains(region));
    // Of regions that gain the same, those with most visitors come first.
    sort::stable(&mut regions, |a, b| visitors(b).cmp(&visitors(a)));
    let mut categories =
        event.categories.iter().filter(|label| !sponsor.preferred_categories.contains(label));
    let keywords = event.objectives.keywords.iter();
    let mut keywords = keywords.filter(|label| !sponsor.brand_objectives.keywords.contains(label));
    vec![
        labels(scorer, rows, &mut categories, Change::AddCategory),
        labels(scorer, rows, &mut regions.into_iter(), Change::AddRegion),
        labels(scorer, rows, &mut keywords, Change::AddKeyword),
        budgets(scorer, sponsor),
    ]
}

fn event_levers(scorer: &Scorer, rows: &Rows) -> Vec<Lever> {
    let Rows { sponsor, event, insights } = rows;
    let mut categories =
        sponsor.preferred_categories.iter().filter(|label| !event.categories.contains(label));
    let mut regions =
        sponsor.regions.iter().filter(|region| !geography::reaches(event, insights.as_ref(), region));
    let keywords = sponsor.brand_objectives.keywords.iter();
    let mut keywords = keywords.filter(|label| !event.objectives.keywords.contains(label));
    let rate = |pick: fn(&AudienceInsights) -> Option<UnitInterval>| insights.as_ref().and_then(pick);
    vec![
        labels(scorer, rows, &mut categories, Change::AddEventCategory),
        labels(scorer, rows, &mut regions, Change::AddEventRegion),
        labels(scorer, rows, &mut keywords, Change::AddEventKeyword),
        prices(event),
        rates(rate(|insights| insights.engagement_score), Change::SetEngagementScore),
        rates(rate(|insights| insights.ticket_conversion_rate), Change::SetTicketConversionRate),
    ]
}

/// Adds one label, two, and so on, first those that raise the score most on their own.
///
/// Categories gain alike, but a keyword gains by its words and a region by its visitors.
fn labels(
    scorer: &Scorer,
    rows: &Rows,
    labels: &mut dyn Iterator<Item = &Label>,
    change: fn(Label) -> Change,
) -> Lever {
    let alone =
        |change: &Change| scorer.score_after(rows, std::slice::from_ref(change)).map(|after| after.score);
    let mut changes: Vec<(Option<UnitInterval>, Change)> =
        labels.cloned().map(change).map(|change| (alone(&change), change)).collect();
    sort::stable(&mut changes, |(a, _), (b, _)| b.cmp(a));
    let mut changes: Vec<Change> = changes.into_iter().map(|(_, change)| change).collect();
    changes.truncate(MOST_CHANGES);
    Lever {
        levels: (1..=changes.len())
            .filter_map(|count| changes.get(..count))
            .map(<[Change]>::to_vec)
            .collect(),
    }
}

/// Doubles the budget once, twice, and so on; an unknown or empty one starts at the half budget.
fn budgets(scorer: &Scorer, sponsor: &SponsorProfile) -> Lever {
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "saturates, and is checked as a count"
    )]
    let half = scorer.config().half_budget_cents as u64;
    let start = match sponsor.annual_budget_cents {
        Some(budget) if budget.get() > 0 => budget.get(),
        _ => half.max(1),
    };
    let doubled = |times: u32| start.checked_mul(1 << times).and_then(|cents| Count::new(cents).ok());
    let levels = (1..=MOST_DOUBLINGS).map_while(doubled);
    Lever { levels: levels.map(|cents| vec![Change::SetBudget(Some(cents))]).collect() }
}

/// Halves the price once, twice, and so on.
fn prices(event: &Event) -> Lever {
    let Some(price) = event.min_price_cents else { return Lever { levels: Vec::new() } };
    let halves = (1..=MOST_DOUBLINGS).map(|times| price.get() >> times).take_while(|cents| *cents > 0);
    let levels = halves.filter_map(|cents| Count::new(cents).ok());
    Lever { levels: levels.map(|cents| vec![Change::SetMinPrice(Some(cents))]).collect() }
}

/// Raises a rate by a tenth, two tenths, and so on up to 1.
fn rates(rate: Option<UnitInterval>, change: fn(Option<UnitInterval>) -> Change) -> Lever {
    let start = rate.map_or(0.0, UnitInterval::get);
    if start >= 1.0 {
        return Lever { levels: Vec::new() };
    }
    // Rounded, so that 0.35 becomes 0.45 and not 0.44999999999999996.
    let raised = (1..=10_u8).map(|tenths| ((start + f64::from(tenths) / 10.0) * 1000.0).round() / 1000.0);
    let mut levels: Vec<f64> = raised.take_while(|rate| *rate < 1.0).collect();
    levels.push(1.0);
    Lever { levels: levels.into_iter().map(|rate| vec![change(Some(UnitInterval::clamped(rate)))]).collect() }
}

/// Returns every combination of levels with few changes, and its steps.
fn combinations(levers: &[Lever]) -> Vec<(Vec<Change>, u32)> {
    let mut found: Vec<(Vec<Change>, u32)> = vec![(Vec::new(), 0)];
    for lever in levers {
        for at in 0..found.len() {
            for (level, steps) in lever.levels.iter().zip(1_u32..) {
                let Some((changes, earlier)) = found.get(at) else { continue };
                if changes.len() + level.len() <= MOST_CHANGES {
                    let together = changes.iter().chain(level).cloned().collect();
                    let steps = earlier + steps;
                    found.push((together, steps));
                }
            }
        }
    }
    found.retain(|(changes, _)| !changes.is_empty());
    found
}

/// Leaves out every way that another one equals or beats in all three respects.
fn keep_pareto_front(ways: &mut Vec<Improvement>) {
    // Sorted like this, whatever beats a way stands before it.
    sort::stable(ways, |a, b| {
        let size = |way: &Improvement| (way.changes.len(), way.steps);
        size(a).cmp(&size(b)).then_with(|| b.gain.total_cmp(&a.gain)).then_with(|| a.text.cmp(&b.text))
    });
    let mut front: Vec<Improvement> = Vec::new();
    for way in ways.drain(..) {
        let beaten = front.iter().any(|better| {
            better.changes.len() <= way.changes.len() && better.steps <= way.steps && better.gain >= way.gain
        });
        if !beaten {
            front.push(way);
        }
    }
    *ways = front;
}

/// Most gain a step first, then few changes, few steps, and the text.
fn by_gain_per_step(a: &Improvement, b: &Improvement) -> std::cmp::Ordering {
    let rate = |way: &Improvement| way.gain / f64::from(way.steps);
    rate(b)
        .total_cmp(&rate(a))
        .then_with(|| a.changes.len().cmp(&b.changes.len()))
        .then_with(|| a.steps.cmp(&b.steps))
        .then_with(|| a.text.cmp(&b.text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ScoringConfig;
    use crate::model::{EventId, SponsorId};

    fn pair() -> (SponsorProfile, Event, AudienceInsights) {
        let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
        sponsor.annual_budget_cents = Some(Count::from(50_000));
        sponsor.preferred_categories = ["music", "food"].into_iter().collect();
        sponsor.regions = ["US", "CA"].into_iter().collect();
        let mut event = Event::new(EventId::from_bytes([2; 16]));
        event.categories = ["music", "art"].into_iter().collect();
        event.regions = ["US", "MX"].into_iter().collect();
        event.min_price_cents = Some(Count::from(80_000));
        let mut insights = AudienceInsights::new(event.event_id);
        insights.engagement_score = Some(UnitInterval::new(0.95).unwrap());
        (sponsor, event, insights)
    }

    #[test]
    fn each_way_is_verified_and_none_beats_another() {
        let (sponsor, event, insights) = pair();
        let scorer = Scorer::new(ScoringConfig::default()).unwrap();
        let before = scorer.score(&sponsor, &event, &insights).unwrap().score.get();
        for side in [Side::Sponsor, Side::Event] {
            let ways = scorer.improve(&sponsor, &event, &insights, side, 100);
            assert!(ways.len() > 3);
            for way in &ways {
                let what = scorer.what_if(&sponsor, &event, &insights, &way.changes).unwrap();
                assert_eq!(what.after, way.after);
                assert_eq!((way.after.score.get() - before).to_bits(), way.gain.to_bits());
                assert!(way.changes.len() <= MOST_CHANGES && way.changes.iter().all(|c| c.side() == side));
                let beaten = ways.iter().any(|other| {
                    other != way
                        && other.changes.len() <= way.changes.len()
                        && other.steps <= way.steps
                        && other.gain >= way.gain
                });
                assert!(!beaten, "{}", way.text);
            }
            assert_eq!(scorer.improve(&sponsor, &event, &insights, side, 2).as_slice(), &ways[..2]);
        }
    }

    #[test]
    fn the_label_that_gains_most_is_found_wherever_it_stands() {
        let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
        let mut event = Event::new(EventId::from_bytes([2; 16]));
        let config = ScoringConfig::from_json(
            r#"{"objectives": {"kind": "keywords"}, "weights": {"budget_fit": 0, "audience_overlap": 0,
                "geo_fit": 0, "engagement_quality": 0, "objectives_similarity": 1}}"#,
        );
        let scorer = Scorer::new(config.unwrap()).unwrap();
        let many = ["a", "b", "c", "d", "e", "f", "g", "h", "vinyl records"].into_iter().collect();
        let few = ["other"].into_iter().collect();
        (sponsor.brand_objectives.keywords, event.objectives.keywords) = (many, few);
        let ways = scorer.improve(&sponsor, &event, None, Side::Event, 1);
        assert_eq!(ways[0].text, "add the event's keyword vinyl records");
        std::mem::swap(&mut sponsor.brand_objectives, &mut event.objectives);
        let ways = scorer.improve(&sponsor, &event, None, Side::Sponsor, 1);
        assert_eq!(ways[0].text, "add the sponsor's keyword vinyl records");
    }

    #[test]
    fn prices_matter_where_they_are_read() {
        let (sponsor, event, insights) = pair();
        let config = ScoringConfig::from_json(r#"{"budget_reading": "price"}"#).unwrap();
        let ways = Scorer::new(config).unwrap().improve(&sponsor, &event, &insights, Side::Event, 100);
        assert!(ways.iter().any(|way| way.changes.iter().any(|c| matches!(c, Change::SetMinPrice(_)))));
    }

    #[test]
    fn without_a_score_there_is_nothing_to_improve() {
        let config = ScoringConfig::from_json(r#"{"min_coverage": 1}"#).unwrap();
        let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
        let event = Event::new(EventId::from_bytes([2; 16]));
        assert!(Scorer::new(config).unwrap().improve(&sponsor, &event, None, Side::Event, 5).is_empty());
    }

    #[test]
    fn a_perfect_rate_cannot_be_raised() {
        assert!(rates(Some(UnitInterval::ONE), Change::SetEngagementScore).levels.is_empty());
        assert_eq!(rates(Some(UnitInterval::new(0.95).unwrap()), Change::SetEngagementScore).levels.len(), 1);
        assert_eq!(rates(None, Change::SetEngagementScore).levels.len(), 10);
        let texts = |start: f64| -> Vec<String> {
            let levels = rates(Some(UnitInterval::new(start).unwrap()), Change::SetEngagementScore).levels;
            levels
                .iter()
                .map(|level| level[0].to_string().replace("set the engagement score to ", ""))
                .collect()
        };
        assert_eq!(texts(0.65), ["0.75", "0.85", "0.95", "1"]);
        assert_eq!(texts(0.0)[..3], ["0.1", "0.2", "0.3"]);
        assert_eq!(texts(0.899_999_9), ["1"]);
    }
}
