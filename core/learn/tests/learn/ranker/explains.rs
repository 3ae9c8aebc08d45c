//! Explanations that add up, and that read well.

use sponsorfit::{Event, Filter, PastSponsorship, Scorer, ScoringConfig, SponsorProfile};
use sponsorfit_learn::features::{Features, Theme};
use sponsorfit_learn::history::History;
use sponsorfit_learn::ranker::{Effect, Ranker, RefinedExplanation};

use super::{scene, stumps};
use crate::history::world::{date, event_id, sponsor_id};

const MODEL: [(&str, f64, f64, f64); 7] = [
    ("series_recency", 0.5, -0.3, 0.9),
    ("series_recency_share", 0.5, -0.1, 0.4),
    ("country_recency", 0.2, -0.2, 0.3),
    ("events", 3.0, -0.01, 0.05),
    ("tier_mean", 0.9, 0.002, -0.001),
    ("category_cosine", 0.6, 0.1, -0.2),
    ("country_neighbours_mean", 0.05, 0.1, -0.3),
];

#[test]
fn contributions_add_up_to_the_refinement() {
    let scene = scene(4, &MODEL);
    let mut texts = std::collections::BTreeSet::new();
    for event in &scene.world.events {
        let facts = scene.features.event(event, None);
        let refined = scene
            .ranker
            .top_sponsors(&scene.catalog, &scene.features, &event.event_id, 40, &Filter::new())
            .unwrap();
        for found in refined.matches {
            let profile = scene.catalog.sponsor(&found.score.sponsor_id).unwrap();
            let sponsor = scene.features.sponsor(profile);
            let why =
                scene.ranker.explain(scene.catalog.scorer(), &scene.features, &sponsor, &facts).unwrap();
            assert_eq!(why.refinement.to_bits(), found.refinement.to_bits());
            assert_eq!(why.formula.score, found.score);
            let by_feature: f64 = why.features.iter().map(|feature| feature.contribution).sum();
            let by_theme: f64 = why.themes.iter().map(|theme| theme.contribution).sum();
            assert!((why.expected + by_feature - why.refinement).abs() < 1e-12);
            assert!((by_feature - by_theme).abs() < 1e-12);
            let sizes: Vec<f64> = why.themes.iter().map(|theme| theme.contribution.abs()).collect();
            assert!(sizes.is_sorted_by(|a, b| a >= b), "{sizes:?}");
            for theme in &why.themes {
                let raises =
                    matches!(theme.effect, Effect::RaisesMost | Effect::Raises | Effect::RaisesALittle);
                let lowers =
                    matches!(theme.effect, Effect::LowersMost | Effect::Lowers | Effect::LowersALittle);
                assert!(!raises || theme.contribution > 0.0, "{theme:?}");
                assert!(!lowers || theme.contribution < 0.0, "{theme:?}");
                assert!(theme.text.ends_with('.') && theme.text.chars().next().unwrap().is_uppercase());
                texts.insert(theme.text.clone());
            }
            let most = |effect| why.themes.iter().filter(|theme| theme.effect == effect).count();
            assert!(most(Effect::RaisesMost) <= 1 && most(Effect::LowersMost) <= 1);
        }
    }
    assert!(texts.len() > 50, "only {} different sentences", texts.len());
}

/// A regular of a fair in Japan, and somebody who came once, elsewhere.
fn explained(model: &[(&str, f64, f64, f64)], who: usize) -> RefinedExplanation {
    let fair = |number: usize, slug: &str, country: &str, city: &str| {
        let mut event = Event::new(event_id(number));
        (event.slug, event.country) = (Some(slug.to_owned()), Some(country.to_owned()));
        event.city = Some(city.to_owned());
        event.categories = ["ruby", "art"].into_iter().collect();
        event
    };
    let events = [
        fair(1, "lantern-fair-2021", "JP", "Kyoto"),
        fair(2, "lantern-fair-2022", "JP", "Nara"),
        fair(3, "lantern-fair-2024", "JP", "Kyoto"),
        fair(4, "midsummer-2023", "SE", "Lund"),
    ];
    let days = ["2021-05-01", "2022-05-01", "2024-05-01", "2023-06-21"];
    let past = [(1, 0), (1, 1), (1, 2), (2, 3), (3, 3)].map(|(sponsor, number)| {
        PastSponsorship::new(sponsor_id(sponsor), events[number].event_id, date(days[number]))
    });
    let next = fair(9, "lantern-fair-2025", "JP", "Kyoto");
    let features = Features::as_of(&History::new(&events, &past).unwrap(), date("2025-01-01"));
    let mut profile = SponsorProfile::new(sponsor_id(who));
    profile.preferred_categories = ["art"].into_iter().collect();
    let scorer = Scorer::new(ScoringConfig::default()).unwrap();
    let ranker = Ranker::from_text(&stumps(model)).unwrap();
    ranker.explain(&scorer, &features, &features.sponsor(&profile), &features.event(&next, None)).unwrap()
}

fn texts(why: &RefinedExplanation) -> Vec<&str> {
    why.themes.iter().map(|theme| theme.text.as_str()).collect()
}

#[test]
fn a_regular_is_explained_in_words() {
    let why = explained(&MODEL, 1);
    assert_eq!(
        why.summary,
        "The formula gives 0.53. What came of earlier proposals speaks for it, above all that it sponsored \
         this series 3 times, most recently in 2024."
    );
    assert_eq!(
        texts(&why),
        [
            "Sponsored this series 3 times, most recently in 2024: raises it most.",
            "Sponsored in JP 3 times, most recently in 2024: raises it.",
            "Sponsors events that share 67 % of their sponsors with this series: lowers it most.",
            "Mostly sponsors events about the same: lowers it.",
            "Sponsored 3 events since 2021, 1 in the last year: hardly matters.",
            "Has taken packages of unknown rank, at events with 1 sponsor on average: hardly matters.",
        ]
    );
    assert_eq!(
        why.features[0].text,
        "it sponsored this series as much as 1.1 times today, what is older counting less"
    );
}

#[test]
fn a_stranger_is_explained_in_words() {
    let why = explained(&MODEL, 2);
    assert_eq!(
        texts(&why)[..2],
        [
            "Never sponsored this series, which had 3 editions: lowers it most.",
            "Never sponsored in JP: lowers it."
        ]
    );
    assert!(why.summary.ends_with(
        "speaks against it, above all that it never sponsored this series, which had 3 editions."
    ));
    let newcomer = explained(&[("events", 0.0, -0.5, 0.5), ("city_recency", 0.0, 0.0, 0.0)], 30);
    assert_eq!(
        texts(&newcomer),
        [
            "Has not been seen to sponsor anything yet: lowers it most.",
            "Never sponsored in Kyoto: hardly matters."
        ]
    );
    let undecided = explained(&[("city_recency", 0.0, 0.0, 0.0)], 2);
    assert!(undecided.summary.ends_with("says nothing more."), "{}", undecided.summary);
}

#[test]
fn it_is_written_as_json() {
    let why = explained(&[("series_years_since", 1.0, -0.5, 0.5)], 2);
    let json = serde_json::to_value(&why).unwrap();
    assert_eq!(json["features"][0]["feature"], "series_years_since");
    assert!(json["features"][0]["value"].is_null());
    assert_eq!(
        (&json["themes"][0]["theme"], &json["themes"][0]["effect"]),
        (&"series".into(), &"lowers_most".into())
    );
    assert_eq!(json["formula"]["sponsor_id"], sponsor_id(2).to_string());
    assert_eq!(why.themes[0].theme, Theme::Series);
}
