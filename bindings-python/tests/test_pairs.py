"""One pair, as a data scientist would use it."""

from __future__ import annotations

import copy
import json
import pickle
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import jsonschema
import numpy as np
import pytest

import sponsorfit
from sponsorfit import (
    AudienceInsights,
    Event,
    IgnoredFieldWarning,
    InsufficientDataError,
    InvalidTextError,
    InvalidValueError,
    Rules,
    Scorer,
    ScoringConfig,
    SponsorfitError,
    SponsorProfile,
    UnknownFieldError,
)

SPONSOR = {
    "sponsor_id": "6f9619ff-8b86-d011-b42d-00c04fc964ff",
    "annual_budget_cents": 5_000_000,
    "preferred_categories": ["music", "food", "art"],
    "regions": ["US", "CA", "MX"],
}
EVENT = {"event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001", "categories": ["Music"], "regions": ["US"]}
INSIGHTS = {
    "event_id": "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001",
    "engagement_score": 0.8,
    "ticket_conversion_rate": 0.1,
    "geo_distribution": {"US": 800, "CA": 150, "BR": 50},
}
WORKED = 0.6469313725490197


def test_worked_case() -> None:
    score = Scorer().score(SPONSOR, EVENT, INSIGHTS)
    assert score.score == WORKED
    assert float(score) == WORKED
    assert (score.coverage, score.unknown) == (0.9, ("objectives_similarity",))
    assert score.score_decimal == "0.6469"
    assert score.config_fingerprint == ScoringConfig().fingerprint
    assert score == Scorer().score(SponsorProfile(SPONSOR), Event(EVENT), AudienceInsights(INSIGHTS))
    assert repr(score).startswith("MatchScore(0.6469313725490197, between 0.5969 and 0.6969, coverage 90%")


def test_notebooks_show_bars() -> None:
    html = Scorer().score(SPONSOR, EVENT, INSIGHTS)._repr_html_()
    assert "width:33.3%" in html
    assert "unknown" in html
    why = Scorer().explain({**SPONSOR, "regions": ["<script>"]}, EVENT)
    assert "<script>" not in why._repr_html_()
    assert "&lt;script&gt;" in why._repr_html_()
    assert str(why).splitlines()[0] == why.summary


class Row(Mapping[str, Any]):
    """A driver's row: a mapping that is no dict."""

    def __init__(self, row: dict[str, Any]) -> None:
        self.row = row

    def __getitem__(self, name: str) -> Any:
        return self.row[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.row)

    def __len__(self) -> int:
        return len(self.row)


@pytest.mark.parametrize(
    "changed",
    [
        {"sponsor_id": UUID(str(SPONSOR["sponsor_id"]))},
        {"annual_budget_cents": Decimal(5_000_000)},
        {"annual_budget_cents": 5_000_000.0},
        {"annual_budget_cents": "5000000"},
        {"annual_budget_cents": np.int64(5_000_000)},
        {"annual_budget_cents": np.float64(5_000_000)},
        {"annual_budget_cents": np.float32(5_000_000)},
        {"preferred_categories": ("music", "food", "art")},
        {"preferred_categories": {"music", "food", "art"}},
        {"preferred_categories": np.array(["music", "food", "art"])},
        {"regions": np.array(["US", "CA", "MX"], dtype=object)},
        {"reputation_score": np.float32(0.5)},
        {"objectives_embedding": np.zeros(3, dtype=np.float32)},
        {"brand_objectives": None},
    ],
    ids=str,
)
def test_what_drivers_and_arrays_hold_is_read(changed: dict[str, Any]) -> None:
    row = SPONSOR | changed
    assert Scorer().score(row, EVENT, INSIGHTS).score == WORKED
    assert Scorer().score(Row(row), EVENT, INSIGHTS).score == WORKED


def test_dates() -> None:
    at = datetime(2026, 7, 4, 18, 30, tzinfo=UTC)
    assert Event(EVENT | {"start_at": at}).start_at == "2026-07-04T18:30:00Z"
    assert Event(EVENT | {"start_at": date(2026, 7, 4)}).start_at == "2026-07-04"


