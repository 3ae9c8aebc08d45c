"""The shapes of rows, settings and answers as plain dicts.

Made from the core's JSON Schema by `tools/make_types.py`: change the Rust types instead.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Required, TypeAlias, TypedDict, Union
from uuid import UUID

from ._lowlevel import AudienceInsights, Event, ScoringConfig, SponsorProfile
from ._lowlevel import Rules as _Rules

__all__ = [
    "AudienceBlendDict",
    "AudienceOverlapDict",
    "BudgetReading",
    "Change",
    "ChangeAddCategoryDict",
    "ChangeAddEventCategoryDict",
    "ChangeAddEventKeywordDict",
    "ChangeAddEventRegionDict",
    "ChangeAddKeywordDict",
    "ChangeAddRegionDict",
    "ChangeRemoveCategoryDict",
    "ChangeRemoveEventCategoryDict",
    "ChangeRemoveEventRegionDict",
    "ChangeRemoveRegionDict",
    "ChangeSetBudgetDict",
    "ChangeSetEngagementScoreDict",
    "ChangeSetMinPriceDict",
    "ChangeSetTicketConversionRateDict",
    "ChangeSetVisitorsDict",
    "ConfigDict",
    "ConfigLike",
    "DateWindowDict",
    "EngagementBlendDict",
    "EventLike",
    "EventRow",
    "Evidence",
    "EvidenceBudgetDict",
    "EvidenceLabelsDict",
    "EvidenceObjectivesDict",
    "EvidenceRateDict",
    "EvidenceVisitorsDict",
    "ExclusiveBy",
    "ExclusivityDict",
    "Factor",
    "FactorGainDict",
    "FactorRowDict",
    "GeoReading",
    "InsightsLike",
    "InsightsRow",
    "Leaf",
    "LeafRowDict",
    "MatchScoreDict",
    "MissingDict",
    "MissingPolicy",
    "ObjectivesDict",
    "ObjectivesKind",
    "ObjectivesKindCustomDict",
    "ObjectivesKindEmbeddingDict",
    "ObjectivesKindKeywordsDict",
    "ObjectivesKindNoneDict",
    "OnUnknown",
    "OverlapMetricsDict",
    "OverlapReading",
    "ReasonDict",
    "RegionVisitorsDict",
    "RulesDict",
    "RulesLike",
    "SponsorLike",
    "SponsorRow",
    "StoredExplanationDict",
    "StoredMatchScoreDict",
    "TakenDict",
    "TargetAudienceDict",
    "Verdict",
    "WeightsDict",
    "WhatIfDict",
]


class ObjectivesDict(TypedDict, total=False):
    """Keywords and goals of a brand or an event."""
    goals: Sequence[str] | Set[str] | None
    """What is to be achieved."""
    keywords: Sequence[str] | Set[str] | None
    """Single words or short phrases."""


class TargetAudienceDict(TypedDict, total=False):
    """Whom a sponsor wants to reach."""
    age_buckets: Sequence[str] | Set[str] | None
    """Age buckets such as `18-24`."""
    interests: Sequence[str] | Set[str] | None
    """Interests such as `climbing`."""


class SponsorRow(TypedDict, total=False):
    """A sponsor's targeting profile. None is unknown; an empty set states no preference.

    Every field's type carries its range, so a profile that exists is valid.
    """
    annual_budget_cents: int | float | Decimal | str | None
    """The yearly sponsoring budget in minor units of the currency."""
    brand_objectives: ObjectivesDict
    """What the brand wants to be known for."""
    company_size: str | None
    """The size of the company, in the database's own words."""
    excluded_categories: Sequence[str] | Set[str] | None
    """The categories that the sponsor will not stand beside."""
    industry: str | None
    """The industry, such as `beverages`. Rules of exclusivity compare it."""
    name: str | None
    """The sponsor's name, for display only."""
    objectives_embedding: Sequence[float] | str | None
    """The objectives as a vector of a text embedding model."""
    preferred_categories: Sequence[str] | Set[str] | None
    """The categories of events that the sponsor prefers."""
    regions: Sequence[str] | Set[str] | None
    """The regions in which the sponsor wants to be seen."""
    reputation_score: float | None
    """How well organisers speak of the sponsor, 0 to 1."""
    sponsor_id: Required[str | UUID]
    """The sponsor's UUID."""
    target_audience: TargetAudienceDict
    """Whom the sponsor wants to reach."""


