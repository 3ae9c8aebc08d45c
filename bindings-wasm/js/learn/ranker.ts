import type { Catalog, TopOptions } from "../catalog.js";
import { engine } from "../engine.js";
import { Opened } from "../opened.js";
import { attempt, write } from "../text.js";
import type { RefinedExplanation, RefinedRanking } from "../types.js";
import { filesOf, History, type HistoryRows } from "./history.js";

/** What each feature adds to a raw score: `expected` and the features sum to it, up to rounding. */
export interface Contributions {
  /** The mean raw score over the training rows. */
  expected: number;
  /** One number a feature, in the order of `featureNames`. */
  features: Float64Array;
}

/** What a ranker knows of a catalog whose candidates it ranks. */
export interface RankerOptions extends HistoryRows {
  /** The catalog, as it is now. */
  catalog?: Catalog;
  /** The date as of which candidates are looked at: nothing that happened on it or later enters. */
  asOf?: string;
  /** How many candidates of the formula are refined at most; 20 000 when left out. */
  limit?: number;
}

/**
 * A ranker that LightGBM trained, read from the text that `Booster.save_model` writes.
 *
 * Raw scores are LightGBM's own, to the last bit. With a catalog and what happened before, it ranks the
 * formula's candidates anew and says why.
 *
 * @example
 * ```ts
 * import { Ranker } from "sponsorfit";
 *
 * const ranker = new Ranker(await readFile("model.txt", "utf8"), { catalog, past, asOf: "2026-06-01" });
 * const { matches } = ranker.topSponsors(eventId, { k: 10 });
 * const why = ranker.explain(matches[0].sponsor_id, eventId);
 * ```
 */
export class Ranker extends Opened<"ranker"> {
  /** What the ranker was trained for. */
  readonly objective: "lambdarank" | "rank_xendcg" | "binary" | "regression";
  /** The features' names, in the order in which a row has them. */
  readonly featureNames: readonly string[];
  /** How many trees there are. */
  readonly treeCount: number;

  /** @throws {@link SponsorfitError} that names the line, when the text is no whole model of a supported kind. */
  constructor(text: string, { catalog, asOf, limit, ...rows }: RankerOptions = {}) {
    // Its rows are refused as a history's are, or it would learn from what is left in silence.
    if (rows.past || rows.events) History.from(rows, { catalog })[Symbol.dispose]();
    const request = write({ as_of: asOf, limit });
    const files = [new TextEncoder().encode(text), ...filesOf(rows)];
    super("Ranker", attempt(() => (catalog?.handle ?? engine()).open("ranker", request, files)));
    const { objective, feature_names, tree_count } = this.ask("describe", {});
    this.objective = objective as Ranker["objective"];
    this.featureNames = feature_names;
    this.treeCount = tree_count;
  }

  /** Returns the raw score of each row, which has one number a feature and NaN where one is missing. */
  scores(rows: readonly ArrayLike<number>[]): Float64Array {
    const width = this.featureNames.length;
    const numbers = new Float64Array(rows.length * width);
    rows.forEach((row, at) => numbers.set(this.#row(row), at * width));
    return this.numbers("scores", {}, numbers);
  }

  /** Returns what each feature adds to the raw score of a row: exact Shapley values. */
  contributions(row: ArrayLike<number>): Contributions {
    const numbers = this.numbers("contributions", {}, this.#row(row));
    return { expected: numbers[0] ?? 0, features: numbers.subarray(1) };
  }

  /** Returns the events of a sponsor of the catalog in the order that earlier outcomes teach. */
  topEvents(sponsorId: string, options: Pick<TopOptions, "k" | "filter"> = {}): RefinedRanking {
    return this.ask("top_events", { sponsor_id: sponsorId, ...options });
  }

  /** Returns the sponsors of an event of the catalog in the order that earlier outcomes teach. */
  topSponsors(eventId: string, options: Pick<TopOptions, "k" | "filter"> = {}): RefinedRanking {
    return this.ask("top_sponsors", { event_id: eventId, ...options });
  }

  /** Returns why a pair stands where it does: the formula's rows, and what earlier outcomes add, in words. */
  explain(sponsorId: string, eventId: string): RefinedExplanation {
    return this.ask("explain", { sponsor_id: sponsorId, event_id: eventId });
  }

  #row(row: ArrayLike<number>): Float64Array {
    if (row.length === this.featureNames.length) return Float64Array.from(row);
    throw new RangeError(`a row of ${row.length} numbers is not one of ${this.featureNames.length}, the model's features`);
  }
}
