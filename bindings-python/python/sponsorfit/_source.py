"""What a user gives as rows: frames, files, lists and columns."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_GZIP = b"\x1f\x8b"


def source(given: Any) -> tuple[str, Any]:
    """Return the kind of a source, and what the compiled half reads of it."""
    if given is None:
        return "none", None
    if isinstance(given, str | os.PathLike):
        return _file(Path(given))
    if library(given) == "polars" and hasattr(given, "collect"):
        given = given.collect()
    if library(given) == "polars" and "Null" in str(getattr(given, "schema", "")):
        # polars exports columns without a type in a form that strict readers of Arrow refuse.
        return "rows", given.iter_rows(named=True)
    if hasattr(given, "__arrow_c_stream__"):
        return "arrow", given
    if hasattr(given, "arrow") and library(given) == "duckdb":
        return "arrow", given.arrow()
    if isinstance(given, Mapping):
        return "rows", _columns(given)
    if isinstance(given, Iterable):
        return "rows", given
    raise TypeError(
        f"rows are a frame, a path, a dict of columns or a list of dicts, not {type(given).__name__}"
    )


def library(given: Any) -> str | None:
    """Return the name of the library a frame belongs to."""
    root = type(given).__module__.partition(".")[0]
    if root.startswith("_duckdb"):
        root = "duckdb"
    return root if root in ("polars", "pandas", "pyarrow", "duckdb") else None


def _columns(columns: Mapping[str, Any]) -> Iterable[dict[str, Any]]:
    """Turn columns into rows; all must be as long as the first."""
    names = list(columns)
    for values in zip(*columns.values(), strict=True):
        yield dict(zip(names, values, strict=True))


def _file(path: Path) -> tuple[str, Any]:
    if path.suffix == ".parquet":
        return "arrow", _parquet(path)
    data = path.read_bytes()
    return "bytes", gzip.decompress(data) if data.startswith(_GZIP) else data


def _parquet(path: Path) -> Any:
    # A reader of our own would double the wheel; whoever has Parquet files has one of these.
    if find_spec("pyarrow"):
        import pyarrow.parquet

        return pyarrow.parquet.read_table(path)
    if find_spec("polars"):
        import polars

        return polars.read_parquet(path)
    raise ModuleNotFoundError("reading Parquet needs pyarrow or polars: pip install pyarrow")
