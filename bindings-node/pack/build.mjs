// Builds the package: the native binary of a platform (this one's, or `--platform NAME`), and the JavaScript.
// Needs what ../bindings-wasm built.
import { execFileSync } from "node:child_process";
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { layOut, libraryOf, platforms } from "./platforms.mjs";

const here = join(import.meta.dirname, "..");

function thisPlatform() {
  const { header } = process.report.getReport();
  const libc = process.platform === "linux" ? (header.glibcVersionRuntime ? "glibc" : "musl") : undefined;
  const isThis = ({ os, cpu, libc: its }) => os === process.platform && cpu === process.arch && its === libc;
  return Object.keys(platforms).find((name) => isThis(platforms[name]));
}

const { values } = parseArgs({ options: { platform: { type: "string" } } });
const name = values.platform ?? thisPlatform();
if (name) {
  const cross = values.platform ? ["--target", platforms[name].target] : [];
  const run = (args, stdio) => execFileSync("cargo", args, { cwd: here, stdio, maxBuffer: 1 << 28 });
  run(["build", "--release", "--locked", "--quiet", "-p", "sponsorfit-node", ...cross], "inherit");
  const metadata = run(["metadata", "--format-version=1", "--no-deps", "--locked"], ["ignore", "pipe", "inherit"]);
  const built = join(JSON.parse(metadata).target_directory, values.platform ? platforms[name].target : "", "release");
  rmSync(join(here, "npm", name), { recursive: true, force: true });
  copyFileSync(join(built, libraryOf(platforms[name])), join(layOut(name), "sponsorfit.node"));
}
rmSync(join(here, "dist"), { recursive: true, force: true });
// The compiler's own file: what is in .bin is no program on Windows.
const compiler = join(here, "../bindings-wasm/node_modules/typescript/bin/tsc");
execFileSync(process.execPath, [compiler, "-p", "tsconfig.json"], { cwd: here, stdio: "inherit" });
