/** The core, and its version: that of the package, so that the two cannot differ. */
import manifest from "npm:sponsorfit-wasm@0.1.0/package.json" with { type: "json" };

export { Catalog, Scorer, SponsorfitError } from "npm:sponsorfit-wasm@0.1.0/inline";

/** The version of the code that scores; stored with every match. */
export const ENGINE_VERSION: string = manifest.version;
