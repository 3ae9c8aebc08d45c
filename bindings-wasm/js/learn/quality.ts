// How good rankings are.
import { asks } from "../questions.js";

/**
 * Returns the metrics of every ranked list, and their means.
 *
 * @example
 * ```ts
 * const { mean } = metrics({ queries: [e, e], ids: [a, b], scores: [0.4, 0.7], grades: [0, 1] });
 * console.log(mean.ndcg, mean.auc); // 1 1
 * ```
 */
export const metrics = asks("metrics");

/**
 * Measures rankers on the same queries, with bootstrap intervals, and compares each with the first.
 *
 * @example
 * ```ts
 * const [formula, trees] = evaluate({
 *   queries, ids, positive,
 *   rankers: [{ ranker: "formula", scores }, { ranker: "trees", scores: [...ranker.scores(rows)] }],
 * });
 * console.log(trees.quality?.ndcg.mean, trees.against_first?.difference);
 * ```
 */
export const evaluate = asks("evaluate");

/**
 * Returns what another ranking would have earned, from the log of this one.
 *
 * @example
 * ```ts
 * const { reward } = offPolicy({ rewards: [1, 0], propensities: [0.5, 0.5], targets: [1, 0] });
 * ```
 */
export const offPolicy = asks("off_policy");

/**
 * Returns the page on which two rankings take turns: the one from which people choose more is the better.
 *
 * @example
 * ```ts
 * const page = teamDraft({ a: ["x", "y"], b: ["y", "x"], length: 2, seed: 7 });
 * ```
 */
export const teamDraft = asks("team_draft");
