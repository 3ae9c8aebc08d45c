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

/**
 * The probability that a pair is accepted: a `Logistic` line, and what its scores came to.
 *
 * The calibration is learnt from scores that were held out: the cases are dealt to five parts in turn, accepted and rejected ones apart, and each part is scored by a line through the others (as Platt asks for, 1999). On its own cases every line is too sure of itself.
 */
export interface Acceptance {
  /** What turns log-odds into probabilities; null is the odds themselves. */
  calibration?: 
    | Calibration
    | null;
  /** The log-odds as a line of the numbers. */
  line: Logistic;
}

/** Rows of numbers and what came of them, as columns. */
export interface AcceptanceFit {
  /** What came of it. */
  accepted: readonly boolean[];
  /** Where the probabilities come from; `where_enough` when it is left out. */
  probabilities?: CalibrationChoice;
  /**
   * How strongly the slopes are held to 0; 1 when it is left out.
   * Default: `1`.
   */
  pull?: number;
  /** The numbers that were known of each row; null is unknown. */
  rows: readonly (readonly (number | null)[])[];
  /** How much each counts, 0 or more; 1 each when it is left out. */
  weights?: readonly number[] | null;
}

/** The side whose rows each get a ranking. */
export type Anchor =
  /** Events for every sponsor. */
  | "sponsor"
  /** Sponsors for every event. */
  | "event";

/** Units, and the experiment that deals with them. */
export interface Assign {
  /** The experiment. */
  experiment: Experiment;
  /** The names of units. */
  units: readonly string[];
}

/**
 * A rising line from scores to probabilities.
 *
 * Isotonic regression: of all functions that never fall, the one with the least squared error, found by pooling adjacent violators (Ayer et al. 1955; for probabilities Zadrozny and Elkan 2002). Between the scores it was fitted on it is linear, beyond them level. It assumes only that a higher score is no worse.
 */
export type Calibration = readonly (readonly [number, number])[];

/** Where the probabilities come from. */
export type CalibrationChoice =
  /** From a calibration where there are enough outcomes for one, else from the odds. */
  | "where_enough"
  /** From a calibration. */
  | "calibrated"
  /** From the odds. */
  | "odds";

/** Scores and what came of them, as columns. */
export interface CalibrationFit {
  /** What came of it. */
  accepted: readonly boolean[];
  /** What each pair was scored. */
  scores: readonly number[];
  /** How much each counts, 0 or more; 1 each when it is left out. */
  weights?: readonly number[] | null;
}

/** One number's part in the log-odds. */
export interface LogisticColumn {
  /** The mean of the number, for which an unknown one stands. */
  centre: number;
  /** What one more of the number adds to the log-odds. */
  slope: number;
}

/** A configuration, as an object or as the text of one. */
export type ConfigOrText =
  | ScoringConfig
  | string;

/** A configuration that is to be looked at. */
export interface Configured {
  /** The configuration, as an object or as the text of one; the default when it is left out. */
  config?: 
    | ConfigOrText
    | null;
}

/** Outcomes, and what was known of their units beforehand. */
export interface CupedColumns {
  /** What was known of it. */
  before: readonly number[];
  /** The outcome of each unit. */
  outcomes: readonly number[];
}

/**
 * One pair that was shown in a list, and what was decided about it.
 *
 * Written when it is shown, with `outcome` `shown`; written again, or updated, when somebody decides. What is not logged at that moment cannot be reconstructed: neither the factors (profiles change) nor the propensity (so does the ranking).
 */
export interface Decision {
  /** The fingerprint of the configuration that scored it: 64 hexadecimal digits. */
  config_fingerprint?: string | null;
  /** When it was decided. */
  decided_at?: string | null;
  /** The event's UUID. */
  event_id: string;
  /** The experiment it was part of. */
  experiment?: string | null;
  /** The values that entered the score. */
  factors?: 
    | FactorValues
    | null;
  /** What was shown together: all rows of one list share it. */
  list_id: string;
  /** What was decided; `shown` while nothing was. */
  outcome?: 
    | SponsorshipOutcome
    | null;
  /** What ordered the list: the name of a model or a rule. */
  policy?: string | null;
  /**
   * The place in the list, from 1.
   * Range: 0 to 9007199254740991.
   */
  position: number | string;
  /** How likely it was to be shown there, above 0 and at most 1; 1 for a ranking without chance. */
  propensity?: number | null;
  /**
   * The score it was shown with.
   * Range: 0 to 1.
   */
  score?: number | null;
  /** When it was shown. */
  shown_at: string;
  /** The sponsor's UUID. */
  sponsor_id: string;
  /** The variant that its unit was assigned to. */
  variant?: string | null;
}

/** A log of decisions. */
export interface Decisions {
  /** The rows of the log. */
  decisions: readonly Decision[];
}

/** Two samples that are compared as often as one likes. */
export interface DifferenceOf {
  /**
   * How often the interval may be wrong, in all its looks together.
   * Default: `0.05`.
   */
  alpha?: number;
  /** The values without. */
  control: readonly number[];
  /**
   * How many values of both make the interval narrowest; all that are there when it is left out.
   * Range: 0 to 9007199254740991.
   */
  horizon?: number | string | null;
  /** The values with the change. */
  treated: readonly number[];
}

/** Rankers on the same queries, as columns: a row is a candidate of a query. */
export interface Evaluate {
  /**
   * Of the intervals, 0.5 to 0.999; 0.95 when it is left out.
   * Default: `0.95`.
   */
  confidence?: number;
  /** Who each candidate is, unique within its query; decides between equal scores. */
  ids: readonly string[];
  /**
   * Where lists are cut; 10 when it is left out.
   * Range: 0 to 9007199254740991. Default: `10`.
   */
  k?: number | string;
  /** Whether each turned out well. */
  positive: readonly boolean[];
  /** What each candidate is ranked for, such as the event's id. */
  queries: readonly string[];
  /** The rankers; each is compared with the first. */
  rankers: readonly RankerScores[];
  /**
   * How often queries are drawn anew for the intervals; 10 000 when it is left out.
   * Range: 0 to 9007199254740991. Default: `10000`.
   */
  resamples?: number | string;
  /**
   * The seed of the draws: the same input gives the same bits.
   * Range: 0 to 9007199254740991. Default: `0`.
   */
  seed?: number | string;
}

/** An event of the catalog. */
export interface EventKey {
  /** Its identifier. */
  event_id: string;
}

/**
 * An experiment: who takes part, and which variants there are.
 *
 * What it does with a unit is `Experiment`'s business.
 */
export interface Experiment {
  /**
   * How many units of 10 000 take part; all when it is left out.
   * Range: 0 to 10000.
   */
  exposure_basis_points?: number;
  /** The experiment's name. */
  name: string;
  /**
   * Experiments of one namespace share their exposure.
   * Default: `""`.
   */
  namespace?: string;
  /**
   * Another salt is another draw.
   * Default: `""`.
   */
  salt?: string;
  /** The variants; the first is the control. */
  variants: readonly Variant[];
}

