//! Who gets what: stable, balanced, and independent where it must be.

use sponsorfit_learn::experiment::{Assignment, Experiment, sample_ratio};

fn experiment(salt: &str, exposure: u16, variants: &[(&str, u16)]) -> Experiment {
    Experiment::new("sponsorfit", "weights", salt, exposure, variants).unwrap()
}

fn units() -> impl Iterator<Item = String> {
    (0..20_000).map(|i| format!("sponsor-{i}"))
}

#[test]
fn variants_keep_their_shares_and_exposure_does_not_disturb_them() {
    let shares = [("control", 5_000), ("a", 3_000), ("b", 2_000), ("off", 0)];
    for exposure in [10_000, 2_500] {
        let experiment = experiment("2026", exposure, &shares);
        let mut counts = [0_u64; 4];
        for unit in units() {
            if let Assignment::Variant(name) = experiment.assign(&unit) {
                counts[shares.iter().position(|(of, _)| *of == name).unwrap()] += 1;
            }
        }
        let exposed: u64 = counts.iter().sum();
        let expected = 20_000 * u64::from(exposure) / 10_000;
        // Five standard deviations of a binomial count.
        assert!(exposed.abs_diff(expected) <= 5 * 62, "{exposed} of {expected}");
        let ratio = sample_ratio(&counts, &[5_000, 3_000, 2_000, 0]).unwrap();
        assert!(ratio.p_value > 0.001, "{counts:?}");
    }
}

#[test]
fn more_exposure_keeps_everyone_where_they_were() {
    let shares = [("control", 5_000), ("new", 5_000)];
    let (few, many) = (experiment("s", 1_000, &shares), experiment("s", 6_000, &shares));
    for unit in units().take(2_000) {
        if let Assignment::Variant(name) = few.assign(&unit) {
            assert_eq!(many.assign(&unit), Assignment::Variant(name));
        }
    }
}

#[test]
fn another_salt_draws_again() {
    let shares = [("control", 5_000), ("new", 5_000)];
    let (first, second) = (experiment("1", 10_000, &shares), experiment("2", 10_000, &shares));
    let same = units().filter(|unit| first.assign(unit) == second.assign(unit)).count();
    assert!(same.abs_diff(10_000) < 5 * 71, "{same}");
}

#[test]
fn shares_decide_at_their_edges() {
    let half = experiment("edge", 10_000, &[("low", 4_321), ("high", 5_679)]);
    let (mut lowest_high, mut highest_low) = (9_999, 0);
    for unit in units() {
        let bucket = half.variant_bucket(&unit);
        match half.assign(&unit) {
            Assignment::Variant("low") => highest_low = bucket.max(highest_low),
            Assignment::Variant("high") => lowest_high = bucket.min(lowest_high),
            other => panic!("{other:?}"),
        }
    }
    assert!(highest_low < 4_321 && lowest_high >= 4_321, "{highest_low} {lowest_high}");
    assert!(highest_low > 4_310 && lowest_high < 4_330, "{highest_low} {lowest_high}");
}

#[test]
fn the_places_of_text_do_not_run_into_each_other() {
    let all = [("only", 10_000)];
    let ab_c = Experiment::new("ab", "c", "", 10_000, &all).unwrap();
    let a_bc = Experiment::new("a", "bc", "", 10_000, &all).unwrap();
    assert_ne!(ab_c.seed("unit"), a_bc.seed("unit"));
}

#[test]
fn experiments_that_cannot_be_are_refused() {
    let refused = |exposure, variants: &[(&str, u16)]| {
        Experiment::new("ns", "x", "", exposure, variants).unwrap_err().to_string()
    };
    assert_eq!(refused(10_000, &[]), "variants: basis points sum to 0, not 10000");
    assert_eq!(refused(10_000, &[("a", 9_999)]), "variants: basis points sum to 9999, not 10000");
    assert_eq!(
        refused(10_000, &[("a", 60_000), ("b", 15_536)]),
        "variants: basis points sum to 75536, not 10000"
    );
    assert_eq!(refused(10_000, &[("a", 5_000), ("a", 5_000)]), "variants: `a` is there twice");
    assert_eq!(
        refused(10_001, &[("a", 10_000)]),
        "exposure_basis_points: 10001 is not in 0..=10000 basis points"
    );
}
