"""Catalogs: every ranking is the sorted scores of its pairs."""

from __future__ import annotations

import threading
from typing import Any
from uuid import UUID

import polars as pl
import pytest
from catalogs import EVENTS, INSIGHTS, MATCHES, SPONSORS, expected, told

import sponsorfit
from sponsorfit import (
    Catalog,
    Event,
    InsufficientDataError,
    InvalidValueError,
    Scorer,
    SponsorfitError,
    SponsorProfile,
    Table,
    UnknownIdError,
)


@pytest.mark.parametrize("for_each", ["event", "sponsor"])
@pytest.mark.parametrize("threads", [None, 1, 3])
def test_rankings_are_the_sorted_scores(for_each: Any, threads: int | None) -> None:
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS)
    for k in (1, 7, 100):
        assert told(catalog.rank(for_each, k, threads=threads)) == expected(for_each, k)


def test_one_list_at_a_time() -> None:
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS)
    sponsor, event = SPONSORS[3]["sponsor_id"], EVENTS[5]["event_id"]
    assert told(catalog.top_events(sponsor, 5)) == [row for row in expected("sponsor", 5) if row[0] == sponsor]
    assert told(catalog.top_sponsors(UUID(event), 5)) == [row for row in expected("event", 5) if row[1] == event]
    with pytest.raises(UnknownIdError, match="no sponsor") as caught:
        catalog.top_events(event)
    assert isinstance(caught.value, LookupError)
    with pytest.raises(InvalidValueError, match="sponsor_id: `7` is not a UUID"):
        catalog.top_events(7)


def test_columns_of_a_ranking() -> None:
    table = Catalog(SPONSORS, EVENTS, INSIGHTS).rank(k=3)
    assert isinstance(table, Table)
    assert table.metadata == {"config_fingerprint": Scorer().fingerprint, "insufficient": "0"}
    assert len(table) == 120
    for row in table.to_dicts():
        match = MATCHES[row["sponsor_id"], row["event_id"]]
        for name in ("score", "lower", "upper", "coverage", "budget_fit", "categories", "geo", "geo_fit",
                     "engagement_quality", "objectives_similarity"):  # fmt: skip
            assert row[name] == getattr(match, name), name
    assert "the first 10 of 120 rows" in table._repr_html_()
    assert repr(table).startswith("Table(120 rows: sponsor_id, event_id, rank, score")
    assert table.to_polars().equals(pl.DataFrame(table.to_pandas()).cast(table.to_polars().schema))


def test_pairs() -> None:
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS)
    pairs = [(UUID(sponsor["sponsor_id"]), event["event_id"]) for sponsor, event in zip(SPONSORS, EVENTS, strict=True)]
    rows = catalog.score_pairs(pairs).to_dicts()
    assert [row["score"] for row in rows] == [MATCHES[str(sponsor), event].score for sponsor, event in pairs]
    frame = pl.DataFrame(rows).select("event_id", "sponsor_id")
    assert catalog.score_pairs(frame).to_dicts() == rows
    assert catalog.score_pairs(rows).to_dicts() == rows
    assert catalog.score(*pairs[0]) == MATCHES[str(pairs[0][0]), pairs[0][1]]
    with pytest.raises(UnknownIdError):
        catalog.score_pairs([pairs[0][::-1]])


def test_all_pairs() -> None:
    table = Catalog(SPONSORS, EVENTS, INSIGHTS).score_all(["score", "coverage", "audience_overlap.geo"])
    rows = pl.DataFrame(table)
    assert rows.select("sponsor_id", "event_id").rows() == list(MATCHES)
    assert rows["score"].to_list() == [match.score for match in MATCHES.values()]
    assert rows["coverage"].to_list() == [match.coverage for match in MATCHES.values()]
    assert rows["audience_overlap.geo"].to_list() == [match.geo for match in MATCHES.values()]
    with pytest.raises(SponsorfitError, match="`scores` is not `score`"):
        Catalog(SPONSORS, EVENTS).score_all(["scores"])  # type: ignore[list-item]