class EventRow(TypedDict, total=False):
    """An event as its organiser describes it. None and empty sets are unknown.

    Every field's type carries its range, so an event that exists is valid. A row may call its
    identifier `id`, as the table `events` does.
    """
    categories: Sequence[str] | Set[str] | None
    """The categories that the event belongs to."""
    city: str | None
    """The city, for history and reports."""
    country: str | None
    """The country, for history and reports."""
    event_id: str | UUID
    """The event's UUID."""
    id: str | UUID
    """Another name of `event_id`."""
    min_price_cents: int | float | Decimal | str | None
    """The price of the cheapest open package, in minor units of the currency."""
    objectives: ObjectivesDict
    """What the event stands for."""
    objectives_embedding: Sequence[float] | str | None
    """The objectives as a vector of a text embedding model."""
    regions: Sequence[str] | Set[str] | None
    """Where it takes place: country, city, and the like."""
    series: str | None
    """The series of which it is one edition."""
    slug: str | None
    """The event's name in links, such as `lantern-fair-2026`; tells the series where that is missing.
    """
    start_at: str | date | None
    """When it begins."""
    title: str | None
    """The event's title, for display only."""


class InsightsRow(TypedDict, total=False):
    """Measured behaviour of an event's audience. None and empty maps are unknown.

    Every field's type carries its range, so insights that exist are valid.
    """
    age_segments: Mapping[str, float] | None
    """Shares of the audience by age bucket, each 0 to 1."""
    attendee_count: int | float | Decimal | str | None
    """How many people came."""
    avg_dwell_time_ms: float | None
    """How long people stayed with the event's posts on average, in milliseconds."""
    engagement_score: float | None
    """How engaged the audience was, 0 to 1."""
    event_id: Required[str | UUID]
    """The event's UUID."""
    geo_distribution: Mapping[str, int | float | Decimal | str] | None
    """Visitors by region."""
    sentiment_score: float | None
    """The mean sentiment of the mentions, −1 to 1."""
    social_mentions: int | float | Decimal | str | None
    """How often the event was mentioned in social media."""
    ticket_conversion_rate: float | None
    """Visitors who bought a ticket ÷ visitors, 0 to 1."""


class AudienceBlendDict(TypedDict, total=False):
    """The shares of the two parts of `audience_overlap`."""
    categories: float
    """The share of the overlap of categories."""
    geo: float
    """The share of the overlap of regions."""


BudgetReading: TypeAlias = Literal['fixed', 'price']
"""Which budget makes `budget_fit` one half."""


class EngagementBlendDict(TypedDict, total=False):
    """The shares of the two parts of `engagement_quality`."""
    engagement_score: float
    """The share of the engagement score."""
    ticket_conversion_rate: float
    """The share of the ticket conversion rate."""


GeoReading: TypeAlias = Literal['any', 'audience_share']
"""How `geo_fit` reads where visitors came from."""


class MissingDict(TypedDict, total=False):
    """What unknown facts count as. The values are those of `neutral`, each 0 to 1."""
    budget: float
    """What an unknown budget counts as."""
    engagement_score: float
    """What an unknown engagement score counts as."""
    event_silent: float
    """What an overlap counts as when only the event says nothing."""
    no_preference: float
    """What an overlap counts as when the sponsor states no preference."""
    objectives: float
    """What an unknown similarity of objectives counts as."""
    policy: MissingPolicy
    """Whether unknown facts take the values below, or are left out."""
    ticket_conversion_rate: float
    """What an unknown ticket conversion rate counts as."""


MissingPolicy: TypeAlias = Literal['neutral', 'renormalize']
"""Whether unknown facts take a neutral value or are left out."""


class ObjectivesKindNoneDict(TypedDict, total=False):
    """Not at all: similarity is unknown."""
    kind: Required[Literal['none']]


class ObjectivesKindKeywordsDict(TypedDict, total=False):
    """By the words of keywords and goals."""
    kind: Required[Literal['keywords']]


