// Builds the package into dist/: both binaries with their glue, then the JavaScript around them.
// `node pack/build.mjs` needs cargo with the target wasm32-unknown-unknown, and `npm ci`.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { trapAtOnce } from "./panics.mjs";
import { gzipped, print } from "./size.mjs";

const here = join(import.meta.dirname, "..");
const glue = join(here, "dist/glue");

/** What the small build may weigh, gzipped: a page loads it before its first score. */
const MOST = 170_000;

/** What all runtimes of the package know; the optimiser must not use more. */
const FEATURES = [
  "--enable-bulk-memory",
  "--enable-bulk-memory-opt",
  "--enable-call-indirect-overlong",
  "--enable-multivalue",
  "--enable-mutable-globals",
  "--enable-nontrapping-float-to-int",
  "--enable-reference-types",
  "--enable-sign-ext",
];

// `-Oz` saves bytes that gzip saves anyway, and costs it some of those that it would have.
const OPTIMISE = [...FEATURES, "-Os", "-g"];
const STRIP = [...FEATURES, "--strip-debug", "--strip-producers", "--strip-target-features"];

function run(command, args, options = {}) {
  return execFileSync(command, args, { cwd: here, stdio: ["ignore", "pipe", "inherit"], ...options });
}

const metadata = JSON.parse(
  run("cargo", ["metadata", "--format-version=1", "--no-deps", "--locked"], { maxBuffer: 1 << 28 }).toString(),
);
const target = metadata.target_directory;

function cargo(...args) {
  run("cargo", ["build", "--locked", "--quiet", ...args], { stdio: "inherit" });
}

/** Builds a binary and its glue into a folder beside cargo's own; only what changed is optimised again. */
function build(name, profile, features) {
  // Built by package: a workspace build would unify the features of all members.
  cargo("-p", "sponsorfit-wasm", "--target", "wasm32-unknown-unknown", "--profile", profile, ...features);
  const built = join(target, "wasm32-unknown-unknown", profile, "sponsorfit_wasm.wasm");
  const folder = join(target, "sponsorfit-wasm", name);
  const binary = join(folder, `${name}_bg.wasm`);
  const named = join(folder, "named.wasm");
  const stamp = join(folder, "stamp");

  const hash = createHash("sha256").update(readFileSync(built)).update(JSON.stringify([OPTIMISE, STRIP]));
  const now = hash.update(readFileSync(join(import.meta.dirname, "panics.mjs"))).digest("hex");
  if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== now) {
    rmSync(folder, { recursive: true, force: true });
    run(join(target, "release/sponsorfit-wasm-pack"), [built, name, folder]);
    writeFileSync(binary, trapAtOnce(readFileSync(binary)));
    const optimiser = join(here, "node_modules/.bin/wasm-opt");
    run(optimiser, [...OPTIMISE, binary, "-o", named]);
    run(optimiser, [...STRIP, named, "-o", binary]);
    writeFileSync(stamp, now);
  }

  const bytes = readFileSync(binary);
  for (const file of [`${name}.js`, `${name}.d.ts`, `${name}_bg.wasm`]) cpSync(join(folder, file), join(glue, file));
  writeFileSync(join(glue, `${name}_inline.js`), `export const binary = "${bytes.toString("base64")}";\n`);
  writeFileSync(join(glue, `${name}_inline.d.ts`), "export declare const binary: string;\n");

  const size = gzipped(bytes);
  print(name, readFileSync(named));
  console.log(`${name}.wasm: ${bytes.length} bytes, ${size} gzipped (${(size / 1024).toFixed(1)} KiB)`);
  return size;
}

rmSync(join(here, "dist"), { recursive: true, force: true });
mkdirSync(glue, { recursive: true });
cargo("--release", "-p", "sponsorfit-wasm-pack");
const size = build("score", "release-wasm-small", []);
build("full", "release-wasm", ["--features", "full"]);
if (size > MOST) {
  console.error(`score.wasm: ${size} bytes gzipped are more than ${MOST}`);
  process.exitCode = 1;
}
run(join(here, "node_modules/.bin/tsc"), ["-p", "tsconfig.json"], { stdio: "inherit" });