/** The five factors of pairs, and the configuration that weighs them. */
export interface FactorRows {
  /** The configuration; the default when it is left out. */
  config?: 
    | ConfigOrText
    | null;
  /** The five factors of each pair, in the formula's order, each 0 to 1. */
  factors: readonly (readonly number[])[];
}

/** What each factor was worth, 0 to 1, null where it was left out. */
export interface FactorValues {
  /**
   * Whether categories and regions overlap.
   * Range: 0 to 1.
   */
  audience_overlap?: number | null;
  /**
   * Whether the sponsor can afford it.
   * Range: 0 to 1.
   */
  budget_fit?: number | null;
  /**
   * Whether the audience took part.
   * Range: 0 to 1.
   */
  engagement_quality?: number | null;
  /**
   * Whether the audience is where the sponsor wants to be seen.
   * Range: 0 to 1.
   */
  geo_fit?: number | null;
  /**
   * Whether both want the same.
   * Range: 0 to 1.
   */
  objectives_similarity?: number | null;
}

/** Pairs of the catalog, and the date as of which they are looked at. */
export interface FeaturesOf {
  /** The date; nothing that happened on it or later enters. */
  as_of: string;
  /** The pairs. */
  pairs: readonly PairKey[];
}

/** Which pairs a ranking may show: a `Filter` in JSON. */
export interface Filter {
  /** Events of at least one of these categories. */
  categories?: readonly string[] | null;
  /** Events that start at this moment or later: a date, or a timestamp. */
  from?: string | null;
  /**
   * Pairs with this score or a higher one.
   * Range: 0 to 1.
   */
  min_score?: number | null;
  /** These events only. */
  only_events?: readonly string[] | null;
  /** These sponsors only. */
  only_sponsors?: readonly string[] | null;
  /** Pairs that these rules allow. */
  rules?: 
    | Rules
    | null;
  /** Events that start at this moment or earlier; a date includes its whole day. */
  until?: string | null;
  /** Not these events. */
  without_events?: readonly string[] | null;
  /** Not these sponsors. */
  without_sponsors?: readonly string[] | null;
}

/** What a grade is worth. */
export type GainChoice =
  /** Itself. */
  | "linear"
  /** 2 to its power, minus 1. */
  | "exponential";

/** A text that is a label. */
export interface LabelText {
  /** The label as somebody spells it. */
  text: string;
}

/** The log of one ranking, and what another would have done. */
export interface LoggedColumns {
  /**
   * How often the interval may be wrong.
   * Default: `0.05`.
   */
  alpha?: number;
  /** How probable it was that the row was shown, above 0 and at most 1. */
  propensities: readonly number[];
  /** What each row that was shown brought. */
  rewards: readonly number[];
  /** How probable the other ranking would have made it, 0 to 1. */
  targets: readonly number[];
}

/**
 * Logistic regression: every number adds to the log-odds in proportion, an unknown one adds nothing.
 *
 * What it makes small is Σ weight · ln(1 + exp(∓ log-odds)) + pull/2 · ‖slopes‖², with slopes of numbers brought to mean 0 and variance 1 over the cases that know them (Hoerl and Kennard's ridge, 1970, for le Cessie and van Houwelingen's odds, 1992). An unknown number is taken to be at its mean, so it moves nothing. The least is found by Newton's method; the same input gives the same bits on every machine.
 */
export interface Logistic {
  /** Each number's part. */
  columns: readonly LogisticColumn[];
  /** The log-odds where every number is at its centre. */
  intercept: number;
}

/** What a query without a positive counts as in a mean. */
export type NoPositivesChoice =
  /** It is left out. */
  | "skip"
  /** 0. */
  | "zero"
  /** 1. */
  | "one";

/** A pair. */
export interface Pair {
  /** The event's row. */
  event: Event;
  /** What was measured at the event; null is unknown. */
  insights?: 
    | AudienceInsights
    | null;
  /** The sponsor's row. */
  sponsor: SponsorProfile;
}

/** A pair, and changes to make to it. */
export interface PairChanges {
  /** The changes, made one after the other. */
  changes: readonly Change[];
  /** The event's row. */
  event: Event;
  /** What was measured at the event; null is unknown. */
  insights?: 
    | AudienceInsights
    | null;
  /** The sponsor's row. */
  sponsor: SponsorProfile;
}

/** A pair of the catalog. */
export interface PairKey {
  /** The event. */
  event_id: string;
  /** The sponsor. */
  sponsor_id: string;
}

/** Pairs of the catalog, and the columns of numbers that are wanted of them. */
export interface PairKeys {
  /** The paths of a score's own numbers, such as `coverage` or `audience_overlap.geo`; `score` alone when it is left out. */
  columns?: readonly string[];
  /** The pairs. */
  pairs: readonly PairKey[];
}

/** A pair, and rules to ask about it. */
export interface PairRules {
  /** The event's row. */
  event: Event;
  /** What was measured at the event; null is unknown. */
  insights?: 
    | AudienceInsights
    | null;
  /** The rules. */
  rules: Rules;
  /** The sponsor's row. */
  sponsor: SponsorProfile;
}

/** A pair, and the side on which something may change. */
export interface PairSide {
  /** The event's row. */
  event: Event;
  /** What was measured at the event; null is unknown. */
  insights?: 
    | AudienceInsights
    | null;
  /** How many improvements at most; 5 when it is left out. */
  limit?: number | null;
  /** Whose facts may change. */
  side: Side;
  /** The sponsor's row. */
  sponsor: SponsorProfile;
}

/** A date. */
export interface Profiles {
  /** The date; nothing that happened on it or later enters. */
  before: string;
}

/** Rows of numbers, and what tells how probable their acceptance is. */
export interface Proposals {
  /** What `fit_acceptance` answered. */
  acceptance: Acceptance;
  /** The numbers that are known of each row; null is unknown. */
  rows: readonly (readonly (number | null)[])[];
}

/** The best of the other side for some anchors. */
export interface RankEach {
  /**
   * How many anchors.
   * Range: 0 to 9007199254740991. Default: `32`.
   */
  count?: number | string;
  /** Which pairs may be shown; all when it is left out. */
  filter?: 
    | Filter
    | null;
  /** The side whose rows each get a ranking. */
  for_each: Anchor;
  /**
   * The number of the first anchor, in the order of reading.
   * Range: 0 to 9007199254740991. Default: `0`.
   */
  from?: number | string;
  /**
   * How many rows; 20 when it is left out.
   * Range: 0 to 9007199254740991.
   */
  k?: number | string | null;
}

