"""A ranker that LightGBM trained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import _lowlevel
from ._columns import number

if TYPE_CHECKING:
    import os


class Ranker:
    """A ranker that LightGBM trained, read from its text. LightGBM itself is not needed.

    Rows are a frame with the model's features as columns, or numbers of shape (rows, features).
    """

    __slots__ = ("_core",)

    def __init__(self, text: str) -> None:
        self._core = _lowlevel.Ranker(text)

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Ranker:
        """Read a file that `Booster.save_model` wrote.

        Raises:
            SponsorfitError: with the line, when it is not a whole model of a supported kind.
        """
        return cls(Path(path).read_text(encoding="utf-8"))

    @property
    def feature_names(self) -> list[str]:
        """The names of the features, in the order of a row."""
        return self._core.feature_names

    @property
    def objective(self) -> str:
        """What the model was trained for: `lambdarank`, `rank_xendcg`, `binary` or `regression`."""
        return self._core.objective

    @property
    def tree_count(self) -> int:
        """How many trees there are."""
        return self._core.tree_count

    def predict(self, rows: Any, *, raw: bool = False) -> list[float]:
        """Return a number a row, as `Booster.predict` does.

        Args:
            rows: A frame, or numbers of shape (rows, features); NaN is missing.
            raw: The raw scores, whatever the objective makes of them.
        """
        return self._core.scores(self._rows(rows), raw)

    def contributions(self, rows: Any) -> tuple[float, list[list[float]]]:
        """Return the expected raw score, and what each feature adds to it in each row (exact TreeSHAP)."""
        return self._core.contributions(self._rows(rows))

    def _rows(self, rows: Any) -> list[list[float]]:
        if hasattr(rows, "__arrow_c_stream__"):
            return _lowlevel.frame_numbers(rows, self.feature_names)
        if hasattr(rows, "tolist"):
            rows = rows.tolist()
        return [[number(value) for value in row] for row in rows]

    def __repr__(self) -> str:
        return f"Ranker({self.objective}, {self.tree_count} trees, {len(self.feature_names)} features)"
