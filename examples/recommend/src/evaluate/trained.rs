//! A trained model and the features it asks for.

use std::path::Path;

use sponsorfit::learn::features::{Feature, FeatureRow};
use sponsorfit::learn::gbm::BoostedTrees;

use crate::failure::Failure;
use crate::input;

/// Trees whose features are among those the core computes.
pub(crate) struct TrainedModel {
    trees: BoostedTrees,
    /// The features in the model's order.
    columns: Vec<Feature>,
}

impl TrainedModel {
    /// Reads the text of a LightGBM model.
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let bytes = input::read(path)?;
        let refuse = |message: String| Failure::Model(input::shown(path).to_path_buf(), message);
        let text = std::str::from_utf8(&bytes).map_err(|error| refuse(format!("not UTF-8: {error}")))?;
        let trees = BoostedTrees::parse(text).map_err(|error| refuse(error.to_string()))?;
        let column = |name: &String| Feature::from_name(name).ok_or_else(|| refuse(unknown(name)));
        let columns = trees.feature_names().iter().map(column).collect::<Result<_, _>>()?;
        Ok(Self { trees, columns })
    }

    /// Returns the model's raw score of each row.
    pub(crate) fn scores(&self, rows: &[FeatureRow]) -> Vec<f64> {
        let rows: Vec<Vec<f64>> = rows
            .iter()
            .map(|row| self.columns.iter().map(|&feature| row[feature as usize]).collect())
            .collect();
        // Every row has one value a feature.
        self.trees.scores(&rows).unwrap_or_default()
    }
}

fn unknown(name: &str) -> String {
    let known = Feature::ALL.iter().map(|feature| feature.name());
    let nearest = known.min_by_key(|known| strsim::damerau_levenshtein(known, name)).unwrap_or_default();
    format!("feature_names: no feature `{name}`, the nearest is `{nearest}`")
}
