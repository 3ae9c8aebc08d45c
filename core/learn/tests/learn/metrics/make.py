#!/usr/bin/env python3
"""Writes vectors.ndjson: what four tools say about the same ranked lists.

Run it where these are installed (a virtual environment outside the repository):
    pip install lightgbm==4.7.0 scikit-learn==1.9.1 ir-measures==0.4.3 pytrec-eval-terrier==0.5.11
    python make.py

The first line tells which versions wrote the file. Every other line is one number of one
tool on one set of queries, with the conventions the tool follows; a test replays them.
Scores are multiples of 1/64, because trec_eval keeps them as 32-bit floats.
"""
import json
import platform
import random
from importlib.metadata import version
from pathlib import Path

import ir_measures
import lightgbm
import numpy as np
import pytrec_eval
from ir_measures import AP, RR, R, nDCG
from sklearn.metrics import average_precision_score, ndcg_score, roc_auc_score

SEED = 20260114
PACKAGES = ["lightgbm", "scikit-learn", "ir-measures", "pytrec-eval-terrier", "numpy"]


def query(rng, size, levels, top_grade, positives):
    """A query whose scores take `levels` different values, so that few levels make ties."""
    values = rng.sample(range(1, 64 * 8), levels)
    grades = [rng.randint(1, top_grade) for _ in range(positives)] + [0] * (size - positives)
    rng.shuffle(grades)
    scores = values + [rng.choice(values) for _ in range(size - levels)]
    rng.shuffle(scores)
    return {"scores": [score / 64 for score in scores], "grades": grades}


def query_sets():
    rng = random.Random(SEED)
    return {
        "untied": [query(rng, n, n, 1, p) for n, p in [(12, 3), (20, 1), (7, 7), (15, 5)]],
        "untied_graded": [query(rng, n, n, 4, p) for n, p in [(18, 6), (11, 2), (9, 8)]],
        "tied": [query(rng, n, 4, 1, p) for n, p in [(14, 4), (10, 1), (16, 9)]],
        "tied_graded": [query(rng, n, 5, 3, p) for n, p in [(17, 6), (12, 3)]],
        "all_tied": [query(rng, 10, 1, 2, 4)],
        "without_positives": [query(rng, n, n, 2, p) for n, p in [(8, 3), (6, 0), (13, 2)]],
    }


def docno(row):
    """trec_eval breaks ties by descending document number: the first row gets the last one."""
    return f"d{9999 - row:04d}"


def trec(queries):
    """Qrels and run in trec_eval's shape."""
    qrels = {f"q{i:02d}": {docno(r): g for r, g in enumerate(q["grades"])} for i, q in enumerate(queries)}
    run = {f"q{i:02d}": {docno(r): s for r, s in enumerate(q["scores"])} for i, q in enumerate(queries)}
    return qrels, run


def from_pytrec_eval(queries):
    qrels, run = trec(queries)
    measures = {"ndcg": ("ndcg", None), "map": ("average_precision", None), "recip_rank": ("reciprocal_rank", None)}
    for k in (1, 3, 5, 10):
        measures[f"ndcg_cut_{k}"] = ("ndcg", k)
        measures[f"recall_{k}"] = ("recall", k)
    answer = pytrec_eval.RelevanceEvaluator(qrels, set(measures)).evaluate(run)
    for name, (metric, k) in measures.items():
        yield metric, k, "linear", [answer[q][name] for q in sorted(answer)]


def from_ir_measures(queries):
    qrels, run = trec(queries)
    measures = {nDCG @ 4: ("ndcg", 4), AP: ("average_precision", None), RR: ("reciprocal_rank", None), R @ 4: ("recall", 4)}
    found = {measure: {} for measure in measures}
    for row in ir_measures.iter_calc(list(measures), qrels, run):
        found[row.measure][row.query_id] = row.value
    for measure, (metric, k) in measures.items():
        yield metric, k, "linear", [found[measure][q] for q in sorted(found[measure])]


