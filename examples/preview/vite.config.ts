import { readFileSync } from "node:fs";
import { defineConfig, type Plugin } from "vite";

/** Writes a service worker that knows the files of the build by name. */
const offline = (): Plugin => ({
  name: "offline",
  apply: "build",
  generateBundle(_, bundle) {
    const files = JSON.stringify(["./", ...Object.keys(bundle).filter((name) => name !== "index.html")]);
    const worker = readFileSync(new URL("src/sw.js", import.meta.url), "utf8");
    this.emitFile({ type: "asset", fileName: "sw.js", source: worker.replace("self.__FILES__", files) });
  },
});

export default defineConfig({
  // Relative, so that the built page can lie in any folder.
  base: "./",
  build: { target: "es2022", assetsInlineLimit: 0 },
  plugins: [offline()],
  // Prebundling would take the script away from its binary.
  optimizeDeps: { exclude: ["sponsorfit-wasm"] },
  server: { fs: { allow: ["../.."] } },
});