/** Ranked lists as columns: a row is a candidate of a query. */
export interface RankedLists {
  /** What a grade is worth; `exponential` when it is left out. */
  gain?: GainChoice;
  /** How relevant each turned out to be, 0 to 30; above 0 is a positive. */
  grades: readonly (number | string)[];
  /** Who each candidate is, unique within its query; decides between equal scores. */
  ids: readonly string[];
  /**
   * Where lists are cut for `ndcg` and `recall`; 10 when it is left out.
   * Range: 0 to 9007199254740991. Default: `10`.
   */
  k?: number | string;
  /** What a query without a positive counts as in the means; `skip` when it is left out. */
  no_positives?: NoPositivesChoice;
  /** What each candidate is ranked for, such as the event's id. */
  queries: readonly string[];
  /** What the ranker said; higher comes first. */
  scores: readonly number[];
  /** In which order equal scores count; `by_id` when it is left out. */
  ties?: TiesChoice;
}

/** A ranker by its scores. */
export interface RankerScores {
  /** Its name. */
  ranker: string;
  /** A score a row; higher comes first, null is never shown. */
  scores: readonly (number | null)[];
}

/** What came of an experiment so far. */
export interface Read {
  /**
   * How often a read-out may be wrong about some variant, in all its looks together.
   * Default: `0.05`.
   */
  alpha?: number;
  /** Something known of each unit beforehand that goes with the outcome; null is unknown. */
  before?: readonly (number | null)[] | null;
  /** The experiment. */
  experiment: Experiment;
  /**
   * Units of a variant and the control at which intervals are narrowest; all that are there when it is left out.
   * Range: 0 to 9007199254740991.
   */
  horizon?: number | string | null;
  /** What is compared of each unit: 1 or 0 for accepted or not, an amount, a count. */
  outcomes: readonly number[];
  /**
   * Below this p-value of the sizes nothing is read.
   * Default: `0.001`.
   */
  sample_ratio_alpha?: number;
  /** The variant of each unit. */
  variants: readonly string[];
}

/** The candidates of a sponsor, in the ranker's order. */
export interface RefinedEvents {
  /** Which pairs may be shown; all when it is left out. */
  filter?: 
    | Filter
    | null;
  /**
   * How many rows; 20 when it is left out.
   * Range: 0 to 9007199254740991.
   */
  k?: number | string | null;
  /** The sponsor, one of the catalog's. */
  sponsor_id: string;
}

/** The candidates of an event, in the ranker's order. */
export interface RefinedSponsors {
  /** The event, one of the catalog's. */
  event_id: string;
  /** Which pairs may be shown; all when it is left out. */
  filter?: 
    | Filter
    | null;
  /**
   * How many rows; 20 when it is left out.
   * Range: 0 to 9007199254740991.
   */
  k?: number | string | null;
}

/** Nothing more than rows of numbers. */
export type RowsOnly = Record<string, unknown>;

/** How many units each variant has, and was promised. */
export interface SampleSizes {
  /** The share of each variant; all shares are 10 000 together. */
  basis_points: readonly number[];
  /** The units of each variant. */
  observed: readonly (number | string)[];
}

/** The columns of numbers that are wanted of every pair. */
export interface ScoreAll {
  /** `score`, `coverage` or the paths of leaves; `score` alone when it is left out. */
  columns?: readonly string[];
}

/** Pairs, and the columns of numbers that are wanted of them. */
export interface ScoredPairs {
  /** The paths of a score's own numbers, such as `coverage` or `audience_overlap.geo`; `score` alone when it is left out. */
  columns?: readonly string[];
  /** The pairs. */
  pairs: readonly Pair[];
}

/** What is wanted of rows of numbers. */
export interface Scores {
  /**
   * Whether raw scores are wanted, or what they mean under the objective; raw when it is left out.
   * Default: `true`.
   */
  raw?: boolean;
}

/** Scores, and the calibration that reads them. */
export interface ScoresToCalibrate {
  /** What `fit_calibration` answered. */
  calibration: Calibration;
  /** The scores; null is unknown. */
  scores: readonly (number | null)[];
}

/** A unit of an experiment. */
export interface Seed {
  /** The experiment. */
  experiment: Experiment;
  /** The unit's name. */
  unit: string;
}

/** A sample that is looked at as often as one likes. */
export interface SequenceOf {
  /**
   * How often the interval may be wrong, in all its looks together.
   * Default: `0.05`.
   */
  alpha?: number;
  /**
   * How many values make the interval narrowest; all that are there when it is left out.
   * Range: 0 to 9007199254740991.
   */
  horizon?: number | string | null;
  /** The values. */
  values: readonly number[];
}

/** The last row that was shown; what else it holds is of no interest here. */
export interface Shown {
  /** Its event, in a ranking of events. */
  event_id?: string | null;
  /**
   * Its score.
   * Range: 0 to 1.
   */
  score: number;
  /** Its sponsor, in a ranking of sponsors. */
  sponsor_id?: string | null;
}

/** Whose facts a change is about. */
export type Side =
  /** The sponsor's profile. */
  | "sponsor"
  /** The event and its audience. */
  | "event";

/** A sponsor of the catalog. */
export interface SponsorKey {
  /** Its identifier. */
  sponsor_id: string;
}

/** What became of a sponsor that was proposed to an event, or of an event proposed to a sponsor. */
export type SponsorshipOutcome =
  /** Both agreed, and the sponsorship took place. */
  | "accepted"
  /** One of the two said no. */
  | "rejected"
  /** It was proposed, and nobody answered. */
  | "shown";

/** Two rankings, and the page that shows both. */
export interface TeamDraft {
  /** One ranking, best first. */
  a: readonly string[];
  /** The other. */
  b: readonly string[];
  /**
   * How many places the page has.
   * Range: 0 to 9007199254740991.
   */
  length: number | string;
  /**
   * The seed of the draws: of one page always the same.
   * Range: 0 to 9007199254740991. Default: `0`.
   */
  seed?: number | string;
}

/** In which order equal scores count. */
export type TiesChoice =
  /** By id. */
  | "by_id"
  /** The mean over every order. */
  | "averaged"
  /** The worst order. */
  | "pessimistic";

/** Probabilities that were told, and what came of them, as columns. */
export interface ToldProbabilities {
  /** What came of it. */
  accepted: readonly boolean[];
  /** What each pair was told, 0 to 1. */
  probabilities: readonly number[];
  /**
   * In how many rows to sum up; 10 when it is left out.
   * Range: 0 to 9007199254740991. Default: `10`.
   */
  rows?: number | string;
}