def test_more_pairs_than_memory() -> None:
    sponsors = [{"sponsor_id": UUID(int=at)} for at in range(60_000)]
    events = [{"event_id": UUID(int=at)} for at in range(60_000)]
    with pytest.raises(MemoryError, match="3600000000 pairs are too many"):
        Catalog(sponsors, events).score_all(["score"] * 5_000)  # type: ignore[list-item]


def test_too_little_known() -> None:
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS, {"missing": {"policy": "renormalize"}, "min_coverage": 0.85})
    scorer = Scorer(catalog.config)
    known = [pair for pair, match in MATCHES.items() if match.coverage >= 0.85]
    table = catalog.rank("event", 100)
    assert len(table) == len(known)
    assert table.insufficient == len(MATCHES) - len(known)
    scored = catalog.score_all().to_dicts()
    assert [row["score"] is not None for row in scored] == [pair in known for pair in MATCHES]
    unknown = next(pair for pair in MATCHES if pair not in known)
    assert catalog.score_pairs([unknown]).to_dicts()[0]["score"] is None
    with pytest.raises(InsufficientDataError) as caught:
        catalog.score(*unknown)
    assert caught.value.missing
    assert scorer.fingerprint == catalog.fingerprint


def test_filters() -> None:
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS)
    everything = catalog.rank("event", 100).to_dicts()
    starts = {event["event_id"]: event["start_at"] for event in EVENTS}
    kept = [row for row in everything if (starts[row["event_id"]] or "") >= "2026-06-01" and row["score"] >= 0.5]
    ranked = catalog.rank("event", 100, from_="2026-06-01", min_score=0.5).to_dicts()
    assert [row["score"] for row in ranked] == [row["score"] for row in kept]
    named = {event["event_id"] for event in EVENTS if "art" in (event["categories"] or ())}
    assert {row["event_id"] for row in catalog.rank(categories=["ART"]).to_dicts()} == named
    rules = sponsorfit.Rules(region_required=True, on_unknown="drop")
    for row in catalog.rank(rules=rules).to_dicts():
        assert rules.check(catalog.sponsor(row["sponsor_id"]), *catalog.event(row["event_id"]))
    assert len(catalog.top_events(SPONSORS[0]["sponsor_id"], 100, min_score=0.5)) < 40
    with pytest.raises(TypeError, match="`least` is no filter"):
        catalog.top_events(SPONSORS[0]["sponsor_id"], least=0.5)
    with pytest.raises(InvalidValueError, match="min_score: 2 is not in 0"):
        catalog.rank(min_score=2)


def test_another_configuration() -> None:
    catalog = Catalog(pl.DataFrame(SPONSORS), EVENTS, INSIGHTS)
    other = catalog.with_config({"overlap_reading": "reachable"})
    assert isinstance(other.rank(), pl.DataFrame)
    assert other.fingerprint != catalog.fingerprint
    assert told(other.rank()) == told(Catalog(SPONSORS, EVENTS, INSIGHTS, {"overlap_reading": "reachable"}).rank())


def test_a_callable_ranks_on_this_thread() -> None:
    threads = set()

    def alike(sponsor: SponsorProfile, _event: Event) -> float:
        threads.add(threading.get_ident())
        return int(sponsor.sponsor_id[0], 16) / 15

    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS, objectives=alike)
    scorer = Scorer(objectives=alike)
    for row in catalog.rank(k=3).to_dicts():
        assert row["score"] == scorer.score(catalog.sponsor(row["sponsor_id"]), *catalog.event(row["event_id"])).score
    assert threads == {threading.get_ident()}

    def broken(_sponsor: SponsorProfile, _event: Event) -> float:
        raise ZeroDivisionError

    for ask in (Catalog.rank, Catalog.score_all, lambda own: own.top_events(SPONSORS[0]["sponsor_id"])):
        with pytest.raises(ZeroDivisionError):
            ask(Catalog(SPONSORS, EVENTS, objectives=broken))
