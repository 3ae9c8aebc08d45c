// A static server for tests: the files of a folder, with the types that browsers insist on.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

const TYPES = {
  ".css": "text/css",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".mjs": "text/javascript",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** Serves a folder and returns its address, and what stops it. */
export async function serve(folder) {
  const server = createServer((request, response) => {
    let path = normalize(join(folder, decodeURIComponent(new URL(request.url, "http://x").pathname)));
    if (existsSync(path) && statSync(path).isDirectory()) path = join(path, "index.html");
    if (!path.startsWith(folder) || !existsSync(path)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" });
    createReadStream(path).pipe(response);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${server.address().port}/`, stop: () => server.close() };
}

/** A page that runs a module script, with the installed packages found by a browser alone. */
export const page = (title, script) => `<!doctype html><title>${title}</title>
<script type="importmap">{"imports": {
  "sponsorfit": "./node_modules/sponsorfit/dist/wasm.js",
  "sponsorfit-wasm": "./node_modules/sponsorfit-wasm/dist/full/browser.js"
}}</script>
<script type="module">${script}</script>`;
