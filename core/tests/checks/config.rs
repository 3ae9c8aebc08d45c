//! What must hold when any bytes are read as a configuration.
//!
//! The fuzz target calls it, and so does an ordinary test over the corpus that fuzzing left.

use sponsorfit::ScoringConfig;

/// Reads bytes as a configuration.
pub(crate) fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match ScoringConfig::from_json(text) {
        Ok(config) => {
            assert_eq!(config.validate(), Ok(()));
            let again = ScoringConfig::from_json(&serde_json::to_string(&config).unwrap()).unwrap();
            assert_eq!(again, config);
            assert_eq!(again.fingerprint(), config.fingerprint());
        }
        Err(error) => assert!(!error.message().is_empty()),
    }
}
