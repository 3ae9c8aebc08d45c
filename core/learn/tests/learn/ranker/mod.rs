//! Refined orders and their explanations, with models small enough to reckon by hand.

mod explains;
mod orders;

use sponsorfit::{AudienceInsights, Catalog, Scorer, ScoringConfig, SponsorProfile};
use sponsorfit_learn::features::Features;
use sponsorfit_learn::history::History;
use sponsorfit_learn::ranker::Ranker;

use crate::history::world::{World, date, sponsor_id, world};

/// A model whose score is the sum over stumps: `below` where the feature is at most the threshold
/// or unknown, `above` elsewhere. 60 training rows went to the left, 40 to the right.
pub(crate) fn stumps(stumps: &[(&str, f64, f64, f64)]) -> String {
    let names: Vec<&str> = stumps.iter().map(|(name, ..)| *name).collect();
    let head = format!(
        "tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nmax_feature_idx={}\nobjective=lambdarank\n\
         feature_names={}\n\n",
        names.len() - 1,
        names.join(" ")
    );
    // 10 is a numerical split whose missing value, NaN, goes left.
    let trees = stumps.iter().enumerate().map(|(number, (_, threshold, below, above))| {
        format!(
            "Tree={number}\nnum_leaves=2\nnum_cat=0\nsplit_feature={number}\nthreshold={threshold}\n\
             decision_type=10\nleft_child=-1\nright_child=-2\nleaf_value={below} {above}\n\
             leaf_count=60 40\ninternal_count=100\n\n"
        )
    });
    let trees: String = trees.collect();
    head + &trees + "end of trees\n"
}

/// What a ranker needs: its model, a catalog, and features as of 2020.
struct Scene {
    world: World,
    ranker: Ranker,
    catalog: Catalog,
    features: Features,
}

fn scene(seed: u64, model: &[(&str, f64, f64, f64)]) -> Scene {
    let world = world(seed);
    let profiles = (0..40).map(|number| {
        let mut profile = SponsorProfile::new(sponsor_id(number));
        profile.preferred_categories = ["ruby", ["ai", "art", "data"][number % 3]].into_iter().collect();
        profile
    });
    let insights = world.events.iter().map(|event| AudienceInsights::new(event.event_id));
    let catalog = Catalog::builder(Scorer::new(ScoringConfig::default()).unwrap())
        .sponsors(profiles)
        .insights(insights)
        .events(world.events.clone())
        .build()
        .unwrap();
    let features = Features::as_of(&History::new(&world.events, &world.past).unwrap(), date("2020-01-01"));
    Scene { ranker: Ranker::from_text(&stumps(model)).unwrap(), world, catalog, features }
}
