// Made from core/schema by pack/types.mjs: do not edit.

/**
 * A sponsor's targeting profile. null is unknown; an empty set states no preference.
 *
 * Every field's type carries its range, so a profile that exists is valid.
 */
export interface SponsorProfile {
  /**
   * The yearly sponsoring budget in minor units of the currency.
   * Range: 0 to 9007199254740991.
   */
  annual_budget_cents?: number | string | null;
  /** What the brand wants to be known for. */
  brand_objectives?: Objectives;
  /** The size of the company, in the database's own words. */
  company_size?: string | null;
  /** The categories that the sponsor will not stand beside. */
  excluded_categories?: readonly string[] | null;
  /** The industry, such as `beverages`. Rules of exclusivity compare it. */
  industry?: string | null;
  /** The sponsor's name, for display only. */
  name?: string | null;
  /** The objectives as a vector of a text embedding model. */
  objectives_embedding?: readonly number[] | string | null;
  /** The categories of events that the sponsor prefers. */
  preferred_categories?: readonly string[] | null;
  /** The regions in which the sponsor wants to be seen. */
  regions?: readonly string[] | null;
  /**
   * How well organisers speak of the sponsor, 0 to 1.
   * Range: 0 to 1.
   */
  reputation_score?: number | null;
  /** The sponsor's UUID. */
  sponsor_id: string;
  /** Whom the sponsor wants to reach. */
  target_audience?: TargetAudience;
}

/** Keywords and goals of a brand or an event. */
export interface Objectives {
  /** What is to be achieved. */
  goals?: readonly string[] | null;
  /** Single words or short phrases. */
  keywords?: readonly string[] | null;
}

/** Whom a sponsor wants to reach. */
export interface TargetAudience {
  /** Age buckets such as `18-24`. */
  age_buckets?: readonly string[] | null;
  /** Interests such as `climbing`. */
  interests?: readonly string[] | null;
}

/**
 * An event as its organiser describes it. null and empty sets are unknown.
 *
 * Every field's type carries its range, so an event that exists is valid. A row may call its identifier `id`, as the table `events` does.
 */
export interface Event {
  /** The categories that the event belongs to. */
  categories?: readonly string[] | null;
  /** The city, for history and reports. */
  city?: string | null;
  /** The country, for history and reports. */
  country?: string | null;
  /** The event's UUID. */
  event_id?: string;
  /** Another name of `event_id`. */
  id?: string;
  /**
   * The price of the cheapest open package, in minor units of the currency.
   * Range: 0 to 9007199254740991.
   */
  min_price_cents?: number | string | null;
  /** What the event stands for. */
  objectives?: Objectives;
  /** The objectives as a vector of a text embedding model. */
  objectives_embedding?: readonly number[] | string | null;
  /** Where it takes place: country, city, and the like. */
  regions?: readonly string[] | null;
  /** The series of which it is one edition. */
  series?: string | null;
  /** The event's name in links, such as `lantern-fair-2026`; tells the series where that is missing. */
  slug?: string | null;
  /** When it begins. */
  start_at?: string | null;
  /** The event's title, for display only. */
  title?: string | null;
}

/**
 * Measured behaviour of an event's audience. null and empty maps are unknown.
 *
 * Every field's type carries its range, so insights that exist are valid.
 */
export interface AudienceInsights {
  /** Shares of the audience by age bucket, each 0 to 1. */
  age_segments?: Record<string, number> | null;
  /**
   * How many people came.
   * Range: 0 to 9007199254740991.
   */
  attendee_count?: number | string | null;
  /** How long people stayed with the event's posts on average, in milliseconds. */
  avg_dwell_time_ms?: number | null;
  /**
   * How engaged the audience was, 0 to 1.
   * Range: 0 to 1.
   */
  engagement_score?: number | null;
  /** The event's UUID. */
  event_id: string;
  /** Visitors by region. */
  geo_distribution?: Record<string, number | string> | null;
  /**
   * The mean sentiment of the mentions, −1 to 1.
   * Range: -1 to 1.
   */
  sentiment_score?: number | null;
  /**
   * How often the event was mentioned in social media.
   * Range: 0 to 9007199254740991.
   */
  social_mentions?: number | string | null;
  /**
   * Visitors who bought a ticket ÷ visitors, 0 to 1.
   * Range: 0 to 1.
   */
  ticket_conversion_rate?: number | null;
}

/**
 * What a `Scorer` computes: the formula's numbers and how to read the rows.
 *
 * The default is the formula of the definition, §2.1. Every part may be left out of the JSON; unknown fields are refused.
 */
