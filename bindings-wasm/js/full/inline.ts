/**
 * The full build: every question. The binary is inside the script: for edge functions, and for bundlers without assets.
 *
 * @module
 */
import { install, type Runtime } from "../engine.js";
import * as glue from "../glue/full.js";
import { decode } from "../base64.js";
import { binary } from "../glue/full_inline.js";
import { instantiate } from "../wasm.js";

install(instantiate(glue, new WebAssembly.Module(decode(binary))));

export * from "../full.js";
/** Which build of the core answers. */
export const runtime: Runtime = "wasm";
