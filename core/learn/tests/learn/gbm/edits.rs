//! Model texts with random edits: read or refused, never a panic.

use proptest::prelude::*;
use sponsorfit_learn::gbm::BoostedTrees;

use super::refuses::{CATEGORICAL, SMALL};

#[derive(Clone, Debug)]
enum Edit {
    Cut(usize),
    Drop(usize),
    Repeat(usize),
    Swap(usize, usize),
    Word(usize, usize, String),
    Insert(usize, String),
}

fn edit() -> impl Strategy<Value = Edit> {
    let word = prop_oneof![
        "[0-9]{1,3}",
        "-[0-9]{1,2}",
        Just("nan".to_owned()),
        Just("-inf".to_owned()),
        Just("1e400".to_owned()),
        Just("99999999999999999999".to_owned()),
        Just(String::new()),
        "\\PC{0,3}",
    ];
    prop_oneof![
        any::<usize>().prop_map(Edit::Cut),
        any::<usize>().prop_map(Edit::Drop),
        any::<usize>().prop_map(Edit::Repeat),
        any::<(usize, usize)>().prop_map(|(a, b)| Edit::Swap(a, b)),
        (any::<usize>(), any::<usize>(), word.clone())
            .prop_map(|(line, at, word)| Edit::Word(line, at, word)),
        (any::<usize>(), word).prop_map(|(at, text)| Edit::Insert(at, text)),
    ]
}

impl Edit {
    fn apply(self, text: &str) -> String {
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        let count = lines.len();
        match self {
            Self::Cut(at) => return text.chars().take(at % (text.chars().count() + 1)).collect(),
            Self::Drop(line) => drop(lines.remove(line % count)),
            Self::Repeat(line) => lines.insert(line % count, lines[line % count].clone()),
            Self::Swap(a, b) => lines.swap(a % count, b % count),
            Self::Word(line, at, new) => {
                let line = &mut lines[line % count];
                let mut words: Vec<&str> = line.split_inclusive(['=', ' ']).collect();
                let at = at % words.len().max(1);
                if let Some(word) = words.get_mut(at) {
                    let end = word.trim_end_matches(['=', ' ']).len();
                    let new = new + &word[end..];
                    *word = &new;
                    *line = words.concat();
                }
            }
            Self::Insert(at, new) => {
                let at = at % (text.chars().count() + 1);
                let (before, after): (String, String) =
                    (text.chars().take(at).collect(), text.chars().skip(at).collect());
                return before + &new + &after;
            }
        }
        lines.join("\n")
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn edited_text_never_panics(
        edits in prop::collection::vec(edit(), 1..4),
        real: bool,
        row in prop::collection::vec(any::<f64>(), 5),
    ) {
        let mut text = if real {
            CATEGORICAL.split_inclusive('\n').filter(|line| !line.starts_with("tree_sizes")).collect()
        } else {
            SMALL.to_owned()
        };
        for edit in edits {
            text = edit.apply(&text);
        }
        match BoostedTrees::parse(&text) {
            Ok(model) => {
                let row = &row[..model.feature_names().len().min(row.len())];
                if row.len() == model.feature_names().len() {
                    prop_assert!(model.score(row).unwrap().is_finite());
                    if let Ok(why) = model.contributions(row) {
                        prop_assert_eq!(why.features.len(), row.len());
                    }
                }
            }
            Err(error) => prop_assert!(!error.to_string().is_empty() && !error.code().is_empty()),
        }
    }

    #[test]
    fn any_text_never_panics(text in "(tree\n)?(\\PC{0,20}\n){0,5}") {
        prop_assert!(BoostedTrees::parse(&text).is_err());
    }
}