@pytest.mark.parametrize(
    ("changed", "code", "path", "message"),
    [
        ({"annual_budget_cents": -5}, "out_of_range", "annual_budget_cents", "-5 is not in 0..=9007199254740991"),
        ({"annual_budget_cents": 2**53}, "out_of_range", "annual_budget_cents", None),
        ({"annual_budget_cents": 2**70}, "invalid_value", "annual_budget_cents", None),
        ({"annual_budget_cents": 10**60}, "invalid_value", "annual_budget_cents", None),
        ({"annual_budget_cents": True}, "wrong_type", "annual_budget_cents", None),
        ({"annual_budget_cents": Decimal("0.5")}, "out_of_range", "annual_budget_cents", None),
        ({"reputation_score": float("nan")}, "out_of_range", "reputation_score", "NaN is not in 0..=1"),
        ({"reputation_score": "0.5"}, "wrong_type", "reputation_score", None),
        ({"regions": ["US", 7]}, "wrong_type", "regions[1]", "7 is not text"),
        ({"regions": "US"}, "wrong_type", "regions", "text `US` is not a list of texts"),
        ({"regions": b"US"}, "wrong_type", "regions", "b'US' is not a list of texts"),
        ({"regions": ["\ud800"]}, "invalid_utf8", "regions[0]", None),
        ({"brand_objectives": {"goals": [{}]}}, "wrong_type", "brand_objectives.goals[0]", None),
        ({"brand_objectives": ["x"]}, "wrong_type", "brand_objectives", "a list is not an object"),
        ({"brand_objectives": object}, "wrong_type", "brand_objectives", None),
        ({7: "x"}, "wrong_type", "", "the name 7 is not text"),
        ({"sponsor_id": None}, "wrong_type", "sponsor_id", "null is not a UUID"),
    ],
)
def test_errors_say_what_and_where(changed: dict[Any, Any], code: str, path: str, message: str | None) -> None:
    with pytest.raises(SponsorfitError) as caught:
        Scorer().score(SPONSOR | changed, EVENT)
    error = caught.value
    assert (error.code, error.path) == (code, ".".join(filter(None, ("sponsor", path))))
    assert isinstance(error, InvalidTextError if code == "invalid_utf8" else InvalidValueError)
    assert isinstance(error, ValueError)
    assert error.row is None
    if message:
        assert error.message == message
        assert str(error) == f"{error.path}: {message}"
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (type(error), str(error), vars(error))


def test_what_is_no_row_is_refused() -> None:
    for row in (None, 7, "x", [SPONSOR], object()):
        with pytest.raises(InvalidValueError, match="sponsor: .* is not an object"):
            Scorer().score(row, EVENT)  # type: ignore[arg-type]


def test_a_misspelt_field_is_told() -> None:
    with pytest.warns(IgnoredFieldWarning, match="prefered_categories: ignored, did you mean `preferred_categories`"):
        Scorer().score(SPONSOR | {"prefered_categories": ["x"]}, EVENT)
    # A database has columns that are nobody's mistake.
    assert Scorer().score(SPONSOR | {"created_at": 7, "website": {"a": [1]}}, EVENT, INSIGHTS).score == WORKED
    with pytest.raises(UnknownFieldError, match="prefered_categories: unknown field, did you mean"):
        SponsorProfile(**SPONSOR, prefered_categories=[])


def test_insufficient_data() -> None:
    with pytest.raises(InsufficientDataError) as caught:
        Scorer(ScoringConfig(min_coverage=1)).score(SPONSOR, EVENT, INSIGHTS)
    assert caught.value.missing == ("objectives_similarity",)
    assert caught.value.coverage == 0.9
    assert pickle.loads(pickle.dumps(caught.value)).missing == caught.value.missing


