"""Spark with executors of their own, Dask and Ray with processes: the results are the local ones, bit for bit."""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pyarrow as pa
import pytest

from sponsorfit import Catalog

CATEGORIES = ["music", "food", "art", "tech", "sport"]
REGIONS = ["US", "CA", "MX", "BR", "FR"]
SPONSOR = pa.schema([("sponsor_id", pa.string()), ("annual_budget_cents", pa.int64()),
                     ("preferred_categories", pa.list_(pa.string())), ("regions", pa.list_(pa.string()))])  # fmt: skip


def made() -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    draw = random.Random(11)

    def some(names: list[str]) -> list[str]:
        return draw.sample(names, draw.randrange(len(names)))

    def id() -> str:
        return str(UUID(int=draw.getrandbits(128)))

    sponsors = [
        {"sponsor_id": id(), "annual_budget_cents": draw.randrange(10_000_000),
         "preferred_categories": some(CATEGORIES), "regions": some(REGIONS)}
        for _ in range(300)
    ]  # fmt: skip
    events = [{"event_id": id(), "categories": some(CATEGORIES), "regions": some(REGIONS)} for _ in range(120)]
    insights = [{"event_id": one["event_id"], "engagement_score": draw.random()} for one in events[:80]]
    return sponsors, events, insights


SPONSORS, EVENTS, INSIGHTS = made()


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    """Two executors in processes of their own, one core and one gigabyte each."""
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "SPARK_LOCAL_IP": "127.0.0.1"}
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("sponsorfit")
    for name, value in {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "3",
    }.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.mark.parametrize("for_each", ["sponsor", "event"])
def test_spark_ranks_as_one_process_does(session: Any, for_each: Any) -> None:
    from sponsorfit import spark

    config = {"overlap_reading": "reachable"}
    frame = session.createDataFrame(pa.Table.from_pylist(SPONSORS, SPONSOR)).repartition(5)
    events = session.createDataFrame(pa.Table.from_pylist(EVENTS))
    insights = session.createDataFrame(pa.Table.from_pylist(INSIGHTS))
    ranked = spark.rank(frame, events, 7, insights=insights, config=config, for_each=for_each, min_score=0.3)
    assert frame.rdd.getNumPartitions() == 5
    order = [f"{for_each}_id", "rank"]
    there = ranked.toArrow().to_pandas().sort_values(order).reset_index(drop=True)
    here = Catalog(SPONSORS, EVENTS, INSIGHTS, config).rank(for_each, 7, min_score=0.3).to_pandas()
    here = here.astype({"rank": "int32"}).sort_values(order).reset_index(drop=True)
    assert len(here) > 100
    assert there.equals(here)


def test_dask_ranks_as_one_process_does() -> None:
    import dask
    import dask.dataframe as dd

    # Inside the test, so that it travels to the workers with all it needs.
    def best(part: Any, events: list[dict[str, Any]]) -> Any:
        from sponsorfit import Catalog

        return Catalog(part, events).rank("sponsor", 5).astype({"rank": "int64"})

    dask.config.set({"dataframe.convert-string": False})
    local = pa.Table.from_pylist(SPONSORS, SPONSOR).to_pandas()
    here = best(local, EVENTS)
    frame = dd.from_pandas(local, npartitions=4, sort=False)
    there = frame.map_partitions(best, EVENTS, meta=here.head(0)).compute(scheduler="processes", num_workers=2)
    order = ["sponsor_id", "rank"]
    assert there.sort_values(order).reset_index(drop=True).equals(here.sort_values(order).reset_index(drop=True))


@pytest.mark.filterwarnings("ignore")
def test_ray_ranks_as_one_process_does() -> None:
    import ray

    def best(part: pa.Table, events: list[dict[str, Any]]) -> pa.Table:
        from sponsorfit import Catalog

        return Catalog(part, events).rank("sponsor", 5)

    local = pa.Table.from_pylist(SPONSORS, SPONSOR)
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, _node_ip_address="127.0.0.1")
    try:
        data = ray.data.from_arrow(local).repartition(4)
        ranked = data.map_batches(best, fn_kwargs={"events": EVENTS}, batch_format="pyarrow", batch_size=50)
        there = pa.concat_tables(ray.get(ranked.to_arrow_refs()))
    finally:
        ray.shutdown()
    order = [("sponsor_id", "ascending"), ("rank", "ascending")]
    here = best(local, EVENTS).sort_by(order)
    assert len(here) == 5 * len(SPONSORS)
    assert there.sort_by(order).replace_schema_metadata(None).equals(here.replace_schema_metadata(None))
