//! Asking the rules about a pair: pass, fail or unknown, each with its reason.

use std::fmt;

use super::verdict::{Eligibility, NearMiss, Outcome, Rule, RuleVerdict};
use super::{DateWindow, Exclusivity, Rules};
use crate::factors::geography;
use crate::model::{AudienceInsights, Event, Label, SponsorProfile};
use crate::score::Scorer;

impl Rules {
    /// Asks every rule that is set about a pair.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Count, Event, EventId, Outcome, Rules, SponsorId, SponsorProfile};
    ///
    /// let rules = Rules { price_ceiling: true, ..Rules::default() };
    /// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// sponsor.annual_budget_cents = Some(Count::from(500));
    /// let mut event = Event::new(EventId::from_bytes([2; 16]));
    /// event.min_price_cents = Some(Count::from(501));
    /// assert_eq!(rules.check(&sponsor, &event, None).verdicts[0].outcome, Outcome::Fail);
    /// ```
    pub fn check<'a>(
        &self,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: impl Into<Option<&'a AudienceInsights>>,
    ) -> Eligibility {
        let mut verdicts = Vec::new();
        self.ask(sponsor, event, insights.into(), |rule, outcome, reason| {
            verdicts.push(RuleVerdict { rule, outcome, reason: reason.to_string() });
        });
        Eligibility { verdicts, on_unknown: self.on_unknown }
    }

    /// Returns whether a pair may be ranked: [`Eligibility::is_eligible`] without the cost of reasons.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, OnUnknown, Rules, SponsorId, SponsorProfile};
    ///
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let rules = Rules { price_ceiling: true, on_unknown: OnUnknown::Drop, ..Rules::default() };
    /// assert!(!rules.allow(&sponsor, &event, None));
    /// ```
    pub fn allow<'a>(
        &self,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: impl Into<Option<&'a AudienceInsights>>,
    ) -> bool {
        let mut is_allowed = true;
        self.ask(sponsor, event, insights.into(), |_, outcome, _| {
            is_allowed &= !self.on_unknown.is_against(outcome);
        });
        is_allowed
    }

    /// Asks every rule that is set, in order. Reasons are written only where `answer` does so.
    fn ask(
        &self,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: Option<&AudienceInsights>,
        mut answer: impl FnMut(Rule, Outcome, fmt::Arguments<'_>),
    ) {
        if self.excluded_categories {
            excluded_categories(sponsor, event, |outcome, reason| {
                answer(Rule::ExcludedCategories, outcome, reason);
            });
        }
        if !self.blocked_pairs.is_empty() {
            self.blocked(sponsor, event, |outcome, reason| answer(Rule::BlockedPairs, outcome, reason));
        }
        if let Some(exclusivity) = &self.exclusivity {
            exclusive(exclusivity, sponsor, event, |outcome, reason| {
                answer(Rule::Exclusivity, outcome, reason);
            });
        }
        if self.region_required {
            region_required(sponsor, event, insights, |outcome, reason| {
                answer(Rule::RegionRequired, outcome, reason);
            });
        }
        if self.price_ceiling {
            price_ceiling(sponsor, event, |outcome, reason| answer(Rule::PriceCeiling, outcome, reason));
        }
        if let Some(window) = self.date_window {
            in_window(window, event, |outcome, reason| answer(Rule::DateWindow, outcome, reason));
        }
    }

    /// Returns the near miss that a pair is, when exactly one rule is against it.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Event, EventId, Rules, Scorer, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let scorer = Scorer::new(ScoringConfig::default())?;
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// assert_eq!(Rules::default().near_miss(&scorer, &sponsor, &event, None), None);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn near_miss<'a>(
        &self,
        scorer: &Scorer,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: impl Into<Option<&'a AudienceInsights>>,
    ) -> Option<NearMiss> {
        let insights = insights.into();
        let eligibility = self.check(sponsor, event, insights);
        let mut against = eligibility.against();
        let (Some(verdict), None) = (against.next(), against.next()) else { return None };
        Some(NearMiss {
            event_id: event.event_id,
            sponsor_id: sponsor.sponsor_id,
            rule: verdict.rule,
            reason: verdict.reason.clone(),
            score_if_allowed: scorer.score(sponsor, event, insights).ok().map(|found| found.score),
        })
    }

    fn blocked(&self, sponsor: &SponsorProfile, event: &Event, answer: impl Answer) {
        if self.blocked_pairs.contains(&(sponsor.sponsor_id, event.event_id)) {
            answer(Outcome::Fail, format_args!("the pair is blocked"));
        } else {
            answer(Outcome::Pass, format_args!("the pair is not blocked"));
        }
    }
}

