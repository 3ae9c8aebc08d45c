//! The names of factors and leaves, as they stand in stored rows.

use std::fmt;

use serde::{Serialize, Serializer};

/// One of the five terms of the score, in formula order.
///
/// # Examples
/// ```
/// use sponsorfit::Factor;
///
/// assert_eq!(Factor::ALL[1].name(), "audience_overlap");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Factor {
    /// Whether the sponsor can afford it.
    BudgetFit,
    /// Whether categories and regions overlap.
    AudienceOverlap,
    /// Whether the audience is where the sponsor wants to be seen.
    GeoFit,
    /// Whether the audience took part.
    EngagementQuality,
    /// Whether both want the same.
    ObjectivesSimilarity,
}

impl Factor {
    /// Every factor, in formula order.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Factor::ALL.len(), 5);
    /// ```
    pub const ALL: [Self; 5] = [
        Self::BudgetFit,
        Self::AudienceOverlap,
        Self::GeoFit,
        Self::EngagementQuality,
        Self::ObjectivesSimilarity,
    ];

    /// Returns the name used in `overlap_metrics`.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Factor::GeoFit.name(), "geo_fit");
    /// ```
    pub const fn name(self) -> &'static str {
        match self {
            Self::BudgetFit => "budget_fit",
            Self::AudienceOverlap => "audience_overlap",
            Self::GeoFit => "geo_fit",
            Self::EngagementQuality => "engagement_quality",
            Self::ObjectivesSimilarity => "objectives_similarity",
        }
    }
}

impl fmt::Display for Factor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One of the seven facts that a score rests on, in formula order.
///
/// # Examples
/// ```
/// use sponsorfit::Leaf;
///
/// assert_eq!(Leaf::Geo.path(), "audience_overlap.geo");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Leaf {
    /// The fit of the budget.
    BudgetFit,
    /// The overlap of categories, a part of `audience_overlap`.
    Categories,
    /// The overlap of regions, a part of `audience_overlap`.
    Geo,
    /// The geographic fit.
    GeoFit,
    /// The engagement score, a part of `engagement_quality`.
    EngagementScore,
    /// The ticket conversion rate, a part of `engagement_quality`.
    TicketConversionRate,
    /// The similarity of objectives.
    ObjectivesSimilarity,
}

impl Leaf {
    /// Every leaf, in formula order.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Leaf::ALL.len(), 7);
    /// ```
    pub const ALL: [Self; 7] = [
        Self::BudgetFit,
        Self::Categories,
        Self::Geo,
        Self::GeoFit,
        Self::EngagementScore,
        Self::TicketConversionRate,
        Self::ObjectivesSimilarity,
    ];

    /// Returns the dotted path that `unknown` lists.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::Leaf::EngagementScore.path(), "engagement_quality.engagement_score");
    /// ```
    pub const fn path(self) -> &'static str {
        match self {
            Self::BudgetFit => "budget_fit",
            Self::Categories => "audience_overlap.categories",
            Self::Geo => "audience_overlap.geo",
            Self::GeoFit => "geo_fit",
            Self::EngagementScore => "engagement_quality.engagement_score",
            Self::TicketConversionRate => "engagement_quality.ticket_conversion_rate",
            Self::ObjectivesSimilarity => "objectives_similarity",
        }
    }

    /// Returns the factor that the leaf belongs to.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Factor, Leaf};
    ///
    /// assert_eq!(Leaf::Geo.factor(), Factor::AudienceOverlap);
    /// ```
    pub const fn factor(self) -> Factor {
        match self {
            Self::BudgetFit => Factor::BudgetFit,
            Self::Categories | Self::Geo => Factor::AudienceOverlap,
            Self::GeoFit => Factor::GeoFit,
            Self::EngagementScore | Self::TicketConversionRate => Factor::EngagementQuality,
            Self::ObjectivesSimilarity => Factor::ObjectivesSimilarity,
        }
    }
}

impl Serialize for Leaf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.path())
    }
}

/// A set of leaves, written as the list of their paths in formula order.
///
/// One byte, so that scoring a pair allocates nothing.
///
/// # Examples
/// ```
/// use sponsorfit::{Leaf, LeafSet};
///
/// let unknown: LeafSet = [Leaf::Geo, Leaf::BudgetFit].into_iter().collect();
/// assert_eq!(serde_json::to_string(&unknown)?, r#"["budget_fit","audience_overlap.geo"]"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct LeafSet(u8);

impl LeafSet {
    /// Returns whether the leaf is in the set.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Leaf, LeafSet};
    ///
    /// assert!(!LeafSet::default().contains(Leaf::Geo));
    /// ```
    pub const fn contains(self, leaf: Leaf) -> bool {
        self.0 >> leaf as u8 & 1 == 1
    }

    /// Returns whether the set has no leaf.
    ///
    /// # Examples
    /// ```
    /// assert!(sponsorfit::LeafSet::default().is_empty());
    /// ```
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Returns how many leaves the set has.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Leaf, LeafSet};
    ///
    /// assert_eq!(Leaf::ALL.into_iter().collect::<LeafSet>().len(), 7);
    /// ```
    pub const fn len(self) -> usize {
        self.0.count_ones() as usize
    }

    /// Returns the leaves in formula order.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::LeafSet::default().iter().count(), 0);
    /// ```
    pub fn iter(self) -> impl Iterator<Item = Leaf> {
        Leaf::ALL.into_iter().filter(move |leaf| self.contains(*leaf))
    }

    /// Returns one bit a leaf, the first in formula order being the lowest.
    pub(crate) const fn bits(self) -> u8 {
        self.0
    }

    /// Returns the set of these bits, of which the lowest seven count.
    pub(crate) const fn of_bits(bits: u8) -> Self {
        Self(bits & 127)
    }

    pub(crate) const fn insert(&mut self, leaf: Leaf) {
        self.0 |= 1 << leaf as u8;
    }
}

impl FromIterator<Leaf> for LeafSet {
    fn from_iter<I: IntoIterator<Item = Leaf>>(leaves: I) -> Self {
        let mut set = Self::default();
        for leaf in leaves {
            set.insert(leaf);
        }
        set
    }
}

impl fmt::Debug for LeafSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter().map(Leaf::path)).finish()
    }
}

impl Serialize for LeafSet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Leaf::path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leaves_belong_to_their_factors() {
        for leaf in Leaf::ALL {
            assert!(leaf.path().starts_with(leaf.factor().name()));
        }
        let factors: Vec<String> = Factor::ALL.iter().map(ToString::to_string).collect();
        assert_eq!(serde_json::to_string(&Factor::ALL).unwrap(), format!("[\"{}\"]", factors.join("\",\"")));
    }

    #[test]
    fn sets_print_their_paths() {
        let set: LeafSet = [Leaf::GeoFit].into_iter().collect();
        assert_eq!(format!("{set:?}"), r#"{"geo_fit"}"#);
        assert_eq!((set.len(), set.is_empty(), set.contains(Leaf::Geo)), (1, false, false));
    }
}