export interface ScoringConfig {
  /** The shares of the two parts of `audience_overlap`, together 1. */
  audience_blend?: AudienceBlend;
  /**
   * Which budget counts as one half.
   * Default: `"fixed"`.
   */
  budget_reading?: BudgetReading;
  /** The shares of the two parts of `engagement_quality`, together 1. */
  engagement_blend?: EngagementBlend;
  /**
   * Whether a region counts once or by its visitors.
   * Default: `"any"`.
   */
  geo_reading?: GeoReading;
  /**
   * The budget, in minor units, at which `budget_fit` is one half. Finite, above 0.
   * Default: `100000`.
   */
  half_budget_cents?: number;
  /**
   * The coverage below which there is no score.
   * Range: 0 to 1. Default: `0`.
   */
  min_coverage?: number;
  /** What unknown facts count as. */
  missing?: Missing;
  /** How objectives are compared. */
  objectives?: ObjectivesKind;
  /**
   * What overlaps are divided by.
   * Default: `"preferred"`.
   */
  overlap_reading?: OverlapReading;
  /** The share of each factor in the score. Each 0 or more, together 1. */
  weights?: Weights;
}

/** The shares of the two parts of `audience_overlap`. */
export interface AudienceBlend {
  /**
   * The share of the overlap of categories.
   * Default: `0.6`.
   */
  categories?: number;
  /**
   * The share of the overlap of regions.
   * Default: `0.4`.
   */
  geo?: number;
}

/** Which budget makes `budget_fit` one half. */
export type BudgetReading =
  /** The configured one, for every event. */
  | "fixed"
  /** The event's cheapest open package, where its price is known and above 0. */
  | "price";

/** The shares of the two parts of `engagement_quality`. */
export interface EngagementBlend {
  /**
   * The share of the engagement score.
   * Default: `0.7`.
   */
  engagement_score?: number;
  /**
   * The share of the ticket conversion rate.
   * Default: `0.3`.
   */
  ticket_conversion_rate?: number;
}

/** How `geo_fit` reads where visitors came from. */
export type GeoReading =
  /** A region with one visitor counts like one with ten thousand. */
  | "any"
  /** The share of visitors who came from the sponsor's regions. */
  | "audience_share";

/** What unknown facts count as. The values are those of `neutral`, each 0 to 1. */
export interface Missing {
  /**
   * What an unknown budget counts as.
   * Range: 0 to 1. Default: `0.5`.
   */
  budget?: number;
  /**
   * What an unknown engagement score counts as.
   * Range: 0 to 1. Default: `0`.
   */
  engagement_score?: number;
  /**
   * What an overlap counts as when only the event says nothing.
   * Range: 0 to 1. Default: `0`.
   */
  event_silent?: number;
  /**
   * What an overlap counts as when the sponsor states no preference.
   * Range: 0 to 1. Default: `0.5`.
   */
  no_preference?: number;
  /**
   * What an unknown similarity of objectives counts as.
   * Range: 0 to 1. Default: `0.5`.
   */
  objectives?: number;
  /**
   * Whether unknown facts take the values below, or are left out.
   * Default: `"neutral"`.
   */
  policy?: MissingPolicy;
  /**
   * What an unknown ticket conversion rate counts as.
   * Range: 0 to 1. Default: `0`.
   */
  ticket_conversion_rate?: number;
}

/** Whether unknown facts take a neutral value or are left out. */
export type MissingPolicy =
  /** Unknown facts take configured values. */
  | "neutral"
  /** Unknown facts are left out, and the known weights are scaled to 1. */
  | "renormalize";

/** How objectives are compared, as the configuration names it. */
export type ObjectivesKind =
  /** Not at all: similarity is unknown. */
  | {
      kind: "none";
    }
  /** By the words of keywords and goals. */
  | {
      kind: "keywords";
    }
  /** By the vectors in `objectives_embedding`. */
  | {
      /** How many components each vector has. */
      dimension: number;
      kind: "embedding";
    }
  /** By an implementation of your own. */
  | {
      /** The implementation's `id`. */
      id: string;
      kind: "custom";
    };

/** What the overlaps of categories and of regions are divided by. */
export type OverlapReading =
  /** By all that the sponsor prefers, which punishes breadth. */
  | "preferred"
  /** By what could match at all: the smaller of the two sets. */
  | "reachable";

