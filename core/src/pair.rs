//! What rows must be to be scored together.

use crate::config::ScoringConfig;
use crate::error::{Error, ErrorKind};
use crate::model::{AudienceInsights, Event, SponsorProfile};
use crate::objectives::check_dimension;

impl AudienceInsights {
    /// Refuses to stand for another event than the one it was measured at.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidValue`] at `insights.event_id`: scored together they would be an invention.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{AudienceInsights, Event, EventId};
    ///
    /// let insights = AudienceInsights::new(EventId::from_bytes([3; 16]));
    /// assert!(insights.check_event(&Event::new(EventId::from_bytes([3; 16]))).is_ok());
    /// let error = insights.check_event(&Event::new(EventId::from_bytes([2; 16]))).unwrap_err();
    /// assert_eq!(error.path(), "insights.event_id");
    /// ```
    pub fn check_event(&self, event: &Event) -> Result<(), Error> {
        if self.event_id == event.event_id {
            return Ok(());
        }
        let message = format!("`{}` is not the event's `{}`", self.event_id, event.event_id);
        Err(Error::new(ErrorKind::InvalidValue, message).within("event_id").within("insights"))
    }
}

impl ScoringConfig {
    /// Checks the rows of a pair against each other and against the configuration.
    ///
    /// [`Scorer::score`](crate::Scorer::score) takes rows as they are; whoever gets them from outside asks
    /// this before.
    ///
    /// # Errors
    /// [`ErrorKind::DimensionMismatch`] for an embedding of another length than the
    /// configured one, [`ErrorKind::InvalidValue`] for insights of another event;
    /// paths begin with `sponsor`, `event` or `insights`.
    ///
    /// # Examples
    /// ```
    /// use sponsorfit::{AudienceInsights, Event, EventId, ScoringConfig, SponsorId, SponsorProfile};
    ///
    /// let sponsor = SponsorProfile::new(SponsorId::from_bytes([1; 16]));
    /// let event = Event::new(EventId::from_bytes([2; 16]));
    /// let insights = AudienceInsights::new(EventId::from_bytes([3; 16]));
    /// let error = ScoringConfig::default().check_rows(&sponsor, &event, Some(&insights)).unwrap_err();
    /// assert_eq!(error.path(), "insights.event_id");
    /// ```
    pub fn check_rows(
        &self,
        sponsor: &SponsorProfile,
        event: &Event,
        insights: Option<&AudienceInsights>,
    ) -> Result<(), Error> {
        let dimension = self.objectives.dimension();
        check_dimension(dimension, sponsor.objectives_embedding.as_ref())
            .map_err(|error| error.within("sponsor"))?;
        check_dimension(dimension, event.objectives_embedding.as_ref())
            .map_err(|error| error.within("event"))?;
        insights.map_or(Ok(()), |insights| insights.check_event(event))
    }
}
