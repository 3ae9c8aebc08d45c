//! What a ranker is told of a sponsor and an event: numbers that have a name, a unit and a range.
//!
//! [`Features`] answers as of a date, from a [`History`](super::history::History): nothing
//! that happened on the date or later enters any feature. Training and service ask the same
//! code, so they cannot drift apart; what differs is only which rows the history holds.
//!
//! A feature that cannot be told is NaN, which trees treat as a value of its own. Sums run
//! over events in the order of their days, ties by id, so the same rows give the same bits.
//!
//! # Examples
//! ```
//! use sponsorfit_learn::features::{Feature, Features};
//! use sponsorfit_learn::history::History;
//! use sponsorfit::{Event, EventId, PastSponsorship, SponsorId, SponsorProfile};
//!
//! let mut last = Event::new(EventId::from_bytes([2; 16]));
//! last.slug = Some("lantern-fair-2025".to_owned());
//! let mut next = Event::new(EventId::from_bytes([3; 16]));
//! next.slug = Some("lantern-fair-2026".to_owned());
//! let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
//! let past = PastSponsorship::new(sponsor.sponsor_id, last.event_id, "2025-07-01".parse()?);
//!
//! let history = History::new(&[last], &[past])?;
//! let features = Features::as_of(&history, "2026-07-01".parse()?);
//! let row = features.row(&features.sponsor(&sponsor), &features.event(&next, None));
//! assert_eq!(row[Feature::LastEdition as usize], 1.0);
//! assert_eq!(row[Feature::SeriesYearsSince as usize], 1.0);
//! assert!(row[Feature::CountryRecency as usize].is_nan());
//! # Ok::<(), sponsorfit::Error>(())
//! ```

mod continent;
mod event;
mod known;
mod met;
mod profile;
mod record;
mod row;
mod sponsor;
mod table;
pub(crate) mod words;

pub(crate) use event::Bond;
pub use event::EventFacts;
pub use known::Features;
pub(crate) use met::Met;
pub use sponsor::SponsorFacts;
pub use table::{Feature, FeatureRow, Theme, Unit};
