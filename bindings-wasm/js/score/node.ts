/**
 * The small build: scorer, explanation, what-if, rules, validation. In Node, the binary is read from disk.
 *
 * @module
 */
import { readFileSync } from "node:fs";
import { installSmall, type Runtime } from "../engine.js";
import * as glue from "../glue/score.js";
import { instantiate } from "../wasm.js";

const binary = readFileSync(new URL("../glue/score_bg.wasm", import.meta.url));
installSmall(instantiate(glue, new WebAssembly.Module(binary)));

export * from "../score.js";
/** Which build of the core answers. */
export const runtime: Runtime = "wasm";
