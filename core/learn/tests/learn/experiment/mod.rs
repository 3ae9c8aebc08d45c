//! Experiments, against hashlib, SciPy and NumPy, and by simulation.

mod assignment;
mod coverage;
mod guards;
mod interleaving;
mod replay;