class ObjectivesKindEmbeddingDict(TypedDict, total=False):
    """By the vectors in `objectives_embedding`."""
    dimension: Required[int]
    """How many components each vector has."""
    kind: Required[Literal['embedding']]


class ObjectivesKindCustomDict(TypedDict, total=False):
    """By an implementation of your own."""
    id: Required[str]
    """The implementation's `id`."""
    kind: Required[Literal['custom']]


ObjectivesKind: TypeAlias = Union[
    ObjectivesKindNoneDict,
    ObjectivesKindKeywordsDict,
    ObjectivesKindEmbeddingDict,
    ObjectivesKindCustomDict,
]
"""How objectives are compared, as the configuration names it."""


OverlapReading: TypeAlias = Literal['preferred', 'reachable']
"""What the overlaps of categories and of regions are divided by."""


class WeightsDict(TypedDict, total=False):
    """The share of each factor in the score."""
    audience_overlap: float
    """The share of `audience_overlap`."""
    budget_fit: float
    """The share of `budget_fit`."""
    engagement_quality: float
    """The share of `engagement_quality`."""
    geo_fit: float
    """The share of `geo_fit`."""
    objectives_similarity: float
    """The share of `objectives_similarity`."""


class ConfigDict(TypedDict, total=False):
    """What a `Scorer` computes: the formula's numbers and how to read the rows.

    The default is the formula of the definition, §2.1. Every part may be left out of the JSON; unknown
    fields are refused.
    """
    audience_blend: AudienceBlendDict
    """The shares of the two parts of `audience_overlap`, together 1."""
    budget_reading: BudgetReading
    """Which budget counts as one half."""
    engagement_blend: EngagementBlendDict
    """The shares of the two parts of `engagement_quality`, together 1."""
    geo_reading: GeoReading
    """Whether a region counts once or by its visitors."""
    half_budget_cents: float
    """The budget, in minor units, at which `budget_fit` is one half. Finite, above 0."""
    min_coverage: float
    """The coverage below which there is no score."""
    missing: MissingDict
    """What unknown facts count as."""
    objectives: ObjectivesKind
    """How objectives are compared."""
    overlap_reading: OverlapReading
    """What overlaps are divided by."""
    weights: WeightsDict
    """The share of each factor in the score. Each 0 or more, together 1."""


DateWindowDict = TypedDict("DateWindowDict", {"from": "str | date | None", "until": "str | date | None"}, total=False)
"""When an event must begin. Both ends are included; a date as `until` includes its whole day.
"""


ExclusiveBy: TypeAlias = Literal['industry']
"""What sponsors of one kind have in common."""


class ExclusivityDict(TypedDict, total=False):
    """Which sponsors an event is closed to, because one of their kind is there already."""
    by: Required[ExclusiveBy]
    """What sponsors of one kind have in common."""
    taken: Required[Sequence[TakenDict]]
    """The kinds that events are closed to."""


OnUnknown: TypeAlias = Literal['keep', 'drop']
"""What happens to a pair whose facts do not tell whether a rule holds."""


class TakenDict(TypedDict, total=False):
    """An industry that an event is closed to."""
    event_id: Required[str | UUID]
    """The event."""
    industry: Required[str]
    """The industry that is there already."""


class RulesDict(TypedDict, total=False):
    """Which pairs may be ranked at all. Every rule is off unless it is set."""
    blocked_pairs: Sequence[Sequence[str]]
    """Pairs that are blocked by name."""
    date_window: DateWindowDict | None
    """The event begins within a window."""
    excluded_categories: bool
    """No event in a category that the sponsor excludes."""
    exclusivity: ExclusivityDict | None
    """No second sponsor of the same kind at an event."""
    on_unknown: OnUnknown
    """What happens to a pair whose facts do not tell whether a rule holds."""
    price_ceiling: bool
    """The cheapest package costs no more than the yearly budget."""
    region_required: bool
    """At least one of the sponsor's regions is the event's or a visitor's."""


class ChangeAddCategoryDict(TypedDict, total=False):
    """Adds to the sponsor's `preferred_categories`."""
    add_category: Required[str]


