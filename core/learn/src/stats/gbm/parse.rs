//! From LightGBM's text to trees, or to the reason why not.
#![deny(clippy::indexing_slicing)]

use sponsorfit::Error;
use std::sync::Arc;

use super::Objective;
use super::error::{invalid, quoted};
use super::section::{Lines, Section, words};
use super::tree::{Counts, Missing, Node, Split, Test, Tree};

/// The longest text that is read, in bytes: 64 MiB.
const MAX_BYTES: usize = 64 << 20;
/// The most trees, features, and leaves of one tree.
const MAX_TREES: usize = 100_000;
const MAX_FEATURES: usize = 1_000_000;
const MAX_LEAVES: usize = 1 << 17;

/// The bits of a decision type; the two above them are the kind of missing values.
const CATEGORICAL: u8 = 1;
const MISSING_LEFT: u8 = 2;

/// What a text holds.
pub(super) struct Parsed {
    pub(super) objective: Objective,
    pub(super) feature_names: Vec<String>,
    pub(super) trees: Vec<Tree>,
}

pub(super) fn parse(text: &str) -> Result<Parsed, Error> {
    limited(1, "bytes", text.len(), MAX_BYTES)?;
    let mut lines = Lines::new(text);
    let first = lines.next().unwrap_or_default();
    if first != "tree" {
        return Err(invalid(format!(
            "line 1: `{}` is not `tree`, so this is not LightGBM's text format",
            quoted(first)
        )));
    }
    let header = read_header(&mut lines)?;
    let objective = read_objective(&header)?;
    let feature_names = read_feature_names(&header)?;
    let trees = read_trees(&mut lines, &header, feature_names.len())?;
    Ok(Parsed { objective, feature_names, trees })
}

fn read_header<'a>(lines: &mut Lines<'a>) -> Result<Section<'a>, Error> {
    let mut header = Section::new(1);
    while let Some(line) = lines.peek().filter(|line| !starts_trees(line)) {
        lines.next();
        match line {
            "" => {}
            "average_output" => {
                return Err(invalid(format!(
                    "line {}: averaged output (boosting=rf) is not supported",
                    lines.number
                )));
            }
            _ => header.insert(lines.number, line)?,
        }
    }
    let (line, version) = header.get("version")?;
    if !matches!(version, "v3" | "v4") {
        return Err(invalid(format!("line {line}: version `{}` is not one of v3, v4", quoted(version))));
    }
    for key in ["num_class", "num_tree_per_iteration"] {
        let found = header.count(key, 0..=MAX_TREES)?;
        if found != 1 {
            let line = header.get(key)?.0;
            return Err(invalid(format!(
                "line {line}: `{key}` is {found}; only models with one score a row are supported"
            )));
        }
    }
    Ok(header)
}

fn starts_trees(line: &str) -> bool {
    line.starts_with("Tree=") || line == "end of trees"
}

fn read_objective(header: &Section<'_>) -> Result<Objective, Error> {
    let (line, text) = header.get("objective")?;
    let unsupported = || {
        invalid(format!(
            "line {line}: objective `{}` is not one of lambdarank, rank_xendcg, binary, regression",
            quoted(text)
        ))
    };
    match words(text).collect::<Vec<_>>()[..] {
        ["lambdarank"] => Ok(Objective::Lambdarank),
        ["rank_xendcg"] => Ok(Objective::RankXendcg),
        ["regression"] => Ok(Objective::Regression { sqrt: false }),
        ["regression", "sqrt"] => Ok(Objective::Regression { sqrt: true }),
        ["binary", sigmoid] => {
            let sigmoid = sigmoid.strip_prefix("sigmoid:").and_then(|slope| slope.parse().ok());
            let sigmoid = sigmoid.filter(|slope: &f64| slope.is_finite() && *slope > 0.0);
            Ok(Objective::Binary { sigmoid: sigmoid.ok_or_else(unsupported)? })
        }
        _ => Err(unsupported()),
    }
}

fn read_feature_names(header: &Section<'_>) -> Result<Vec<String>, Error> {
    let features = header.count("max_feature_idx", 0..=MAX_FEATURES - 1)? + 1;
    header.list("feature_names", features, "a name", |_: &String| true)
}

fn read_trees(lines: &mut Lines<'_>, header: &Section<'_>, features: usize) -> Result<Vec<Tree>, Error> {
    let mut trees = vec![];
    let mut sizes = vec![];
    loop {
        let begin = lines.offset;
        let line = lines
            .next()
            .ok_or_else(|| invalid(format!("line {}: the text ends before `end of trees`", lines.number)))?;
        if line == "end of trees" {
            break;
        }
        limited(lines.number, "trees", trees.len() + 1, MAX_TREES)?;
        if line.strip_prefix("Tree=") != Some(trees.len().to_string().as_str()) {
            return Err(invalid(format!("line {}: `{}` was not expected here", lines.number, quoted(line))));
        }
        trees.push(read_tree(lines, features)?);
        sizes.push(lines.offset - begin);
    }
    check_sizes(header, &sizes)?;
    Ok(trees)
}

/// The sizes are how LightGBM itself finds the trees: where they are wrong, it reads
/// something else or nothing.
fn check_sizes(header: &Section<'_>, sizes: &[usize]) -> Result<(), Error> {
    let Some((line, _)) = header.find("tree_sizes") else { return Ok(()) };
    let told: Vec<usize> = header.list("tree_sizes", sizes.len(), "a number of bytes", |_| true)?;
    for (tree, (&found, expected)) in sizes.iter().zip(told).enumerate() {
        if found != expected {
            return Err(invalid(format!(
                "line {line}: tree {tree} takes {found} bytes, and `tree_sizes` says {expected}"
            )));
        }
    }
    Ok(())
}

