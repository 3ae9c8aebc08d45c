// Loads the binary that was just built, and scores the first worked case of DEFINITION.md, §7: `smoke.mjs PLATFORM`.
import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const addon = createRequire(import.meta.url)(join(import.meta.dirname, "../npm", process.argv[2], "sponsorfit.node"));
const [first] = readFileSync(join(import.meta.dirname, "../../core/vectors/score.ndjson"), "utf8").split("\n");
const { input, expected } = JSON.parse(first);
assert.deepEqual(JSON.parse(addon.open("scorer", "{}", []).ask("score", JSON.stringify(input))), expected);
