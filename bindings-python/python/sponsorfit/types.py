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
    "AcceptanceDict",
    "AcceptanceFitDict",
    "Anchor",
    "AssignDict",
    "AudienceBlendDict",
    "AudienceOverlapDict",
    "BudgetReading",
    "Calibration",
    "CalibrationChoice",
    "CalibrationFitDict",
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
    "CheckedDict",
    "ColumnDict",
    "ComparisonDict",
    "ConfigDict",
    "ConfigLike",
    "ConfigOrText",
    "ConfigurationDict",
    "ConfiguredDict",
    "CountsDict",
    "CupedColumnsDict",
    "CupedDict",
    "DateWindowDict",
    "DecisionColumnsDict",
    "DecisionDict",
    "DecisionsDict",
    "DescriptionDict",
    "DifferenceOfDict",
    "Effect",
    "EngagementBlendDict",
    "ErrorDict",
    "EstimateDict",
    "EvaluateDict",
    "EventKeyDict",
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
    "ExperimentDict",
    "ExplanationDict",
    "Factor",
    "FactorGainDict",
    "FactorRowDict",
    "FactorRowsDict",
    "FactorValuesDict",
    "Feature",
    "FeatureContributionDict",
    "FeatureDefinitionDict",
    "FeatureRowDict",
    "FeaturesOfDict",
    "FilterDict",
    "FittedFactorDict",
    "FittedWeightsDict",
    "GainChoice",
    "GeoReading",
    "HeldEventDict",
    "HistoryReportDict",
    "IgnoredDict",
    "IgnoredFieldDict",
    "ImprovementDict",
    "InsightsLike",
    "InsightsRow",
    "IntervalDict",
    "KindReportDict",
    "LabelTextDict",
    "Leaf",
    "LeafRowDict",
    "LoggedColumnsDict",
    "LogisticDict",
    "MatchScoreDict",
    "MeanMetricsDict",
    "MeanQualityDict",
    "MetricsDict",
    "MissingDict",
    "MissingPolicy",
    "NearMissDict",
    "NoPositivesChoice",
    "ObjectivesDict",
    "ObjectivesKind",
    "ObjectivesKindCustomDict",
    "ObjectivesKindEmbeddingDict",
    "ObjectivesKindKeywordsDict",
    "ObjectivesKindNoneDict",
    "OffPolicyDict",
    "OnUnknown",
    "Outcome",
    "OutcomeColumnsDict",
    "OverlapMetricsDict",
    "OverlapReading",
    "PagePlaceDict",
    "PairChangesDict",
    "PairDict",
    "PairKeyDict",
    "PairKeysDict",
    "PairRulesDict",
    "PairSideDict",
    "PastSponsorshipDict",
    "ProfilesDict",
    "ProposalsDict",
    "QueryMetricsDict",
    "RankEachDict",
    "RankedDict",
    "RankedListsDict",
    "RankerQualityDict",
    "RankerScoresDict",
    "RankingDict",
    "ReadDict",
    "ReadOutDict",
    "ReasonDict",
    "RefinedEventsDict",
    "RefinedExplanationDict",
    "RefinedMatchDict",
    "RefinedRankingDict",
    "RefinedSponsorsDict",
    "RegionVisitorsDict",
    "RejectDict",
    "ReliabilityDict",
    "ReliabilityRowDict",
    "ReportDict",
    "RowsOnly",
    "Rule",
    "RuleVerdictDict",
    "RulesDict",
    "RulesLike",
    "SampleRatioDict",
    "SampleSizesDict",
    "ScoreAllDict",
    "ScoredColumnsDict",
    "ScoredPairsDict",
    "ScoresDict",
    "ScoresToCalibrateDict",
    "SeedDict",
    "SequenceOfDict",
    "ShownDict",
    "Side",
    "SponsorKeyDict",
    "SponsorLike",
    "SponsorRow",
    "SponsorshipOutcome",
    "StoredExplanationDict",
    "StoredMatchScoreDict",
    "TakenDict",
    "TargetAudienceDict",
    "Team",
    "TeamDraftDict",
    "Theme",
    "ThemeContributionDict",
    "TiesChoice",
    "ToldProbabilitiesDict",
    "TopEventsDict",
    "TopSponsorsDict",
    "UncheckedDict",
    "Unit",
    "UpsertEventDict",
    "UpsertSponsorDict",
    "ValidationDict",
    "VariantDict",
    "VariantDifferenceDict",
    "Verdict",
    "WeightsDict",
    "WeightsFitDict",
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
    blocked_pairs: Sequence[Sequence[str | UUID]]
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


class AcceptanceDict(TypedDict, total=False):
    """The probability that a pair is accepted: a `Logistic` line, and what its scores came to.

    The calibration is learnt from scores that were held out: the cases are dealt to five parts in turn,
    accepted and rejected ones apart, and each part is scored by a line through the others (as Platt
    asks for, 1999). On its own cases every line is too sure of itself.
    """
    calibration: Calibration | None
    """What turns log-odds into probabilities; None is the odds themselves."""
    line: Required[LogisticDict]
    """The log-odds as a line of the numbers."""


class AcceptanceFitDict(TypedDict, total=False):
    """Rows of numbers and what came of them, as columns."""
    accepted: Required[Sequence[bool]]
    """What came of it."""
    probabilities: CalibrationChoice
    """Where the probabilities come from; `where_enough` when it is left out."""
    pull: float
    """How strongly the slopes are held to 0; 1 when it is left out."""
    rows: Required[Sequence[Sequence[float | None]]]
    """The numbers that were known of each row; None is unknown."""
    weights: Sequence[float] | None
    """How much each counts, 0 or more; 1 each when it is left out."""


Anchor: TypeAlias = Literal['sponsor', 'event']
"""The side whose rows each get a ranking."""


class AssignDict(TypedDict, total=False):
    """Units, and the experiment that deals with them."""
    experiment: Required[ExperimentDict]
    """The experiment."""
    units: Required[Sequence[str] | Set[str]]
    """The names of units."""


Calibration: TypeAlias = Sequence[Sequence[float]]
"""A rising line from scores to probabilities.

Isotonic regression: of all functions that never fall, the one with the least squared error, found by pooling adjacent violators (Ayer et al. 1955; for probabilities Zadrozny and Elkan 2002). Between the scores it was fitted on it is linear, beyond them level. It assumes only that a higher score is no worse."""


CalibrationChoice: TypeAlias = Literal['where_enough', 'calibrated', 'odds']
"""Where the probabilities come from."""


class CalibrationFitDict(TypedDict, total=False):
    """Scores and what came of them, as columns."""
    accepted: Required[Sequence[bool]]
    """What came of it."""
    scores: Required[Sequence[float]]
    """What each pair was scored."""
    weights: Sequence[float] | None
    """How much each counts, 0 or more; 1 each when it is left out."""