/** The best events of one sponsor. */
export interface TopEvents {
  /** The last row that was shown: the list goes on behind it. */
  after?: 
    | Shown
    | null;
  /** Which pairs may be shown; all when it is left out. */
  filter?: 
    | Filter
    | null;
  /**
   * How many rows; 20 when it is left out.
   * Range: 0 to 9007199254740991.
   */
  k?: number | string | null;
  /** The sponsor's row, which need not be in the catalog. */
  sponsor?: 
    | SponsorProfile
    | null;
  /** The sponsor, one of the catalog's. */
  sponsor_id?: string | null;
}

/** The best sponsors of one event. */
export interface TopSponsors {
  /** The last row that was shown: the list goes on behind it. */
  after?: 
    | Shown
    | null;
  /** The event's row, which need not be in the catalog. */
  event?: 
    | Event
    | null;
  /** The event, one of the catalog's. */
  event_id?: string | null;
  /** Which pairs may be shown; all when it is left out. */
  filter?: 
    | Filter
    | null;
  /** What was measured at the event that is given. */
  insights?: 
    | AudienceInsights
    | null;
  /**
   * How many rows; 20 when it is left out.
   * Range: 0 to 9007199254740991.
   */
  k?: number | string | null;
}

/** Any of the parts of a request, right or wrong. */
export interface Unchecked {
  /** A configuration. */
  config?: unknown;
  /** An event's row. */
  event?: unknown;
  /** What was measured at an event. */
  insights?: unknown;
  /** Rules. */
  rules?: unknown;
  /** A sponsor's row. */
  sponsor?: unknown;
}

/** An event to add or to replace. */
export interface UpsertEvent {
  /** The event's row. */
  event: Event;
  /** What was measured at the event; null is unknown. */
  insights?: 
    | AudienceInsights
    | null;
}

/** A sponsor to add or to replace. */
export interface UpsertSponsor {
  /** The sponsor's row. */
  sponsor: SponsorProfile;
}

/** A variant of an experiment. */
export interface Variant {
  /**
   * Its share of the units that take part; all shares are 10 000 together.
   * Range: 0 to 10000.
   */
  basis_points: number;
  /** Its name. */
  name: string;
}

/** Outcomes as columns, and how to fit weights to them. */
export interface WeightsFit {
  /** What came of each. */
  accepted: readonly boolean[];
  /** The error rate of claiming that a weight moved; 0.05 when it is left out. */
  alpha?: number | null;
  /** The configuration whose weights are in use; the default when it is left out. */
  config?: 
    | ConfigOrText
    | null;
  /** The five factors as the formula saw them, in its order, each 0 to 1. */
  factors: readonly (readonly number[])[];
  /** How strongly the weights are held to the current ones; 10 when it is left out. */
  pull?: number | null;
  /** What each outcome was part of; only outcomes of the same query are compared. */
  queries: readonly string[];
  /**
   * How often sponsors are drawn anew for the intervals, at least 20; 200 when it is left out.
   * Range: 0 to 9007199254740991.
   */
  resamples?: number | string | null;
  /**
   * The seed of the draws: the same input gives the same bits.
   * Range: 0 to 9007199254740991. Default: `0`.
   */
  seed?: number | string;
  /** At 10 a score 0.1 higher has odds e of being the accepted one; 10 when it is left out. */
  sharpness?: number | null;
  /** Whose outcome each is. */
  sponsors: readonly string[];
}

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

/**
 * How much better one ranker is than another, query by query.
 *
 * Paired, because queries differ far more than rankers do: an event whose sponsors nobody could have guessed is hard for both.
 */
export interface Comparison {
  /** The mean of the first ranker's metric minus the second's. */
  difference: Estimate;
  /** Queries on which the second is better. */
  losses: number;
  /** The sign-flip test of no difference, two-sided, 0..=1: how often a mean at least as far from 0 would come about if a coin had decided on each query which ranker is which (Fisher, *The Design of Experiments*, 1935). Exact up to 36 queries with a difference, drawn with the bootstrap's seed and number of resamples beyond. */
  p_value: number;
  /** The share of bootstrap draws of queries in which the first is better, ties by half, 0..=1. */
  share_better: number;
  /** Queries on which both are the same. */
  ties: number;
  /** Queries on which the first is better. */
  wins: number;
}

/** What `config` says. */
export interface Configuration {
  /** The configuration with nothing left out. */
  config: ScoringConfig;
  /** The SHA-256 that names it. */
  config_fingerprint: string;
}

/** How many rows a catalog holds now. */
export interface Counts {
  /** Events. */
  events: number;
  /** Sponsors. */
  sponsors: number;
}

/** Outcomes with less variance and the same mean. */
export interface Cuped {
  /** The outcome of each unit, adjusted. */
  adjusted: number[];
  /** What one more of what was known beforehand goes with. */
  theta: number;
  /** The share of the variance that is left, 0 to 1. */
  variance_left: number;
}

/** A log of decisions as columns. */
export interface DecisionColumns {
  /** Decided rows whose factors are known. */
  outcomes: OutcomeColumns;
  /** Every row, as history takes it. */
  past: PastSponsorship[];
  /** Decided rows whose score is known. */
  scored: ScoredColumns;
}

/** What a ranker is. */
export interface Description {
  /** The names of its features, in the order of a row. */
  feature_names: string[];
  /** What it was trained for: `lambdarank`, `rank_xendcg`, `binary` or `regression`. */
  objective: string;
  /** How many trees it has. */
  tree_count: number;
}

/** What something does to a candidate's place. */
export type Effect =
  /** Nothing raises it more. */
  | "raises_most"
  /** It raises it. */
  | "raises"
  /** It raises it a little. */
  | "raises_a_little"
  /** It makes next to no difference. */
  | "hardly_matters"
  /** It lowers it a little. */
  | "lowers_a_little"
  /** It lowers it. */
  | "lowers"
  /** Nothing lowers it more. */
  | "lowers_most";

/** A mean over queries and the interval it lies in. */
export interface Estimate {
  /** Lower end of the interval. */
  lower: number;
  /** The mean over the queries there are. */
  mean: number;
  /** Upper end of the interval. */
  upper: number;
}

/** The name of one number that a ranker is told of a pair. */
export type Feature = "series_recency" | "series_recency_share" | "series_years_since" | "last_edition" | "edition_before_last" | "country_recency" | "country_recency_share" | "country_years_since" | "country_share" | "country_series" | "city_recency" | "continent_recency" | "continent_recency_share" | "continent_years_since" | "continent_share" | "series_neighbours" | "series_neighbours_mean" | "country_neighbours" | "country_neighbours_mean" | "continent_neighbours" | "continent_neighbours_mean" | "recency" | "recency_share" | "last_year_share" | "events" | "years_since_first" | "years_since_last" | "events_per_year" | "new_series" | "countries" | "continents" | "series" | "country_concentration" | "tier_mean" | "event_size_mean" | "category_cosine" | "category_cosine_idf" | "series_editions" | "series_years_since_edition" | "country_events" | "budget_fit" | "budget_fit_price" | "categories_preferred" | "categories_reachable" | "geo_preferred" | "geo_reachable" | "geo_audience_share" | "engagement_score" | "ticket_conversion_rate" | "objectives_keywords" | "objectives_embedding";

