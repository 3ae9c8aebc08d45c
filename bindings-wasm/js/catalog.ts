import { engine, Owned, type Shelf } from "./engine.js";
import type { Filter, Ranking } from "./ranking.js";
import { each, type RankedEvent, type RankedSponsor, type RankOptions } from "./rank.js";
import { bytesOf, refuseRejects, type Report, type Rows } from "./rows.js";
import { openDesk, Scorer, type MaybeInsights, type Settings } from "./scorer.js";
import type { Guard } from "./similarity.js";
import { attempt, read, write } from "./text.js";
import type {
  AudienceInsights,
  Event,
  Leaf,
  MatchScore,
  Rules,
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
  badRows?: "throw" | "report";
}

/** A column of numbers, one for every pair. */
export type Column = "score" | "coverage" | Leaf;

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
export class Catalog {
  readonly #shelf: Owned<Shelf>;
  readonly #guard: Guard | undefined;

  private constructor(shelf: Shelf, guard: Guard | undefined) {
    this.#shelf = new Owned("Catalog", shelf);
    this.#guard = guard;
  }

  /**
   * Reads a catalog from rows: arrays as a database client returns them, or whole files.
   *
   * @throws {@link SponsorfitError} whose path names the row and the field, such as `events[2].start_at`.
   */
  static from(rows: CatalogRows, { config = {}, badRows = "throw" }: CatalogOptions = {}): Catalog {
    const { desk, guard } = openDesk(engine(), settingsOf(config));
    const [sponsors, events, insights] = [rows.sponsors, rows.events, rows.insights].map(bytesOf) as Bytes;
    try {
      const shelf = attempt(() => engine().Shelf.read(desk, sponsors, events, insights));
      const catalog = new Catalog(shelf, guard);
      if (badRows === "throw") refuseRejects(catalog.report);
      return catalog;
    } finally {
      desk.free();
    }
  }

  /** Reads what `save` wrote; with a scorer of your own where one was used before. */
  static load(bytes: Uint8Array, { config }: Pick<CatalogOptions, "config"> = {}): Catalog {
    if (config === undefined) return new Catalog(attempt(() => engine().Shelf.load(bytes)), undefined);
    const { desk, guard } = openDesk(engine(), settingsOf(config));
    try {
      return new Catalog(attempt(() => engine().Shelf.load_with(bytes, desk)), guard);
    } finally {
      desk.free();
    }
  }

  /** Writes rows and configuration as bytes. */
  save(): Uint8Array {
    return attempt(() => this.#shelf.it.save());
  }

  /** What reading came to: counts, rows left out, fields ignored. */
  get report(): Report {
    return read(this.#shelf.it.report());
  }

  /** The SHA-256 that names the configuration. */
  get fingerprint(): string {
    return this.#shelf.it.fingerprint();
  }

  /** How many sponsors there are. */
  get sponsorCount(): number {
    return this.#shelf.it.sponsor_count();
  }

  /** How many events there are. */
  get eventCount(): number {
    return this.#shelf.it.event_count();
  }

  /** The sponsors' ids, in the order of reading. */
  get sponsorIds(): string[] {
    return read(this.#shelf.it.sponsor_ids());
  }

  /** The events' ids, in the order of reading. */
  get eventIds(): string[] {
    return read(this.#shelf.it.event_ids());
  }

  /** Returns the row of a sponsor. */
  sponsor(sponsorId: string): SponsorProfile | undefined {
    return read<SponsorProfile | null>(this.#shelf.it.sponsor(sponsorId)) ?? undefined;
  }

  /** Returns the row of an event, and its insights. */
  event(eventId: string): { event: Event; insights: AudienceInsights | null } | undefined {
    return read<{ event: Event; insights: AudienceInsights | null } | null>(this.#shelf.it.event(eventId)) ?? undefined;
  }

  /** Returns the same rows under another configuration; rows are shared, so this is quick. */
  withConfig(config: ScoringConfig): Catalog {
    const text = write(config);
    return new Catalog(attempt(() => this.#shelf.it.with_config(text)), this.#guard);
  }

  /** Returns the best events for a sponsor: one of the catalog by id, or a profile that need not be in it. */
  topEvents(sponsor: string | SponsorProfile, options: TopOptions = {}): Ranking {
    const { similarities, ...rest } = options;
    const anchor = typeof sponsor === "string" ? { sponsor_id: sponsor } : { sponsor };
    const text = write({ ...anchor, ...rest });
    const column = similarities && Float64Array.from(similarities);
    return read(this.#asking((shelf) => shelf.top_events(text, column)));
  }

  /** Returns the best sponsors for an event: one of the catalog by id, or an event that need not be in it. */
  topSponsors(event: string | { event: Event; insights?: MaybeInsights }, options: TopOptions = {}): Ranking {
    const { similarities, ...rest } = options;
    const anchor = typeof event === "string" ? { event_id: event } : event;
    const text = write({ ...anchor, ...rest });
    const column = similarities && Float64Array.from(similarities);
    return read(this.#asking((shelf) => shelf.top_sponsors(text, column)));
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
    return each(() => this.#shelf.it.snapshot(), anchors, this.#guard, options);
  }

  /**
   * Scores every pair into columns: of sponsor `s` and event `e`, both in the order of reading,
   * the number is at `s * eventCount + e`; NaN where there is none.
   */
  scoreAll<C extends Column = "score">(columns: readonly C[] = ["score" as C]): Record<C, Float64Array> {
    const pairs = this.sponsorCount * this.eventCount;
    const numbers = this.#asking((shelf) => attempt(() => shelf.score_all([...columns])));
    const column = (name: C, at: number) => [name, numbers.subarray(at * pairs, (at + 1) * pairs)];
    return Object.fromEntries(columns.map(column)) as Record<C, Float64Array>;
  }

  /** Scores a pair of the catalog. */
  score(sponsorId: string, eventId: string): StoredMatchScore {
    return read(this.#asking((shelf) => shelf.score(sponsorId, eventId)));
  }

  /** Explains a pair of the catalog. */
  explain(sponsorId: string, eventId: string): StoredExplanation {
    return read(this.#asking((shelf) => shelf.explain(sponsorId, eventId)));
  }

  /** Adds an event with its insights, or replaces the one with its id. */
  upsertEvent(event: Event, insights?: MaybeInsights): void {
    read(this.#shelf.it.upsert_event(write({ event, insights })));
  }

  /** Adds a sponsor, or replaces the one with its id. */
  upsertSponsor(sponsor: SponsorProfile): void {
    read(this.#shelf.it.upsert_sponsor(write({ sponsor })));
  }

  /** Removes an event, and returns whether it was there. */
  removeEvent(eventId: string): boolean {
    return read(this.#shelf.it.remove_event(eventId));
  }

  /** Removes a sponsor, and returns whether it was there. */
  removeSponsor(sponsorId: string): boolean {
    return read(this.#shelf.it.remove_sponsor(sponsorId));
  }

  #asking<T>(ask: (shelf: Shelf) => T): T {
    const shelf = this.#shelf.it;
    return this.#guard ? this.#guard.after(() => ask(shelf)) : ask(shelf);
  }

  /** Gives the memory back now rather than when the garbage collector gets to it. */
  [Symbol.dispose](): void {
    this.#shelf.free();
  }
}

type Bytes = [Uint8Array, Uint8Array, Uint8Array];

function settingsOf(config: ScoringConfig | Scorer): Settings {
  return config instanceof Scorer ? config.settings : { config, options: {} };
}
