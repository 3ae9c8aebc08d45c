// What the core looks like from JavaScript, be it WebAssembly or native: text doors and handles.

/** Which build of the core answers: `native` is the Node addon, `wasm` everything else. */
export type Runtime = "native" | "wasm";

/** Compares the JSON of a sponsor and an event. */
export type Compare = (sponsor: string, event: string) => number | null;

interface Handle {
  /** Gives the memory back; the handle must not be used again. */
  free(): void;
}

/** A compiled configuration. */
export interface Desk extends Handle {
  fingerprint(): string;
  score(request: string): string;
  explain(request: string): string;
  what_if(request: string): string;
  improve(request: string): string;
  check(request: string): string;
}

/** A catalog. */
export interface Shelf extends Handle {
  snapshot(): Shelf;
  with_config(config: string): Shelf;
  save(): Uint8Array;
  report(): string;
  fingerprint(): string;
  sponsor_count(): number;
  event_count(): number;
  top_events(request: string, similarities?: Float64Array): string;
  top_sponsors(request: string, similarities?: Float64Array): string;
  rank(request: string): string;
  /** Ranks on another thread, where the build has threads. */
  rank_later?(request: string): Promise<string>;
  score_all(columns: string[]): Float64Array;
  score(sponsor: string, event: string): string;
  explain(sponsor: string, event: string): string;
  upsert_event(request: string): string;
  upsert_sponsor(request: string): string;
  remove_event(id: string): string;
  remove_sponsor(id: string): string;
  sponsor(id: string): string;
  event(id: string): string;
  sponsor_ids(): string;
  event_ids(): string;
}

/** A trained ranker. */
export interface Trees extends Handle {
  describe(): string;
  scores(rows: Float64Array): Float64Array;
  contributions(row: Float64Array): Float64Array;
}

/** The small build: pairs. */
export interface PairEngine {
  readonly runtime: Runtime;
  readonly Desk: new (config: string, corpus?: string, similarity?: Compare) => Desk;
  readonly validate: (request: string) => string;
  readonly label_key: (text: string) => string;
}

/** The full build: pairs, catalogs and what is learned. */
export interface Engine extends PairEngine {
  readonly Shelf: {
    read(desk: Desk, sponsors: Uint8Array, events: Uint8Array, insights: Uint8Array): Shelf;
    load(bytes: Uint8Array): Shelf;
    load_with(bytes: Uint8Array, desk: Desk): Shelf;
  };
  readonly Trees: new (text: string) => Trees;
  readonly assign: (request: string) => string;
  /** How many batches of a ranking run at once; 1 where there is no other thread. */
  readonly lanes: number;
}

let pairs: PairEngine | undefined;
let whole: Engine | undefined;

/** Takes the small build, unless a build is there. */
export function installPairs(engine: PairEngine): void {
  pairs ??= engine;
}

/** Takes the full build, for pairs too. */
export function install(engine: Engine): void {
  pairs = whole = engine;
}

function loaded<T>(engine: T | undefined): T {
  if (engine === undefined) throw new TypeError("import sponsorfit by one of its entries, not by its parts");
  return engine;
}

/** Returns the build that scores pairs. */
export const pairEngine = (): PairEngine => loaded(pairs);

/** Returns the build that knows catalogs. */
export const engine = (): Engine => loaded(whole);

/** A handle that says so when it is used after it was disposed of. */
export class Owned<T extends Handle> {
  #handle: T | undefined;
  readonly #name: string;

  constructor(name: string, handle: T) {
    this.#name = name;
    this.#handle = handle;
  }

  get it(): T {
    if (this.#handle === undefined) throw new TypeError(`this ${this.#name} was disposed of`);
    return this.#handle;
  }

  free(): void {
    this.#handle?.free();
    this.#handle = undefined;
  }
}
