//! What was known on a date, and nothing that came later.

mod profiles;
mod world;
