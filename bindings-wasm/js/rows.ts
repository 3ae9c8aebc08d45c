// Rows as a caller has them, into the bytes that the core reads, and what reading came to.
import { SponsorfitError } from "./error.js";
import { write } from "./text.js";
import type { KindReport } from "./types.js";

/** Rows as objects, or a whole file of them as text or bytes: NDJSON, a JSON array or CSV with a header. */
export type Rows<T> = readonly T[] | string | Uint8Array;

const encoder = new TextEncoder();

/** Writes rows as bytes; each object on a line of its own, so that a line's number is the row's. */
export function bytesOf(rows: Rows<unknown> | undefined): Uint8Array {
  if (rows === undefined) return new Uint8Array();
  if (rows instanceof Uint8Array) return rows;
  if (typeof rows === "string") return encoder.encode(rows);
  return encoder.encode(`[${rows.map(write).join(",\n")}]`);
}

/** What a bad row does: end the reading with an error, or stand in the `report`. */
export type BadRows = "throw" | "report";

/** Throws the first row that was left out, of the kinds in this order. */
export function refuseRejects<Kind extends string>(report: Record<Kind, KindReport>, kinds: readonly Kind[]): void {
  for (const kind of kinds) {
    const reject = report[kind].rejects[0];
    const problem = reject?.problems[0];
    if (!reject || !problem) continue;
    const path = `${kind}[${reject.line - 1}]${problem.path === "" ? "" : `.${problem.path}`}`;
    const others = report[kind].rejects.length - 1;
    const more = others === 0 ? "" : `, and ${others} more bad ${others === 1 ? "row" : "rows"}`;
    throw new SponsorfitError({ ...problem, message: problem.message + more, path });
  }
}
