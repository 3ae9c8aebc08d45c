// An edge isolate without files or addons: workerd itself, the runtime of Cloudflare's workers.
import { readdirSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join, relative } from "node:path";

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

/** Bundles as wrangler does: binaries stay modules beside the script. */
async function bundle(folder, entry) {
  const { build } = await import("esbuild");
  const outdir = join(folder, "edge");
  await build({
    entryPoints: [join(folder, entry)],
    outdir,
    bundle: true,
    format: "esm",
    conditions: ["workerd", "worker", "browser"],
    loader: { ".wasm": "copy" },
    logLevel: "error",
  });
  return files(outdir).map((path) => relative(outdir, path));
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

export async function test({ whole, bin, spawn, step }) {
  await step("workerd", async () => {
    writeFileSync(
      join(whole, "worker.mjs"),
      `import * as api from "sponsorfit";
import { cases } from "./cases.mjs";
export default { fetch: () => Response.json(cases(api, "wasm")) };
`,
    );
    const modules = (await bundle(whole, "worker.mjs")).map((name) =>
      name.endsWith(".wasm")
        ? `(name = "${name}", wasm = embed "edge/${name}")`
        : `(name = "${name}", esModule = embed "edge/${name}")`,
    );
    // The script is the first module.
    modules.sort((a, b) => Number(a.includes("wasm =")) - Number(b.includes("wasm =")));
    const port = await freePort();
    writeFileSync(
      join(whole, "workerd.capnp"),
      `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (modules = [${modules.join(", ")}], compatibilityDate = "2026-01-01"))],
  sockets = [(name = "http", address = "127.0.0.1:${port}", http = (), service = "main")],
);
`,
    );
    const server = spawn(bin("workerd"), ["serve", "workerd.capnp"], { cwd: whole, stdio: ["ignore", "pipe", "pipe"] });
    let said = "";
    server.stderr.on("data", (text) => (said += text));
    try {
      const wrong = await ask(`http://127.0.0.1:${port}/`);
      if (wrong.length > 0) throw new Error(wrong.join("\n"));
    } catch (error) {
      throw new Error(`${said}\n${error.stack}`);
    } finally {
      server.kill();
    }
  });
}

async function ask(url) {
  for (let tries = 0; ; tries++) {
    try {
      const response = await fetch(url);
      if (!response.ok) throw Object.assign(new Error(await response.text()), { fatal: true });
      return await response.json();
    } catch (error) {
      if (error.fatal || tries > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
