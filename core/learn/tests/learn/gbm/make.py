#!/usr/bin/env python3
"""Writes models/*.txt and models/*.ndjson: models of the real LightGBM and what it says with them.

Run it where these are installed (a virtual environment outside the repository):
    pip install lightgbm==4.7.0 numpy==2.4.6
    python make.py
models/old_format.txt is a version v3 text and needs the last release that wrote it; it is
made by `pip install lightgbm==3.3.5 "numpy<2" "scipy<1.12"` and `python make.py old`.

A .ndjson begins with its provenance; each other line is one row: the feature values, the
raw score and pred_contrib (one number a feature, then the expected value), all as the 16
hexadecimal digits of an f64, so that nothing is rounded on the way.
"""
import json
import math
import platform
import struct
import sys
from pathlib import Path

import lightgbm
import numpy as np

SEED = 20260115
MODELS = Path(__file__).with_name("models")
ZERO = float(np.float32(1e-35))  # LightGBM's kZeroThreshold
QUIET = {"verbosity": -1, "num_threads": 1, "deterministic": True, "seed": SEED, "force_row_wise": True}


def bits(value):
    return struct.pack(">d", float(value)).hex()


def write(name, booster, rows, **more):
    """Writes the model as LightGBM writes it, and LightGBM's answers after reading it back."""
    text = booster.model_to_string()
    # The parameters at the end of the text hold no number of the model, and much room.
    text = text[: text.index("\nparameters:")] + "\n" if "\nparameters:" in text else text
    (MODELS / f"{name}.txt").write_text(text)
    booster = lightgbm.Booster(model_str=text)
    rows = np.asarray(rows, dtype=np.float64)
    raw = booster.predict(rows, raw_score=True, num_threads=1)
    contributions = booster.predict(rows, pred_contrib=True, num_threads=1)
    # What the objective makes of the raw score is compared as a number: exp differs by platform.
    output = booster.predict(rows, num_threads=1)
    provenance = {"made_by": "make.py", "seed": SEED, "python": platform.python_version(),
                  "lightgbm": lightgbm.__version__, "numpy": np.__version__, **more}
    with open(MODELS / f"{name}.ndjson", "w") as out:
        print(json.dumps({"provenance": provenance}), file=out)
        for row, score, parts, transformed in zip(rows, raw, contributions, output):
            line = {"row": [bits(v) for v in row], "raw": bits(score),
                    "contributions": [bits(v) for v in parts], "output": float(transformed)}
            print(json.dumps(line, separators=(",", ":")), file=out)


SPECIAL = [math.nan, 0.0, -0.0, 5e-324, -5e-324, 1e-36, -1e-36, 1e-35, -1e-35, ZERO, -ZERO,
           math.nextafter(ZERO, 1), -math.nextafter(ZERO, 1), 2e-35, -2e-35, 1e-30, -1e-30,
           1.5, -1.5, math.nextafter(1.5, 2), math.nextafter(-1.5, -2), math.nextafter(1.5, 1),
           1e300, -1e300, 1.7e308, -1.7e308, math.inf, -math.inf]
CATEGORIES = [0.0, -0.0, 0.5, -0.5, 0.999, -0.999, -1.0, -1.001, 1.0, 1.999, 2.0, 3.0, 31.0, 31.5, 32.0, 33.0, 63.0,
              64.0, 65.0, 95.0, 96.0, 127.0, 128.0, 1000.0, 65535.0, 2147483646.0, 2147483647.0, 2147483648.0,
              -2147483648.0, -2147483649.0, 4294967296.0, 4294967328.0, 1e18, -1e18] + SPECIAL


