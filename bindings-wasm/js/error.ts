import type { Problem } from "./types.js";

/** A stable code. */
export type ErrorCode = Problem["code"];

/**
 * An input that cannot be accepted: what, where, and what would be right.
 *
 * The same class for every runtime of the package, native or WebAssembly.
 *
 * @example
 * ```ts
 * try {
 *   new Scorer({ min_coverage: 2 });
 * } catch (error) {
 *   if (error instanceof SponsorfitError) console.log(error.code, error.path); // out_of_range min_coverage
 * }
 * ```
 */
export class SponsorfitError extends Error {
  override readonly name: string = "SponsorfitError";
  /** What went wrong: stable across versions. */
  readonly code: ErrorCode;
  /** The dotted path of the field to blame, empty when there is none. */
  readonly path: string;

  constructor({ code, message, path }: { code: ErrorCode; message: string; path: string }) {
    super(path === "" ? message : `${path}: ${message}`);
    this.code = code;
    this.path = path;
  }
}
