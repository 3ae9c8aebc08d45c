//! Profiles as they would have read on a date.
#![allow(clippy::indexing_slicing, reason = "numbers of labels and tiers are places in lists made for them")]

use sponsorfit::{Count, LabelSet, Moment, SponsorProfile, SponsorshipOutcome, UnitInterval};

use super::History;
use super::world::{Deal, Setting, is_before};

/// How a profile follows from what a sponsor has sponsored.
///
/// For sponsors who state nothing themselves, and to judge a ranking on the past without
/// telling it what came later. From the sponsorships that took place before the date:
///
/// - `preferred_categories`: those that nearly all events carry (every Ruby conference is
///   about Ruby, so nobody's number of them tells anything) as far as the sponsor's own
///   events do, and the most frequent others;
/// - `brand_objectives.keywords`: more of the most frequent others;
/// - `regions`: all countries of its events;
/// - `annual_budget_cents`: the prices of the tiers of its last active year, summed.
///
/// What is equally frequent goes by the label's key.
///
/// # Examples
/// ```
/// use sponsorfit_learn::history::ProfileRule;
/// let rule = ProfileRule { categories: 3, ..ProfileRule::default() };
/// assert_eq!(rule.tier_prices_cents.iter().map(|price| price.get()).sum::<u64>(), 3_500_000);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileRule {
    /// A category says nothing of a sponsor when at least this share of the events carries it.
    pub common_share: UnitInterval,
    /// How many other categories become preferred ones.
    pub categories: usize,
    /// How many other categories become keywords.
    pub keywords: usize,
    /// What a package of tier level 1, 2, … is taken to cost, in minor units.
    pub tier_prices_cents: Vec<Count>,
    /// What a package of any other level costs, or of none.
    pub other_tier_cents: Count,
}

impl Default for ProfileRule {
    /// Returns common share 0.95, 5 categories, 8 keywords, and 20 000.00, 10 000.00,
    /// 5 000.00 and 2 000.00 of the currency for levels 1, 2, 3 and any other.
    fn default() -> Self {
        Self {
            common_share: UnitInterval::clamped(0.95),
            categories: 5,
            keywords: 8,
            tier_prices_cents: [2_000_000, 1_000_000, 500_000].map(Count::from).to_vec(),
            other_tier_cents: Count::from(200_000),
        }
    }
}

impl ProfileRule {
    fn price(&self, level: Option<u64>) -> u64 {
        let place = level.and_then(|level| usize::try_from(level.checked_sub(1)?).ok());
        let price = place.and_then(|place| self.tier_prices_cents.get(place));
        price.copied().unwrap_or(self.other_tier_cents).get()
    }
}

impl History {
    /// Returns the profiles of all who had sponsored something before a date, by id.
    ///
    /// These are the candidates of that date: nobody else was known then.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::history::{History, ProfileRule};
    /// use sponsorfit::{Count, Event, EventId, PastSponsorship, SponsorId};
    ///
    /// let mut fair = Event::new(EventId::from_bytes([2; 16]));
    /// fair.country = Some("FR".to_owned());
    /// let mut past = PastSponsorship::new(SponsorId::from_bytes([1; 16]), fair.event_id, "2024-05-15".parse()?);
    /// past.tier_level = Some(Count::from(2));
    ///
    /// let history = History::new(&[fair], &[past])?;
    /// let profiles = history.profiles("2025-01-01".parse()?, &ProfileRule::default());
    /// assert!(profiles[0].regions.contains(&"FR".into()));
    /// assert_eq!(profiles[0].annual_budget_cents, Some(Count::from(1_000_000)));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn profiles(&self, date: Moment, rule: &ProfileRule) -> Vec<SponsorProfile> {
        let is_common = self.common_categories(date, rule.common_share);
        let profile = |sponsor| {
            let took_place = |deal: &&Deal| deal.outcome == SponsorshipOutcome::Accepted;
            let deals: Vec<&Deal> = self.before(sponsor, date).iter().filter(took_place).collect();
            let last = deals.last()?;
            let mut profile = SponsorProfile::new(self.sponsors[sponsor]);
            let (common, others): (Vec<usize>, Vec<usize>) =
                self.by_frequency(&deals).into_iter().partition(|&category| is_common[category]);
            let named = |places: &[usize]| -> LabelSet {
                places
                    .iter()
                    .map(|&place| self.labels.categories.iter().as_slice()[place].spelling())
                    .collect()
            };
            profile.preferred_categories = named(&[&common, first(&others, rule.categories)].concat());
            profile.brand_objectives.keywords = named(first(&others, rule.keywords));
            profile.regions = self.countries_of(&deals);
            let year = last.at.year();
            let of_last_year = deals.iter().filter(|deal| deal.at.year() == year);
            let mut prices = of_last_year.map(|deal| rule.price(deal.level));
            // A sum beyond any count would be a wrong price list: then nothing is known.
            let budget = prices.try_fold(0, u64::checked_add).map(Count::new);
            profile.annual_budget_cents = budget.and_then(Result::ok);
            Some(profile)
        };
        (0..self.sponsors.len()).filter_map(profile).collect()
    }

    /// Tells of each category whether nearly all events carry it that anybody was brought
    /// together with before the date.
    #[allow(clippy::cast_precision_loss, reason = "events in memory are far fewer than 2^53")]
    fn common_categories(&self, date: Moment, share: UnitInterval) -> Vec<bool> {
        let earlier = self.deals.iter().filter(|deal| is_before(deal.at, date));
        let mut events: Vec<usize> = earlier.map(|deal| deal.event).collect();
        events.sort_unstable();
        events.dedup();
        let events: Vec<&Setting> = events.into_iter().filter_map(|event| self.setting(event)).collect();
        let mut carriers = vec![0_usize; self.labels.categories.len()];
        for &category in events.iter().flat_map(|event| &event.categories) {
            carriers[category] += 1;
        }
        let least = share.get() * events.len() as f64;
        carriers.into_iter().map(|count| count > 0 && count as f64 >= least).collect()
    }

    /// Returns the categories of sponsored events, the most frequent first.
    fn by_frequency(&self, deals: &[&Deal]) -> Vec<usize> {
        let mut times = vec![0_usize; self.labels.categories.len()];
        let events = deals.iter().filter_map(|deal| self.setting(deal.event));
        for &category in events.flat_map(|event| &event.categories) {
            times[category] += 1;
        }
        let mut found: Vec<usize> = (0..times.len()).filter(|&category| times[category] > 0).collect();
        found.sort_by_key(|&category| std::cmp::Reverse(times[category]));
        found
    }

    fn setting(&self, event: usize) -> Option<&Setting> {
        self.events[event].setting.as_ref()
    }

    fn countries_of(&self, deals: &[&Deal]) -> LabelSet {
        let events = deals.iter().filter_map(|deal| self.setting(deal.event));
        let countries = events.filter_map(|event| event.country);
        countries.map(|country| self.labels.countries.iter().as_slice()[country].spelling()).collect()
    }
}

fn first(places: &[usize], count: usize) -> &[usize] {
    &places[..count.min(places.len())]
}
