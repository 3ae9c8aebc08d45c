"""Learning: the core's own test data, replayed through Python."""

from __future__ import annotations

import datetime
import json
import pickle
import struct
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
import pytest
from conftest import ROOT

from sponsorfit import (
    Catalog,
    DuplicateIdError,
    InvalidTextError,
    InvalidValueError,
    SampleRatioMismatchError,
    Scorer,
    ScoringConfig,
    SponsorfitError,
    SponsorProfile,
    TooFewOutcomesError,
    UnknownIdError,
)
from sponsorfit.learn import (
    FACTORS,
    Calibration,
    Experiment,
    Ranker,
    evaluate,
    fit_weights,
    mean,
    profiles,
    query_metrics,
)

DATA = ROOT / "core" / "learn" / "tests" / "learn"


def lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").strip().split("\n")]


def test_metrics_are_those_of_other_tools() -> None:
    compared = 0
    rows: list[Any] = []
    for line in lines(DATA / "metrics" / "vectors.ndjson"):
        if "queries" in line:
            rows = line["rows"]
        if "metric" not in line:
            continue
        columns = [
            (str(at), f"{place:03}", score, grade)
            for at, one in enumerate(rows)
            for place, (score, grade) in enumerate(zip(one["scores"], one["grades"], strict=True))
        ]
        query, ids, scores, grades = zip(*columns, strict=True)
        k = line["k"] or len(columns)
        measured = query_metrics(query, ids, np.array(scores), grades, k=k, gain=line["gain"], ties=line["ties"])
        values = [getattr(one, line["metric"]) for one in measured]
        told = mean(values, no_positives=line["no_positives"])
        expected = line.get("per_query") or [line["mean"]]
        assert told == pytest.approx(sum(expected) / len(expected), abs=1e-12), line
        compared += 1
    assert compared > 20


def test_metrics_say_what_is_wrong() -> None:
    with pytest.raises(DuplicateIdError, match="candidate 0 has the same") as caught:
        query_metrics("aa", "bb", [1, 2], [0, 1])
    assert caught.value.path == "[1].id"
    with pytest.raises(SponsorfitError, match="`best` is not `by_id`"):
        query_metrics("a", "b", [1], [0], ties="best")  # type: ignore[arg-type]
    with pytest.raises(SponsorfitError, match="not of one length"):
        query_metrics("ab", "b", [1], [0])
    assert mean([None]) is None
    assert mean([None, 1.0], no_positives="zero") == 0.5


def test_rankers_are_compared_with_the_first() -> None:
    draw = np.random.default_rng(5)
    query = [f"event {at // 20}" for at in range(600)]
    ids = [f"sponsor {at % 20:02}" for at in range(600)]
    good = draw.random(600)
    positive = good + draw.normal(0, 0.2, 600) > 0.8
    measured = evaluate(query, ids, positive, {"chance": draw.random(600), "good": good, "again": good}, k=5, resamples=500)
    chance, better, again = measured.rankers
    assert chance.against_first is None
    assert better.against_first is not None
    assert better.against_first.difference.lower > 0
    assert better.against_first.p_value < 0.01
    assert better.ndcg.lower < better.ndcg.mean < better.ndcg.upper
    assert (again.ndcg, again.against_first) == (better.ndcg, better.against_first)
    # The mean is that of the metrics of each query.
    each = query_metrics(query, ids, good, positive.astype(int), k=5, gain="linear")
    assert better.ndcg.mean == pytest.approx(mean(one.ndcg for one in each))
    assert better.recall.mean == pytest.approx(mean(one.recall for one in each))
    # Whoever has no score can not be found.
    partly = [float("nan") if at % 20 < 10 else score for at, score in enumerate(good)]
    half = evaluate(query, ids, positive, {"half": partly}, k=5, resamples=500).rankers[0]
    assert better.candidate_recall == 1.0 > half.candidate_recall > 0.0
    rows = measured.plot().to_dict()["layer"][0]
    assert rows["encoding"]["x"]["title"] == "NDCG@5"
    assert pl.DataFrame(measured.to_dicts())["ndcg_lower"].to_list()[1] == better.ndcg.lower
    with pytest.raises(DuplicateIdError, match=r"\[1\]\.id: an earlier row of the same query has the same"):
        evaluate("aa", "bb", [True, False], {"x": [1.0, 2.0]})
    with pytest.raises(InvalidValueError, match="not of one length"):
        evaluate("ab", "ab", [True, False], {"x": [1.0]})
    with pytest.raises(ValueError, match="no query has a positive"):
        evaluate("ab", "ab", [False, False], {"x": [1.0, 2.0]})
    with pytest.raises(SponsorfitError, match="resamples"):
        evaluate("ab", "ab", [True, False], {"x": [1.0, 2.0]}, resamples=1)


def number(bits: str) -> float:
    return float(struct.unpack(">d", bytes.fromhex(bits))[0])


