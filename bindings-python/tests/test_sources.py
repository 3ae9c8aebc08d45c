"""Every kind of source gives the same rows; wrong ones are told, none is lost."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest
from catalogs import EVENTS, INSIGHTS, SPONSORS, expected, told

from sponsorfit import (
    AudienceInsights,
    Catalog,
    DuplicateIdError,
    Event,
    IgnoredFieldWarning,
    InvalidValueError,
    SponsorProfile,
)


def frames(tmp_path: Path) -> dict[str, tuple[Any, Any, Any]]:
    """The same rows in every form."""
    geo = [row | {"geo_distribution": json.dumps(row["geo_distribution"])} for row in INSIGHTS]
    maps = pa.array([list(row["geo_distribution"].items()) for row in INSIGHTS], pa.map_(pa.string(), pa.int64()))
    arrow = [pa.Table.from_pylist(rows) for rows in (SPONSORS, EVENTS)]
    plain = pa.Table.from_pylist([{k: v for k, v in row.items() if k != "geo_distribution"} for row in INSIGHTS])
    mapped = plain.append_column("geo_distribution", maps)
    forms: dict[str, tuple[Any, Any, Any]] = {
        "dicts": (SPONSORS, EVENTS, INSIGHTS),
        "typed": (
            [SponsorProfile(row) for row in SPONSORS],
            (Event(row) for row in EVENTS),
            tuple(AudienceInsights(row) for row in INSIGHTS),
        ),
        "columns": tuple({name: [row[name] for row in rows] for name in rows[0]} for rows in (SPONSORS, EVENTS, INSIGHTS)),  # type: ignore[assignment]
        "polars": (pl.DataFrame(SPONSORS), pl.DataFrame(EVENTS).with_columns(pl.col("start_at").str.to_date()), pl.DataFrame(geo)),
        "polars structs": (pl.DataFrame(SPONSORS), pl.DataFrame(EVENTS).lazy(), pl.DataFrame(INSIGHTS)),
        "polars times": (
            pl.DataFrame(SPONSORS).with_columns(pl.col("preferred_categories").cast(pl.List(pl.Categorical))),
            pl.DataFrame(EVENTS).with_columns(pl.col("start_at").str.to_date().cast(pl.Datetime("ms", "UTC"))),
            pl.DataFrame(geo),
        ),
        "pyarrow": (arrow[0], arrow[1].to_reader(), mapped),
        "pandas": (pd.DataFrame(SPONSORS), pd.DataFrame(EVENTS), pd.DataFrame(geo)),
        "dictionaries": (
            pa.table(arrow[0]).set_column(0, "sponsor_id", arrow[0]["sponsor_id"].dictionary_encode()),
            arrow[1],
            pa.table({name: plain[name] for name in plain.column_names} | {"geo_distribution": [json.dumps(row["geo_distribution"]) for row in INSIGHTS]}),
        ),
        "large": (
            arrow[0].cast(pa.schema([pa.field(f.name, pa.large_list(pa.large_string())) if pa.types.is_list(f.type) else f for f in arrow[0].schema])),
            arrow[1],
            mapped,
        ),
    }  # fmt: skip
    names = ("sponsors", "events", "insights")
    ndjson = []
    for name, rows in zip(names, (SPONSORS, EVENTS, INSIGHTS), strict=True):
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (tmp_path / f"{name}.ndjson").write_text(text)
        (tmp_path / f"{name}.ndjson.gz").write_bytes(gzip.compress(text.encode()))
        pyarrow.parquet.write_table(pl.DataFrame(geo if name == "insights" else rows).to_arrow(), tmp_path / f"{name}.parquet")
        columns = {key: [json.dumps(row[key]) if isinstance(row[key], list | dict) else row[key] for row in rows] for key in rows[0]}
        pl.DataFrame(columns).write_csv(tmp_path / f"{name}.csv")
        ndjson.append(str(tmp_path / f"{name}.ndjson"))
    forms["ndjson"] = tuple(ndjson)  # type: ignore[assignment]
    for suffix in ("ndjson.gz", "csv", "parquet"):
        forms[suffix] = tuple(tmp_path / f"{name}.{suffix}" for name in names)  # type: ignore[assignment]
    # A frame whose columns are all text, as `read_csv` makes it without inference.
    forms["text"] = tuple(pl.read_csv(tmp_path / f"{name}.csv", infer_schema=False) for name in names)  # type: ignore[assignment]
    return forms


FORMS = ["dicts", "typed", "columns", "polars", "polars structs", "polars times", "pyarrow", "pandas", "dictionaries",
         "large", "ndjson", "ndjson.gz", "csv", "parquet", "text"]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_every_source_gives_the_same_rows(form: str, tmp_path: Path) -> None:
    forms = frames(tmp_path)
    assert set(forms) == set(FORMS)
    catalog = Catalog(*forms[form])
    assert told(catalog.rank("sponsor", 100)) == expected("sponsor", 100)


def test_duckdb() -> None:
    frame = pl.DataFrame(EVENTS)
    assert frame is not None
    catalog = Catalog(pl.DataFrame(SPONSORS), duckdb.sql("select * from frame"), INSIGHTS)
    assert told(catalog.rank("event", 3)) == expected("event", 3)


def test_a_frame_in_is_a_frame_out() -> None:
    for frame, kind in ((pl.DataFrame, pl.DataFrame), (pd.DataFrame, pd.DataFrame), (pa.Table.from_pylist, pa.Table)):
        catalog = Catalog(frame(SPONSORS), EVENTS)
        for table in (catalog.rank(), catalog.top_events(SPONSORS[0]["sponsor_id"]), catalog.score_all(),
                      catalog.rejects):  # fmt: skip
            assert isinstance(table, kind)


def test_wrong_rows_are_raised_with_their_row() -> None:
    wrong = [*SPONSORS[:3], SPONSORS[3] | {"regions": ["US", 7]}, *SPONSORS[4:]]
    with pytest.raises(InvalidValueError) as caught:
        Catalog(wrong, EVENTS)
    assert (caught.value.row, caught.value.path) == (3, "sponsors.regions[1]")
    frame = pl.DataFrame(SPONSORS).with_columns(annual_budget_cents=pl.lit(-5))
    with pytest.raises(InvalidValueError, match="row 0: sponsors.annual_budget_cents: -5 is not in 0"):
        Catalog(frame, EVENTS)
    with pytest.raises(DuplicateIdError, match="is already in row 2"):
        Catalog([*SPONSORS, SPONSORS[2]], EVENTS)


def test_wrong_rows_are_skipped_and_kept(tmp_path: Path) -> None:
    wrong = SPONSORS[3] | {"annual_budget_cents": -5, "reputation_score": float("nan")}
    rows = [*SPONSORS[:3], wrong, *SPONSORS[4:], SPONSORS[0], {"sponsor_id": "x"}, None, {}]
    catalog = Catalog(rows, EVENTS, on_error="skip")
    assert catalog.sponsor_count == len(SPONSORS) - 1
    told = [(row["row"], row["code"], row["path"]) for row in catalog.rejects.to_dicts()]
    end = len(SPONSORS)
    assert told == [
        (3, "out_of_range", "annual_budget_cents"),
        (3, "out_of_range", "reputation_score"),
        (end, "duplicate_id", "sponsor_id"),
        (end + 1, "invalid_value", "sponsor_id"),
        (end + 2, "wrong_type", ""),
        (end + 3, "missing_field", "sponsor_id"),
    ]
    path = tmp_path / "sponsors.ndjson"
    path.write_text("\n".join(json.dumps(row) for row in (SPONSORS[0], {"sponsor_id": 7})))
    rejects = Catalog(path, EVENTS, on_error="skip").rejects.to_dicts()
    assert [(row["table"], row["row"], row["path"]) for row in rejects] == [("sponsors", 2, "sponsor_id")]
    frame = pl.DataFrame(EVENTS).with_columns(min_price_cents=pl.lit(-1.5), regions=pl.lit("US"))
    rejects = Catalog(SPONSORS, frame, on_error="skip").rejects.to_dicts()
    assert {row["path"] for row in rejects} == {"min_price_cents", "regions"}
    assert len(rejects) == 2 * len(EVENTS)


def test_ignored_fields_are_told() -> None:
    with pytest.warns(IgnoredFieldWarning, match="sponsors.prefered_categories: ignored in 40 rows, did you mean"):
        catalog = Catalog(pl.DataFrame(SPONSORS).rename({"preferred_categories": "prefered_categories"}), EVENTS)
    assert catalog.ignored_fields == [
        {"table": "sponsors", "field": "prefered_categories", "count": 40, "nearest": "preferred_categories"}
    ]
    catalog = Catalog([row | {"created_at": 7} for row in SPONSORS], EVENTS)
    assert catalog.ignored_fields == [{"table": "sponsors", "field": "created_at", "count": 40, "nearest": None}]
    with pytest.warns(UserWarning, match="insights of 1 events that the catalog does not have"):
        Catalog(SPONSORS, EVENTS[1:], [row for row in INSIGHTS if row["event_id"] in (EVENTS[0]["event_id"], INSIGHTS[-1]["event_id"])] or INSIGHTS[:1])


def test_sources_that_are_none() -> None:
    with pytest.raises(TypeError, match="rows are a frame, a path"):
        Catalog(7, EVENTS)
    with pytest.raises(FileNotFoundError):
        Catalog("nowhere.ndjson", EVENTS)
    with pytest.raises(ValueError, match="argument 2 is"):
        Catalog({"sponsor_id": ["x"], "regions": []}, EVENTS)
    with pytest.raises(ValueError, match="on_error"):
        Catalog(SPONSORS, EVENTS, on_error="ignore")  # type: ignore[arg-type]
    empty = Catalog([], [])
    assert len(empty.rank()) == len(empty.score_all()) == 0


def test_a_catalog_of_numpy_vectors() -> None:
    vectors = np.random.default_rng(1).random((40, 8), dtype=np.float32)
    config = {"objectives": {"kind": "embedding", "dimension": 8}}
    sponsors = [row | {"objectives_embedding": vector} for row, vector in zip(SPONSORS, vectors, strict=True)]
    frame = pl.DataFrame(SPONSORS).with_columns(objectives_embedding=pl.Series(vectors.tolist(), dtype=pl.Array(pl.Float32, 8)))
    events = [row | {"objectives_embedding": vectors[at]} for at, row in enumerate(EVENTS)]
    assert told(Catalog(sponsors, events, config=config).rank()) == told(Catalog(frame, events, config=config).rank())
    with pytest.raises(InvalidValueError, match="row 0: sponsors.objectives_embedding: 8 components are not 9"):
        Catalog(frame, events, config={"objectives": {"kind": "embedding", "dimension": 9}})


def test_paths_may_be_relative(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sponsors.ndjson").write_text(json.dumps(SPONSORS[0]))
    monkeypatch.chdir(tmp_path)
    assert Catalog("sponsors.ndjson", EVENTS).sponsor_count == 1
    assert Catalog(os.fspath(tmp_path / "sponsors.ndjson"), EVENTS).sponsor_count == 1
