//! What was known before a date, and what is asked from that date on.

use std::collections::{BTreeMap, BTreeSet};

use sponsorfit::{
    AudienceInsights, Error, ErrorKind, Event, EventId, Moment, PastSponsorship, SponsorId,
    SponsorshipOutcome,
};

/// A date that keeps what rankings may know apart from what they are asked.
///
/// Rankings of the past flatter whoever lets the future in, mostly by accident. So
/// everything that informs a score goes through [`known`](Self::known), and everything it
/// is measured by comes out of [`queries`](Self::queries).
///
/// # Examples
/// ```
/// use sponsorfit_learn::evaluation::TemporalSplit;
/// use sponsorfit::{Event, EventId, PastSponsorship, SponsorId};
///
/// let event = |id, start_at: &str| {
///     let mut event = Event::new(EventId::from_bytes([id; 16]));
///     event.start_at = start_at.parse().ok();
///     event
/// };
/// let events = [event(1, "2024-05-15"), event(2, "2025-05-14")];
/// let sponsor = SponsorId::from_bytes([7; 16]);
/// let at = |event: &Event| PastSponsorship::new(sponsor, event.event_id, event.start_at.unwrap());
/// let sponsorships = [at(&events[0]), at(&events[1])];
///
/// let split = TemporalSplit::new("2025-01-01".parse()?, None)?;
/// let known = split.known(&events, &sponsorships);
/// assert_eq!((known.events.len(), known.sponsorships.len()), (1, 1));
/// let asked = split.queries(&events, &sponsorships, &[sponsor]);
/// assert_eq!((asked.queries[0].event, &asked.queries[0].positives[..]), (1, &[0][..]));
/// # Ok::<(), sponsorfit::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TemporalSplit {
    cut: Moment,
    until: Option<Moment>,
}

/// What had happened before the cut.
///
/// # Examples
/// See [`TemporalSplit`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Known {
    /// The events that had begun, in the order given.
    pub events: Vec<Event>,
    /// What had become of sponsorships, except those of events that are still to come.
    pub sponsorships: Vec<PastSponsorship>,
}

/// What is asked from the cut on.
///
/// # Examples
/// See [`TemporalSplit`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queries {
    /// The events with a positive among the candidates, by the day they begin, then by id.
    pub queries: Vec<Query>,
    /// How many events began between cut and end, with and without positives.
    pub events: usize,
    /// How many sponsorships of these events are by sponsors who are no candidates: no
    /// ranking can find them.
    pub newcomers: usize,
    /// How many events have no date: they are neither known nor asked.
    pub undated: usize,
}

/// One event to rank sponsors for, and who really sponsored it.
///
/// # Examples
/// See [`TemporalSplit`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// Position of the event in the list given.
    pub event: usize,
    /// Positions of its sponsors among the candidates, ascending; never none.
    pub positives: Vec<usize>,
}

impl TemporalSplit {
    /// Splits at the beginning of `cut`, and asks about events before `until` or about all.
    ///
    /// # Errors
    /// [`ErrorKind::OutOfRange`] when `until` is not after `cut`.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit_learn::evaluation::TemporalSplit;
    /// let (cut, until) = ("2025-01-01".parse()?, "2024-07-01".parse()?);
    /// let error = TemporalSplit::new(cut, Some(until)).unwrap_err();
    /// assert_eq!(error.to_string(), "until: 2024-07-01 is not after the cut, 2025-01-01");
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn new(cut: Moment, until: Option<Moment>) -> Result<Self, Error> {
        match until {
            Some(until) if until.first_micros() <= cut.first_micros() => {
                let message = format!("{until} is not after the cut, {cut}");
                Err(Error::new(ErrorKind::OutOfRange, message).within("until"))
            }
            _ => Ok(Self { cut, until }),
        }
    }