class ChangeRemoveCategoryDict(TypedDict, total=False):
    """Removes from the sponsor's `preferred_categories`."""
    remove_category: Required[str]


class ChangeAddRegionDict(TypedDict, total=False):
    """Adds to the sponsor's `regions`."""
    add_region: Required[str]


class ChangeRemoveRegionDict(TypedDict, total=False):
    """Removes from the sponsor's `regions`."""
    remove_region: Required[str]


class ChangeSetBudgetDict(TypedDict, total=False):
    """Sets the sponsor's `annual_budget_cents`; None makes it unknown."""
    set_budget: Required[int | float | Decimal | str | None]


class ChangeAddKeywordDict(TypedDict, total=False):
    """Adds to the keywords of the sponsor's `brand_objectives`."""
    add_keyword: Required[str]


class ChangeAddEventCategoryDict(TypedDict, total=False):
    """Adds to the event's `categories`."""
    add_event_category: Required[str]


class ChangeRemoveEventCategoryDict(TypedDict, total=False):
    """Removes from the event's `categories`."""
    remove_event_category: Required[str]


class ChangeAddEventRegionDict(TypedDict, total=False):
    """Adds to the event's `regions`."""
    add_event_region: Required[str]


class ChangeRemoveEventRegionDict(TypedDict, total=False):
    """Removes from the event's `regions`."""
    remove_event_region: Required[str]


class ChangeSetMinPriceDict(TypedDict, total=False):
    """Sets the event's `min_price_cents`; None makes it unknown."""
    set_min_price: Required[int | float | Decimal | str | None]


class ChangeAddEventKeywordDict(TypedDict, total=False):
    """Adds to the keywords of the event's `objectives`."""
    add_event_keyword: Required[str]


class ChangeSetEngagementScoreDict(TypedDict, total=False):
    """Sets the insights' `engagement_score`; None makes it unknown."""
    set_engagement_score: Required[float | None]


class ChangeSetTicketConversionRateDict(TypedDict, total=False):
    """Sets the insights' `ticket_conversion_rate`; None makes it unknown."""
    set_ticket_conversion_rate: Required[float | None]


class ChangeSetVisitorsDict(TypedDict, total=False):
    """Sets the visitors from one region in the insights' `geo_distribution`."""
    set_visitors: Required[Mapping[str, Any]]


Change: TypeAlias = Union[
    ChangeAddCategoryDict,
    ChangeRemoveCategoryDict,
    ChangeAddRegionDict,
    ChangeRemoveRegionDict,
    ChangeSetBudgetDict,
    ChangeAddKeywordDict,
    ChangeAddEventCategoryDict,
    ChangeRemoveEventCategoryDict,
    ChangeAddEventRegionDict,
    ChangeRemoveEventRegionDict,
    ChangeSetMinPriceDict,
    ChangeAddEventKeywordDict,
    ChangeSetEngagementScoreDict,
    ChangeSetTicketConversionRateDict,
    ChangeSetVisitorsDict,
]
"""A change of one fact, written in JSON as `{"add_region": "CA"}`."""


class AudienceOverlapDict(TypedDict, total=False):
    """The two parts of `audience_overlap`."""
    categories: Required[float | None]
    """The overlap of categories."""
    geo: Required[float | None]
    """The overlap of regions."""


Leaf: TypeAlias = Literal['budget_fit', 'audience_overlap.categories', 'audience_overlap.geo', 'geo_fit', 'engagement_quality.engagement_score', 'engagement_quality.ticket_conversion_rate', 'objectives_similarity']
"""The path of one of the seven facts that a score rests on."""


class OverlapMetricsDict(TypedDict, total=False):
    """The values that entered a score; None was left out."""
    audience_overlap: Required[AudienceOverlapDict]
    """The two parts of the audience overlap."""
    budget_fit: Required[float | None]
    """Whether the sponsor can afford it."""
    engagement_quality: Required[float | None]
    """Whether the audience took part."""
    geo_fit: Required[float | None]
    """Whether the audience is where the sponsor wants to be seen."""
    objectives_similarity: Required[float | None]
    """Whether both want the same."""


