// Publishes what was built: `sponsorfit-wasm`, a package a platform, then `sponsorfit`, which asks for them.
// `--dry-run` shows what would be published.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { carryLicences } from "./licences.mjs";
import { platforms, withOptional } from "./platforms.mjs";

const here = join(import.meta.dirname, "..");
const dry = process.argv.includes("--dry-run");

/** Publishes a folder, unless the registry has that version: a release that broke off is run again. */
function publish(folder) {
  const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  if (!dry && isPublished(`${name}@${version}`)) return;
  carryLicences(folder);
  const args = ["publish", "--ignore-scripts", "--access", "public", ...(dry ? ["--dry-run"] : ["--provenance"])];
  execFileSync("npm", args, { cwd: folder, stdio: "inherit" });
}

function isPublished(spec) {
  try {
    return execFileSync("npm", ["view", spec, "version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim() !== "";
  } catch {
    return false;
  }
}

const built = readdirSync(join(here, "npm"));
const missing = Object.keys(platforms).filter((name) => !built.includes(name));
if (missing.length > 0 && !dry) throw new Error(`no binary for ${missing.join(", ")}`);

publish(join(here, "../bindings-wasm"));
for (const name of built) publish(join(here, "npm", name));

const path = join(here, "package.json");
const text = readFileSync(path, "utf8");
try {
  writeFileSync(path, `${JSON.stringify(withOptional(JSON.parse(text), built), null, 2)}\n`);
  publish(here);
} finally {
  writeFileSync(path, text);
}
