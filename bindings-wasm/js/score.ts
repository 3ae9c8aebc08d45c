// What the small build offers.
export { SponsorfitError, type ErrorCode } from "./error.js";
export type { Runtime } from "./engine.js";
export type { Opened } from "./opened.js";
export { ask, type Answer, type Request } from "./questions.js";
export {
  Scorer,
  labelKey,
  validate,
  type Column,
  type ImproveOptions,
  type MaybeInsights,
  type ScorerOptions,
  type ValidateRequest,
} from "./scorer.js";
export type { Similarity } from "./similarity.js";
export type * from "./types.js";
