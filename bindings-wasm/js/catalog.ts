import { engine, type Handle } from "./engine.js";
import { Opened } from "./opened.js";
import { each, type RankedEvent, type RankedSponsor, type RankOptions } from "./rank.js";
import { bytesOf, refuseRejects, type BadRows, type Rows } from "./rows.js";
import { columnsOf, openScorer, Scorer, type Column, type MaybeInsights } from "./scorer.js";
import type { Guard } from "./similarity.js";
import { attempt, write } from "./text.js";
import type {
  AudienceInsights,
  Event,
  Filter,
  HeldEvent,
  MatchScore,
  PairKey,
  Ranking,
  Report,
  ScoringConfig,
  SponsorProfile,
  StoredExplanation,
  StoredMatchScore,
} from "./types.js";

/** Which rows of a ranking to return. */
export interface TopOptions {
  /** How many rows; 20 when left out. */
  k?: number;
  /** Which pairs may be shown. */
  filter?: Filter;
  /** The last row of the page before: the list goes on behind it. */
  after?: Pick<MatchScore, "score" | "event_id" | "sponsor_id">;
  /**
   * Similarities of objectives that you worked out: one number for each row of the other side,
   * in the order of `eventIds` or `sponsorIds`; NaN where it is unknown.
   */
  similarities?: ArrayLike<number>;
}

/** The rows of a catalog. */
export interface CatalogRows {
  sponsors?: Rows<SponsorProfile>;
  events?: Rows<Event>;
  insights?: Rows<AudienceInsights>;
}

/** How a catalog is read. */
export interface CatalogOptions {
  /** The configuration, or a scorer whose configuration and similarity are used; the default's when left out. */
  config?: ScoringConfig | Scorer;
  /** What a bad row does: end the reading with an error, or stand in the `report`. */
  badRows?: BadRows;
}

/**
 * Sponsors and events, ready for ranking each side against the other.
 *
 * Rankings are exact: what sorting the scores of all pairs would give, to the last bit.
 *
 * @example
 * ```ts
 * import { Catalog } from "sponsorfit";
 *
 * const catalog = Catalog.from({ sponsors, events, insights });
 * const page = catalog.topEvents(sponsorId, { k: 20, filter: { from: "2026-06-01" } });
 * const next = catalog.topEvents(sponsorId, { k: 20, filter: { from: "2026-06-01" }, after: page.matches.at(-1) });
 * ```
 */
export class Catalog extends Opened<"catalog"> {
  private constructor(handle: Handle, guard?: Guard) {
    super("Catalog", handle, guard);
  }

  /**
   * Reads a catalog from rows: arrays as a database client returns them, or whole files.
   *
   * @throws {@link SponsorfitError} whose path names the row and the field, such as `events[2].start_at`.
   */
  static from(rows: CatalogRows, { config = {}, badRows = "throw" }: CatalogOptions = {}): Catalog {
    const files = [rows.sponsors, rows.events, rows.insights].map(bytesOf);
    const catalog = Catalog.#under(config, (scorer) => scorer.open("catalog", "{}", files));
    if (badRows === "throw") refuseRejects(catalog.report, ["sponsors", "events", "insights"]);
    return catalog;
  }

  /** Reads what `save` wrote; with a scorer of your own where one was used before. */
  static load(bytes: Uint8Array, { config }: Pick<CatalogOptions, "config"> = {}): Catalog {
    if (config !== undefined) return Catalog.#under(config, (scorer) => scorer.open("saved_catalog", "{}", [bytes]));
    return new Catalog(attempt(() => engine().open("saved_catalog", "{}", [bytes])));
  }