fn read_tree(lines: &mut Lines<'_>, features: usize) -> Result<Tree, Error> {
    let mut section = Section::new(lines.number);
    while let Some(line) = lines.peek().filter(|line| !starts_trees(line)) {
        lines.next();
        if !line.is_empty() {
            section.insert(lines.number, line)?;
        }
    }
    if let Some((line, _)) = section.find("is_linear").filter(|&(_, linear)| linear != "0") {
        return Err(invalid(format!(
            "line {line}: linear trees are not supported; train with linear_tree=false"
        )));
    }
    let leaves = section.count("num_leaves", 1..=MAX_LEAVES)?;
    let leaf_values =
        section.list("leaf_value", leaves, "a finite number", |value: &f64| value.is_finite())?;
    let splits = if leaves == 1 { vec![] } else { read_splits(&section, leaves - 1, features)? };
    let counts = read_counts(&section, splits.len(), leaves)?;
    Tree::new(section.line, splits, leaf_values, counts)
}

fn read_splits(section: &Section<'_>, splits: usize, features: usize) -> Result<Vec<Split>, Error> {
    let feature_range = format!("a feature in 0..{features}");
    let feature = section.list("split_feature", splits, &feature_range, |&f: &usize| f < features)?;
    let threshold = section.list("threshold", splits, "a number", |t: &f64| !t.is_nan())?;
    let decision = section.list("decision_type", splits, "a decision type in 0..=11", |&d: &u8| d <= 11)?;
    let left = read_children(section, "left_child", splits)?;
    let right = read_children(section, "right_child", splits)?;
    let categories = read_categories(section)?;
    let no_set = |threshold: f64| {
        invalid(format!(
            "line {}: `threshold`: `{threshold}` is not the number of a set of categories in 0..{}",
            section.get("threshold").map_or(section.line, |(line, _)| line),
            categories.len()
        ))
    };
    let mut found = Vec::with_capacity(splits);
    for ((((feature, threshold), decision), left), right) in
        feature.into_iter().zip(threshold).zip(decision).zip(left).zip(right)
    {
        let test = if decision & CATEGORICAL == 0 {
            let missing = match decision >> 2 {
                0 => Missing::Nothing,
                1 => Missing::Zero,
                _ => Missing::NotANumber,
            };
            Test::Threshold { at: threshold, missing, missing_left: decision & MISSING_LEFT != 0 }
        } else {
            // Where a number would be, a categorical split has the number of its set.
            let set = category_set(threshold).and_then(|set| categories.get(set));
            Test::Categories(Arc::clone(set.ok_or_else(|| no_set(threshold))?))
        };
        found.push(Split { feature, test, left, right });
    }
    Ok(found)
}

/// Children are numbers of splits, or, below 0, of leaves: −1 is leaf 0.
fn read_children(section: &Section<'_>, key: &'static str, splits: usize) -> Result<Vec<Node>, Error> {
    let node = |child: i64| match usize::try_from(child) {
        Ok(split) => Some(Node::Split(split)).filter(|_| split < splits),
        Err(_) => usize::try_from(-1 - child).ok().filter(|&leaf| leaf <= splits).map(Node::Leaf),
    };
    let kind = format!("a child in -{}..{splits}", splits + 1);
    let children = section.list(key, splits, &kind, |&child: &i64| node(child).is_some())?;
    Ok(children.into_iter().filter_map(node).collect())
}

/// The sets of categories of a tree, each as words of 32 bits.
fn read_categories(section: &Section<'_>) -> Result<Vec<Arc<[u32]>>, Error> {
    let sets = section.count("num_cat", 0..=MAX_LEAVES)?;
    if sets == 0 {
        return Ok(vec![]);
    }
    let mut last = 0;
    let ascending = "a position not below the one before";
    let (line, _) = section.get("cat_threshold")?;
    let bounds = section.list("cat_boundaries", sets + 1, ascending, |_: &usize| true)?;
    for &bound in &bounds {
        if bound < last {
            return Err(invalid(format!(
                "line {}: `cat_boundaries`: `{bound}` is not {ascending}",
                section.get("cat_boundaries")?.0,
            )));
        }
        last = bound;
    }
    limited(line, "words of categories", last, MAX_LEAVES)?;
    let words = section.list("cat_threshold", last, "32 bits as a number", |_: &u32| true)?;
    let ranges = bounds.iter().zip(bounds.iter().skip(1));
    Ok(ranges.map(|(&from, &to)| words.get(from..to).unwrap_or_default().into()).collect())
}

/// The counts, if the text has them all and none is 0.
fn read_counts(section: &Section<'_>, splits: usize, leaves: usize) -> Result<Option<Counts>, Error> {
    let read = |key: &'static str, expected: usize| match section.find(key) {
        None => Ok(vec![]),
        Some(_) => section.list(key, expected, "a count", |_: &u32| true),
    };
    let found = Counts { splits: read("internal_count", splits)?, leaves: read("leaf_count", leaves)? };
    let told = found.splits.len() == splits && found.leaves.len() == leaves;
    Ok(Some(found)
        .filter(|counts| told && counts.splits.iter().chain(&counts.leaves).all(|&count| count > 0)))
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "in range, and cut as LightGBM does"
)]
fn category_set(threshold: f64) -> Option<usize> {
    (0.0..MAX_LEAVES as f64).contains(&threshold).then_some(threshold as usize)
}

fn limited(line: usize, what: &'static str, found: usize, limit: usize) -> Result<(), Error> {
    if found > limit {
        Err(invalid(format!("line {line}: {found} {what}, which is more than {limit}")))
    } else {
        Ok(())
    }
}
