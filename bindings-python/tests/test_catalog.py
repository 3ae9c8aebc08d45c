"""Catalogs: every kind of source gives the same rows, and every ranking is the sorted scores."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import Any
from uuid import UUID

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet
import pytest

import sponsorfit
from sponsorfit import (
    AudienceInsights,
    Catalog,
    DuplicateIdError,
    Event,
    IgnoredFieldWarning,
    InsufficientDataError,
    InvalidValueError,
    Scorer,
    SponsorfitError,
    SponsorProfile,
    Table,
    UnknownIdError,
)

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


@pytest.mark.parametrize("for_each", ["event", "sponsor"])
@pytest.mark.parametrize("threads", [None, 1, 3])
def test_rankings_are_the_sorted_scores(for_each: Any, threads: int | None) -> None:
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS)
    for k in (1, 7, 100):
        assert told(catalog.rank(for_each, k, threads=threads)) == expected(for_each, k)


def test_one_list_at_a_time() -> None:
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS)
    sponsor, event = SPONSORS[3]["sponsor_id"], EVENTS[5]["event_id"]
    assert told(catalog.top_events(sponsor, 5)) == [row for row in expected("sponsor", 5) if row[0] == sponsor]
    assert told(catalog.top_sponsors(UUID(event), 5)) == [row for row in expected("event", 5) if row[1] == event]
    with pytest.raises(UnknownIdError, match="no sponsor") as caught:
        catalog.top_events(event)
    assert isinstance(caught.value, LookupError)
    with pytest.raises(InvalidValueError, match="sponsor_id: `7` is not a UUID"):
        catalog.top_events(7)


def test_columns_of_a_ranking() -> None:
    table = Catalog(SPONSORS, EVENTS, INSIGHTS).rank(k=3)
    assert isinstance(table, Table)
    assert table.metadata == {"config_fingerprint": Scorer().fingerprint, "insufficient": "0"}
    assert len(table) == 120
    for row in table.to_dicts():
        match = MATCHES[row["sponsor_id"], row["event_id"]]
        for name in ("score", "lower", "upper", "coverage", "budget_fit", "categories", "geo", "geo_fit",
                     "engagement_quality", "objectives_similarity"):  # fmt: skip
            assert row[name] == getattr(match, name), name
    assert "the first 10 of 120 rows" in table._repr_html_()
    assert repr(table).startswith("Table(120 rows: sponsor_id, event_id, rank, score")
    assert table.to_polars().equals(pl.DataFrame(table.to_pandas()).cast(table.to_polars().schema))


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


def test_pairs() -> None:
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS)
    pairs = [(UUID(sponsor["sponsor_id"]), event["event_id"]) for sponsor, event in zip(SPONSORS, EVENTS, strict=True)]
    rows = catalog.score_pairs(pairs).to_dicts()
    assert [row["score"] for row in rows] == [MATCHES[str(sponsor), event].score for sponsor, event in pairs]
    frame = pl.DataFrame(rows).select("event_id", "sponsor_id")
    assert catalog.score_pairs(frame).to_dicts() == rows
    assert catalog.score_pairs(rows).to_dicts() == rows
    assert catalog.score(*pairs[0]) == MATCHES[str(pairs[0][0]), pairs[0][1]]
    with pytest.raises(UnknownIdError):
        catalog.score_pairs([pairs[0][::-1]])


def test_all_pairs() -> None:
    table = Catalog(SPONSORS, EVENTS, INSIGHTS).score_all(["score", "coverage", "audience_overlap.geo"])
    rows = pl.DataFrame(table)
    assert rows.select("sponsor_id", "event_id").rows() == list(MATCHES)
    assert rows["score"].to_list() == [match.score for match in MATCHES.values()]
    assert rows["coverage"].to_list() == [match.coverage for match in MATCHES.values()]
    assert rows["audience_overlap.geo"].to_list() == [match.geo for match in MATCHES.values()]
    with pytest.raises(SponsorfitError, match="`scores` is not `score`"):
        Catalog(SPONSORS, EVENTS).score_all(["scores"])  # type: ignore[list-item]


def test_too_little_known() -> None:
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS, {"missing": {"policy": "renormalize"}, "min_coverage": 0.85})
    scorer = Scorer(catalog.config)
    known = [pair for pair, match in MATCHES.items() if match.coverage >= 0.85]
    table = catalog.rank("event", 100)
    assert len(table) == len(known)
    assert table.insufficient == len(MATCHES) - len(known)
    scored = catalog.score_all().to_dicts()
    assert [row["score"] is not None for row in scored] == [pair in known for pair in MATCHES]
    unknown = next(pair for pair in MATCHES if pair not in known)
    assert catalog.score_pairs([unknown]).to_dicts()[0]["score"] is None
    with pytest.raises(InsufficientDataError) as caught:
        catalog.score(*unknown)
    assert caught.value.missing
    assert scorer.fingerprint == catalog.fingerprint


def test_filters() -> None:
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS)
    everything = catalog.rank("event", 100).to_dicts()
    starts = {event["event_id"]: event["start_at"] for event in EVENTS}
    kept = [row for row in everything if (starts[row["event_id"]] or "") >= "2026-06-01" and row["score"] >= 0.5]
    ranked = catalog.rank("event", 100, starting_from="2026-06-01", min_score=0.5).to_dicts()
    assert [row["score"] for row in ranked] == [row["score"] for row in kept]
    named = {event["event_id"] for event in EVENTS if "art" in (event["categories"] or ())}
    assert {row["event_id"] for row in catalog.rank(categories=["ART"]).to_dicts()} == named
    rules = sponsorfit.Rules(region_required=True, on_unknown="drop")
    for row in catalog.rank(rules=rules).to_dicts():
        assert rules.check(catalog.sponsor(row["sponsor_id"]), *catalog.event(row["event_id"]))
    assert len(catalog.top_events(SPONSORS[0]["sponsor_id"], 100, min_score=0.5)) < 40
    with pytest.raises(TypeError, match="`least` is no filter"):
        catalog.top_events(SPONSORS[0]["sponsor_id"], least=0.5)
    with pytest.raises(InvalidValueError, match="min_score: 2 is not in 0"):
        catalog.rank(min_score=2)


def test_another_configuration() -> None:
    catalog = Catalog(pl.DataFrame(SPONSORS), EVENTS, INSIGHTS)
    other = catalog.with_config({"overlap_reading": "reachable"})
    assert isinstance(other.rank(), pl.DataFrame)
    assert other.fingerprint != catalog.fingerprint
    assert told(other.rank()) == told(Catalog(SPONSORS, EVENTS, INSIGHTS, {"overlap_reading": "reachable"}).rank())


def test_a_callable_ranks_on_this_thread() -> None:
    threads = set()

    def alike(sponsor: SponsorProfile, _event: Event) -> float:
        threads.add(threading.get_ident())
        return int(sponsor.sponsor_id[0], 16) / 15

    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS, objectives=alike)
    scorer = Scorer(objectives=alike)
    for row in catalog.rank(k=3).to_dicts():
        assert row["score"] == scorer.score(catalog.sponsor(row["sponsor_id"]), *catalog.event(row["event_id"])).score
    assert threads == {threading.get_ident()}

    def broken(_sponsor: SponsorProfile, _event: Event) -> float:
        raise ZeroDivisionError

    for ask in (Catalog.rank, Catalog.score_all, lambda own: own.top_events(SPONSORS[0]["sponsor_id"])):
        with pytest.raises(ZeroDivisionError):
            ask(Catalog(SPONSORS, EVENTS, objectives=broken))


def test_progress(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[tuple[int, int]] = []
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS)
    catalog.rank(progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (40, 40)
    catalog.rank(progress=True)
    assert capsys.readouterr().err.endswith(f"{'█' * 24} 40 of 40\n")


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


LONG = """
    import sponsorfit, sys
    from uuid import UUID
    import random
    draw = random.Random(1)
    def ids(name, start):
        labels = [f"l{at}" for at in range(64)]
        return [{name: str(UUID(int=start + at)), fields[0]: draw.sample(labels, 12), fields[1]: draw.sample(labels, 12),
                 "objectives_embedding": [draw.random() for _ in range(64)]} for at in range(6000)]
    fields = ("preferred_categories", "regions")
    sponsors = ids("sponsor_id", 1)
    fields = ("categories", "regions")
    events = ids("event_id", 1 << 64)
    catalog = sponsorfit.Catalog(sponsors, events, config={"objectives": {"kind": "embedding", "dimension": 64}})
    print("ready", flush=True)
    while True:
        getattr(catalog, sys.argv[1])()
"""


def interrupted(work: str) -> float:
    """Press Ctrl-C during long work, and return the seconds until the exception is there."""
    command = [sys.executable, "-P", "-c", textwrap.dedent(LONG), work]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.5)
        pressed = time.monotonic()
        process.send_signal(signal.SIGINT)
        first = process.stderr.readline()
        took = time.monotonic() - pressed
        assert "Traceback" in first
        assert "KeyboardInterrupt" in process.stderr.read()
        assert process.wait(timeout=60) != 0
    return took


@pytest.mark.parametrize("work", ["rank", "score_all"])
def test_ctrl_c_ends_long_work_at_once(work: str) -> None:
    # A machine that others use may be late once, not every time.
    assert any(interrupted(work) < 0.2 for _ in range(4))


def test_the_interpreter_is_released() -> None:
    catalog = Catalog(*made(1500, seed=3))
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    ticking = threading.Thread(target=tick)
    ticking.start()
    before = time.monotonic()
    while time.monotonic() - before < 0.3:
        catalog.rank()
    done.set()
    ticking.join()
    assert ticks > 20


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
