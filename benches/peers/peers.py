"""The same ranking in NumPy, DuckDB and Polars, on the same rows, with the same result.

Prints lines `name value unit`, as our own half does. Rows are columns of
8-byte little-endian numbers in a folder that `peers rows` wrote.
"""

import os
import sys
import time
from pathlib import Path

import numpy as np

K = 20
CATEGORIES, REGIONS = 48, 40


def read(folder: Path, side: str) -> dict[str, np.ndarray]:
    column = lambda name, kind: np.fromfile(folder / f"{side}.{name}", kind)
    return {
        "categories": column("categories", "<u8"),
        "regions": column("regions", "<u8"),
        "budget": column("budget", "<u8"),
        "engagement": column("engagement", "<f8"),
        "conversion": column("conversion", "<f8"),
    }


def bits(masks: np.ndarray, count: int) -> np.ndarray:
    return (masks[:, None] >> np.arange(count, dtype=np.uint64)) & np.uint64(1)


def best_of(times: int, work):
    """Returns the shortest time, as if no one else used the machine, and the shortest by the clock on the wall.

    The processor time is spread over all cores, unless the clock on the wall
    says less: threads that wait in a loop take processor time too.
    """
    best, on_the_wall, cores = float("inf"), float("inf"), os.cpu_count()
    for _ in range(times):
        wall, processor = time.perf_counter(), time.process_time()
        result = work()
        wall, processor = time.perf_counter() - wall, time.process_time() - processor
        best, on_the_wall = min(best, wall, processor / cores), min(on_the_wall, wall)
    return best, on_the_wall, result


def numpy_counts_top(sponsors, events) -> tuple[np.ndarray, np.ndarray]:
    """Matrix products count the matches, the formula is applied to them, argpartition takes the best."""
    sets = lambda rows, name, count: bits(rows[name], count).astype(np.float32)
    wanted, regions = sets(sponsors, "categories", CATEGORIES), sets(sponsors, "regions", REGIONS)
    of_events = sets(events, "categories", CATEGORIES).T.copy(), sets(events, "regions", REGIONS).T.copy()
    budget = sponsors["budget"] / (sponsors["budget"] + 100_000.0)
    quality = 0.7 * events["engagement"] + 0.3 * events["conversion"]
    ids, scores = [], []
    for first in range(0, len(budget), 500):
        part = slice(first, first + 500)
        size = lambda of: of[part].sum(axis=1, dtype=np.float64)[:, None]
        categories = (wanted[part] @ of_events[0]) / size(wanted)
        geo = (regions[part] @ of_events[1]) / size(regions)
        score = 0.25 * budget[part, None] + 0.35 * (0.6 * categories + 0.4 * geo) + 0.15 * geo
        score += 0.15 * quality + 0.10 * 0.5
        best(score, ids, scores)
    return np.vstack(ids), np.vstack(scores)


def best(score: np.ndarray, ids: list, scores: list) -> None:
    best = np.argpartition(score, -K, axis=1)[:, -K:]
    of_best = np.take_along_axis(score, best, axis=1)
    order = np.argsort(-of_best, axis=1, kind="stable")
    ids.append(np.take_along_axis(best, order, axis=1))
    scores.append(np.take_along_axis(of_best, order, axis=1))


def numpy_folded_top(sponsors, events) -> tuple[np.ndarray, np.ndarray]:
    """The weights are folded into one matrix product, which gives all scores."""
    wanted, regions = bits(sponsors["categories"], CATEGORIES), bits(sponsors["regions"], REGIONS)
    budget = sponsors["budget"] / (sponsors["budget"] + 100_000.0)
    of_sponsors = np.hstack(
        [
            wanted * (0.35 * 0.6 / wanted.sum(axis=1, keepdims=True)),
            regions * ((0.35 * 0.4 + 0.15) / regions.sum(axis=1, keepdims=True)),
            np.ones((len(budget), 1)),
        ]
    )
    quality = 0.7 * events["engagement"] + 0.3 * events["conversion"]
    of_events = np.hstack(
        [
            bits(events["categories"], CATEGORIES),
            bits(events["regions"], REGIONS),
            (0.15 * quality)[:, None],
        ]
    ).astype(np.float64).T.copy()
    ids, scores = [], []
    for first in range(0, len(of_sponsors), 500):
        score = of_sponsors[first : first + 500] @ of_events
        score += (0.25 * budget[first : first + 500] + 0.10 * 0.5)[:, None]
        best(score, ids, scores)
    return np.vstack(ids), np.vstack(scores)


SCORE = """
    0.25e0 * s.budget / (s.budget + 100000e0)
  + 0.35e0 * (0.6e0 * len(list_intersect(s.categories, e.categories)) / len(s.categories)
            + 0.4e0 * len(list_intersect(s.regions, e.regions)) / len(s.regions))
  + 0.15e0 * len(list_intersect(s.regions, e.regions)) / len(s.regions)
  + 0.15e0 * (0.7e0 * e.engagement + 0.3e0 * e.conversion) + 0.1e0 * 0.5e0
"""