class StoredMatchScoreDict(TypedDict, total=False):
    """A score as it is stored."""
    config_fingerprint: Required[str]
    """The SHA-256 that names the configuration."""
    coverage: Required[float]
    """The share of the formula's weight that rests on known facts, 0 to 1."""
    event_id: Required[str]
    """The event of the pair."""
    lower: Required[float]
    """The score if every unknown turned out worst."""
    overlap_metrics: Required[OverlapMetricsDict]
    """What each factor was worth."""
    score: Required[float]
    """The fit, 0 to 1."""
    score_decimal: Required[str]
    """The score with four digits, for a column `numeric(5,4)`."""
    sponsor_id: Required[str]
    """The sponsor of the pair."""
    unknown: Required[list[Leaf]]
    """The facts that were unknown."""
    upper: Required[float]
    """The score if every unknown turned out best."""


class EvidenceBudgetDict(TypedDict, total=False):
    """The budget, and the one that counts as one half."""
    annual_budget_cents: Required[int | None]
    """The sponsor's budget; None is unknown."""
    half_budget_cents: Required[float]
    """The budget that would give one half."""
    kind: Required[Literal['budget']]


class EvidenceLabelsDict(TypedDict, total=False):
    """Which of the wanted labels the event has. Lists are in key order."""
    divisor: Required[int]
    """What the number of matches was divided by; 0 when the overlap is unknown."""
    kind: Required[Literal['labels']]
    matched: Required[list[str]]
    """What the sponsor wants and the event has."""
    offered: Required[list[str]]
    """What the event has besides."""
    unmatched: Required[list[str]]
    """What the sponsor wants and the event has not."""


class EvidenceVisitorsDict(TypedDict, total=False):
    """Where the visitors came from."""
    kind: Required[Literal['visitors']]
    reached: Required[int]
    """The visitors from these regions together."""
    regions: Required[list[RegionVisitorsDict]]
    """The sponsor's regions with their visitors, in key order."""
    total: Required[int]
    """All visitors that were counted."""


class EvidenceRateDict(TypedDict, total=False):
    """A measured rate."""
    kind: Required[Literal['rate']]
    rate: Required[float | None]
    """The rate; None is unknown."""


class EvidenceObjectivesDict(TypedDict, total=False):
    """How objectives were compared."""
    implementation: Required[str]
    """The implementation's id."""
    kind: Required[Literal['objectives']]
    shared_words: Required[list[str]]
    """Words that both sides use, in byte order."""


Evidence: TypeAlias = Union[
    EvidenceBudgetDict,
    EvidenceLabelsDict,
    EvidenceVisitorsDict,
    EvidenceRateDict,
    EvidenceObjectivesDict,
]
"""The facts behind one leaf, by kind."""


Factor: TypeAlias = Literal['budget_fit', 'audience_overlap', 'geo_fit', 'engagement_quality', 'objectives_similarity']
"""One of the five terms of the score, in formula order."""


class FactorRowDict(TypedDict, total=False):
    """One factor's part in a score."""
    children: Required[list[LeafRowDict]]
    """The parts of a blend."""
    configured_weight: Required[float]
    """The weight in the configuration."""
    contribution: Required[float]
    """`weight · value`, and 0 when left out."""
    evidence: Required[Evidence | None]
    """The facts behind it; None for a blend, whose children have theirs."""
    factor: Required[Factor]
    """The factor."""
    known: Required[bool]
    """Whether any of its leaves is known."""
    value: Required[float | None]
    """What entered the score, 0 to 1; None when it was left out."""
    weight: Required[float]
    """The effective weight: scaled under `renormalize`, 0 when left out."""


class LeafRowDict(TypedDict, total=False):
    """One part of a blended factor."""
    configured_weight: Required[float]
    """The share in the configuration."""
    contribution: Required[float]
    """`weight · value`, and 0 when left out."""
    evidence: Required[Evidence | None]
    """The facts behind it."""
    known: Required[bool]
    """Whether it is known."""
    leaf: Required[Leaf]
    """The leaf."""
    value: Required[float | None]
    """What entered the blend, 0 to 1; None when it was left out."""
    weight: Required[float]
    """The effective share in the blend: 1 when the other part was left out."""


