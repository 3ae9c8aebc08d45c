//! Similarity by shared words, rare words counting more.

use std::collections::BTreeMap;

use super::ObjectivesSimilarity;
use crate::config::Fingerprint;
use crate::config::canonical_json;
use crate::model::{Event, Objectives, SponsorProfile, UnitInterval};
use crate::read::Json;

/// Cosine of the two sets of words, each word weighted by its inverse document frequency.
///
/// `Σ_{t∈A∩B} idf² / (√Σ_A idf² · √Σ_B idf²)` over the words in byte order,
/// clamped to 0..=1. `idf` is 1, or `ln((1 + N)/(1 + df)) + 1` once fitted on
/// `N` documents of which `df` hold the word: the smoothed form of Salton and
/// Buckley (1988). Unknown when a side has no words.
///
/// # Examples
/// ```
/// use sponsorfit::{Event, EventId, KeywordsSimilarity, ObjectivesSimilarity, SponsorId, SponsorProfile};
///
/// let mut sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
/// sponsor.brand_objectives.keywords = ["vinyl", "zero waste"].into_iter().collect();
/// let mut event = Event::new(EventId::from_bytes([2; 16]));
/// event.objectives.keywords = ["Vinyl"].into_iter().collect();
///
/// let similarity = KeywordsSimilarity::default().similarity(&sponsor, &event).unwrap();
/// assert_eq!(similarity.get(), 1.0 / (3.0_f64.sqrt() * 1.0));
/// ```
#[derive(Clone, Debug, Default)]
pub struct KeywordsSimilarity {
    fitted: Option<Fitted>,
}

#[derive(Clone, Debug)]
struct Fitted {
    /// In byte order.
    idf: Vec<(Box<str>, f64)>,
    unseen: f64,
    hash: Fingerprint,
}

impl KeywordsSimilarity {
    /// Counts words in a corpus, one document for each row's objectives.
    ///
    /// Pass the objectives of all sponsors and events that will be compared, or
    /// of a fixed reference set when scores must stay comparable over time: the
    /// table enters the fingerprint.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{KeywordsSimilarity, Objectives, Scorer, ScoringConfig};
    ///
    /// let corpus = [
    ///     Objectives { keywords: ["music", "vinyl"].into_iter().collect(), ..Objectives::default() },
    ///     Objectives { keywords: ["music"].into_iter().collect(), ..Objectives::default() },
    /// ];
    /// let scorer = Scorer::new(ScoringConfig::default())?.with_keywords(KeywordsSimilarity::fit(&corpus));
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn fit<'a>(corpus: impl IntoIterator<Item = &'a Objectives>) -> Self {
        let mut documents: u32 = 0;
        let mut frequencies: BTreeMap<Box<str>, u32> = BTreeMap::new();
        for objectives in corpus {
            documents = documents.saturating_add(1);
            for token in objectives.tokens() {
                *frequencies.entry(token.into()).or_default() += 1;
            }
        }
        let idf =
            |frequency: u32| libm::log((1.0 + f64::from(documents)) / (1.0 + f64::from(frequency))) + 1.0;
        let hash = hash_of(documents, &frequencies);
        let unseen = idf(0);
        let idf = frequencies.into_iter().map(|(token, frequency)| (token, idf(frequency))).collect();
        Self { fitted: Some(Fitted { idf, unseen, hash }) }
    }

    /// Returns the hash of the fitted table.
    pub(crate) fn hash(&self) -> Option<&Fingerprint> {
        self.fitted.as_ref().map(|fitted| &fitted.hash)
    }

    /// Returns the inverse document frequency of a word.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::KeywordsSimilarity::default().idf("vinyl"), 1.0);
    /// ```
    pub fn idf(&self, token: &str) -> f64 {
        match &self.fitted {
            Some(fitted) => {
                let place = fitted.idf.binary_search_by(|(other, _)| (**other).cmp(token));
                place.ok().and_then(|at| fitted.idf.get(at)).map_or(fitted.unseen, |(_, idf)| *idf)
            }
            None => 1.0,
        }
    }

    fn squared_norm(&self, tokens: &[&str]) -> f64 {
        tokens.iter().map(|token| self.idf(token)).fold(0.0, |sum, idf| sum + idf * idf)
    }

    /// Returns the similarity of two sides' tokens, as [`Objectives::tokens`] gives them; `None`
    /// where a side has none.
    ///
    /// # Examples
    /// ```
    /// let plain = sponsorfit::KeywordsSimilarity::default();
    /// assert_eq!(plain.compare(&["jazz"], &["jazz"]).map(|similarity| similarity.get()), Some(1.0));
    /// assert_eq!(plain.compare(&["jazz"], &[]), None);
    /// ```
    pub fn compare(&self, a: &[&str], b: &[&str]) -> Option<UnitInterval> {
        if a.is_empty() || b.is_empty() {
            return None;
        }
        let shared: Vec<&str> = a.iter().copied().filter(|token| b.binary_search(token).is_ok()).collect();
        let norms = self.squared_norm(a).sqrt() * self.squared_norm(b).sqrt();
        Some(UnitInterval::clamped(self.squared_norm(&shared) / norms))
    }
}

