import { engine, type Handle } from "./engine.js";
import { Opened } from "./opened.js";
import { ask } from "./questions.js";
import { Guard, type Similarity } from "./similarity.js";
import { attempt, write } from "./text.js";
import type {
  AudienceInsights,
  Change,
  Checked,
  Event,
  Improvement,
  Leaf,
  Objectives,
  Pair,
  Rules,
  ScoringConfig,
  SponsorProfile,
  StoredExplanation,
  StoredMatchScore,
  Validation,
  WhatIf,
} from "./types.js";

/** What a configuration cannot say. */
export interface ScorerOptions {
  /**
   * Your own similarity of objectives. The configuration's `objectives` names it,
   * `{ kind: "custom", id: "…" }`; without that its id is `custom`.
   */
  similarity?: Similarity;
  /** Objectives to learn from which words are rare, for `objectives: { kind: "keywords" }`. */
  corpus?: readonly Objectives[];
}

/** Where to look for improvements. */
export interface ImproveOptions {
  /** Whose facts may change. */
  side: "sponsor" | "event";
  /** How many improvements at most; 5 when left out. */
  limit?: number;
}

/** Insights, or none: what they would tell is unknown then. */
export type MaybeInsights = AudienceInsights | null | undefined;

/** How a scorer is opened again, in another build. */
export interface Settings {
  readonly config: ScoringConfig;
  readonly options: ScorerOptions;
}

/** A column of numbers, one for every pair. */
export type Column = "score" | "coverage" | Leaf;

/** Takes columns apart that stand one after the other. */
export function columnsOf<C extends Column>(names: readonly C[], numbers: Float64Array): Record<C, Float64Array> {
  const length = numbers.length / names.length;
  const column = (name: C, at: number) => [name, numbers.subarray(at * length, (at + 1) * length)];
  return Object.fromEntries(names.map(column)) as Record<C, Float64Array>;
}

/** Opens a scorer in the build that answers now. */
export function openScorer({ config, options }: Settings): { handle: Handle; guard: Guard | undefined } {
  const { similarity, corpus } = options;
  const guard = similarity && new Guard(similarity);
  // Each is written alone, so that the paths of what cannot be written are its own.
  const words = corpus === undefined ? "" : `,"corpus":${write(corpus)}`;
  const request = `{"config":${write(config)}${words}}`;
  const open = () => (guard ? engine().comparing(request, guard.compare) : engine().open("scorer", request, []));
  return { handle: attempt(open), guard };
}

/**
 * Scores pairs under one configuration.
 *
 * Rows are the database's own: snake_case columns, null where a fact is unknown.
 *
 * @example
 * ```ts
 * import { Scorer } from "sponsorfit";
 *
 * const scorer = new Scorer();
 * const why = scorer.explain(sponsor, event, insights);
 * console.log(why.summary);
 * for (const reason of why.reasons) console.log("-", reason.text);
 * ```
 */
export class Scorer extends Opened<"scorer"> {
  /** @internal */
  readonly settings: Settings;

  /**
   * Validates a configuration and compiles it; what is left out is the default's.
   *
   * @throws {@link SponsorfitError} that names the field of the configuration to blame.
   */
  constructor(config: ScoringConfig = {}, options: ScorerOptions = {}) {
    const settings = { config, options };
    const { handle, guard } = openScorer(settings);
    super("Scorer", handle, guard);
    this.settings = settings;
  }

  /** The SHA-256 that names the configuration, to be stored with every score. */
  get fingerprint(): string {
    return this.ask("fingerprint", {});
  }

  /**
   * Scores a pair.
   *
   * @throws {@link SponsorfitError} for a row that is wrong, and with the code
   * `insufficient_data` when too little is known under this configuration.
   */
  score(sponsor: SponsorProfile, event: Event, insights?: MaybeInsights): StoredMatchScore {
    return this.ask("score", { sponsor, event, insights });
  }

  /** Scores a pair and says why: rows that add up to the score, evidence, sentences. */
  explain(sponsor: SponsorProfile, event: Event, insights?: MaybeInsights): StoredExplanation {
    return this.ask("explain", { sponsor, event, insights });
  }

  /** Scores pairs into columns: one number a pair, in their order; NaN where there is none. */
  scorePairs<C extends Column = "score">(
    pairs: readonly Pair[],
    columns: readonly C[] = ["score" as C],
  ): Record<C, Float64Array> {
    return columnsOf(columns, this.numbers("score_pairs", { pairs, columns }));
  }

  /** Scores a pair before and after changes of facts. */
  whatIf(sponsor: SponsorProfile, event: Event, insights: MaybeInsights, changes: readonly Change[]): WhatIf {
    return this.ask("what_if", { sponsor, event, insights, changes });
  }

  /** Finds the smallest changes on one side that raise the score most, each verified by scoring again. */
  improve(
    sponsor: SponsorProfile,
    event: Event,
    insights: MaybeInsights,
    options: ImproveOptions,
  ): Improvement[] {
    return this.ask("improve", { sponsor, event, insights, ...options });
  }

  /** Asks rules whether a pair may be ranked at all. */
  check(sponsor: SponsorProfile, event: Event, insights: MaybeInsights, rules: Rules): Checked {
    return this.ask("check", { sponsor, event, insights, rules });
  }
}

/** What to validate: any of these. */
export interface ValidateRequest {
  sponsor?: unknown;
  event?: unknown;
  insights?: unknown;
  config?: unknown;
  rules?: unknown;
}

/**
 * Lists everything that is wrong with rows or settings, not only the first thing, and the
 * fields that would be ignored, each with the nearest known name.
 *
 * @example
 * ```ts
 * const { valid, problems, ignored } = validate({ sponsor: form });
 * ```
 */
export function validate(request: ValidateRequest): Validation {
  return ask("validate", request);
}

/**
 * Returns what categories, regions and keywords are compared by: NFC, lower case, single spaces.
 * For a page that marks which labels match, and must not differ from the score.
 *
 * @example
 * ```ts
 * labelKey("  Live\u00a0MUSIC ") === "live music";
 * ```
 */
export function labelKey(text: string): string {
  return ask("label_key", { text });
}