@pytest.mark.parametrize("model", sorted(path.stem for path in (DATA / "gbm" / "models").glob("*.txt")))
def test_a_ranker_scores_as_lightgbm(model: str) -> None:
    path = DATA / "gbm" / "models" / model
    ranker = Ranker.load(path.with_suffix(".txt"))
    cases = [line for line in lines(path.with_suffix(".ndjson")) if "row" in line]
    rows = np.array([[number(bits) for bits in case["row"]] for case in cases])
    assert ranker.predict(rows, raw=True) == [number(case["raw"]) for case in cases]
    assert ranker.predict(rows) == pytest.approx([case["output"] for case in cases], rel=1e-12)
    frame = pl.DataFrame(rows, schema=ranker.feature_names, orient="row").reverse().reverse()
    assert ranker.predict(frame.select(reversed(frame.columns)), raw=True) == ranker.predict(rows, raw=True)
    expected, features = ranker.contributions(rows)
    for raw, row in zip(ranker.predict(rows, raw=True), features, strict=True):
        assert len(row) == len(ranker.feature_names)
        assert expected + sum(row) == pytest.approx(raw, abs=1e-9)


def test_a_ranker_that_is_none() -> None:
    with pytest.raises(InvalidTextError, match="line 1"):
        Ranker("not a model")
    ranker = Ranker.load(DATA / "gbm" / "models" / "lambdarank.txt")
    assert (ranker.objective, ranker.tree_count > 0) == ("lambdarank", True)
    assert repr(ranker).startswith("Ranker(lambdarank, ")
    with pytest.raises(SponsorfitError):
        ranker.predict([[1.0]])


def test_buckets_are_those_of_every_language() -> None:
    checked = 0
    for line in lines(DATA / "experiment" / "vectors.ndjson"):
        if bucket := line.get("bucket"):
            even = {"control": 5_000, "treatment": 5_000}
            experiment = Experiment(bucket["experiment"], even, namespace=bucket["namespace"], salt=bucket["salt"])
            assert experiment.seed(bucket["unit"]) == int(bucket["seed"])
            assert experiment.assign(bucket["unit"]) == ("control" if bucket["variant"] < 5_000 else "treatment")
            nobody = Experiment("x", even, exposure_basis_points=0)
            assert nobody.assign(bucket["unit"]) is None
            checked += 1
    assert checked > 10


def test_a_read_out() -> None:
    experiment = Experiment("weights", {"now": 5_000, "new": 5_000})
    draw = np.random.default_rng(7)
    units = [f"sponsor-{at}" for at in range(6_000)]
    variant = experiment.assign_all(units)
    before = draw.random(len(units))
    lift = np.array([0.2 if one == "new" else 0.0 for one in variant])
    read = experiment.read_out([str(one) for one in variant], before + lift + draw.normal(0, 0.1, len(units)), before)
    (new,) = read.comparisons
    assert new.variant == "new"
    assert new.lower < 0.2 < new.upper
    assert new.lower > 0.15
    assert new.variance_left is not None
    assert new.variance_left < 0.5
    with pytest.raises(SampleRatioMismatchError) as caught:
        experiment.read_out(["now"] * 900 + ["new"] * 100, [0.0, 1.0] * 500)
    assert caught.value.code == "sample_ratio_mismatch"
    with pytest.raises(SponsorfitError, match="`old` is no variant"):
        experiment.read_out(["old"], [1.0])
    with pytest.raises(SponsorfitError):
        Experiment("x", {"a": 1, "b": 2})


