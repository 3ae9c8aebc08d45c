"""Results as tables: Arrow underneath, and whatever frame you like on top."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from . import _display

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

    from . import _lowlevel


class Table:
    """Columns of a result. Any library that reads the Arrow PyCapsule interface takes it as it is.

    `polars.DataFrame(table)` and DuckDB read it without a copy. Identifiers are string views, which are
    written once for many rows; pyarrow has few functions for them, so that `to_arrow` makes strings of them.
    """

    __slots__ = ("_arrow",)

    def __init__(self, arrow: _lowlevel.Table) -> None:
        self._arrow = arrow

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        """Export the table as an Arrow stream."""
        return self._arrow.__arrow_c_stream__(requested_schema)

    def __arrow_c_schema__(self) -> object:
        """Export the schema."""
        return self._arrow.__arrow_c_schema__()

    @property
    def column_names(self) -> list[str]:
        """The names of the columns."""
        return self._arrow.column_names

    @property
    def metadata(self) -> dict[str, str]:
        """What holds for the whole table: `config_fingerprint`, and `insufficient` where pairs may lack a score."""
        return self._arrow.metadata

    @property
    def insufficient(self) -> int:
        """How many pairs have no score, because too little is known of them."""
        return int(self.metadata.get("insufficient", "0"))

    def __len__(self) -> int:
        return len(self._arrow)

    def to_arrow(self) -> pa.Table:
        """Return a `pyarrow.Table`, whose texts are strings."""
        import pyarrow as pa

        table = pa.table(self)
        string = pa.string()
        fields = [field.with_type(string) if pa.types.is_string_view(field.type) else field for field in table.schema]
        return table.cast(pa.schema(fields, metadata=table.schema.metadata))

    def to_polars(self) -> pl.DataFrame:
        """Return a `polars.DataFrame`."""
        import polars as pl

        return pl.DataFrame(self)

    def to_pandas(self) -> pd.DataFrame:
        """Return a `pandas.DataFrame`; needs pyarrow too."""
        return self.to_arrow().to_pandas()

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return a list of a dict a row; needs no library."""
        rows: list[dict[str, Any]] = json.loads(self._arrow.json())
        return rows

    def __repr__(self) -> str:
        return f"Table({len(self)} rows: {', '.join(self.column_names)})"

    def _repr_html_(self) -> str:
        return _display.table_html(self.column_names, json.loads(self._arrow.json(10)), len(self))


def like(table: Table, library: str | None) -> Any:
    """Return a table as a frame of the library that the user's own rows came in."""
    # Not narwhals: what is made here is Arrow, which every library it knows reads from a `Table` itself,
    # and the package depends on nothing.
    match library:
        case "polars":
            return table.to_polars()
        case "pandas":
            return table.to_pandas()
        case "pyarrow":
            return table.to_arrow()
        case _:
            return table