class ColumnDict(TypedDict, total=False):
    """One number's part in the log-odds."""
    centre: Required[float]
    """The mean of the number, for which an unknown one stands."""
    slope: Required[float]
    """What one more of the number adds to the log-odds."""


ConfigOrText: TypeAlias = ConfigDict | str
"""A configuration, as an object or as the text of one."""


class ConfiguredDict(TypedDict, total=False):
    """A configuration that is to be looked at."""
    config: ConfigOrText | None
    """The configuration, as an object or as the text of one; the default when it is left out."""


class CupedColumnsDict(TypedDict, total=False):
    """Outcomes, and what was known of their units beforehand."""
    before: Required[Sequence[float]]
    """What was known of it."""
    outcomes: Required[Sequence[float]]
    """The outcome of each unit."""


class DecisionDict(TypedDict, total=False):
    """One pair that was shown in a list, and what was decided about it.

    Written when it is shown, with `outcome` `shown`; written again, or updated, when somebody decides.
    What is not logged at that moment cannot be reconstructed: neither the factors (profiles change) nor
    the propensity (so does the ranking).
    """
    config_fingerprint: str | None
    """The fingerprint of the configuration that scored it: 64 hexadecimal digits."""
    decided_at: str | date | None
    """When it was decided."""
    event_id: Required[str | UUID]
    """The event's UUID."""
    experiment: str | None
    """The experiment it was part of."""
    factors: FactorValuesDict | None
    """The values that entered the score."""
    list_id: Required[str]
    """What was shown together: all rows of one list share it."""
    outcome: SponsorshipOutcome | None
    """What was decided; `shown` while nothing was."""
    policy: str | None
    """What ordered the list: the name of a model or a rule."""
    position: Required[int | float | Decimal | str]
    """The place in the list, from 1."""
    propensity: float | None
    """How likely it was to be shown there, above 0 and at most 1; 1 for a ranking without chance.
    """
    score: float | None
    """The score it was shown with."""
    shown_at: Required[str | date]
    """When it was shown."""
    sponsor_id: Required[str | UUID]
    """The sponsor's UUID."""
    variant: str | None
    """The variant that its unit was assigned to."""


class DecisionsDict(TypedDict, total=False):
    """A log of decisions."""
    decisions: Required[Sequence[DecisionDict]]
    """The rows of the log."""


class DifferenceOfDict(TypedDict, total=False):
    """Two samples that are compared as often as one likes."""
    alpha: float
    """How often the interval may be wrong, in all its looks together."""
    control: Required[Sequence[float]]
    """The values without."""
    horizon: int | float | Decimal | str | None
    """How many values of both make the interval narrowest; all that are there when it is left out.
    """
    treated: Required[Sequence[float]]
    """The values with the change."""


class EvaluateDict(TypedDict, total=False):
    """Rankers on the same queries, as columns: a row is a candidate of a query."""
    confidence: float
    """Of the intervals, 0.5 to 0.999; 0.95 when it is left out."""
    ids: Required[Sequence[str] | Set[str]]
    """Who each candidate is, unique within its query; decides between equal scores."""
    k: int | float | Decimal | str
    """Where lists are cut; 10 when it is left out."""
    positive: Required[Sequence[bool]]
    """Whether each turned out well."""
    queries: Required[Sequence[str] | Set[str]]
    """What each candidate is ranked for, such as the event's id."""
    rankers: Required[Sequence[RankerScoresDict]]
    """The rankers; each is compared with the first."""
    resamples: int | float | Decimal | str
    """How often queries are drawn anew for the intervals; 10 000 when it is left out."""
    seed: int | float | Decimal | str
    """The seed of the draws: the same input gives the same bits."""


class EventKeyDict(TypedDict, total=False):
    """An event of the catalog."""
    event_id: Required[str | UUID]
    """Its identifier."""


class ExperimentDict(TypedDict, total=False):
    """An experiment: who takes part, and which variants there are.

    What it does with a unit is `Experiment`'s business.
    """
    exposure_basis_points: int | float | Decimal
    """How many units of 10 000 take part; all when it is left out."""
    name: Required[str]
    """The experiment's name."""
    namespace: str
    """Experiments of one namespace share their exposure."""
    salt: str
    """Another salt is another draw."""
    variants: Required[Sequence[VariantDict]]
    """The variants; the first is the control."""


class FactorRowsDict(TypedDict, total=False):
    """The five factors of pairs, and the configuration that weighs them."""
    config: ConfigOrText | None
    """The configuration; the default when it is left out."""
    factors: Required[Sequence[Sequence[float]]]
    """The five factors of each pair, in the formula's order, each 0 to 1."""


class FactorValuesDict(TypedDict, total=False):
    """What each factor was worth, 0 to 1, None where it was left out."""
    audience_overlap: float | None
    """Whether categories and regions overlap."""
    budget_fit: float | None
    """Whether the sponsor can afford it."""
    engagement_quality: float | None
    """Whether the audience took part."""
    geo_fit: float | None
    """Whether the audience is where the sponsor wants to be seen."""
    objectives_similarity: float | None
    """Whether both want the same."""


class FeaturesOfDict(TypedDict, total=False):
    """Pairs of the catalog, and the date as of which they are looked at."""
    as_of: Required[str | date]
    """The date; nothing that happened on it or later enters."""
    pairs: Required[Sequence[PairKeyDict]]
    """The pairs."""


FilterDict = TypedDict("FilterDict", {"categories": "Sequence[str] | Set[str] | None", "from": "str | date | None", "min_score": "float | None", "only_events": "Sequence[str | UUID] | None", "only_sponsors": "Sequence[str | UUID] | None", "rules": "RulesDict | None", "until": "str | date | None", "without_events": "Sequence[str | UUID] | None", "without_sponsors": "Sequence[str | UUID] | None"}, total=False)
"""Which pairs a ranking may show: a `Filter` in JSON."""


GainChoice: TypeAlias = Literal['linear', 'exponential']
"""What a grade is worth."""


class LabelTextDict(TypedDict, total=False):
    """A text that is a label."""
    text: Required[str]
    """The label as somebody spells it."""


class LoggedColumnsDict(TypedDict, total=False):
    """The log of one ranking, and what another would have done."""
    alpha: float
    """How often the interval may be wrong."""
    propensities: Required[Sequence[float]]
    """How probable it was that the row was shown, above 0 and at most 1."""
    rewards: Required[Sequence[float]]
    """What each row that was shown brought."""
    targets: Required[Sequence[float]]
    """How probable the other ranking would have made it, 0 to 1."""