/** What one feature adds to a candidate's place. */
export interface FeatureContribution {
  /** What it adds, in the model's own unit. */
  contribution: number;
  /** The feature, written by its name. */
  feature: Feature;
  /** The value in words. */
  text: string;
  /** Its value, null where nothing is known. */
  value: number | null;
}

/** One number that a ranker is told of a pair. */
export interface FeatureDefinition {
  /** What it is, in a sentence or two. */
  definition: string;
  /** The highest value; null is none. */
  high: number | null;
  /** The least value. */
  low: number;
  /** Its name. */
  name: string;
  /** What it is about. */
  theme: Theme;
  /** What it counts in. */
  unit: Unit;
}

/** What a ranker is told of one pair: a number a feature, null where it cannot be told. */
export interface FeatureRow {
  /** The score's `budget_fit` under the default half budget. NaN when the budget is unknown. */
  budget_fit: number | null;
  /** The score's `budget_fit` under the reading `price`. NaN when the budget or the event's price is unknown. */
  budget_fit_price: number | null;
  /** The score's overlap of categories under the reading `preferred`. NaN when unknown. */
  categories_preferred: number | null;
  /** The score's overlap of categories under the reading `reachable`. NaN when unknown. */
  categories_reachable: number | null;
  /** Cosine between how often it sponsored each category and the event's set of categories. NaN when either is empty. */
  category_cosine: number | null;
  /** As `category_cosine`, each category weighted by ln((1 + events) ÷ (1 + events that carry it)). NaN when nothing is left. */
  category_cosine_idf: number | null;
  /** Events in this city that it sponsored, each counted as 1 / (1 + its age in years). NaN when the city or its country is unknown. */
  city_recency: number | null;
  /** As `series_neighbours`, with the events of this continent. */
  continent_neighbours: number | null;
  /** As `series_neighbours_mean`, with the events of this continent. */
  continent_neighbours_mean: number | null;
  /** Events on this continent that it sponsored, each counted as 1 / (1 + its age in years). NaN when the continent is unknown. */
  continent_recency: number | null;
  /** `continent_recency` ÷ the same sum over all events of the continent. NaN when there is none. */
  continent_recency_share: number | null;
  /** Events on this continent ÷ all events that it sponsored. NaN when it sponsored none, or the continent is unknown. */
  continent_share: number | null;
  /** Age of the last event on this continent that it sponsored. NaN when it sponsored none. */
  continent_years_since: number | null;
  /** On how many continents it sponsored. */
  continents: number | null;
  /** In how many countries it sponsored. */
  countries: number | null;
  /** Sum over countries of (its events there ÷ all its events)². NaN when it sponsored none. */
  country_concentration: number | null;
  /** How many earlier events in this country were sponsored. NaN when the country is unknown. */
  country_events: number | null;
  /** As `series_neighbours`, with the events of this country. */
  country_neighbours: number | null;
  /** As `series_neighbours_mean`, with the events of this country. */
  country_neighbours_mean: number | null;
  /** Events in this country that it sponsored, each counted as 1 / (1 + its age in years). NaN when the country is unknown. */
  country_recency: number | null;
  /** `country_recency` ÷ the same sum over all events of the country. NaN when there is none. */
  country_recency_share: number | null;
  /** How many series of this country it sponsored. NaN when the country is unknown. */
  country_series: number | null;
  /** Events in this country ÷ all events that it sponsored. NaN when it sponsored none, or the country is unknown. */
  country_share: number | null;
  /** Age of the last event in this country that it sponsored. NaN when it sponsored none. */
  country_years_since: number | null;
  /** Whether it sponsored the edition of this series before the last. NaN when there are fewer than two. */
  edition_before_last: number | null;
  /** How engaged the event's audience was. NaN when unknown. */
  engagement_score: number | null;
  /** Mean number of sponsors of the events it sponsored. NaN when it sponsored none. */
  event_size_mean: number | null;
  /** How many events it sponsored. */
  events: number | null;
  /** `events` ÷ (1 + `years_since_first`). NaN when it sponsored none. */
  events_per_year: number | null;
  /** The score's `geo_fit` under the reading `audience_share`. NaN when unknown. */
  geo_audience_share: number | null;
  /** The score's overlap of regions under the reading `preferred`. NaN when unknown. */
  geo_preferred: number | null;
  /** The score's overlap of regions under the reading `reachable`. NaN when unknown. */
  geo_reachable: number | null;
  /** Whether it sponsored the last edition of this series. NaN when there is none. */
  last_edition: number | null;
  /** Events of the last 365 days that it sponsored ÷ all of them. */
  last_year_share: number | null;
  /** Series that it sponsored for the first time in the last two years. */
  new_series: number | null;
  /** The score's similarity of objectives by embedding. NaN when unknown. */
  objectives_embedding: number | null;
  /** The score's similarity of objectives by keywords, every word counting the same. NaN when unknown. */
  objectives_keywords: number | null;
  /** Events that it sponsored, each counted as 1 / (1 + its age in years). */
  recency: number | null;
  /** `recency` ÷ the same sum over all events: its popularity. NaN when nothing was ever sponsored. */
  recency_share: number | null;
  /** How many series it sponsored. */
  series: number | null;
  /** How many earlier editions of this series were sponsored. */
  series_editions: number | null;
  /** Sum over the events it sponsored of their closeness to this series, each counted as 1 / (1 + its age in years). Closeness: the mean similarity of an event's sponsors to those of the series' editions, weighted in the same way; similarity of two sets of sponsors: shared ÷ √(product of sizes). NaN when there is no earlier edition. */
  series_neighbours: number | null;
  /** Mean over the events it sponsored of their closeness to this series. NaN when there is none. */
  series_neighbours_mean: number | null;
  /** Editions of this series that it sponsored, each counted as 1 / (1 + its age in years). NaN when the series is unknown. */
  series_recency: number | null;
  /** `series_recency` ÷ the same sum over all earlier editions. NaN when there is none. */
  series_recency_share: number | null;
  /** Age of the last edition of this series that it sponsored. NaN when it sponsored none. */
  series_years_since: number | null;
  /** Age of the last edition of this series. NaN when there is none. */
  series_years_since_edition: number | null;
  /** Visitors who bought a ticket ÷ visitors. NaN when unknown. */
  ticket_conversion_rate: number | null;
  /** Mean over its sponsorships of (tier level − 1) ÷ (lowest level of that event − 1): 0 is the top tier. NaN when no level is known. */
  tier_mean: number | null;
  /** Age of the first event that it sponsored. NaN when it sponsored none. */
  years_since_first: number | null;
  /** Age of the last event that it sponsored. NaN when it sponsored none. */
  years_since_last: number | null;
}

