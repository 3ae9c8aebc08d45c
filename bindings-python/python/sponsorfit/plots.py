"""Pictures, with Altair: `pip install sponsorfit[plots]`. Nothing here computes a score."""

from __future__ import annotations

from collections import Counter
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from ._source import source
from ._table import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    import altair as alt

    from ._results import Explanation
    from .learn import Evaluation

__all__ = ["distributions", "intervals", "waterfall"]

FACTORS = ("score", "budget_fit", "categories", "geo", "geo_fit", "engagement_quality", "objectives_similarity")
_BINS = 20


def waterfall(why: Explanation) -> alt.Chart:
    """Draw how the factors add up to the score, from left to right.

    Each bar begins where the one above it ends; the last one is the score, with a line from `lower`
    to `upper`.
    """
    chart = _altair()
    rows: list[dict[str, Any]] = []
    total = 0.0
    for row in why.factors:
        kind = "known" if row.known else "unknown"
        rows.append({"factor": row.factor, "from": total, "to": total + row.contribution, "kind": kind})
        total += row.contribution
    rows.append({"factor": "score", "from": 0.0, "to": why.score.score, "kind": "score"})
    order = [row["factor"] for row in rows]
    y = chart.Y("factor:N", sort=order, title=None)
    colours = chart.Scale(domain=["known", "unknown", "score"], range=["#3b7dd8", "#a9a9a9", "#1b3a66"])
    bars = (
        chart.Chart(chart.Data(values=rows))
        .mark_bar()
        .encode(
            x=chart.X("from:Q", scale=chart.Scale(domain=[0, 1]), title="score"),
            x2="to:Q",
            y=y,
            color=chart.Color("kind:N", scale=colours, title=None),
            tooltip=["factor:N", "from:Q", "to:Q"],
        )
    )
    interval = [{"factor": "score", "lower": why.score.lower, "upper": why.score.upper}]
    rule = chart.Chart(chart.Data(values=interval)).mark_rule(size=2).encode(x="lower:Q", x2="upper:Q", y=y)
    drawn: alt.Chart = (bars + rule).properties(title=why.summary)
    return drawn


def intervals(measured: Evaluation) -> alt.Chart:
    """Draw the NDCG of rankers with its interval, a line each."""
    chart = _altair()
    values = [{name: row[name] for name in ("ranker", "ndcg", "ndcg_lower", "ndcg_upper")} for row in measured.to_dicts()]
    base = chart.Chart(chart.Data(values=values)).encode(y=chart.Y("ranker:N", sort=None, title=None))
    title = f"NDCG@{measured.k}"
    rule = base.mark_rule(size=3, color="#3b7dd8").encode(
        x=chart.X("ndcg_lower:Q", title=title, scale=chart.Scale(zero=False)), x2="ndcg_upper:Q"
    )
    drawn: alt.Chart = rule + base.mark_point(filled=True, size=80, color="#1b3a66").encode(x="ndcg:Q")
    return drawn


def distributions(matches: Any, factors: Sequence[str] = FACTORS) -> alt.Chart:
    """Draw how the scores and factors of matches are distributed, a histogram of 20 bars each.

    Args:
        matches: What `Catalog.rank`, `top_events` or `score_pairs` returned, in any frame.
        factors: The columns to draw.
    """
    chart = _altair()
    rows = matches.to_dicts() if isinstance(matches, Table) else _rows(matches)
    # Counted here, so that a picture of a million pairs is as small as one of ten.
    bins = Counter(
        (name, min(int(row[name] * _BINS), _BINS - 1))
        for row in rows
        for name in factors
        if row.get(name) is not None
    )
    values = [
        {"factor": name, "from": at / _BINS, "to": (at + 1) / _BINS, "pairs": pairs}
        for (name, at), pairs in sorted(bins.items())
    ]
    drawn: alt.Chart = (
        chart.Chart(chart.Data(values=values))
        .mark_bar()
        .encode(
            x=chart.X("from:Q", bin="binned", scale=chart.Scale(domain=[0, 1]), title=None),
            x2="to:Q",
            y=chart.Y("pairs:Q", title="pairs"),
            facet=chart.Facet("factor:N", columns=4, sort=list(factors), title=None),
        )
        .properties(width=140, height=90)
    )
    return drawn


def _rows(frame: Any) -> list[dict[str, Any]]:
    kind, rows = source(frame)
    if kind == "arrow":
        import json

        from . import _lowlevel

        rows = json.loads(_lowlevel.frame_json(frame))
    return list(rows)


def _altair() -> Any:
    if find_spec("altair") is None:
        raise ModuleNotFoundError("pictures need Altair: pip install 'sponsorfit[plots]'")
    import altair

    return altair
