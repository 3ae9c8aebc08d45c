"""A made catalog, and what its rankings must be."""

from __future__ import annotations

import random
from typing import Any
from uuid import UUID

import polars as pl

from sponsorfit import Scorer

CATEGORIES = ["music", "food", "art", "tech", "sport", "Straße"]
REGIONS = ["US", "CA", "MX", "BR", "FR", "DE"]


def made(count: int, seed: int = 7) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    draw = random.Random(seed)

    def some(names: list[str]) -> list[str]:
        return draw.sample(names, draw.randrange(len(names)))

    def maybe(value: Any) -> Any:
        return value if draw.random() < 0.8 else None

    def id() -> str:
        return str(UUID(int=draw.getrandbits(128)))

    sponsors = [
        {
            "sponsor_id": id(),
            "annual_budget_cents": maybe(draw.randrange(10_000_000)),
            "preferred_categories": maybe(some(CATEGORIES)),
            "regions": maybe(some(REGIONS)),
            "brand_objectives": {"keywords": some(CATEGORIES), "goals": []},
        }
        for _ in range(count)
    ]
    events = [
        {
            "event_id": id(),
            "categories": maybe(some(CATEGORIES)),
            "regions": some(REGIONS),
            "start_at": maybe(f"2026-{draw.randrange(1, 13):02}-01"),
            "min_price_cents": maybe(draw.randrange(1_000_000)),
        }
        for _ in range(count)
    ]
    insights = [
        {
            "event_id": event["event_id"],
            "geo_distribution": {region: draw.randrange(1000) for region in some(REGIONS)},
            "engagement_score": maybe(draw.random()),
            "ticket_conversion_rate": maybe(draw.random()),
        }
        for event in events
        if draw.random() < 0.8
    ]
    return sponsors, events, insights


SPONSORS, EVENTS, INSIGHTS = made(40)
MATCHES = {
    (sponsor["sponsor_id"], event["event_id"]): Scorer().score(
        sponsor, event, next((row for row in INSIGHTS if row["event_id"] == event["event_id"]), None)
    )
    for sponsor in SPONSORS
    for event in EVENTS
}


def expected(for_each: str, k: int) -> list[tuple[str, str, int, float]]:
    rows = []
    for anchor in SPONSORS if for_each == "sponsor" else EVENTS:
        own = [match for pair, match in MATCHES.items() if pair[for_each == "event"] == anchor[f"{for_each}_id"]]
        other = "event_id" if for_each == "sponsor" else "sponsor_id"
        own.sort(key=lambda match: (-match.score, getattr(match, other)))
        rows += [(match.sponsor_id, match.event_id, at, match.score) for at, match in enumerate(own[:k], 1)]
    return rows


def told(table: Any) -> list[tuple[str, str, int, float]]:
    rows = pl.DataFrame(table).select("sponsor_id", "event_id", "rank", "score").rows()
    return [tuple(row) for row in rows]  # type: ignore[misc]
