/**
 * The full build: every question. In browsers and for bundlers, the binary is an asset beside the script.
 *
 * @module
 */
import { install, type Runtime } from "../engine.js";
import * as glue from "../glue/full.js";
import { compile } from "../fetched.js";
import { instantiate } from "../wasm.js";

install(instantiate(glue, await compile(new URL("../glue/full_bg.wasm", import.meta.url))));

export * from "../full.js";
/** Which build of the core answers. */
export const runtime: Runtime = "wasm";
