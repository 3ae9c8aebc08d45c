// The package as it is built, in Node: conformance, and what only JavaScript can get wrong.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import test from "node:test";
import * as full from "sponsorfit-wasm";
import * as inline from "sponsorfit-wasm/inline";
import * as small from "sponsorfit-wasm/score";
import { fromDisk } from "sponsorfit-wasm/internal";
import { replay, replayDoor } from "./vectors.mjs";
import { behaves } from "./behaviour.mjs";

const vectors = new URL("../../core/vectors/", import.meta.url);
const lines = readdirSync(vectors)
  .filter((file) => file.endsWith(".ndjson"))
  .flatMap((file) => {
    const texts = readFileSync(new URL(file, vectors), "utf8").split("\n").filter(Boolean);
    return texts.map((line) => JSON.stringify({ ...JSON.parse(line), file }));
  });

test("conformance cases, by text and by class", () => {
  const { ran, wrong } = replay(lines, full, fromDisk());
  assert.deepEqual(wrong, []);
  assert.ok(ran > 900, `${ran} cases ran`);
});

test("conformance cases of the whole door", () => {
  const door = new URL("door/", vectors);
  const cases = readdirSync(door).flatMap((file) => readFileSync(new URL(file, door), "utf8").split("\n").filter(Boolean));
  const { ran, wrong } = replayDoor(cases, fromDisk());
  assert.deepEqual(wrong, []);
  assert.ok(ran > 150, `${ran} steps ran`);
});

test("the small build answers as the full one", () => {
  const { wrong } = replay(lines, small);
  assert.deepEqual(wrong, []);
});

test("entries share their classes", () => {
  assert.equal(inline.SponsorfitError, full.SponsorfitError);
  assert.equal(inline.runtime, "wasm");
});

behaves(full, { test, assert });
