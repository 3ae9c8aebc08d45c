"""What a typed program that uses the package looks like; mypy and pyright read it, and a test runs it."""

from __future__ import annotations

from typing import assert_type

from sponsorfit import (
    AudienceInsights,
    Event,
    Explanation,
    Improvement,
    InsufficientDataError,
    MatchScore,
    Rules,
    Scorer,
    ScoringConfig,
    SponsorfitError,
    SponsorProfile,
)
from sponsorfit.types import EventRow, SponsorRow


def objectives(sponsor: SponsorProfile, event: Event) -> float | None:
    return 0.5 if sponsor.sponsor_id != event.event_id else None


def main() -> float:
    sponsor: SponsorRow = {
        "sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
        "annual_budget_cents": 5_000_000,
        "preferred_categories": ["music", "food", "art"],
        "regions": {"US", "CA", "MX"},
    }
    event: EventRow = {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "categories": ["Music"]}
    insights = AudienceInsights(event_id="0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", engagement_score=0.8)

    config = ScoringConfig({"missing": {"policy": "renormalize"}})
    scorer = Scorer(config, objectives=objectives)
    score = scorer.score(sponsor, Event(event), insights)
    assert_type(score, MatchScore)
    assert_type(score.score, float)
    assert_type(score.budget_fit, float | None)
    assert_type(score.to_dict()["overlap_metrics"]["audience_overlap"]["geo"], float | None)

    why = scorer.explain(sponsor, event)
    assert_type(why, Explanation)
    assert_type(why.factors[0].contribution, float)
    assert_type(scorer.improve(sponsor, event, side="event"), list[Improvement])
    what = scorer.what_if(sponsor, event, changes=[{"add_region": "CA"}, {"set_budget": None}])
    assert_type(what.gain, float | None)
    assert Rules(price_ceiling=True).check(sponsor, event, scorer=scorer)

    try:
        Scorer({"min_coverage": 1.0}).score(sponsor, event)
    except InsufficientDataError as error:
        assert_type(error.missing, tuple[str, ...])
    except SponsorfitError as error:
        assert_type(error.row, int | None)
    return score.score


if __name__ == "__main__":
    print(main())
