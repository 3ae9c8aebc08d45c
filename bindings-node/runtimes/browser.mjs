// Chromium: a plain module script, a build by Vite, and one by a bundler that copies no assets.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./chromium.mjs";
import { page, serve } from "./serve.mjs";

const REPORT = `import { cases } from "./cases.mjs";
window.wrong = cases(api, "wasm");
`;

export async function test({ whole, step }) {
  const browser = await launch();
  const passes = async (folder, path) => {
    const { url, stop } = await serve(folder);
    try {
      const tab = await browser.newPage();
      const said = [];
      tab.on("console", (message) => said.push(message.text()));
      tab.on("pageerror", (error) => said.push(String(error)));
      await tab.goto(url + path);
      await tab
        .waitForFunction(() => window.wrong !== undefined, undefined, { timeout: 60_000 })
        .catch((error) => { throw new Error(`${said.join("\n")}\n${error}`); });
      const wrong = await tab.evaluate(() => window.wrong);
      if (wrong.length > 0) throw new Error(wrong.join("\n"));
      await tab.close();
    } finally {
      stop();
    }
  };

  try {
    await step("Chromium, a plain module script", async () => {
      writeFileSync(join(whole, "plain.html"), page("plain", `import * as api from "sponsorfit"; ${REPORT}`));
      await passes(whole, "plain.html");
    });

    await step("Chromium, built by Vite", async () => {
      const { build } = await import("vite");
      writeFileSync(join(whole, "vite.html"), '<!doctype html><title>vite</title><script type="module" src="./vite.mjs"></script>');
      writeFileSync(join(whole, "vite.mjs"), `import * as api from "sponsorfit";\n${REPORT}`);
      await build({
        root: whole,
        logLevel: "error",
        build: { outDir: "vite", target: "es2022", rollupOptions: { input: join(whole, "vite.html") } },
      });
      await passes(join(whole, "vite"), "vite.html");
    });

    await step("Chromium, the inline entry in one classic script", async () => {
      const { build } = await import("esbuild");
      const folder = join(whole, "inlined");
      mkdirSync(folder);
      writeFileSync(join(whole, "inlined.mjs"), `import * as api from "sponsorfit/inline";\n${REPORT}`);
      await build({
        entryPoints: [join(whole, "inlined.mjs")],
        outfile: join(folder, "inlined.js"),
        bundle: true,
        format: "iife",
        logLevel: "error",
      });
      writeFileSync(join(folder, "index.html"), '<!doctype html><title>inlined</title><script src="inlined.js"></script>');
      await passes(folder, "index.html");
    });
  } finally {
    await browser.close();
  }
}
