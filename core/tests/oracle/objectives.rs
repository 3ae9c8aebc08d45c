//! What sponsor and event say about their objectives, compared.

use std::collections::BTreeSet;

use super::config::{Config, Objectives};
use super::labels;
use super::rows::{Event, Sponsor};
use super::text::Text;

/// What a similarity needs beside the rows and the configuration.
#[derive(Clone, Copy)]
pub(crate) enum Given<'a> {
    Nothing,
    /// For `keywords`, fitted on a corpus.
    Idf(&'a Idf),
    /// For `custom`: the value by sponsor id and event id, lower-case and hyphenated.
    Custom(&'a dyn Fn(&str, &str) -> Option<f64>),
}

/// The similarity that the configuration names, none when it is unknown.
pub(crate) fn similarity(sponsor: &Sponsor, event: &Event, config: &Config, given: Given) -> Option<f64> {
    match config.objectives {
        // "the default says \"unknown\""
        Objectives::None => None,
        Objectives::Keywords => keywords(&sponsor.tokens, &event.tokens, given),
        Objectives::Embedding { dimension } => {
            embedding(sponsor.embedding.as_deref(), event.embedding.as_deref(), dimension)
        }
        // "the user's own, `Option<UnitInterval>`"
        Objectives::Custom => match given {
            Given::Custom(similarity) => similarity(&sponsor.id, &event.id),
            Given::Nothing | Given::Idf(_) => None,
        },
    }
}

/// "Similarity = Σ_{t∈A∩B} idf² / (√Σ_A idf² · √Σ_B idf²), tokens in byte order", "Unknown when a
/// side is empty."
fn keywords(a: &BTreeSet<String>, b: &BTreeSet<String>, given: Given) -> Option<f64> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    // "idf = 1, or `libm` ln((1+N)/(1+df)) + 1 once fitted on a corpus"
    let idf = |token: &str| match given {
        Given::Idf(fitted) => fitted.of(token),
        Given::Nothing | Given::Custom(_) => 1.0,
    };
    // A BTreeSet of strings walks in byte order.
    let sum_of_squares = |tokens: &BTreeSet<String>| {
        let mut sum = 0.0;
        for token in tokens {
            sum += idf(token) * idf(token);
        }
        sum
    };
    let both: BTreeSet<String> = a.intersection(b).cloned().collect();
    let cosine = sum_of_squares(&both) / (sum_of_squares(a).sqrt() * sum_of_squares(b).sqrt());
    Some(cosine.clamp(0.0, 1.0))
}

/// Token frequencies over a corpus of documents.
pub(crate) struct Idf {
    documents: Vec<BTreeSet<String>>,
}

/// Fits on the objectives of rows, each an object `{keywords[], goals[]}`: one document each,
/// those without a token too.
pub(crate) fn fit(documents: &[&str]) -> Idf {
    Idf { documents: documents.iter().map(|json| labels::tokens(&Text::parse(json))).collect() }
}

impl Idf {
    /// "`libm` ln((1+N)/(1+df)) + 1": N documents, df of them with the token.
    #[expect(clippy::cast_precision_loss, reason = "no corpus here has 2^53 documents")]
    pub(crate) fn of(&self, token: &str) -> f64 {
        let n = self.documents.len();
        let df = self.documents.iter().filter(|document| document.contains(token)).count();
        libm::log((1 + n) as f64 / (1 + df) as f64) + 1.0
    }
}

/// "cosine clamped to 0..1. Unknown when a side has none or a zero norm." Unknown too when a side
/// has another dimension than the configuration, which the reader of rows refuses.
fn embedding(a: Option<&[f32]>, b: Option<&[f32]>, dimension: u64) -> Option<f64> {
    let (a, b) = (a?, b?);
    if a.len() as u64 != dimension || b.len() as u64 != dimension {
        return None;
    }
    let (norm_a, norm_b) = (dot(a, a).sqrt(), dot(b, b).sqrt());
    if norm_a == 0.0 || norm_b == 0.0 {
        return None;
    }
    let cosine = dot(a, b) / (norm_a * norm_b);
    Some(cosine.clamp(0.0, 1.0))
}

/// "dot product and norms in f64 over 8 lanes (index mod 8), lanes folded 0..7"
fn dot(a: &[f32], b: &[f32]) -> f64 {
    let mut lanes = [0.0_f64; 8];
    for index in 0..a.len() {
        lanes[index % 8] += f64::from(a[index]) * f64::from(b[index]);
    }
    let mut sum = 0.0;
    for lane in lanes {
        sum += lane;
    }
    sum
}