class LogisticDict(TypedDict, total=False):
    """Logistic regression: every number adds to the log-odds in proportion, an unknown one adds nothing.

    What it makes small is Σ weight · ln(1 + exp(∓ log-odds)) + pull/2 · ‖slopes‖², with slopes of
    numbers brought to mean 0 and variance 1 over the cases that know them (Hoerl and Kennard's ridge,
    1970, for le Cessie and van Houwelingen's odds, 1992). An unknown number is taken to be at its mean,
    so it moves nothing. The least is found by Newton's method; the same input gives the same bits on
    every machine.
    """
    columns: Required[Sequence[ColumnDict]]
    """Each number's part."""
    intercept: Required[float]
    """The log-odds where every number is at its centre."""


NoPositivesChoice: TypeAlias = Literal['skip', 'zero', 'one']
"""What a query without a positive counts as in a mean."""


class PairDict(TypedDict, total=False):
    """A pair."""
    event: Required[EventRow]
    """The event's row."""
    insights: InsightsRow | None
    """What was measured at the event; None is unknown."""
    sponsor: Required[SponsorRow]
    """The sponsor's row."""


class PairChangesDict(TypedDict, total=False):
    """A pair, and changes to make to it."""
    changes: Required[Sequence[Change]]
    """The changes, made one after the other."""
    event: Required[EventRow]
    """The event's row."""
    insights: InsightsRow | None
    """What was measured at the event; None is unknown."""
    sponsor: Required[SponsorRow]
    """The sponsor's row."""


class PairKeyDict(TypedDict, total=False):
    """A pair of the catalog."""
    event_id: Required[str | UUID]
    """The event."""
    sponsor_id: Required[str | UUID]
    """The sponsor."""


class PairKeysDict(TypedDict, total=False):
    """Pairs of the catalog, and the columns of numbers that are wanted of them."""
    columns: Sequence[str] | Set[str]
    """The paths of a score's own numbers, such as `coverage` or `audience_overlap.geo`; `score` alone when
    it is left out.
    """
    pairs: Required[Sequence[PairKeyDict]]
    """The pairs."""


class PairRulesDict(TypedDict, total=False):
    """A pair, and rules to ask about it."""
    event: Required[EventRow]
    """The event's row."""
    insights: InsightsRow | None
    """What was measured at the event; None is unknown."""
    rules: Required[RulesDict]
    """The rules."""
    sponsor: Required[SponsorRow]
    """The sponsor's row."""


class PairSideDict(TypedDict, total=False):
    """A pair, and the side on which something may change."""
    event: Required[EventRow]
    """The event's row."""
    insights: InsightsRow | None
    """What was measured at the event; None is unknown."""
    limit: int | None
    """How many improvements at most; 5 when it is left out."""
    side: Required[Side]
    """Whose facts may change."""
    sponsor: Required[SponsorRow]
    """The sponsor's row."""


class ProfilesDict(TypedDict, total=False):
    """A date."""
    before: Required[str | date]
    """The date; nothing that happened on it or later enters."""


class ProposalsDict(TypedDict, total=False):
    """Rows of numbers, and what tells how probable their acceptance is."""
    acceptance: Required[AcceptanceDict]
    """What `fit_acceptance` answered."""
    rows: Required[Sequence[Sequence[float | None]]]
    """The numbers that are known of each row; None is unknown."""


RankEachDict = TypedDict("RankEachDict", {"count": "int | float | Decimal | str", "filter": "FilterDict | None", "for_each": "Anchor", "from": "int | float | Decimal | str", "k": "int | float | Decimal | str | None"}, total=False)
"""The best of the other side for some anchors."""


class RankedListsDict(TypedDict, total=False):
    """Ranked lists as columns: a row is a candidate of a query."""
    gain: GainChoice
    """What a grade is worth; `exponential` when it is left out."""
    grades: Required[Sequence[int | float | Decimal | str]]
    """How relevant each turned out to be, 0 to 30; above 0 is a positive."""
    ids: Required[Sequence[str] | Set[str]]
    """Who each candidate is, unique within its query; decides between equal scores."""
    k: int | float | Decimal | str
    """Where lists are cut for `ndcg` and `recall`; 10 when it is left out."""
    no_positives: NoPositivesChoice
    """What a query without a positive counts as in the means; `skip` when it is left out."""
    queries: Required[Sequence[str] | Set[str]]
    """What each candidate is ranked for, such as the event's id."""
    scores: Required[Sequence[float]]
    """What the ranker said; higher comes first."""
    ties: TiesChoice
    """In which order equal scores count; `by_id` when it is left out."""


class RankerScoresDict(TypedDict, total=False):
    """A ranker by its scores."""
    ranker: Required[str]
    """Its name."""
    scores: Required[Sequence[float | None]]
    """A score a row; higher comes first, None is never shown."""


class ReadDict(TypedDict, total=False):
    """What came of an experiment so far."""
    alpha: float
    """How often a read-out may be wrong about some variant, in all its looks together."""
    before: Sequence[float | None] | None
    """Something known of each unit beforehand that goes with the outcome; None is unknown."""
    experiment: Required[ExperimentDict]
    """The experiment."""
    horizon: int | float | Decimal | str | None
    """Units of a variant and the control at which intervals are narrowest; all that are there when it is
    left out.
    """
    outcomes: Required[Sequence[float]]
    """What is compared of each unit: 1 or 0 for accepted or not, an amount, a count."""
    sample_ratio_alpha: float
    """Below this p-value of the sizes nothing is read."""
    variants: Required[Sequence[str] | Set[str]]
    """The variant of each unit."""


class RefinedEventsDict(TypedDict, total=False):
    """The candidates of a sponsor, in the ranker's order."""
    filter: FilterDict | None
    """Which pairs may be shown; all when it is left out."""
    k: int | float | Decimal | str | None
    """How many rows; 20 when it is left out."""
    sponsor_id: Required[str | UUID]
    """The sponsor, one of the catalog's."""


class RefinedSponsorsDict(TypedDict, total=False):
    """The candidates of an event, in the ranker's order."""
    event_id: Required[str | UUID]
    """The event, one of the catalog's."""
    filter: FilterDict | None
    """Which pairs may be shown; all when it is left out."""
    k: int | float | Decimal | str | None
    """How many rows; 20 when it is left out."""


RowsOnly: TypeAlias = Mapping[str, Any]
"""Nothing more than rows of numbers."""


class SampleSizesDict(TypedDict, total=False):
    """How many units each variant has, and was promised."""
    basis_points: Required[Sequence[int | float | Decimal]]
    """The share of each variant; all shares are 10 000 together."""
    observed: Required[Sequence[int | float | Decimal | str]]
    """The units of each variant."""


class ScoreAllDict(TypedDict, total=False):
    """The columns of numbers that are wanted of every pair."""
    columns: Sequence[str] | Set[str]
    """`score`, `coverage` or the paths of leaves; `score` alone when it is left out."""


class ScoredPairsDict(TypedDict, total=False):
    """Pairs, and the columns of numbers that are wanted of them."""
    columns: Sequence[str] | Set[str]
    """The paths of a score's own numbers, such as `coverage` or `audience_overlap.geo`; `score` alone when
    it is left out.
    """
    pairs: Required[Sequence[PairDict]]
    """The pairs."""


