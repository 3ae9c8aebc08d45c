// What outcomes teach: weights, and probabilities.
import { asks } from "../questions.js";

/**
 * Fits the formula's weights to outcomes, and moves only those that certainly should.
 *
 * @throws {@link SponsorfitError} with the code `too_few_outcomes` below 30 queries or sponsors that tell.
 *
 * @example
 * ```ts
 * const { outcomes } = decisions({ decisions: log });
 * const { weights } = fitWeights({ ...outcomes, config });
 * const better = catalog.withConfig({ ...config, weights });
 * ```
 */
export const fitWeights = asks("fit_weights");

/**
 * Returns what pairs score of whose factors nothing but the values is known.
 *
 * @example
 * ```ts
 * scoreFactors({ factors: [[0.5, 0.5, 0.5, 0, 0.5]] }); // [0.425]
 * ```
 */
export const scoreFactors = asks("score_factors");

/**
 * Fits a rising line to scores and what came of them: plain data, to be kept as JSON.
 *
 * @example
 * ```ts
 * const calibration = fitCalibration({ scores, accepted });
 * const [probability] = calibrate({ calibration, scores: [0.64] });
 * ```
 */
export const fitCalibration = asks("fit_calibration");

/** Returns the probability that each score is accepted; null where the score is. See {@link fitCalibration}. */
export const calibrate = asks("calibrate");

/**
 * Returns whether probabilities came true, bin by bin.
 *
 * @example
 * ```ts
 * const { brier } = reliability({ probabilities: [0.8, 0.1], accepted: [true, false] });
 * ```
 */
export const reliability = asks("reliability");

/**
 * Learns how probable acceptance is from any numbers: plain data, to be kept as JSON.
 *
 * @example
 * ```ts
 * const acceptance = fitAcceptance({ rows, accepted });
 * const [probability] = accept({ acceptance, rows: [[0.64, null]] });
 * ```
 */
export const fitAcceptance = asks("fit_acceptance");

/** Returns the probability that each row of numbers is accepted. See {@link fitAcceptance}. */
export const accept = asks("accept");
