"""Estimators for scikit-learn: `pip install sponsorfit[sklearn]`. What they compute is the core's.

- `SponsorFitClassifier`: how probable it is that a pair is signed, from any table of numbers.
- `WeightEstimator`: the weights of the formula that outcomes speak for, as a configuration.

Both work in pipelines, searches and cross-validation, on arrays and on frames of pandas and polars.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.utils import check_random_state
from sklearn.utils.multiclass import check_classification_targets, type_of_target
from sklearn.utils.validation import _check_sample_weight, check_is_fitted, validate_data

from . import _lowlevel
from ._source import library
from .learn import FACTORS, FittedWeights, fit_weights

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from .types import ConfigLike

    Floats = NDArray[np.float64]

__all__ = ["SponsorFitClassifier", "WeightEstimator"]

_IDS = ("sponsor_id", "event_id")


class SponsorFitClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Tells how probable it is that a pair is signed, from any table of numbers.

    A small model that few outcomes can bear: logistic regression on numbers brought to one scale, to
    which an unknown number (NaN, null) adds nothing, and an isotonic calibration of its log-odds. The
    table may be what `Catalog.features` or `Catalog.score_pairs` returns; their columns of ids
    are passed over. The same rows give the same bits on every machine.

    Args:
        pull: How strongly slopes are held to 0, above 0; scikit-learn's `C` is 1 / `pull`.
        calibration: `auto` calibrates where there are outcomes enough (30 of each class, 200
            together), `isotonic` refuses less, `none` takes the logistic curve itself. Calibration is
            learnt from log-odds that were held out, rows being dealt to five parts in turn.

    Attributes:
        classes_: The two labels, sorted; the second is the one whose probability is learnt.
        coef_: What one more of each number adds to the log-odds, shape (1, columns).
        intercept_: The log-odds of a row of zeros, shape (1,).
        mean_: What an unknown number stands for, shape (columns,).
        is_calibrated_: Whether probabilities are calibrated.
        n_features_in_: How many columns there are.
        feature_names_in_: Their names, where rows came in a frame.

    >>> import numpy as np
    >>> nearby = np.array([[0.1], [0.2], [np.nan], [0.8], [0.9]])
    >>> model = SponsorFitClassifier().fit(nearby, ["no", "no", "no", "yes", "yes"])
    >>> model.predict([[0.95], [0.0]])
    array(['yes', 'no'], dtype='<U3')
    """

    def __init__(self, pull: float = 1.0, *, calibration: Literal["auto", "isotonic", "none"] = "auto") -> None:
        self.pull = pull
        self.calibration = calibration

    def fit(self, X: Any, y: Any, sample_weight: Any = None) -> SponsorFitClassifier:
        """Learn from rows and what came of them.

        Args:
            X: Numbers of shape (rows, columns); NaN is unknown.
            y: One of two labels a row.
            sample_weight: How much each row counts, 0 or more; None is 1 each. Under a calibration a
                row of weight 2 is not quite two rows, which could be dealt to different parts.

        Raises:
            TooFewOutcomesError: with `calibration="isotonic"` and too few outcomes for it.
            ValueError: for what is no table of numbers or does not have two labels, and a `pull` of 0 or less.
        """
        X, y = validate_data(
            self, _without_ids(X), y, dtype=np.float64, order="C", ensure_all_finite="allow-nan"
        )
        weight = _check_sample_weight(sample_weight, X, dtype=np.float64, ensure_non_negative=True)
        self.classes_, accepted = _two_classes(y, weight > 0)
        self._core = _lowlevel.Acceptance.fit(
            X, accepted.tolist(), weight.tolist(), float(self.pull), self.calibration
        )
        self.mean_ = np.array(self._core.centres)
        self.coef_ = np.array([self._core.slopes])
        self.intercept_ = self._core.intercept - self.coef_ @ self.mean_
        self.is_calibrated_ = self._core.is_calibrated
        return self

    def predict_proba(self, X: Any) -> Floats:
        """Return the probabilities of both classes, 0 to 1, of shape (rows, 2)."""
        rows = self._rows(X)
        return _both(self._core.probabilities(rows))

    def predict(self, X: Any) -> NDArray[Any]:
        """Return the likelier label of each row; the first of `classes_` when both are as likely."""
        return _likelier(self, self.predict_proba(X))

    def log_odds(self, X: Any) -> Floats:
        """Return the log-odds before calibration, of shape (rows,): finer than probabilities, for rankings."""
        rows = self._rows(X)
        return np.array(self._core.log_odds(rows))

    def _rows(self, X: Any) -> Floats:
        check_is_fitted(self)
        rows: Floats = validate_data(
            self, _without_ids(X), reset=False, dtype=np.float64, order="C", ensure_all_finite="allow-nan"
        )
        return rows

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.allow_nan = True
        return tags