/** What the outcomes say about one weight. */
export interface FittedFactor {
  /** The weight in use. */
  current: number;
  /** The factor. */
  factor: Factor;
  /** The weight that fits best when all five may move. */
  fitted: number;
  /** The lower end of its bootstrap interval over sponsors. */
  lower: number;
  /** Whether the weight in use lies outside the interval, and so is changed. */
  moves: boolean;
  /** The upper end. */
  upper: number;
}

/** Weights to use from now on, and why. */
export interface FittedWeights {
  /** What the outcomes say about each. */
  factors: FittedFactor[];
  /** Mean loss a query with the new weights, on the same outcomes. */
  loss_after: number;
  /** Mean loss a query with the current weights, in nats; a coin has 0.693. */
  loss_before: number;
  /** Queries with both an accepted and a rejected outcome. */
  queries: number;
  /** Sponsors in them. */
  sponsors: number;
  /** The weights, as a configuration has them; they sum to 1. */
  weights: Weights;
}

/** An event as it is asked back. */
export interface HeldEvent {
  /** The event's row. */
  event: Event;
  /** What was measured at it; null is unknown. */
  insights: 
    | AudienceInsights
    | null;
}

/** What reading a history came to. */
export interface HistoryReport {
  /** The rows of past events. */
  events: KindReport;
  /** The rows of past sponsorships. */
  past: KindReport;
  /** How many past sponsorships are of events that are not known. */
  strangers: number;
}

/** A field that rows have and their type has not. */
export interface IgnoredColumn {
  /** In how many good rows it occurs. */
  count: number;
  /** Its dotted name, as in `brand_objectives.keyword`. */
  name: string;
  /** The known field beside it that is spelt nearly so. */
  nearest: string | null;
}

/** An estimate and where the truth is, with a stated error rate. */
export interface Interval {
  /** The estimate, in the unit of the outcome. */
  estimate: number;
  /** The lower end. */
  lower: number;
  /** The upper end. */
  upper: number;
}

/** What reading one kind of row came to. */
export interface KindReport {
  /** How many rows were read. */
  count: number;
  /** The fields that were ignored. */
  ignored: IgnoredColumn[];
  /** The rows that were left out. */
  rejects: Reject[];
}

/** The means over queries, each 0 to 1; null where no query tells. */
export interface MeanMetrics {
  /** Of `auc`. */
  auc: number | null;
  /** Of `average_precision`. */
  average_precision: number | null;
  /** Of `ndcg`. */
  ndcg: number | null;
  /** Of `recall`. */
  recall: number | null;
  /** Of `reciprocal_rank`. */
  reciprocal_rank: number | null;
}

/** What `Evaluation::mean` says of a ranker. */
export interface MeanQuality {
  /** Mean AUC over the queries that have it. */
  auc: 
    | Estimate
    | null;
  /** Mean share of the positives that the ranker does not leave out, 0..=1: no order of its candidates could have a higher recall. */
  candidate_recall: number;
  /** The share of the catalogue that is among the first k of some list, 0..=1. */
  catalogue_coverage: number;
  /** How unevenly the places among the first k are spread over the catalogue, 0 ≤ g < 1. */
  exposure_gini: number;
  /** Mean average precision. */
  map: Estimate;
  /** Mean reciprocal rank. */
  mrr: Estimate;
  /** Mean [NDCG@k](ListQuality::ndcg). */
  ndcg: Estimate;
  /** Mean recall@k. */
  recall: Estimate;
}

/** The metrics of ranked lists. */
export interface Metrics {
  /** The means over queries. */
  mean: MeanMetrics;
  /** Every query, in the order of their first candidates. */
  queries: QueryMetrics[];
}

/** What another ranking would have earned per shown item. */
export interface OffPolicy {
  /** How many rows of its own log this knowledge is worth, 1..=rows. */
  effective_sample_size: number;
  /** Mean reward under the other ranking. */
  reward: Interval;
}

/** Decided rows whose factors are known, as `fit_weights` takes them. */
export interface OutcomeColumns {
  /** What came of each. */
  accepted: boolean[];
  /** The five factors of each, in the formula's order. */
  factors: number[][];
  /** The list that each was part of. */
  queries: string[];
  /** Whose outcome each is. */
  sponsors: string[];
}

/** A place of a page that two rankings share. */
export interface PagePlace {
  /** What stands there. */
  item: string;
  /** Whose it is: the ranking from which people choose more is the better one. */
  team: Team;
}

/**
 * A sponsor and an event that were once brought together, when, and what came of it.
 *
 * The same sponsor may stand beside the same event several times: at two tiers, or first shown and later accepted. A row may call `at` `start_at` and `tier_level` `level`, as lists of past sponsorships do; a row without an outcome is about one that took place.
 */
export interface PastSponsorship {
  /** When it was known: mostly the day the event began. Nothing earlier may learn from it. */
  at: string;
  /** The event's UUID. */
  event_id: string;
  /** What came of it. */
  outcome: SponsorshipOutcome;
  /** The sponsor's UUID. */
  sponsor_id: string;
  /**
   * The package's rank among those of the event: 1 is the most prominent.
   * Range: 0 to 9007199254740991.
   */
  tier_level: number | null;
}

/** The metrics of one ranked list, each 0 to 1; null where the list does not tell. */
export interface QueryMetrics {
  /** Chance that a positive is before a negative. */
  auc: number | null;
  /** Mean precision at the positives. */
  average_precision: number | null;
  /** Normalised discounted cumulative gain of the first `k`. */
  ndcg: number | null;
  /** How many candidates have a grade above 0. */
  positives: number;
  /** The name of the query. */
  query: string;
  /** Share of the positives among the first `k`. */
  recall: number | null;
  /** 1 / rank of the first positive. */
  reciprocal_rank: number | null;
}

/** The ranking of one anchor among many. */
export interface Ranked {
  /** The event, where sponsors are ranked. */
  event_id?: string | null;
  /** How many pairs passed the filter and have no score, because too little is known. */
  insufficient: number;
  /** The pairs, the best first. */
  matches: MatchScore[];
  /** The sponsor, where events are ranked. */
  sponsor_id?: string | null;
}

/** How good one ranker is over all queries. */
export interface RankerQuality {
  /** The comparison with the first ranker, query by query, on NDCG; null for the first itself. */
  against_first: 
    | Comparison
    | null;
  /** The means over queries; null where none has a positive. */
  quality: 
    | MeanQuality
    | null;
  /** How many queries have a positive. */
  queries: number;
  /** Its name. */
  ranker: string;
}

