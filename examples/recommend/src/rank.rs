//! The best of the other side for one event or one sponsor.
//!
//! Every pair is scored, and only the best are kept: the list is what sorting all scores
//! would begin with.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use sponsorfit::{AudienceInsights, Event, MatchScore, NearMiss, Outcome, RuleVerdict, SponsorProfile};

use crate::cli::Settings;
use crate::load::Tables;

/// Whose best are looked for, by its position in the tables.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Anchor {
    Event(usize),
    Sponsor(usize),
}

/// One of the best for an anchor.
#[derive(Debug)]
pub(crate) struct Candidate {
    /// The position of the pair's sponsor.
    pub(crate) sponsor: usize,
    /// The position of the pair's event.
    pub(crate) event: usize,
    pub(crate) score: MatchScore,
    /// The rules that the facts do not decide.
    pub(crate) undecided: Vec<RuleVerdict>,
}

/// What ranking one anchor gives.
#[derive(Debug, Default)]
pub(crate) struct Shortlist {
    /// From the best: by score, then by the other side's id.
    pub(crate) best: Vec<Candidate>,
    /// In the same order; without scores at the end.
    pub(crate) near_misses: Vec<NearMiss>,
    pub(crate) counts: Counts,
}

/// What became of pairs.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Counts {
    pub(crate) pairs: u64,
    /// Eligible, but too little is known.
    pub(crate) without_score: u64,
    /// Kept out by a rule.
    pub(crate) ruled_out: u64,
    pub(crate) near_misses: u64,
}

impl Counts {
    pub(crate) fn add(&mut self, other: Self) {
        self.pairs += other.pairs;
        self.without_score += other.without_score;
        self.ruled_out += other.ruled_out;
        self.near_misses += other.near_misses;
    }
}

/// Ranks one side of the tables for anchors of the other.
pub(crate) struct Ranker<'a> {
    pub(crate) tables: &'a Tables,
    pub(crate) settings: &'a Settings,
    /// How many to keep.
    pub(crate) top: usize,
    /// Whether near misses are wanted: they cost a score each.
    pub(crate) near_misses: bool,
}

impl Ranker<'_> {
    /// Ranks everything for one anchor.
    pub(crate) fn shortlist(&self, anchor: Anchor) -> Shortlist {
        let mut list = Shortlist::default();
        let mut best = BinaryHeap::with_capacity(self.top.min(1024) + 1);
        let others = match anchor {
            Anchor::Event(_) => self.tables.sponsors.len(),
            Anchor::Sponsor(_) => self.tables.events.len(),
        };
        for other in 0..others {
            let (sponsor, event) = match anchor {
                Anchor::Event(event) => (other, event),
                Anchor::Sponsor(sponsor) => (sponsor, other),
            };
            if let Some(entry) = self.entry(anchor, sponsor, event, &mut list) {
                best.push(entry);
                if best.len() > self.top {
                    best.pop();
                }
            }
        }
        let best = best.into_sorted_vec().into_iter();
        list.best = best.map(|entry| self.candidate(&entry)).collect();
        list.near_misses.sort_by(|a, b| by_score_if_allowed(a, b, anchor));
        list
    }

    fn pair(&self, sponsor: usize, event: usize) -> (&SponsorProfile, &Event, Option<&AudienceInsights>) {
        let Tables { sponsors, events, insights, .. } = self.tables;
        (&sponsors[sponsor], &events[event], insights[event].as_ref())
    }

    /// Scores a pair if the rules let it, and counts what became of it.
    fn entry(&self, anchor: Anchor, sponsor: usize, event: usize, list: &mut Shortlist) -> Option<Entry> {
        let (profile, held, insights) = self.pair(sponsor, event);
        list.counts.pairs += 1;
        if let Some(rules) = &self.settings.rules
            && !rules.check(profile, held, insights).is_eligible()
        {
            list.counts.ruled_out += 1;
            if self.near_misses {
                let near = rules.near_miss(&self.settings.scorer, profile, held, insights);
                list.counts.near_misses += u64::from(near.is_some());
                list.near_misses.extend(near);
            }
            return None;
        }
        let Ok(score) = self.settings.scorer.score(profile, held, insights) else {
            list.counts.without_score += 1;
            return None;
        };
        Some(Entry { score, other: anchor.other(&score), sponsor, event })
    }

    fn candidate(&self, entry: &Entry) -> Candidate {
        let &Entry { sponsor, event, score, .. } = entry;
        let (profile, held, insights) = self.pair(sponsor, event);
        let checked = self.settings.rules.as_ref().map(|rules| rules.check(profile, held, insights));
        let mut undecided = checked.map(|checked| checked.verdicts).unwrap_or_default();
        undecided.retain(|verdict| verdict.outcome == Outcome::Unknown);
        Candidate { sponsor, event, score, undecided }
    }
}

impl Anchor {
    /// Returns the id that breaks ties.
    fn other(self, score: &MatchScore) -> [u8; 16] {
        match self {
            Self::Event(_) => *score.sponsor_id.as_bytes(),
            Self::Sponsor(_) => *score.event_id.as_bytes(),
        }
    }
}

/// A scored pair; a better one is less, so that a heap gives up its worst first.
struct Entry {
    score: MatchScore,
    other: [u8; 16],
    sponsor: usize,
    event: usize,
}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> Ordering {
        let (own, others) = (self.score.score.get(), other.score.score.get());
        others.total_cmp(&own).then_with(|| self.other.cmp(&other.other))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Entry {}

fn by_score_if_allowed(a: &NearMiss, b: &NearMiss, anchor: Anchor) -> Ordering {
    // Scores are never negative: what has none goes last.
    let score = |near: &NearMiss| near.score_if_allowed.map_or(-1.0, sponsorfit::UnitInterval::get);
    score(b).total_cmp(&score(a)).then_with(|| match anchor {
        Anchor::Event(_) => a.sponsor_id.cmp(&b.sponsor_id),
        Anchor::Sponsor(_) => a.event_id.cmp(&b.event_id),
    })
}
