"""One pair: the scorer and the rules, with their answers as values."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _lowlevel
from ._results import (
    Eligibility,
    Explanation,
    FactorGain,
    Improvement,
    NearMiss,
    RuleVerdict,
    WhatIf,
    explanation,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from .types import Change, EventLike, InsightsLike, SponsorLike


class Scorer(_lowlevel.Scorer):
    """Scores pairs under one configuration.

    Rows are dicts with the database's column names, or `SponsorProfile`, `Event` and
    `AudienceInsights`, which are checked once and score several times faster.

    Args:
        config: A `ScoringConfig`, a dict or JSON text; None is the default.
        objectives: A callable of a `SponsorProfile` and an `Event` that says how alike their
            objectives are, 0 to 1, or None for unknown. Its `id` attribute, or else its name,
            enters the fingerprint.
        corpus: Objectives, `{"keywords": [...], "goals": [...]}` each. They are compared by words
            then, and words that are rare in the corpus count more.

    Raises:
        SponsorfitError: for a configuration that is refused.

    >>> scorer = Scorer({"missing": {"policy": "renormalize"}})
    >>> scorer.config.missing["policy"]
    'renormalize'
    """

    __slots__ = ()

    def explain(
        self, sponsor: SponsorLike, event: EventLike, insights: InsightsLike | None = None
    ) -> Explanation:
        """Score a pair and say why.

        Raises:
            SponsorfitError: for a row that is wrong.
            InsufficientDataError: exactly when `score` raises it.
        """
        return explanation(*self._explain(sponsor, event, insights))

    def what_if(
        self,
        sponsor: SponsorLike,
        event: EventLike,
        insights: InsightsLike | None = None,
        *,
        changes: Sequence[Change],
    ) -> WhatIf:
        """Score a pair as if some facts were different.

        Args:
            changes: What to change, in order: `[{"add_region": "CA"}, {"set_budget": 300_000}]`.

        Raises:
            SponsorfitError: for a row or a change that is wrong.
            InsufficientDataError: when too little is known after the changes.
        """
        before, after, rest = self._what_if(sponsor, event, insights, list(changes))
        made, gain, factors = json.loads(rest)
        return WhatIf(
            changes=tuple(made),
            before=before,
            after=after,
            gain=gain,
            factors=tuple(FactorGain(**factor) for factor in factors),
        )

    def improve(
        self,
        sponsor: SponsorLike,
        event: EventLike,
        insights: InsightsLike | None = None,
        *,
        side: Literal["sponsor", "event"],
        limit: int = 5,
    ) -> list[Improvement]:
        """Return the smallest changes on one side that raise the score most, the smallest first.

        Args:
            side: Whose facts may change.
            limit: How many improvements to return at most.
        """
        after, rest = self._improve(sponsor, event, insights, side, limit)
        found = zip(json.loads(rest), after, strict=True)
        return [Improvement(**(row | {"changes": tuple(row["changes"]), "after": score})) for row, score in found]


class Rules(_lowlevel.Rules):
    """Which pairs may be ranked at all. Every rule is off unless it is set.

    >>> Rules(price_ceiling=True, date_window={"from": "2026-01-01"})
    Rules(price_ceiling=True, date_window={'from': '2026-01-01', 'until': None})
    """

    __slots__ = ()

    def check(
        self,
        sponsor: SponsorLike,
        event: EventLike,
        insights: InsightsLike | None = None,
        *,
        scorer: Scorer | None = None,
    ) -> Eligibility:
        """Ask every rule that is set about a pair.

        Args:
            scorer: Gives a near miss the score it would have.
        """
        eligible, verdicts, near = json.loads(self._check(sponsor, event, insights, scorer))
        return Eligibility(
            eligible=eligible,
            verdicts=tuple(RuleVerdict(**verdict) for verdict in verdicts),
            near_miss=None if near is None else NearMiss(**near),
        )


def validate(request: Mapping[str, Any] | str) -> dict[str, Any]:
    """Check any of `sponsor`, `event`, `insights`, `config` and `rules`, and list every problem.

    Returns:
        `valid`, `problems` with `code`, `message` and `path` each, and `ignored` fields with the
        nearest known name.

    >>> validate({"sponsor": {"sponsor_id": "7"}})["problems"][0]["path"]
    'sponsor.sponsor_id'
    """
    text = request if isinstance(request, str) else json.dumps(request, default=str)
    answer: dict[str, Any] = json.loads(_lowlevel.validate(text))
    if "error" in answer:
        from ._errors import from_core

        error = answer["error"]
        raise from_core(error["code"], error["path"], error["message"], None, None)
    return answer
