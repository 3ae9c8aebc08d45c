//! What was known on a date, and nothing that came later.

mod profiles;
pub(crate) mod world;
