"""The errors of the core as exceptions. `_lowlevel` makes them through `from_core`."""

from __future__ import annotations

import warnings


class SponsorfitError(ValueError):
    """An input that cannot be accepted: what, where, and what would be right.

    Attributes:
        code: What went wrong, stable across versions and languages: `out_of_range`.
        path: The dotted path of the field to blame, `sponsor.regions[2]`; empty when there is none.
        message: The sentence without the path.
        row: The position of the row to blame, from 0, or its line in a file, from 1; None for a single pair.
    """

    code: str
    path: str
    message: str
    row: int | None

    def __init__(self, message: str, *, code: str = "invalid_value", path: str = "", row: int | None = None) -> None:
        where = f"row {row}: " if row is not None else ""
        super().__init__(f"{where}{path}: {message}" if path else f"{where}{message}")
        self.code = code
        self.path = path
        self.message = message
        self.row = row

    def __reduce__(self) -> tuple[object, ...]:
        return _rebuild, (type(self), self.message, self.__dict__)


class InvalidTextError(SponsorfitError):
    """Text that is not JSON, CSV, UTF-8, or a model."""


class InvalidValueError(SponsorfitError):
    """A value that its field cannot hold: missing, of another type, or out of range."""


class UnknownFieldError(SponsorfitError):
    """A field that configuration, rules or a request does not have."""


class DuplicateIdError(SponsorfitError):
    """An identifier that an earlier row already has."""


class UnknownIdError(SponsorfitError, LookupError):
    """An identifier that no row has."""


class MissingImplementationError(SponsorfitError):
    """A configuration that names an implementation of objectives which was not given."""


class InvalidCatalogError(SponsorfitError):
    """Bytes that are no saved catalog, or one that was damaged."""


class InsufficientDataError(SponsorfitError):
    """Too little is known for a score under this configuration.

    Attributes:
        missing: The paths of the facts that are unknown.
        coverage: The share of the formula's weight that rests on known facts, 0 to 1.
    """

    missing: tuple[str, ...] = ()
    coverage: float = 0.0


class TooFewOutcomesError(SponsorfitError):
    """Too little has been accepted or rejected to learn from."""


class SampleRatioMismatchError(SponsorfitError):
    """An experiment whose variants do not have the shares they should: its outcomes say nothing."""


class IgnoredFieldWarning(UserWarning):
    """A field of a row that is ignored, though its name is close to a known one."""


_CLASSES: dict[str, type[SponsorfitError]] = {
    "invalid_json": InvalidTextError,
    "invalid_utf8": InvalidTextError,
    "invalid_csv": InvalidTextError,
    "missing_field": InvalidValueError,
    "wrong_type": InvalidValueError,
    "out_of_range": InvalidValueError,
    "invalid_value": InvalidValueError,
    "unknown_field": UnknownFieldError,
    "duplicate_field": InvalidValueError,
    "duplicate_id": DuplicateIdError,
    "unknown_id": UnknownIdError,
    "weights_sum": InvalidValueError,
    "dimension_mismatch": InvalidValueError,
    "missing_implementation": MissingImplementationError,
    "insufficient_data": InsufficientDataError,
    "invalid_catalog": InvalidCatalogError,
    "invalid_model": InvalidTextError,
    "unknown_feature": UnknownFieldError,
    "too_few_outcomes": TooFewOutcomesError,
    "sample_ratio_mismatch": SampleRatioMismatchError,
}


def from_core(
    code: str, path: str, message: str, row: int | None, insufficient: tuple[list[str], float] | None
) -> SponsorfitError:
    """Make the exception of a core error."""
    error = _CLASSES.get(code, SponsorfitError)(message, code=code, path=path, row=row)
    if insufficient is not None and isinstance(error, InsufficientDataError):
        missing, error.coverage = insufficient
        error.missing = tuple(missing)
    return error


def warn_of_ignored(field: str, nearest: str) -> None:
    """Warn of a field that is probably misspelt."""
    warnings.warn(f"{field}: ignored, did you mean `{nearest}`", IgnoredFieldWarning, stacklevel=3)


def _rebuild(cls: type[SponsorfitError], message: str, state: dict[str, object]) -> SponsorfitError:
    error = cls(message, code=str(state["code"]), path=str(state["path"]), row=state["row"])  # type: ignore[arg-type]
    error.__dict__.update(state)
    return error
