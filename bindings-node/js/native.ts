/**
 * For Node: the native addon where this platform has one, WebAssembly from disk where it has not.
 *
 * @module
 */
import { fromDisk, install, type Runtime } from "sponsorfit-wasm/internal";
import { native } from "./binary.js";

const engine = native() ?? fromDisk();
install(engine);

export * from "sponsorfit-wasm/internal/api";
/** Which build of the core answers. */
export const runtime: Runtime = engine.runtime;