/**
 * The best pairs of one anchor, the best first.
 *
 * Ordered by score descending, then by the other side's identifier ascending. The order is total, so every engine, page and number of threads gives the same list.
 */
export interface Ranking {
  /** How many pairs passed the filter and have no score, because too little is known. */
  insufficient: number;
  /** The pairs, the best first. */
  matches: MatchScore[];
}

/** What an experiment says so far. It may be looked at as often as you like. */
export interface ReadOut {
  /** Every variant but the control, against the control. */
  comparisons: VariantDifference[];
  /** The p-value of that test. */
  p_value: number;
  /** The statistic of the test that the variants keep their shares. */
  statistic: number;
}

/**
 * A match with the formula's reasons and with those of the ranker.
 *
 * `expected` and the contributions of all features sum to `refinement` up to rounding; so do those of the themes. They are exact Shapley values: what each fact adds, averaged over all orders in which the facts could become known.
 */
export interface RefinedExplanation {
  /** The mean refinement of the candidates the model was trained on. */
  expected: number;
  /** The same feature by feature, what matters most first. */
  features: FeatureContribution[];
  /** What the formula says, with its own rows. */
  formula: Explanation;
  /** The model's raw score: higher comes first, and only differences mean something. */
  refinement: number;
  /** The whole in two sentences. */
  summary: string;
  /** What speaks for and against the candidate, by theme, what matters most first. */
  themes: ThemeContribution[];
}

