import { engine } from "./engine.js";
import { Opened } from "./opened.js";
import { attempt } from "./text.js";

/** What each feature adds to a raw score: `expected` and the features sum to it, up to rounding. */
export interface Contributions {
  /** The mean raw score over the training rows. */
  expected: number;
  /** One number a feature, in the order of `featureNames`. */
  features: Float64Array;
}

/**
 * A ranker that LightGBM trained, read from the text that `Booster.save_model` writes.
 *
 * Raw scores are LightGBM's own, to the last bit.
 *
 * @example
 * ```ts
 * import { Ranker } from "sponsorfit";
 *
 * const ranker = new Ranker(await readFile("model.txt", "utf8"));
 * const [score] = ranker.scores([[0.64, 1200, NaN]]);
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
  constructor(text: string) {
    super("Ranker", attempt(() => engine().open("ranker", "{}", [new TextEncoder().encode(text)])));
    const { objective, feature_names, tree_count } = this.ask("describe", {});
    this.objective = objective;
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

  #row(row: ArrayLike<number>): Float64Array {
    if (row.length === this.featureNames.length) return Float64Array.from(row);
    throw new RangeError(`a row of ${row.length} numbers is not one of ${this.featureNames.length}, the model's features`);
  }
}
