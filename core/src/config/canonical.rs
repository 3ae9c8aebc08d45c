//! JSON in the one form of RFC 8785, so that equal values hash equally everywhere.

use std::fmt::Write;

use crate::read::Json;
use crate::small::decimal::Decimal;
use crate::small::sort;

/// Writes a value as RFC 8785 JSON: sorted keys, no white space, ECMAScript numbers.
pub(crate) fn canonical_json(value: &Json) -> String {
    let mut out = String::new();
    write_value(&mut out, value);
    out
}

fn write_value(out: &mut String, value: &Json) {
    match value {
        Json::Null => out.push_str("null"),
        Json::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Json::Number(number) => write_number(out, number.as_f64().unwrap_or(f64::NAN)),
        Json::Text(text) => write_text(out, text),
        Json::List(list) => {
            out.push('[');
            for (index, item) in list.iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_value(out, item);
            }
            out.push(']');
        }
        Json::Object(object) => {
            let mut entries: Vec<_> = object.iter().collect();
            sort::stable(&mut entries, |(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
            out.push('{');
            for (index, (key, item)) in entries.into_iter().enumerate() {
                if index > 0 {
                    out.push(',');
                }
                write_text(out, key);
                out.push(':');
                write_value(out, item);
            }
            out.push('}');
        }
    }
}

/// Writes a text in quotes: `serde_json` escapes as RFC 8785 asks for.
fn write_text(out: &mut String, text: &str) {
    // Writing a text to memory cannot fail.
    out.push_str(&serde_json::to_string(text).unwrap_or_default());
}

/// Writes a finite number as ECMAScript's `Number::toString` does.
fn write_number(out: &mut String, value: f64) {
    let Decimal { is_negative, digits, point } = Decimal::shortest(value);
    if digits.is_empty() {
        out.push('0');
        return;
    }
    if is_negative {
        out.push('-');
    }
    let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
    let split = |at: i32| digits.split_at(usize::try_from(at).unwrap_or(0).min(digits.len()));
    let (before, after) = split(point);
    let _ = match point {
        1..=21 if after.is_empty() => {
            let missing = point - i32::try_from(digits.len()).unwrap_or(point);
            write!(out, "{digits}{}", zeros(missing))
        }
        1..=21 => write!(out, "{before}.{after}"),
        -5..=0 => write!(out, "0.{}{digits}", zeros(-point)),
        _ => match split(1) {
            (first, "") => write!(out, "{first}e{:+}", point - 1),
            (first, rest) => write!(out, "{first}.{rest}e{:+}", point - 1),
        },
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_ecmascript_does() {
        // Bits and texts from RFC 8785, appendix B.
        for (bits, text) in [
            (0x0000_0000_0000_0000_u64, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            let mut out = String::new();
            write_number(&mut out, f64::from_bits(bits));
            assert_eq!(out, text);
        }
    }

    #[test]
    fn keys_are_sorted_by_utf_16() {
        let value = Json::parse(
            "{\"\\ud83d\\ude00\":1,\"\\ufb33\":2,\"b\":[true,null,0.5],\"a\":\"\\u000f\\n\\\"\"}",
        )
        .unwrap();
        assert_eq!(
            canonical_json(&value),
            "{\"a\":\"\\u000f\\n\\\"\",\"b\":[true,null,0.5],\"\u{1f600}\":1,\"\u{fb33}\":2}"
        );
    }
}
