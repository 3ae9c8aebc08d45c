import { ask } from "./questions.js";

/** An experiment: who is exposed, and to what. Shares are in basis points, hundredths of a percent. */
export interface ExperimentDefinition {
  /** Keeps experiments of different products apart. */
  namespace: string;
  /** The experiment's name, unique within its namespace. */
  name: string;
  /** A new salt draws again. */
  salt?: string;
  /** The share of units that are exposed; all of them, 10 000, when left out. */
  exposure_basis_points?: number;
  /** The variants and their shares of the exposed units, which sum to 10 000. */
  variants: readonly { name: string; basis_points: number }[];
}

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
