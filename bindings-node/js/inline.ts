/** As the package itself, with the binary inside the script. @module */
export * from "sponsorfit-wasm/inline";