def outcomes() -> tuple[list[int], list[int], list[list[float]], list[bool]]:
    near = [at % 2 == 0 for at in range(400)]
    factors = [[at * 37 % 101 / 100, 0.5, 0.9 if one else 0.2, 0.5, 0.5] for at, one in enumerate(near)]
    return [at // 8 for at in range(400)], [at % 97 for at in range(400)], factors, near


def test_weights_follow_what_is_accepted() -> None:
    query, sponsor, factors, accepted = outcomes()
    fitted = fit_weights(query, sponsor, factors, accepted)
    assert fitted.weights["geo_fit"] > 0.5
    assert fitted.factors[2].moves
    assert fitted.loss_after < fitted.loss_before
    config = fitted.config()
    assert isinstance(config, ScoringConfig)
    assert Scorer(config).config.weights == dict(fitted.weights)
    # Names of queries and sponsors, and a frame of factors, say the same.
    names = [f"event {one}" for one in query]
    frame = pl.DataFrame(factors, schema=list(FACTORS), orient="row")
    assert fit_weights(names, sponsor, frame, np.array(accepted)) == fitted
    parts = frame.drop("audience_overlap").with_columns(categories=pl.lit(1.0), geo=pl.lit(None, dtype=pl.Float64))
    assert fit_weights(query, sponsor, parts.with_columns(categories=frame["audience_overlap"]), accepted) == fitted
    with pytest.raises(TooFewOutcomesError, match="30 are needed"):
        fit_weights(query[:8], sponsor[:8], factors[:8], accepted[:8])
    with pytest.raises(InvalidValueError, match=r"\[1\]\.factors\[0\]: 2 is not in 0\.\.=1"):
        fit_weights(query, sponsor, [factors[0], [2.0, *factors[1][1:]], *factors[2:]], accepted)


def test_scores_as_probabilities() -> None:
    draw = np.random.default_rng(3)
    scores = draw.random(2_000)
    accepted = draw.random(2_000) < scores**2
    line = Calibration(scores, accepted)
    told = line.predict([0.1, 0.5, 0.9])
    assert told == sorted(told)
    assert told[1] == pytest.approx(0.25, abs=0.1)
    assert Calibration.from_json(line.to_json()).predict([0.1, 0.5, 0.9]) == told
    assert pickle.loads(pickle.dumps(line)).predict([0.1, 0.5, 0.9]) == told
    twice = Calibration(np.repeat(scores, 2), np.repeat(accepted, 2))
    assert Calibration(scores, accepted, np.full(len(scores), 2.0)).to_json() == twice.to_json()
    with pytest.raises(TooFewOutcomesError):
        Calibration([0.5], [True])
    with pytest.raises(InvalidTextError):
        Calibration.from_json("[[0.5, 0.2], [0.5, 0.3]]")


def test_features_know_only_the_past() -> None:
    sponsor, other = "6f9619ff-8b86-d011-b42d-00c04fc964ff", "6f9619ff-8b86-d011-b42d-00c04fc964aa"
    last, following = "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a002"
    catalog = Catalog(
        [{"sponsor_id": sponsor}, {"sponsor_id": other}],
        [{"event_id": last, "slug": "lantern-fair-2025"}, {"event_id": following, "slug": "lantern-fair-2026"}],
    )
    past = [{"sponsor_id": sponsor, "event_id": last, "at": "2025-07-01"}]
    pairs = [(sponsor, following), (other, following)]
    rows = catalog.features(past, "2026-07-01", pairs).to_dicts()
    assert [row["sponsor_id"] for row in rows] == [sponsor, other]
    assert [row["last_edition"] for row in rows] == [1.0, 0.0]
    assert [row["series_years_since"] for row in rows] == [1.0, None]
    # On the day it happened it was not known.
    assert catalog.features(past, "2025-07-01", pairs).to_dicts()[0]["last_edition"] != 1.0
    frame = pl.DataFrame(past * 2).with_columns(pl.col("at").str.to_date())
    assert catalog.features(frame, "2026-07-01", pairs).to_dicts()[1] == rows[1]
    with pytest.raises(SponsorfitError, match=r"row 0: past\.at"):
        catalog.features([past[0] | {"at": "soon"}], "2026-07-01", pairs)
    with pytest.raises(UnknownIdError):
        catalog.features(past, "2026-07-01", [(following, sponsor)])


def test_profiles_are_what_was_known() -> None:
    sponsor, other = "6f9619ff-8b86-d011-b42d-00c04fc964ff", "6f9619ff-8b86-d011-b42d-00c04fc964aa"
    ids = [f"0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a00{at}" for at in range(3)]
    events = [
        {"event_id": id, "country": country, "categories": ["music", label]}
        for id, country, label in zip(ids, ["FR", "FR", "JP"], ["jazz", "folk", "rock"], strict=True)
    ]
    past = [
        {"sponsor_id": sponsor, "event_id": ids[0], "at": "2023-05-01", "level": 1, "outcome": "accepted"},
        {"sponsor_id": sponsor, "event_id": ids[1], "at": "2024-05-01", "level": 3, "outcome": "accepted"},
        {"sponsor_id": sponsor, "event_id": ids[2], "at": "2025-05-01", "level": 1, "outcome": "accepted"},
        {"sponsor_id": other, "event_id": ids[0], "at": "2023-05-01", "level": 1, "outcome": "rejected"},
    ]
    (known,) = profiles(past, events, before="2025-01-01")
    assert isinstance(known, SponsorProfile)
    assert (known.sponsor_id, known.regions, known.annual_budget_cents) == (sponsor, ["FR"], 500_000)
    assert "jazz" in known.preferred_categories
    assert "rock" not in known.preferred_categories
    # What came of it is read from every kind of column.
    frame = pl.DataFrame(past)
    for outcome in (pl.String, pl.Categorical, pl.Enum(["accepted", "rejected"])):
        columns = frame.with_columns(pl.col("at").str.to_date(), pl.col("outcome").cast(outcome))
        assert profiles(columns, pl.DataFrame(events), before=datetime.date(2025, 1, 1)) == [known]
    with pytest.raises(InvalidValueError, match=r"row 0: past\.outcome: `won` is not `accepted`, `rejected` or `shown`"):
        profiles(frame.with_columns(outcome=pl.lit("won")), events, before="2025-01-01")
    with pytest.raises(InvalidValueError, match="before: `soon` is not a timestamp or date"):
        profiles(past, events, before="soon")
