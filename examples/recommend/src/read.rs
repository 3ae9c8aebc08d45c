//! The first room: files into rows, settings and what is wrong with them.

pub(crate) mod bundled;
pub(crate) mod failure;
pub(crate) mod find;
pub mod input;
pub(crate) mod load;
pub(crate) mod outcomes;
pub(crate) mod problems;
pub(crate) mod settings;
