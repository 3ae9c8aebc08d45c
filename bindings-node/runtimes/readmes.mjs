// The READMEs' quick starts run as they stand: each fenced block whose first line names a file, as
// `// file: NAME` or `<!-- file: NAME -->`.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./chromium.mjs";
import { serve } from "./serve.mjs";

const BLOCK = /```(?:js|ts|html)\n(?:\/\/|<!--) file: (\S+)(?: -->)?\n([\s\S]*?)```/g;

export async function test({ bin, expect, run, spawn, step, whole }) {
  const found = new Map();
  for (const folder of ["../../bindings-wasm", ".."]) {
    const text = readFileSync(join(import.meta.dirname, folder, "README.md"), "utf8");
    for (const [, name, code] of text.matchAll(BLOCK)) found.set(name, code);
  }
  for (const [name, code] of found) writeFileSync(join(whole, name), code);
  const out = (name) => {
    if (!found.has(name)) throw new Error(`no README has a block \`// file: ${name}\``);
    return name;
  };
  const summary = "Score 0.65, resting on 90 % of the facts";

  await step("quick start: Node", () => expect(run("node", [out("quick.mjs")], whole), summary));
  await step("quick start: catalog", () => expect(run("node", [out("catalog.mjs")], whole), "Harbor"));
  await step("quick start: outcomes", () => expect(run("node", [out("learn.mjs")], whole), "true"));
  await step("quick start: Bun", () => expect(run(bin("bun"), [out("quick.mjs")], whole), summary));
  await step("quick start: Deno", () => expect(run(bin("deno"), ["run", out("deno.ts")], whole), summary));
  await step("quick start: browser", async () => {
    const browser = await launch();
    const { url, stop } = await serve(whole);
    try {
      const page = await browser.newPage();
      await page.goto(url + out("quick.html"));
      await page.waitForFunction(() => document.querySelector("p").textContent !== "", undefined, { timeout: 30_000 });
      expect(await page.textContent("p"), "resting on 21 % of the facts");
    } finally {
      stop();
      await browser.close();
    }
  });
  await step("quick start: Supabase edge function", async () => {
    const server = spawn(bin("deno"), ["serve", "--port=0", "--host=127.0.0.1", out("edge.ts")], {
      cwd: whole,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NO_COLOR: "1" },
    });
    try {
      const url = await new Promise((resolve, reject) => {
        let said = "";
        const hear = (text) => {
          said += text;
          const [address] = /http:\/\/[\d.]+:\d+\//.exec(said) ?? [];
          if (address) resolve(address);
        };
        server.stdout.on("data", hear);
        server.stderr.on("data", hear);
        server.on("exit", () => reject(new Error(said)));
      });
      const body = JSON.stringify({
        sponsor: { sponsor_id: "6f9619ff-8b86-d011-b42d-00c04fc964ff" },
        event: { event_id: "0b8d60e5-2f2b-4f0e-8f43-0ad3f6c4a001" },
      });
      const answer = await (await fetch(url, { method: "POST", body })).json();
      if (answer.score !== 0.425) throw new Error(JSON.stringify(answer));
      const refused = await fetch(url, { method: "POST", body: '{"sponsor": {"sponsor_id": "7"}}' });
      if (refused.status !== 422) throw new Error(`${refused.status}`);
    } finally {
      server.kill();
    }
  });
}