/** The share of each factor in the score. */
export interface Weights {
  /**
   * The share of `audience_overlap`.
   * Default: `0.35`.
   */
  audience_overlap?: number;
  /**
   * The share of `budget_fit`.
   * Default: `0.25`.
   */
  budget_fit?: number;
  /**
   * The share of `engagement_quality`.
   * Default: `0.15`.
   */
  engagement_quality?: number;
  /**
   * The share of `geo_fit`.
   * Default: `0.15`.
   */
  geo_fit?: number;
  /**
   * The share of `objectives_similarity`.
   * Default: `0.1`.
   */
  objectives_similarity?: number;
}

/** Which pairs may be ranked at all. Every rule is off unless it is set. */
export interface Rules {
  /** Pairs that are blocked by name. */
  blocked_pairs?: readonly (readonly [string, string])[];
  /** The event begins within a window. */
  date_window?: 
    | DateWindow
    | null;
  /**
   * No event in a category that the sponsor excludes.
   * Default: `false`.
   */
  excluded_categories?: boolean;
  /** No second sponsor of the same kind at an event. */
  exclusivity?: 
    | Exclusivity
    | null;
  /**
   * What happens to a pair whose facts do not tell whether a rule holds.
   * Default: `"keep"`.
   */
  on_unknown?: OnUnknown;
  /**
   * The cheapest package costs no more than the yearly budget.
   * Default: `false`.
   */
  price_ceiling?: boolean;
  /**
   * At least one of the sponsor's regions is the event's or a visitor's.
   * Default: `false`.
   */
  region_required?: boolean;
}

/** When an event must begin. Both ends are included; a date as `until` includes its whole day. */
export interface DateWindow {
  /** The first moment; null is open. */
  from?: string | null;
  /** The last moment; null is open. */
  until?: string | null;
}

/** What sponsors of one kind have in common. */
export type ExclusiveBy =
  /** The industry. */
  | "industry";

/** Which sponsors an event is closed to, because one of their kind is there already. */
export interface Exclusivity {
  /** What sponsors of one kind have in common. */
  by: ExclusiveBy;
  /** The kinds that events are closed to. */
  taken: readonly Taken[];
}

/** What happens to a pair whose facts do not tell whether a rule holds. */
export type OnUnknown =
  /** It is ranked, with the reason shown. */
  | "keep"
  /** It is not ranked. */
  | "drop";

/** An industry that an event is closed to. */
export interface Taken {
  /** The event. */
  event_id: string;
  /** The industry that is there already. */
  industry: string;
}

/** A change of one fact, written in JSON as `{"add_region": "CA"}`. */
export type Change =
  /** Adds to the sponsor's `preferred_categories`. */
  | {
      add_category: string;
    }
  /** Removes from the sponsor's `preferred_categories`. */
  | {
      remove_category: string;
    }
  /** Adds to the sponsor's `regions`. */
  | {
      add_region: string;
    }
  /** Removes from the sponsor's `regions`. */
  | {
      remove_region: string;
    }
  /** Sets the sponsor's `annual_budget_cents`; null makes it unknown. */
  | {
      /** Range: 0 to 9007199254740991. */
      set_budget: number | string | null;
    }
  /** Adds to the keywords of the sponsor's `brand_objectives`. */
  | {
      add_keyword: string;
    }
  /** Adds to the event's `categories`. */
  | {
      add_event_category: string;
    }
  /** Removes from the event's `categories`. */
  | {
      remove_event_category: string;
    }
  /** Adds to the event's `regions`. */
  | {
      add_event_region: string;
    }
  /** Removes from the event's `regions`. */
  | {
      remove_event_region: string;
    }
  /** Sets the event's `min_price_cents`; null makes it unknown. */
  | {
      /** Range: 0 to 9007199254740991. */
      set_min_price: number | string | null;
    }
  /** Adds to the keywords of the event's `objectives`. */
  | {
      add_event_keyword: string;
    }
  /** Sets the insights' `engagement_score`; null makes it unknown. */
  | {
      /** Range: 0 to 1. */
      set_engagement_score: number | null;
    }
  /** Sets the insights' `ticket_conversion_rate`; null makes it unknown. */
  | {
      /** Range: 0 to 1. */
      set_ticket_conversion_rate: number | null;
    }
  /** Sets the visitors from one region in the insights' `geo_distribution`. */
  | {
      set_visitors: {
        /**
         * How many visitors came from there.
         * Range: 0 to 9007199254740991.
         */
        count: number | string;
        /** The region. */
        region: string;
      };
    };