/** A match, and how far the ranker puts it forward. */
export interface RefinedMatch {
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
  /** The model's raw score: higher comes first, and only differences mean something. */
  refinement: number;
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

/** Candidates in refined order. */
export interface RefinedRanking {
  /** How many candidates the model was asked about. */
  considered: number;
  /** How many pairs passed the filter and have no score, because too little is known. */
  insufficient: number;
  /** Whether these were all that the filter lets pass and that have a score. */
  is_complete: boolean;
  /** The pairs, by refinement, then by score, then by id. */
  matches: RefinedMatch[];
}

/** A row that cannot be read, and everything that is wrong with it. */
export interface Reject {
  /** The line it starts on, counted from 1. */
  line: number;
  /** What is wrong: one error a field, and never none. */
  problems: Problem[];
  /** The row as it came: a JSON value, an object of cells by column, or text where neither would hold it. */
  row: unknown;
}

/** How far told probabilities are from what came of them. */
export interface Reliability {
  /** Mean squared distance of probability and outcome, 0..=1 (Brier 1950). */
  brier: number;
  /** Mean distance of `told` and `came_true` over the rows, weighted by outcomes, 0..=1. */
  calibration_error: number;
  /** From the lowest probabilities to the highest, in rows of equal size as far as possible. */
  rows: ReliabilityRow[];
}

/** Outcomes whose told probabilities are neighbours. */
export interface ReliabilityRow {
  /** Share that was accepted, 0..=1. */
  came_true: number;
  /** Lower end of the 95 % interval of that share (Wilson 1927). */
  lower: number;
  /** How many there are. */
  outcomes: number;
  /** Mean of the probabilities told, 0..=1. */
  told: number;
  /** Upper end. */
  upper: number;
}

/** What reading a catalog came to. */
export interface Report {
  /** The rows of events. */
  events: KindReport;
  /** How many insights belong to no event of the catalog. */
  ignored_insights: number;
  /** The rows of insights. */
  insights: KindReport;
  /** The rows of sponsors. */
  sponsors: KindReport;
}

/** How far the sizes of the variants are from their shares. */
export interface SampleRatio {
  /** How likely a statistic this large is when the shares are kept, 0..=1. */
  p_value: number;
  /** Pearson's χ² = Σ (observed − expected)² / expected, ≥ 0. */
  statistic: number;
}

/** Decided rows whose score is known, as `fit_calibration` takes them. */
export interface ScoredColumns {
  /** What came of each. */
  accepted: boolean[];
  /** What each was scored. */
  scores: number[];
}

/** Which ranking an item was taken from. */
export type Team =
  /** The first ranking. */
  | "a"
  /** The second ranking. */
  | "b";

/** What a feature is about. */
export type Theme =
  /** Earlier editions of this event. */
  | "series"
  /** Events in this country. */
  | "country"
  /** Events in this city. */
  | "city"
  /** Events on this continent. */
  | "continent"
  /** Events whose sponsors are those of events like this one. */
  | "company"
  /** How much the sponsor sponsors, and since when. */
  | "activity"
  /** How widely it spreads what it sponsors. */
  | "breadth"
  /** How prominently it stands, and beside how many others. */
  | "tier"
  /** What the events it sponsored were about. */
  | "categories"
  /** The event itself. */
  | "event"
  /** What the profile says, compared as the score does. */
  | "profile";

/** What everything about one theme adds to a candidate's place. */
export interface ThemeContribution {
  /** The sum of its features' contributions. */
  contribution: number;
  /** What that does to the candidate's place, beside the other themes. */
  effect: Effect;
  /** The facts and the effect in one sentence: `Sponsored this series 3 times, most recently in 2024: raises it most.` */
  text: string;
  /** What it is about. */
  theme: Theme;
}

/** A feature's unit. */
export type Unit =
  /** A whole number of things. */
  | "count"
  /** Years of 365 days. */
  | "years"
  /** Things a year. */
  | "per_year"
  /** Things, each counted as 1 / (1 + its age in years). */
  | "recency_weight"
  /** A part of a whole, 0 to 1. */
  | "share"
  /** 0 for no, 1 for yes. */
  | "yes_no"
  /** A similarity of sets or vectors, 0 to 1. */
  | "similarity";

/** A variant against the control, the first variant. */
export interface VariantDifference {
  /** Mean outcome minus the control's. */
  estimate: number;
  /** The lower end of its always-valid interval. */
  lower: number;
  /** The upper end. */
  upper: number;
  /** The variance that was left after what was known beforehand, 0 to 1; null without that. */
  variance_left: number | null;
  /** The variant's name. */
  variant: string;
}

/** What is answered in JSON: a request, and its answer. */
export interface Questions {
  /** Asked of no handle. */
  free: {
    /** Lists everything that is wrong with rows, a configuration or rules. */
    validate: { request: Unchecked; answer: Validation };
    /** Returns what two spellings of one label have in common. */
    label_key: { request: LabelText; answer: string };
    /** Returns a configuration in full, and its fingerprint. */
    config: { request: Configured; answer: Configuration };
    /** Returns which variant each unit of an experiment gets; null for those that take no part. */
    assign: { request: Assign; answer: (string | null)[] };
    /** Returns the seed of a unit's own draws, in digits. */
    seed: { request: Seed; answer: string };
    /** Compares each variant of an experiment with the first, or says why that cannot be trusted. */
    read_out: { request: Read; answer: ReadOut };
    /** Returns whether variants have the sizes they were promised. */
    sample_ratio: { request: SampleSizes; answer: SampleRatio };
    /** Returns a mean with an interval that stays valid however often one looks. */
    confidence_sequence: { request: SequenceOf; answer: Interval };
    /** Returns the difference of two means with an interval that stays valid however often one looks. */
    difference: { request: DifferenceOf; answer: Interval };
    /** Returns outcomes with less variance, by what was known beforehand. */
    cuped: { request: CupedColumns; answer: Cuped };
    /** Returns what another ranking would have earned, from the log of this one. */
    off_policy: { request: LoggedColumns; answer: OffPolicy };
    /** Returns the page on which two rankings take turns. */
    team_draft: { request: TeamDraft; answer: PagePlace[] };
    /** Returns the metrics of ranked lists, and their means. */
    metrics: { request: RankedLists; answer: Metrics };
    /** Measures rankers on the same queries, with intervals, and compares each with the first. */
    evaluate: { request: Evaluate; answer: RankerQuality[] };
    /** Fits the formula's weights to outcomes, and moves only those that certainly should. */
    fit_weights: { request: WeightsFit; answer: FittedWeights };
    /** Returns what pairs score of whose factors nothing but the values is known. */
    score_factors: { request: FactorRows; answer: number[] };
    /** Fits a rising line to scores and what came of them. */
    fit_calibration: { request: CalibrationFit; answer: Calibration };
    /** Returns the probability that each score is accepted. */
    calibrate: { request: ScoresToCalibrate; answer: (number | null)[] };
    /** Returns whether probabilities came true. */
    reliability: { request: ToldProbabilities; answer: Reliability };
    /** Learns how probable acceptance is, from any numbers. */
    fit_acceptance: { request: AcceptanceFit; answer: Acceptance };
    /** Returns the probability that each row of numbers is accepted. */
    accept: { request: Proposals; answer: number[] };
    /** Turns a log of decisions into what weights, calibrations and history are learnt from. */
    decisions: { request: Decisions; answer: DecisionColumns };
    /** Returns every number that a ranker is told of a pair: name, meaning, unit and range. */
    feature_definitions: { request: Record<string, never>; answer: FeatureDefinition[] };
  };
  /** Asked of a scorer. */
  scorer: {
    /** Returns the SHA-256 that names the configuration. */
    fingerprint: { request: Record<string, never>; answer: string };
    /** Scores a pair. */
    score: { request: Pair; answer: StoredMatchScore };
    /** Scores a pair and says why. */
    explain: { request: Pair; answer: StoredExplanation };
    /** Scores a pair before and after changes. */
    what_if: { request: PairChanges; answer: WhatIf };
    /** Returns the smallest changes on one side that raise the score most. */
    improve: { request: PairSide; answer: Improvement[] };
    /** Asks rules about a pair. */
    check: { request: PairRules; answer: Checked };
  };
  /** Asked of a catalog. */
  catalog: {
    /** Returns the best events of a sponsor, one of the catalog's or one that is given. */
    top_events: { request: TopEvents; answer: Ranking };
    /** Returns the best sponsors of an event, one of the catalog's or one that is given. */
    top_sponsors: { request: TopSponsors; answer: Ranking };
    /** Ranks the other side for some anchors, in the order of reading. */
    rank: { request: RankEach; answer: Ranked[] };
    /** Scores a pair of the catalog. */
    score: { request: PairKey; answer: StoredMatchScore };
    /** Explains a pair of the catalog. */
    explain: { request: PairKey; answer: StoredExplanation };
    /** Returns the row of a sponsor; null where there is none. */
    sponsor: { request: SponsorKey; answer: SponsorProfile | null };
    /** Returns an event and its insights; null where there is none. */
    event: { request: EventKey; answer: HeldEvent | null };
    /** Returns the sponsors' identifiers, in the order of reading. */
    sponsor_ids: { request: Record<string, never>; answer: string[] };
    /** Returns the events' identifiers, in the order of reading. */
    event_ids: { request: Record<string, never>; answer: string[] };
    /** Returns what reading the rows came to. */
    report: { request: Record<string, never>; answer: Report };
    /** Returns how many rows there are now. */
    counts: { request: Record<string, never>; answer: Counts };
    /** Returns the SHA-256 that names the configuration. */
    fingerprint: { request: Record<string, never>; answer: string };
    /** Adds an event with its insights, or replaces the one with its identifier. */
    upsert_event: { request: UpsertEvent; answer: null };
    /** Adds a sponsor, or replaces the one with its identifier. */
    upsert_sponsor: { request: UpsertSponsor; answer: null };
    /** Removes an event, and returns whether it was there. */
    remove_event: { request: EventKey; answer: boolean };
    /** Removes a sponsor, and returns whether it was there. */
    remove_sponsor: { request: SponsorKey; answer: boolean };
  };
  /** Asked of a history. */
  history: {
    /** Returns what reading the rows came to. */
    report: { request: Record<string, never>; answer: HistoryReport };
    /** Returns the profiles of all who had sponsored something before a date, by id. */
    profiles: { request: Profiles; answer: SponsorProfile[] };
    /** Returns what a ranker is told of pairs as of a date. */
    features: { request: FeaturesOf; answer: FeatureRow[] };
  };
  /** Asked of a ranker. */
  ranker: {
    /** Returns what the ranker was trained for, its features' names and how many trees it has. */
    describe: { request: Record<string, never>; answer: Description };
    /** Returns the sponsors of an event in the order that earlier outcomes teach. */
    top_sponsors: { request: RefinedSponsors; answer: RefinedRanking };
    /** Returns the events of a sponsor in the order that earlier outcomes teach. */
    top_events: { request: RefinedEvents; answer: RefinedRanking };
    /** Returns why a candidate stands where it does, in words. */
    explain: { request: PairKey; answer: RefinedExplanation };
  };
}

/** What is answered in numbers: the requests. */
export interface NumberQuestions {
  /** Asked of a scorer. */
  scorer: {
    /** Scores pairs: each column that is named, one number a pair; NaN where there is none. */
    score_pairs: ScoredPairs;
  };
  /** Asked of a catalog. */
  catalog: {
    /** Scores every pair: each column that is named, sponsor by sponsor; NaN where there is none. */
    score_all: ScoreAll;
    /** Scores pairs of the catalog: each column that is named, one number a pair; NaN where there is none. */
    score_pairs: PairKeys;
  };
  /** Asked of a history. */
  history: {
    /** Returns what a ranker is told of pairs as of a date: row by row; NaN where it cannot be told. */
    features: FeaturesOf;
  };
  /** Asked of a ranker. */
  ranker: {
    /** Returns the score of each row. */
    scores: Scores;
    /** Returns, for each row, where the sum begins and what each feature adds to the raw score. */
    contributions: RowsOnly;
  };
}
