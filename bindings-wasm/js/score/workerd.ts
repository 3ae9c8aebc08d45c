/**
 * The small build: scorer, explanation, what-if, rules, validation. Workers may not compile WebAssembly from bytes: the binary is a module of theirs.
 *
 * @module
 */
import { installSmall, type Runtime } from "../engine.js";
import * as glue from "../glue/score.js";
import module from "../glue/score_bg.wasm";
import { instantiate } from "../wasm.js";

installSmall(instantiate(glue, module));

export * from "../score.js";
/** Which build of the core answers. */
export const runtime: Runtime = "wasm";
