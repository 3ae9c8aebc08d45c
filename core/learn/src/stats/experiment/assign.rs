//! Which variant a unit gets.

use sha2::{Digest, Sha256};
use sponsorfit::{Error, ErrorKind};

/// One hundredth of a percent: the unit of shares.
const WHOLE: u16 = 10_000;

/// A variant and its share of the exposed units.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::Experiment;
/// let experiment = Experiment::new("ns", "x", "", 10_000, &[("a", 2_500), ("b", 7_500)])?;
/// assert_eq!(experiment.variants()[1].name, "b");
/// assert_eq!(experiment.variants()[1].basis_points, 7_500);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its name, unique within the experiment.
    pub name: String,
    /// Its share of the exposed units, 0..=10000.
    pub basis_points: u16,
}

/// What an experiment does with a unit.
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::{Assignment, Experiment};
/// let off = Experiment::new("ns", "x", "", 0, &[("a", 10_000)])?;
/// assert_eq!(off.assign("anyone"), Assignment::NotExposed);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Assignment<'a> {
    /// The unit is not part of the experiment.
    NotExposed,
    /// The unit gets the variant of this name.
    Variant(&'a str),
}

/// An experiment: who is exposed, and to what.
///
/// A unit's *bucket* for a purpose (`exposure` or `variant`) is 0..=9999:
///
/// 1. The five texts namespace, experiment, salt, unit and purpose, in this order, each as
///    the length of its UTF-8 in bytes (8 bytes, big-endian) followed by these bytes. The
///    lengths keep `("ab", "c")` and `("a", "bc")` apart.
/// 2. SHA-256 of that; its first 8 bytes, big-endian, are a number h.
/// 3. The bucket is ⌊h · 10000 / 2⁶⁴⌋.
///
/// A unit is exposed when its exposure bucket is below the exposure in basis points, so
/// raising the exposure keeps those already exposed. Its variant is the first one whose
/// share, added to those before it, exceeds the variant bucket; the two buckets are
/// independent, so exposure never changes the balance of variants. Texts are compared as
/// they are: a composed and a decomposed `é` are two units. A new salt draws again.
///
/// The same in SQL:
///
/// ```sql
#[doc = include_str!("bucket.sql")]
/// ```
///
/// # Examples
/// ```
/// use sponsorfit_learn::experiment::{Assignment, Experiment};
/// let experiment = Experiment::new("ns", "x", "", 10_000, &[("a", 5_000), ("b", 5_000)])?;
/// assert_eq!(experiment.assign("Zoë"), Assignment::Variant("b"));
/// assert_eq!(experiment.variant_bucket("Zoë"), 9_770);
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Experiment {
    namespace: String,
    name: String,
    salt: String,
    exposure: u16,
    variants: Vec<Variant>,
}

impl Experiment {
    /// Defines an experiment; the first variant is what the others are compared with.
    ///
    /// `exposure` and the variants' shares are in basis points (hundredths of a percent).
    ///
    /// # Errors
    /// [`Error`] when the shares do not sum to 10000, a name is there twice, or the
    /// exposure is above 10000.
    pub fn new(
        namespace: &str,
        name: &str,
        salt: &str,
        exposure: u16,
        variants: &[(&str, u16)],
    ) -> Result<Self, Error> {
        if exposure > WHOLE {
            return Err(Error::new(
                ErrorKind::OutOfRange,
                format!("{exposure} is not in 0..=10000 basis points"),
            )
            .within("exposure_basis_points"));
        }
        let sum: u64 = variants.iter().map(|&(_, share)| u64::from(share)).sum();
        if sum != u64::from(WHOLE) {
            return Err(Error::new(ErrorKind::WeightsSum, format!("basis points sum to {sum}, not 10000"))
                .within("variants"));
        }
        let mut names: Vec<&str> = variants.iter().map(|&(name, _)| name).collect();
        names.sort_unstable();
        if let Some((name, _)) = names.iter().zip(names.iter().skip(1)).find(|(a, b)| a == b) {
            return Err(Error::new(ErrorKind::DuplicateId, format!("`{}` is there twice", (*name)))
                .within("variants"));
        }
        let variant = |&(name, basis_points): &(&str, u16)| Variant { name: name.to_owned(), basis_points };
        Ok(Self {
            namespace: namespace.to_owned(),
            name: name.to_owned(),
            salt: salt.to_owned(),
            exposure,
            variants: variants.iter().map(variant).collect(),
        })
    }

    /// Returns the variants, in the order given.
    pub fn variants(&self) -> &[Variant] {
        &self.variants
    }

    /// Returns what a unit gets: always the same.
    pub fn assign(&self, unit: &str) -> Assignment<'_> {
        if self.exposure_bucket(unit) >= self.exposure {
            return Assignment::NotExposed;
        }
        let bucket = self.variant_bucket(unit);
        let mut below = 0;
        let chosen = self.variants.iter().find(|variant| {
            below += variant.basis_points;
            bucket < below
        });
        chosen.map_or(Assignment::NotExposed, |variant| Assignment::Variant(&variant.name))
    }

    /// Returns a unit's bucket 0..=9999 that decides whether it is exposed.
    pub fn exposure_bucket(&self, unit: &str) -> u16 {
        self.bucket(unit, "exposure")
    }

    /// Returns a unit's bucket 0..=9999 that decides which variant it gets.
    pub fn variant_bucket(&self, unit: &str) -> u16 {
        self.bucket(unit, "variant")
    }

    /// Returns a unit's seed for what is drawn at random within the experiment, as the
    /// coins of [`team_draft`](super::team_draft): the number h of purpose `seed`.
    pub fn seed(&self, unit: &str) -> u64 {
        self.hash(unit, "seed")
    }

    fn bucket(&self, unit: &str, purpose: &str) -> u16 {
        let scaled = (u128::from(self.hash(unit, purpose)) * u128::from(WHOLE)) >> 64;
        // Below 10000 by construction.
        u16::try_from(scaled).unwrap_or(WHOLE)
    }

    fn hash(&self, unit: &str, purpose: &str) -> u64 {
        let mut hasher = Sha256::new();
        for text in [&self.namespace, &self.name, &self.salt, unit, purpose] {
            hasher.update((text.len() as u64).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        let digest = hasher.finalize();
        digest.iter().take(8).fold(0, |number, &byte| number << 8 | u64::from(byte))
    }
}