class ScoresDict(TypedDict, total=False):
    """What is wanted of rows of numbers."""
    raw: bool
    """Whether raw scores are wanted, or what they mean under the objective; raw when it is left out.
    """


class ScoresToCalibrateDict(TypedDict, total=False):
    """Scores, and the calibration that reads them."""
    calibration: Required[Calibration]
    """What `fit_calibration` answered."""
    scores: Required[Sequence[float | None]]
    """The scores; None is unknown."""


class SeedDict(TypedDict, total=False):
    """A unit of an experiment."""
    experiment: Required[ExperimentDict]
    """The experiment."""
    unit: Required[str]
    """The unit's name."""


class SequenceOfDict(TypedDict, total=False):
    """A sample that is looked at as often as one likes."""
    alpha: float
    """How often the interval may be wrong, in all its looks together."""
    horizon: int | float | Decimal | str | None
    """How many values make the interval narrowest; all that are there when it is left out."""
    values: Required[Sequence[float]]
    """The values."""


class ShownDict(TypedDict, total=False):
    """The last row that was shown; what else it holds is of no interest here."""
    event_id: str | UUID | None
    """Its event, in a ranking of events."""
    score: Required[float]
    """Its score."""
    sponsor_id: str | UUID | None
    """Its sponsor, in a ranking of sponsors."""


Side: TypeAlias = Literal['sponsor', 'event']
"""Whose facts a change is about."""


class SponsorKeyDict(TypedDict, total=False):
    """A sponsor of the catalog."""
    sponsor_id: Required[str | UUID]
    """Its identifier."""


SponsorshipOutcome: TypeAlias = Literal['accepted', 'rejected', 'shown']
"""What became of a sponsor that was proposed to an event, or of an event proposed to a sponsor."""


class TeamDraftDict(TypedDict, total=False):
    """Two rankings, and the page that shows both."""
    a: Required[Sequence[str] | Set[str]]
    """One ranking, best first."""
    b: Required[Sequence[str] | Set[str]]
    """The other."""
    length: Required[int | float | Decimal | str]
    """How many places the page has."""
    seed: int | float | Decimal | str
    """The seed of the draws: of one page always the same."""


TiesChoice: TypeAlias = Literal['by_id', 'averaged', 'pessimistic']
"""In which order equal scores count."""


class ToldProbabilitiesDict(TypedDict, total=False):
    """Probabilities that were told, and what came of them, as columns."""
    accepted: Required[Sequence[bool]]
    """What came of it."""
    probabilities: Required[Sequence[float]]
    """What each pair was told, 0 to 1."""
    rows: int | float | Decimal | str
    """In how many rows to sum up; 10 when it is left out."""


class TopEventsDict(TypedDict, total=False):
    """The best events of one sponsor."""
    after: ShownDict | None
    """The last row that was shown: the list goes on behind it."""
    filter: FilterDict | None
    """Which pairs may be shown; all when it is left out."""
    k: int | float | Decimal | str | None
    """How many rows; 20 when it is left out."""
    sponsor: SponsorRow | None
    """The sponsor's row, which need not be in the catalog."""
    sponsor_id: str | UUID | None
    """The sponsor, one of the catalog's."""


class TopSponsorsDict(TypedDict, total=False):
    """The best sponsors of one event."""
    after: ShownDict | None
    """The last row that was shown: the list goes on behind it."""
    event: EventRow | None
    """The event's row, which need not be in the catalog."""
    event_id: str | UUID | None
    """The event, one of the catalog's."""
    filter: FilterDict | None
    """Which pairs may be shown; all when it is left out."""
    insights: InsightsRow | None
    """What was measured at the event that is given."""
    k: int | float | Decimal | str | None
    """How many rows; 20 when it is left out."""


class UncheckedDict(TypedDict, total=False):
    """Any of the parts of a request, right or wrong."""
    config: Any
    """A configuration."""
    event: Any
    """An event's row."""
    insights: Any
    """What was measured at an event."""
    rules: Any
    """Rules."""
    sponsor: Any
    """A sponsor's row."""


class UpsertEventDict(TypedDict, total=False):
    """An event to add or to replace."""
    event: Required[EventRow]
    """The event's row."""
    insights: InsightsRow | None
    """What was measured at the event; None is unknown."""


class UpsertSponsorDict(TypedDict, total=False):
    """A sponsor to add or to replace."""
    sponsor: Required[SponsorRow]
    """The sponsor's row."""


class VariantDict(TypedDict, total=False):
    """A variant of an experiment."""
    basis_points: Required[int | float | Decimal]
    """Its share of the units that take part; all shares are 10 000 together."""
    name: Required[str]
    """Its name."""


class WeightsFitDict(TypedDict, total=False):
    """Outcomes as columns, and how to fit weights to them."""
    accepted: Required[Sequence[bool]]
    """What came of each."""
    alpha: float | None
    """The error rate of claiming that a weight moved; 0.05 when it is left out."""
    config: ConfigOrText | None
    """The configuration whose weights are in use; the default when it is left out."""
    factors: Required[Sequence[Sequence[float]]]
    """The five factors as the formula saw them, in its order, each 0 to 1."""
    pull: float | None
    """How strongly the weights are held to the current ones; 10 when it is left out."""
    queries: Required[Sequence[str] | Set[str]]
    """What each outcome was part of; only outcomes of the same query are compared."""
    resamples: int | float | Decimal | str | None
    """How often sponsors are drawn anew for the intervals, at least 20; 200 when it is left out.
    """
    seed: int | float | Decimal | str
    """The seed of the draws: the same input gives the same bits."""
    sharpness: float | None
    """At 10 a score 0.1 higher has odds e of being the accepted one; 10 when it is left out."""
    sponsors: Required[Sequence[str] | Set[str]]
    """Whose outcome each is."""


class CheckedDict(TypedDict, total=False):
    """What the rules say of a pair."""
    eligible: Required[bool]
    """Whether the pair may be ranked."""
    near_miss: Required[NearMissDict | None]
    """What keeps the pair out, when it is a single rule."""
    verdicts: Required[list[RuleVerdictDict]]
    """One answer a rule that is set."""


class ComparisonDict(TypedDict, total=False):
    """How much better one ranker is than another, query by query.

    Paired, because queries differ far more than rankers do: an event whose sponsors nobody could have
    guessed is hard for both.
    """
    difference: Required[EstimateDict]
    """The mean of the first ranker's metric minus the second's."""
    losses: Required[int]
    """Queries on which the second is better."""
    p_value: Required[float]
    """The sign-flip test of no difference, two-sided, 0..=1: how often a mean at least as far from 0 would
    come about if a coin had decided on each query which ranker is which (Fisher, *The Design of
    Experiments*, 1935). Exact up to 36 queries with a difference, drawn with the bootstrap's seed and
    number of resamples beyond.
    """
    share_better: Required[float]
    """The share of bootstrap draws of queries in which the first is better, ties by half, 0..=1.
    """
    ties: Required[int]
    """Queries on which both are the same."""
    wins: Required[int]
    """Queries on which the first is better."""


