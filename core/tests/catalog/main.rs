//! Rankings of a catalog are what sorting all scores gives: identifiers and bits.
#![allow(missing_docs, reason = "a test has no readers but its own")]

mod bulk;
mod each;
mod large;
mod oracle;
mod rankings;
mod world;
