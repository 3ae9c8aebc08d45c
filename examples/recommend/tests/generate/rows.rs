//! Valid rows, the odd ones too.

use std::collections::BTreeSet;

use super::row::{assert_valid, id};
use super::{Catalog, FILES};

#[test]
fn rows_have_known_columns_with_values_in_their_range() {
    let catalog = Catalog::new(3000, 3000, 8);
    for (file, name) in FILES.iter().enumerate() {
        for row in catalog.rows(file) {
            assert_valid(name, &row);
        }
    }
}

#[test]
fn ids_are_distinct_and_insights_belong_to_events() {
    let catalog = Catalog::new(3000, 3000, 9);
    let ids: [BTreeSet<String>; 3] = [0, 1, 2].map(|file| catalog.rows(file).iter().map(id).collect());
    let distinct: usize = ids.iter().map(BTreeSet::len).sum();
    assert_eq!(distinct as u64, catalog.written.rows());
    assert!(ids[0].is_disjoint(&ids[1]));
    assert!(ids[2].is_subset(&ids[1]));
}

#[test]
fn every_odd_form_occurs() {
    let text = Catalog::new(20_000, 20_000, 10).text;
    let odd = [
        (0, "\"annual_budget_cents\":\"", "digits"),
        (0, "000.0,", "an integral float"),
        (0, "\"annual_budget_cents\":0,", "no money, known"),
        (0, "\"annual_budget_cents\":null", "budget null"),
        (0, "\"preferred_categories\":null", "a null list"),
        (0, "\"preferred_categories\":[]", "an empty list"),
        (0, "\"MUSIC\"", "another case"),
        (0, "\"music \"", "a space too many"),
        (0, "street\u{a0} food", "another space"),
        (0, "mu\u{301}sica", "another normalisation"),
        (0, "\"音楽\"", "another script"),
        (1, "{\"id\":", "the short name of the id"),
        (1, "+00\"", "Postgres' timestamp"),
        (1, ".5-03:30\"", "a fraction of a second and of an hour"),
        (1, "\"regions\":[]", "an event that is nowhere"),
        (2, "\"AQ\":0", "a region with nobody"),
        (2, "\"geo_distribution\":{}", "no geography"),
        (2, "\"engagement_score\":0.0", "engagement zero"),
        (2, "\"engagement_score\":null", "engagement unknown"),
    ];
    for (file, needle, what) in odd {
        assert!(text[file].contains(needle), "{what} in {}", FILES[file]);
    }
    for column in ["annual_budget_cents", "preferred_categories", "regions"] {
        assert!(text[0].lines().any(|row| !row.contains(column)), "{column} is never absent");
    }
    let capital = |row: &str| row[..50].bytes().any(|byte| byte.is_ascii_uppercase());
    assert!(text[2].lines().any(capital), "an id in capital letters");
}
