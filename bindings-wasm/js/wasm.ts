// A WebAssembly binary and its glue, as an engine.
import type { Engine, PairEngine } from "./engine.js";
import type * as FullGlue from "./glue/full.js";
import type * as ScoreGlue from "./glue/score.js";

/** Instantiates the small build. */
export function scoreEngine(glue: typeof ScoreGlue, module: WebAssembly.Module): PairEngine {
  glue.initSync({ module });
  return { runtime: "wasm", Desk: glue.Desk, validate: glue.validate, label_key: glue.label_key };
}

/** Instantiates the full build. */
export function fullEngine(glue: typeof FullGlue, module: WebAssembly.Module): Engine {
  glue.initSync({ module });
  const { Desk, Shelf, Trees, validate, label_key, assign } = glue;
  return { runtime: "wasm", Desk, Shelf, Trees, validate, label_key, assign, lanes: 1 };
}
