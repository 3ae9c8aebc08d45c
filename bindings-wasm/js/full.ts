// What the full build offers.
export * from "./score.js";
export { Catalog, type CatalogOptions, type CatalogRows, type TopOptions } from "./catalog.js";
export * from "./learn/experiment.js";
export * from "./learn/fit.js";
export { decisions, featureDefinitions, History, type HistoryOptions, type HistoryRows } from "./learn/history.js";
export * from "./learn/quality.js";
export { Ranker, type Contributions, type RankerOptions } from "./learn/ranker.js";
export type { RankedEvent, RankedSponsor, RankOptions } from "./rank.js";
export type { BadRows, Rows } from "./rows.js";
