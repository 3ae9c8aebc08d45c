/**
 * For the package `sponsorfit` alone, which puts the native addon behind the same API. May change at any time.
 *
 * @module
 */
export { fromDisk } from "./disk.js";
export { install, type Engine, type Handle, type Runtime } from "./engine.js";
