"""The estimators for scikit-learn: its own checks, then what ours are for."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import polars as pl
import pytest
from catalogs import EVENTS, INSIGHTS, SPONSORS, made
from sklearn.base import clone
from sklearn.calibration import calibration_curve
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GridSearchCV, GroupKFold, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer
from sklearn.utils.estimator_checks import parametrize_with_checks
from sklearn.utils.multiclass import type_of_target
from sklearn.utils.validation import check_is_fitted, validate_data

from sponsorfit import Catalog, Scorer, ScoringConfig, SponsorfitError, TooFewOutcomesError
from sponsorfit.learn import FACTORS, fit_weights
from sponsorfit.sklearn import SponsorFitClassifier, WeightEstimator

COLUMNS = ["budget_fit", "categories", "geo", "geo_fit", "engagement_quality", "objectives_similarity"]

# What scikit-learn's checks fit is drawn by themselves: two to ten columns of any size.
NO_FACTORS = "the rows it makes are not five factors of 0 to 1"
NEEDS_FACTORS = dict.fromkeys(
    (
        "check_array_api_input",
        "check_classifier_data_not_an_array",
        "check_classifiers_classes",
        "check_classifiers_train",
        "check_decision_proba_consistency",
        "check_dict_unchanged",
        "check_dont_overwrite_parameters",
        "check_dtype_object",
        "check_estimators_dtypes",
        "check_estimators_fit_returns_self",
        "check_estimators_nan_inf",
        "check_estimators_overwrite_params",
        "check_estimators_pickle",
        "check_f_contiguous_array_estimator",
        "check_fit2d_1feature",
        "check_fit2d_predict1d",
        "check_fit_check_is_fitted",
        "check_fit_idempotent",
        "check_fit_score_takes_y",
        "check_methods_sample_order_invariance",
        "check_methods_subset_invariance",
        "check_n_features_in",
        "check_n_features_in_after_fitting",
        "check_pipeline_consistency",
        "check_positive_only_tag_during_fit",
        "check_readonly_memmap_input",
        "check_supervised_y_2d",
    ),
    NO_FACTORS,
)


class OnAnyColumns(WeightEstimator):
    """Makes factors of any columns and queries of any rows, so that every check has something to fit."""

    def fit(self, X: Any, y: Any) -> OnAnyColumns:  # type: ignore[override]
        rows, labels = validate_data(self, X, y)
        classes = np.unique(labels)
        if type_of_target(labels) == "binary" and len(classes) == 2:
            of_class = [np.flatnonzero(labels == one) for one in classes]
            count = max(30, len(labels))
            places = np.concatenate([np.resize(of, count) for of in of_class])
            query = np.tile(np.arange(count), 2)
            super().fit(factors_of(rows)[places], labels[places], query=query, sponsor=np.arange(2 * count))
        else:
            super().fit(rows, y)
        validate_data(self, X, y)
        return self

    def _rows(self, X: Any) -> Any:
        check_is_fitted(self)
        return factors_of(validate_data(self, X, reset=False))

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.input_tags.positive_only = False
        # No weight is below 0: what speaks against being accepted cannot be learnt.
        tags.classifier_tags.poor_score = True
        return tags


def factors_of(rows: Any) -> Any:
    columns = np.arange(len(FACTORS)) % rows.shape[1]
    return 1 / (1 + np.exp(-np.clip(rows[:, columns].astype(float), -50, 50)))


def expected_failures(estimator: Any) -> dict[str, str]:
    return NEEDS_FACTORS if type(estimator) is WeightEstimator else {}


@parametrize_with_checks(
    [SponsorFitClassifier(), WeightEstimator(), OnAnyColumns(resamples=20)],
    expected_failed_checks=expected_failures,
    xfail_strict=True,
)
def test_scikit_learn_s_own_checks(estimator: Any, check: Any) -> None:
    check(estimator)


def pairs_of(seed: int, count: int = 64) -> tuple[Any, Any]:
    """All pairs of a catalog as a polars frame, and which were signed: mostly those whose regions fit."""
    sponsors, events, insights = made(count, seed=seed)
    catalog = Catalog(pl.DataFrame(sponsors), events, insights)
    frame = catalog.score_pairs([(row["sponsor_id"], event["event_id"]) for event in events for row in sponsors])
    odds = -2.5 + 4 * frame["geo_fit"].to_numpy()
    return frame, np.random.default_rng(seed).random(len(frame)) < 1 / (1 + np.exp(-odds))


FRAME, SIGNED = pairs_of(1)
LATER, LATER_SIGNED = pairs_of(2)


def test_probabilities_come_true() -> None:
    model = SponsorFitClassifier().fit(FRAME.select(COLUMNS), SIGNED)
    assert model.is_calibrated_
    assert list(model.feature_names_in_) == COLUMNS
    told = model.predict_proba(LATER.select(COLUMNS))
    assert told.shape == (len(LATER), 2)
    assert told.sum(axis=1) == pytest.approx(1.0)
    came_true, mean = calibration_curve(LATER_SIGNED, told[:, 1], n_bins=5, strategy="quantile")
    assert came_true == pytest.approx(mean, abs=0.1)
    assert roc_auc_score(LATER_SIGNED, model.log_odds(LATER.select(COLUMNS))) > 0.75
    # What decides weighs most, and the line is what it says it is.
    by_name = dict(zip(COLUMNS, model.coef_[0], strict=True))
    assert max(by_name, key=lambda name: by_name[name]) in ("geo", "geo_fit")
    rows = LATER.select(COLUMNS).to_numpy()
    assert model.log_odds(LATER.select(COLUMNS)) == pytest.approx(rows @ model.coef_[0] + model.intercept_[0])


def test_what_is_unknown_adds_nothing() -> None:
    rows = FRAME.select(COLUMNS).to_numpy()
    gone = rows.copy()
    gone[np.random.default_rng(3).random(rows.shape) < 0.3] = np.nan
    model = SponsorFitClassifier(calibration="none").fit(gone, SIGNED)
    at_the_mean = np.where(np.isnan(gone), model.mean_, gone)
    assert model.predict_proba(gone) == pytest.approx(model.predict_proba(at_the_mean))
    assert model.mean_ == pytest.approx(np.nanmean(gone, axis=0))
    nothing = model.predict_proba(np.full((1, rows.shape[1]), np.nan))
    assert nothing[0, 1] == pytest.approx(1 / (1 + np.exp(-model.intercept_[0] - model.coef_[0] @ model.mean_)))


def test_every_frame_says_the_same() -> None:
    model = SponsorFitClassifier().fit(FRAME, SIGNED)
    told = model.predict_proba(FRAME)
    names = [name for name in FRAME.columns if name not in ("sponsor_id", "event_id")]
    assert list(model.feature_names_in_) == names
    table = FRAME.to_arrow()
    for same in (FRAME.to_pandas(), table):
        again = SponsorFitClassifier().fit(same, SIGNED)
        assert list(again.feature_names_in_) == names
        assert np.array_equal(again.predict_proba(same), told)
    own = Catalog(SPONSORS, EVENTS, INSIGHTS).rank(k=40)
    good = [row["score"] > 0.5 for row in own.to_dicts()]
    assert SponsorFitClassifier().fit(own, good).score(own, good) > 0.9
    with pytest.raises(ValueError, match="feature names should match"):
        model.predict(FRAME.rename({"geo": "place"}))
    assert np.array_equal(pickle.loads(pickle.dumps(model)).predict_proba(FRAME), told)


def test_features_of_the_past_are_rows() -> None:
    catalog = Catalog(SPONSORS, [event | {"slug": "fair-2026"} for event in EVENTS], INSIGHTS)
    past = [{"sponsor_id": row["sponsor_id"], "event_id": EVENTS[at % 7]["event_id"], "at": "2025-07-01"} for at, row in enumerate(SPONSORS)]
    pairs = [(sponsor["sponsor_id"], event["event_id"]) for sponsor in SPONSORS for event in EVENTS]
    features = catalog.features(past, "2026-07-01", pairs).to_pandas()
    assert features.isna().to_numpy().any()
    model = SponsorFitClassifier().fit(features, features["series_recency"].fillna(0) > 0.3)
    assert model.n_features_in_ == features.shape[1] - 2
    assert 0.0 <= model.predict_proba(features)[:, 1].min() < model.predict_proba(features)[:, 1].max() <= 1.0


def test_the_classifier_in_scikit_learn_s_tools() -> None:
    pipe = make_pipeline(FunctionTransformer(lambda frame: frame.select(COLUMNS)), SponsorFitClassifier())
    search = GridSearchCV(pipe, {"sponsorfitclassifier__pull": [0.1, 1e6]}, scoring="neg_log_loss", cv=3)
    search.fit(FRAME, SIGNED)
    assert search.best_params_ == {"sponsorfitclassifier__pull": 0.1}
    folds = GroupKFold(4)
    scores = cross_val_score(pipe, FRAME, SIGNED, groups=FRAME["event_id"], cv=folds, scoring="roc_auc")
    assert scores.mean() > 0.7


def test_too_few_are_not_calibrated() -> None:
    some, signed = FRAME.select(COLUMNS)[:199], SIGNED[:199]
    assert not SponsorFitClassifier().fit(some, signed).is_calibrated_
    with pytest.raises(TooFewOutcomesError, match="outcomes: 199 are too few, at least 200"):
        SponsorFitClassifier(calibration="isotonic").fit(some, signed)
    with pytest.raises(SponsorfitError, match="calibration: `platt` is not `auto`, `isotonic` or `none`"):
        SponsorFitClassifier(calibration="platt").fit(some, signed)  # type: ignore[arg-type]
    with pytest.raises(SponsorfitError, match="pull: 0 is not a number above 0"):
        SponsorFitClassifier(0.0).fit(some, signed)


def test_weights_become_a_configuration() -> None:
    model = WeightEstimator(resamples=50).fit(FRAME, SIGNED)
    assert model.weights_.sum() == pytest.approx(1.0)
    assert dict(zip(FACTORS, model.weights_, strict=True)) == dict(model.fitted_.weights)
    assert model.weights_[FACTORS.index("geo_fit")] > 0.3 > ScoringConfig().weights["geo_fit"]
    assert Scorer(model.config_).config.weights == dict(model.fitted_.weights)
    # They are those of `fit_weights`, and the scores those of a catalog with the new weights.
    fitted = fit_weights(FRAME["event_id"], FRAME["sponsor_id"], FRAME, SIGNED, resamples=50)
    assert fitted == model.fitted_
    sponsors, events, insights = made(64, seed=2)
    later = Catalog(pl.DataFrame(sponsors), events, insights, model.config_).score_pairs(LATER)
    assert model.match_scores(LATER).tolist() == later["score"].to_list()
    assert roc_auc_score(LATER_SIGNED, model.decision_function(LATER)) > roc_auc_score(LATER_SIGNED, LATER["score"]) + 0.03
    came_true, mean = calibration_curve(LATER_SIGNED, model.predict_proba(LATER)[:, 1], n_bins=4, strategy="quantile")
    assert came_true == pytest.approx(mean, abs=0.1)
    assert pickle.loads(pickle.dumps(model)).match_scores(LATER).tolist() == later["score"].to_list()


def test_factors_may_be_an_array() -> None:
    blended = FRAME.with_columns(audience_overlap=0.6 * pl.col("categories") + 0.4 * pl.col("geo")).select(FACTORS)
    by_frame = WeightEstimator(resamples=20).fit(FRAME, SIGNED)
    assert list(by_frame.feature_names_in_) == list(FACTORS)
    by_array = WeightEstimator(resamples=20).fit(
        blended.to_numpy(), SIGNED, query=FRAME["event_id"], sponsor=FRAME["sponsor_id"].to_list()
    )
    assert by_array.weights_ == pytest.approx(by_frame.weights_)
    assert by_frame.predict(blended.to_pandas()).tolist() == by_frame.predict(FRAME).tolist()
    with pytest.raises(TooFewOutcomesError, match="queries with an accepted and a rejected outcome: 1 are too few"):
        WeightEstimator().fit(blended.to_numpy(), SIGNED)
    with pytest.raises(ValueError, match=r"X has 6 features, but WeightEstimator needs the five factors"):
        WeightEstimator().fit(np.zeros((40, 6)), SIGNED[:40])
    with pytest.raises(SponsorfitError, match="geo: the frame has no such column"):
        WeightEstimator().fit(FRAME.drop("geo"), SIGNED)


def test_weights_in_scikit_learn_s_tools() -> None:
    model = WeightEstimator({"audience_blend": {"categories": 0.5, "geo": 0.5}}, resamples=20, random_state=3)
    assert clone(model).get_params() == model.get_params()
    scores = cross_val_score(model, FRAME.to_pandas(), SIGNED, groups=FRAME["event_id"], cv=GroupKFold(2), scoring="roc_auc")
    assert scores.mean() > 0.65
    first, again, other = (
        WeightEstimator(resamples=20, random_state=seed).fit(FRAME, SIGNED).fitted_ for seed in (1, 1, np.random.RandomState(7))
    )
    assert first == again != other


def test_labels_are_told_as_they_came() -> None:
    labels = np.where(SIGNED, "yes", "no")
    for model in (SponsorFitClassifier(), WeightEstimator(resamples=20)):
        assert set(model.fit(FRAME, labels).predict(FRAME)) <= {"no", "yes"}
        assert model.classes_.tolist() == ["no", "yes"]
        assert model.score(FRAME, labels) > 0.6
        with pytest.raises(ValueError, match="Only binary classification is supported"):
            model.fit(FRAME, np.arange(len(FRAME)) % 3)