def labels(masks: np.ndarray) -> list[list[int]]:
    return [[bit for bit in range(64) if mask >> bit & 1] for mask in masks.tolist()]


def frames(sponsors, events):
    import polars as pl

    make = lambda rows: pl.DataFrame(
        {
            "id": np.arange(len(rows["budget"])),
            "categories": labels(rows["categories"]),
            "regions": labels(rows["regions"]),
            "budget": rows["budget"].astype(np.float64),
            "engagement": rows["engagement"],
            "conversion": rows["conversion"],
        },
        schema_overrides={"categories": pl.List(pl.Int32), "regions": pl.List(pl.Int32)},
    )
    return make(sponsors), make(events)


def duckdb_top(sponsors, events) -> np.ndarray:
    import duckdb

    of_sponsors, of_events = (frame.to_arrow() for frame in (sponsors, events))
    query = f"SELECT s.id, max({SCORE}, {K}) AS best FROM of_sponsors s, of_events e GROUP BY s.id ORDER BY s.id"
    best = duckdb.sql(query).fetchall()
    return np.array([row[1] for row in best])


def polars_top(sponsors, events) -> np.ndarray:
    import polars as pl

    shared = lambda name: pl.col(name).list.set_intersection(pl.col(f"{name}_right")).list.len()
    geo = shared("regions") / pl.col("regions").list.len()
    score = (
        0.25 * (pl.col("budget") / (pl.col("budget") + 100_000.0))
        + 0.35 * (0.6 * (shared("categories") / pl.col("categories").list.len()) + 0.4 * geo)
        + 0.15 * geo
        + 0.15 * (0.7 * pl.col("engagement_right") + 0.3 * pl.col("conversion_right"))
        + 0.10 * 0.5
    )
    best = []
    for part in sponsors.iter_slices(100):
        scored = part.lazy().join(events.lazy(), how="cross").select("id", score=score)
        best.append(scored.group_by("id").agg(pl.col("score").top_k(K)).collect())
    best = pl.concat(best).sort("id")
    return np.array([sorted(scores, reverse=True) for scores in best["score"].to_list()])


def check(name: str, scores: np.ndarray, folder: Path, ids: np.ndarray | None = None) -> None:
    """Compares scores, and identifiers where the engine gives them, with ours.

    The others add in another order, so a score may differ in its last bits, and
    two that differ in nothing else may change places.
    """
    ours = np.fromfile(folder / "top", [("id", "<u8"), ("score", "<f8")]).reshape(scores.shape)
    worst = float(np.abs(ours["score"] - scores).max())
    if worst > 1e-12:
        sys.exit(f"{name} ranks other scores: they differ by {worst}")
    if ids is not None:
        differ = ids != ours["id"]
        tied = np.isclose(np.roll(ours["score"], 1, axis=1), ours["score"], rtol=0, atol=1e-12)
        tied |= np.isclose(np.roll(ours["score"], -1, axis=1), ours["score"], rtol=0, atol=1e-12)
        tied[:, -1] = True  # the first that is left out may tie with the last that is kept
        if (differ & ~tied).any():
            sys.exit(f"{name} ranks other events")


def say(name: str, pairs: int, seconds: float, on_the_wall: float) -> None:
    print(f"{name} {pairs / seconds} pairs/s", flush=True)
    print(f"{name}_wall {pairs / on_the_wall} pairs/s", flush=True)


def main() -> None:
    kind, folder = sys.argv[1], Path(sys.argv[2])
    sponsors, events = read(folder, "sponsors"), read(folder, "events")
    pairs = len(sponsors["budget"]) * len(events["budget"])
    if kind == "numpy":
        from threadpoolctl import threadpool_info

        for name, work in {"numpy_counts": numpy_counts_top, "numpy_folded": numpy_folded_top}.items():
            seconds, on_the_wall, (ids, scores) = best_of(3, lambda: work(sponsors, events))
            check(name, scores, folder, ids)
            say(name, pairs, seconds, on_the_wall)
        info = [f"{pool['internal_api']} {pool.get('architecture', '')} {pool['num_threads']} threads" for pool in threadpool_info()]
        print("# NumPy", np.__version__, *info, file=sys.stderr)
    else:
        of_sponsors, of_events = frames(sponsors, events)
        work = {"duckdb": duckdb_top, "polars": polars_top}[kind]
        seconds, on_the_wall, scores = best_of(2, lambda: work(of_sponsors, of_events))
        check(kind, scores, folder)
        say(kind, pairs, seconds, on_the_wall)


if __name__ == "__main__":
    main()
