"""Columns of any kind as the lists that the compiled half takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def texts(column: Iterable[object]) -> list[str]:
    """Return names as text."""
    return [str(one) for one in column]


def floats(column: Iterable[float]) -> list[float]:
    """Return numbers; NaN stays NaN."""
    return [float(one) for one in column]


def number(value: object) -> float:
    """Return a number; None is NaN."""
    return float("nan") if value is None else float(value)  # type: ignore[arg-type]


def numbered(column: Iterable[object]) -> list[int]:
    """Number names in the order of their first appearance."""
    places: dict[object, int] = {}
    return [places.setdefault(name, len(places)) for name in column]
