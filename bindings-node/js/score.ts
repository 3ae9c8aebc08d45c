/** Scores and explains single pairs, in the smallest build. @module */
export * from "sponsorfit-wasm/score";