class WeightEstimator(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Learns the formula's weights from what was signed, and moves only those that certainly should.

    Rows are the five factors as the formula saw them, 0 to 1, such as `Catalog.score_pairs` returns.
    Only outcomes of the same query are compared: what was signed should score above what was not.
    Weights that outcomes do not speak clearly about stay as they are in `config`.

    Args:
        config: The configuration whose weights are in use: a `ScoringConfig`, a dict or JSON text.
        sharpness: At 10 a score 0.1 higher has odds e of being the signed one.
        pull: How strongly the weights are held to the current ones.
        resamples: How often sponsors are drawn anew for the intervals, at least 20.
        alpha: The error rate of claiming that a weight moved.
        random_state: The seed of the draws; the same integer gives the same bits.

    Attributes:
        weights_: The weights in formula order (`sponsorfit.learn.FACTORS`), which sum to 1, shape (5,).
        config_: `config` with these weights, for `Scorer` and `Catalog`.
        fitted_: What the outcomes say about each weight: `sponsorfit.learn.FittedWeights`.
        classes_: The two labels, sorted; the second is the one that weights are fitted to.
        n_features_in_: 5.
        feature_names_in_: The factors' names, where rows came in a frame.
    """

    def __init__(
        self,
        config: ConfigLike | None = None,
        *,
        sharpness: float = 10.0,
        pull: float = 10.0,
        resamples: int = 200,
        alpha: float = 0.05,
        random_state: int | np.random.RandomState | None = 0,
    ) -> None:
        self.config = config
        self.sharpness = sharpness
        self.pull = pull
        self.resamples = resamples
        self.alpha = alpha
        self.random_state = random_state

    def fit(
        self, X: Any, y: Any, query: Iterable[object] | None = None, sponsor: Iterable[object] | None = None
    ) -> WeightEstimator:
        """Fit the weights to outcomes.

        Args:
            X: A frame with the factors' names as columns (or `categories` and `geo`, which are
                blended as `config` says), or numbers of shape (outcomes, 5) in formula order.
            y: One of two labels an outcome.
            query: What each outcome was part of; None is the frame's `event_id`.
            sponsor: Whose outcome each is; None is the frame's `sponsor_id`.

        Raises:
            TooFewOutcomesError: with fewer than 30 queries that have both outcomes, or fewer than 30
                sponsors in them.
            ValueError: for rows that are not five factors of 0 to 1.
        """
        query = _column(X, "event_id") if query is None else query
        sponsor = _column(X, "sponsor_id") if sponsor is None else sponsor
        X, y = validate_data(self, self._factors(X), y, dtype=np.float64, order="C", ensure_min_samples=2)
        self.classes_, accepted = _two_classes(y, np.ones(len(y), dtype=bool))
        self._check_width(X)
        self.fitted_: FittedWeights = fit_weights(
            np.zeros(len(y)) if query is None else query,
            np.arange(len(y)) if sponsor is None else sponsor,
            X,
            accepted,
            config=self.config,
            sharpness=self.sharpness,
            pull=self.pull,
            resamples=self.resamples,
            alpha=self.alpha,
            seed=self._seed(),
        )
        self.config_ = self.fitted_.config(self.config)
        self.weights_ = np.array([self.fitted_.weights[factor] for factor in FACTORS])
        self._core = _lowlevel.Acceptance.fit(self._scores(X), accepted.tolist(), [1.0] * len(y), 1.0, "none")
        return self

    def match_scores(self, X: Any) -> Floats:
        """Return the score of each row under the fitted weights, 0 to 1, of shape (rows,)."""
        rows = self._rows(X)
        return self._scores(rows)[:, 0]

    def decision_function(self, X: Any) -> Floats:
        """Return the log-odds of the second class, of shape (rows,): a straight line through the scores."""
        rows = self._rows(X)
        return np.array(self._core.log_odds(self._scores(rows)))

    def predict_proba(self, X: Any) -> Floats:
        """Return the probabilities of both classes, 0 to 1, of shape (rows, 2)."""
        rows = self._rows(X)
        return _both(self._core.probabilities(self._scores(rows)))

    def predict(self, X: Any) -> NDArray[Any]:
        """Return the likelier label of each row; the first of `classes_` when both are as likely."""
        return _likelier(self, self.predict_proba(X))

    def _factors(self, X: Any) -> Any:
        """Take the factors out of a frame; anything else is as it should be."""
        kind = library(X)
        if kind is None and not hasattr(X, "__arrow_c_stream__"):
            return X
        rows = np.array(_lowlevel.frame_factors(X, self.config)).reshape(-1, len(FACTORS))
        if kind == "pandas":
            import pandas as pd

            return pd.DataFrame(rows, columns=list(FACTORS))
        if kind == "polars":
            import polars as pl

            return pl.DataFrame(rows, schema=list(FACTORS))
        return rows

    def _rows(self, X: Any) -> Floats:
        check_is_fitted(self)
        rows: Floats = validate_data(self, self._factors(X), reset=False, dtype=np.float64, order="C")
        return rows

    def _scores(self, X: Floats) -> Floats:
        """Return the scores as rows of one number."""
        return np.array(_lowlevel.score_factors(X, self.config_)).reshape(-1, 1)

    def _seed(self) -> int:
        if isinstance(self.random_state, int | np.integer):
            return int(self.random_state)
        return int(check_random_state(self.random_state).randint(2**31))

    def _check_width(self, X: Floats) -> None:
        if X.shape[1] != len(FACTORS):
            raise ValueError(f"X has {X.shape[1]} features, but WeightEstimator needs the five factors: {', '.join(FACTORS)}")

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.classifier_tags.multi_class = False
        tags.input_tags.positive_only = True
        return tags


def _two_classes(y: NDArray[Any], counts: NDArray[np.bool_]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Return the two labels, and whether each row has the second."""
    check_classification_targets(y)
    kind = type_of_target(y)
    if kind != "binary":
        raise ValueError(f"Only binary classification is supported. The type of the target is {kind}.")
    classes = np.unique(y)
    if len(np.unique(y[counts])) < 2:
        raise ValueError("y has one class, or none, where rows count: there must be two classes to learn from")
    return classes, y == classes[1]


