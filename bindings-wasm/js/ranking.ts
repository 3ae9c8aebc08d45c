// What a ranking may show, and what it returns.
import type { MatchScore, Rules } from "./types.js";

/** Which pairs a ranking may show. */
export interface Filter {
  /** Events that start at this moment or later: a date, or a timestamp. */
  from?: string;
  /** Events that start at this moment or earlier; a date includes its whole day. */
  until?: string;
  /** Events of at least one of these categories. */
  categories?: readonly string[];
  /** Pairs with this score or a higher one. */
  min_score?: number;
  /** These events only. */
  only_events?: readonly string[];
  /** These sponsors only. */
  only_sponsors?: readonly string[];
  /** Not these events. */
  without_events?: readonly string[];
  /** Not these sponsors. */
  without_sponsors?: readonly string[];
  /** Pairs that these rules allow. */
  rules?: Rules;
}

/** The best pairs of one sponsor or event. */
export interface Ranking {
  /** The pairs, best first: by score, then by the other side's id. */
  matches: MatchScore[];
  /** How many pairs passed the filter and have no score, because too little is known. */
  insufficient: number;
}
