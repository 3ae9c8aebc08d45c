"""What was known of sponsors on a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .. import _lowlevel
from .._source import source

if TYPE_CHECKING:
    from datetime import date

    from .._lowlevel import SponsorProfile


def profiles(past: Any, events: Any, before: str | date) -> list[SponsorProfile]:
    """Return the profiles of all who had sponsored something before a date, by id.

    For sponsors who state nothing themselves, and to judge a ranking on the past without telling it
    what came later: categories and keywords they went to most, the countries, and a budget from the
    tiers of their last active year.

    Args:
        past: Past sponsorships in any form that rows take: `sponsor_id`, `event_id`, `at` or
            `start_at`, `level` and so on.
        events: The events they were of, with `categories` and `country`.
        before: The date; nothing that happened on it or later enters.

    Raises:
        SponsorfitError: for a wrong row, with its `row` and the `path` of its field.

    >>> event = {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "country": "FR", "categories": ["music"]}
    >>> past = {
    ...     "sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
    ...     "event_id": event["event_id"],
    ...     "at": "2024-05-01",
    ... }
    >>> [profile.regions for profile in profiles([past], [event], before="2025-01-01")]
    [['FR']]
    """
    return _lowlevel.profiles(source(past), source(events), before)
