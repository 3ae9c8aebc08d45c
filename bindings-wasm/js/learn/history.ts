// What happened before a date, and what that says of sponsors and pairs.
import type { Catalog } from "../catalog.js";
import { engine, type Handle } from "../engine.js";
import { Opened } from "../opened.js";
import { ask, asks } from "../questions.js";
import { bytesOf, refuseRejects, type BadRows, type Rows } from "../rows.js";
import { attempt } from "../text.js";
import type { Event, FeatureDefinition, FeatureRow, HistoryReport, PairKey, PastSponsorship, SponsorProfile } from "../types.js";

/** What a history is read from. */
export interface HistoryRows {
  /** Who sponsored what. */
  past?: Rows<Pick<PastSponsorship, "sponsor_id" | "event_id" | "at"> & Partial<PastSponsorship>>;
  /** The events of it that are not in the catalog. */
  events?: Rows<Event>;
}

/** How a history is read. */
export interface HistoryOptions {
  /** The catalog whose pairs are asked about. */
  catalog?: Catalog;
  /** What a bad row does: end the reading with an error, or stand in the `report`. */
  badRows?: BadRows;
}

/** The two files of a history. */
export const filesOf = ({ past, events }: HistoryRows): Uint8Array[] => [past, events].map(bytesOf);

/**
 * Who sponsored what, and what that told at any date.
 *
 * @example
 * ```ts
 * import { History } from "sponsorfit";
 *
 * const history = History.from({ past }, { catalog });
 * const [features] = history.features([{ sponsor_id, event_id }], "2026-06-01");
 * ```
 */
export class History extends Opened<"history"> {
  private constructor(handle: Handle) {
    super("History", handle);
  }

  /**
   * Reads a history from rows, as a catalog is read.
   *
   * @throws {@link SponsorfitError} whose path names the row and the field, such as `past[2].at`.
   */
  static from(rows: HistoryRows, { catalog, badRows = "throw" }: HistoryOptions = {}): History {
    const base = catalog?.handle ?? engine();
    const history = new History(attempt(() => base.open("history", "{}", filesOf(rows))));
    if (badRows === "throw") refuseRejects(history.report, ["past", "events"]);
    return history;
  }

  /** What reading came to: counts, rows left out, fields ignored. */
  get report(): HistoryReport {
    return this.ask("report", {});
  }

  /** Returns the profiles of all who had sponsored something before a date, by id. */
  profiles(before: string): SponsorProfile[] {
    return this.ask("profiles", { before });
  }

  /** Returns what a ranker is told of pairs of the catalog: a number a feature, from before the date alone. */
  features(pairs: readonly PairKey[], asOf: string): FeatureRow[] {
    return this.ask("features", { pairs, as_of: asOf });
  }
}

/** Returns every number that a ranker is told of a pair: name, meaning, unit and range. */
export const featureDefinitions = (): FeatureDefinition[] => ask("feature_definitions", {});

/**
 * Turns a log of decisions into the columns from which weights, calibrations and histories are learnt.
 *
 * @example
 * ```ts
 * const { outcomes, scored, past } = decisions({ decisions: log });
 * const history = History.from({ past });
 * ```
 */
export const decisions = asks("decisions");