/// Takes what a rule says, and why.
trait Answer: FnOnce(Outcome, fmt::Arguments<'_>) {}

impl<F: FnOnce(Outcome, fmt::Arguments<'_>)> Answer for F {}

fn exclusive(exclusivity: &Exclusivity, sponsor: &SponsorProfile, event: &Event, answer: impl Answer) {
    match (exclusivity.taken_at(event.event_id), &sponsor.industry) {
        (None, _) => answer(Outcome::Pass, format_args!("no industry is taken at the event")),
        (Some(_), None) => answer(Outcome::Unknown, format_args!("the sponsor's industry is unknown")),
        (Some(taken), Some(industry)) if taken.contains(&Label::new(industry)) => {
            answer(Outcome::Fail, format_args!("the event already has a sponsor from {industry}"));
        }
        (Some(_), Some(industry)) => {
            answer(Outcome::Pass, format_args!("{industry} is not taken at the event"));
        }
    }
}

fn in_window(window: DateWindow, event: &Event, answer: impl Answer) {
    match event.start_at {
        None => answer(Outcome::Unknown, format_args!("the event's date is unknown")),
        Some(start_at) if window.contains(start_at) => {
            answer(Outcome::Pass, format_args!("the event begins within the window, at {start_at}"));
        }
        Some(start_at) => {
            answer(Outcome::Fail, format_args!("the event begins outside the window, at {start_at}"));
        }
    }
}

fn excluded_categories(sponsor: &SponsorProfile, event: &Event, answer: impl Answer) {
    let excluded = &sponsor.excluded_categories;
    if excluded.is_empty() {
        return answer(Outcome::Pass, format_args!("the sponsor excludes no category"));
    }
    if event.categories.is_empty() {
        return answer(Outcome::Unknown, format_args!("the event names no category"));
    }
    match event.categories.iter().find(|category| excluded.contains(category)) {
        Some(category) => answer(Outcome::Fail, format_args!("the sponsor excludes {category}")),
        None => answer(Outcome::Pass, format_args!("no category is excluded")),
    }
}

fn region_required(
    sponsor: &SponsorProfile,
    event: &Event,
    insights: Option<&AudienceInsights>,
    answer: impl Answer,
) {
    if sponsor.regions.is_empty() {
        return answer(Outcome::Unknown, format_args!("the sponsor names no region"));
    }
    if geography::reached(event, insights).is_empty() {
        return answer(Outcome::Unknown, format_args!("the event names no region"));
    }
    match sponsor.regions.iter().find(|region| geography::reaches(event, insights, region)) {
        Some(region) => answer(Outcome::Pass, format_args!("the event reaches {region}")),
        None => answer(Outcome::Fail, format_args!("the event reaches none of the sponsor's regions")),
    }
}

fn price_ceiling(sponsor: &SponsorProfile, event: &Event, answer: impl Answer) {
    match (sponsor.annual_budget_cents, event.min_price_cents) {
        (None, _) => answer(Outcome::Unknown, format_args!("the sponsor's budget is unknown")),
        (_, None) => answer(Outcome::Unknown, format_args!("the event's lowest price is unknown")),
        (Some(budget), Some(price)) if price <= budget => answer(
            Outcome::Pass,
            format_args!("the lowest price of {price} cents is within the budget of {budget}"),
        ),
        (Some(budget), Some(price)) => answer(
            Outcome::Fail,
            format_args!("the lowest price of {price} cents is above the budget of {budget}"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ScoringConfig;
    use crate::model::Count;

    const SPONSOR: &str = "01010101-0101-0101-0101-010101010101";
    const EVENT: &str = "02020202-0202-0202-0202-020202020202";

    fn outcome(rules: &str, sponsor: &str, event: &str) -> (Outcome, String) {
        let sponsor: SponsorProfile =
            serde_json::from_str(&format!(r#"{{"sponsor_id": "{SPONSOR}"{sponsor}}}"#)).unwrap();
        let event: Event = serde_json::from_str(&format!(r#"{{"event_id": "{EVENT}"{event}}}"#)).unwrap();
        let mut verdicts = Rules::from_json(rules).unwrap().check(&sponsor, &event, None).verdicts;
        let verdict = verdicts.remove(0);
        (verdict.outcome, verdict.reason)
    }

    #[test]
    fn each_rule_answers_pass_fail_or_unknown() {
        use Outcome::{Fail, Pass, Unknown};
        let taken = format!(
            r#"{{"exclusivity": {{"by": "industry", "taken": [{{"event_id": "{EVENT}", "industry": "Beer"}}]}}}}"#
        );
        let others = r#"{"exclusivity": {"by": "industry", "taken": []}}"#;
        let blocked = format!(r#"{{"blocked_pairs": [["{SPONSOR}", "{EVENT}"]]}}"#);
        let elsewhere = format!(r#"{{"blocked_pairs": [["{EVENT}", "{SPONSOR}"]]}}"#);
        let excluded = r#"{"excluded_categories": true}"#;
        let region = r#"{"region_required": true}"#;
        let price = r#"{"price_ceiling": true}"#;
        let window = r#"{"date_window": {"from": "2026-01-01", "until": "2026-01-31"}}"#;
        let beer = r#", "excluded_categories": ["Beer"]"#;
        for (rules, sponsor, event, expected, reason) in [
            (excluded, "", "", Pass, "the sponsor excludes no category"),
            (excluded, beer, "", Unknown, "the event names no category"),
            (excluded, beer, r#", "categories": ["BEER"]"#, Fail, "the sponsor excludes BEER"),
            (excluded, beer, r#", "categories": ["wine"]"#, Pass, "no category is excluded"),
            (&blocked, "", "", Fail, "the pair is blocked"),
            (&elsewhere, "", "", Pass, "the pair is not blocked"),
            (others, "", "", Pass, "no industry is taken at the event"),
            (&taken, "", "", Unknown, "the sponsor's industry is unknown"),
            (&taken, r#", "industry": "BEER""#, "", Fail, "the event already has a sponsor from BEER"),
            (&taken, r#", "industry": "wine""#, "", Pass, "wine is not taken at the event"),
            (region, "", "", Unknown, "the sponsor names no region"),
            (region, r#", "regions": ["US"]"#, "", Unknown, "the event names no region"),
            (region, r#", "regions": ["US"]"#, r#", "regions": ["us"]"#, Pass, "the event reaches US"),
            (
                region,
                r#", "regions": ["US"]"#,
                r#", "regions": ["FR"]"#,
                Fail,
                "the event reaches none of the sponsor's regions",
            ),
            (price, "", "", Unknown, "the sponsor's budget is unknown"),
            (price, r#", "annual_budget_cents": 5"#, "", Unknown, "the event's lowest price is unknown"),
            (
                price,
                r#", "annual_budget_cents": 5"#,
                r#", "min_price_cents": 5"#,
                Pass,
                "the lowest price of 5 cents is within the budget of 5",
            ),
            (
                price,
                r#", "annual_budget_cents": 5"#,
                r#", "min_price_cents": 6"#,
                Fail,
                "the lowest price of 6 cents is above the budget of 5",
            ),
            (window, "", "", Unknown, "the event's date is unknown"),
            (
                window,
                "",
                r#", "start_at": "2026-01-31T23:59:59Z""#,
                Pass,
                "the event begins within the window, at 2026-01-31T23:59:59Z",
            ),
            (
                window,
                "",
                r#", "start_at": "2026-02-01""#,
                Fail,
                "the event begins outside the window, at 2026-02-01",
            ),
        ] {
            assert_eq!(
                outcome(rules, sponsor, event),
                (expected, reason.to_owned()),
                "{rules} {sponsor} {event}"
            );
        }
    }

    #[test]
    fn a_near_miss_fails_one_rule_only() {
        let mut sponsor = SponsorProfile::new(SPONSOR.parse().unwrap());
        sponsor.annual_budget_cents = Some(Count::from(5));
        let mut event = Event::new(EVENT.parse().unwrap());
        event.min_price_cents = Some(Count::from(6));
        let scorer = Scorer::new(ScoringConfig::default()).unwrap();
        let near = |rules: &str| {
            Rules::from_json(rules).unwrap().near_miss(&scorer, &sponsor, &event, None).map(|near| near.rule)
        };
        assert_eq!(near(r#"{"price_ceiling": true}"#), Some(Rule::PriceCeiling));
        assert_eq!(near(r#"{"price_ceiling": true, "region_required": true}"#), Some(Rule::PriceCeiling));
        assert_eq!(near(r#"{"price_ceiling": true, "region_required": true, "on_unknown": "drop"}"#), None);
        assert_eq!(near(r#"{"region_required": true, "on_unknown": "drop"}"#), Some(Rule::RegionRequired));
        assert_eq!(near(r#"{"region_required": true}"#), None);
    }

    #[test]
    fn rules_have_the_names_of_their_fields() {
        let rules = [
            Rule::ExcludedCategories,
            Rule::BlockedPairs,
            Rule::Exclusivity,
            Rule::RegionRequired,
            Rule::PriceCeiling,
            Rule::DateWindow,
        ];
        let names: Vec<String> = rules.iter().map(ToString::to_string).collect();
        let written: Vec<String> = serde_json::from_str(&serde_json::to_string(&rules).unwrap()).unwrap();
        assert_eq!(names, written);
        let known = serde_json::to_value(Rules::default()).unwrap();
        assert!(names.iter().all(|name| known.get(name).is_some()));
    }
}
