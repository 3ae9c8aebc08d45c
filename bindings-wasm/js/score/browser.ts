/**
 * The small build: scorer, explanation, what-if, rules, validation. In browsers and for bundlers, the binary is an asset beside the script.
 *
 * @module
 */
import { installSmall, type Runtime } from "../engine.js";
import * as glue from "../glue/score.js";
import { compile } from "../fetched.js";
import { instantiate } from "../wasm.js";

installSmall(instantiate(glue, await compile(new URL("../glue/score_bg.wasm", import.meta.url))));

export * from "../score.js";
/** Which build of the core answers. */
export const runtime: Runtime = "wasm";
