"""How good one ranking is: the metrics of each query."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .. import _lowlevel
from ._columns import floats, texts

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class QueryMetrics:
    """The metrics of one ranked list, each 0 to 1; None where the list does not tell.

    Attributes:
        query: The name of the query.
        positives: How many candidates have a grade above 0.
        ndcg: Normalised discounted cumulative gain of the first `k`.
        average_precision: Mean precision at the positives.
        reciprocal_rank: 1 / rank of the first positive.
        recall: Share of the positives among the first `k`.
        auc: Chance that a positive is before a negative.
    """

    query: str
    positives: int
    ndcg: float | None
    average_precision: float | None
    reciprocal_rank: float | None
    recall: float | None
    auc: float | None


def query_metrics(
    query: Iterable[object],
    id: Iterable[object],
    score: Iterable[float],
    grade: Iterable[int],
    *,
    k: int = 10,
    gain: Literal["linear", "exponential"] = "exponential",
    ties: Literal["by_id", "averaged", "pessimistic"] = "by_id",
) -> list[QueryMetrics]:
    """Return the metrics of every query, in the order of their first candidates.

    Args:
        query: What each candidate is ranked for, such as the event's id.
        id: Who each candidate is, unique within its query; decides between equal scores.
        score: What the ranker said; higher comes first.
        grade: How relevant each turned out to be; above 0 is a positive.
        k: Where lists are cut for `ndcg` and `recall`.
        gain: What a grade is worth: itself, or 2 to its power minus 1.
        ties: Equal scores by id, averaged over their orders, or the worst order.

    >>> [one.ndcg for one in query_metrics(["e", "e"], ["a", "b"], [0.2, 0.1], [1, 0])]
    [1.0]
    """
    rows = _lowlevel.query_metrics(
        texts(query), texts(id), floats(score), [int(one) for one in grade], k, gain, ties
    )
    return [QueryMetrics(name, positives, *metrics) for name, positives, metrics in rows]


def mean(values: Iterable[float | None], *, no_positives: Literal["skip", "zero", "one"] = "skip") -> float | None:
    """Return the mean of a metric over queries; None without any.

    Args:
        values: A metric of each query.
        no_positives: Whether queries that do not tell are left out, or count as 0 or as 1.

    >>> mean([1.0, None, 0.5])
    0.75
    """
    filled = {"skip": None, "zero": 0.0, "one": 1.0}[no_positives]
    told = [one for value in values if (one := filled if value is None else value) is not None]
    return sum(told) / len(told) if told else None