def stumps(splits):
    """A model text of one stump a split, all on feature 0.

    The right leaf of stump i is worth 2^i and the left one nothing, so each bit of the raw
    score is one decision.
    """
    head = ("tree\nversion=v4\nnum_class=1\nnum_tree_per_iteration=1\nlabel_index=0\nmax_feature_idx=0\n"
            "objective=lambdarank\nfeature_names=value\nfeature_infos=[-1:1]\n\n")
    trees = ""
    for i, (decision_type, threshold, categories) in enumerate(splits):
        words = [0] * (max(categories) // 32 + 1) if categories else []
        for category in categories or []:
            words[category // 32] |= 1 << category % 32
        bitset = f"cat_boundaries=0 {len(words)}\ncat_threshold={' '.join(map(str, words))}\n" if words else ""
        trees += (f"Tree={i}\nnum_leaves=2\nnum_cat={1 if words else 0}\nsplit_feature=0\nsplit_gain=1\n"
                  f"threshold={threshold!r}\ndecision_type={decision_type}\nleft_child=-1\nright_child=-2\n"
                  f"leaf_value=0 {2.0 ** i!r}\nleaf_weight=3 5\nleaf_count={3 + i} {5 + 2 * i}\n"
                  f"internal_value=0\ninternal_weight=8\ninternal_count={8 + 3 * i}\n{bitset}is_linear=0\nshrinkage=1\n\n\n")
    return lightgbm.Booster(model_str=head + trees + "end of trees\n")


def decision_grids():
    """All 12 decision types: categorical or not, missing goes left or not, missing is None, Zero or NaN."""
    thresholds = [-1.5, -ZERO, -1e-36, 0.0, 1e-36, ZERO, 1.5, math.inf]
    numerical = [(missing << 2 | left << 1, t, None) for missing in range(3) for left in range(2) for t in thresholds]
    write("grid_numerical", stumps(numerical), [[v] for v in SPECIAL], decision_types=sorted({d for d, _, _ in numerical}))
    sets = [[0, 3, 31], [32, 64], [1], [2, 33, 63, 95, 127]]
    categorical = [(missing << 2 | left << 1 | 1, 0, s) for missing in range(3) for left in range(2) for s in sets]
    write("grid_categorical", stumps(categorical), [[v] for v in CATEGORIES], decision_types=sorted({d for d, _, _ in categorical}))


def features(rng, rows):
    """Dense, with gaps, mostly zero, a category, and noise."""
    dense = rng.normal(size=(rows, 2))
    gaps = np.where(rng.random((rows, 1)) < 0.3, np.nan, rng.normal(size=(rows, 1)))
    sparse = np.where(rng.random((rows, 1)) < 0.6, 0.0, rng.exponential(size=(rows, 1)))
    category = rng.choice(40, size=(rows, 1), p=np.arange(40, 0, -1) / 820.0).astype(float)
    return np.hstack([dense, gaps, sparse, category])


def target(rng, x):
    effect = np.where(x[:, 4] % 3 == 0, 1.0, -0.5) + np.where(np.isnan(x[:, 2]), 0.8, np.nan_to_num(x[:, 2]))
    return x[:, 0] * x[:, 1] + effect + 0.7 * (x[:, 3] > 0) + 0.3 * rng.normal(size=len(x))


def unseen(rng, rows):
    """Rows to score: new ones, and some with a special value in each place."""
    x = features(rng, rows)
    for i, value in enumerate(SPECIAL):
        x[i, i % 4] = value
    for i, value in enumerate(CATEGORIES):
        x[i, 4] = value
    return x


def trained(rng):
    x = features(rng, 1500)
    y = target(rng, x)
    groups = [30] * 50
    grades = np.clip(np.digitize(y, [0.5, 1.5, 2.5]), 0, 3)
    names = ["dense_a", "dense_b", "mit_lücken", "sparse", "category"]
    constrained = {"monotone_constraints": [0, 0, 0, 1, 0]}
    return {
        "lambdarank": (dict(objective="lambdarank", num_leaves=12, learning_rate=0.1, cat_smooth=1.0, min_data_per_group=5, **constrained), grades, groups, 12, [4]),
        "rank_xendcg": (dict(objective="rank_xendcg", num_leaves=8, zero_as_missing=True), grades, groups, 10, []),
        "binary": (dict(objective="binary", sigmoid=0.7, num_leaves=10, max_cat_to_onehot=2, cat_smooth=1.0, min_data_per_group=5), y > 0.5, None, 10, [4]),
        "regression": (dict(objective="regression", num_leaves=9, boosting="dart", use_missing=False), y, None, 8, [4]),
        "regression_sqrt": (dict(objective="regression", reg_sqrt=True, num_leaves=4), y, None, 4, []),
        # Few features and many leaves: long paths that meet a feature again and again.
        "deep": (dict(objective="regression", num_leaves=100, min_data_in_leaf=1, min_sum_hessian_in_leaf=0.0), y, None, 2, []),
        # Trees of one leaf: nothing can be split.
        "constant": (dict(objective="regression", min_data_in_leaf=2000, num_leaves=4), y, None, 2, []),
    }, x, names


def old_format():
    """A version v3 text with every kind of split, written by the last release that wrote v3."""
    rng = np.random.default_rng(SEED)
    x = features(rng, 1500)
    data = lightgbm.Dataset(x, target(rng, x), categorical_feature=[4])
    booster = lightgbm.train({**QUIET, "objective": "regression", "num_leaves": 7}, data, 3)
    text = booster.model_to_string()
    (MODELS / "old_format.txt").write_text(text[: text.index("\nparameters:")] + "\n")


def main():
    MODELS.mkdir(exist_ok=True)
    if sys.argv[1:] == ["old"]:
        return old_format()
    decision_grids()
    rng = np.random.default_rng(SEED)
    models, x, names = trained(rng)
    for name, (params, y, groups, rounds, categorical) in models.items():
        data = lightgbm.Dataset(x, y, group=groups, feature_name=names, categorical_feature=categorical, params=QUIET)
        booster = lightgbm.train({**QUIET, **params}, data, rounds)
        write(name, booster, unseen(rng, 80)[:: {"deep": 3, "constant": 20}.get(name, 1)], parameters=params)
    old = lightgbm.Booster(model_file=str(MODELS / "old_format.txt"))
    kept = (MODELS / "old_format.txt").read_text()
    write("old_format", old, unseen(rng, 80), text_written_by="lightgbm 3.3.5")
    (MODELS / "old_format.txt").write_text(kept)


if __name__ == "__main__":
    main()
