// Replays the conformance cases of core/vectors through the door of an engine, and through
// the classes. Runs in every runtime: what it needs is given to it.

/** Compares JSON values; numbers as numbers, so `1.0` is `1`; the sign of zero hides. */
function same(a, b) {
  if (typeof a !== "object" || a === null || typeof b !== "object" || b === null) return a === b;
  const keys = Object.keys(a);
  return (
    Array.isArray(a) === Array.isArray(b) &&
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && same(a[key], b[key]))
  );
}

function bits(value) {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, "0");
}

/** Compares the floats of an answer with their 64 bits. */
function sameBits(value, expected, path = "") {
  if (typeof expected === "string") {
    return typeof value !== "number" || bits(value) === expected ? [] : [`${path}: ${bits(value)} is not ${expected}`];
  }
  if (typeof expected !== "object" || expected === null || value === undefined || value === null) return [];
  return Object.keys(expected).flatMap((key) => sameBits(value[key], expected[key], `${path}.${key}`));
}

function answerOf(engine, { operation, config, config_text, input, input_text, corpus, similarity }) {
  const request = input_text ?? JSON.stringify(input);
  if (operation === "validate") return engine.ask("validate", request);
  if (operation === "label") return `{"key":${engine.ask("label_key", request)}}`;
  // A configuration that is text is read as it stands.
  const settings = JSON.stringify({ config: config_text ?? config ?? {}, corpus });
  let scorer;
  try {
    scorer = similarity === undefined
      ? engine.open("scorer", settings, [])
      : engine.comparing(settings, () => similarity);
  } catch (error) {
    return typeof error === "string" ? error : error.message;
  }
  try {
    if (operation !== "config") return scorer.ask(operation, request);
    return `{"config_fingerprint":${scorer.ask("fingerprint", "{}")}}`;
  } finally {
    scorer.free();
  }
}

/** What the classes answer to a case, or the error they throw in the shape of a refusal. */
function classAnswerOf({ labelKey, Scorer, SponsorfitError, validate }, { operation, config, input, corpus, similarity }) {
  const { sponsor, event, insights, changes, rules, ...options } = input ?? {};
  try {
    if (operation === "validate") return validate(input);
    if (operation === "label") return { key: labelKey(input.text) };
    const scorer = new Scorer(config ?? {}, {
      ...(corpus && { corpus }),
      ...(similarity !== undefined && { similarity: () => similarity }),
    });
    switch (operation) {
      case "config": return { config_fingerprint: scorer.fingerprint };
      case "score": return scorer.score(sponsor, event, insights);
      case "explain": return scorer.explain(sponsor, event, insights);
      case "what_if": return scorer.whatIf(sponsor, event, insights, changes);
      case "improve": return scorer.improve(sponsor, event, insights, options);
      case "check": return scorer.check(sponsor, event, insights, rules);
    }
  } catch (error) {
    if (!(error instanceof SponsorfitError)) throw error;
    const { code, path } = error;
    return { error: { code, message: path === "" ? error.message : error.message.slice(path.length + 2), path } };
  }
}

/**
 * Replays all lines, and returns how many cases ran and what was wrong.
 * `engine` is the door, where it can be reached; `api` is the package.
 */
export function replay(lines, api, engine) {
  const wrong = [];
  let ran = 0;
  for (const line of lines) {
    if (line.trim() === "") continue;
    const found = JSON.parse(line);
    const expect = (how, answer) => {
      ran++;
      if (!same(answer, found.expected)) {
        wrong.push(`${found.name} (${how}):\n  ${JSON.stringify(answer)}\n  ${JSON.stringify(found.expected)}`);
      } else if (found.bits) {
        const { factors, insufficient, ...own } = found.bits;
        wrong.push(...sameBits(answer, own).map((problem) => `${found.name} (${how}): ${problem}`));
      }
    };
    if (engine) expect("text", JSON.parse(answerOf(engine, found)));
    const isPlain = found.input_text === undefined && found.config_text === undefined;
    // The classes take pairs; a request that is no object, or has fields that no class passes on, is for the door.
    if (isPlain && found.file !== "errors.ndjson") expect("classes", classAnswerOf(api, found));
  }
  return { ran, wrong };
}
