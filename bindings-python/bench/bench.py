"""What the package costs: one pair, and a whole ranking beside NumPy and Polars, in one run.

Run it with an environment that has the wheel, NumPy and Polars:
`~/.cache/sponsorfit/python/bin/python bindings-python/bench/bench.py`.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
import time
import timeit
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import numpy as np
import polars as pl

from sponsorfit import AudienceInsights, Catalog, Event, Scorer, SponsorProfile

PEERS = Path(__file__).resolve().parents[2] / "benches" / "peers" / "peers.py"
PAIR: tuple[dict[str, Any], dict[str, Any], dict[str, Any]] = (
    {
        "sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
        "annual_budget_cents": 5_000_000,
        "preferred_categories": ["music", "food", "art"],
        "regions": ["US", "CA", "MX"],
    },
    {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "categories": ["Music"], "regions": ["US"]},
    {
        "event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001",
        "engagement_score": 0.8,
        "ticket_conversion_rate": 0.1,
        "geo_distribution": {"US": 800, "CA": 150, "BR": 50},
    },
)


def best(work: Any, number: int = 1, repeat: int = 7, cores: int = 1) -> float:
    """Return the shortest time of one call, in seconds, as if no one else used the machine.

    The processor time is spread over the cores that work, unless the clock on the wall says less.
    """
    wall = min(timeit.repeat(work, number=number, repeat=repeat))
    processor = min(timeit.repeat(work, number=number, repeat=repeat, timer=time.process_time))
    return min(wall, processor / cores) / number


def masks(draw: np.random.Generator, rows: int, labels: int, each: int) -> np.ndarray:
    chosen = np.argsort(draw.random((rows, labels)), axis=1)[:, :each].astype(np.uint64)
    return np.bitwise_or.reduce(np.uint64(1) << chosen, axis=1)


def columns(seed: int, rows: int) -> dict[str, np.ndarray]:
    """3 of 48 categories and 2 of 40 regions a row, as the engine's own benches have."""
    draw = np.random.default_rng(seed)
    return {
        "categories": masks(draw, rows, 48, 3),
        "regions": masks(draw, rows, 40, 2),
        "budget": draw.integers(1, 20_000_000, rows, dtype=np.uint64),
        "engagement": draw.random(rows),
        "conversion": draw.random(rows),
    }


def frame(own: dict[str, np.ndarray], side: str, first: int) -> pl.DataFrame:
    names = lambda mask, kind: [f"{kind}{bit}" for bit in range(64) if mask >> bit & 1]
    count = len(own["budget"])
    ids = [str(UUID(int=first + at)) for at in range(count)]
    labels = {kind: [names(mask, kind[0]) for mask in own[kind].tolist()] for kind in ("categories", "regions")}
    if side == "sponsor":
        named = {"preferred_categories": labels["categories"], "annual_budget_cents": own["budget"].astype(np.int64)}
        return pl.DataFrame({"sponsor_id": ids, "regions": labels["regions"]} | named)
    return pl.DataFrame({"event_id": ids} | labels)


def main() -> None:
    spec = importlib.util.spec_from_file_location("peers", PEERS)
    assert spec is not None
    assert spec.loader is not None
    peers = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(peers)

    rows: list[tuple[str, str]] = []
    scorer = Scorer()
    typed = SponsorProfile(PAIR[0]), Event(PAIR[1]), AudienceInsights(PAIR[2])
    rows.append(("one pair from dicts", f"{best(lambda: scorer.score(*PAIR), 20_000) * 1e6:.2f} µs"))
    rows.append(("one pair from typed objects", f"{best(lambda: scorer.score(*typed), 50_000) * 1e6:.2f} µs"))
    rows.append(("one explanation from typed objects", f"{best(lambda: scorer.explain(*typed), 2_000) * 1e6:.0f} µs"))

    count = 10_000
    own = {side: columns(seed, count) for seed, side in enumerate(("sponsor", "event"))}
    sponsors, events = frame(own["sponsor"], "sponsor", 1), frame(own["event"], "event", 1 << 64)
    insights = pl.DataFrame(
        {
            "event_id": events["event_id"],
            "engagement_score": own["event"]["engagement"],
            "ticket_conversion_rate": own["event"]["conversion"],
        }
    )
    rows.append(("a catalog of 10 k × 10 k from polars", f"{best(lambda: Catalog(sponsors, events, insights), repeat=3):.3f} s"))
    catalog = Catalog(sponsors, events, insights)
    ranked = catalog.rank("sponsor", 20)
    assert len(ranked) == 20 * count
    cores = os.cpu_count() or 1
    took = best(lambda: catalog.rank("sponsor", 20), repeat=9, cores=cores)
    engine = best(lambda: catalog._core.engine_seconds("sponsor", 20), repeat=9, cores=cores)
    rows.append(("its top 20 for each sponsor, as a polars frame", f"{took:.4f} s, {count * count / took / 1e9:.2f}·10⁹ pairs/s"))
    rows.append(("the engine's part of that", f"{engine:.4f} s: {engine / took:.0%}"))

    for name, top in (("counts", peers.numpy_counts_top), ("one folded matrix product", peers.numpy_folded_top)):
        numpy, _, (_, scores) = peers.best_of(2, lambda top=top: top(own["sponsor"], own["event"]))
        same = np.abs(ranked["score"].to_numpy().reshape(count, 20) - scores).max()
        assert same < 1e-12, same
        rows.append((f"the same in NumPy, {name}", f"{numpy:.2f} s: {numpy / took:.0f} times as long"))

    few = {side: {name: column[:size] for name, column in own[side].items()} for side, size in (("sponsor", 500), ("event", 2_000))}
    frames = peers.frames(few["sponsor"], few["event"])
    polars, *_ = peers.best_of(1, lambda: peers.polars_top(*frames))
    part = Catalog(sponsors.head(500), events.head(2_000), insights.head(2_000))
    small = best(lambda: part.rank("sponsor", 20), repeat=9, cores=cores)
    rows.append(("500 × 2 k in Polars", f"{polars:.2f} s: {polars / small:.0f} times as long as here ({small * 1e3:.1f} ms)"))

    print(f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, {platform.machine()}, Python {sys.version.split()[0]}\n")
    print("| what | measured |\n|---|---|")
    for name, measured in rows:
        print(f"| {name} | {measured} |")


if __name__ == "__main__":
    main()
