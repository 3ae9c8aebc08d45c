// Calls a second in one run: native, WebAssembly in Node and in Chromium, and the formula by hand.
// `node packed.mjs --speed` runs it on the packed packages and prints the table of the README.
import { cpSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { launch } from "./chromium.mjs";
import { page, serve } from "./serve.mjs";

const thousands = (rate) => Math.round(rate).toLocaleString("en");
const millis = (time) => `${time < 1 ? time.toFixed(2) : time.toFixed(1)} ms`;

export async function table({ run, whole }) {
  cpSync(join(import.meta.dirname, "measure.mjs"), join(whole, "measure.mjs"));
  writeFileSync(
    join(whole, "speed.mjs"),
    `import * as api from "sponsorfit";
import { byHand, measure } from "./measure.mjs";
console.log(JSON.stringify(process.argv[2] === "hand" ? byHand() : measure(api)));
`,
  );
  const node = (...args) => JSON.parse(run("node", args, whole));
  const native = node("speed.mjs");
  const wasm = node("--no-addons", "speed.mjs");
  const hand = node("speed.mjs", "hand");
  const chromium = await inChromium(whole);
  const columns = [native, wasm, chromium];
  const row = (name, show, byHand = "–") => `| ${name} | ${columns.map(show).join(" | ")} | ${byHand} |`;
  const { model } = cpus()[0];
  return `| | native, Node | WASM, Node | WASM, Chromium | by hand in plain JavaScript, nothing checked |
|---|---|---|---|---|
${row("\`score\`, calls a second", ({ score }) => thousands(score), thousands(hand.score))}
${row("\`explain\`, calls a second", ({ explain }) => thousands(explain))}
${row("\`catalog.score\` by ids, calls a second", ({ pair }) => thousands(pair))}
${row("top 20 of 10 000 events", ({ top }) => millis(top), millis(hand.top))}
${row("the same after a slider moved (\`withConfig\`)", ({ slide }) => millis(slide))}
${row("reading 10 000 events", ({ reading }) => millis(reading))}

Medians of one run, ${new Date().toISOString().slice(0, 10)}, Node ${process.versions.node}, ${cpus().length} shared cores of ${model}.
`;
}

async function inChromium(whole) {
  const script = 'import * as api from "sponsorfit"; import { measure } from "./measure.mjs"; window.measured = measure(api);';
  writeFileSync(join(whole, "speed.html"), page("speed", script));
  const { url, stop } = await serve(whole);
  const browser = await launch();
  try {
    const tab = await browser.newPage();
    await tab.goto(`${url}speed.html`);
    await tab.waitForFunction(() => window.measured !== undefined, undefined, { timeout: 120_000 });
    return await tab.evaluate(() => window.measured);
  } finally {
    await browser.close();
    stop();
  }
}
