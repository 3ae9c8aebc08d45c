// Rows as a caller has them, into the bytes that the core reads, and what reading came to.
import { SponsorfitError } from "./error.js";
import { write } from "./text.js";
import type { IgnoredField, Problem } from "./types.js";

/** Rows as objects, or a whole file of them as text or bytes: NDJSON, a JSON array or CSV with a header. */
export type Rows<T> = readonly T[] | string | Uint8Array;

/** A row that could not be read, and everything that is wrong with it. */
export interface Reject {
  /** The line it starts on, counted from 1; of rows given as objects, the row's number. */
  line: number;
  /** What is wrong: one problem a field. */
  problems: Problem[];
  /** The row as it came. */
  row: unknown;
}

/** A field that no column has. */
export interface IgnoredColumn {
  /** Its dotted name. */
  name: string;
  /** In how many rows it occurs. */
  count: number;
  /** The nearest known name, where one is near. */
  nearest: IgnoredField["nearest"];
}

/** What reading one kind of row came to. */
export interface KindReport {
  /** How many rows were read. */
  count: number;
  /** The rows that were left out. */
  rejects: Reject[];
  /** The fields that were ignored. */
  ignored: IgnoredColumn[];
}

/** What reading a catalog came to. */
export interface Report {
  sponsors: KindReport;
  events: KindReport;
  insights: KindReport;
  /** How many insights belong to no event of the catalog. */
  ignored_insights: number;
}

const encoder = new TextEncoder();

/** Writes rows as bytes; each object on a line of its own, so that a line's number is the row's. */
export function bytesOf(rows: Rows<unknown> | undefined): Uint8Array {
  if (rows === undefined) return new Uint8Array();
  if (rows instanceof Uint8Array) return rows;
  if (typeof rows === "string") return encoder.encode(rows);
  return encoder.encode(`[${rows.map(write).join(",\n")}]`);
}

/** Throws the first row that was left out. */
export function refuseRejects(report: Report): void {
  for (const kind of ["sponsors", "events", "insights"] as const) {
    const reject = report[kind].rejects[0];
    const problem = reject?.problems[0];
    if (!reject || !problem) continue;
    const path = `${kind}[${reject.line - 1}]${problem.path === "" ? "" : `.${problem.path}`}`;
    const others = report[kind].rejects.length - 1;
    const more = others === 0 ? "" : `, and ${others} more bad ${others === 1 ? "row" : "rows"}`;
    throw new SponsorfitError({ ...problem, message: problem.message + more, path });
  }
}
