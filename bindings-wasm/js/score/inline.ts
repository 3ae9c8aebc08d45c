/**
 * The small build: scorer, explanation, what-if, rules, validation. The binary is inside the script: for edge functions, and for bundlers without assets.
 *
 * @module
 */
import { installSmall, type Runtime } from "../engine.js";
import * as glue from "../glue/score.js";
import { decode } from "../base64.js";
import { binary } from "../glue/score_inline.js";
import { instantiate } from "../wasm.js";

installSmall(instantiate(glue, new WebAssembly.Module(decode(binary))));

export * from "../score.js";
/** Which build of the core answers. */
export const runtime: Runtime = "wasm";
