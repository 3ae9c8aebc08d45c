// What the core looks like from JavaScript, be it WebAssembly or native: one door.

/** Which build of the core answers: `native` is the Node addon, `wasm` everything else. */
export type Runtime = "native" | "wasm";

/** Compares the JSON of a sponsor and an event. */
export type Compare = (sponsor: string, event: string) => number | null;

/** Opens something compiled: what it stands on is the handle that opens it, if any. */
type Open = (what: string, request: string, blobs: Uint8Array[]) => Handle;

/** Something compiled of which questions are asked, by name and in JSON. */
export interface Handle {
  open: Open;
  ask(question: string, request: string, inputs?: Float64Array): string;
  /** Asks on another thread, where the build has threads. */
  ask_later?(question: string, request: string): Promise<string>;
  numbers(question: string, request: string, inputs: Float64Array): Float64Array;
  bytes(question: string): Uint8Array;
  /** Returns a handle on what this one is now. */
  snapshot(): Handle;
  /** Gives the memory back; the handle must not be used again. */
  free(): void;
}

/** A build of the core. The small one knows fewer questions, and its entry exports what asks those alone. */
export interface Engine {
  readonly runtime: Runtime;
  /** How many questions are worked on at once; 1 where there is no other thread. */
  readonly lanes: number;
  readonly open: Open;
  readonly comparing: (request: string, compare: Compare) => Handle;
  readonly ask: (question: string, request: string) => string;
}

let installed: Engine | undefined;

/** Takes the small build, unless a build is there. */
export function installSmall(engine: Engine): void {
  installed ??= engine;
}

/** Takes the full build, for what the small one answers too. */
export function install(engine: Engine): void {
  installed = engine;
}

/** Returns the build that answers. */
export function engine(): Engine {
  if (installed === undefined) throw new TypeError("import sponsorfit by one of its entries, not by its parts");
  return installed;
}
