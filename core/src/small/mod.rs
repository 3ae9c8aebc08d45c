#![doc = include_str!("README.md")]

pub(crate) mod decimal;
pub(crate) mod sort;
