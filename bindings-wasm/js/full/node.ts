/**
 * The full build: every question. In Node, the binary is read from disk.
 *
 * @module
 */
import { fromDisk } from "../disk.js";
import { install, type Runtime } from "../engine.js";

install(fromDisk());

export * from "../full.js";
/** Which build of the core answers. */
export const runtime: Runtime = "wasm";
