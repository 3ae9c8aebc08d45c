//! Past sponsorships, whose columns have two names and whose rows may repeat.

use sponsorfit::rows::{self, Row};
use sponsorfit::{Count, PastSponsorship, SponsorshipOutcome};

use crate::{A, B, plain, problems};

#[test]
fn every_format_gives_the_same_sponsorships() {
    let csv = format!(
        "event_id,sponsor_id,start_at,tier,level\n{A},{B},2024-05-15,Gold,2\n{A},{B},2024-05-15,Lounge,\n"
    );
    let ndjson = format!(
        "{{\"event_id\": \"{A}\", \"sponsor_id\": \"{B}\", \"at\": \"2024-05-15\", \"tier_level\": 2}}\n\
         {{\"event_id\": \"{A}\", \"sponsor_id\": \"{B}\", \"at\": \"2024-05-15\", \"outcome\": \"accepted\"}}\n"
    );
    let read = rows::read_sponsorships(csv.as_bytes());
    assert_eq!((read.ignored[0].name.as_str(), read.ignored[0].count), ("tier", 2));
    let rows: Vec<PastSponsorship> = plain(read);
    assert_eq!(rows, plain(rows::read_sponsorships(ndjson.as_bytes())));
    assert_eq!(rows[0].tier_level, Some(Count::from(2)));
    assert_eq!((rows[1].tier_level, rows[1].id()), (None, A.parse().unwrap()));
}

#[test]
fn outcomes_are_words() {
    let csv =
        format!("event_id,sponsor_id,at,outcome\n{A},{B},2024-05-15,rejected\n{A},{B},2024-05-16,shown\n");
    let rows: Vec<PastSponsorship> = plain(rows::read_sponsorships(csv.as_bytes()));
    let outcomes: Vec<_> = rows.iter().map(|row| row.outcome).collect();
    assert_eq!(outcomes, [SponsorshipOutcome::Rejected, SponsorshipOutcome::Shown]);
}

#[test]
fn every_wrong_cell_is_named_once() {
    let csv = format!(
        "event_id,sponsor_id,start_at,level,outcome\n\
         {A},{B},soon,-1,signed\n{A},{B},,2,\n{A},{B},2024-05-15,gold,\n"
    );
    assert_eq!(
        problems(&rows::read_sponsorships(csv.as_bytes()).rejects),
        [
            "2: start_at: `soon` is not a timestamp or date such as 2025-10-21T10:30:00Z or 2025-10-21",
            "2: level: -1 is not in 0..=9007199254740991",
            "2: outcome: `signed` is not `accepted`, `rejected` or `shown`",
            "3: at: required, but missing",
            "4: level: `gold` is not a whole number in 0..=9007199254740991",
        ]
    );
}
