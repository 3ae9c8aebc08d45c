#!/usr/bin/env python3
"""Writes vectors.ndjson: buckets by hashlib, tests and intervals by SciPy and NumPy.

    pip install scipy==1.17.1 numpy==2.4.6
    python make.py
"""
import hashlib
import json
import math
import platform
import random
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy.special import lambertw
from scipy.stats import chisquare, norm

SEED = 20260116


def number(*texts):
    encoded = [text.encode() for text in texts]
    digest = hashlib.sha256(b"".join(len(e).to_bytes(8, "big") + e for e in encoded)).digest()
    return int.from_bytes(digest[:8], "big")


def buckets():
    units = ["sponsor-1", "", "a", "Zoë", "Zoe\u0308", "東京スポンサー", "🎪", "مهرجان", "İstanbul", "a\u0000b", " ", "x" * 300,
             "0190c1a4-7b1e-7c3a-9d5e-3f2b1a0c4d5e"]
    experiments = [("sponsorfit", "weights", "2026-01"), ("sponsorfit", "weights", "2026-02"), ("", "", ""),
                   ("ab", "c", ""), ("a", "bc", ""), ("événements", "poids", "sel🧂")]
    for namespace, experiment, salt in experiments:
        for unit in units:
            h = {purpose: number(namespace, experiment, salt, unit, purpose) for purpose in ("exposure", "variant", "seed")}
            yield {"namespace": namespace, "experiment": experiment, "salt": salt, "unit": unit,
                   "exposure": h["exposure"] * 10_000 >> 64, "variant": h["variant"] * 10_000 >> 64, "seed": str(h["seed"])}


def sample_ratios(rng):
    cases = [([5020, 4980], [5000, 5000]), ([5300, 4700], [5000, 5000]), ([30, 10], [5000, 5000]), ([900, 105], [9000, 1000]),
             ([3333, 3400, 3267], [3334, 3333, 3333]), ([100, 210, 290, 400], [1000, 2000, 3000, 4000]),
             ([55] * 7 + [100], [1250] * 8), ([7, 7], [5000, 5000]), ([1_000_000, 1_004_000], [5000, 5000]),
             ([rng.randint(80, 120) for _ in range(20)], [500] * 20)]
    for observed, shares in cases:
        expected = np.array(shares) / 10_000 * sum(observed)
        found = chisquare(observed, expected)
        yield {"observed": observed, "shares": shares, "statistic": float(found.statistic), "p_value": float(found.pvalue)}


def radius(n, alpha, horizon):
    """Theorem 2.2 of arXiv 2103.06476, with the rho that makes the interval narrowest at the horizon."""
    rho2 = (-lambertw(-(alpha**2) * math.exp(-1), -1).real - 1) / horizon
    return math.sqrt(2 * (n * rho2 + 1) / (n**2 * rho2) * math.log(math.sqrt(n * rho2 + 1) / alpha))


def sequences(rng):
    for n, alpha, horizon in [(100, 0.05, 1000), (250, 0.01, 200), (400, 0.2, 400)]:
        values = np.array([round(rng.gauss(2, 3), 3) for _ in range(n)])
        half = values.std(ddof=1) * radius(n, alpha, horizon)
        yield {"values": list(values), "alpha": alpha, "horizon": horizon,
               "estimate": values.mean(), "lower": values.mean() - half, "upper": values.mean() + half}


def differences(rng):
    for n1, n0, alpha, horizon in [(120, 150, 0.05, 500), (300, 100, 0.025, 100)]:
        treated, control = (np.array([round(rng.gauss(m, s), 3) for _ in range(n)]) for n, m, s in [(n1, 1.2, 2), (n0, 1, 1)])
        n = n1 + n0
        spread = math.sqrt(n * (treated.var(ddof=1) / n1 + control.var(ddof=1) / n0))
        half, estimate = spread * radius(n, alpha, horizon), treated.mean() - control.mean()
        yield {"treated": list(treated), "control": list(control), "alpha": alpha, "horizon": horizon,
               "estimate": estimate, "lower": estimate - half, "upper": estimate + half}


def cuped(rng):
    before = np.array([round(rng.gauss(5, 2), 3) for _ in range(60)])
    outcomes = np.array([round(0.8 * x + rng.gauss(0, 1), 3) for x in before])
    covariance = np.cov(before, outcomes)
    theta = covariance[0, 1] / covariance[0, 0]
    adjusted = outcomes - theta * (before - before.mean())
    yield {"outcomes": list(outcomes), "before": list(before), "theta": theta, "adjusted": list(adjusted),
           "variance_left": 1 - np.corrcoef(before, outcomes)[0, 1] ** 2}


def off_policies(rng):
    for n, alpha in [(50, 0.05), (80, 0.001)]:
        log = [(float(rng.random() < 0.3), round(rng.uniform(0.05, 1), 3), round(rng.uniform(0, 1), 3)) for _ in range(n)]
        reward, propensity, target = np.array(log).T
        w = target / propensity
        estimate = (w * reward).sum() / w.sum()
        half = norm.ppf(1 - alpha / 2) * math.sqrt((w**2 * (reward - estimate) ** 2).sum()) / w.sum()
        yield {"log": log, "alpha": alpha, "estimate": estimate, "lower": estimate - half, "upper": estimate + half,
               "effective_sample_size": w.sum() ** 2 / (w**2).sum()}


def main():
    rng = random.Random(SEED)
    packages = {name: version(name) for name in ("scipy", "numpy")}
    rows = [{"provenance": {"made_by": "make.py", "seed": SEED, "python": platform.python_version(), "packages": packages}}]
    for kind, cases in [("bucket", buckets()), ("sample_ratio", sample_ratios(rng)), ("sequence", sequences(rng)),
                        ("difference", differences(rng)), ("cuped", cuped(rng)), ("off_policy", off_policies(rng))]:
        rows += [{kind: case} for case in cases]
    text = "".join(json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=float) + "\n" for row in rows)
    Path(__file__).with_name("vectors.ndjson").write_text(text)


if __name__ == "__main__":
    main()