def test_configuration() -> None:
    config = ScoringConfig(geo_reading="audience_share", missing={"budget": 0.25})
    assert config == ScoringConfig({"geo_reading": "audience_share", "missing": {"budget": 0.25}})
    assert config == ScoringConfig('{"geo_reading": "audience_share", "missing": {"budget": 0.25}}')
    assert config == ScoringConfig(config) == ScoringConfig(config.to_dict()) == ScoringConfig(config.to_json())
    assert hash(config) == hash(pickle.loads(pickle.dumps(config)))
    assert config != ScoringConfig()
    assert config.missing["budget"] == 0.25
    assert config.fingerprint != ScoringConfig().fingerprint == Scorer().fingerprint
    assert eval(repr(config), {"ScoringConfig": ScoringConfig}) == config
    assert ScoringConfig.recommended().geo_reading == "audience_share"
    with pytest.raises(UnknownFieldError, match="geo_readings: unknown field, did you mean `geo_reading`"):
        ScoringConfig(geo_readings="any")
    with pytest.raises(InvalidValueError, match=r"weights: sum to 1\.25"):
        ScoringConfig(weights={"budget_fit": 0.5})
    with pytest.raises(TypeError):
        ScoringConfig({}, geo_reading="any")
    with pytest.raises(AttributeError):
        _ = config.geo_readings


def test_rules() -> None:
    rules = Rules({"region_required": True})
    assert rules.check(SPONSOR, EVENT)
    failed = rules.check(SPONSOR, EVENT | {"regions": ["FR"]}, scorer=Scorer())
    assert not failed
    assert failed.verdicts[0].outcome == "fail"
    assert failed.near_miss is not None
    assert failed.near_miss.rule == "region_required"
    assert failed.near_miss.score_if_allowed is not None
    assert pickle.loads(pickle.dumps(rules)) == rules
    assert repr(rules) == "Rules(region_required=True)"
    with pytest.raises(InvalidValueError, match="until"):
        Rules(date_window={"from": "2026-02-01", "until": "2026-01-01"})


def test_rows_are_values() -> None:
    sponsor = SponsorProfile(SPONSOR)
    assert sponsor == SponsorProfile(**SPONSOR) == SponsorProfile(sponsor) == pickle.loads(pickle.dumps(sponsor))
    assert sponsor != SponsorProfile(SPONSOR | {"regions": []})
    assert copy.deepcopy(sponsor) == sponsor
    assert sponsor.annual_budget_cents == 5_000_000
    assert sponsor.name is None
    assert eval(repr(sponsor), {"SponsorProfile": SponsorProfile}) == sponsor
    assert sponsor.replace(regions=["US"]).regions == ["US"]
    assert SponsorProfile.from_json(sponsor.to_json()) == sponsor
    with pytest.raises(InvalidTextError):
        SponsorProfile.from_json("{")
    with pytest.raises(InvalidValueError, match="sponsor_id: required, but missing"):
        SponsorProfile()
    with pytest.raises(AttributeError):
        _ = sponsor.nam
    with pytest.raises(AttributeError):
        sponsor.name = "x"
    with pytest.raises(TypeError):
        SponsorProfile(SPONSOR, name="x")


def test_objectives_of_ones_own() -> None:
    asked = []

    def crm(sponsor: SponsorProfile, event: Event) -> float | None:
        asked.append((sponsor.sponsor_id, event.event_id))
        return 1.0

    scorer = Scorer(objectives=crm)
    assert scorer.score(SPONSOR, EVENT, INSIGHTS).score > WORKED
    assert asked == [(SPONSOR["sponsor_id"], EVENT["event_id"])]
    assert scorer.config.objectives == {"kind": "custom", "id": crm.__qualname__}
    assert scorer.fingerprint != Scorer().fingerprint

    crm.id = "crm-2"  # type: ignore[attr-defined]
    assert Scorer(objectives=crm).config.objectives["id"] == "crm-2"
    assert Scorer(objectives=lambda *_: None).score(SPONSOR, EVENT, INSIGHTS).score == WORKED


