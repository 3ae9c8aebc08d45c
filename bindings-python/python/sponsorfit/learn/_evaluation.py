"""How good rankers are over many queries, and which is better."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from .. import _lowlevel
from ._columns import floats, numbered, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import altair as alt


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries with its bootstrap interval.

    Attributes:
        mean: The mean.
        lower: The lower end of the interval.
        upper: The upper end.
    """

    mean: float
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Against:
    """A ranker against the first, query by query, on NDCG.

    Attributes:
        difference: The mean difference.
        wins: Queries on which it is better.
        ties: Queries on which both are the same.
        losses: Queries on which it is worse.
        share_better: Share of resamples in which it is better.
        p_value: Of a paired test by sign flips.
    """

    difference: Estimate
    wins: int
    ties: int
    losses: int
    share_better: float
    p_value: float


@dataclass(frozen=True, slots=True)
class RankerQuality:
    """How good one ranker is over all queries.

    Attributes:
        ranker: Its name.
        queries: How many queries have a positive.
        ndcg: With linear gain, of the first `k`.
        map: Mean average precision.
        mrr: Mean reciprocal rank.
        recall: Of the first `k`.
        auc: None where no query tells.
        catalogue_coverage: Share of the candidates that are shown at all among the first `k`.
        exposure_gini: How unequally they are shown, 0 to 1.
        candidate_recall: Share of the positives that have a score at all, mean over queries.
        against_first: The comparison with the first ranker; None for the first itself.
    """

    ranker: str
    queries: int
    ndcg: Estimate
    map: Estimate
    mrr: Estimate
    recall: Estimate
    auc: Estimate | None
    catalogue_coverage: float
    exposure_gini: float
    candidate_recall: float
    against_first: Against | None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What `evaluate` measured.

    Attributes:
        rankers: One a ranker, in the order they were given.
        k: Where lists were cut.
    """

    rankers: tuple[RankerQuality, ...]
    k: int

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a flat dict a ranker, for any frame."""
        rows = []
        for one in self.rankers:
            row: dict[str, Any] = {"ranker": one.ranker, "queries": one.queries}
            for metric in ("ndcg", "map", "mrr", "recall", "auc"):
                told = getattr(one, metric)
                for part in ("mean", "lower", "upper"):
                    row[metric if part == "mean" else f"{metric}_{part}"] = told and getattr(told, part)
            row["catalogue_coverage"], row["exposure_gini"] = one.catalogue_coverage, one.exposure_gini
            row["candidate_recall"] = one.candidate_recall
            row["p_value"] = one.against_first and one.against_first.p_value
            rows.append(row)
        return rows

    def plot(self) -> alt.Chart:
        """Draw each ranker's NDCG with its interval; needs Altair (`sponsorfit[plots]`)."""
        from ..plots import intervals

        return intervals(self)


def evaluate(
    query: Iterable[object],
    id: Iterable[object],
    positive: Iterable[object],
    scores: Mapping[str, Iterable[float]],
    *,
    k: int = 10,
    resamples: int = 10_000,
    confidence: float = 0.95,
    seed: int = 0,
) -> Evaluation:
    """Measure rankers on the same queries, with intervals, and compare each with the first.

    A mean over a few dozen events alone misleads: look at the interval, and at `against_first`.

    Args:
        query: What each candidate is ranked for, such as the event's id.
        id: Who each candidate is, unique within its query; decides between equal scores.
        positive: Whether each turned out well.
        scores: A column of scores for each ranker; higher comes first, NaN is never shown.
        k: Where lists are cut.
        resamples: How often queries are drawn anew for the intervals.
        confidence: Of the intervals, 0 to 1.
        seed: Of the draws; the same input gives the same bits.

    Raises:
        DuplicateIdError: for a candidate that a query has twice.
        SponsorfitError: for a setting out of its range, or columns of different lengths.
        ValueError: when no query has a positive.
    """
    names = texts(id)
    # Numbered in the order of their names, by which ties are broken.
    places = {name: at for at, name in enumerate(sorted(set(names)))}
    answer = json.loads(
        _lowlevel.evaluate(
            numbered(texts(query)),
            [places[name] for name in names],
            [bool(one) for one in positive],
            [(ranker, floats(column)) for ranker, column in scores.items()],
            k,
            resamples,
            confidence,
            seed,
        )
    )
    return Evaluation(tuple(_quality(row) for row in answer), k)


def _quality(row: dict[str, Any]) -> RankerQuality:
    if row["quality"] is None:
        raise ValueError("no query has a positive: there is nothing to measure")
    own: dict[str, Any] = {
        name: Estimate(**value) if isinstance(value, dict) else value for name, value in row["quality"].items()
    }
    against = row["against_first"]
    if against is not None:
        against = Against(**(against | {"difference": Estimate(**against["difference"])}))
    return RankerQuality(ranker=row["ranker"], queries=row["queries"], against_first=against, **own)
