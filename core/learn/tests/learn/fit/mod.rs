//! Weight fitting, odds and calibration, against scikit-learn and SciPy, and by simulation.

mod acceptance;
mod replay;
mod weights;
