// Every question by its name: what it takes, and what it answers.
import { engine } from "./engine.js";
import { read, write } from "./text.js";
import type { NumberQuestions, Questions } from "./types.js";

export type { NumberQuestions, Questions };

/** What a question takes. */
export type Request<On extends keyof Questions, Q extends keyof Questions[On]> = Questions[On][Q] extends {
  request: infer R;
}
  ? R
  : never;

/** What a question answers. */
export type Answer<On extends keyof Questions, Q extends keyof Questions[On]> = Questions[On][Q] extends {
  answer: infer A;
}
  ? A
  : never;

/**
 * Asks a question that needs nothing opened, by its name.
 *
 * @throws {@link SponsorfitError} for what is wrong with the request.
 *
 * @example
 * ```ts
 * ask("label_key", { text: "  Live  MUSIC" }) === "live music";
 * ```
 */
export function ask<Q extends keyof Questions["free"]>(question: Q, request: Request<"free", Q>): Answer<"free", Q> {
  return read(engine().ask(question, write(request)));
}

/** Makes a function of a question. */
export function asks<Q extends keyof Questions["free"]>(
  question: Q,
): (request: Request<"free", Q>) => Answer<"free", Q> {
  return (request) => ask(question, request);
}
