"""Experiments: who gets which variant, and what came of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .. import _lowlevel
from ._columns import floats, texts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True, slots=True)
class Comparison:
    """A variant against the control, the first variant.

    Attributes:
        variant: The variant's name.
        estimate: Mean outcome minus the control's.
        lower: The lower end of its always-valid interval.
        upper: The upper end.
        variance_left: The variance that was left after the covariate, 0 to 1; None without one.
    """

    variant: str
    estimate: float
    lower: float
    upper: float
    variance_left: float | None


@dataclass(frozen=True, slots=True)
class ReadOut:
    """What an experiment says so far. It may be looked at as often as you like.

    Attributes:
        statistic: Of the test that the variants keep their shares.
        p_value: Of that test.
        comparisons: Every variant but the control.
    """

    statistic: float
    p_value: float
    comparisons: tuple[Comparison, ...]


class Experiment:
    """Who gets which variant: the same unit always the same, in every language and in SQL.

    Args:
        name: The experiment's name.
        variants: The share of each variant in basis points, together 10 000; the first is the control.
        namespace: Experiments of one namespace share their exposure.
        exposure_basis_points: How many units of 10 000 take part.
        salt: Another salt is another draw.

    >>> Experiment("weights-2026", {"now": 5_000, "new": 5_000}).assign("sponsor-17") in ("now", "new")
    True
    """

    __slots__ = ("_core", "variants")

    variants: tuple[str, ...]

    def __init__(
        self,
        name: str,
        variants: Mapping[str, int],
        *,
        namespace: str = "",
        exposure_basis_points: int = 10_000,
        salt: str = "",
    ) -> None:
        shares = list(variants.items())
        self._core = _lowlevel.Experiment(namespace, name, salt, exposure_basis_points, shares)
        self.variants = tuple(variants)

    def assign(self, unit: object) -> str | None:
        """Return the variant of a unit; None when it does not take part."""
        return self._core.assign([str(unit)])[0]

    def assign_all(self, units: Iterable[object]) -> list[str | None]:
        """Return the variants of many units, in their order."""
        return self._core.assign(texts(units))

    def seed(self, unit: object) -> int:
        """Return the seed of a unit's own draws."""
        return self._core.seed(str(unit))

    def read_out(
        self,
        variant: Iterable[str],
        outcome: Iterable[float],
        before: Iterable[float | None] | None = None,
        *,
        alpha: float = 0.05,
        horizon: int | None = None,
        sample_ratio_alpha: float = 0.001,
    ) -> ReadOut:
        """Compare each variant with the first, or say why that cannot be trusted.

        Args:
            variant: The variant of each unit.
            outcome: What is compared: 1 or 0 for accepted or not, an amount, a count.
            before: Something known of each unit beforehand that goes with the outcome.
            alpha: How often a read-out may be wrong about some variant, in all its looks together.
            horizon: Units of a variant and the control at which intervals are narrowest; None is
                all that are there.
            sample_ratio_alpha: Below this p-value of the sizes nothing is read.

        Raises:
            SponsorfitError: `sample_ratio_mismatch` when the variants do not keep their shares.
        """
        names, outcomes = texts(variant), floats(outcome)
        known = None if before is None else [None if one is None else float(one) for one in before]
        planned = max(len(outcomes), 1) if horizon is None else horizon
        answer = json.loads(self._core.read_out(names, outcomes, known, alpha, planned, sample_ratio_alpha))
        return ReadOut(**(answer | {"comparisons": tuple(Comparison(**row) for row in answer["comparisons"])}))