/** What the rules say of a pair. */
export interface Checked {
  /** Whether the pair may be ranked. */
  eligible: boolean;
  /** What keeps the pair out, when it is a single rule. */
  near_miss: 
    | NearMiss
    | null;
  /** One answer a rule that is set. */
  verdicts: RuleVerdict[];
}

/** A pair that would be ranked but for one rule. */
export interface NearMiss {
  /** The event of the pair. */
  event_id: string;
  /** Why it is. */
  reason: string;
  /** The one rule that is against it. */
  rule: Rule;
  /**
   * The score the pair would be ranked by; null when too little is known.
   * Range: 0 to 1.
   */
  score_if_allowed: number | null;
  /** The sponsor of the pair. */
  sponsor_id: string;
}

/** What a rule says of a pair. */
export type Outcome =
  /** The rule holds. */
  | "pass"
  /** The rule does not hold. */
  | "fail"
  /** The facts do not tell. */
  | "unknown";

/** One of the rules, in the order they are asked. */
export type Rule =
  /** No event in a category that the sponsor excludes. */
  | "excluded_categories"
  /** The pair is not blocked by name. */
  | "blocked_pairs"
  /** No second sponsor of the same kind at an event. */
  | "exclusivity"
  /** At least one region in common. */
  | "region_required"
  /** The cheapest package costs no more than the budget. */
  | "price_ceiling"
  /** The event begins within the window. */
  | "date_window";

/** One rule's answer about a pair. */
export interface RuleVerdict {
  /** What it says. */
  outcome: Outcome;
  /** Why. */
  reason: string;
  /** The rule. */
  rule: Rule;
}

/** An input that cannot be accepted: what, where, and what would be right. */
export interface Problem {
  /** What went wrong: stable across versions. */
  code: "invalid_json" | "invalid_utf8" | "invalid_csv" | "missing_field" | "wrong_type" | "out_of_range" | "invalid_value" | "unknown_field" | "duplicate_field" | "duplicate_id" | "unknown_id" | "weights_sum" | "dimension_mismatch" | "missing_implementation" | "insufficient_data" | "invalid_catalog" | "invalid_model" | "unknown_feature" | "too_few_outcomes" | "sample_ratio_mismatch";
  /** The sentence, without the path. */
  message: string;
  /** The dotted path of the field to blame, empty when there is none. */
  path: string;
}

/**
 * A score with its reasons.
 *
 * The contributions of `Explanation::factors`, folded left to right and clamped, are the score to the last bit; the contributions of a row's children fold to the row's value in the same way.
 */
export interface Explanation {
  /**
   * The share of the formula's weight that rests on known facts, 0 to 1.
   * Range: 0 to 1.
   */
  coverage: number;
  /** The event of the pair. */
  event_id: string;
  /** One row a factor, in formula order. */
  factors: FactorRow[];
  /**
   * The score if every unknown turned out worst.
   * Range: 0 to 1.
   */
  lower: number;
  /** What each factor was worth. */
  overlap_metrics: OverlapMetrics;
  /** What speaks for and against the match, in formula order. */
  reasons: Reason[];
  /**
   * The fit, 0 to 1.
   * Range: 0 to 1.
   */
  score: number;
  /** The sponsor of the pair. */
  sponsor_id: string;
  /** The whole in one sentence. */
  summary: string;
  /** The facts that were unknown. */
  unknown: Leaf[];
  /**
   * The score if every unknown turned out best.
   * Range: 0 to 1.
   */
  upper: number;
}

/** The two parts of `audience_overlap`. */
export interface AudienceOverlap {
  /**
   * The overlap of categories.
   * Range: 0 to 1.
   */
  categories: number | null;
  /**
   * The overlap of regions.
   * Range: 0 to 1.
   */
  geo: number | null;
}

/** The facts behind one leaf, by kind. */
export type Evidence =
  /** The budget, and the one that counts as one half. */
  | {
      /**
       * The sponsor's budget; null is unknown.
       * Range: 0 to 9007199254740991.
       */
      annual_budget_cents: number | null;
      /** The budget that would give one half. */
      half_budget_cents: number;
      kind: "budget";
    }
  /** Which of the wanted labels the event has. Lists are in key order. */
  | {
      /** What the number of matches was divided by; 0 when the overlap is unknown. */
      divisor: number;
      kind: "labels";
      /** What the sponsor wants and the event has. */
      matched: string[];
      /** What the event has besides. */
      offered: string[];
      /** What the sponsor wants and the event has not. */
      unmatched: string[];
    }
  /** Where the visitors came from. */
  | {
      kind: "visitors";
      /** The visitors from these regions together. */
      reached: number;
      /** The sponsor's regions with their visitors, in key order. */
      regions: RegionVisitors[];
      /** All visitors that were counted. */
      total: number;
    }
  /** A measured rate. */
  | {
      kind: "rate";
      /**
       * The rate; null is unknown.
       * Range: 0 to 1.
       */
      rate: number | null;
    }
  /** How objectives were compared. */
  | {
      /** The implementation's id. */
      implementation: string;
      kind: "objectives";
      /** Words that both sides use, in byte order. */
      shared_words: string[];
    };

