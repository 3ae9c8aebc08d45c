"""Explainable match scores between sponsors and events.

Says how well a sponsor and an event fit, why in rows that add up to the number,
how sure that is, and what would change it. The numbers are those of the Rust
core, to the last bit.

>>> from sponsorfit import Scorer
>>> sponsor = {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "annual_budget_cents": 5_000_000}
>>> event = {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "categories": ["Music"]}
>>> Scorer().score(sponsor, event).score
0.5450980392156862

- One pair: `Scorer`, its `MatchScore`, `Explanation`, `WhatIf` and `Improvement`.
- Many pairs: `Catalog`, and the `Table`s it returns.
- Settings: `ScoringConfig`, `Rules`.
- Rows with their ranges checked: `SponsorProfile`, `Event`, `AudienceInsights`.
- Errors: `SponsorfitError` and its subclasses.
- What outcomes teach: `sponsorfit.learn`, and as estimators of scikit-learn `sponsorfit.sklearn`.
- Pictures: `sponsorfit.plots`. On Spark: `sponsorfit.spark`.
"""

from __future__ import annotations

import warnings as _warnings

from . import _lowlevel
from ._catalog import Catalog
from ._errors import (
    DuplicateIdError,
    IgnoredFieldWarning,
    InsufficientDataError,
    InvalidCatalogError,
    InvalidTextError,
    InvalidValueError,
    MissingImplementationError,
    SampleRatioMismatchError,
    SponsorfitError,
    TooFewOutcomesError,
    UnknownFieldError,
    UnknownIdError,
)
from ._lowlevel import AudienceInsights, Event, MatchScore, ScoringConfig, SponsorProfile
from ._lowlevel import __version__ as __version__
from ._results import (
    Eligibility,
    Explanation,
    FactorGain,
    FactorRow,
    Improvement,
    LeafRow,
    NearMiss,
    Reason,
    RuleVerdict,
    WhatIf,
)
from ._scorer import Rules, Scorer, validate
from ._table import Table

__all__ = [
    "AudienceInsights",
    "Catalog",
    "DuplicateIdError",
    "Eligibility",
    "Event",
    "Explanation",
    "FactorGain",
    "FactorRow",
    "IgnoredFieldWarning",
    "Improvement",
    "InsufficientDataError",
    "InvalidCatalogError",
    "InvalidTextError",
    "InvalidValueError",
    "LeafRow",
    "MatchScore",
    "MissingImplementationError",
    "NearMiss",
    "Reason",
    "RuleVerdict",
    "Rules",
    "SampleRatioMismatchError",
    "Scorer",
    "ScoringConfig",
    "SponsorProfile",
    "SponsorfitError",
    "Table",
    "TooFewOutcomesError",
    "UnknownFieldError",
    "UnknownIdError",
    "WhatIf",
    "validate",
]

if _lowlevel.DEBUG:
    _warnings.warn(
        "sponsorfit was built without optimisation and is many times slower: "
        "build with `pip install .` or `maturin develop --release`",
        RuntimeWarning,
        stacklevel=2,
    )
