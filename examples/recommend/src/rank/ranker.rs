//! The best of the other side for one event or one sponsor, and what the rules keep out.

use std::cmp::Ordering;

use sponsorfit::{
    AudienceInsights, Catalog, Event, Filter, MatchScore, NearMiss, Outcome, Ranking, RuleVerdict, Rules,
    SponsorProfile,
};

/// So many pairs are asked one by one whether a rule keeps them out, only to be counted.
const COUNTED_PAIRS: usize = 10_000_000;

/// Which side the anchors are on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Event,
    Sponsor,
}

/// An event and what its audience did.
type Held<'a> = (&'a Event, Option<&'a AudienceInsights>);

/// Whose best are looked for.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Anchor<'a> {
    Event(Held<'a>),
    Sponsor(&'a SponsorProfile),
}

/// One of the best for an anchor.
#[derive(Debug)]
pub(crate) struct Candidate<'a> {
    pub(crate) sponsor: &'a SponsorProfile,
    pub(crate) event: &'a Event,
    pub(crate) insights: Option<&'a AudienceInsights>,
    pub(crate) score: MatchScore,
    /// The rules that the facts do not decide.
    pub(crate) undecided: Vec<RuleVerdict>,
}

/// What ranking one anchor gives.
#[derive(Debug)]
pub(crate) struct Shortlist<'a> {
    /// From the best: by score, then by the other side's id.
    pub(crate) best: Vec<Candidate<'a>>,
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
    /// Kept out by a rule; `None` when there are too many pairs to ask about each.
    pub(crate) ruled_out: Option<u64>,
    pub(crate) near_misses: u64,
}

impl Counts {
    /// Returns the counts of no pair yet.
    pub(crate) fn none() -> Self {
        Self { ruled_out: Some(0), ..Self::default() }
    }

    pub(crate) fn add(&mut self, other: Self) {
        self.pairs += other.pairs;
        self.without_score += other.without_score;
        self.ruled_out = self.ruled_out.zip(other.ruled_out).map(|(own, others)| own + others);
        self.near_misses += other.near_misses;
    }
}

/// Ranks one side of a catalog for anchors of the other.
pub(crate) struct Ranker<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) rules: Option<&'a Rules>,
    /// How many to keep.
    pub(crate) top: usize,
    /// Whether near misses are wanted: each pair is asked about.
    pub(crate) near_misses: bool,
}

impl Ranker<'_> {
    /// Hands the list of every anchor of a side to `visit`, in the order of the rows.
    pub(crate) fn each<E>(
        &self,
        side: Side,
        mut visit: impl FnMut(Anchor<'_>, &Shortlist<'_>) -> Result<(), E>,
    ) -> Result<(), E> {
        let is_counted =
            self.catalog.sponsor_count().saturating_mul(self.catalog.event_count()) <= COUNTED_PAIRS;
        let mut hand_on =
            |anchor: Anchor<'_>, ranking| visit(anchor, &self.shortlist(anchor, ranking, is_counted));
        match side {
            Side::Event => {
                self.catalog.sponsors_for_each_event(self.top, &self.filter(), |event, insights, ranking| {
                    hand_on(Anchor::Event((event, insights)), ranking)
                })
            }
            Side::Sponsor => {
                self.catalog.events_for_each_sponsor(self.top, &self.filter(), |sponsor, ranking| {
                    hand_on(Anchor::Sponsor(sponsor), ranking)
                })
            }
        }
    }

    /// Returns the list of one anchor.
    pub(crate) fn one<'b>(&'b self, anchor: Anchor<'b>) -> Shortlist<'b> {
        let ranking = match anchor {
            Anchor::Event((event, insights)) => {
                self.catalog.sponsors_for((event, insights)).filter(&self.filter()).top(self.top)
            }
            Anchor::Sponsor(sponsor) => self.catalog.events_for(sponsor).filter(&self.filter()).top(self.top),
        };
        // Only an identifier can be unknown, and rows are given here.
        self.shortlist(anchor, ranking.unwrap_or_default(), true)
    }

    fn filter(&self) -> Filter<'_> {
        self.rules.map_or_else(Filter::new, |rules| Filter::new().rules(rules))
    }

    fn shortlist<'b>(&'b self, anchor: Anchor<'b>, ranking: Ranking, is_counted: bool) -> Shortlist<'b> {
        let counts = Counts {
            pairs: self.others(anchor) as u64,
            without_score: ranking.insufficient,
            ..Counts::none()
        };
        let best = ranking.matches.into_iter().filter_map(|score| self.candidate(anchor, score)).collect();
        let mut list = Shortlist { best, near_misses: Vec::new(), counts };
        match self.rules {
            Some(rules) if is_counted || self.near_misses => self.keep_out(rules, anchor, &mut list),
            Some(_) => list.counts.ruled_out = None,
            None => {}
        }
        list
    }

    /// Returns how many rows the other side has.
    fn others(&self, anchor: Anchor<'_>) -> usize {
        match anchor {
            Anchor::Event(_) => self.catalog.sponsor_count(),
            Anchor::Sponsor(_) => self.catalog.event_count(),
        }
    }

    fn candidate<'b>(&'b self, anchor: Anchor<'b>, score: MatchScore) -> Option<Candidate<'b>> {
        let (sponsor, (event, insights)) = match anchor {
            Anchor::Event(held) => (self.catalog.sponsor(&score.sponsor_id)?, held),
            Anchor::Sponsor(sponsor) => (sponsor, self.catalog.event(&score.event_id)?),
        };
        let checked = self.rules.map(|rules| rules.check(sponsor, event, insights));
        let mut undecided = checked.map(|checked| checked.verdicts).unwrap_or_default();
        undecided.retain(|verdict| verdict.outcome == Outcome::Unknown);
        Some(Candidate { sponsor, event, insights, score, undecided })
    }

    /// Counts the pairs that the rules keep out, and collects those that they nearly let pass.
    fn keep_out(&self, rules: &Rules, anchor: Anchor<'_>, list: &mut Shortlist<'_>) {
        let mut ruled_out = 0;
        let mut ask = |sponsor: &SponsorProfile, (event, insights): Held<'_>| {
            if rules.allow(sponsor, event, insights) {
                return;
            }
            ruled_out += 1;
            if self.near_misses {
                list.near_misses.extend(rules.near_miss(self.catalog.scorer(), sponsor, event, insights));
            }
        };
        match anchor {
            Anchor::Event(held) => self.catalog.sponsors().for_each(|sponsor| ask(sponsor, held)),
            Anchor::Sponsor(sponsor) => self.catalog.events().for_each(|held| ask(sponsor, held)),
        }
        list.near_misses.sort_by(|a, b| by_score_if_allowed(a, b, anchor));
        list.counts.ruled_out = Some(ruled_out);
        list.counts.near_misses = list.near_misses.len() as u64;
    }
}

fn by_score_if_allowed(a: &NearMiss, b: &NearMiss, anchor: Anchor<'_>) -> Ordering {
    // Scores are never negative: what has none goes last.
    let score = |near: &NearMiss| near.score_if_allowed.map_or(-1.0, sponsorfit::UnitInterval::get);
    score(b).total_cmp(&score(a)).then_with(|| match anchor {
        Anchor::Event(_) => a.sponsor_id.cmp(&b.sponsor_id),
        Anchor::Sponsor(_) => a.event_id.cmp(&b.event_id),
    })
}
