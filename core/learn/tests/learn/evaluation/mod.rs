//! The harness against SciPy, slow definitions and seeded simulation.

mod intervals;
mod pairs;
mod rankers;
mod rules;
mod split;
