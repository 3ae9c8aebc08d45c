//! The name that a misspelt one was probably meant to be.

/// Returns the candidate with the fewest edits to `name`, when those are few.
///
/// # Examples
/// ```
/// use sponsorfit::read::nearest;
///
/// assert_eq!(nearest("prefered_categories", ["regions", "preferred_categories"]), Some("preferred_categories"));
/// assert_eq!(nearest("talk_count", ["regions"]), None);
/// ```
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = name.to_lowercase();
    let length = lower.chars().count();
    let allowed = (length / 3).max(1);
    candidates
        .into_iter()
        // Spares the table of a comparison that a name of any length could blow up.
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= allowed)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(edits, _)| *edits <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_takes_few_edits() {
        let names = ["preferred_categories", "regions", "name"];
        assert_eq!(nearest("prefered_categories", names), Some("preferred_categories"));
        assert_eq!(nearest("preferredCategories", names), Some("preferred_categories"));
        assert_eq!(nearest("Regoins", names), Some("regions"));
        assert_eq!(nearest("nam", names), Some("name"));
        assert_eq!(nearest("talk_count", names), None);
        assert_eq!(nearest("", names), None);
    }

    #[test]
    fn a_name_of_any_length_is_compared_at_once() {
        assert_eq!(nearest(&"regions".repeat(1_000_000), ["regions"]), None);
        assert_eq!(nearest("regionsss", ["regions"]), Some("regions"));
        assert_eq!(nearest("regionssss", ["regions"]), Some("regions"));
        assert_eq!(nearest("regionssssss", ["regions"]), None);
    }
}
