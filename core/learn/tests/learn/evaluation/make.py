#!/usr/bin/env python3
"""Writes vectors.ndjson: BCa intervals and exact sign-flip tests by SciPy.

    pip install scipy==1.17.1 numpy==2.4.6
    python make.py
"""
import json
import platform
import random
from importlib.metadata import version
from pathlib import Path

import numpy as np
from scipy.stats import bootstrap, permutation_test

SEED = 20261123
RESAMPLES = 400_000


def intervals(rng):
    samples = [
        [round(rng.expovariate(3), 4) for _ in range(32)],
        [round(rng.random() ** 4, 4) for _ in range(12)],
        [round(1 - rng.random() ** 3, 4) for _ in range(50)],
        [round(rng.gauss(0, 1), 4) for _ in range(20)],
        [0.0] * 17 + [1.0] * 3,
    ]
    for values in samples:
        for confidence in (0.8, 0.95):
            found = bootstrap(
                (values,), np.mean, n_resamples=RESAMPLES, batch=20_000, confidence_level=confidence,
                method="BCa", vectorized=True, rng=np.random.default_rng(SEED),
            )
            ends = [float(found.confidence_interval.low), float(found.confidence_interval.high)]
            yield {"values": values, "confidence": confidence, "mean": float(np.mean(values)), "ends": ends}


def sign_flips(rng):
    for n, shift, digits in [(2, 0.2, 3), (5, 0.3, 3), (9, 0.3, 1), (14, 0.2, 2), (16, 0.4, 6), (16, 0.0, 6)]:
        differences = [round(rng.gauss(shift, 0.5), digits) for _ in range(n)]
        found = permutation_test(
            (differences,), np.mean, permutation_type="samples", n_resamples=np.inf, vectorized=True,
        )
        yield {"differences": differences, "p_value": float(found.pvalue)}


def main():
    rng = random.Random(SEED)
    packages = {name: version(name) for name in ("scipy", "numpy")}
    provenance = {"made_by": "make.py", "seed": SEED, "python": platform.python_version(), "packages": packages}
    lines = [{"provenance": provenance}]
    lines += [{"interval": interval} for interval in intervals(rng)]
    lines += [{"sign_flip": flips} for flips in sign_flips(rng)]
    text = "".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines)
    Path(__file__).with_name("vectors.ndjson").write_text(text)


if __name__ == "__main__":
    main()
