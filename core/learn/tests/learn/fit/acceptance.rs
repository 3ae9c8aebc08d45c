//! Probabilities from any numbers: what they must keep, whatever the cases are.

use sponsorfit::{Error, ErrorKind};
use sponsorfit_learn::SplitMix64;
use sponsorfit_learn::fit::{Acceptance, Calibration, Case, Logistic, Probabilities, reliability};

/// Two numbers of each pair, of which the first decides, and what came of it: likelier the larger it is.
fn drawn(count: usize, seed: u64) -> Vec<([f64; 2], bool)> {
    let mut random = SplitMix64::new(seed);
    let draw = |random: &mut SplitMix64| {
        let row = [random.unit(), 1e6 * random.unit()];
        (row, random.unit() < row[0] * row[0])
    };
    (0..count).map(|_| draw(&mut random)).collect()
}

fn cases(drawn: &[([f64; 2], bool)]) -> Vec<Case<'_>> {
    drawn.iter().map(|(row, accepted)| Case { numbers: row, accepted: *accepted, weight: 1.0 }).collect()
}

#[test]
fn probabilities_come_true_on_cases_that_came_later() {
    let (earlier, later) = (drawn(4_000, 1), drawn(4_000, 2));
    for how in [Probabilities::Odds, Probabilities::Calibrated] {
        let learnt = Acceptance::fit(&cases(&earlier), 1.0, how).unwrap();
        let told: Vec<(f64, bool)> =
            later.iter().map(|(row, accepted)| (learnt.probability(row).unwrap(), *accepted)).collect();
        let table = reliability(&told, 10).unwrap();
        // A coin has 0.25; the truth that the cases were drawn by has 0.133.
        assert!(table.brier < 0.15, "{how:?}: {}", table.brier);
        assert!(table.calibration_error < 0.04, "{how:?}: {}", table.calibration_error);
    }
}

#[test]
fn a_weight_is_so_many_times_the_case() {
    let drawn = drawn(60, 3);
    let once = cases(&drawn);
    let weighted: Vec<Case<'_>> =
        once.iter().enumerate().map(|(at, case)| Case { weight: [0.0, 1.0, 3.0][at % 3], ..*case }).collect();
    let repeated: Vec<Case<'_>> =
        once.iter().enumerate().flat_map(|(at, case)| vec![*case; [0, 1, 3][at % 3]]).collect();
    let (ours, theirs) = (Logistic::fit(&weighted, 1.0).unwrap(), Logistic::fit(&repeated, 1.0).unwrap());
    for (row, _) in &drawn {
        assert!((ours.log_odds(row).unwrap() - theirs.log_odds(row).unwrap()).abs() < 1e-9);
    }
}

#[test]
fn what_never_varies_or_is_never_known_adds_nothing() {
    let rows: Vec<[f64; 3]> = (0..50).map(|i| [f64::from(i), 0.1, f64::NAN]).collect();
    let cases: Vec<Case<'_>> =
        rows.iter().map(|row| Case { numbers: row, accepted: row[0] > 20.5, weight: 1.0 }).collect();
    let line = Logistic::fit(&cases, 0.5).unwrap();
    let slopes: Vec<f64> = line.slopes().collect();
    assert!(slopes[0] > 0.0 && slopes[1..] == [0.0, 0.0], "{slopes:?}");
    assert_eq!(line.log_odds(&[30.0, 0.1, f64::NAN]), line.log_odds(&[30.0, 99.0, -7.0]));
}

#[test]
fn cases_that_a_line_parts_without_a_doubt_give_finite_odds() {
    for pull in [1e-9, 1.0, 1e9] {
        let rows = [[-1e9], [-1.0], [1.0], [1e9]];
        let cases: Vec<Case<'_>> =
            rows.iter().map(|row| Case { numbers: row, accepted: row[0] > 0.0, weight: 1e6 }).collect();
        let line = Logistic::fit(&cases, pull).unwrap();
        let told: Vec<f64> = rows.iter().map(|row| line.probability(row).unwrap()).collect();
        assert!(told.is_sorted() && told.iter().all(|one| (0.0..=1.0).contains(one)), "{pull}: {told:?}");
    }
}

