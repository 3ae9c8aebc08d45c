// Values into the JSON text that the core reads, and its answers back.
import { SponsorfitError } from "./error.js";

const REFUSAL = '{"error":';

/**
 * Writes a value as JSON, and refuses what JSON would silently make null: a number that is
 * not finite. Large counts may be BigInt.
 */
export function write(value: unknown): string {
  let text: string;
  try {
    text = JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    text = JSON.stringify(value, (_, part: unknown) => (typeof part === "bigint" ? part.toString() : part));
  }
  // Looking for the rare null is much cheaper than a replacer that sees every value.
  if (text.includes("null")) refuseNonFinite(value, "");
  return text;
}

function refuseNonFinite(value: unknown, path: string): void {
  if (typeof value === "number" && !Number.isFinite(value)) {
    throw new SponsorfitError({ code: "invalid_value", message: `${value} is not a finite number`, path });
  }
  if (typeof value !== "object" || value === null) return;
  for (const [key, part] of Object.entries(value)) {
    refuseNonFinite(part, Array.isArray(value) ? `${path}[${key}]` : path === "" ? key : `${path}.${key}`);
  }
}

/** Reads an answer of the core, and throws what it refuses. */
export function read<T>(answer: string): T {
  if (answer.startsWith(REFUSAL)) throw new SponsorfitError((JSON.parse(answer) as { error: Refusal }).error);
  return JSON.parse(answer) as T;
}

type Refusal = ConstructorParameters<typeof SponsorfitError>[0];

/** Calls what throws a refusal as text, as constructors and columns do. */
export function attempt<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    const text = typeof error === "string" ? error : error instanceof Error ? error.message : "";
    if (text.startsWith(REFUSAL)) read(text);
    throw error;
  }
}
