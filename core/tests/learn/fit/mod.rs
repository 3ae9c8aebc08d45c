//! Weight fitting and calibration, against scikit-learn and SciPy, and by simulation.

mod replay;
mod weights;
