"""Rankings that fill several batches of columns."""

from __future__ import annotations

from typing import Any, Literal
from uuid import UUID

import polars as pl
import pyarrow as pa
import pytest

from sponsorfit import Catalog


def ids(first: int, count: int) -> list[str]:
    return [str(UUID(int=first + at)) for at in range(count)]


def frames(sponsors: int, events: int) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows of which some lack a budget, categories or regions, so that factors are left out."""
    labels = ["music", "food", "art", "sport", "code"]
    pick = lambda at, step: None if at % step == 0 else [labels[at % 5], labels[at % 3]]
    return (
        pl.DataFrame(
            {
                "sponsor_id": ids(1, sponsors),
                "annual_budget_cents": [None if at % 7 == 0 else at * 10_000 for at in range(sponsors)],
                "preferred_categories": [pick(at, 11) for at in range(sponsors)],
            }
        ),
        pl.DataFrame({"event_id": ids(1 << 64, events), "categories": [pick(at, 13) for at in range(events)]}),
    )


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return Catalog(*frames(60, 400), config={"missing": {"policy": "renormalize"}})


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("side", ["sponsor", "event"])
def test_it_is_the_sorted_scores(catalog: Catalog, side: Literal["sponsor", "event"], threads: int) -> None:
    ranked = catalog.rank(side, 400, threads=threads)
    own, other = f"{side}_id", "event_id" if side == "sponsor" else "sponsor_id"
    every = pl.DataFrame({"sponsor_id": ids(1, 60)}).join(pl.DataFrame({"event_id": ids(1 << 64, 400)}), how="cross")
    scored = catalog.score_pairs(every).filter(pl.col("score").is_not_null())
    scored = scored.sort(own, "score", other, descending=[False, True, False])
    assert ranked.drop("rank").equals(scored)
    assert ranked["rank"].equals(scored.select(pl.int_range(1, pl.len() + 1).over(own).alias("rank").cast(pl.UInt32))["rank"])
    assert 0 < ranked["budget_fit"].null_count() < ranked.height
    assert ranked.n_chunks() > 1


def test_a_result_stays_as_it_is_while_others_are_made(catalog: Catalog) -> None:
    first = catalog.rank("sponsor", 400)
    copy = first.to_dicts()
    for _ in range(3):
        catalog.rank("event", 60)
    assert first.to_dicts() == copy


def test_a_list_that_is_longer_than_a_batch() -> None:
    long = Catalog(*frames(2, 20_000))
    anchor = ids(2, 1)[0]
    ranked = long.top_events(anchor, 20_000)
    assert ranked["event_id"].n_unique() == 20_000
    assert ranked["rank"].to_list() == list(range(1, 20_001))
    both = long.rank("sponsor", 20_000)
    assert both.filter(pl.col("sponsor_id") == anchor).equals(ranked)


def test_pyarrow_gets_strings_that_it_can_sort(catalog: Catalog) -> None:
    sponsors, events = frames(5, 5)
    table: Any = Catalog(sponsors.to_arrow(), events.to_arrow()).rank("event", 5)
    assert table.schema.field("sponsor_id").type == pa.string()
    assert table.sort_by("event_id").num_rows == 25
    assert b"config_fingerprint" in table.schema.metadata
