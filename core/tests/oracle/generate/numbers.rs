//! Numbers in every notation that rows come in.

use num_bigint::BigUint;
use proptest::collection::vec;
use proptest::prelude::*;

const MOST: u64 = (1 << 53) - 1;

/// A share as JSON text, 0..1: short, long, exponential, subnormal, exactly between two doubles.
pub(crate) fn share() -> impl Strategy<Value = String> {
    let fixed = &[
        "0",
        "1",
        "0.0",
        "1.0",
        "-0.0",
        "-0",
        "0.5",
        "5E-1",
        "1e-3",
        "0.1e+1",
        "0.3",
        "0.7",
        "1e-310",
        "4.9e-324",
        "0.64694999999999995",
        "0.99999999999999994448884876874217",
    ];
    prop_oneof![
        2 => prop::sample::select(&fixed[..]).prop_map(str::to_owned),
        2 => (0.0..=1.0).prop_map(|share: f64| share.to_string()),
        1 => (0.0..=1.0).prop_map(|share: f64| format!("{share:e}")),
        2 => (0.0..=1.0).prop_map(|share: f64| format!("{share:.17}")),
        1 => between_two_doubles(),
    ]
}

/// A decimal of 54 digits that lies exactly between two neighbouring doubles of 0.5..1, or by one
/// in the 55th digit above: one goes to the even one, the other up.
fn between_two_doubles() -> impl Strategy<Value = String> {
    ((1_u64 << 52)..(1 << 53), any::<bool>()).prop_map(|(mantissa, above)| {
        let middle = BigUint::from(2 * mantissa + 1) * BigUint::from(5_u8).pow(54);
        format!("0.{middle:054}{}", if above { "1" } else { "" })
    })
}

/// A count as JSON text, 0..2⁵³−1: an integer, an integral float, a string of digits.
pub(crate) fn count() -> impl Strategy<Value = String> {
    let count = prop_oneof![
        1 => prop::sample::select(&[0, 1, 99_999, 100_000, 100_001, MOST - 1, MOST][..]),
        2 => 0_u64..10,
        4 => 0_u64..10_000_000,
        1 => 0_u64..=MOST,
    ];
    (count, 0..6).prop_map(|(count, notation)| match notation {
        0 => format!("{count}.0"),
        1 => format!("\"{count}\""),
        2 => format!("{count:e}"),
        3 if count == 0 => "-0.0".to_owned(),
        _ => count.to_string(),
    })
}

/// An embedding as JSON text: a list, or a string with a list in it.
pub(crate) fn embedding(dimension: usize) -> impl Strategy<Value = String> {
    let component = prop_oneof![
        1 => Just("0".to_owned()),
        1 => Just("-0.0".to_owned()),
        8 => (-1.0..=1.0_f64).prop_map(|component| component.to_string()),
        4 => (-1.0..=1.0_f32).prop_map(|component| component.to_string()),
        1 => (-3e37..=3e37_f64).prop_map(|component| format!("{component:e}")),
        1 => (-1e-37..=1e-37_f64).prop_map(|component| format!("{component:e}")),
    ];
    let list = prop_oneof![
        1 => Just(vec!["0.0".to_owned(); dimension]),
        9 => vec(component, dimension),
    ];
    (list, any::<bool>(), any::<bool>()).prop_map(|(components, as_text, spaced)| {
        let list = format!("[{}]", components.join(if spaced { ", " } else { "," }));
        if as_text { format!("\"{list}\"") } else { list }
    })
}
