//! The ranking metrics, against scikit-learn, `trec_eval`, `ir-measures` and LightGBM.

mod every_order;
mod replay;
