import type { SupabaseClient } from "npm:@supabase/supabase-js@2";

import { Refusal } from "./answer.ts";
import { Catalog, ENGINE_VERSION, Scorer, SponsorfitError } from "./core.ts";
import { call } from "./database.ts";
import { digest, seed } from "./digest.ts";

/** Entities that one claim takes, and rows of the other side that one page loads. */
const ENTITIES = 20;
const PAGE = 5000;

interface Claimed {
  side: "sponsor" | "event";
  id: string;
  gen: number;
  after_id: string | null;
  attempts: number;
  token: string;
}

interface Row {
  id: string;
  gen: number;
  /** JSON text, for the core to read digit by digit; null when the entity is gone. */
  row: string | null;
  insights: string | null;
}

interface Loaded {
  settings: { scoring: string; min_score: number; top_k: number | null };
  claimed: Row[];
  others: Row[];
}

/** Limits of one call: an edge function is stopped where a worker would go on. */
export interface Limits {
  /** Milliseconds after which no new batch is begun. */
  budgetMs: number;
  /** Rows of the other side that are loaded at a time. */
  page?: number;
}

/** Drains the queue until it is empty or the time is used, and returns how many pairs were scored. */
export async function recalculate(
  client: SupabaseClient,
  { budgetMs, page = PAGE }: Limits,
): Promise<number> {
  const end = performance.now() + budgetMs;
  let pairs = 0;
  while (performance.now() < end) {
    const claimed = await call<Claimed[]>(client, "fit_claim", { p_limit: ENTITIES, p_lease_seconds: 300 });
    if (claimed.length === 0) break;
    const todo = groups(claimed);
    while (todo.length > 0) {
      const { side, token } = claimed[0]!;
      const args = { p_side: side, p_token: token, p_ids: todo[0]!.map(({ id }) => id) };
      try {
        pairs += await recalculateGroup(client, todo[0]!, page);
      } catch (error) {
        if (error instanceof Refusal) {
          // Nothing is wrong with these: others may have them at once, where they can be told.
          const ids = todo.flat().map(({ id }) => id);
          await call(client, "fit_release", { ...args, p_ids: ids }).catch(() => {});
          throw error;
        }
        // Noted, and tried again later, one by one.
        await call(client, "fit_fail", {
          ...args,
          p_error: error instanceof Error ? error.message : String(error),
        });
      }
      todo.shift();
    }
  }
  return pairs;
}

/** Together what is tried for the first time; alone what failed before, or is half done. */
function groups(claimed: Claimed[]): Claimed[][] {
  const isAlone = ({ attempts, after_id }: Claimed) => attempts > 0 || after_id !== null;
  const together = claimed.filter((claim) => !isAlone(claim));
  return [...(together.length > 0 ? [together] : []), ...claimed.filter(isAlone).map((claim) => [claim])];
}

async function recalculateGroup(client: SupabaseClient, group: Claimed[], page: number): Promise<number> {
  const { side, token, after_id: after } = group[0]!;
  const loaded = await call<Loaded>(client, "fit_load", {
    p_side: side,
    p_ids: group.map(({ id }) => id),
    p_after: after,
    p_limit: page,
  });
  const { settings, claimed, others } = loaded;
  if (settings.top_k !== null) {
    throw new Refusal(409, "policy_unsupported", "`top_k` needs the whole catalog at once: run the worker");
  }
  using scorer = new Scorer(JSON.parse(settings.scoring));
  const identity = { p_fingerprint: scorer.fingerprint, p_engine_version: ENGINE_VERSION };
  const start = seed(scorer.fingerprint, ENGINE_VERSION);
  const problems = new Map([
    ...unreadable(scorer, side, claimed),
    ...unreadable(scorer, other(side), others),
  ]);
  const readable = (rows: Row[]) => rows.filter(({ id, row }) => row !== null && !problems.has(id));
  const rowsOf = (wanted: "sponsor" | "event") => readable(wanted === side ? claimed : others);
  const events = rowsOf("event");
  using catalog = Catalog.from({
    sponsors: lines(rowsOf("sponsor").map(({ row }) => row)),
    events: lines(events.map(({ row }) => row)),
    insights: lines(events.map(({ insights }) => insights)),
  }, { config: scorer });

  let pairs = 0;
  for (const own of claimed) {
    const problem = problems.get(own.id);
    if (problem) {
      await call(client, "fit_fail", { p_side: side, p_token: token, p_ids: [own.id], p_error: problem });
      continue;
    }
    const matches = own.row === null ? [] : readable(others).flatMap((row) => {
      const [sponsor, event] = side === "sponsor" ? [own, row] : [row, own];
      const match = score(catalog, sponsor.id, event.id);
      if (!match) return [];
      return [{
        event_id: event.id,
        sponsor_id: sponsor.id,
        score: match.score_decimal,
        exact: match.score,
        coverage: match.coverage,
        metrics: match.overlap_metrics,
        digest: digest(start, match),
        event_gen: event.gen,
        sponsor_gen: sponsor.gen,
      }];
    });
    pairs += own.row === null ? 0 : others.length;
    await call(client, "fit_write", {
      p_side: side,
      p_token: token,
      p_claimed: [{ id: own.id, gen: own.gen }],
      p_others: others.map(({ id, gen }) => ({ id, gen })),
      p_matches: matches,
      p_gone: own.row === null ? [own.id] : [],
      p_unreadable: others.filter(({ id }) => problems.has(id)).map(({ id }) => id),
      p_cursor: own.row !== null && others.length >= page ? others.at(-1)!.id : null,
      ...identity,
    });
  }
  return pairs;
}

function other(side: "sponsor" | "event"): "sponsor" | "event" {
  return side === "sponsor" ? "event" : "sponsor";
}

function lines(texts: (string | null)[]): string {
  return texts.filter((text) => text !== null).join("\n");
}

/** Which rows the core refuses, and why: one bad row must not spoil a batch. */
function unreadable(scorer: Scorer, side: "sponsor" | "event", rows: Row[]): [string, string][] {
  const refusal = (row: Row): string | undefined => {
    try {
      const texts = side === "sponsor"
        ? { sponsors: row.row! }
        : { events: row.row!, insights: row.insights ?? "" };
      Catalog.from(texts, { config: scorer })[Symbol.dispose]();
    } catch (error) {
      if (error instanceof SponsorfitError) return `${error.path}: ${error.message}`;
      throw error;
    }
  };
  // All at once first: nearly always all are good.
  const there = rows.filter(({ row }) => row !== null);
  const whole = {
    id: "",
    gen: 0,
    row: lines(there.map(({ row }) => row)),
    insights: lines(there.map((row) => row.insights)),
  };
  if (refusal(whole) === undefined) return [];
  return there.flatMap((row): [string, string][] => {
    const reason = refusal(row);
    return reason === undefined ? [] : [[row.id, reason]];
  });
}

/** A pair's score, or nothing when too little is known. */
function score(catalog: Catalog, sponsor: string, event: string) {
  try {
    return catalog.score(sponsor, event);
  } catch (error) {
    if (error instanceof SponsorfitError && error.code === "insufficient_data") return undefined;
    throw error;
  }
}