class ConfigurationDict(TypedDict, total=False):
    """What `config` says."""
    config: Required[ConfigDict]
    """The configuration with nothing left out."""
    config_fingerprint: Required[str]
    """The SHA-256 that names it."""


class CountsDict(TypedDict, total=False):
    """How many rows a catalog holds now."""
    events: Required[int]
    """Events."""
    sponsors: Required[int]
    """Sponsors."""


class CupedDict(TypedDict, total=False):
    """Outcomes with less variance and the same mean."""
    adjusted: Required[list[float]]
    """The outcome of each unit, adjusted."""
    theta: Required[float]
    """What one more of what was known beforehand goes with."""
    variance_left: Required[float]
    """The share of the variance that is left, 0 to 1."""


class DecisionColumnsDict(TypedDict, total=False):
    """A log of decisions as columns."""
    outcomes: Required[OutcomeColumnsDict]
    """Decided rows whose factors are known."""
    past: Required[list[PastSponsorshipDict]]
    """Every row, as history takes it."""
    scored: Required[ScoredColumnsDict]
    """Decided rows whose score is known."""


class DescriptionDict(TypedDict, total=False):
    """What a ranker is."""
    feature_names: Required[list[str]]
    """The names of its features, in the order of a row."""
    objective: Required[str]
    """What it was trained for: `lambdarank`, `rank_xendcg`, `binary` or `regression`."""
    tree_count: Required[int]
    """How many trees it has."""


Effect: TypeAlias = Literal['raises_most', 'raises', 'raises_a_little', 'hardly_matters', 'lowers_a_little', 'lowers', 'lowers_most']
"""What something does to a candidate's place."""


class ErrorDict(TypedDict, total=False):
    """An input that cannot be accepted: what, where, and what would be right."""
    code: Required[Literal['invalid_json', 'invalid_utf8', 'invalid_csv', 'missing_field', 'wrong_type', 'out_of_range', 'invalid_value', 'unknown_field', 'duplicate_field', 'duplicate_id', 'unknown_id', 'weights_sum', 'dimension_mismatch', 'missing_implementation', 'insufficient_data', 'invalid_catalog', 'invalid_model', 'unknown_feature', 'too_few_outcomes', 'sample_ratio_mismatch']]
    """What went wrong: stable across versions."""
    message: Required[str]
    """The sentence, without the path."""
    path: Required[str]
    """The dotted path of the field to blame, empty when there is none."""


class EstimateDict(TypedDict, total=False):
    """A mean over queries and the interval it lies in."""
    lower: Required[float]
    """Lower end of the interval."""
    mean: Required[float]
    """The mean over the queries there are."""
    upper: Required[float]
    """Upper end of the interval."""


class ExplanationDict(TypedDict, total=False):
    """A score with its reasons.

    The contributions of `Explanation::factors`, folded left to right and clamped, are the score to the
    last bit; the contributions of a row's children fold to the row's value in the same way.
    """
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
    sponsor_id: Required[str]
    """The sponsor of the pair."""
    summary: Required[str]
    """The whole in one sentence."""
    unknown: Required[list[Leaf]]
    """The facts that were unknown."""
    upper: Required[float]
    """The score if every unknown turned out best."""


Feature: TypeAlias = Literal['series_recency', 'series_recency_share', 'series_years_since', 'last_edition', 'edition_before_last', 'country_recency', 'country_recency_share', 'country_years_since', 'country_share', 'country_series', 'city_recency', 'continent_recency', 'continent_recency_share', 'continent_years_since', 'continent_share', 'series_neighbours', 'series_neighbours_mean', 'country_neighbours', 'country_neighbours_mean', 'continent_neighbours', 'continent_neighbours_mean', 'recency', 'recency_share', 'last_year_share', 'events', 'years_since_first', 'years_since_last', 'events_per_year', 'new_series', 'countries', 'continents', 'series', 'country_concentration', 'tier_mean', 'event_size_mean', 'category_cosine', 'category_cosine_idf', 'series_editions', 'series_years_since_edition', 'country_events', 'budget_fit', 'budget_fit_price', 'categories_preferred', 'categories_reachable', 'geo_preferred', 'geo_reachable', 'geo_audience_share', 'engagement_score', 'ticket_conversion_rate', 'objectives_keywords', 'objectives_embedding']
"""The name of one number that a ranker is told of a pair."""


class FeatureContributionDict(TypedDict, total=False):
    """What one feature adds to a candidate's place."""
    contribution: Required[float]
    """What it adds, in the model's own unit."""
    feature: Required[Feature]
    """The feature, written by its name."""
    text: Required[str]
    """The value in words."""
    value: Required[float | None]
    """Its value, None where nothing is known."""


class FeatureDefinitionDict(TypedDict, total=False):
    """One number that a ranker is told of a pair."""
    definition: Required[str]
    """What it is, in a sentence or two."""
    high: Required[float | None]
    """The highest value; None is none."""
    low: Required[float]
    """The least value."""
    name: Required[str]
    """Its name."""
    theme: Required[Theme]
    """What it is about."""
    unit: Required[Unit]
    """What it counts in."""


