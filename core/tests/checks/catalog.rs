//! What holds for any bytes that are loaded as a catalog.

use std::io::Write;

use sha2::{Digest, Sha256};
use sponsorfit::{Catalog, ErrorKind, MatchScore, Scorer, ScoringConfig};

/// Checks the bytes as they are, and as what stands behind a checksum that is right: without
/// it, nothing but the checksum would be tested.
pub(crate) fn check(bytes: &[u8]) {
    load(Catalog::from_bytes(bytes));
    let sealed = sealed(bytes);
    load(Catalog::from_bytes(&sealed));
    if let Ok(scorer) = Scorer::new(ScoringConfig::default()) {
        load(Catalog::from_bytes_with(&sealed, scorer));
    }
}

fn sealed(payload: &[u8]) -> Vec<u8> {
    let mut sealed = b"sponsorfit catalog 1\n".to_vec();
    for byte in Sha256::digest(payload) {
        write!(sealed, "{byte:02x}").expect("memory takes all");
    }
    sealed.push(b'\n');
    sealed.extend_from_slice(payload);
    sealed
}

fn load(loaded: Result<Catalog, sponsorfit::Error>) {
    let catalog = match loaded {
        Ok(catalog) => catalog,
        Err(error) => return assert!(!error.to_string().is_empty()),
    };
    assert_ranks(&catalog);
    match catalog.to_bytes() {
        Ok(written) => {
            let again =
                Catalog::from_bytes_with(&written, catalog.scorer().clone()).expect("what was written");
            assert_eq!(again.to_bytes().expect("what was read"), written);
        }
        Err(error) => assert_eq!(error.kind(), ErrorKind::InvalidValue),
    }
}

/// The engine and the plain scan agree on whatever rows there are.
fn assert_ranks(catalog: &Catalog) {
    let plain = catalog.clone().plain();
    let bits = |pairs: &[MatchScore]| -> Vec<_> {
        pairs.iter().map(|pair| (pair.event_id, pair.sponsor_id, pair.score.get().to_bits())).collect()
    };
    for sponsor in catalog.sponsors().take(3) {
        let [best, scanned] = [catalog, &plain].map(|catalog| catalog.events_for(&sponsor.sponsor_id).top(3));
        assert_eq!(bits(&best.expect("a known id")), bits(&scanned.expect("a known id")));
    }
    for (event, _) in catalog.events().take(3) {
        let [best, scanned] = [catalog, &plain].map(|catalog| catalog.sponsors_for(&event.event_id).top(3));
        assert_eq!(bits(&best.expect("a known id")), bits(&scanned.expect("a known id")));
    }
}