#[test]
fn a_calibration_is_made_where_cases_are_enough() {
    let (few, many) = (drawn(199, 4), drawn(400, 4));
    let fit = |drawn: &[_], how| Acceptance::fit(&cases(drawn), 1.0, how);
    assert!(!fit(&few, Probabilities::WhereEnough).unwrap().is_calibrated());
    assert!(fit(&many, Probabilities::WhereEnough).unwrap().is_calibrated());
    assert!(!fit(&many, Probabilities::Odds).unwrap().is_calibrated());
    let refused = fit(&few, Probabilities::Calibrated).unwrap_err();
    assert_eq!(refused.to_string(), "outcomes: 199 are too few, at least 200 are needed");
    let asleep: Vec<Case<'_>> = cases(&many)
        .into_iter()
        .enumerate()
        .map(|(at, case)| Case { weight: if at < 250 { 0.0 } else { 1.0 }, ..case })
        .collect();
    assert!(!Acceptance::fit(&asleep, 1.0, Probabilities::WhereEnough).unwrap().is_calibrated());
}

#[test]
fn what_is_written_is_read_again() {
    let drawn = drawn(400, 5);
    let learnt = Acceptance::fit(&cases(&drawn), 1.0, Probabilities::WhereEnough).unwrap();
    let text = serde_json::to_string(&learnt).unwrap();
    assert_eq!(serde_json::from_str::<Acceptance>(&text).unwrap(), learnt);
    for (text, why) in [
        ("[]", "scores with a probability: 0 are too few, at least 1 are needed"),
        ("[[0.2, 0.5], [0.2, 0.6]]", "[1]: 0.2 is not above the score before it"),
        ("[[0.2, 0.5], [0.3, 0.4]]", "[1]: 0.4 is not a probability, and no lower than the one before it"),
        ("[[0.2, 1.5]]", "[0]: 1.5 is not a probability, and no lower than the one before it"),
    ] {
        let error = serde_json::from_str::<Calibration>(text).unwrap_err().to_string();
        assert_eq!(error, why);
    }
}

#[test]
fn what_cannot_be_learnt_from_is_refused() {
    let case = |numbers: &'static [f64], accepted, weight| Case { numbers, accepted, weight };
    let good = [case(&[1.0, 2.0], true, 1.0), case(&[2.0, 1.0], false, 1.0)];
    let refused = |last: Case<'static>, pull| {
        let cases = [good[0], good[1], last];
        Logistic::fit(&cases, pull).unwrap_err().to_string()
    };
    assert_eq!(refused(case(&[1.0], true, 1.0), 1.0), "[2]: 1 numbers, expected 2");
    assert_eq!(
        refused(case(&[1.0, 1e151], true, 1.0), 1.0),
        format!("[2]: {} is not a number of at most 1e150", 1e151)
    );
    assert_eq!(refused(case(&[1.0, 2.0], true, -1.0), 1.0), "[2]: -1 is not a weight of 0 or more");
    assert_eq!(refused(good[0], 0.0), "pull: 0 is not a number above 0");
    let one = [good[0], Case { weight: 0.0, ..good[1] }];
    assert_eq!(
        Logistic::fit(&one, 1.0),
        Err(Error::new(ErrorKind::TooFewOutcomes, "rejected outcomes: 0 are too few, at least 1 are needed"))
    );
    let line = Logistic::fit(&good, 1.0).unwrap();
    assert_eq!(
        line.log_odds(&[1.0]),
        Err(Error::new(ErrorKind::DimensionMismatch, "1 numbers, expected 2").at(0))
    );
}