class FeatureRowDict(TypedDict, total=False):
    """What a ranker is told of one pair: a number a feature, None where it cannot be told."""
    budget_fit: Required[float | None]
    """The score's `budget_fit` under the default half budget. NaN when the budget is unknown."""
    budget_fit_price: Required[float | None]
    """The score's `budget_fit` under the reading `price`. NaN when the budget or the event's price is
    unknown.
    """
    categories_preferred: Required[float | None]
    """The score's overlap of categories under the reading `preferred`. NaN when unknown."""
    categories_reachable: Required[float | None]
    """The score's overlap of categories under the reading `reachable`. NaN when unknown."""
    category_cosine: Required[float | None]
    """Cosine between how often it sponsored each category and the event's set of categories. NaN when
    either is empty.
    """
    category_cosine_idf: Required[float | None]
    """As `category_cosine`, each category weighted by ln((1 + events) ÷ (1 + events that carry it)). NaN
    when nothing is left.
    """
    city_recency: Required[float | None]
    """Events in this city that it sponsored, each counted as 1 / (1 + its age in years). NaN when the city
    or its country is unknown.
    """
    continent_neighbours: Required[float | None]
    """As `series_neighbours`, with the events of this continent."""
    continent_neighbours_mean: Required[float | None]
    """As `series_neighbours_mean`, with the events of this continent."""
    continent_recency: Required[float | None]
    """Events on this continent that it sponsored, each counted as 1 / (1 + its age in years). NaN when the
    continent is unknown.
    """
    continent_recency_share: Required[float | None]
    """`continent_recency` ÷ the same sum over all events of the continent. NaN when there is none.
    """
    continent_share: Required[float | None]
    """Events on this continent ÷ all events that it sponsored. NaN when it sponsored none, or the
    continent is unknown.
    """
    continent_years_since: Required[float | None]
    """Age of the last event on this continent that it sponsored. NaN when it sponsored none."""
    continents: Required[float | None]
    """On how many continents it sponsored."""
    countries: Required[float | None]
    """In how many countries it sponsored."""
    country_concentration: Required[float | None]
    """Sum over countries of (its events there ÷ all its events)². NaN when it sponsored none."""
    country_events: Required[float | None]
    """How many earlier events in this country were sponsored. NaN when the country is unknown."""
    country_neighbours: Required[float | None]
    """As `series_neighbours`, with the events of this country."""
    country_neighbours_mean: Required[float | None]
    """As `series_neighbours_mean`, with the events of this country."""
    country_recency: Required[float | None]
    """Events in this country that it sponsored, each counted as 1 / (1 + its age in years). NaN when the
    country is unknown.
    """
    country_recency_share: Required[float | None]
    """`country_recency` ÷ the same sum over all events of the country. NaN when there is none."""
    country_series: Required[float | None]
    """How many series of this country it sponsored. NaN when the country is unknown."""
    country_share: Required[float | None]
    """Events in this country ÷ all events that it sponsored. NaN when it sponsored none, or the country is
    unknown.
    """
    country_years_since: Required[float | None]
    """Age of the last event in this country that it sponsored. NaN when it sponsored none."""
    edition_before_last: Required[float | None]
    """Whether it sponsored the edition of this series before the last. NaN when there are fewer than two.
    """
    engagement_score: Required[float | None]
    """How engaged the event's audience was. NaN when unknown."""
    event_size_mean: Required[float | None]
    """Mean number of sponsors of the events it sponsored. NaN when it sponsored none."""
    events: Required[float | None]
    """How many events it sponsored."""
    events_per_year: Required[float | None]
    """`events` ÷ (1 + `years_since_first`). NaN when it sponsored none."""
    geo_audience_share: Required[float | None]
    """The score's `geo_fit` under the reading `audience_share`. NaN when unknown."""
    geo_preferred: Required[float | None]
    """The score's overlap of regions under the reading `preferred`. NaN when unknown."""
    geo_reachable: Required[float | None]
    """The score's overlap of regions under the reading `reachable`. NaN when unknown."""
    last_edition: Required[float | None]
    """Whether it sponsored the last edition of this series. NaN when there is none."""
    last_year_share: Required[float | None]
    """Events of the last 365 days that it sponsored ÷ all of them."""
    new_series: Required[float | None]
    """Series that it sponsored for the first time in the last two years."""
    objectives_embedding: Required[float | None]
    """The score's similarity of objectives by embedding. NaN when unknown."""
    objectives_keywords: Required[float | None]
    """The score's similarity of objectives by keywords, every word counting the same. NaN when unknown.
    """
    recency: Required[float | None]
    """Events that it sponsored, each counted as 1 / (1 + its age in years)."""
    recency_share: Required[float | None]
    """`recency` ÷ the same sum over all events: its popularity. NaN when nothing was ever sponsored.
    """
    series: Required[float | None]
    """How many series it sponsored."""
    series_editions: Required[float | None]
    """How many earlier editions of this series were sponsored."""
    series_neighbours: Required[float | None]
    """Sum over the events it sponsored of their closeness to this series, each counted as 1 / (1 + its age
    in years). Closeness: the mean similarity of an event's sponsors to those of the series' editions,
    weighted in the same way; similarity of two sets of sponsors: shared ÷ √(product of sizes). NaN when
    there is no earlier edition.
    """
    series_neighbours_mean: Required[float | None]
    """Mean over the events it sponsored of their closeness to this series. NaN when there is none.
    """
    series_recency: Required[float | None]
    """Editions of this series that it sponsored, each counted as 1 / (1 + its age in years). NaN when the
    series is unknown.
    """
    series_recency_share: Required[float | None]
    """`series_recency` ÷ the same sum over all earlier editions. NaN when there is none."""
    series_years_since: Required[float | None]
    """Age of the last edition of this series that it sponsored. NaN when it sponsored none."""
    series_years_since_edition: Required[float | None]
    """Age of the last edition of this series. NaN when there is none."""
    ticket_conversion_rate: Required[float | None]
    """Visitors who bought a ticket ÷ visitors. NaN when unknown."""
    tier_mean: Required[float | None]
    """Mean over its sponsorships of (tier level − 1) ÷ (lowest level of that event − 1): 0 is the top
    tier. NaN when no level is known.
    """
    years_since_first: Required[float | None]
    """Age of the first event that it sponsored. NaN when it sponsored none."""
    years_since_last: Required[float | None]
    """Age of the last event that it sponsored. NaN when it sponsored none."""


class FittedFactorDict(TypedDict, total=False):
    """What the outcomes say about one weight."""
    current: Required[float]
    """The weight in use."""
    factor: Required[Factor]
    """The factor."""
    fitted: Required[float]
    """The weight that fits best when all five may move."""
    lower: Required[float]
    """The lower end of its bootstrap interval over sponsors."""
    moves: Required[bool]
    """Whether the weight in use lies outside the interval, and so is changed."""
    upper: Required[float]
    """The upper end."""


class FittedWeightsDict(TypedDict, total=False):
    """Weights to use from now on, and why."""
    factors: Required[list[FittedFactorDict]]
    """What the outcomes say about each."""
    loss_after: Required[float]
    """Mean loss a query with the new weights, on the same outcomes."""
    loss_before: Required[float]
    """Mean loss a query with the current weights, in nats; a coin has 0.693."""
    queries: Required[int]
    """Queries with both an accepted and a rejected outcome."""
    sponsors: Required[int]
    """Sponsors in them."""
    weights: Required[WeightsDict]
    """The weights, as a configuration has them; they sum to 1."""


class HeldEventDict(TypedDict, total=False):
    """An event as it is asked back."""
    event: Required[EventRow]
    """The event's row."""
    insights: Required[InsightsRow | None]
    """What was measured at it; None is unknown."""


class HistoryReportDict(TypedDict, total=False):
    """What reading a history came to."""
    events: Required[KindReportDict]
    """The rows of past events."""
    past: Required[KindReportDict]
    """The rows of past sponsorships."""
    strangers: Required[int]
    """How many past sponsorships are of events that are not known."""


class IgnoredDict(TypedDict, total=False):
    """A field of a row that no type has."""
    field: Required[str]
    """The dotted path of the field."""
    nearest: Required[str | None]
    """The nearest known name, where one is near."""


