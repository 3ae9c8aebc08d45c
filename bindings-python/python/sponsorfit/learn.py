"""What outcomes teach: metrics of rankings, trained rankers, fitted weights, experiments.

Columns may be lists, NumPy arrays, or series of any frame. The numbers are the core's.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from . import _lowlevel
from ._lowlevel import ScoringConfig

if TYPE_CHECKING:
    import os
    from collections.abc import Iterable, Mapping

    import altair as alt

    from .types import ConfigLike

__all__ = [
    "Against",
    "Calibration",
    "Comparison",
    "Estimate",
    "Evaluation",
    "Experiment",
    "FittedFactor",
    "FittedWeights",
    "QueryMetrics",
    "Ranker",
    "RankerQuality",
    "ReadOut",
    "evaluate",
    "fit_weights",
    "mean",
    "query_metrics",
]

FACTORS = ("budget_fit", "audience_overlap", "geo_fit", "engagement_quality", "objectives_similarity")


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
        _texts(query), _texts(id), _floats(score), [int(one) for one in grade], k, gain, ties
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


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries with its bootstrap interval."""

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
    """What `evaluate` measured: one row a ranker, in the order they were given."""

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
        from .plots import intervals

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
    """
    queries, ids, positives = _texts(query), _texts(id), [bool(one) for one in positive]
    places = {name: at for at, name in enumerate(sorted(set(ids)))}
    lists = {name: at for at, name in enumerate(dict.fromkeys(queries))}
    came: list[list[int]] = [[] for _ in lists]
    for name, one, is_positive in zip(queries, ids, positives, strict=True):
        if is_positive:
            came[lists[name]].append(places[one])
    columns = []
    for ranker, column in scores.items():
        rows = [[float("-inf")] * len(places) for _ in lists]
        for name, one, score in zip(queries, ids, _floats(column), strict=True):
            if score == score:
                rows[lists[name]][places[one]] = score
        columns.append((ranker, rows))
    answer = json.loads(_lowlevel.evaluate(len(places), k, columns, came, resamples, confidence, seed))
    return Evaluation(tuple(_quality(row) for row in answer), k)


def _quality(row: dict[str, Any]) -> RankerQuality:
    if row["quality"] is None:
        raise ValueError("no query has a positive: there is nothing to measure")
    own: dict[str, Any] = {name: Estimate(**value) if isinstance(value, dict) else value for name, value in row["quality"].items()}
    against = row["against_first"]
    if against is not None:
        against = Against(**(against | {"difference": Estimate(**against["difference"])}))
    return RankerQuality(ranker=row["ranker"], queries=row["queries"], against_first=against, **own)


class Ranker:
    """A ranker that LightGBM trained, read from its text. LightGBM itself is not needed.

    Rows are a frame with the model's features as columns, or numbers of shape (rows, features).
    """

    __slots__ = ("_core",)

    def __init__(self, text: str) -> None:
        self._core = _lowlevel.Ranker(text)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Ranker:
        """Read a file that `Booster.save_model` wrote.

        Raises:
            SponsorfitError: with the line, when it is not a whole model of a supported kind.
        """
        return cls(Path(path).read_text(encoding="utf-8"))

    @property
    def feature_names(self) -> list[str]:
        """The names of the features, in the order of a row."""
        return self._core.feature_names

    @property
    def objective(self) -> str:
        """What the model was trained for: `lambdarank`, `rank_xendcg`, `binary` or `regression`."""
        return self._core.objective

    @property
    def tree_count(self) -> int:
        """How many trees there are."""
        return self._core.tree_count

    def predict(self, rows: Any, *, raw: bool = False) -> list[float]:
        """Return a number a row, as `Booster.predict` does.

        Args:
            rows: A frame, or numbers of shape (rows, features); NaN is missing.
            raw: The raw scores, whatever the objective makes of them.
        """
        return self._core.scores(self._rows(rows), raw)

    def contributions(self, rows: Any) -> tuple[float, list[list[float]]]:
        """Return the expected raw score, and what each feature adds to it in each row (exact TreeSHAP)."""
        return self._core.contributions(self._rows(rows))

    def _rows(self, rows: Any) -> list[list[float]]:
        if hasattr(rows, "__arrow_c_stream__"):
            return _lowlevel.frame_numbers(rows, self.feature_names)
        if hasattr(rows, "tolist"):
            rows = rows.tolist()
        return [[_number(value) for value in row] for row in rows]

    def __repr__(self) -> str:
        return f"Ranker({self.objective}, {self.tree_count} trees, {len(self.feature_names)} features)"


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
            columns, or numbers of shape (outcomes, 5) in formula order.
        accepted: What came of it.
        config: The configuration whose weights are in use; None is the default.
        sharpness: At 10 a score 0.1 higher has odds e of being the accepted one.
        pull: How strongly the weights are held to the current ones.
        resamples: How often sponsors are drawn anew for the intervals, at least 20.
        alpha: The error rate of claiming that a weight moved.
        seed: Of the draws; the same input gives the same bits.

    Raises:
        SponsorfitError: when a value is out of range, or there are too few outcomes to tell.
    """
    if hasattr(factors, "__arrow_c_stream__"):
        factors = _lowlevel.frame_numbers(factors, list(FACTORS))
    elif hasattr(factors, "tolist"):
        factors = factors.tolist()
    answer = json.loads(
        _lowlevel.fit_weights(
            _numbers(query),
            _numbers(sponsor),
            [[float(value) for value in row] for row in factors],
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
    """Scores as probabilities, learnt from what was accepted (isotonic regression)."""

    __slots__ = ("_core",)

    def __init__(self, score: Iterable[float], accepted: Iterable[bool]) -> None:
        self._core = _lowlevel.Calibration.fit(_floats(score), [bool(one) for one in accepted])

    def predict(self, score: Iterable[float]) -> list[float]:
        """Return the probability that each score is accepted, 0 to 1."""
        return self._core.probabilities(_floats(score))


@dataclass(frozen=True, slots=True)
class Comparison:
    """A variant against the control, the first variant.

    Attributes:
        variant: The variant's name.
        estimate: Mean outcome minus the control's.
        lower: The lower end of its always-valid interval.
        upper: The upper end.
        variance_left: The variance that was left after the covariate, 0 to 1; None without one.
    """

    variant: str
    estimate: float
    lower: float
    upper: float
    variance_left: float | None


@dataclass(frozen=True, slots=True)
class ReadOut:
    """What an experiment says so far. It may be looked at as often as you like.

    Attributes:
        statistic: Of the test that the variants keep their shares.
        p_value: Of that test.
        comparisons: Every variant but the control.
    """

    statistic: float
    p_value: float
    comparisons: tuple[Comparison, ...]


class Experiment:
    """Who gets which variant: the same unit always the same, in every language and in SQL.

    Args:
        name: The experiment's name.
        variants: The share of each variant in basis points, together 10 000; the first is the control.
        namespace: Experiments of one namespace share their exposure.
        exposure: How many units of 10 000 take part.
        salt: Another salt is another draw.

    >>> Experiment("weights-2026", {"now": 5_000, "new": 5_000}).assign("sponsor-17") in ("now", "new")
    True
    """

    __slots__ = ("_core", "variants")

    variants: tuple[str, ...]

    def __init__(
        self,
        name: str,
        variants: Mapping[str, int],
        *,
        namespace: str = "",
        exposure: int = 10_000,
        salt: str = "",
    ) -> None:
        self._core = _lowlevel.Experiment(namespace, name, salt, exposure, list(variants.items()))
        self.variants = tuple(variants)

    def assign(self, unit: object) -> str | None:
        """Return the variant of a unit; None when it does not take part."""
        return self._core.assign([str(unit)])[0]

    def assign_all(self, units: Iterable[object]) -> list[str | None]:
        """Return the variants of many units, in their order."""
        return self._core.assign(_texts(units))

    def seed(self, unit: object) -> int:
        """Return the seed of a unit's own draws."""
        return self._core.seed(str(unit))

    def read_out(
        self,
        variant: Iterable[str],
        outcome: Iterable[float],
        before: Iterable[float | None] | None = None,
        *,
        alpha: float = 0.05,
        horizon: int | None = None,
        sample_ratio_alpha: float = 0.001,
    ) -> ReadOut:
        """Compare each variant with the first, or say why that cannot be trusted.

        Args:
            variant: The variant of each unit.
            outcome: What is compared: 1 or 0 for accepted or not, an amount, a count.
            before: Something known of each unit beforehand that goes with the outcome.
            alpha: How often a read-out may be wrong about some variant, in all its looks together.
            horizon: Units of a variant and the control at which intervals are narrowest; None is
                all that are there.
            sample_ratio_alpha: Below this p-value of the sizes nothing is read.

        Raises:
            SponsorfitError: `sample_ratio_mismatch` when the variants do not keep their shares.
        """
        names, outcomes = _texts(variant), _floats(outcome)
        known = None if before is None else [None if one is None else float(one) for one in before]
        planned = max(len(outcomes), 1) if horizon is None else horizon
        answer = json.loads(self._core.read_out(names, outcomes, known, alpha, planned, sample_ratio_alpha))
        return ReadOut(**(answer | {"comparisons": tuple(Comparison(**row) for row in answer["comparisons"])}))


def _texts(column: Iterable[object]) -> list[str]:
    return [str(one) for one in column]


def _floats(column: Iterable[float]) -> list[float]:
    return [float(one) for one in column]


def _number(value: object) -> float:
    return float("nan") if value is None else float(value)  # type: ignore[arg-type]


def _numbers(column: Iterable[object]) -> list[int]:
    """Number names in the order of their first appearance."""
    places: dict[object, int] = {}
    return [places.setdefault(name, len(places)) for name in column]

