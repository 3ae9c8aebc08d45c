// What a WebAssembly binary is made of: bytes of code by crate, from its name section, and of data.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

/** Reads a binary's bytes one by one, or a whole number at a time. */
class Cursor {
  constructor(bytes, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }
  number() {
    let result = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.bytes[this.at++];
      result += (byte & 127) * scale;
      if (byte < 128) return result;
    }
  }
  text() {
    const length = this.number();
    this.at += length;
    return new TextDecoder().decode(this.bytes.subarray(this.at - length, this.at));
  }
}

const CUSTOM = 0, IMPORT = 2, CODE = 10, DATA = 11;
const FUNCTION_NAMES = 1;

function sections(bytes) {
  const found = new Map();
  for (const cursor = new Cursor(bytes, 8); cursor.at < bytes.length; ) {
    const kind = cursor.number();
    const length = cursor.number();
    const body = bytes.subarray(cursor.at, cursor.at + length);
    found.set(kind === CUSTOM ? new Cursor(body).text() : kind, body);
    cursor.at += length;
  }
  return found;
}

/** Reads past the imports, and counts those that are functions: they have the first numbers. */
function importedFunctions(body) {
  if (!body) return 0;
  const cursor = new Cursor(body);
  let functions = 0;
  for (let left = cursor.number(); left > 0; left--) {
    cursor.text();
    cursor.text();
    const kind = cursor.number();
    if (kind === 0) functions++;
    const numbers = [1, null, null, 2, 2][kind];
    if (kind === 1 || kind === 2) {
      if (kind === 1) cursor.number();
      const limits = cursor.number();
      cursor.number();
      if (limits & 1) cursor.number();
    } else {
      for (let skip = 0; skip < numbers; skip++) cursor.number();
    }
  }
  return functions;
}

function functionNames(body) {
  const names = new Map();
  const cursor = new Cursor(body);
  cursor.text();
  while (cursor.at < body.length) {
    const kind = cursor.number();
    const end = cursor.number() + cursor.at;
    if (kind === FUNCTION_NAMES) {
      for (let left = cursor.number(); left > 0; left--) names.set(cursor.number(), cursor.text());
    }
    cursor.at = end;
  }
  return names;
}

/** Returns each function's name and size. */
export function functions(bytes) {
  const found = sections(bytes);
  const names = functionNames(found.get("name"));
  const first = importedFunctions(found.get(IMPORT));
  const cursor = new Cursor(found.get(CODE));
  const sizes = [];
  for (let number = 0, count = cursor.number(); number < count; number++) {
    const size = cursor.number();
    cursor.at += size;
    sizes.push({ name: names.get(first + number) ?? "", size });
  }
  return sizes;
}

/** Returns the crate that a function's name blames: of `<A as B>::f` that of A, unless A is any crate's. */
export function crateOf(name) {
  const own = /^(?:<+(?:&|mut |\*const |\[|dyn )*)?([a-z_][a-z0-9_]*)(?:\[[0-9a-f]+\])?::/.exec(name);
  const crates = [...name.matchAll(/\b([a-z_][a-z0-9_]*)(?:\[[0-9a-f]+\])?::/g)].map(([, crate]) => crate);
  // Code of a library made for a type of ours is ours to avoid.
  if (crates.includes("sponsorfit")) return "sponsorfit";
  return own?.[1] ?? crates[0] ?? "(no name)";
}

/** Prints a binary's code by crate, and its data; sizes are those before gzip. */
export function print(name, named) {
  const byCrate = new Map();
  for (const { name: function_, size } of functions(named)) {
    const crate = crateOf(function_);
    byCrate.set(crate, (byCrate.get(crate) ?? 0) + size);
  }
  byCrate.set("(data)", sections(named).get(DATA)?.length ?? 0);
  const rows = [...byCrate].sort(([, a], [, b]) => b - a);
  for (const [crate, size] of rows.filter(([, size]) => size >= 512)) {
    console.log(`  ${name}  ${crate.padEnd(16)} ${(size / 1024).toFixed(1).padStart(8)} KiB`);
  }
}

/** Returns the size after gzip itself: the zlib in Node is tuned for speed, and its output 3 % longer. */
export const gzipped = (bytes) => execFileSync("gzip", ["-9c"], { input: bytes, maxBuffer: 1 << 28 }).length;

if (process.argv[1] === import.meta.filename) {
  const [, , path, many] = process.argv;
  const bytes = readFileSync(path);
  if (many) {
    const largest = functions(bytes).sort((a, b) => b.size - a.size).slice(0, Number(many));
    for (const { name, size } of largest) console.log(String(size).padStart(8), name);
  } else print("", bytes);
}
