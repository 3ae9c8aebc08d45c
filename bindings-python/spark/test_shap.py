"""SHAP's own class and pictures take an explanation: beside Spark, because SHAP is large too."""

from __future__ import annotations

import pytest

from sponsorfit import Scorer

SPONSOR = {"sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff", "annual_budget_cents": 5_000_000}
EVENT = {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "categories": ["Music"]}


# Libraries warn of one another.
@pytest.mark.filterwarnings("ignore")
def test_shap_draws_an_explanation() -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt
    import shap

    why = Scorer().explain(SPONSOR, EVENT)
    explanation = why.to_shap()
    assert isinstance(explanation, shap.Explanation)
    assert explanation.feature_names == [row.factor for row in why.factors]
    assert explanation.values.tolist() == [row.contribution for row in why.factors]
    shap.plots.waterfall(explanation, show=False)
    drawn = {text.get_text() for text in plt.gcf().findobj(mpl.text.Text)}
    # A number on each bar, rounded as SHAP does.
    bars = {f"+{row.contribution:.2f}".removesuffix("0").removesuffix(".0") for row in why.factors}
    assert bars <= drawn
    assert "0.98 = budget_fit" in drawn
