#!/usr/bin/env python3
"""Writes vectors.ndjson: isotonic lines by scikit-learn, tables by scikit-learn and SciPy, weights by SciPy, odds by scikit-learn.

    pip install scikit-learn==1.9.1 scipy==1.17.1 numpy==2.4.6
    python make.py
"""
import json
import platform
import random
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.stats import binomtest
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import brier_score_loss

SEED = 20260122
CURRENT = [0.25, 0.35, 0.15, 0.15, 0.10]


def calibrations(rng):
    for n, digits in [(260, 2), (300, 1), (240, 6)]:
        scores = [round(rng.random(), digits) for _ in range(n)]
        accepted = [rng.random() < 0.1 + 0.5 * s * s for s in scores]
        line = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, accepted)
        asked = [-1.0, 0.0, 1.0, 2.0, min(scores), max(scores)] + [round(rng.random(), 4) for _ in range(60)] + scores[:20]
        yield {"outcomes": list(zip(scores, accepted)), "asked": asked, "told": list(line.predict(asked))}


def reliabilities(rng):
    for n, rows in [(120, 5), (97, 10)]:
        told = [round(rng.random(), 3) for _ in range(n)]
        told = [(p, rng.random() < p * p) for p in told]
        by_probability = sorted(told)
        parts = [by_probability[n * i // rows : n * (i + 1) // rows] for i in range(rows)]
        table = []
        for part in parts:
            true = sum(a for _, a in part)
            ends = binomtest(true, len(part)).proportion_ci(0.95, method="wilson")
            table.append([len(part), float(np.mean([p for p, _ in part])), true / len(part), ends.low, ends.high])
        error = sum(count * abs(mean - share) for count, mean, share, _, _ in table) / n
        brier = brier_score_loss([a for _, a in told], [p for p, _ in told])
        yield {"told": told, "rows": table, "brier": brier, "calibration_error": error}


def outcomes(rng, queries, truth, scale):
    """Proposals of random factors; the chance to be accepted follows `truth`."""
    for query in range(queries):
        for _ in range(6):
            factors = [round(rng.random(), 2) for _ in range(5)]
            score = sum(w * f for w, f in zip(truth, factors))
            yield query, rng.randrange(60), factors, rng.random() < 1 / (1 + np.exp(-scale * (score - 0.5)))


def weights(rng):
    for truth, sharpness, pull in [([0.1, 0.1, 0.6, 0.1, 0.1], 10, 10), ([0.0, 0.0, 0.5, 0.0, 0.5], 6, 2), (CURRENT, 10, 100)]:
        seen = list(outcomes(rng, 45, truth, 15))
        pairs = []
        for query in sorted({q for q, *_ in seen}):
            accepted = [np.array(f) for q, _, f, a in seen if q == query and a]
            rejected = [np.array(f) for q, _, f, a in seen if q == query and not a]
            pairs += [(x - y, 1 / (len(accepted) * len(rejected))) for x in accepted for y in rejected]
        difference, weight = np.array([d for d, _ in pairs]), np.array([w for _, w in pairs])

        def loss(w):
            margin = sharpness * difference @ w
            away = w - np.array(CURRENT)
            slope = -(weight * sharpness / (1 + np.exp(margin))) @ difference + pull * away
            return (weight * np.logaddexp(0, -margin)).sum() + pull / 2 * away @ away, slope

        found = minimize(loss, CURRENT, jac=True, method="SLSQP", bounds=[(0, 1)] * 5, options={"ftol": 1e-15, "maxiter": 1000},
                         constraints={"type": "eq", "fun": lambda w: w.sum() - 1, "jac": lambda w: np.ones(5)})
        yield {"outcomes": seen, "sharpness": sharpness, "pull": pull, "fitted": list(found.x)}


def weighted(rng):
    scores = [round(rng.random(), 2) for _ in range(280)]
    accepted = [rng.random() < 0.1 + 0.5 * s for s in scores]
    weight = [rng.choice([0, 0.5, 1, 1, 2.25]) for _ in scores]
    line = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip").fit(scores, accepted, sample_weight=weight)
    asked = [-1.0, 2.0] + [round(rng.random(), 4) for _ in range(60)]
    yield {"outcomes": list(zip(scores, accepted, weight)), "asked": asked, "told": list(line.predict(asked))}


def logistics(rng):
    """Numbers of different sizes, a constant among them, some unknown; unknown ones are put at the mean."""
    for n, pull in [(60, 1.0), (150, 0.05), (40, 30.0)]:
        table = np.array([[round(rng.gauss(mean, spread), 3) for mean, spread in [(0, 1), (500, 80), (-3, 0.01), (7, 0)]] for _ in range(n)])
        accepted = [bool(rng.random() < 1 / (1 + np.exp(0.5 - row[0] - (row[1] - 500) / 80))) for row in table]
        weight = np.array([rng.choice([0, 0.5, 1, 1, 3]) for _ in range(n)])
        unknown = np.array([[rng.random() < 0.15 for _ in row] for row in table])
        known = np.ma.array(table, mask=unknown)
        centre = np.ma.average(known, axis=0, weights=weight)
        scale = np.sqrt(np.ma.average((known - centre) ** 2, axis=0, weights=weight)).filled()
        scaled = ((known - centre) / np.where(scale > 0, scale, 1)).filled(0.0)
        line = LogisticRegression(C=1 / pull, solver="newton-cholesky", tol=1e-12, max_iter=1000).fit(scaled, accepted, sample_weight=weight)
        rows = [[None if gone else value for value, gone in zip(row, mask)] for row, mask in zip(table, unknown)]
        slopes = line.coef_[0] / np.where(scale > 0, scale, 1)
        yield {"cases": list(zip(rows, accepted, weight)), "pull": pull, "intercept": line.intercept_[0], "slopes": list(slopes), "log_odds": list(line.decision_function(scaled))}


def main():
    rng = random.Random(SEED)
    packages = {name: version(name) for name in ("scikit-learn", "scipy", "numpy")}
    rows = [{"provenance": {"made_by": "make.py", "seed": SEED, "python": platform.python_version(), "packages": packages}}]
    for kind, cases in [("calibration", calibrations(rng)), ("reliability", reliabilities(rng)), ("weights", weights(rng)), ("weighted", weighted(rng)), ("logistic", logistics(rng))]:
        rows += [{kind: case} for case in cases]
    plain = lambda value: bool(value) if isinstance(value, np.bool_) else float(value)
    text = "".join(json.dumps(row, separators=(",", ":"), default=plain) + "\n" for row in rows)
    Path(__file__).with_name("vectors.ndjson").write_text(text)


if __name__ == "__main__":
    main()
