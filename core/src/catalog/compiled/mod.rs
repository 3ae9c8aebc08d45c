//! What follows from the rows and one configuration: classes of rows that share a formula, the order
//! in which they stand, a bitmap a label, and upper bounds.

pub(super) mod bounds;
pub(super) mod digest;
pub(super) mod layout;
pub(super) mod side;
pub(super) mod view;