def from_scikit_learn(queries):
    for k in (1, 3, 5, None):
        yield "ndcg", k, "linear", [ndcg_score([q["grades"]], [q["scores"]], k=k) for q in queries]
    classes = [({g > 0 for g in q["grades"]}, [g > 0 for g in q["grades"]], q["scores"]) for q in queries]
    if all(len(found) == 2 for found, _, _ in classes):
        yield "auc", None, "linear", [roc_auc_score(y, s) for _, y, s in classes]
    # On ties it counts a group of equal scores as one step, which is none of the three orders.
    if all(len(set(q["scores"])) == len(q["scores"]) and any(q["grades"]) for q in queries):
        yield "average_precision", None, "linear", [average_precision_score(y, s) for _, y, s in classes]


def from_lightgbm(queries):
    """Boosting on a constant feature cannot split, so the metric is that of the initial scores."""
    sizes = [len(q["grades"]) for q in queries]
    grades = np.array([g for q in queries for g in q["grades"]])
    scores = np.array([s for q in queries for s in q["scores"]])
    cuts = [1, 3, 5, max(sizes)]

    def evaluate(objective, metric, label, init_score, group=None):
        data = lightgbm.Dataset(np.ones((len(label), 1)), label, group=group, init_score=init_score)
        params = {"objective": objective, "metric": metric, "eval_at": cuts, "verbosity": -1, "num_threads": 1}
        return {name: value for _, name, value, _ in lightgbm.Booster(params, data).eval_train()}

    ndcg = evaluate("lambdarank", "ndcg", grades, scores, sizes)
    for k in cuts:
        yield "ndcg", k, "exponential", ndcg[f"ndcg@{k}"]
    # Cut at the longest list, average precision is not cut at all.
    found = evaluate("lambdarank", "map", (grades > 0).astype(int), scores, sizes)
    yield "average_precision", None, "exponential", found[f"map@{max(sizes)}"]
    classes = [([int(g > 0) for g in q["grades"]], q["scores"]) for q in queries]
    if all(len(set(y)) == 2 for y, _ in classes):
        yield "auc", None, "exponential", [evaluate("binary", "auc", y, s)["auc"] for y, s in classes]


TOOLS = {
    "pytrec_eval": (from_pytrec_eval, "by_id", "zero"),
    "ir_measures": (from_ir_measures, "by_id", "zero"),
    "scikit-learn": (from_scikit_learn, "averaged", "zero"),
    "lightgbm": (from_lightgbm, "by_id", "one"),
}


def coverage_and_gini():
    """Plain definitions in NumPy: no tool at hand has them. Gini by its mean absolute difference."""
    rng = random.Random(SEED + 1)
    for catalogue, lists, length, k in [(10, 4, 5, 3), (30, 12, 10, 10), (7, 1, 7, 7), (25, 9, 6, 2)]:
        shown = [rng.sample(range(catalogue), length) for _ in range(lists)]
        times = np.zeros(catalogue)
        for one in shown:
            times[one[:k]] += 1
        gini = np.abs(times[:, None] - times[None, :]).sum() / (2 * catalogue * times.sum())
        yield {"lists": shown, "catalogue": catalogue, "k": k, "coverage": float((times > 0).mean()), "gini": float(gini)}


def main():
    rows = [{"provenance": {"made_by": "make.py", "seed": SEED, "python": platform.python_version(),
                            "packages": {name: version(name) for name in PACKAGES}}}]
    for name, queries in query_sets().items():
        rows.append({"queries": name, "rows": queries})
        for tool, (measure, ties, no_positives) in TOOLS.items():
            for metric, k, gain, value in measure(queries):
                field = "per_query" if isinstance(value, list) else "mean"
                value = [float(v) for v in value] if isinstance(value, list) else float(value)
                # A tie in the area under the curve is one half in every tool.
                rows.append({"on": name, "tool": tool, "metric": metric, "k": k, "gain": gain,
                             "ties": "averaged" if metric == "auc" else ties,
                             "no_positives": no_positives, field: value})
    rows += [{"exposure": case} for case in coverage_and_gini()]
    text = "".join(json.dumps(row, separators=(",", ":")) + "\n" for row in rows)
    Path(__file__).with_name("vectors.ndjson").write_text(text)


if __name__ == "__main__":
    main()