/** One of the five terms of the score, in formula order. */
export type Factor =
  /** Whether the sponsor can afford it. */
  | "budget_fit"
  /** Whether categories and regions overlap. */
  | "audience_overlap"
  /** Whether the audience is where the sponsor wants to be seen. */
  | "geo_fit"
  /** Whether the audience took part. */
  | "engagement_quality"
  /** Whether both want the same. */
  | "objectives_similarity";

/** One factor's part in a score. */
export interface FactorRow {
  /** The parts of a blend. */
  children: LeafRow[];
  /** The weight in the configuration. */
  configured_weight: number;
  /** `weight · value`, and 0 when left out. */
  contribution: number;
  /** The facts behind it; null for a blend, whose children have theirs. */
  evidence: 
    | Evidence
    | null;
  /** The factor. */
  factor: Factor;
  /** Whether any of its leaves is known. */
  known: boolean;
  /**
   * What entered the score, 0 to 1; null when it was left out.
   * Range: 0 to 1.
   */
  value: number | null;
  /** The effective weight: scaled under `renormalize`, 0 when left out. */
  weight: number;
}

/** The path of one of the seven facts that a score rests on. */
export type Leaf = "budget_fit" | "audience_overlap.categories" | "audience_overlap.geo" | "geo_fit" | "engagement_quality.engagement_score" | "engagement_quality.ticket_conversion_rate" | "objectives_similarity";

/** One part of a blended factor. */
export interface LeafRow {
  /** The share in the configuration. */
  configured_weight: number;
  /** `weight · value`, and 0 when left out. */
  contribution: number;
  /** The facts behind it. */
  evidence: 
    | Evidence
    | null;
  /** Whether it is known. */
  known: boolean;
  /** The leaf. */
  leaf: Leaf;
  /**
   * What entered the blend, 0 to 1; null when it was left out.
   * Range: 0 to 1.
   */
  value: number | null;
  /** The effective share in the blend: 1 when the other part was left out. */
  weight: number;
}

/** The values that entered a score; null was left out. */
export interface OverlapMetrics {
  /** The two parts of the audience overlap. */
  audience_overlap: AudienceOverlap;
  /**
   * Whether the sponsor can afford it.
   * Range: 0 to 1.
   */
  budget_fit: number | null;
  /**
   * Whether the audience took part.
   * Range: 0 to 1.
   */
  engagement_quality: number | null;
  /**
   * Whether the audience is where the sponsor wants to be seen.
   * Range: 0 to 1.
   */
  geo_fit: number | null;
  /**
   * Whether both want the same.
   * Range: 0 to 1.
   */
  objectives_similarity: number | null;
}

/** One thing that speaks for or against a match, or is not known. */
export interface Reason {
  /** The paths of the leaves it speaks of. */
  leaves: Leaf[];
  /** What it could still add. */
  lost: number;
  /** What it adds to the score. */
  points: number;
  /** A few words, for a table. */
  short: string;
  /** A sentence. */
  text: string;
  /** For, against or unknown. */
  verdict: Verdict;
}

/** The visitors from one of the sponsor's regions. */
export interface RegionVisitors {
  /** The region as the sponsor spells it. */
  region: string;
  /** How many visitors came from there. */
  visitors: number;
}

/** Which way a reason speaks. */
export type Verdict =
  /** Known, and worth half or more. */
  | "for"
  /** Known, and worth less than half. */
  | "against"
  /** Not known. */
  | "unknown";

/** A way to raise a score, verified by scoring again. */
export interface Improvement {
  /** The score after the changes. */
  after: MatchScore;
  /** The changes to make together. */
  changes: Change[];
  /** What the score gains. */
  gain: number;
  /** How far they go: one step a label, a doubling, or a tenth of a rate. */
  steps: number;
  /** The changes in words. */
  text: string;
}