def test_what_a_callable_raises_is_raised() -> None:
    def broken(_sponsor: SponsorProfile, _event: Event) -> float:
        raise ZeroDivisionError("in the callable")

    scorer = Scorer(objectives=broken)
    for ask in (scorer.score, scorer.explain):
        with pytest.raises(ZeroDivisionError, match="in the callable"):
            ask(SPONSOR, EVENT)
    with pytest.raises(InvalidValueError, match=r"objectives: 1\.5 is not in 0\.\.=1"):
        Scorer(objectives=lambda *_: 1.5).score(SPONSOR, EVENT)
    with pytest.raises(TypeError):
        Scorer(objectives=lambda *_: "x").score(SPONSOR, EVENT)  # type: ignore[arg-type,return-value]
    with pytest.raises(sponsorfit.MissingImplementationError):
        Scorer({"objectives": {"kind": "custom", "id": "crm"}})
    # An exception of one call is no part of the next.
    assert Scorer().score(SPONSOR, EVENT, INSIGHTS).score == WORKED


def test_what_if_and_improve() -> None:
    scorer = Scorer()
    what = scorer.what_if(SPONSOR, EVENT, INSIGHTS, changes=[{"remove_region": "MX"}])
    assert what.before is not None
    assert what.gain == what.after.score - what.before.score
    assert sum(factor.gain for factor in what.factors) == pytest.approx(what.gain)
    for one in scorer.improve(SPONSOR, EVENT, INSIGHTS, side="event", limit=3):
        assert scorer.what_if(SPONSOR, EVENT, INSIGHTS, changes=one.changes).after == one.after
        assert one.gain > 0
    with pytest.raises(UnknownFieldError if False else SponsorfitError, match=r"changes\[0\]"):
        scorer.what_if(SPONSOR, EVENT, changes=[{"add_regions": "CA"}])  # type: ignore[list-item,typeddict-unknown-key]


def test_contributions_add_up() -> None:
    why = Scorer().explain(SPONSOR, EVENT, INSIGHTS)
    total = 0.0
    for row in why.factors:
        total += row.contribution
    assert total == why.score.score
    assert why.factors[1].children[0].leaf == "audience_overlap.categories"


def test_the_schemas_are_true_of_rows_and_answers(schemas: dict[str, Any]) -> None:
    for name, row in (("sponsor_profile", SPONSOR), ("event", EVENT), ("audience_insights", INSIGHTS)):
        jsonschema.validate(row, schemas[name])
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate({k: v for k, v in row.items() if not k.endswith("_id")}, schemas[name])
    scorer = Scorer()
    jsonschema.validate(scorer.config.to_dict(), schemas["scoring_config"])
    jsonschema.validate(Rules(price_ceiling=True).to_dict(), schemas["rules"])
    jsonschema.validate(scorer.score(SPONSOR, EVENT).to_dict(), schemas["stored_match_score"])
    jsonschema.validate(scorer.explain(SPONSOR, EVENT, INSIGHTS).to_dict(), schemas["stored_explanation"])
    what = scorer.what_if(SPONSOR, EVENT, changes=[{"set_visitors": {"region": "CA", "count": 5}}])
    jsonschema.validate(what.to_dict(), schemas["what_if"])
    jsonschema.validate(Rules(price_ceiling=True).check(SPONSOR, EVENT).to_dict(), schemas["checked"])
    jsonschema.validate(sponsorfit.validate({"sponsor": {"sponsor_id": 7}}), schemas["validation"])


def test_the_consumer_file_runs() -> None:
    import consumer

    assert 0 < consumer.main() < 1


def test_the_command_line() -> None:
    command = [sys.executable, "-P", "-m", "sponsorfit"]
    shown = subprocess.run([*command, "--top", "1", "--format", "ndjson"], capture_output=True, text=True, check=True)
    assert json.loads(shown.stdout.splitlines()[0])["score"] > 0
    wrong = subprocess.run([*command, "--no-such-option"], capture_output=True, text=True, check=False)
    assert wrong.returncode == 2
    assert "--no-such-option" in wrong.stderr


def test_fields_are_completed_by_tab() -> None:
    for made, field in ((SponsorProfile(SPONSOR), "regions"), (ScoringConfig(), "weights")):
        names = dir(made)
        assert field in names
        assert "to_dict" in names
        assert not hasattr(made, "_repr_html_")
        with pytest.raises(AttributeError, match="has no attribute `reigons`"):
            made.reigons  # noqa: B018