def _both(second: list[float]) -> Floats:
    likely = np.array(second)
    return np.column_stack([1.0 - likely, likely])


def _likelier(estimator: Any, probabilities: Floats) -> NDArray[Any]:
    likelier: NDArray[Any] = estimator.classes_[np.argmax(probabilities, axis=1)]
    return likelier


def _without_ids(X: Any) -> Any:
    """Return a frame without its columns of ids, and anything else as it is."""
    kind = library(X)
    if kind == "pandas":
        return X.drop(columns=list(_IDS), errors="ignore")
    if kind == "polars":
        return X.drop(*_IDS, strict=False)
    if kind == "pyarrow":
        return X.drop_columns([name for name in _IDS if name in X.column_names])
    if kind is None and hasattr(X, "__arrow_c_stream__"):
        names = [name for name in X.column_names if name not in _IDS]
        return np.array(_lowlevel.frame_numbers(X, names)).reshape(-1, len(names))
    return X


def _column(X: Any, name: str) -> Iterable[object] | None:
    """Return a column of a frame as text; None for what has no such column."""
    if not hasattr(X, "__arrow_c_stream__"):
        return None
    names = X.column_names if hasattr(X, "column_names") else X.columns
    return [row[0] for row in _lowlevel.frame_texts(X, [name])] if name in names else None
