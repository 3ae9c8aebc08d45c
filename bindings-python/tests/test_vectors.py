"""The conformance cases of the core: through its text doors, and through dicts and typed objects."""

from __future__ import annotations

import json
import struct
import warnings
from pathlib import Path
from typing import Any

import pytest

import sponsorfit
from sponsorfit import AudienceInsights, Event, Rules, Scorer, SponsorfitError, SponsorProfile, _lowlevel

VECTORS = Path(__file__).resolve().parents[2] / "core" / "vectors"
PARTS = {
    "score": {"sponsor", "event", "insights"},
    "explain": {"sponsor", "event", "insights"},
    "what_if": {"sponsor", "event", "insights", "changes"},
    "improve": {"sponsor", "event", "insights", "side", "limit"},
    "check": {"sponsor", "event", "insights", "rules"},
}
# What each question cannot do without; an argument that is missing is Python's own TypeError.
NEEDED = {"what_if": {"changes"}, "improve": {"side"}, "check": {"rules"}}


def cases() -> list[Any]:
    found = []
    for path in sorted(VECTORS.glob("*.ndjson")):
        for line in path.read_text(encoding="utf-8").strip("\n").split("\n"):
            case = json.loads(line)
            found.append(pytest.param(case, id=f"{path.stem}: {case['name']}"))
    assert len(found) > 300
    return found


def same(answer: Any, expected: Any, at: str = "") -> None:
    """Compare numbers by their bits, and all else as it is."""
    if isinstance(expected, dict):
        assert isinstance(answer, dict), at
        assert set(answer) == set(expected), at
        for name in expected:
            same(answer[name], expected[name], f"{at}.{name}")
    elif isinstance(expected, list):
        assert isinstance(answer, list), at
        assert len(answer) == len(expected), at
        for index, (one, other) in enumerate(zip(answer, expected, strict=True)):
            same(one, other, f"{at}[{index}]")
    elif isinstance(expected, float):
        assert struct.pack("<d", answer) == struct.pack("<d", expected), at
    else:
        assert answer == expected, at


def config_of(case: dict[str, Any]) -> Any:
    return case.get("config_text", case.get("config"))


def scorer_of(case: dict[str, Any]) -> Scorer:
    if "similarity" in case:
        return Scorer(config_of(case), objectives=lambda _sponsor, _event: case["similarity"])
    return Scorer(config_of(case), corpus=case.get("corpus"))


def refusal(error: SponsorfitError) -> dict[str, Any]:
    return {"error": {"code": error.code, "message": error.message, "path": error.path}}


@pytest.mark.parametrize("case", cases())
def test_text_doors(case: dict[str, Any]) -> None:
    text = case.get("input_text", json.dumps(case.get("input")))
    operation = case["operation"]
    if operation == "label":
        answer = {"key": _lowlevel.label_key(case["input"]["text"])}
    elif operation == "validate":
        answer = json.loads(_lowlevel.validate(text))
    else:
        try:
            scorer = scorer_of(case)
        except SponsorfitError as error:
            answer = refusal(error)
        else:
            answer = (
                {"config_fingerprint": scorer.fingerprint}
                if operation == "config"
                else json.loads(scorer.answer(operation, text))
            )
    same(answer, case["expected"])


def asked(scorer: Scorer, case: dict[str, Any], rows: dict[str, Any]) -> Any:
    match case["operation"]:
        case "score":
            return dict(scorer.score(**rows).to_dict())
        case "explain":
            return scorer.explain(**rows).to_dict()
        case "what_if":
            return scorer.what_if(**rows, changes=case["input"]["changes"]).to_dict()
        case "improve":
            limit = {"limit": case["input"]["limit"]} if case["input"].get("limit") is not None else {}
            return [one.to_dict() for one in scorer.improve(**rows, side=case["input"]["side"], **limit)]
        case _:
            try:
                rules = Rules(case["input"]["rules"])
            except SponsorfitError as error:
                error.path = f"rules.{error.path}"
                raise
            return rules.check(**rows, scorer=scorer).to_dict()


def is_about_pairs(case: dict[str, Any]) -> bool:
    given, operation = case.get("input"), case["operation"]
    if operation not in PARTS or not isinstance(given, dict):
        return False
    needed = {"sponsor", "event"} | NEEDED.get(operation, set())
    return set(given) <= PARTS[operation] and all(given.get(part) is not None for part in needed)


PAIRS = [one for one in cases() if is_about_pairs(one.values[0])]


def test_most_cases_are_about_pairs() -> None:
    assert len(PAIRS) > 250


@pytest.mark.parametrize("typed", [False, True], ids=["dicts", "typed"])
@pytest.mark.parametrize("case", PAIRS)
def test_pairs(case: dict[str, Any], typed: bool) -> None:
    rows = {name: case["input"].get(name) for name in ("sponsor", "event", "insights")}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", sponsorfit.IgnoredFieldWarning)
        try:
            scorer = scorer_of(case)
            if typed:
                try:
                    part = "sponsor"
                    rows[part] = SponsorProfile(rows[part])
                    part = "event"
                    rows[part] = Event(rows[part])
                    part = "insights"
                    rows[part] = None if rows[part] is None else AudienceInsights(rows[part])
                except SponsorfitError as error:
                    error.path = ".".join(filter(None, (part, error.path)))
                    raise
            answer = asked(scorer, case, rows)
        except SponsorfitError as error:
            answer = refusal(error)
            if insufficient := case.get("insufficient"):
                assert isinstance(error, sponsorfit.InsufficientDataError)
                same({"missing": list(error.missing), "coverage": error.coverage}, insufficient)
        why = scorer.explain(**rows) if "factors" in case else None
    same(answer, case["expected"])
    if why is not None:
        leaves = [leaf for row in why.factors for leaf in row.children]
        named = [(row.factor, row) for row in why.factors] + [(leaf.leaf, leaf) for leaf in leaves]
        numbers = {
            name: {"value": row.value, "weight": row.weight, "contribution": row.contribution}
            for name, row in named
        }
        same(numbers, case["factors"])
