/**
 * The full build: every question. Workers may not compile WebAssembly from bytes: the binary is a module of theirs.
 *
 * @module
 */
import { install, type Runtime } from "../engine.js";
import * as glue from "../glue/full.js";
import module from "../glue/full_bg.wasm";
import { instantiate } from "../wasm.js";

install(instantiate(glue, module));

export * from "../full.js";
/** Which build of the core answers. */
export const runtime: Runtime = "wasm";
