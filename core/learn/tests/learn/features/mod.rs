//! Features against their definitions, computed slowly, and against the score.

mod oracle;
mod profile;
mod rows;
