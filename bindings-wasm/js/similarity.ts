import type { Compare } from "./engine.js";
import { SponsorfitError } from "./error.js";
import type { Event, SponsorProfile } from "./types.js";

/**
 * Compares the objectives of a sponsor and an event: 0 to 1, or null where it cannot tell.
 *
 * It must answer the same for the same rows, or rankings contradict themselves.
 */
export type Similarity = (sponsor: SponsorProfile, event: Event) => number | null | undefined;

/**
 * Stands between the core and a function of the user's: keeps the first thing that goes wrong,
 * and throws it when the call that asked has returned.
 */
export class Guard {
  #failure: { thrown: unknown } | undefined;
  readonly compare: Compare;

  constructor(similarity: Similarity) {
    this.compare = (sponsor, event) => {
      if (this.#failure) return null;
      try {
        return inRange(similarity(JSON.parse(sponsor) as SponsorProfile, JSON.parse(event) as Event));
      } catch (thrown) {
        this.#failure = { thrown };
        return null;
      }
    };
  }

  /** Returns what a call returns, unless the function failed in it. */
  after<T>(call: () => T): T {
    this.#failure = undefined;
    const result = call();
    const failure = this.#failure as { thrown: unknown } | undefined;
    this.#failure = undefined;
    if (failure) throw failure.thrown;
    return result;
  }
}

function inRange(similarity: number | null | undefined): number | null {
  if (similarity === null || similarity === undefined) return null;
  if (typeof similarity === "number" && similarity >= 0 && similarity <= 1) return similarity;
  const message = `${String(similarity)} is not in 0..=1`;
  throw new SponsorfitError({ code: "out_of_range", message, path: "similarity" });
}
