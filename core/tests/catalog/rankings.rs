//! One anchor: both directions, every reading and policy, filters, pages, changes.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::sample::select;
use sponsorfit::{
    Catalog, Cursor, Filter, LabelSet, Moment, OnUnknown, Rules, ScoringConfig, SponsorProfile, UnitInterval,
};

use crate::oracle::{assert_top, events_for, sponsors_for};
use crate::world::{World, config, event, event_id, insights, scorer, sponsor, sponsor_id, world};

/// Compares every ranking of a catalog with the oracle's.
fn assert_all(catalog: &Catalog, world: &World, k: usize) {
    let scorer = catalog.scorer();
    for sponsor in &world.sponsors {
        let expected = events_for(world, scorer, sponsor, &|_, _| true);
        assert_top(&catalog.events_for(&sponsor.sponsor_id).top(k).unwrap(), &expected, k);
    }
    for event in &world.events {
        let expected = sponsors_for(world, scorer, event, &|_, _| true);
        assert_top(&catalog.sponsors_for(&event.event_id).top(k).unwrap(), &expected, k);
    }
}

fn k() -> impl Strategy<Value = usize> {
    select(&[0, 1, 2, 5, 20, usize::MAX][..])
}

fn rules() -> impl Strategy<Value = Rules> {
    let on_unknown = select(&[OnUnknown::Keep, OnUnknown::Drop][..]);
    let blocked_pairs = proptest::collection::btree_set((0..9_u16, 0..120_u16), 0..40);
    (any::<[bool; 3]>(), blocked_pairs, on_unknown).prop_map(|(set, blocked, on_unknown)| Rules {
        excluded_categories: set[0],
        region_required: set[1],
        price_ceiling: set[2],
        blocked_pairs: blocked.into_iter().map(|(s, e)| (sponsor_id(s), event_id(e))).collect(),
        on_unknown,
        ..Rules::default()
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn both_directions(world in world(12, 40), k in k()) {
        assert_all(&world.catalog(), &world, k);
        assert_all(&world.catalog().plain(), &world, k);
    }

    #[test]
    fn many_rows_of_one_side(many_events in world(2, 400), many_sponsors in world(400, 2), k in k()) {
        assert_all(&many_events.catalog(), &many_events, k);
        assert_all(&many_sponsors.catalog(), &many_sponsors, k);
    }

    #[test]
    fn anchors_from_outside(world in world(9, 30), stranger in sponsor(999), draft in event(999), known in insights(999), k in k()) {
        let catalog = world.catalog();
        let ranking = catalog.events_for(&stranger).filter(&Filter::new()).top(k).unwrap();
        assert_top(&ranking, &events_for(&world, catalog.scorer(), &stranger, &|_, _| true), k);
        let mut with_draft = world.clone();
        for insights in [None, Some(known)] {
            with_draft.insights.extend(insights.clone().map(|row| (row.event_id, row)));
            let ranking = catalog.sponsors_for((&draft, insights.as_ref())).filter(&Filter::new()).top(k).unwrap();
            assert_top(&ranking, &sponsors_for(&with_draft, catalog.scorer(), &draft, &|_, _| true), k);
        }
    }

    #[test]
    fn similarities_of_ones_own(world in world(6, 80), stranger in sponsor(999), draft in event(999), removed in 0..90_u16, k in k()) {
        let (mut world, mut catalog) = (world.clone(), world.catalog());
        Change::RemoveEvent(removed).apply(&mut catalog, &mut world);
        let own = catalog.scorer().clone().with_objectives(std::sync::Arc::new(crate::world::Parity));
        let similarity = |sponsor: &SponsorProfile, event: &sponsorfit::Event| {
            sponsorfit::ObjectivesSimilarity::similarity(&crate::world::Parity, sponsor, event)
        };
        let column: Vec<_> = world.events.iter().map(|event| similarity(&stranger, event)).collect();
        let ranking = catalog.events_for(&stranger).similarities(&column).filter(&Filter::new()).top(k).unwrap();
        assert_top(&ranking, &events_for(&world, &own, &stranger, &|_, _| true), k);
        let column: Vec<_> = world.sponsors.iter().map(|sponsor| similarity(sponsor, &draft)).collect();
        let ranking = catalog.sponsors_for((&draft, None)).similarities(&column).filter(&Filter::new()).top(k).unwrap();
        assert_top(&ranking, &sponsors_for(&world, &own, &draft, &|_, _| true), k);
        let error = catalog.events_for(&stranger).similarities(&vec![None; world.events.len() + 1]).filter(&Filter::new()).top(k).unwrap_err();
        prop_assert_eq!(error.code(), "out_of_range");
    }

    #[test]
    fn one_catalog_under_many_configurations(world in world(6, 40), others in prop::collection::vec(config(), 3), k in k()) {
        let catalog = world.catalog();
        for other in others {
            let other = scorer(&other);
            assert_all(&catalog.with_scorer(other), &world, k);
        }
        assert_all(&catalog, &world, k);
    }

    #[test]
    fn pages_leave_nothing_out(world in world(5, 40), size in 1..7_usize) {
        let catalog = world.catalog();
        for sponsor in &world.sponsors {
            let all = catalog.events_for(&sponsor.sponsor_id).top(usize::MAX).unwrap();
            let mut pages = Vec::new();
            let mut filter = Filter::new();
            loop {
                let page = catalog.events_for(&sponsor.sponsor_id).filter(&filter).top(size).unwrap();
                let Some(last) = page.last() else { break };
                filter = Filter::new().after(Cursor::behind_event(last));
                pages.extend(page);
            }
            prop_assert_eq!(&pages, &all.matches);
        }
        for event in world.events.iter().take(5) {
            let all = catalog.sponsors_for(&event.event_id).top(usize::MAX).unwrap();
            let first = catalog.sponsors_for(&event.event_id).top(2).unwrap();
            if let Some(last) = first.last() {
                let rest = Filter::new().after(Cursor::behind_sponsor(last));
                let rest = catalog.sponsors_for(&event.event_id).filter(&rest).top(usize::MAX).unwrap();
                prop_assert_eq!(&rest.matches[..], &all[first.len()..]);
            }
        }
    }

    #[test]
    fn rules_come_before_points(world in world(9, 120), rules in rules(), k in k()) {
        let catalog = world.catalog();
        let filter = Filter::new().rules(&rules);
        let accepts = |sponsor: &SponsorProfile, event: &sponsorfit::Event| {
            rules.check(sponsor, event, world.insights_of(event)).is_eligible()
        };
        for sponsor in &world.sponsors {
            let expected = events_for(&world, catalog.scorer(), sponsor, &accepts);
            assert_top(&catalog.events_for(&sponsor.sponsor_id).filter(&filter).top(k).unwrap(), &expected, k);
        }
        for event in world.events.iter().take(9) {
            let expected = sponsors_for(&world, catalog.scorer(), event, &accepts);
            assert_top(&catalog.sponsors_for(&event.event_id).filter(&filter).top(k).unwrap(), &expected, k);
        }
    }

    #[test]
    fn filters(world in world(9, 60), wanted in wanted(), k in k()) {
        let catalog = world.catalog();
        let not_excluded = |sponsor: &SponsorProfile, event: &sponsorfit::Event, _: Option<&sponsorfit::AudienceInsights>| {
            odd_pair(sponsor, event)
        };
        let mut filter = wanted.filter();
        if wanted.odd_only {
            filter = filter.eligible(&not_excluded);
        }
        let accepts = |sponsor: &SponsorProfile, event: &sponsorfit::Event| wanted.accepts(sponsor, event);
        let at_least = |(scores, none): (Vec<sponsorfit::MatchScore>, u64)| {
            (scores.into_iter().filter(|pair| pair.score >= wanted.least).collect(), none)
        };
        for sponsor in &world.sponsors {
            let expected = at_least(events_for(&world, catalog.scorer(), sponsor, &accepts));
            let ranking = catalog.events_for(&sponsor.sponsor_id).filter(&filter).top(k).unwrap();
            assert_top(&ranking, &expected, k);
        }
        for event in &world.events {
            let expected = at_least(sponsors_for(&world, catalog.scorer(), event, &accepts));
            let ranking = catalog.sponsors_for(&event.event_id).filter(&filter).top(k).unwrap();
            assert_top(&ranking, &expected, k);
        }
    }

    #[test]
    fn changes_in_between(world in world(20, 60), changes in changes(), k in k()) {
        let mut world = world;
        let mut catalog = world.catalog();
        for change in changes {
            change.apply(&mut catalog, &mut world);
        }
        assert_all(&catalog, &world, k);
        let order: Vec<_> = catalog.events().map(|(event, _)| event.event_id).collect();
        prop_assert_eq!(order, world.events.iter().map(|event| event.event_id).collect::<Vec<_>>());
        let config = ScoringConfig::default();
        assert_all(&catalog.with_config(config).unwrap(), &world, k);
        catalog.merge();
        assert_all(&catalog, &world, k);
    }
}

fn odd_pair(sponsor: &SponsorProfile, event: &sponsorfit::Event) -> bool {
    (sponsor.regions.len() + event.categories.len()) % 2 == 1
}

/// A filter, and the same in the test's own words.
#[derive(Clone, Debug)]
struct Wanted {
    from: Option<Moment>,
    until: Option<Moment>,
    categories: Option<LabelSet>,
    least: UnitInterval,
    only_events: Option<BTreeSet<u16>>,
    only_sponsors: Option<BTreeSet<u16>>,
    without_events: BTreeSet<u16>,
    without_sponsors: BTreeSet<u16>,
    odd_only: bool,
}

impl Wanted {
    fn filter(&self) -> Filter<'static> {
        let mut filter = Filter::new()
            .min_score(self.least)
            .without_events(self.without_events.iter().map(|number| event_id(*number)))
            .without_sponsors(self.without_sponsors.iter().map(|number| sponsor_id(*number)));
        if let Some(from) = self.from {
            filter = filter.from(from);
        }
        if let Some(until) = self.until {
            filter = filter.until(until);
        }
        if let Some(categories) = &self.categories {
            filter = filter.in_categories(categories.clone());
        }
        if let Some(only) = &self.only_events {
            filter = filter.only_events(only.iter().map(|number| event_id(*number)));
        }
        if let Some(only) = &self.only_sponsors {
            filter = filter.only_sponsors(only.iter().map(|number| sponsor_id(*number)));
        }
        filter
    }

    fn accepts(&self, sponsor: &SponsorProfile, event: &sponsorfit::Event) -> bool {
        let has = |numbers: &BTreeSet<u16>, bytes: &[u8; 16]| {
            numbers.contains(&u16::from_be_bytes([bytes[14], bytes[15]]))
        };
        let (sponsor_bytes, event_bytes) = (sponsor.sponsor_id.as_bytes(), event.event_id.as_bytes());
        let starts_after =
            |from: Moment| event.start_at.is_some_and(|at| at.last_micros() >= from.first_micros());
        let starts_before =
            |until: Moment| event.start_at.is_some_and(|at| at.first_micros() <= until.last_micros());
        self.from.is_none_or(starts_after)
            && self.until.is_none_or(starts_before)
            && self.categories.as_ref().is_none_or(|labels| labels.matches(&event.categories) > 0)
            && self.only_events.as_ref().is_none_or(|only| has(only, event_bytes))
            && self.only_sponsors.as_ref().is_none_or(|only| has(only, sponsor_bytes))
            && !has(&self.without_events, event_bytes)
            && !has(&self.without_sponsors, sponsor_bytes)
            && (!self.odd_only || odd_pair(sponsor, event))
    }
}

fn wanted() -> impl Strategy<Value = Wanted> {
    let moment = || {
        prop::option::weighted(0.2, select(&["2026-01-01", "2026-02-01T09:00:00Z", "2026-02-20"][..]))
            .prop_map(|text| text.map(|text| text.parse::<Moment>().unwrap()))
    };
    let categories =
        prop::option::weighted(0.3, prop::collection::vec(0..30_u32, 0..4)).prop_map(|numbers| {
            let texts =
                numbers.map(|numbers| numbers.iter().map(|n| format!("Label {n}")).collect::<Vec<_>>());
            texts.map(|texts| texts.iter().map(String::as_str).collect::<LabelSet>())
        });
    let numbers = || prop::collection::btree_set(0..70_u16, 0..20);
    let only = || prop::option::weighted(0.2, numbers());
    let least = select(&[0.0, 0.0, 0.3, 0.425, 0.9][..]).prop_map(|least| UnitInterval::new(least).unwrap());
    let without = || prop_oneof![Just(BTreeSet::new()), numbers()];
    (moment(), moment(), categories, least, only(), only(), without(), without(), any::<bool>()).prop_map(
        |(
            from,
            until,
            categories,
            least,
            only_events,
            only_sponsors,
            without_events,
            without_sponsors,
            odd_only,
        )| {
            Wanted {
                from,
                until,
                categories,
                least,
                only_events,
                only_sponsors,
                without_events,
                without_sponsors,
                odd_only,
            }
        },
    )
}

#[derive(Clone, Debug)]
enum Change {
    UpsertEvent(Box<(sponsorfit::Event, Option<sponsorfit::AudienceInsights>)>),
    UpsertSponsor(Box<SponsorProfile>),
    RemoveEvent(u16),
    RemoveSponsor(u16),
    Merge,
}

impl Change {
    fn apply(self, catalog: &mut Catalog, world: &mut World) {
        match self {
            Self::UpsertEvent(row) => {
                let (event, insights) = *row;
                world.insights.remove(&event.event_id);
                world.insights.extend(insights.clone().map(|row| (row.event_id, row)));
                match world.events.iter_mut().find(|row| row.event_id == event.event_id) {
                    Some(row) => *row = event.clone(),
                    None => world.events.push(event.clone()),
                }
                catalog.upsert_event(event, insights).unwrap();
            }
            Self::UpsertSponsor(sponsor) => {
                match world.sponsors.iter_mut().find(|row| row.sponsor_id == sponsor.sponsor_id) {
                    Some(row) => *row = (*sponsor).clone(),
                    None => world.sponsors.push((*sponsor).clone()),
                }
                catalog.upsert_sponsor(*sponsor).unwrap();
            }
            Self::RemoveEvent(number) => {
                let id = event_id(number);
                let was_there = world.events.iter().any(|row| row.event_id == id);
                world.events.retain(|row| row.event_id != id);
                world.insights.remove(&id);
                assert_eq!(catalog.remove_event(&id), was_there);
            }
            Self::RemoveSponsor(number) => {
                let id = sponsor_id(number);
                let was_there = world.sponsors.iter().any(|row| row.sponsor_id == id);
                world.sponsors.retain(|row| row.sponsor_id != id);
                assert_eq!(catalog.remove_sponsor(&id), was_there);
            }
            Self::Merge => catalog.merge(),
        }
    }
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let upsert_event = (0..80_u16, any::<bool>()).prop_flat_map(|(number, known)| {
        (event(number), insights(number)).prop_map(move |(event, insights)| {
            Change::UpsertEvent(Box::new((event, known.then_some(insights))))
        })
    });
    let upsert_sponsor = (0..30_u16)
        .prop_flat_map(|number| sponsor(number).prop_map(|row| Change::UpsertSponsor(Box::new(row))));
    let change = prop_oneof![
        6 => upsert_event,
        4 => upsert_sponsor,
        3 => (0..80_u16).prop_map(Change::RemoveEvent),
        3 => (0..30_u16).prop_map(Change::RemoveSponsor),
        1 => Just(Change::Merge),
    ];
    prop::collection::vec(change, 0..24)
}

#[test]
fn unknown_and_repeated_identifiers() {
    let catalog = Catalog::builder(scorer("{}")).build().unwrap();
    let error = catalog.events_for(&sponsor_id(1)).top(5).unwrap_err();
    assert_eq!(error.code(), "unknown_id");
    assert_eq!(error.to_string(), format!("no sponsor `{}` in the catalog", sponsor_id(1)));
    assert_eq!(catalog.sponsors_for(&event_id(1)).top(5).unwrap_err().code(), "unknown_id");
    assert_eq!(catalog.score(&sponsor_id(1), &event_id(1)).unwrap_err().code(), "unknown_id");

    let twice = [SponsorProfile::new(sponsor_id(1)), SponsorProfile::new(sponsor_id(1))];
    let error = Catalog::builder(scorer("{}")).sponsors(twice).build().unwrap_err();
    assert_eq!(error.code(), "duplicate_id");
    assert_eq!(error.to_string(), format!("sponsor `{}` is there twice", sponsor_id(1)));
    let row = sponsorfit::AudienceInsights::new(event_id(1));
    let error = Catalog::builder(scorer("{}")).insights([row.clone(), row]).build().unwrap_err();
    assert_eq!(error.code(), "duplicate_id");
}

#[test]
fn insights_of_other_events_are_counted() {
    let mut catalog = Catalog::builder(scorer("{}"))
        .events([sponsorfit::Event::new(event_id(1))])
        .insights([
            sponsorfit::AudienceInsights::new(event_id(1)),
            sponsorfit::AudienceInsights::new(event_id(2)),
        ])
        .build()
        .unwrap();
    assert_eq!(catalog.ignored_insights(), 1);
    catalog
        .upsert_event(sponsorfit::Event::new(event_id(3)), sponsorfit::AudienceInsights::new(event_id(4)))
        .unwrap();
    assert_eq!((catalog.ignored_insights(), catalog.event(&event_id(3)).unwrap().1), (2, None));
}
