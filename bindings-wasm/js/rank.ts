import { engine, type Handle } from "./engine.js";
import type { Guard } from "./similarity.js";
import { read, write } from "./text.js";
import type { Filter, Ranking } from "./types.js";

/** For whom to rank, and what. */
export interface RankOptions {
  /** The side whose rows each get a ranking. */
  forEach: "sponsor" | "event";
  /** How many rows each; 20 when left out. */
  k?: number;
  /** Which pairs may be shown. */
  filter?: Filter;
  /** Ends the work; what is being ranked is still finished. */
  signal?: AbortSignal;
}

/** The best events of a sponsor. */
export interface RankedSponsor extends Ranking {
  sponsor_id: string;
}

/** The best sponsors of an event. */
export interface RankedEvent extends Ranking {
  event_id: string;
}

/** How long a batch may keep the calling thread, in milliseconds: half a frame. */
const PATIENCE = 8;

/** The largest batch: what bounds the memory. */
const MOST = 256;

/** Yields the rankings of all anchors, batch by batch. */
export async function* each<T extends Ranking>(
  snapshot: () => Handle,
  anchors: () => number,
  guard: Guard | undefined,
  { forEach, k, filter, signal }: RankOptions,
): AsyncGenerator<T, void, undefined> {
  const catalog = snapshot();
  const total = anchors();
  // A function of the user's must be called on this thread.
  const lanes = guard ? 1 : engine().lanes;
  let from = 0;
  let count = 1;
  const pending: Promise<T[]>[] = [];
  const start = (): void => {
    const text = write({ for_each: forEach, from, count, k, filter });
    from += count;
    const batch = batchOf<T>(catalog, guard, text, lanes);
    // Whoever awaits a batch handles its failure; the others must not count as unhandled.
    batch.catch(() => undefined);
    pending.push(batch);
  };
  try {
    while (pending.length > 0 || from < total) {
      signal?.throwIfAborted();
      while (pending.length < lanes && from < total) start();
      const began = performance.now();
      const batch = (await pending.shift()) ?? [];
      count = nextCount(count, performance.now() - began);
      yield* batch;
      if (lanes === 1) await breath();
    }
  } finally {
    await Promise.allSettled(pending);
    catalog.free();
  }
}

async function batchOf<T>(catalog: Handle, guard: Guard | undefined, text: string, lanes: number): Promise<T[]> {
  if (lanes > 1 && catalog.ask_later) return read(await catalog.ask_later("rank", text));
  const ask = () => catalog.ask("rank", text);
  return read(guard ? guard.after(ask) : ask());
}

/** Sizes the next batch so that it takes about as long as may be. */
function nextCount(count: number, elapsed: number): number {
  const fitting = Math.floor((count * PATIENCE) / Math.max(elapsed, 0.01));
  return Math.max(1, Math.min(fitting, count * 4, MOST));
}

/** Lets the event loop turn once, without the four milliseconds that timers wait in browsers. */
function breath(): Promise<void> {
  if (typeof setImmediate === "function") return new Promise((resolve) => setImmediate(resolve));
  if (typeof MessageChannel === "undefined") return new Promise((resolve) => setTimeout(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
