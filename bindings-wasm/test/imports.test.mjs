// The modules of js/ import downwards only: a module that imports itself by way of others is none.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";

const source = new URL("../js/", import.meta.url);
const modules = new Map(
  readdirSync(source, { recursive: true })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".d.ts"))
    .map((file) => {
      const url = new URL(file, source);
      const named = readFileSync(url, "utf8").matchAll(/^(?:import|export|\}) .*?from "(\.[^"]+)\.js";$/gm);
      return [file.replace(/\.ts$/, ""), [...named].map(([, path]) => new URL(path, url).pathname.slice(source.pathname.length))];
    }),
);

/** Returns the way from a module back to it, if there is one. */
function circle(module, way = []) {
  if (way.includes(module)) return [...way.slice(way.indexOf(module)), module];
  for (const next of modules.get(module) ?? []) {
    const found = circle(next, [...way, module]);
    if (found) return found;
  }
}

test("no module imports itself by way of others", () => {
  const count = [...modules.values()].flat().length;
  assert.ok(modules.size > 20 && count > 50, `${count} imports of ${modules.size} modules were found`);
  for (const module of modules.keys()) assert.equal(circle(module)?.join(" imports "), undefined);
});
