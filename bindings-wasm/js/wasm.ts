// A WebAssembly binary and its glue, as an engine.
import type { Engine } from "./engine.js";
import type * as FullGlue from "./glue/full.js";
import type * as ScoreGlue from "./glue/score.js";

/** Instantiates a build. */
export function instantiate(glue: typeof FullGlue | typeof ScoreGlue, module: WebAssembly.Module): Engine {
  glue.initSync({ module });
  const { open, comparing, ask } = glue;
  return { runtime: "wasm", lanes: 1, open, comparing, ask };
}
