//! What does not depend on the configuration: the rows, found by their identifiers, their labels as
//! numbers, and what the score reads of them, in columns.

pub(super) mod columns;
pub(super) mod labels;
pub(super) mod row_bits;
pub(super) mod table;
pub(super) mod vectors;
