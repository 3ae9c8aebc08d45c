"""What the scorer answers, beside the score: plain, immutable values."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from . import _display

if TYPE_CHECKING:
    import altair as alt
    import shap

    from ._lowlevel import MatchScore
    from .types import Change, Evidence


@dataclass(frozen=True, slots=True)
class LeafRow:
    """One part of a blended factor.

    Attributes:
        leaf: The path of the leaf, such as `audience_overlap.geo`.
        value: What entered the blend, 0 to 1; None when it was left out.
        known: Whether it is known.
        weight: The effective share in the blend, 0 to 1: 1 when the other part was left out.
        configured_weight: The share in the configuration, 0 to 1.
        contribution: `weight * value`, and 0 when left out.
        evidence: The facts behind it.
    """

    leaf: str
    value: float | None
    known: bool
    weight: float
    configured_weight: float
    contribution: float
    evidence: Evidence | None


@dataclass(frozen=True, slots=True)
class FactorRow:
    """One factor's part in a score. Contributions, added left to right and clamped, are the score.

    Attributes:
        factor: The name of the factor, such as `budget_fit`.
        value: What entered the score, 0 to 1; None when it was left out.
        known: Whether any of its leaves is known.
        weight: The effective weight, 0 to 1: scaled under `renormalize`, 0 when left out.
        configured_weight: The weight in the configuration, 0 to 1.
        contribution: `weight * value`, and 0 when left out.
        evidence: The facts behind it; None for a blend, whose children have theirs.
        children: The parts of a blend.
    """

    factor: str
    value: float | None
    known: bool
    weight: float
    configured_weight: float
    contribution: float
    evidence: Evidence | None
    children: tuple[LeafRow, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for or against a match, or is not known.

    Attributes:
        leaves: The paths of the leaves it speaks of.
        verdict: `for`, `against` or `unknown`.
        points: What it adds to the score.
        lost: What it could still add.
        text: A sentence.
        short: A few words, for a table.
    """

    leaves: tuple[str, ...]
    verdict: str
    points: float
    lost: float
    text: str
    short: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A score with its reasons.

    Attributes:
        score: The score that is explained.
        factors: One row a factor, in formula order.
        summary: The whole in one sentence.
        reasons: What speaks for and against the match, in formula order.
    """

    score: MatchScore
    factors: tuple[FactorRow, ...]
    summary: str
    reasons: tuple[Reason, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return the score's row with `factors`, `summary` and `reasons`."""
        rows = {
            "factors": [_plain(row) for row in self.factors],
            "summary": self.summary,
            "reasons": [_plain(reason) for reason in self.reasons],
        }
        return self.score.to_dict() | rows

    def plot(self) -> alt.Chart:
        """Draw how the factors add up to the score; needs Altair (`sponsorfit[plots]`)."""
        from .plots import waterfall

        return waterfall(self)

    def to_shap(self) -> shap.Explanation:
        """Return the contributions as a `shap.Explanation`, for SHAP's own pictures (`sponsorfit[shap]`).

        The base value is 0: the formula has no intercept, and contributions add up to the score. They
        are what each factor adds, not a difference from an average as SHAP values of a model are.
        """
        import numpy as np
        import shap

        return shap.Explanation(
            values=np.array([row.contribution for row in self.factors]),
            base_values=np.float64(0.0),
            data=np.array([np.nan if row.value is None else row.value for row in self.factors]),
            feature_names=[row.factor for row in self.factors],
        )

    def __str__(self) -> str:
        return _display.explanation_text(self)

    def _repr_html_(self) -> str:
        return _display.explanation_html(self)


@dataclass(frozen=True, slots=True)
class FactorGain:
    """What changes do to one factor.

    Attributes:
        factor: The name of the factor.
        before: Its contribution before; 0 when there was no score.
        after: Its contribution after.
        gain: `after - before`.
    """

    factor: str
    before: float
    after: float
    gain: float


@dataclass(frozen=True, slots=True)
class WhatIf:
    """What a score would be after some changes.

    Attributes:
        changes: The changes, as they were made.
        before: The score before; None when too little was known.
        after: The score after.
        gain: `after.score - before.score`; None without a score before.
        factors: The gain of each factor, in formula order.
    """

    changes: tuple[Change, ...]
    before: MatchScore | None
    after: MatchScore
    gain: float | None
    factors: tuple[FactorGain, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "changes": list(self.changes),
            "before": _bare(self.before) if self.before is not None else None,
            "after": _bare(self.after),
            "gain": self.gain,
            "factors": [asdict(factor) for factor in self.factors],
        }


@dataclass(frozen=True, slots=True)
class Improvement:
    """Few and small changes that raise a score, verified by scoring again.

    Attributes:
        changes: The changes to make together.
        steps: How far they go: one step a label, a doubling, or a tenth of a rate.
        gain: What the score gains.
        after: The score after the changes.
        text: The changes in words.
    """

    changes: tuple[Change, ...]
    steps: int
    gain: float
    after: MatchScore
    text: str

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "changes": list(self.changes),
            "steps": self.steps,
            "gain": self.gain,
            "after": _bare(self.after),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class RuleVerdict:
    """One rule's answer about a pair.

    Attributes:
        rule: The name of the rule.
        outcome: `pass`, `fail` or `unknown`.
        reason: Why.
    """

    rule: str
    outcome: str
    reason: str


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A pair that would be ranked but for one rule.

    Attributes:
        event_id: The event of the pair.
        sponsor_id: The sponsor of the pair.
        rule: The one rule that is against it.
        reason: Why it is.
        score_if_allowed: The score the pair would be ranked by, 0 to 1; None when too little is known.
    """

    event_id: str
    sponsor_id: str
    rule: str
    reason: str
    score_if_allowed: float | None


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What all rules that are set say of a pair. True when the pair may be ranked.

    Attributes:
        eligible: Whether the pair may be ranked.
        verdicts: One answer a rule that is set.
        near_miss: What keeps the pair out, when it is a single rule and a scorer was given.
    """

    eligible: bool
    verdicts: tuple[RuleVerdict, ...]
    near_miss: NearMiss | None

    def __bool__(self) -> bool:
        return self.eligible

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return asdict(self) | {"verdicts": [asdict(verdict) for verdict in self.verdicts]}


def explanation(score: MatchScore, rest: str) -> Explanation:
    """Make an explanation from the core's answer."""
    factors, summary, reasons = json.loads(rest)
    return Explanation(
        score=score,
        factors=tuple(factor_row(row) for row in factors),
        summary=summary,
        reasons=tuple(reason(row) for row in reasons),
    )


def factor_row(row: dict[str, Any]) -> FactorRow:
    """Make a row from the core's answer."""
    return FactorRow(**(row | {"children": tuple(LeafRow(**child) for child in row["children"])}))


def reason(row: dict[str, Any]) -> Reason:
    """Make a reason from the core's answer."""
    return Reason(**(row | {"leaves": tuple(row["leaves"])}))


def _plain(value: FactorRow | Reason) -> dict[str, Any]:
    row = asdict(value)
    return {name: list(field) if isinstance(field, tuple) else field for name, field in row.items()}


def _bare(score: MatchScore) -> dict[str, Any]:
    """Return a score without what belongs to its storage."""
    row = dict(score.to_dict())
    del row["score_decimal"], row["config_fingerprint"]
    return row
