//! Rows that proptest makes up, with the characters that formats give a meaning.

use proptest::collection::{btree_map, vec};
use proptest::option::of;
use proptest::prelude::{Just, Strategy, any, prop_oneof};
use proptest::sample::Index;
use sponsorfit::{
    AgeSegments, AudienceInsights, Count, Embedding, Event, EventId, Label, LabelSet, Moment, NonNegative,
    Objectives, SignedUnitInterval, SponsorId, SponsorProfile, UnitInterval,
};

/// Text that is not empty: an empty cell is null.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[-a-zA-Z0-9 ,;\t\"'{}\\[\\]\\\\:\r\n.]{1,8}",
        "\\PC{1,6}",
        Just("NULL".to_owned()),
        "[0-9]{1,4}"
    ]
}

fn labels() -> impl Strategy<Value = LabelSet> {
    vec(text(), 0..4).prop_map(|texts| texts.iter().map(String::as_str).collect())
}

fn objectives() -> impl Strategy<Value = Objectives> {
    (labels(), labels()).prop_map(|(keywords, goals)| Objectives { keywords, goals })
}

fn count() -> impl Strategy<Value = Count> {
    prop_oneof![0..=Count::MAX.get(), 0..9_u64, Just(Count::MAX.get())].prop_map(|n| Count::new(n).unwrap())
}

fn share() -> impl Strategy<Value = UnitInterval> {
    prop_oneof![0.0..=1.0_f64, Just(0.0), Just(1.0), Just(1e-300)].prop_map(|x| UnitInterval::new(x).unwrap())
}

fn embedding() -> impl Strategy<Value = Embedding> {
    vec(any::<f32>().prop_filter("finite", |x| x.is_finite()), 0..4).prop_map(|components| {
        Embedding::new(&components.into_iter().map(f64::from).collect::<Vec<_>>()).unwrap()
    })
}

fn moment() -> impl Strategy<Value = Moment> {
    prop_oneof![
        (0..4_102_444_800_000_000_i64).prop_map(|micros| Moment::from_unix_micros(micros).unwrap()),
        Just("2026-02-28".parse().unwrap()),
    ]
}

/// A sponsor; its identifier is for the test to give.
pub(crate) fn sponsor() -> impl Strategy<Value = SponsorProfile> {
    let texts = (of(text()), of(text()), of(text()));
    let sets = (labels(), labels(), labels(), labels(), labels());
    (texts, of(count()), objectives(), sets, of(share()), of(embedding())).prop_map(
        |(texts, budget, objectives, sets, reputation, embedding)| {
            let mut row = SponsorProfile::new(SponsorId::from_bytes([0; 16]));
            (row.name, row.industry, row.company_size) = texts;
            row.annual_budget_cents = budget;
            row.brand_objectives = objectives;
            (row.target_audience.age_buckets, row.target_audience.interests) = (sets.0, sets.1);
            (row.preferred_categories, row.regions, row.excluded_categories) = (sets.2, sets.3, sets.4);
            row.reputation_score = reputation;
            row.objectives_embedding = embedding;
            row
        },
    )
}

/// An event; its identifier is for the test to give.
pub(crate) fn event() -> impl Strategy<Value = Event> {
    let texts = (of(text()), of(text()), of(text()), of(text()), of(text()));
    (texts, labels(), labels(), of(moment()), of(count()), objectives(), of(embedding())).prop_map(
        |(texts, categories, regions, start_at, price, objectives, embedding)| {
            let mut row = Event::new(EventId::from_bytes([0; 16]));
            (row.title, row.country, row.city, row.series, row.slug) = texts;
            (row.categories, row.regions) = (categories, regions);
            row.start_at = start_at;
            row.min_price_cents = price;
            row.objectives = objectives;
            row.objectives_embedding = embedding;
            row
        },
    )
}

/// Insights; the identifier is for the test to give.
pub(crate) fn insights() -> impl Strategy<Value = AudienceInsights> {
    let regions = btree_map(text().prop_map(|text| Label::new(&text)), count(), 0..4);
    let ages = btree_map("[a-z]{1,3}", 0.0..=1.0_f64, 0..4);
    let rates = (of(share()), of(share()), of(-1.0..=1.0_f64), of(0.0..1e12_f64));
    (regions, ages, rates, of(count()), of(count())).prop_map(
        |(regions, ages, rates, attendees, mentions)| {
            let mut row = AudienceInsights::new(EventId::from_bytes([0; 16]));
            row.geo_distribution = regions.into_iter().collect();
            row.age_segments =
                serde_json::from_value::<AgeSegments>(serde_json::to_value(ages).unwrap()).unwrap();
            (row.engagement_score, row.ticket_conversion_rate) = (rates.0, rates.1);
            row.sentiment_score = rates.2.map(|x| SignedUnitInterval::new(x).unwrap());
            row.avg_dwell_time_ms = rates.3.map(|x| NonNegative::new(x).unwrap());
            (row.attendee_count, row.social_mentions) = (attendees, mentions);
            row
        },
    )
}

/// A change that turns a good file into a bad one.
#[derive(Clone, Debug)]
pub(crate) enum Edit {
    Insert(Vec<u8>),
    Remove(usize),
    Repeat(usize),
    CutOff,
}

pub(crate) fn edit() -> impl Strategy<Value = Edit> {
    prop_oneof![
        vec(proptest::sample::select(b"\"\\{}[],:;\n\r\t \xff\xc3-1eN".to_vec()), 1..3)
            .prop_map(Edit::Insert),
        (1..20_usize).prop_map(Edit::Remove),
        (1..60_usize).prop_map(Edit::Repeat),
        Just(Edit::CutOff),
    ]
}

impl Edit {
    pub(crate) fn apply(self, bytes: &mut Vec<u8>, place: Index) {
        let at = place.index(bytes.len() + 1);
        let end = |length: usize| (at + length).min(bytes.len());
        match self {
            Self::Insert(new) => drop(bytes.splice(at..at, new)),
            Self::Remove(length) => drop(bytes.splice(at..end(length), [])),
            Self::Repeat(length) => bytes.extend_from_within(at..end(length)),
            Self::CutOff => bytes.truncate(at),
        }
    }
}