/** How well a sponsor and an event fit, how sure that is, and what is unknown. */
export interface MatchScore {
  /**
   * The share of the formula's weight that rests on known facts, 0 to 1.
   * Range: 0 to 1.
   */
  coverage: number;
  /** The event of the pair. */
  event_id: string;
  /**
   * The score if every unknown turned out worst.
   * Range: 0 to 1.
   */
  lower: number;
  /** What each factor was worth. */
  overlap_metrics: OverlapMetrics;
  /**
   * The fit, 0 to 1.
   * Range: 0 to 1.
   */
  score: number;
  /** The sponsor of the pair. */
  sponsor_id: string;
  /** The facts that were unknown. */
  unknown: Leaf[];
  /**
   * The score if every unknown turned out best.
   * Range: 0 to 1.
   */
  upper: number;
}

/**
 * Too little is known for a score under this configuration.
 *
 * Rankings leave such pairs out and report how many there were.
 */
export interface InsufficientData {
  /**
   * The share of the formula's weight that rests on known facts, 0 to 1.
   * Range: 0 to 1.
   */
  coverage: number;
  /** The facts that are unknown. */
  missing: Leaf[];
}

/** A score as it is stored. */
export interface StoredExplanation {
  /** The SHA-256 that names the configuration. */
  config_fingerprint: string;
  /**
   * The share of the formula's weight that rests on known facts, 0 to 1.
   * Range: 0 to 1.
   */
  coverage: number;
  /** The event of the pair. */
  event_id: string;
  /** One row a factor, in formula order. */
  factors: FactorRow[];
  /**
   * The score if every unknown turned out worst.
   * Range: 0 to 1.
   */
  lower: number;
  /** What each factor was worth. */
  overlap_metrics: OverlapMetrics;
  /** What speaks for and against the match, in formula order. */
  reasons: Reason[];
  /**
   * The fit, 0 to 1.
   * Range: 0 to 1.
   */
  score: number;
  /** The score with four digits, for a column `numeric(5,4)`. */
  score_decimal: string;
  /** The sponsor of the pair. */
  sponsor_id: string;
  /** The whole in one sentence. */
  summary: string;
  /** The facts that were unknown. */
  unknown: Leaf[];
  /**
   * The score if every unknown turned out best.
   * Range: 0 to 1.
   */
  upper: number;
}

/** A score as it is stored. */
export interface StoredMatchScore {
  /** The SHA-256 that names the configuration. */
  config_fingerprint: string;
  /**
   * The share of the formula's weight that rests on known facts, 0 to 1.
   * Range: 0 to 1.
   */
  coverage: number;
  /** The event of the pair. */
  event_id: string;
  /**
   * The score if every unknown turned out worst.
   * Range: 0 to 1.
   */
  lower: number;
  /** What each factor was worth. */
  overlap_metrics: OverlapMetrics;
  /**
   * The fit, 0 to 1.
   * Range: 0 to 1.
   */
  score: number;
  /** The score with four digits, for a column `numeric(5,4)`. */
  score_decimal: string;
  /** The sponsor of the pair. */
  sponsor_id: string;
  /** The facts that were unknown. */
  unknown: Leaf[];
  /**
   * The score if every unknown turned out best.
   * Range: 0 to 1.
   */
  upper: number;
}

/** Everything that is wrong with a request. */
export interface Validation {
  /** The fields of rows that no type has. */
  ignored: IgnoredField[];
  /** Every problem, with the path of its field. */
  problems: Problem[];
  /** Whether there is no problem. */
  valid: boolean;
}

/** A field of a row that no type has. */
export interface IgnoredField {
  /** The dotted path of the field. */
  field: string;
  /** The nearest known name, where one is near. */
  nearest: string | null;
}

/** A score before and after named changes, and what each factor gained. */
export interface WhatIf {
  /** The score after the changes. */
  after: MatchScore;
  /** The score as it is; null when too little was known for one. */
  before: 
    | MatchScore
    | null;
  /** The changes, in the order they were made. */
  changes: Change[];
  /** What each factor's contribution gained, in formula order. */
  factors: FactorGain[];
  /** `after − before`; null without a score before. */
  gain: number | null;
}

/** One factor's contribution before and after changes. */
export interface FactorGain {
  /** Its contribution after the changes, 0 when left out. */
  after: number;
  /** Its contribution as it is, 0 when left out or without a score. */
  before: number;
  /** The factor. */
  factor: Factor;
  /** `after − before`. */
  gain: number;
}
