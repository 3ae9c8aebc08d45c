import { readFileSync } from "node:fs";
import type { Engine } from "./engine.js";
import * as glue from "./glue/full.js";
import { instantiate } from "./wasm.js";

/** Reads the full build from disk, for Node and what takes its place there. */
export function fromDisk(): Engine {
  const binary = readFileSync(new URL("./glue/full_bg.wasm", import.meta.url));
  return instantiate(glue, new WebAssembly.Module(binary));
}