impl ObjectivesSimilarity for KeywordsSimilarity {
    fn similarity(&self, sponsor: &SponsorProfile, event: &Event) -> Option<UnitInterval> {
        self.compare(&sponsor.brand_objectives.tokens(), &event.objectives.tokens())
    }

    fn id(&self) -> &'static str {
        "keywords"
    }
}

/// Hashes the counts, from which every idf follows.
fn hash_of(documents: u32, frequencies: &BTreeMap<Box<str>, u32>) -> Fingerprint {
    let counted = frequencies.iter();
    let frequencies =
        counted.map(|(token, count)| (token.to_string(), Json::Number((*count).into()))).collect();
    let table = vec![
        ("documents".to_owned(), Json::Number(documents.into())),
        ("frequencies".to_owned(), Json::Object(frequencies)),
    ];
    Fingerprint::of_bytes(canonical_json(&Json::Object(table)).as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn objectives(keywords: &[&str]) -> Objectives {
        Objectives { keywords: keywords.iter().copied().collect(), ..Objectives::default() }
    }

    fn compare(similarity: &KeywordsSimilarity, a: &[&str], b: &[&str]) -> Option<f64> {
        similarity.compare(&objectives(a).tokens(), &objectives(b).tokens()).map(UnitInterval::get)
    }

    #[test]
    fn words_count_equally_until_a_corpus_is_known() {
        let plain = KeywordsSimilarity::default();
        assert_eq!(compare(&plain, &["a b"], &["b", "a"]), Some(2.0 / (2.0_f64.sqrt() * 2.0_f64.sqrt())));
        assert_eq!(compare(&plain, &["a"], &["b"]), Some(0.0));
        assert_eq!(compare(&plain, &["..."], &["b"]), None);
        assert_eq!(compare(&plain, &["a"], &[]), None);
    }

    #[test]
    fn rare_words_count_more_once_fitted() {
        let corpus = [objectives(&["music", "vinyl"]), objectives(&["music"]), objectives(&[])];
        let fitted = KeywordsSimilarity::fit(&corpus);
        assert_eq!(fitted.idf("music").to_bits(), (libm::log(4.0 / 3.0) + 1.0).to_bits());
        assert_eq!(fitted.idf("vinyl").to_bits(), (libm::log(2.0) + 1.0).to_bits());
        assert_eq!(fitted.idf("unseen").to_bits(), (libm::log(4.0) + 1.0).to_bits());
        let vinyl = compare(&fitted, &["music", "vinyl"], &["vinyl", "jazz"]).unwrap();
        let music = compare(&fitted, &["music", "vinyl"], &["music", "jazz"]).unwrap();
        assert!(vinyl > music);
    }

    #[test]
    fn the_hash_follows_the_counts() {
        let one = KeywordsSimilarity::fit(&[objectives(&["a"])]);
        let two = KeywordsSimilarity::fit(&[objectives(&["a"]), objectives(&[])]);
        assert_ne!(one.hash(), two.hash());
        assert_eq!(one.hash(), KeywordsSimilarity::fit(&[objectives(&["A"])]).hash());
        assert_eq!(KeywordsSimilarity::default().hash(), None);
    }
}
