// What the full build offers.
export * from "./score.js";
export {
  Catalog,
  type CatalogOptions,
  type CatalogRows,
  type Column,
  type TopOptions,
} from "./catalog.js";
export { assign, type ExperimentDefinition } from "./experiment.js";
export type { RankedEvent, RankedSponsor, RankOptions } from "./rank.js";
export type { Filter, Ranking } from "./ranking.js";
export { Ranker, type Contributions } from "./ranker.js";
export type { IgnoredColumn, KindReport, Reject, Report, Rows } from "./rows.js";
