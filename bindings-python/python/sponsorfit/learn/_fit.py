"""The formula's own weights, and scores as probabilities, from outcomes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .. import _lowlevel
from .._lowlevel import ScoringConfig
from ._columns import floats, numbered

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..types import ConfigLike

FACTORS = ("budget_fit", "audience_overlap", "geo_fit", "engagement_quality", "objectives_similarity")


@dataclass(frozen=True, slots=True)
class FittedFactor:
    """What the outcomes say about one weight.

    Attributes:
        factor: The name of the factor.
        current: The weight in use.
        fitted: The weight that fits best when all five may move.
        lower: The lower end of its bootstrap interval over sponsors.
        upper: The upper end.
        moves: Whether the weight in use lies outside the interval, and so is changed.
    """

    factor: str
    current: float
    fitted: float
    lower: float
    upper: float
    moves: bool


@dataclass(frozen=True, slots=True)
class FittedWeights:
    """Weights to use from now on, and why.

    Attributes:
        weights: The weights by factor; they sum to 1.
        factors: What the outcomes say about each.
        loss_before: Mean loss a query with the current weights, in nats; a coin has 0.693.
        loss_after: Mean loss a query with the new weights, on the same outcomes.
        queries: Queries with both an accepted and a rejected outcome.
        sponsors: Sponsors in them.
    """

    weights: Mapping[str, float]
    factors: tuple[FittedFactor, ...]
    loss_before: float
    loss_after: float
    queries: int
    sponsors: int

    def config(self, base: ConfigLike | None = None) -> ScoringConfig:
        """Return a configuration with these weights."""
        return ScoringConfig(ScoringConfig(base).to_dict() | {"weights": dict(self.weights)})


def fit_weights(
    query: Iterable[object],
    sponsor: Iterable[object],
    factors: Any,
    accepted: Iterable[bool],
    *,
    config: ConfigLike | None = None,
    sharpness: float = 10.0,
    pull: float = 10.0,
    resamples: int = 200,
    alpha: float = 0.05,
    seed: int = 0,
) -> FittedWeights:
    """Fit the formula's weights to outcomes, and move only those that certainly should.

    Args:
        query: What each outcome was part of; only outcomes of the same query are compared.
        sponsor: Whose outcome it is.
        factors: The five factors as the formula saw them, 0 to 1: a frame with their names as
            columns, such as `Catalog.score_pairs` returns (`categories` and `geo` are blended as
            `config` says), or numbers of shape (outcomes, 5) in formula order.
        accepted: What came of it.
        config: The configuration whose weights are in use; None is the default.
        sharpness: At 10 a score 0.1 higher has odds e of being the accepted one.
        pull: How strongly the weights are held to the current ones.
        resamples: How often sponsors are drawn anew for the intervals, at least 20.
        alpha: The error rate of claiming that a weight moved.
        seed: Of the draws; the same input gives the same bits.

    Raises:
        TooFewOutcomesError: with fewer than 30 queries that have both an accepted and a rejected
            outcome, or fewer than 30 sponsors in them.
        SponsorfitError: for a value out of its range, with its place as `path`.
    """
    if hasattr(factors, "__arrow_c_stream__"):
        rows = _lowlevel.frame_factors(factors, config)
    else:
        rows = [[float(value) for value in row] for row in (factors.tolist() if hasattr(factors, "tolist") else factors)]
    answer = json.loads(
        _lowlevel.fit_weights(
            numbered(query),
            numbered(sponsor),
            rows,
            [bool(one) for one in accepted],
            config,
            sharpness,
            pull,
            resamples,
            alpha,
            seed,
        )
    )
    return FittedWeights(**(answer | {"factors": tuple(FittedFactor(**row) for row in answer["factors"])}))


class Calibration:
    """Scores as probabilities, learnt from what was accepted (isotonic regression).

    Args:
        score: What each pair was scored.
        accepted: What came of it.
        weight: How much each counts, 0 or more; None is 1 each.

    Raises:
        TooFewOutcomesError: with fewer than 30 accepted, 30 rejected or 200 outcomes together.
        SponsorfitError: for a score or a weight that is not finite.
    """

    __slots__ = ("_core",)

    def __init__(
        self, score: Iterable[float], accepted: Iterable[bool], weight: Iterable[float] | None = None
    ) -> None:
        weights = None if weight is None else floats(weight)
        self._core = _lowlevel.Calibration.fit(floats(score), [bool(one) for one in accepted], weights)

    @classmethod
    def from_json(cls, text: str) -> Calibration:
        """Read what `to_json` wrote.

        Raises:
            SponsorfitError: when scores do not rise, or probabilities fall or are none.
        """
        made = object.__new__(cls)
        made._core = _lowlevel.Calibration.from_json(text)
        return made

    def to_json(self) -> str:
        """Return the scores with their probabilities as JSON text."""
        return self._core.to_json()

    def predict(self, score: Iterable[float]) -> list[float]:
        """Return the probability that each score is accepted, 0 to 1; NaN for NaN."""
        return self._core.probabilities(floats(score))
