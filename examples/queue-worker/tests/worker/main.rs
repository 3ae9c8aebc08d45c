//! The worker against a real Postgres: the same numbers as the core, and what survives faults.
//!
//! The law, after quiescence: every stored match is the pure function of the current rows,
//! nothing that the policy keeps is missing, and the queue is empty, or dead with a reason.

mod clocks;
mod encryption;
mod faults;
mod insights;
mod law;
mod numbers;
mod policies;
mod schedules;
mod service;
mod support;