class IgnoredFieldDict(TypedDict, total=False):
    """A field that rows have and their type has not."""
    count: Required[int]
    """In how many good rows it occurs."""
    name: Required[str]
    """Its dotted name, as in `brand_objectives.keyword`."""
    nearest: Required[str | None]
    """The known field beside it that is spelt nearly so."""


class ImprovementDict(TypedDict, total=False):
    """A way to raise a score, verified by scoring again."""
    after: Required[MatchScoreDict]
    """The score after the changes."""
    changes: Required[list[Change]]
    """The changes to make together."""
    gain: Required[float]
    """What the score gains."""
    steps: Required[int]
    """How far they go: one step a label, a doubling, or a tenth of a rate."""
    text: Required[str]
    """The changes in words."""


class IntervalDict(TypedDict, total=False):
    """An estimate and where the truth is, with a stated error rate."""
    estimate: Required[float]
    """The estimate, in the unit of the outcome."""
    lower: Required[float]
    """The lower end."""
    upper: Required[float]
    """The upper end."""


class KindReportDict(TypedDict, total=False):
    """What reading one kind of row came to."""
    count: Required[int]
    """How many rows were read."""
    ignored: Required[list[IgnoredFieldDict]]
    """The fields that were ignored."""
    rejects: Required[list[RejectDict]]
    """The rows that were left out."""


class MeanMetricsDict(TypedDict, total=False):
    """The means over queries, each 0 to 1; None where no query tells."""
    auc: Required[float | None]
    """Of `auc`."""
    average_precision: Required[float | None]
    """Of `average_precision`."""
    ndcg: Required[float | None]
    """Of `ndcg`."""
    recall: Required[float | None]
    """Of `recall`."""
    reciprocal_rank: Required[float | None]
    """Of `reciprocal_rank`."""


class MeanQualityDict(TypedDict, total=False):
    """What `Evaluation::mean` says of a ranker."""
    auc: Required[EstimateDict | None]
    """Mean AUC over the queries that have it."""
    candidate_recall: Required[float]
    """Mean share of the positives that the ranker does not leave out, 0..=1: no order of its candidates
    could have a higher recall.
    """
    catalogue_coverage: Required[float]
    """The share of the catalogue that is among the first k of some list, 0..=1."""
    exposure_gini: Required[float]
    """How unevenly the places among the first k are spread over the catalogue, 0 ≤ g < 1."""
    map: Required[EstimateDict]
    """Mean average precision."""
    mrr: Required[EstimateDict]
    """Mean reciprocal rank."""
    ndcg: Required[EstimateDict]
    """Mean [NDCG@k](ListQuality::ndcg)."""
    recall: Required[EstimateDict]
    """Mean recall@k."""


class MetricsDict(TypedDict, total=False):
    """The metrics of ranked lists."""
    mean: Required[MeanMetricsDict]
    """The means over queries."""
    queries: Required[list[QueryMetricsDict]]
    """Every query, in the order of their first candidates."""


class NearMissDict(TypedDict, total=False):
    """A pair that would be ranked but for one rule."""
    event_id: Required[str]
    """The event of the pair."""
    reason: Required[str]
    """Why it is."""
    rule: Required[Rule]
    """The one rule that is against it."""
    score_if_allowed: Required[float | None]
    """The score the pair would be ranked by; None when too little is known."""
    sponsor_id: Required[str]
    """The sponsor of the pair."""


class OffPolicyDict(TypedDict, total=False):
    """What another ranking would have earned per shown item."""
    effective_sample_size: Required[float]
    """How many rows of its own log this knowledge is worth, 1..=rows."""
    reward: Required[IntervalDict]
    """Mean reward under the other ranking."""


Outcome: TypeAlias = Literal['pass', 'fail', 'unknown']
"""What a rule says of a pair."""


class OutcomeColumnsDict(TypedDict, total=False):
    """Decided rows whose factors are known, as `fit_weights` takes them."""
    accepted: Required[list[bool]]
    """What came of each."""
    factors: Required[list[list[float]]]
    """The five factors of each, in the formula's order."""
    queries: Required[list[str]]
    """The list that each was part of."""
    sponsors: Required[list[str]]
    """Whose outcome each is."""


class PagePlaceDict(TypedDict, total=False):
    """A place of a page that two rankings share."""
    item: Required[str]
    """What stands there."""
    team: Required[Team]
    """Whose it is: the ranking from which people choose more is the better one."""


class PastSponsorshipDict(TypedDict, total=False):
    """A sponsor and an event that were once brought together, when, and what came of it.

    The same sponsor may stand beside the same event several times: at two tiers, or first shown and
    later accepted. A row may call `at` `start_at` and `tier_level` `level`, as lists of past
    sponsorships do; a row without an outcome is about one that took place.
    """
    at: Required[str]
    """When it was known: mostly the day the event began. Nothing earlier may learn from it."""
    event_id: Required[str]
    """The event's UUID."""
    outcome: Required[SponsorshipOutcome]
    """What came of it."""
    sponsor_id: Required[str]
    """The sponsor's UUID."""
    tier_level: Required[int | None]
    """The package's rank among those of the event: 1 is the most prominent."""


class QueryMetricsDict(TypedDict, total=False):
    """The metrics of one ranked list, each 0 to 1; None where the list does not tell."""
    auc: Required[float | None]
    """Chance that a positive is before a negative."""
    average_precision: Required[float | None]
    """Mean precision at the positives."""
    ndcg: Required[float | None]
    """Normalised discounted cumulative gain of the first `k`."""
    positives: Required[int]
    """How many candidates have a grade above 0."""
    query: Required[str]
    """The name of the query."""
    recall: Required[float | None]
    """Share of the positives among the first `k`."""
    reciprocal_rank: Required[float | None]
    """1 / rank of the first positive."""


class RankedDict(TypedDict, total=False):
    """The ranking of one anchor among many."""
    event_id: str | None
    """The event, where sponsors are ranked."""
    insufficient: Required[int]
    """How many pairs passed the filter and have no score, because too little is known."""
    matches: Required[list[MatchScoreDict]]
    """The pairs, the best first."""
    sponsor_id: str | None
    """The sponsor, where events are ranked."""


class RankerQualityDict(TypedDict, total=False):
    """How good one ranker is over all queries."""
    against_first: Required[ComparisonDict | None]
    """The comparison with the first ranker, query by query, on NDCG; None for the first itself."""
    quality: Required[MeanQualityDict | None]
    """The means over queries; None where none has a positive."""
    queries: Required[int]
    """How many queries have a positive."""
    ranker: Required[str]
    """Its name."""


class RankingDict(TypedDict, total=False):
    """The best pairs of one anchor, the best first.

    Ordered by score descending, then by the other side's identifier ascending. The order is total, so
    every engine, page and number of threads gives the same list.
    """
    insufficient: Required[int]
    """How many pairs passed the filter and have no score, because too little is known."""
    matches: Required[list[MatchScoreDict]]
    """The pairs, the best first."""


