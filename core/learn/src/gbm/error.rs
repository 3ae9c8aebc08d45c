//! What can be wrong with a model's text, or with a row given to it.

/// Why a model cannot be read, or cannot answer.
///
/// # Examples
/// ```
/// use sponsorfit_learn::gbm::BoostedTrees;
/// let error = BoostedTrees::parse("tree\nversion=v2\n").unwrap_err();
/// assert_eq!(error.code(), "unsupported_version");
/// assert_eq!(error.to_string(), "line 2: version `v2` is not one of v3, v4");
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModelError {
    /// The first line is not `tree`: some other file, or another booster.
    #[error("line 1: `{found}` is not `tree`, so this is not LightGBM's text format")]
    NotAModel {
        /// How the line begins.
        found: String,
    },
    /// A version of the text format other than v3 and v4.
    #[error("line {line}: version `{found}` is not one of v3, v4")]
    UnsupportedVersion {
        /// Line, from 1.
        line: usize,
        /// The version given.
        found: String,
    },
    /// An objective whose raw score this reader has not been compared for.
    #[error("line {line}: objective `{found}` is not one of lambdarank, rank_xendcg, binary, regression")]
    UnsupportedObjective {
        /// Line, from 1.
        line: usize,
        /// The objective given.
        found: String,
    },
    /// Leaves that hold a linear model instead of a number.
    #[error("line {line}: linear trees are not supported; train with linear_tree=false")]
    LinearTrees {
        /// Line, from 1.
        line: usize,
    },
    /// More than one score a row, as multi-class objectives have.
    #[error("line {line}: `{key}` is {found}; only models with one score a row are supported")]
    SeveralScores {
        /// Line, from 1.
        line: usize,
        /// The key that says so.
        key: &'static str,
        /// Its value.
        found: usize,
    },
    /// A random forest, whose scores are averages over trees.
    #[error("line {line}: averaged output (boosting=rf) is not supported")]
    AveragedOutput {
        /// Line, from 1.
        line: usize,
    },
    /// The text ends before its trees do.
    #[error("line {line}: the text ends before `end of trees`")]
    Truncated {
        /// The last line, from 1.
        line: usize,
    },
    /// A line that is neither `key=value` nor expected where it stands.
    #[error("line {line}: `{found}` was not expected here")]
    UnexpectedLine {
        /// Line, from 1.
        line: usize,
        /// How the line begins.
        found: String,
    },
    /// A key that must be there and is not.
    #[error("line {line}: the section that begins here has no `{key}`")]
    MissingKey {
        /// Line at which the section begins, from 1.
        line: usize,
        /// The key.
        key: &'static str,
    },
    /// A key that is there twice.
    #[error("line {line}: `{key}` is here for the second time")]
    RepeatedKey {
        /// Line, from 1.
        line: usize,
        /// The key.
        key: String,
    },
    /// Text where a number of some range must be.
    #[error("line {line}: `{key}`: `{found}` is not {expected}")]
    BadNumber {
        /// Line, from 1.
        line: usize,
        /// The key whose value it is.
        key: &'static str,
        /// The text found.
        found: String,
        /// What would be right.
        expected: String,
    },
    /// A list that is longer or shorter than the rest of its section says.
    #[error("line {line}: `{key}` has {found} values, not {expected}")]
    WrongCount {
        /// Line, from 1.
        line: usize,
        /// The key whose value it is.
        key: &'static str,
        /// How many there are.
        found: usize,
        /// How many there must be.
        expected: usize,
    },
    /// Children that do not make a tree: a node with two parents, or a cycle.
    #[error("line {line}: the tree that begins here is none: {part} {index} has {problem}")]
    NotATree {
        /// Line at which the tree begins, from 1.
        line: usize,
        /// `split` or `leaf`.
        part: &'static str,
        /// Its number, from 0.
        index: usize,
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A tree of another length than `tree_sizes` says: cut, or edited by hand.
    #[error("line {line}: tree {tree} takes {found} bytes, and `tree_sizes` says {expected}")]
    WrongSize {
        /// Line of `tree_sizes`, from 1.
        line: usize,
        /// The tree's number, from 0.
        tree: usize,
        /// Its length.
        found: usize,
        /// What the header says.
        expected: usize,
    },
    /// More of something than the reader's limit.
    #[error("line {line}: {found} {what}, which is more than {limit}")]
    TooLarge {
        /// Line, from 1.
        line: usize,
        /// What there is too much of.
        what: &'static str,
        /// How much there is.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// A row with more or fewer values than the model has features.
    #[error("the row has {found} values, and the model {expected} features")]
    RowLength {
        /// Values in the row.
        found: usize,
        /// Features of the model.
        expected: usize,
    },
    /// Contributions need how many training rows went through each node.
    #[error(
        "contributions need `leaf_count` and `internal_count` above 0 in every tree; tree {tree} has none"
    )]
    NoCounts {
        /// The tree's number, from 0.
        tree: usize,
    },
}

impl ModelError {
    /// Returns the stable name of the error, for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAModel { .. } => "not_a_model",
            Self::UnsupportedVersion { .. } => "unsupported_version",
            Self::UnsupportedObjective { .. } => "unsupported_objective",
            Self::LinearTrees { .. } => "linear_trees",
            Self::SeveralScores { .. } => "several_scores",
            Self::AveragedOutput { .. } => "averaged_output",
            Self::Truncated { .. } => "truncated",
            Self::UnexpectedLine { .. } => "unexpected_line",
            Self::MissingKey { .. } => "missing_key",
            Self::RepeatedKey { .. } => "repeated_key",
            Self::BadNumber { .. } => "bad_number",
            Self::WrongCount { .. } => "wrong_count",
            Self::NotATree { .. } => "not_a_tree",
            Self::WrongSize { .. } => "wrong_size",
            Self::TooLarge { .. } => "too_large",
            Self::RowLength { .. } => "row_length",
            Self::NoCounts { .. } => "no_counts",
        }
    }
}

/// How a piece of outside text is quoted in an error: its beginning.
pub(super) fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}
