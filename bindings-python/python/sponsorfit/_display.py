"""How values print, in a terminal and in a notebook. Nothing here computes a score."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._results import Explanation

_WIDTH = 24
_BLOCKS = " ▏▎▍▌▋▊▉█"
_EMPTY: tuple[object, ...] = (None, [], {}, False)
_FACTORS = (
    ("budget fit", ("budget_fit",)),
    ("categories", ("audience_overlap", "categories")),
    ("geography", ("audience_overlap", "geo")),
    ("geo fit", ("geo_fit",)),
    ("engagement", ("engagement_quality",)),
    ("objectives", ("objectives_similarity",)),
)


def row_repr(name: str, row: dict[str, Any]) -> str:
    """Print the fields of a row that say something."""
    said = {field: value for field, value in row.items() if not _is_empty(value)}
    return f"{name}({_arguments(said)})"


def config_repr(config: dict[str, Any], default: dict[str, Any]) -> str:
    """Print what differs from the default."""
    return f"ScoringConfig({_arguments(_difference(config, default))})"


def rules_repr(rules: dict[str, Any], default: dict[str, Any]) -> str:
    """Print the rules that are set."""
    return f"Rules({_arguments({k: v for k, v in rules.items() if v != default[k]})})"


def score_repr(score: dict[str, Any]) -> str:
    """Print a score in one line."""
    interval = f", between {score['lower']:.4f} and {score['upper']:.4f}" if score["unknown"] else ""
    unknown = f", unknown: {', '.join(score['unknown'])}" if score["unknown"] else ""
    return (
        f"MatchScore({score['score']!r}{interval}, coverage {score['coverage']:.0%}{unknown}; "
        f"sponsor {score['sponsor_id']}, event {score['event_id']})"
    )


def score_html(score: dict[str, Any]) -> str:
    """Draw the factors of a score as bars."""
    rows = []
    for label, path in _FACTORS:
        value: Any = score["overlap_metrics"]
        for step in path:
            value = value[step]
        known = ".".join(path) not in score["unknown"]
        rows.append(_html_bar(label, value, "" if known else "unknown"))
    return _html_card(score, rows)


def explanation_text(why: Explanation) -> str:
    """Print the summary and what each reason adds."""
    lines = [why.summary]
    lines += [f"{one.points:+.2f} of {one.points + one.lost:.2f}  {one.text}" for one in why.reasons]
    return "\n".join(lines)


def explanation_html(why: Explanation) -> str:
    """Draw what each reason adds, of what it could."""
    rows = []
    for one in why.reasons:
        whole = one.points + one.lost
        share = one.points / whole if whole > 0 else None
        rows.append(_html_bar(f"{one.points:+.3f} of {whole:.3f}", share, one.text))
    return _html_card(dict(why.score.to_dict()), rows)


def table_html(names: list[str], rows: list[dict[str, Any]], length: int) -> str:
    """Draw the first rows of a table."""

    def cell(value: object) -> str:
        return escape(f"{value:.4f}" if isinstance(value, float) else "" if value is None else str(value))

    head = "".join(f"<th>{escape(name)}</th>" for name in names)
    body = "".join(f"<tr>{''.join(f'<td>{cell(row[name])}</td>' for name in names)}</tr>" for row in rows)
    more = f"<caption>the first {len(rows)} of {length} rows</caption>" if length > len(rows) else ""
    return f"<table>{more}<tr>{head}</tr>{body}</table>"


def bar(value: float, width: int = _WIDTH) -> str:
    """Draw a share of 0 to 1 as text."""
    eighths = round(value * width * 8)
    whole, rest = divmod(eighths, 8)
    return "█" * whole + (_BLOCKS[rest] if rest else "")


def _html_card(score: dict[str, Any], rows: list[str]) -> str:
    return (
        '<table style="border-collapse:collapse;font-size:0.9em">'
        f'<caption style="text-align:left"><b>{score["score"]:.4f}</b> '
        f"between {score['lower']:.4f} and {score['upper']:.4f}, coverage {score['coverage']:.0%}</caption>"
        f"{''.join(rows)}</table>"
    )


def _html_bar(label: str, value: float | None, note: str) -> str:
    filled = 0.0 if value is None else value * 100
    shown = "left out" if value is None else f"{value:.3f}"
    return (
        f'<tr><td style="text-align:right">{escape(label)}</td>'
        '<td style="width:12em;text-align:left"><div style="background:#8884;width:100%">'
        f'<div style="background:#3b7dd8;width:{filled:.1f}%;height:0.9em"></div></div></td>'
        f'<td style="text-align:right">{shown}</td><td style="text-align:left">{escape(note)}</td></tr>'
    )


def _is_empty(value: object) -> bool:
    if isinstance(value, dict):
        return all(_is_empty(part) for part in value.values())
    return value in _EMPTY and value != 0


def _arguments(fields: dict[str, Any]) -> str:
    return ", ".join(f"{name}={value!r}" for name, value in fields.items())


def _difference(own: dict[str, Any], default: dict[str, Any]) -> dict[str, Any]:
    different: dict[str, Any] = {}
    for name, value in own.items():
        other = default.get(name)
        if isinstance(value, dict) and isinstance(other, dict):
            if parts := _difference(value, other):
                different[name] = parts
        elif value != other:
            different[name] = value
    return different
