//! How many of an event's visitors came from where.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Serialize, Serializer};

use super::label::{Label, LabelSet};
use super::unit::Count;
use crate::small::sort;

/// Visitors by region, in the byte order of the regions' keys.
///
/// Counts of regions with the same key are added, exactly. A region with no
/// visitors stays in the list, and counts as not reached.
///
/// # Examples
/// ```
/// use sponsorfit::{Count, GeoDistribution, Label};
///
/// let visitors = GeoDistribution::from_iter([
///     (Label::new("US"), Count::new(800).unwrap()),
///     (Label::new("us "), Count::new(50).unwrap()),
/// ]);
/// assert_eq!(visitors.count(&"US".into()), 850);
/// assert_eq!(visitors.total(), 850);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct GeoDistribution {
    regions: Vec<(Label, u128)>,
    total: u128,
}

impl GeoDistribution {
    /// Returns the visitors from a region, 0 for one that is not listed.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::GeoDistribution::default().count(&"US".into()), 0);
    /// ```
    pub fn count(&self, region: &Label) -> u128 {
        match self.regions.binary_search_by(|(own, _)| own.cmp(region)) {
            Ok(at) => self.regions.get(at).map_or(0, |(_, count)| *count),
            Err(_) => 0,
        }
    }

    /// Returns the visitors from all regions together.
    ///
    /// # Examples
    /// ```
    /// assert_eq!(sponsorfit::GeoDistribution::default().total(), 0);
    /// ```
    pub const fn total(&self) -> u128 {
        self.total
    }

    /// Returns the regions in key order, with their visitors.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Count, GeoDistribution};
    ///
    /// let visitors = GeoDistribution::from_iter([("US".into(), Count::from(3))]);
    /// assert_eq!(visitors.iter().next(), Some((&"us".into(), 3)));
    /// ```
    pub fn iter(&self) -> impl Iterator<Item = (&Label, u128)> {
        self.regions.iter().map(|(region, count)| (region, *count))
    }

    /// Returns the regions somebody came from, in key order.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Count, GeoDistribution};
    ///
    /// let visitors = GeoDistribution::from_iter([("US".into(), Count::from(0))]);
    /// assert_eq!(visitors.reached().count(), 0);
    /// ```
    pub fn reached(&self) -> impl Iterator<Item = &Label> {
        self.regions.iter().filter(|(_, count)| *count > 0).map(|(region, _)| region)
    }

    /// Returns whether no region is listed.
    ///
    /// # Examples
    /// ```
    /// assert!(sponsorfit::GeoDistribution::default().is_empty());
    /// ```
    pub fn is_empty(&self) -> bool {
        self.regions.is_empty()
    }

    /// Sets the visitors from one region.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Count, GeoDistribution};
    ///
    /// let mut visitors = GeoDistribution::default();
    /// visitors.set("US".into(), Count::from(5));
    /// visitors.set("US".into(), Count::from(3));
    /// assert_eq!(visitors.total(), 3);
    /// ```
    pub fn set(&mut self, region: Label, count: Count) {
        if region.key().is_empty() {
            return;
        }
        let count = u128::from(count.get());
        match self.regions.binary_search_by(|(own, _)| own.cmp(&region)) {
            Ok(at) => {
                if let Some((_, own)) = self.regions.get_mut(at) {
                    self.total = self.total - *own + count;
                    *own = count;
                }
            }
            Err(at) => {
                self.regions.insert(at, (region, count));
                self.total += count;
            }
        }
    }

    /// Returns how many labels are in `also` or reached here.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{Count, GeoDistribution, Label};
    ///
    /// let visitors: GeoDistribution = [(Label::new("US"), Count::from(3))].into_iter().collect();
    /// assert_eq!(visitors.union_size(&["us", "CA"].into_iter().collect()), 2);
    /// ```
    pub fn union_size(&self, also: &LabelSet) -> usize {
        also.len() + self.reached().filter(|region| !also.contains(region)).count()
    }
}

impl FromIterator<(Label, Count)> for GeoDistribution {
    fn from_iter<I: IntoIterator<Item = (Label, Count)>>(counts: I) -> Self {
        let mut regions: Vec<(Label, u128)> = counts
            .into_iter()
            .filter(|(region, _)| !region.key().is_empty())
            .map(|(region, count)| (region, u128::from(count.get())))
            .collect();
        sort::stable(&mut regions, |(a, _), (b, _)| a.cmp(b));
        regions.dedup_by(|(region, count), (first, sum)| {
            let same = region == first;
            if same {
                *sum += *count;
            }
            same
        });
        let total = regions.iter().map(|(_, count)| count).sum();
        Self { regions, total }
    }
}

impl fmt::Debug for GeoDistribution {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map().entries(self.iter()).finish()
    }
}

impl Serialize for GeoDistribution {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

/// Null is empty: nothing is known of where visitors came from.
impl<'de> Deserialize<'de> for GeoDistribution {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RegionsVisitor;

        impl<'de> Visitor<'de> for RegionsVisitor {
            type Value = GeoDistribution;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of counts by region")
            }

            fn visit_none<E: serde::de::Error>(self) -> Result<GeoDistribution, E> {
                Ok(GeoDistribution::default())
            }

            fn visit_unit<E: serde::de::Error>(self) -> Result<GeoDistribution, E> {
                Ok(GeoDistribution::default())
            }

            fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<GeoDistribution, D::Error> {
                deserializer.deserialize_map(self)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<GeoDistribution, A::Error> {
                let mut counts = Vec::with_capacity(map.size_hint().unwrap_or(4).min(64));
                while let Some(entry) = map.next_entry::<Label, Count>()? {
                    counts.push(entry);
                }
                Ok(counts.into_iter().collect())
            }
        }

        deserializer.deserialize_option(RegionsVisitor)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_that_merge_are_added_exactly() {
        let json = r#"{"US": 9007199254740991, "us": 9007199254740991, "Us ": 1, "": 7}"#;
        let visitors: GeoDistribution = serde_json::from_str(json).unwrap();
        assert_eq!(visitors.total(), (1 << 54) - 1);
        assert_eq!(visitors.iter().count(), 1);
        assert_eq!(serde_json::to_string(&visitors).unwrap(), r#"{"US":18014398509481983}"#);
    }

    #[test]
    fn a_region_without_visitors_is_listed_but_not_reached() {
        let visitors: GeoDistribution = serde_json::from_str(r#"{"US": 0, "CA": 2}"#).unwrap();
        assert!(!visitors.is_empty());
        assert_eq!(visitors.reached().map(Label::key).collect::<Vec<_>>(), ["ca"]);
        assert_eq!(visitors.union_size(&["CA", "MX"].into_iter().collect()), 2);
        assert_eq!(format!("{visitors:?}"), r#"{"CA": 2, "US": 0}"#);
    }

    #[test]
    fn setting_keeps_the_total() {
        let mut visitors = GeoDistribution::default();
        visitors.set("US".into(), Count::from(2));
        visitors.set("CA".into(), Count::from(3));
        visitors.set("us".into(), Count::from(1));
        visitors.set(" ".into(), Count::from(9));
        assert_eq!((visitors.total(), visitors.count(&"US".into())), (4, 1));
    }

    #[test]
    fn null_is_empty_and_the_rest_is_refused() {
        assert!(serde_json::from_str::<GeoDistribution>("null").unwrap().is_empty());
        for json in ["[]", "3", r#"{"US": -1}"#, r#"{"US": null}"#] {
            assert!(serde_json::from_str::<GeoDistribution>(json).is_err(), "{json}");
        }
    }
}
