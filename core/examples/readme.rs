//! The example of the README, as it stands there.

use sponsorfit::{Event, Scorer, ScoringConfig, SponsorProfile};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sponsor: SponsorProfile = serde_json::from_str(
        r#"{"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "annual_budget_cents": 5000000,
            "preferred_categories": ["music", "food", "art"], "regions": ["US", "CA"]}"#,
    )?;
    let event: Event = serde_json::from_str(
        r#"{"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "categories": ["Music"], "regions": ["US"]}"#,
    )?;

    let why = Scorer::new(ScoringConfig::default())?.explain(&sponsor, &event, None)?;
    println!("{}", why.summary);
    for reason in &why.reasons {
        println!("{:+.2} of {:.2}  {}", reason.points, reason.points + reason.lost, reason.text);
    }
    Ok(())
}
