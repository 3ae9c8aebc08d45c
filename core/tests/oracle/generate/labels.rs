//! Labels in the spellings that people and databases give them.

use proptest::collection::vec;
use proptest::prelude::*;

/// One label a line: all its spellings have one key, and no other line has it. The first line's
/// key is empty.
pub(crate) const SPELLINGS: &[&[&str]] = &[
    &["", " ", "\t\n", "\u{a0}\u{3000}"],
    &["music", "Music ", "MUSIC", "\u{a0}music", "\u{2003}mUsIc\r\n"],
    &["food & drink", "Food  &  Drink", "FOOD\u{a0}& DRINK", "food\u{2003}&\u{2009}\u{85}drink"],
    &["ai/ml", "AI/ML", " Ai/mL"],
    &["18-24", "18-24 "],
    &["us", "US", "Us"],
    &["ca", "CA"],
    &["mx", "MX"],
    // Composed and decomposed.
    &["café", "cafe\u{301}", "CAFÉ", "CAFE\u{301}"],
    &["cafe", "CAFE"],
    &["å", "Å", "\u{212b}", "A\u{30a}", "a\u{30a}"],
    &["한국", "\u{1112}\u{1161}\u{11ab}\u{1100}\u{116e}\u{11a8}"],
    // Two marks, in either order.
    &["q\u{323}\u{307}", "q\u{307}\u{323}", "Q\u{307}\u{323}"],
    &["ω", "Ω", "\u{2126}"],
    // The dotted capital lowers to two characters; the dotless small letter stays.
    &["i\u{307}stanbul", "İstanbul", "I\u{307}stanbul", "İSTANBUL"],
    &["istanbul", "Istanbul", "ISTANBUL"],
    &["ıstanbul"],
    // Lower case, not case folding: ß stays, and ends apart from ss.
    &["straße", "STRAßE", "STRA\u{1e9e}E"],
    &["strasse", "STRASSE"],
    // Σ at the end of a word, within one, alone; and σ where a ς would be right.
    &["οδος", "ΟΔΟΣ", "Οδος", "ΟΔΟΣ "],
    &["οδοσ"],
    &["οδος αθηνας", "ΟΔΟΣ ΑΘΗΝΑΣ", "ΟΔΟΣ\u{a0}\u{a0}αθηναΣ"],
    &["σ", "Σ"],
    // One letter of three cases, and one whose capital is the older one.
    &["ǆ", "Ǆ", "ǅ"],
    &["\u{ab70}", "\u{13a0}"],
    // Canonical, not compatible: a ligature stays.
    &["ﬁlm", "ﬁLM"],
    &["film", "FILM"],
    &["🎸 rock", "🎸\tROCK"],
    // Zero width is not white space.
    &["zero\u{200b}width", "Zero\u{200b}Width"],
];

/// A label: mostly one that others have too.
pub(crate) fn label() -> impl Strategy<Value = String> {
    let spelling = prop::sample::select(SPELLINGS)
        .prop_flat_map(|spellings| prop::sample::select(spellings).prop_map(str::to_owned));
    prop_oneof![30 => spelling, 1 => "\\PC{1,5}"]
}

/// The JSON text of a label, in characters or in escapes.
pub(crate) fn quoted() -> impl Strategy<Value = String> {
    (label(), prop::bool::weighted(0.2)).prop_map(|(label, escape)| quote(&label, escape))
}

/// The JSON text of a list of labels, null and empty among them.
pub(crate) fn list() -> impl Strategy<Value = String> {
    prop_oneof![
        1 => Just("null".to_owned()),
        1 => Just("[]".to_owned()),
        14 => vec(quoted(), 1..9).prop_map(|labels| format!("[{}]", labels.join(","))),
    ]
}

/// A JSON string; escaped, all of it is `\u` and four hexadecimal digits.
fn quote(label: &str, escape: bool) -> String {
    if !escape {
        return serde_json::to_string(label).expect("a string is always JSON");
    }
    let units: Vec<String> = label.encode_utf16().map(|unit| format!("\\u{unit:04x}")).collect();
    let units = units.concat();
    format!("\"{units}\"")
}
