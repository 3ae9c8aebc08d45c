//! A sponsor: what it wants, where, and with how much money.

use std::borrow::Cow;

use super::draw::Draw;
use super::rows::{Audience, Count, Field, Sponsor, Text, Thousandths};
use super::taste::{World, add, count, listed, mistype};
use super::world::{AGES, Country, EXCLUDED, SIZES, SYLLABLES, Theme};

/// Half of all sponsors have less than this a year.
const MEDIAN_BUDGET_CENTS: u64 = 2_500_000;

// In a thousand sponsors, how many do not say.
const NO_BUDGET: u64 = 200;
const NO_CATEGORIES: u64 = 80;
const NO_REGIONS: u64 = 60;
const NO_INDUSTRY: u64 = 100;
const NO_REPUTATION: u64 = 350;

pub(super) fn sponsor(draw: &mut Draw, world: &World) -> Sponsor {
    let theme = world.theme(draw);
    let home = world.country(draw);
    let cents = draw.size(MEDIAN_BUDGET_CENTS);

    let wanted = breadth(draw);
    let mut categories = world.categories(draw, theme, home.language, wanted);
    mistype(draw, &mut categories);
    let mut regions = regions(draw, world, home);
    mistype(draw, &mut regions);

    Sponsor {
        sponsor_id: draw.uuid(),
        name: name(draw, theme),
        industry: (!draw.chance(NO_INDUSTRY)).then(|| Cow::Borrowed(world.popular(draw, theme.industries))),
        company_size: (!draw.chance(NO_INDUSTRY)).then(|| Cow::Borrowed(size(cents))),
        annual_budget_cents: budget(draw, cents),
        brand_objectives: world.objectives(draw, theme),
        target_audience: audience(draw, world, theme),
        preferred_categories: listed(draw, categories, NO_CATEGORIES),
        regions: listed(draw, regions, NO_REGIONS),
        reputation_score: (!draw.chance(NO_REPUTATION)).then(|| reputation(draw)),
        excluded_categories: excluded(draw, world),
    }
}

/// How many categories it lists: a few; some list everything they can think of.
fn breadth(draw: &mut Draw) -> u64 {
    match draw.below(100) {
        0..=1 => draw.between(12, 30),
        2..=11 => draw.between(6, 11),
        _ => draw.between(1, 5),
    }
}

fn regions(draw: &mut Draw, world: &World, home: &'static Country) -> Vec<Text> {
    let mut regions = vec![Cow::Borrowed(home.code)];
    let reach = draw.below(100);
    if reach < 35 {
        add(&mut regions, world.popular(draw, home.cities));
    } else if (55..85).contains(&reach) {
        for _ in 0..draw.between(1, 5) {
            add(&mut regions, world.neighbour(draw, home).code);
        }
    } else if (85..97).contains(&reach) {
        for _ in 0..draw.between(3, 12) {
            add(&mut regions, world.country(draw).code);
        }
    } else if reach >= 97 {
        for _ in 0..60 {
            add(&mut regions, world.country(draw).code);
        }
    }
    regions
}

fn name(draw: &mut Draw, theme: &Theme) -> String {
    let mut name: String = (0..draw.between(2, 4)).map(|_| *draw.one(SYLLABLES)).collect();
    name[..1].make_ascii_uppercase();
    let trade = draw.one(theme.trades);
    format!("{name} {trade}")
}

/// The size follows the budget, in steps of four: 1-10 below $5,000 a year.
fn size(cents: u64) -> &'static str {
    let mut step = 0;
    let mut upto = 500_000;
    while cents >= upto && step + 1 < SIZES.len() {
        step += 1;
        upto *= 4;
    }
    SIZES[step]
}

fn budget(draw: &mut Draw, cents: u64) -> Field<Count> {
    if draw.chance(NO_BUDGET) {
        return if draw.chance(200) { Field::Absent } else { Field::Null };
    }
    // Known to have none: it gives rooms, hands or goods.
    let cents = if draw.chance(5) { 0 } else { cents };
    Field::Value(count(draw, cents))
}

fn audience(draw: &mut Draw, world: &World, theme: &Theme) -> Audience {
    let mut audience = Audience::default();
    if draw.chance(700) {
        let upto = (theme.age + draw.index(3)).min(AGES.len() - 1);
        let from = theme.age.saturating_sub(draw.index(2));
        audience.age_buckets = AGES[from..=upto].iter().map(|age| Cow::Borrowed(*age)).collect();
    }
    for _ in 0..draw.below(4) {
        add(&mut audience.interests, world.popular(draw, theme.categories));
    }
    audience
}

/// Most are well regarded.
fn reputation(draw: &mut Draw) -> Thousandths {
    Thousandths(i32::try_from(draw.hump(400, 1000)).unwrap_or(1000))
}

fn excluded(draw: &mut Draw, world: &World) -> Vec<Text> {
    let mut excluded = Vec::new();
    if draw.chance(150) {
        for _ in 0..draw.between(1, 3) {
            add(&mut excluded, world.popular(draw, EXCLUDED));
        }
    }
    excluded
}