  static #under(config: ScoringConfig | Scorer, open: (scorer: Handle) => Handle): Catalog {
    const { handle, guard } = openScorer(config instanceof Scorer ? config.settings : { config, options: {} });
    try {
      return new Catalog(attempt(() => open(handle)), guard);
    } finally {
      handle.free();
    }
  }

  /** Writes rows and configuration as bytes. */
  save(): Uint8Array {
    return attempt(() => this.handle.bytes("save"));
  }

  /** What reading came to: counts, rows left out, fields ignored. */
  get report(): Report {
    return this.ask("report", {});
  }

  /** The SHA-256 that names the configuration. */
  get fingerprint(): string {
    return this.ask("fingerprint", {});
  }

  /** How many sponsors there are. */
  get sponsorCount(): number {
    return this.ask("counts", {}).sponsors;
  }

  /** How many events there are. */
  get eventCount(): number {
    return this.ask("counts", {}).events;
  }

  /** The sponsors' ids, in the order of reading. */
  get sponsorIds(): string[] {
    return this.ask("sponsor_ids", {});
  }

  /** The events' ids, in the order of reading. */
  get eventIds(): string[] {
    return this.ask("event_ids", {});
  }

  /** Returns the row of a sponsor. */
  sponsor(sponsorId: string): SponsorProfile | undefined {
    return this.ask("sponsor", { sponsor_id: sponsorId }) ?? undefined;
  }

  /** Returns the row of an event, and its insights. */
  event(eventId: string): HeldEvent | undefined {
    return this.ask("event", { event_id: eventId }) ?? undefined;
  }

  /** Returns the same rows under another configuration; rows are shared, so this is quick. */
  withConfig(config: ScoringConfig): Catalog {
    const request = `{"config":${write(config)}}`;
    return new Catalog(attempt(() => this.handle.open("with_config", request, [])), this.guard);
  }

  /** Returns the best events for a sponsor: one of the catalog by id, or a profile that need not be in it. */
  topEvents(sponsor: string | SponsorProfile, options: TopOptions = {}): Ranking {
    const { similarities, ...rest } = options;
    const anchor = typeof sponsor === "string" ? { sponsor_id: sponsor } : { sponsor };
    return this.ask("top_events", { ...anchor, ...rest }, similarities);
  }

  /** Returns the best sponsors for an event: one of the catalog by id, or an event that need not be in it. */
  topSponsors(event: string | { event: Event; insights?: MaybeInsights }, options: TopOptions = {}): Ranking {
    const { similarities, ...rest } = options;
    const anchor = typeof event === "string" ? { event_id: event } : event;
    return this.ask("top_sponsors", { ...anchor, ...rest }, similarities);
  }

  /**
   * Ranks for every sponsor, or every event, one after the other in the order of reading.
   *
   * The event loop stays free: the native build works on other threads, and WebAssembly in short
   * pieces. What is ranked is the catalog as it is when the first ranking is asked for.
   *
   * @example
   * ```ts
   * for await (const { sponsor_id, matches } of catalog.rank({ forEach: "sponsor", k: 20 })) {
   *   await save(sponsor_id, matches);
   * }
   * ```
   */
  rank(options: RankOptions & { forEach: "sponsor" }): AsyncGenerator<RankedSponsor, void, undefined>;
  rank(options: RankOptions & { forEach: "event" }): AsyncGenerator<RankedEvent, void, undefined>;
  rank(options: RankOptions): AsyncGenerator<RankedSponsor | RankedEvent, void, undefined> {
    const anchors = () => (options.forEach === "sponsor" ? this.sponsorCount : this.eventCount);
    return each(() => this.handle.snapshot(), anchors, this.guard, options);
  }

  /**
   * Scores every pair into columns: of sponsor `s` and event `e`, both in the order of reading,
   * the number is at `s * eventCount + e`; NaN where there is none.
   */
  scoreAll<C extends Column = "score">(columns: readonly C[] = ["score" as C]): Record<C, Float64Array> {
    return columnsOf(columns, this.numbers("score_all", { columns }));
  }

  /** Scores pairs of the catalog into columns: one number a pair, in their order; NaN where there is none. */
  scorePairs<C extends Column = "score">(
    pairs: readonly PairKey[],
    columns: readonly C[] = ["score" as C],
  ): Record<C, Float64Array> {
    return columnsOf(columns, this.numbers("score_pairs", { pairs, columns }));
  }

  /** Scores a pair of the catalog. */
  score(sponsorId: string, eventId: string): StoredMatchScore {
    return this.askText("score", pairText(sponsorId, eventId));
  }

  /** Explains a pair of the catalog. */
  explain(sponsorId: string, eventId: string): StoredExplanation {
    return this.askText("explain", pairText(sponsorId, eventId));
  }

  /** Adds an event with its insights, or replaces the one with its id. */
  upsertEvent(event: Event, insights?: MaybeInsights): void {
    this.ask("upsert_event", { event, insights });
  }

  /** Adds a sponsor, or replaces the one with its id. */
  upsertSponsor(sponsor: SponsorProfile): void {
    this.ask("upsert_sponsor", { sponsor });
  }

  /** Removes an event, and returns whether it was there. */
  removeEvent(eventId: string): boolean {
    return this.ask("remove_event", { event_id: eventId });
  }

  /** Removes a sponsor, and returns whether it was there. */
  removeSponsor(sponsorId: string): boolean {
    return this.ask("remove_sponsor", { sponsor_id: sponsorId });
  }
}

const PLAIN = /^[\w-]+$/;

/** Writes the request about a pair: what needs no escape is only put together, as this is asked most often. */
function pairText(sponsorId: string, eventId: string): string {
  if (PLAIN.test(sponsorId) && PLAIN.test(eventId)) return `{"sponsor_id":"${sponsorId}","event_id":"${eventId}"}`;
  return write({ sponsor_id: sponsorId, event_id: eventId });
}
