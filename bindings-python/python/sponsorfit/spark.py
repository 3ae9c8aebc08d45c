"""Rankings on Spark: `pip install sponsorfit[spark]`. The pairs and the bits are those of a local `Catalog`.

Events are sent to every executor once, sponsors stay in their partitions. A list for a sponsor needs no
other sponsor, so each partition ranks its own; a list for an event is the best of the best of all
partitions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Unpack

    import pyarrow as pa
    from pyspark.sql import DataFrame

    from ._catalog import Filters
    from .types import ConfigLike

__all__ = ["rank"]

SCHEMA = (
    "sponsor_id string, event_id string, rank int, score double, lower double, upper double, coverage double, "
    "budget_fit double, categories double, geo double, geo_fit double, engagement_quality double, "
    "objectives_similarity double"
)


def rank(
    sponsors: DataFrame,
    events: DataFrame,
    k: int = 20,
    *,
    insights: DataFrame | None = None,
    config: ConfigLike | None = None,
    for_each: Literal["sponsor", "event"] = "sponsor",
    **filters: Unpack[Filters],
) -> DataFrame:
    """Return the `k` best of the other side for every sponsor, or for every event.

    Args:
        sponsors: The rows of `sponsor_profiles`; their partitions are ranked one by one, so a
            partition must fit into an executor's memory.
        events: The rows of `events`; they must fit into the driver's memory, and each executor's.
        k: How many to return at most for each.
        insights: The rows of `event_audience_insights`.
        config: A `ScoringConfig`, a dict or JSON text.
        for_each: Whose lists these are.
        **filters: As `Catalog.rank` takes them.

    Returns:
        The columns of `Catalog.rank`, in no particular order.
    """
    from pyspark.sql import Window
    from pyspark.sql import functions as F

    from . import ScoringConfig

    session = sponsors.sparkSession
    shared = session.sparkContext.broadcast(
        (_bytes(events), None if insights is None else _bytes(insights), ScoringConfig(config).to_json())
    )

    def ranked(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        import pyarrow as pa

        from sponsorfit import Catalog

        own = list(batches)
        if not own:
            return
        events, insights, config = shared.value
        catalog = Catalog(pa.Table.from_batches(own), _table(events), _table(insights), config)
        # Spark runs a task a core.
        table = catalog.rank(for_each, k, threads=1, **filters)
        at = table.schema.get_field_index("rank")
        yield from table.set_column(at, "rank", table["rank"].cast(pa.int32())).to_batches()

    parts = sponsors.mapInArrow(ranked, SCHEMA)
    if for_each == "sponsor":
        return parts
    # The order of a ranking: ids are lower-case text, whose order is that of their bytes.
    order = Window.partitionBy("event_id").orderBy(F.desc("score"), F.asc("sponsor_id"))
    best = parts.withColumn("rank", F.row_number().over(order))
    return best.where(best["rank"] <= k)


def _bytes(frame: DataFrame) -> bytes:
    import pyarrow as pa

    table = frame.toArrow()
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema) as writer:
        writer.write_table(table)
    written: bytes = sink.getvalue().to_pybytes()
    return written


def _table(data: bytes | None) -> Any:
    import pyarrow as pa

    return None if data is None else pa.ipc.open_stream(data).read_all()
