"""Pictures: what they show, not how they look."""

from __future__ import annotations

import importlib.util
import sys
import types
from itertools import pairwise

import numpy as np
import polars as pl
import pytest
from catalogs import EVENTS, INSIGHTS, MATCHES, SPONSORS

from sponsorfit import Catalog
from sponsorfit.plots import distributions


def test_a_waterfall_adds_up_to_the_score() -> None:
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS)
    pair = next(iter(MATCHES))
    chart = catalog.plot_match(*pair).to_dict()
    rows = chart["layer"][0]["data"]["values"]
    assert [row["factor"] for row in rows][-1] == "score"
    for before, after in pairwise(rows[:-1]):
        assert after["from"] == before["to"]
    assert rows[-2]["to"] == rows[-1]["to"] == MATCHES[pair].score
    assert chart["layer"][1]["data"]["values"][0]["upper"] == MATCHES[pair].upper
    assert chart["title"].startswith("Score ")


def test_distributions_are_of_every_pair() -> None:
    table = Catalog(SPONSORS, EVENTS, INSIGHTS).rank(k=40)
    scores = [match.score for match in MATCHES.values()]
    for matches in (table, table.to_polars(), table.to_pandas(), table.to_dicts()):
        bars = distributions(matches, ["score", "geo"]).to_dict()["data"]["values"]
        assert {bar["factor"] for bar in bars} == {"score", "geo"}
        assert sum(bar["pairs"] for bar in bars if bar["factor"] == "geo") == len(MATCHES)
        for bar in bars:
            if bar["factor"] == "score":
                assert bar["pairs"] == sum(bar["from"] <= score < bar["to"] for score in scores)


def test_shap_gets_the_contributions(monkeypatch: pytest.MonkeyPatch) -> None:
    if importlib.util.find_spec("shap") is None:
        # SHAP drags half of scientific Python along: what is handed to it is what is tested.
        made = types.ModuleType("shap")
        made.Explanation = lambda **fields: types.SimpleNamespace(**fields)  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "shap", made)
    pair = next(iter(MATCHES))
    why = Catalog(SPONSORS, EVENTS, INSIGHTS).explain(*pair)
    shap = why.to_shap()
    assert float(shap.base_values) + float(np.cumsum(shap.values)[-1]) == MATCHES[pair].score
    assert shap.feature_names[0] == "budget_fit"


def test_pictures_say_what_they_need(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sponsorfit.plots.find_spec", lambda _name: None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'sponsorfit\[plots\]'"):
        distributions(pl.DataFrame())
