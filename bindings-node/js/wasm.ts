/** Scores, explains and ranks matches between sponsors and events. @module */
export * from "sponsorfit-wasm";