class ReasonDict(TypedDict, total=False):
    """One thing that speaks for or against a match, or is not known."""
    leaves: Required[list[Leaf]]
    """The paths of the leaves it speaks of."""
    lost: Required[float]
    """What it could still add."""
    points: Required[float]
    """What it adds to the score."""
    short: Required[str]
    """A few words, for a table."""
    text: Required[str]
    """A sentence."""
    verdict: Required[Verdict]
    """For, against or unknown."""


class RegionVisitorsDict(TypedDict, total=False):
    """The visitors from one of the sponsor's regions."""
    region: Required[str]
    """The region as the sponsor spells it."""
    visitors: Required[int]
    """How many visitors came from there."""


Verdict: TypeAlias = Literal['for', 'against', 'unknown']
"""Which way a reason speaks."""


class StoredExplanationDict(TypedDict, total=False):
    """A score as it is stored."""
    config_fingerprint: Required[str]
    """The SHA-256 that names the configuration."""
    coverage: Required[float]
    """The share of the formula's weight that rests on known facts, 0 to 1."""
    event_id: Required[str]
    """The event of the pair."""
    factors: Required[list[FactorRowDict]]
    """One row a factor, in formula order."""
    lower: Required[float]
    """The score if every unknown turned out worst."""
    overlap_metrics: Required[OverlapMetricsDict]
    """What each factor was worth."""
    reasons: Required[list[ReasonDict]]
    """What speaks for and against the match, in formula order."""
    score: Required[float]
    """The fit, 0 to 1."""
    score_decimal: Required[str]
    """The score with four digits, for a column `numeric(5,4)`."""
    sponsor_id: Required[str]
    """The sponsor of the pair."""
    summary: Required[str]
    """The whole in one sentence."""
    unknown: Required[list[Leaf]]
    """The facts that were unknown."""
    upper: Required[float]
    """The score if every unknown turned out best."""


class FactorGainDict(TypedDict, total=False):
    """One factor's contribution before and after changes."""
    after: Required[float]
    """Its contribution after the changes, 0 when left out."""
    before: Required[float]
    """Its contribution as it is, 0 when left out or without a score."""
    factor: Required[Factor]
    """The factor."""
    gain: Required[float]
    """`after − before`."""


class MatchScoreDict(TypedDict, total=False):
    """How well a sponsor and an event fit, how sure that is, and what is unknown."""
    coverage: Required[float]
    """The share of the formula's weight that rests on known facts, 0 to 1."""
    event_id: Required[str]
    """The event of the pair."""
    lower: Required[float]
    """The score if every unknown turned out worst."""
    overlap_metrics: Required[OverlapMetricsDict]
    """What each factor was worth."""
    score: Required[float]
    """The fit, 0 to 1."""
    sponsor_id: Required[str]
    """The sponsor of the pair."""
    unknown: Required[list[Leaf]]
    """The facts that were unknown."""
    upper: Required[float]
    """The score if every unknown turned out best."""


class WhatIfDict(TypedDict, total=False):
    """A score before and after named changes, and what each factor gained."""
    after: Required[MatchScoreDict]
    """The score after the changes."""
    before: Required[MatchScoreDict | None]
    """The score as it is; None when too little was known for one."""
    changes: Required[list[Change]]
    """The changes, in the order they were made."""
    factors: Required[list[FactorGainDict]]
    """What each factor's contribution gained, in formula order."""
    gain: Required[float | None]
    """`after − before`; None without a score before."""


SponsorLike: TypeAlias = Union[SponsorProfile, SponsorRow, Mapping[str, Any]]
"""What is taken for a sponsor: a typed object, a dict, or any mapping such as a driver's row."""

EventLike: TypeAlias = Union[Event, EventRow, Mapping[str, Any]]
"""What is taken for an event."""

InsightsLike: TypeAlias = Union[AudienceInsights, InsightsRow, Mapping[str, Any]]
"""What is taken for an audience's insights."""

ConfigLike: TypeAlias = Union[ScoringConfig, ConfigDict, Mapping[str, Any], str]
"""What is taken for a configuration: an object, a dict or JSON text."""

RulesLike: TypeAlias = Union[_Rules, RulesDict, Mapping[str, Any], str]
"""What is taken for rules."""