class ReadOutDict(TypedDict, total=False):
    """What an experiment says so far. It may be looked at as often as you like."""
    comparisons: Required[list[VariantDifferenceDict]]
    """Every variant but the control, against the control."""
    p_value: Required[float]
    """The p-value of that test."""
    statistic: Required[float]
    """The statistic of the test that the variants keep their shares."""


class RefinedExplanationDict(TypedDict, total=False):
    """A match with the formula's reasons and with those of the ranker.

    `expected` and the contributions of all features sum to `refinement` up to rounding; so do those of
    the themes. They are exact Shapley values: what each fact adds, averaged over all orders in which
    the facts could become known.
    """
    expected: Required[float]
    """The mean refinement of the candidates the model was trained on."""
    features: Required[list[FeatureContributionDict]]
    """The same feature by feature, what matters most first."""
    formula: Required[ExplanationDict]
    """What the formula says, with its own rows."""
    refinement: Required[float]
    """The model's raw score: higher comes first, and only differences mean something."""
    summary: Required[str]
    """The whole in two sentences."""
    themes: Required[list[ThemeContributionDict]]
    """What speaks for and against the candidate, by theme, what matters most first."""


class RefinedMatchDict(TypedDict, total=False):
    """A match, and how far the ranker puts it forward."""
    coverage: Required[float]
    """The share of the formula's weight that rests on known facts, 0 to 1."""
    event_id: Required[str]
    """The event of the pair."""
    lower: Required[float]
    """The score if every unknown turned out worst."""
    overlap_metrics: Required[OverlapMetricsDict]
    """What each factor was worth."""
    refinement: Required[float]
    """The model's raw score: higher comes first, and only differences mean something."""
    score: Required[float]
    """The fit, 0 to 1."""
    sponsor_id: Required[str]
    """The sponsor of the pair."""
    unknown: Required[list[Leaf]]
    """The facts that were unknown."""
    upper: Required[float]
    """The score if every unknown turned out best."""


class RefinedRankingDict(TypedDict, total=False):
    """Candidates in refined order."""
    considered: Required[int]
    """How many candidates the model was asked about."""
    insufficient: Required[int]
    """How many pairs passed the filter and have no score, because too little is known."""
    is_complete: Required[bool]
    """Whether these were all that the filter lets pass and that have a score."""
    matches: Required[list[RefinedMatchDict]]
    """The pairs, by refinement, then by score, then by id."""


class RejectDict(TypedDict, total=False):
    """A row that cannot be read, and everything that is wrong with it."""
    line: Required[int]
    """The line it starts on, counted from 1."""
    problems: Required[list[ErrorDict]]
    """What is wrong: one error a field, and never none."""
    row: Required[Any]
    """The row as it came: a JSON value, an object of cells by column, or text where neither would hold it.
    """


class ReliabilityDict(TypedDict, total=False):
    """How far told probabilities are from what came of them."""
    brier: Required[float]
    """Mean squared distance of probability and outcome, 0..=1 (Brier 1950)."""
    calibration_error: Required[float]
    """Mean distance of `told` and `came_true` over the rows, weighted by outcomes, 0..=1."""
    rows: Required[list[ReliabilityRowDict]]
    """From the lowest probabilities to the highest, in rows of equal size as far as possible."""


class ReliabilityRowDict(TypedDict, total=False):
    """Outcomes whose told probabilities are neighbours."""
    came_true: Required[float]
    """Share that was accepted, 0..=1."""
    lower: Required[float]
    """Lower end of the 95 % interval of that share (Wilson 1927)."""
    outcomes: Required[int]
    """How many there are."""
    told: Required[float]
    """Mean of the probabilities told, 0..=1."""
    upper: Required[float]
    """Upper end."""


class ReportDict(TypedDict, total=False):
    """What reading a catalog came to."""
    events: Required[KindReportDict]
    """The rows of events."""
    ignored_insights: Required[int]
    """How many insights belong to no event of the catalog."""
    insights: Required[KindReportDict]
    """The rows of insights."""
    sponsors: Required[KindReportDict]
    """The rows of sponsors."""


Rule: TypeAlias = Literal['excluded_categories', 'blocked_pairs', 'exclusivity', 'region_required', 'price_ceiling', 'date_window']
"""One of the rules, in the order they are asked."""


class RuleVerdictDict(TypedDict, total=False):
    """One rule's answer about a pair."""
    outcome: Required[Outcome]
    """What it says."""
    reason: Required[str]
    """Why."""
    rule: Required[Rule]
    """The rule."""


class SampleRatioDict(TypedDict, total=False):
    """How far the sizes of the variants are from their shares."""
    p_value: Required[float]
    """How likely a statistic this large is when the shares are kept, 0..=1."""
    statistic: Required[float]
    """Pearson's χ² = Σ (observed − expected)² / expected, ≥ 0."""


class ScoredColumnsDict(TypedDict, total=False):
    """Decided rows whose score is known, as `fit_calibration` takes them."""
    accepted: Required[list[bool]]
    """What came of each."""
    scores: Required[list[float]]
    """What each was scored."""


Team: TypeAlias = Literal['a', 'b']
"""Which ranking an item was taken from."""


Theme: TypeAlias = Literal['series', 'country', 'city', 'continent', 'company', 'activity', 'breadth', 'tier', 'categories', 'event', 'profile']
"""What a feature is about."""


class ThemeContributionDict(TypedDict, total=False):
    """What everything about one theme adds to a candidate's place."""
    contribution: Required[float]
    """The sum of its features' contributions."""
    effect: Required[Effect]
    """What that does to the candidate's place, beside the other themes."""
    text: Required[str]
    """The facts and the effect in one sentence: `Sponsored this series 3 times, most recently in 2024:
    raises it most.`
    """
    theme: Required[Theme]
    """What it is about."""


Unit: TypeAlias = Literal['count', 'years', 'per_year', 'recency_weight', 'share', 'yes_no', 'similarity']
"""A feature's unit."""


class ValidationDict(TypedDict, total=False):
    """Everything that is wrong with a request."""
    ignored: Required[list[IgnoredDict]]
    """The fields of rows that no type has."""
    problems: Required[list[ErrorDict]]
    """Every problem, with the path of its field."""
    valid: Required[bool]
    """Whether there is no problem."""


class VariantDifferenceDict(TypedDict, total=False):
    """A variant against the control, the first variant."""
    estimate: Required[float]
    """Mean outcome minus the control's."""
    lower: Required[float]
    """The lower end of its always-valid interval."""
    upper: Required[float]
    """The upper end."""
    variance_left: Required[float | None]
    """The variance that was left after what was known beforehand, 0 to 1; None without that."""
    variant: Required[str]
    """The variant's name."""


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
