// Experiments: who gets what, and what came of it.
import { ask, asks } from "../questions.js";
import type { Experiment } from "../types.js";

/** An experiment: who is exposed, and to what. */
export type ExperimentDefinition = Experiment;

/**
 * Returns the variant that each unit gets, always the same one; null for units not exposed.
 *
 * The same unit gets the same variant in Rust, Python, SQL and here.
 *
 * @example
 * ```ts
 * const experiment = {
 *   namespace: "matching",
 *   name: "reachable",
 *   variants: [{ name: "control", basis_points: 5000 }, { name: "treatment", basis_points: 5000 }],
 * };
 * const [variant] = assign(experiment, [sponsorId]);
 * ```
 */
export function assign(experiment: ExperimentDefinition, units: readonly string[]): (string | null)[] {
  return ask("assign", { experiment, units });
}

/** Returns the seed of a unit's own draws, in digits, for the random numbers of your own program. */
export const seed = asks("seed");

/**
 * Compares each variant with the first, however often one looks; refuses what cannot be trusted.
 *
 * @example
 * ```ts
 * const { comparisons } = readOut({ experiment, variants, outcomes, before });
 * for (const { variant, estimate, lower, upper } of comparisons) console.log(variant, estimate, lower, upper);
 * ```
 */
export const readOut = asks("read_out");

/**
 * Returns whether variants have the sizes they were promised.
 *
 * @example
 * ```ts
 * sampleRatio({ observed: [500, 500], basis_points: [5000, 5000] }).p_value; // 1
 * ```
 */
export const sampleRatio = asks("sample_ratio");

/** Returns a mean with an interval that stays valid however often one looks. */
export const confidenceSequence = asks("confidence_sequence");

/** Returns the difference of two means with an interval that stays valid however often one looks. */
export const difference = asks("difference");

/** Returns outcomes adjusted by what was known beforehand: their mean stays, their variance shrinks. */
export const cuped = asks("cuped");