    /// Returns the day before which everything is known.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::evaluation::TemporalSplit;
    /// let cut = "2025-01-01".parse()?;
    /// assert_eq!(TemporalSplit::new(cut, None)?.cut(), cut);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn cut(&self) -> Moment {
        self.cut
    }

    /// Returns the day from which on nothing is asked.
    ///
    /// # Examples
    /// ```
    /// # use sponsorfit_learn::evaluation::TemporalSplit;
    /// assert_eq!(TemporalSplit::new("2025-01-01".parse()?, None)?.until(), None);
    /// # Ok::<(), sponsorfit::Error>(())
    /// ```
    pub fn until(&self) -> Option<Moment> {
        self.until
    }

    /// Returns what rankings may know: nothing that began or was decided from the cut on,
    /// and nothing about the sponsors of an event that begins then, whenever they agreed.
    ///
    /// # Examples
    /// See [`TemporalSplit`].
    pub fn known(&self, events: &[Event], sponsorships: &[PastSponsorship]) -> Known {
        let is_over = |event: &&Event| event.start_at.is_some_and(|start| self.is_before(start));
        let is_coming = |event: &&Event| event.start_at.is_some_and(|start| !self.is_before(start));
        let coming: BTreeSet<EventId> = events.iter().filter(is_coming).map(|event| event.event_id).collect();
        let known = |row: &&PastSponsorship| self.is_before(row.at) && !coming.contains(&row.event_id);
        Known {
            events: events.iter().filter(is_over).cloned().collect(),
            sponsorships: sponsorships.iter().filter(known).copied().collect(),
        }
    }

    /// Returns what is known beforehand of the audience of an event that is asked about:
    /// where it is from, as given. All else is measured while the event takes place.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::AudienceInsights;
    /// use sponsorfit_learn::evaluation::TemporalSplit;
    ///
    /// let measured: AudienceInsights = serde_json::from_str(
    ///     r#"{"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "geo_distribution": {"US": 1}, "engagement_score": 0.8}"#,
    /// )?;
    /// let expected = TemporalSplit::known_insights(&measured);
    /// assert_eq!(expected.engagement_score, None);
    /// assert_eq!(expected.geo_distribution, measured.geo_distribution);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn known_insights(measured: &AudienceInsights) -> AudienceInsights {
        let mut known = AudienceInsights::new(measured.event_id);
        known.geo_distribution = measured.geo_distribution.clone();
        known
    }

    /// Returns the events that begin between cut and end, and which candidates sponsored them.
    ///
    /// Relevant is who really sponsored: accepted rows. `candidates` are sponsors known
    /// at the cut, in the order of their ids.
    ///
    /// # Examples
    /// See [`TemporalSplit`].
    pub fn queries(
        &self,
        events: &[Event],
        sponsorships: &[PastSponsorship],
        candidates: &[SponsorId],
    ) -> Queries {
        let mut sponsors: BTreeMap<EventId, BTreeSet<SponsorId>> = BTreeMap::new();
        for row in sponsorships.iter().filter(|row| row.outcome == SponsorshipOutcome::Accepted) {
            sponsors.entry(row.event_id).or_default().insert(row.sponsor_id);
        }
        let mut found = Queries {
            undated: events.iter().filter(|event| event.start_at.is_none()).count(),
            ..Queries::default()
        };
        let mut asked: Vec<(i64, EventId, usize)> = Vec::new();
        for (event, at) in events.iter().zip(0..) {
            let start = event.start_at.filter(|&start| self.is_asked(start));
            asked.extend(start.map(|start| (start.first_micros(), event.event_id, at)));
        }
        asked.sort_unstable();
        for (_, id, event) in asked {
            let sponsors = sponsors.get(&id).into_iter().flatten();
            let places: Vec<Option<usize>> = sponsors.map(|id| candidates.binary_search(id).ok()).collect();
            let positives: Vec<usize> = places.iter().flatten().copied().collect();
            found.events += 1;
            found.newcomers += places.len() - positives.len();
            if !positives.is_empty() {
                found.queries.push(Query { event, positives });
            }
        }
        found
    }

    /// Compares instants: a date and its midnight are the same beginning.
    fn is_before(&self, at: Moment) -> bool {
        at.first_micros() < self.cut.first_micros()
    }

    fn is_asked(&self, start: Moment) -> bool {
        let is_early = self.until.is_none_or(|until| start.first_micros() < until.first_micros());
        !self.is_before(start) && is_early
    }
}
