//! What a configuration comes to, and what labels are compared by.

use serde::{Deserialize, Serialize};
use sponsorfit::read::{self, Json};
use sponsorfit::{Error, Fingerprint, KeywordsSimilarity, Label, Objectives, Scorer, ScoringConfig};

use crate::table::Request;

/// A text that is a label.
///
/// # Examples
/// See [`label_key`].
#[derive(Clone, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LabelText {
    /// The label as somebody spells it.
    pub text: String,
}

impl Request for LabelText {}

/// Returns what two spellings of one label have in common.
///
/// # Errors
/// None: every question may fail.
///
/// # Examples
/// ```
/// use sponsorfit_wire::pairs::{LabelText, label_key};
///
/// assert_eq!(label_key(LabelText { text: " Live  MUSIC".to_owned() })?, "live music");
/// # Ok::<(), sponsorfit::Error>(())
/// ```
pub fn label_key(request: LabelText) -> Result<String, Error> {
    Ok(Label::new(&request.text).key().to_owned())
}

/// A configuration that is to be looked at.
///
/// # Examples
/// See [`config`].
#[derive(Clone, Debug, Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub struct Configured {
    /// The configuration, as an object or as the text of one; the default when it is left out.
    #[cfg_attr(feature = "schema", schemars(with = "Option<ConfigOrText>"))]
    pub config: Option<Json>,
}

impl Request for Configured {}

/// What [`config`] says.
///
/// # Examples
/// See [`config`].
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct Configuration {
    /// The configuration with nothing left out.
    pub config: ScoringConfig,
    /// The SHA-256 that names it.
    pub config_fingerprint: Fingerprint,
}

/// Returns a configuration with nothing left out, and its fingerprint.
///
/// # Errors
/// Those of [`ScoringConfig::from_json`]; paths are the configuration's own.
///
/// # Examples
/// ```
/// let answer = sponsorfit_wire::ask("config", r#"{"config": {"min_coverage": 0.5}}"#);
/// assert!(answer.starts_with(r#"{"config":{"weights":{"budget_fit":0.25,"#));
/// assert!(answer.contains(r#""min_coverage":0.5,"#));
/// ```
pub fn config(request: Configured) -> Result<Configuration, Error> {
    let config = configuration(request.config)?;
    let config_fingerprint = config.fingerprint();
    Ok(Configuration { config, config_fingerprint })
}

/// Reads a configuration that stands in a request: exactly, and with paths of its own.
pub(crate) fn configuration(given: Option<Json>) -> Result<ScoringConfig, Error> {
    match given {
        None => Ok(ScoringConfig::default()),
        Some(Json::Text(text)) => ScoringConfig::from_json(&text),
        Some(given) => {
            let config: ScoringConfig = read::from_source(&given)?;
            config.validate()?;
            Ok(config)
        }
    }
}

/// What a scorer is opened with.
#[derive(Default, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, default)]
pub(crate) struct OpenScorer {
    /// The configuration, as an object or as the text of one; the default when it is left out.
    #[cfg_attr(feature = "schema", schemars(with = "Option<ConfigOrText>"))]
    pub(crate) config: Option<Json>,
    /// Objectives on which the table of `keywords` is fitted, as a list or as the text of one.
    #[cfg_attr(feature = "schema", schemars(with = "Option<Vec<Objectives>>"))]
    pub(crate) corpus: Option<Json>,
}

impl Request for OpenScorer {}

impl OpenScorer {
    pub(crate) fn open(self) -> Result<Scorer, Error> {
        let Self { config, corpus } = self;
        let corpus: Option<Vec<Objectives>> = match corpus {
            None => None,
            Some(Json::Text(text)) => {
                Some(read::strict_from_json(&text).map_err(|error| error.within("corpus"))?)
            }
            Some(given) => Some(read::from_source(&given).map_err(|error| error.within("corpus"))?),
        };
        let scorer = Scorer::new(configuration(config)?)?;
        Ok(match corpus {
            Some(corpus) => scorer.with_keywords(KeywordsSimilarity::fit(&corpus)),
            None => scorer,
        })
    }
}

/// A configuration, as an object or as the text of one.
#[cfg(feature = "schema")]
#[derive(schemars::JsonSchema)]
#[schemars(untagged)]
#[allow(dead_code, reason = "described, never made")]
pub(crate) enum ConfigOrText {
    Config(Box<ScoringConfig>),
    Text(String),
}
